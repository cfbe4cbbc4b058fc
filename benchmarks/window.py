"""The window: from the choice of a folder to its first pictures, from a key to the painted mark, and 100,000 rows.

Usage: python benchmarks/window.py [PHOTOS] [ROWS]. Goals: the visible thumbnails of a folder of 2,000 are on the screen
0.5 s after it was chosen where files carry EXIF thumbnails, 1.5 s where they do not; a mark is painted within a frame.
Of the folder, the FULL first photos have 24 megapixels, more than stand on the screen with its margins; the others are
small, because only their number matters here. Nothing is in the cache. Each folder is opened by a process of its own
with the scoring running as always. Needs about 1.5 GB of disk, given back at the end.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import camera_jpegs
import child
import numpy as np
from PySide6.QtCore import QEvent, QEventLoop, QItemSelectionModel, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop import style
from desktop.cards import CardModel
from desktop.filtering import Columns
from desktop.filters import Filter, SortKey
from desktop.main_window import MainWindow
from desktop.place import Place
from desktop.session import Session
from desktop.thumbnails import WORKERS, fetch
from desktop.views.information import InformationBar
from engine.types import Card, Decision, FileStamp, Flag, Metadata, Photo

sys.path.append(str(child.ROOT))
from tests.desktop.exif_thumbnail import with_thumbnail

FULL = 110
MARKS = 300
REPEATS = 7
GOALS = {"with": 0.5, "without": 1.5}


def milliseconds(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return 1000 * (time.perf_counter() - start)


def make(folder: Path, count: int, has_thumbnails: bool) -> None:
    """A folder of `count` JPEGs, the first ones as large as a camera's."""
    folder.mkdir()
    large = [camera_jpegs.encoded(seed, (6000, 4000)) for seed in range(camera_jpegs.DISTINCT)]
    small = camera_jpegs.encoded(9, (320, 213))
    thumbnail = camera_jpegs.encoded(0, (160, 107))
    for number in range(count):
        data = large[number % len(large)] if number < FULL else small
        if has_thumbnails:
            data = with_thumbnail(data, thumbnail)
        (folder / f"IMG_{number:05}.JPG").write_bytes(data + number.to_bytes(4, "big"))


def wait_until(is_so: Callable[[], bool], seconds: float = 60.0) -> float:
    """Seconds until something is so, with the event loop running; TimeoutError when it does not come."""
    loop, start = QEventLoop(), time.perf_counter()
    poll = QTimer(interval=2)
    poll.timeout.connect(lambda: loop.quit() if is_so() or time.perf_counter() - start > seconds else None)
    poll.start()
    loop.exec()
    poll.stop()
    if not is_so():
        raise TimeoutError
    return time.perf_counter() - start


