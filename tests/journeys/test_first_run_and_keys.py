"""A photographer starts Chinagraph for the first time, has the keys of another program, changes one, and comes back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.main_window import MainWindow
from desktop.session import Session
from engine.types import Colour, Decision, Flag
from tests.journeys.test_cull_by_keyboard import PATIENCE_MS, active, close_window, made, names, press
from tests.shoots import many


def start(qtbot: QtBot) -> MainWindow:
    window = MainWindow(Session())
    window.resize(1200, 800)
    with qtbot.waitExposed(window, timeout=100_000):
        window.show()
    window.activateWindow()
    window.habits.welcome_once()
    return window


def back(window: MainWindow) -> None:
    """A window manager gives the keyboard back when a dialog is gone; here nobody else does."""
    QApplication.processEvents()
    window.activateWindow()
    QApplication.processEvents()


def open_shoot(window: MainWindow, qtbot: QtBot, folder: Path) -> None:
    with qtbot.waitSignal(window.session.ended, timeout=PATIENCE_MS):
        window.session.open([folder])


def answer(window: MainWindow) -> None:
    """Who edits with Photo Mechanic is offered its keys, and chooses by stars."""
    welcome = window.habits.welcome
    assert welcome is not None and welcome.isVisible()
    QTest.keyClick(welcome.editor, Qt.Key.Key_End)
    welcome.editor.activated.emit(welcome.editor.currentIndex())
    assert welcome.keys.currentText() == "Photo Mechanic"
    welcome.stars.click()
    QTest.keyClick(welcome.start, Qt.Key.Key_Return)
    back(window)
    assert window.habits.welcome is None
    assert window.session.settings.xmp_target == "photomechanic" and window.session.settings.keeper_stars == 3


def rebind(window: MainWindow) -> None:
    """X shall pick. That it rejects is said before it is taken, and can be left so."""
    press(window, "Ctrl+,")
    dialog = window.habits.preferences
    assert dialog is not None
    dialog.show_keys()
    page = dialog.keys
    page.search.setText("reject the rest")
    page.choose("group.reject")
    QTest.keyClick(page.editor.edits[0], Qt.Key.Key_X)
    assert page.question.isVisible()
    assert "X is the key of “Reject”, which then has no key." in page.question.words.text()
    assert window.habits.keymap.keys("flag.reject") == ("X",)
    page.question.leave.click()
    assert not page.question.isVisible() and page.editor.edits[0].keySequence().toString() == "Ctrl+Shift+X"
    page.choose("flag.pick")
    QTest.keyClick(page.editor.edits[0], Qt.Key.Key_X)
    page.question.take.click()
    assert page.editor.edits[0].keySequence().toString() == "X"
    dialog.close_button.click()
    back(window)


def test_first_run_preset_rebinding_and_restart(qtbot: QtBot, tmp_path: Path) -> None:
    folder = many(tmp_path / "shoot", 4)
    window = start(qtbot)
    answer(window)
    open_shoot(window, qtbot, folder)
    order = names(window)
    press(window, "Shift+T", "5", "Ctrl+4")
    assert made(window) == {order[0]: Decision(Flag.PICK), order[1]: Decision(stars=4, colour=Colour.GREEN)}
    rebind(window)
    press(window, "X")
    assert made(window)[active(window)].flag is Flag.PICK
    close_window(window)

    window = start(qtbot)
    assert window.habits.welcome is None
    open_shoot(window, qtbot, folder)
    press(window, "Ctrl+End", "Shift+X", "6", "?")
    last = names(window)[-1]
    # Six is a colour class that is none of ours.
    assert made(window)[last] == Decision(Flag.PICK)
    overlay = window.habits.overlay
    assert overlay is not None and overlay.isVisible()
    shown = {row.text: row.keys for rows in overlay.rows.values() for row in rows}
    assert shown["Pick"] == ("X",) and "Reject" not in shown
    # What is pressed there marks nothing.
    press(window, "0", "Ctrl+0", "Escape")
    assert window.habits.overlay is None and made(window)[last] == Decision(Flag.PICK)
    close_window(window)
