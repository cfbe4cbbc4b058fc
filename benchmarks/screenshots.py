"""Pictures of the real window on the sample shoot, for docs/screenshots: grid, bursts, Survey, Compare, filters, goal,
metadata, loupe, details, faces, clocks, export, rejected photos, first start, preferences, keys, empty and error state.

Usage: python benchmarks/screenshots.py. Without a display Qt draws offscreen. --language de shows it in German; for a
dense screen set QT_SCALE_FACTOR=2 and give half of its size.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

if not os.environ.get("DISPLAY"):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QItemSelectionModel, Qt, QTimer, SignalInstance
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop import language, style
from desktop.export_presets import BUILT_IN, Which
from desktop.main_window import MainWindow
from desktop.rejecting import Act
from desktop.session import Session
from desktop.suggestions import suggest
from desktop.views.details import Information
from engine import sample
from engine.settings import LANGUAGES

DOCS = Path(__file__).resolve().parent.parent / "docs" / "screenshots"
PATIENCE_MS = 300_000
DECISIONS = ((0, "P5"), (1, "P48"), (2, "3"), (3, "X"), (4, "P7"), (6, "26"), (8, "X"), (9, "P39"))
"""Row and keys."""
SIDECAR = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:Rating="{}"/></rdf:RDF></x:xmpmeta>'
)
"""As another program writes it, with its stars."""


def wait(milliseconds: int) -> None:
    """Let the window work for so long."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def wait_for(signal: SignalInstance, begin: Callable[[], object]) -> None:
    """Do something and wait for what it leads to; TimeoutError when that does not come."""
    loop = QEventLoop()
    signal.connect(loop.quit)
    timer = QTimer(singleShot=True, interval=PATIENCE_MS)
    timer.timeout.connect(lambda: loop.exit(1))
    timer.start()
    begin()
    if loop.exec() != 0:
        raise TimeoutError("The window did not get there in time")
    timer.stop()


def activate(window: MainWindow, row: int) -> None:
    model = window.session.model
    window.session.selection.setCurrentIndex(model.index(row), QItemSelectionModel.SelectionFlag.ClearAndSelect)


def decide(window: MainWindow) -> None:
    """Some decisions with the keys that a photographer would press."""
    for row, keys in DECISIONS:
        if row < window.session.model.rowCount():
            activate(window, row)
            for key in keys:
                QTest.keyClick(window.grid, getattr(Qt.Key, f"Key_{key}"))


def take(window: QWidget, folder: Path, name: str) -> None:
    wait(1500)
    target = folder / f"{name}.png"
    window.grab().save(str(target))
    print(target)


