"""The window while it is worked in: how long its thread is blocked, keys, the next photo, the start, and memory.

Usage: python benchmarks/culling.py [PHOTOS] [MINUTES]. Goals: never blocked over 50 ms (p99.9) while PHOTOS (2,000) are
scored; key to painted mark p95 under 30 ms; next photo of 24 megapixels p95 under 50 ms where it was prefetched, under
150 ms where not (cold: until it is painted with a pixel for each one of the view; all of its own follow); a window that
takes keys 1.5 s after the start; memory flat over MINUTES (10) of culling. Needs about
1 GB of disk, given back at the end. As many photos as the cold jumps need have 24 megapixels; the others are small.
"""

from __future__ import annotations

import gc
import os
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import child
import numpy as np
from PySide6.QtCore import QEventLoop, QItemSelectionModel, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from window import Paints, make, open_window, wait_until

from desktop.app import LAST_SECONDS, TURN_SECONDS
from desktop.garbage import GarbageCollector
from desktop.jobs import outlast
from desktop.main_window import MainWindow
from desktop.views.information import InformationBar

BEAT_MS = 2
STEPS = 30
FAR = 3
"""Photos between two cold jumps: more than are prefetched."""
LONG = 600
"""Photos of the long cull."""
PAUSE_MS = 150
"""Between two acts of it."""
HABITS = (
    *(("flag.pick.advance", "go.next", "flag.reject.advance", "stars.3.advance", "go.next") * 6),
    *("view.compare", "go.next", "flag.pick", "view.survey", "go.next", "stars.2", "view.loupe"),
    *("undo", "undo", "redo", "rotate.right", "undo", "overlay.clipping", "go.next", "overlay.clipping"),
    *("undecided", "go.next", "flag.pick", "filter.clear", "go.undecided", "sort.time", "sort.rank"),
    *("view.grid", "go.burst", "go.burst", "group.stacks", "group.stacks", "goal.suggest", "goal.leave", "view.loupe"),
)
"""What is done over and over again, by the names of the actions."""


class Beat:
    """How late a timer of the GUI thread comes: as long as the thread was busy with something else."""

    def __init__(self) -> None:
        self.late: list[float] = []
        self._timer = QTimer(interval=BEAT_MS)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._note)
        self._last = time.perf_counter()
        self._timer.start()

    def _note(self) -> None:
        now = time.perf_counter()
        self.late.append(1000 * (now - self._last) - BEAT_MS)
        self._last = now

    def stop(self) -> np.ndarray:
        """Milliseconds, of every beat."""
        self._timer.stop()
        return np.array(self.late)


