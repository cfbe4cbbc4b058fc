"""Cold rank of 200 JPEGs of 24 megapixels against the floor, in processor time. Goal: at most 1.8.

Usage: python benchmarks/cold_rank.py [COUNT]. Needs 1.4 GB of free disk for 200, given back at the end.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

import child

GOAL = 1.8


def main(count: int) -> int:
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "shoot"
        mean = child.make_shoot(folder, count)
        print(f"{count} JPEGs of 6000 x 4000, {mean / 1e6:.1f} MB each")
        floor_before = json.loads(child.cost(["benchmarks/floor.py", str(folder)]).output)
        ranked = child.rank(folder, Path(scratch) / "data")
        floor_after = json.loads(child.cost(["benchmarks/floor.py", str(folder)]).output)
    floor = (floor_before["process"] + floor_after["process"]) / 2
    loop = (floor_before["loop"] + floor_after["loop"]) / 2
    ratio = ranked.cpu / floor
    print(f"floor   {1000 * floor / count:7.1f} CPU ms a photo ({1000 * loop / count:.1f} without starting Python)")
    print(f"rank    {1000 * ranked.cpu / count:7.1f} CPU ms a photo, {count / ranked.wall:.1f} photos/s of wall time")
    print(f"ratio   {ratio:7.2f}  (goal: at most {GOAL})")
    print(f"memory  {ranked.peak / 1e6:7.0f} MB at the peak")
    return 0 if ratio <= GOAL else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 200))
