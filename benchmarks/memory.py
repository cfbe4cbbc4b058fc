"""Peak memory of a rank at 2,000 photos. Goal: under 400 MB.

Usage: python benchmarks/memory.py. 200 of the photos have 24 megapixels, which is what the decoding threads hold at a
time; the others are small, to spare the disk: what is kept of a photo does not depend on its size. A run of 1,000
photos before it shows how much the peak grows with the shoot.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import child

GOAL = 400e6
LARGE = 200


def main() -> int:
    peaks = {}
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "shoot"
        child.make_shoot(folder, LARGE)
        for count in (1000, 2000):
            child.make_shoot(folder, count - LARGE, size=(960, 640), first=LARGE)
            peaks[count] = child.rank(folder, Path(scratch) / f"data-{count}").peak
            print(f"{count} photos: {peaks[count] / 1e6:.0f} MB at the peak  (goal: under {GOAL / 1e6:.0f} MB)")
    print(f"growth: {(peaks[2000] - peaks[1000]) / 1000 / 1e3:.1f} kB a photo")
    return 0 if peaks[2000] < GOAL else 1


if __name__ == "__main__":
    sys.exit(main())