def take_bursts(window: MainWindow, folder: Path) -> None:
    """Closed stacks, the suggested best with what accepting it does, and the clocks of the cameras."""
    model, grid = window.session.model, window.grid
    QTest.keyClick(grid, Qt.Key.Key_S, Qt.KeyboardModifier.ShiftModifier)
    burst = next(row for row in range(model.rowCount()) if suggest(model, model.card(row)) and not decided(window, row))
    activate(window, burst)
    take(window, folder, "stacks")
    QTest.keyClick(grid, Qt.Key.Key_S)
    QTest.keyClick(grid, Qt.Key.Key_B)
    take(window, folder, "suggestion")
    QTest.keyClick(grid, Qt.Key.Key_Escape)
    QTest.keyClick(grid, Qt.Key.Key_S, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(grid, Qt.Key.Key_S, Qt.KeyboardModifier.ShiftModifier)
    window.show_clocks()
    if window.clocks is not None:
        window.clocks.editor.hours.setValue(1)
        take(window.clocks, folder, "clocks")
        window.clocks.reject()


def take_compare(window: MainWindow, folder: Path) -> None:
    """A burst of at least four on one screen, and four of it at 100 % with a champion."""
    model = window.session.model
    best = next((card for card in model.cards() if model.size(card) >= 4 and suggest(model, card)), None)
    if best is not None:
        window.session.place.reveal(best.path)
        window.show_view("survey")
        take(window, folder, "survey")
        window.show_view("compare")
        QTest.keyClick(window.views.compare, Qt.Key.Key_Home)
        window.lineup.pin()
        QTest.keyClick(window.views.compare, Qt.Key.Key_Z)
        take(window, folder, "compare")
        window.show_view("grid")


def take_finding(window: MainWindow, folder: Path) -> None:
    """Filters with the line that says what is on, the scenes, and a burst with its siblings below the loupe."""
    model = window.session.model
    window.filters.fold(("colour", "stars", "lens", "time"))
    window.filters.undecided.box.click()
    window.filters.score.low.setValue(5.0)
    take(window, folder, "filters")
    window.actions_table["filter.clear"].trigger()
    window.left.show_page(1)
    best = next((card for card in model.cards() if model.size(card) >= 4 and suggest(model, card)), None)
    if best is not None:
        window.session.place.reveal(best.path)
    window.show_view("loupe")
    take(window, folder, "siblings")
    window.left.show_page(2)
    take(window, folder, "folders")
    window.left.show_page(0)
    window.show_view("grid")


def take_goal(window: MainWindow, folder: Path) -> None:
    """A goal, what would be chosen for it, and why."""
    window.goal.number.setValue(12)
    window.goal.per_burst.box.click()
    wait(1500)
    window.grid.setFocus()
    window.session.place.reveal(window.session.choosing.additions()[0].path)
    take(window, folder, "goal")
    window.goal.leave.click()


def take_metadata(window: MainWindow, folder: Path) -> None:
    """Sidecars as they would be written, and photos that disagree with theirs; the sidecars are gone afterwards."""
    cards = [window.session.model.card(row) for row, _ in DECISIONS]
    metadata = window.session.metadata
    sidecars = {card.photo.path.with_suffix(".xmp"): stars for card, stars in zip(cards, (2, 4, 4, 1), strict=False)}
    window.show_metadata_writing()
    if window.metadata.writing is not None:
        take(window.metadata.writing, folder, "metadata")
        window.metadata.writing.reject()
    for path, stars in sidecars.items():
        path.write_text(SIDECAR.format(stars))
    wait_for(metadata.found, metadata.look)
    window.show_metadata_reading()
    if window.metadata.conflicts is not None:
        wait(1500)
        window.metadata.conflicts.answers[1].click()
        take(window.metadata.conflicts, folder, "conflicts")
        window.metadata.conflicts.reject()
    for path in sidecars:
        path.unlink()
    wait_for(metadata.found, metadata.look)
    window.notices.clear()


def take_faces(window: MainWindow, folder: Path) -> None:
    """The loupe at the eye of a face, where a photo has one."""
    card = next((card for card in window.session.model.cards() if card.faces), None)
    if card is not None:
        window.session.place.reveal(card.path)
        QTest.keyClick(window.loupe, Qt.Key.Key_F)
        take(window, folder, "faces")
        window.loupe.fit()


def take_details(window: MainWindow, folder: Path) -> None:
    """What is known of a photo, over it."""
    window.loupe.fit()
    window.overlays.inform(Information.DETAILS)
    take(window, folder, "details")
    window.overlays.inform(Information.LINE)


def take_export(window: MainWindow, folder: Path) -> None:
    """The export with its plan, where names were taken."""
    window.show_export()
    dialog = window.departures.export
    if dialog is not None:
        settings = dialog.settings
        settings.form.place.setCurrentText(str(Path(tempfile.gettempdir()) / "For Anna"))
        preset = replace(BUILT_IN["Picks for Lightroom"], which=Which.SHOWN, template="{date:%Y%m%d-%H%M}")
        wait_for(settings.settled, lambda: settings.form.show_preset(preset))
        take(dialog, folder, "export")
        dialog.close()


def take_rejected(window: MainWindow, folder: Path) -> None:
    """What moving the rejected photos out of the way would do."""
    window.show_rejected(Act.MOVE)
    if window.departures.rejected is not None:
        take(window.departures.rejected, folder, "rejected")
        window.departures.rejected.close()


def take_habits(window: MainWindow, folder: Path) -> None:
    """The questions of the first start, the preferences, a key that somebody has, and the keys over the window."""
    habits = window.habits
    habits.show_welcome()
    if habits.welcome is not None:
        take(habits.welcome, folder, "welcome")
        habits.welcome.reject()
    habits.show_preferences()
    if habits.preferences is not None:
        take(habits.preferences, folder, "preferences")
        habits.preferences.show_keys()
        page = habits.preferences.keys
        page.choose("flag.pick")
        QTest.keyClick(page.editor.edits[0], Qt.Key.Key_S)
        take(habits.preferences, folder, "keys")
        habits.preferences.reject()
    habits.show_keys()
    take(window, folder, "overlay")
    habits.show_keys()
    # The dialogs had the keyboard, and no window manager hands it back.
    window.activateWindow()
    window.grid.setFocus()
    wait(500)


def decided(window: MainWindow, row: int) -> bool:
    return window.session.model.decision(row).is_made


def photograph(window: MainWindow, shoot: Path, folder: Path) -> None:
    take(window, folder, "empty")
    wait_for(window.session.ended, lambda: window.session.open([shoot]))
    decide(window)
    activate(window, 1)
    take(window, folder, "grid")
    take_habits(window, folder)
    take_bursts(window, folder)
    take_compare(window, folder)
    take_finding(window, folder)
    take_goal(window, folder)
    take_metadata(window, folder)
    take_export(window, folder)
    take_rejected(window, folder)
    activate(window, 1)
    window.show_view("loupe")
    take(window, folder, "loupe")
    QTest.keyClick(window.loupe, Qt.Key.Key_Z)
    take(window, folder, "loupe-100")
    take_details(window, folder)
    take_faces(window, folder)
    failures = window.session.model.failures()
    if failures:
        window.show_view("grid")
        row = window.session.model.row_of(failures[0].path)
        activate(window, 0 if row is None else row)
        take(window, folder, "error")


def main(arguments: argparse.Namespace) -> int:
    arguments.folder.mkdir(parents=True, exist_ok=True)
    application = QApplication([])
    language.install(application, arguments.language)
    style.apply(application)
    with tempfile.TemporaryDirectory() as scratch:
        window = MainWindow(Session(Path(scratch) / "data"))
        width, height = arguments.size.split("x")
        window.resize(int(width), int(height))
        window.show()
        # Without a window manager nobody else gives it the keyboard, and shortcuts need an active window.
        window.activateWindow()
        shoot = arguments.shoot or sample.make(Path(scratch) / "Sample shoot")
        photograph(window, shoot, arguments.folder)
        window.close()
    return 0


def parser() -> argparse.ArgumentParser:
    result = argparse.ArgumentParser(description=__doc__)
    result.add_argument("--folder", type=Path, default=DOCS, help="where the pictures go")
    result.add_argument("--language", default=language.SOURCE, choices=LANGUAGES[1:], help="of the window")
    result.add_argument("--size", default="1440x900", help="of the window")
    result.add_argument("--shoot", type=Path, help="another shoot than the sample")
    return result


if __name__ == "__main__":
    raise SystemExit(main(parser().parse_args()))
