"""The questions of the first start, and the keys over the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.dialogs.welcome import WelcomeDialog
from desktop.keymap import KeyMap
from desktop.panels.key_overlay import KeyOverlay
from desktop.session import Session
from engine.settings import FILE_NAME, Settings


@pytest.fixture
def make_dialog(session: Session, qtbot: QtBot, tmp_path: Path) -> Callable[[], WelcomeDialog]:
    def make() -> WelcomeDialog:
        dialog = WelcomeDialog(session.preferences, KeyMap(tmp_path / "keys.toml"))
        qtbot.addWidget(dialog)
        dialog.open()
        return dialog

    return make


def choose(dialog: WelcomeDialog, box: str, text: str) -> None:
    combo = getattr(dialog, box)
    combo.setCurrentIndex(combo.findText(text))
    combo.activated.emit(combo.currentIndex())


def test_skipping_and_escape_leave_everything_as_it_was(
    make_dialog: Callable[[], WelcomeDialog], session: Session, qtbot: QtBot, data_folder: Path
) -> None:
    for leave in (
        lambda dialog: dialog.skip.click(),
        lambda dialog: qtbot.keyClick(dialog, Qt.Key.Key_Escape),
    ):
        dialog = make_dialog()
        choose(dialog, "editor", "darktable")
        leave(dialog)
        assert not dialog.isVisible() and session.settings == Settings()
    assert not (data_folder / FILE_NAME).exists()


def test_answers_are_explained_kept_and_shown_again(
    make_dialog: Callable[[], WelcomeDialog], session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = make_dialog()
    assert "IMG_0412.xmp" in dialog.naming.text() and dialog.goal_note.text().startswith("P picks, X rejects")
    choose(dialog, "editor", "darktable")
    assert "IMG_0412.CR3.xmp" in dialog.naming.text() and dialog.keys.currentText() == "darktable"
    assert dialog.goal_note.text().startswith("P picks, R rejects")
    choose(dialog, "keys", "Lightroom")
    choose(dialog, "editor", "digiKam")
    assert dialog.keys.currentText() == "Lightroom"
    dialog.stars.click()
    assert dialog.goal_note.text().startswith("A photo with 3 stars or more")
    with qtbot.waitSignal(dialog.sample_wanted, timeout=100_000):
        dialog.sample.click()
    assert session.settings == Settings(xmp_target="digikam", keeper_stars=3)
    assert KeyMap(tmp_path / "keys.toml").preset == "lightroom"
    again = make_dialog()
    assert again.editor.currentText() == "digiKam" and again.stars.isChecked()


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    made.resize(1280, 720)
    qtbot.addWidget(made)
    made.show()
    return made


def test_the_overlay_shows_the_keys_as_they_are_and_fits_the_window(window: QWidget, tmp_path: Path) -> None:
    keymap = KeyMap(tmp_path / "keys.toml")
    keymap.use("digikam")
    keymap.bind("undo", ["F9"])
    overlay = KeyOverlay(keymap, True, window)
    overlay.show()
    rows = {row.text: row.keys for group in overlay.rows.values() for row in group}
    assert rows["Undo"] == ("F9",) and rows["Pick"] == ("Alt+3",)
    assert rows["Stars"] == tuple(f"Ctrl+{count}" for count in range(6)) and "3 Stars" not in rows
    assert rows["With a mark: mark, and stay"] == ("Shift",)
    assert any(label.text() == "As in digiKam, 1 of your own" for label in overlay.findChildren(QLabel))
    chips = [label.text() for label in overlay.findChildren(QLabel) if label.property("role") == "key"]
    assert {"F9", "Alt+3", "Arrows", "Space"} <= set(chips)
    for width, height in ((1280, 720), (640, 400), (2560, 1440)):
        window.resize(width, height)
        assert overlay.geometry() == window.rect()
        assert overlay._area.widget().minimumSizeHint().width() <= overlay._area.viewport().width()
    overlay.dismiss()


@pytest.mark.parametrize("way", ["?", "Escape", "click"])
def test_the_overlay_takes_every_key_and_goes_away(window: QWidget, qtbot: QtBot, tmp_path: Path, way: str) -> None:
    overlay = KeyOverlay(KeyMap(tmp_path / "keys.toml"), False, window)
    overlay.show()
    overlay.setFocus()
    qtbot.keyClick(overlay, Qt.Key.Key_P)
    assert overlay.isVisible()
    with qtbot.waitSignal(overlay.gone, timeout=100_000):
        if way == "?":
            qtbot.keyClick(overlay, Qt.Key.Key_Question, Qt.KeyboardModifier.ShiftModifier)
        elif way == "Escape":
            qtbot.keyClick(overlay, Qt.Key.Key_Escape)
        else:
            qtbot.mouseClick(overlay, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert not overlay.isVisible()
