"""A photographer opens a shoot, culls it by keyboard, goes home, comes back, and changes their mind."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.main_window import MainWindow
from desktop.session import Session
from engine.types import Colour, Decision, Flag
from tests.shoots import READABLE, UNREADABLE, small_shoot

PATIENCE_MS = 100_000


def open_window(qtbot: QtBot, folder: Path) -> MainWindow:
    window = MainWindow(Session())
    window.resize(1200, 800)
    with qtbot.waitExposed(window, timeout=100_000):
        window.show()
    window.activateWindow()
    with qtbot.waitSignal(window.session.ended, timeout=PATIENCE_MS):
        window.session.open([folder])
    return window


def close_window(window: MainWindow) -> None:
    assert window.close()
    window.deleteLater()


def press(window: MainWindow, *sequences: str) -> None:
    for keys in sequences:
        combination = QKeySequence(keys)[0]
        QTest.keyClick(window.focusWidget() or window, combination.key(), combination.keyboardModifiers())
        QApplication.processEvents()


def made(window: MainWindow) -> dict[str, Decision]:
    cards = window.session.model.cards()
    decisions = {card.path.name: window.session.culling.decision(card.path) for card in cards}
    return {name: decision for name, decision in decisions.items() if decision.is_made}


def names(window: MainWindow) -> list[str]:
    model = window.session.model
    return [model.card(row).path.name for row in range(model.rowCount())]


def active(window: MainWindow) -> str:
    card = window.session.active
    assert card is not None
    return card.path.name


def test_cull_by_keyboard_restart_and_undo(qtbot: QtBot, tmp_path: Path, originals: Callable[[Path], Path]) -> None:
    folder = originals(small_shoot(tmp_path / "shoot"))
    window = open_window(qtbot, folder)
    order = names(window)
    assert len(order) == READABLE + UNREADABLE

    press(window, "Shift+P", "E", "Shift+X", "Shift+4", "8", "Shift+P", "G", "X")
    culled = {
        order[0]: Decision(Flag.PICK),
        order[1]: Decision(Flag.REJECT),
        order[2]: Decision(stars=4),
        order[3]: Decision(Flag.PICK, colour=Colour.GREEN),
        order[4]: Decision(Flag.REJECT),
    }
    assert made(window) == culled
    close_window(window)

    window = open_window(qtbot, folder)
    assert names(window) == order
    assert made(window) == culled
    press(window, "Ctrl+Z", "Ctrl+Z", "Ctrl+Z")
    assert made(window) == {name: culled[name] for name in order[:3]}
    press(window, "Ctrl+Shift+Z", "Ctrl+Shift+Z")
    assert made(window) == {**{name: culled[name] for name in order[:3]}, order[3]: culled[order[3]]}
    close_window(window)

    window = open_window(qtbot, folder)
    press(window, "Ctrl+Shift+Z")
    assert made(window) == culled
    close_window(window)


def test_cull_the_undecided_without_losing_the_place(qtbot: QtBot, tmp_path: Path) -> None:
    window = open_window(qtbot, small_shoot(tmp_path / "shoot"))
    order = names(window)
    press(window, "Ctrl+D", "Right", "Right")
    assert active(window) == order[2]
    press(window, "P")
    assert active(window) == order[3]
    press(window, "Shift+X")
    assert active(window) == order[4]
    press(window, "Ctrl+Z")
    assert active(window) == order[3]
    press(window, "Ctrl+L")
    assert names(window) == order and active(window) == order[3]
    close_window(window)


def test_a_damaged_photo_is_shown_with_its_reason_and_can_be_decided_about(qtbot: QtBot, tmp_path: Path) -> None:
    window = open_window(qtbot, small_shoot(tmp_path / "shoot"))
    press(window, "Ctrl+End")
    card = window.session.active
    assert card is not None and card.error is not None and card.path.name in card.error
    assert card.path.name in window.grid.accessibleDescription()
    assert "cannot be read" in window.grid.accessibleDescription()
    press(window, "X")
    assert made(window) == {card.path.name: Decision(Flag.REJECT)}
    press(window, "Ctrl+U")
    assert window.failures is not None and window.failures.files.topLevelItemCount() == UNREADABLE
    close_window(window)
