"""Copying against `cp`, in turns: how much of its speed is left without verification and with it.

    python benchmarks/export.py [COUNT] [--to DIR]

COUNT files of 6.5 MB are copied seven times each way, in turns, into a fresh folder every time. `cp` writes to memory
and leaves the drive to the operating system, and so does an export without verification; one with it flushes, reads
back and compares, which is set beside `cp` and `sync`.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from engine.export import files
from engine.export.ledger import Ledger
from engine.export.plan import Chosen, Order, plan
from engine.files import decode, shoot
from engine.types import Card, Decision

SIZE = 6_500_000
ROUNDS = 7


def main() -> None:
    """Measure, and print ratios."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("count", nargs="?", type=int, default=200)
    parser.add_argument("--to", type=Path, default=None, help="copy to a folder of this one")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as source, tempfile.TemporaryDirectory(dir=options.to) as target:
        folder = Path(source)
        for number in range(options.count):
            (folder / f"{number:04}.jpg").write_bytes(os.urandom(SIZE))
        chosen = _chosen(folder)
        ways: dict[str, Callable[[Path], None]] = {
            "cp": lambda to: _cp(folder, to),
            "export without verification": lambda to: _export(folder, to, chosen, verify=False),
            "cp and sync": lambda to: (_cp(folder, to), os.sync()),
            "export with verification": lambda to: _export(folder, to, chosen, verify=True),
        }
        taken = _in_turns(ways, Path(target))
    megabytes = options.count * SIZE / 1e6
    for name, seconds in taken.items():
        print(f"{name}: {megabytes / seconds:,.0f} MB/s")
    print(f"without verification: {taken['cp'] / taken['export without verification']:.2f} of cp")
    print(
        f"with verification: {taken['cp'] / taken['export with verification']:.2f} of cp, "
        f"{taken['cp and sync'] / taken['export with verification']:.2f} of cp and sync"
    )


def _in_turns(ways: dict[str, Callable[[Path], None]], target: Path) -> dict[str, float]:
    """Least seconds of each way, which other programs disturbed least; nothing waits to be written when one begins."""
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for turn in range(ROUNDS):
        for name, way in ways.items():
            to = target / f"{turn}"
            os.sync()
            start = time.perf_counter()
            way(to)
            seconds[name].append(time.perf_counter() - start)
            shutil.rmtree(to)
    return {name: min(each) for name, each in seconds.items()}


def _cp(folder: Path, to: Path) -> None:
    to.mkdir()
    subprocess.run(["cp", "--preserve=timestamps", *map(str, folder.iterdir()), str(to)], check=True)


def _chosen(folder: Path) -> list[Chosen]:
    """As ranking leaves them: with the hash of every file."""
    found = shoot.read([folder]).photos
    return [
        Chosen(Card(photo, fingerprint=decode.fingerprint(photo.path.read_bytes())), Decision(), "pick")
        for photo in found
    ]


def _export(folder: Path, to: Path, chosen: list[Chosen], verify: bool) -> None:
    with tempfile.TemporaryDirectory() as data:
        order = Order(to, (folder,), verify=verify)
        last = list(files.run(plan(order, chosen), Ledger(Path(data), to)))[-1]
        assert last.result is not None
        assert last.result.is_complete


if __name__ == "__main__":
    main()
