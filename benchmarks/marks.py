"""How soon a mark is on disk, and how long the key waits for it.

    python -m benchmarks.marks [--marks N] [--folder DIR]

The floor, measured in the same run: one row inserted and committed with synchronous=FULL by SQLite alone.
"""

from __future__ import annotations

import argparse
import sqlite3
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import numpy as np

from engine.store.decisions import Decisions, Mark, Origin, Shown
from engine.types import FileStamp, Photo

PHOTOS = 2000


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--marks", type=int, default=2000)
    parser.add_argument("--folder", type=Path, help="where the databases are made; decides which disk is measured")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        floor = _floor(Path(folder), options.marks)
        calls, durable = _marks(Path(folder), options.marks)
        bulk = _bulk(Path(folder))
    _print("floor: insert + commit", floor)
    _print("mark(): the key's wait", calls)
    _print("mark() until on disk", durable)
    print(f"ratio to the floor, median: {np.median(durable) / np.median(floor):.1f}")
    print(f"{PHOTOS} photos marked in one action: call {bulk[0]:.1f} ms, on disk after {bulk[1]:.1f} ms")


def _floor(folder: Path, count: int) -> list[float]:
    with closing(sqlite3.connect(folder / "floor.sqlite", isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("CREATE TABLE mark (id INTEGER PRIMARY KEY, path BLOB, stars INTEGER)")
        insert = "INSERT INTO mark (path, stars) VALUES (?, ?)"
        return [_milliseconds(lambda i=i: connection.execute(insert, (b"/shoot/a.jpg", i % 5))) for i in range(count)]


def _marks(folder: Path, count: int) -> tuple[list[float], list[float]]:
    decisions, photos = _opened(folder / "marks.sqlite")
    calls, durable = [], []
    for i in range(count):
        mark = Mark(photos[i % PHOTOS], f"{i:040x}", "stars", i // PHOTOS % 5 + 1, Shown(i, 5.0, None))
        started = time.perf_counter()
        decisions.mark([mark], Origin.KEY)
        calls.append((time.perf_counter() - started) * 1000)
        decisions.flush()
        durable.append((time.perf_counter() - started) * 1000)
    decisions.close()
    return calls, durable


def _bulk(folder: Path) -> tuple[float, float]:
    decisions, photos = _opened(folder / "bulk.sqlite")
    marks = [Mark(photo, None, "stars", 3) for photo in photos]
    call = _milliseconds(lambda: decisions.mark(marks, Origin.BULK))
    rest = _milliseconds(decisions.flush)
    decisions.close()
    return call, call + rest


def _opened(path: Path) -> tuple[Decisions, list[Photo]]:
    photos = [Photo(path.parent / f"{i}.jpg", (), FileStamp(i, i, i)) for i in range(PHOTOS)]
    decisions = Decisions(path)
    decisions.open_shoot([path.parent], [(photo, None) for photo in photos])
    return decisions, photos


def _milliseconds(task: Callable[[], object]) -> float:
    started = time.perf_counter()
    task()
    return (time.perf_counter() - started) * 1000


def _print(what: str, milliseconds: list[float]) -> None:
    median, p99, worst = np.percentile(milliseconds, (50, 99, 100))
    print(f"{what:24} median {median:7.3f} ms   p99 {p99:7.3f} ms   worst {worst:7.3f} ms")


if __name__ == "__main__":
    main()