def megabytes() -> float:
    """What the process holds now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def wait(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def scoring(folder: Path, data: Path) -> None:
    """Print the percentiles of how long the thread was blocked while a shoot was opened and scored."""
    window, done = open_window(data), []
    window.session.ended.connect(lambda: done.append(True))
    beat = Beat()
    collector = GarbageCollector()
    window.session.open([folder])
    wait_until(lambda: bool(done), 3600)
    late = beat.stop()
    window.close()
    collector.stop()
    print(*np.percentile(late, [50, 99, 99.9]), late.max(), len(late))


class Culler:
    """Somebody who goes through a shoot in the loupe, and what each step takes until it is painted, milliseconds."""

    def __init__(self, window: MainWindow) -> None:
        self._window, self._loupe, self._model = window, window.loupe, window.session.model
        self._line = self._loupe.findChild(InformationBar)
        self._paints = Paints()
        self._line.installEventFilter(self._paints)

    def begin(self) -> None:
        """By name, in the loupe."""
        self._window.actions_table["sort.name"].trigger()
        self._window.actions_table["view.loupe"].trigger()

    def is_whole(self, row: int) -> bool:
        """Whether every pixel is there."""
        return self._loupe.pictures.picture(self._model.card(row)) is not None

    def is_covered(self, row: int) -> bool:
        """Whether a pixel is there for each one of the view, fitted in."""
        card = self._model.card(row)
        shown = self._loupe.pictures.picture(card) or self._loupe.pictures.sketches.of(card)
        size = None if shown is None or not shown.levels else shown.levels[0].size()
        return size is not None and max(size.width(), size.height()) >= self._loupe.sketch_edge()

    def go(self, row: int) -> float:
        """To a photo, until it is painted with a pixel for each one of the view."""
        start = time.perf_counter()
        selection = self._window.session.selection
        selection.setCurrentIndex(self._model.index(row), QItemSelectionModel.SelectionFlag.ClearAndSelect)
        while not self.is_covered(row):
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        self._loupe.repaint()
        return 1000 * (time.perf_counter() - start)

    def wait_whole(self, row: int) -> float:
        """Until every pixel is there."""
        return 1000 * wait_until(lambda: self.is_whole(row), 30)

    def mark(self, row: int) -> float:
        """A key, until the line below the photo is painted with the mark."""
        before, start = self._paints.count, time.perf_counter()
        QTest.keyClick(self._loupe, Qt.Key.Key_P if row % 2 else Qt.Key.Key_X)
        while self._paints.count == before:
            QApplication.processEvents()
        painted = self._paints.at
        begin = time.perf_counter()
        self._line.repaint()
        return 1000 * (painted - start + time.perf_counter() - begin)


def photos(folder: Path, data: Path) -> None:
    """Print the p95 of the next photo, prefetched, cold, and cold in every pixel, and of a key to its painted mark."""
    window, done = open_window(data), []
    window.session.ended.connect(lambda: done.append(True))
    collector = GarbageCollector()
    window.session.open([folder])
    wait_until(lambda: bool(done), 3600)
    culler = Culler(window)
    culler.begin()
    cold, whole = [], []
    for row in range(FAR, FAR * STEPS + 1, FAR):
        wait(PAUSE_MS)
        cold.append(culler.go(row))
        whole.append(cold[-1] + culler.wait_whole(row))
    ahead, keys = [], []
    culler.go(0)
    for row in range(STEPS):
        culler.wait_whole(row)
        ahead.append(culler.go(row))
        keys.append(culler.mark(row))
    window.close()
    collector.stop()
    print(*(np.percentile(times, 95) for times in (ahead, cold, whole, keys)))


def busy(folder: Path, data: Path) -> None:
    """Print the p95 of a key to its painted mark, and of the next photo, cold, while a shoot is scored; and how many
    photos were looked at until it was."""
    window, done, scored = open_window(data), [], []
    window.session.ended.connect(lambda: done.append(True))
    window.session.progressed.connect(lambda step: scored.append(step.done))
    collector = GarbageCollector()
    window.session.open([folder])
    wait_until(lambda: any(scored), 60)
    culler = Culler(window)
    culler.begin()
    cold, keys = [], []
    for row in range(FAR, FAR * STEPS + 1, FAR):
        if done:
            break
        cold.append(culler.go(row))
        keys.append(culler.mark(row))
        wait(PAUSE_MS)
        keys.append(culler.mark(row + 1))
    window.session.cancel()
    window.close()
    collector.stop()
    outlast(LAST_SECONDS)
    print(np.percentile(keys, 95), np.percentile(cold, 95), len(cold))


def parts(window: MainWindow) -> str:
    """What the window says that it holds: each of these has a bound, and what grows beside them is none of them."""
    thumbnails = window.session.thumbnails
    return (
        f"pictures {window.loupe.pictures.bytes / 1e6:.0f} MB, thumbnails {thumbnails.bytes / 1e6:.0f} MB, "
        f"scaled {thumbnails.scaled.bytes / 1e6:.0f} MB, {len(gc.get_objects()):,} objects"
    )


def memory(folder: Path, data: Path, minutes: float) -> None:
    """Print megabytes of the first and the last fifth, and the number of acts, of going through a shoot in every view
    and deciding about it. The grid is gone through once before that, so that what is kept of each photo is there."""
    window, done = open_window(data), []
    collector = GarbageCollector()
    window.session.ended.connect(lambda: done.append(True))
    window.session.open([folder])
    wait_until(lambda: bool(done), 3600)
    for row in range(0, window.session.model.rowCount(), 10):
        window.session.place.go(row)
        wait(PAUSE_MS)
    window.actions_table["view.loupe"].trigger()
    start, held = time.monotonic(), []
    while (spent := time.monotonic() - start) < 60 * minutes:
        window.actions_table[HABITS[len(held) % len(HABITS)]].trigger()
        QTest.keyClick(window.loupe, Qt.Key.Key_Z)
        wait(PAUSE_MS)
        if window.session.selection.currentIndex().row() >= window.session.model.rowCount() - 1:
            window.session.place.go(0)
        held.append((spent / (60 * minutes), megabytes()))
        if len(held) % len(HABITS) == 0:
            print(f"{spent:.0f} s: {held[-1][1]:.0f} MB, {parts(window)}", flush=True)
    window.close()
    collector.stop()
    outlast(LAST_SECONDS)
    early = [size for share, size in held if share < 0.2]
    late = [size for share, size in held if share >= 0.8]
    print(np.median(early), np.median(late), len(held))


def start(data: Path) -> None:
    """Print when the window takes a key, as `time.time` has it."""
    window = open_window(data)
    QTest.keyClick(window, Qt.Key.Key_G)
    print(time.time())
    window.close()


def in_a_process(*arguments: object) -> list[float]:
    """The numbers on the last line that this program prints in another mode."""
    lines = child.cost(["benchmarks/culling.py", *map(str, arguments)]).output.splitlines()
    return [float(word) for word in lines[-1].split()]


def main(count: int, minutes: float) -> int:
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        make(root / "shoot", count, has_thumbnails=False)
        make(root / "few", FAR * STEPS + 10, has_thumbnails=False)
        began = time.time()
        (ready,) = in_a_process("start", root / "data start")
        print(f"start to a window that takes keys: {ready - began:.2f} s (goal: 1.5 s)")
        p50, p99, p999, worst, beats = in_a_process("scoring", root / "shoot", root / "data scoring")
        print(f"blocked while {count:,} photos are scored: p50 {p50:.1f} ms, p99 {p99:.1f} ms, ", end="")
        print(f"p99.9 {p999:.1f} ms, worst {worst:.0f} ms of {beats:,.0f} beats (goal: p99.9 under 50 ms)")
        key, cold, count = in_a_process("busy", root / "few", root / "data busy")
        print(f"while 24 MP photos are scored, {count:.0f} of them looked at, p95: ", end="")
        print(f"key to painted mark {key:.1f} ms (goal: 30), next photo {cold:.0f} ms cold")
        ahead, cold, whole, key = in_a_process("photos", root / "few", root / "data few")
        print(f"next photo of 24 MP, p95: {ahead:.1f} ms prefetched (goal: 50), {cold:.0f} ms cold (150), ", end="")
        print(f"{whole:.0f} ms in every pixel; key to painted mark {key:.1f} ms (30)")
        make(root / "long", LONG, has_thumbnails=False)
        early, late, acts = in_a_process("memory", root / "long", root / "data long", minutes)
        print(f"memory over {minutes:g} minutes, {acts:.0f} acts: {early:.0f} MB, then {late:.0f} MB", end=" ")
        print(f"({late / early:.2f} times)")
    return 0 if p999 <= 50 and late <= 1.05 * early else 1


if __name__ == "__main__":
    sys.setswitchinterval(TURN_SECONDS)
    modes = {"scoring": scoring, "busy": busy, "photos": photos, "memory": memory}
    if len(sys.argv) > 1 and sys.argv[1] in modes:
        places = [Path(argument) for argument in sys.argv[2:4]]
        modes[sys.argv[1]](*places, *(float(argument) for argument in sys.argv[4:]))
        raise SystemExit(0)
    if len(sys.argv) > 1 and sys.argv[1] == "start":
        start(Path(sys.argv[2]))
        raise SystemExit(0)
    given = [float(argument) for argument in sys.argv[1:]]
    raise SystemExit(main(int(given[0]) if given else 2_000, given[1] if len(given) > 1 else 10.0))