class Paints(QObject):
    """Counts what a widget paints."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0
        self.at = 0.0
        """When the last one began, by `time.perf_counter`."""

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.count, self.at = self.count + 1, time.perf_counter()
        return False


def open_window(data: Path) -> MainWindow:
    application = QApplication.instance() or QApplication([])
    style.apply(application)
    window = MainWindow(Session(data))
    window.resize(1600, 1000)
    window.show()
    window.activateWindow()
    QApplication.processEvents()
    return window


def first_paint(folder: Path, data: Path) -> None:
    """Print the seconds from the choice of a folder to its cards, and to a grid whose every cell has its picture."""
    window = open_window(data)
    grid, thumbnails = window.grid, window.session.thumbnails
    opened: list[float] = []
    start = time.perf_counter()
    window.session.opened.connect(lambda _shoot: opened.append(time.perf_counter() - start))
    window.session.open([folder])
    wait_until(lambda: bool(opened) and grid.isVisible() and len(grid.visible_rows()) > 0)
    wait_until(lambda: all(thumbnails.pixmap(grid.model.card(row)) is not None for row in grid.visible_rows()))
    grid.viewport().repaint()
    shown = time.perf_counter() - start
    cards = [grid.model.card(row) for row in grid.visible_rows()]
    window.close()
    print(opened[0], shown, len(cards), fetching(cards))


def fetching(cards: list[Card]) -> float:
    """The floor: seconds that these thumbnails take on as many threads with nothing else going on."""
    start = time.perf_counter()
    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(lambda card: fetch(card, None), cards))
    return time.perf_counter() - start


def keys(folder: Path, data: Path) -> None:
    """Print the milliseconds from a key to the painted mark, median and 99th percentile, in grid and loupe, idle."""
    window = open_window(data)
    done: list[bool] = []
    window.session.ended.connect(lambda: done.append(True))
    window.session.open([folder])
    wait_until(lambda: bool(done), 300)
    for view, widget in (
        ("grid", window.grid.viewport()),
        ("loupe", window.loupe.findChild(InformationBar)),
    ):
        window.show_view(view)
        wait_until(lambda: window.session.thumbnails.pixmap(window.session.model.card(0)) is not None)
        paints = Paints()
        widget.installEventFilter(paints)
        times = []
        for number in range(MARKS):
            before = paints.count
            start = time.perf_counter()
            QTest.keyClick(window.focusWidget(), Qt.Key.Key_P if number % 2 else Qt.Key.Key_X)
            while paints.count == before:
                QApplication.processEvents()
            times.append(1000 * (paints.at - start))
        print(view, np.median(times), np.percentile(times, 99))
    window.close()


def card(number: int) -> Card:
    path = Path(f"/shoot/IMG_{number:06}.JPG")
    stamp = FileStamp(1, number * 10**9, number)
    metadata = Metadata(camera="Benchmark", body=str(number % 2))
    return Card(Photo(path, (path,), stamp), metadata=metadata, rank=1 + number * 7919 % 100_003)


def many_rows(count: int) -> None:
    """Median times of what a user does to a shoot of `count` photos; nothing of it touches a file."""
    cards = [card(number) for number in range(count)]
    columns = Columns(cards)
    picks = {cards[number].path: Decision(Flag.PICK, number % 6) for number in range(0, count, 3)}
    model = CardModel()
    place = Place(model, QItemSelectionModel(model, model), model)
    undecided = Filter(undecided=True)

    def mark_one() -> None:
        model.decide({model.card(1000).path: Decision(Flag.REJECT)})

    acts: dict[str, Callable[[], object]] = {
        "columns, on the job's thread": lambda: Columns(cards),
        "open": lambda: model.load(cards, picks, columns),
        "filter: 3 stars and more": lambda: model.set_filter(Filter(stars=3)),
        "filter: no decision, one body": lambda: model.set_filter(replace(undecided, bodies=frozenset({"1"}))),
        "filter lifted": lambda: model.set_filter(Filter()),
        "sort by name": lambda: model.arrange(SortKey.NAME),
        "sort by rank": lambda: model.arrange(SortKey.RANK),
        "filter: no decision": lambda: model.set_filter(undecided),
        "mark that filters the photo out": mark_one,
        "counts": model.counts,
    }
    times: dict[str, list[float]] = {name: [] for name in acts}
    for _ in range(REPEATS):
        model.load([], {})
        for name, act in acts.items():
            times[name].append(milliseconds(act))
            place.go(1000)
    print(f"{count:,} rows, ms, median of {REPEATS} (first)")
    for name, taken in times.items():
        print(f"  {name:34}{np.median(taken):8.1f} ({taken[0]:.1f})")


def in_a_process(mode: str, folder: Path, data: Path) -> list[str]:
    """The lines that this program prints in another mode."""
    return child.cost(["benchmarks/window.py", mode, str(folder), str(data)]).output.splitlines()


def main(photos: int, rows: int) -> int:
    is_good = True
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        for kind, goal in GOALS.items():
            make(root / kind, photos, kind == "with")
            listed, shown, cells, floor = in_a_process("first-paint", root / kind, root / f"data {kind}")[-1].split()
            print(f"{photos:,} photos {kind} EXIF thumbnails: cards after {float(listed):.2f} s,", end=" ")
            print(f"{cells} visible thumbnails after {float(shown):.2f} s (goal: {goal} s), ", end="")
            print(f"{float(shown) / float(floor):.1f} times as long as fetching alone takes, {float(floor):.2f} s")
            is_good &= float(shown) <= goal
        make(root / "few", 200, has_thumbnails=False)
        for line in in_a_process("keys", root / "few", root / "data few"):
            view, median, p99 = line.split()
            print(f"key to painted mark, {view:6} median {float(median):.1f} ms, p99 {float(p99):.1f} ms")
    many_rows(rows)
    return 0 if is_good else 1


if __name__ == "__main__":
    modes = {"first-paint": first_paint, "keys": keys}
    if len(sys.argv) > 1 and sys.argv[1] in modes:
        modes[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))
        raise SystemExit(0)
    numbers = [int(argument) for argument in sys.argv[1:]]
    raise SystemExit(main(*(numbers + [2_000, 100_000][len(numbers) :])))
