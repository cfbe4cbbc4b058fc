"""A photographer culls, exports the picks for Lightroom, puts the rejects away, goes home, and brings them back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from desktop.export_presets import BUILT_IN
from desktop.main_window import MainWindow
from engine.export.embedded import packets
from engine.types import Decision, Flag
from tests.exporting import tree
from tests.journeys.test_cull_by_keyboard import PATIENCE_MS, active, close_window, made, names, open_window, press
from tests.shoots import READABLE, UNREADABLE, small_shoot


def export(window: MainWindow, qtbot: QtBot, target: Path) -> str:
    """Ctrl+E, a preset, a folder, Enter; what the dialog says at the end."""
    press(window, "Ctrl+E")
    dialog = window.departures.export
    assert dialog is not None
    settings = dialog.settings
    with qtbot.waitSignal(settings.settled, timeout=PATIENCE_MS):
        settings.form.place.setCurrentText(str(target))
        settings.form.show_preset(BUILT_IN["Picks for Lightroom"])
    with qtbot.waitSignal(dialog.over, timeout=PATIENCE_MS):
        QTest.keyClick(settings.form.template, Qt.Key.Key_Return)
    said = dialog.outcome.title.text()
    leave(dialog, window, qtbot)
    assert window.departures.export is None
    return said


def reject(window: MainWindow, qtbot: QtBot, begin: Callable[[], None]) -> str:
    """Open a dialog of rejected photos, press Enter, wait for the shoot to be ranked anew; what the dialog says."""
    begin()
    dialog = window.departures.rejected
    assert dialog is not None
    qtbot.waitUntil(dialog.do.isVisible, timeout=PATIENCE_MS)
    with qtbot.waitSignals([dialog.over, window.session.opened, window.session.ended], timeout=PATIENCE_MS):
        QTest.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not window.session.is_running, timeout=PATIENCE_MS)
    said = dialog.outcome.title.text()
    leave(dialog, window, qtbot)
    return said


def leave(dialog: QDialog, window: MainWindow, qtbot: QtBot) -> None:
    """Escape; without a window manager nobody else gives the window its keyboard back."""
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=PATIENCE_MS)


def test_cull_export_reject_restart_and_bring_back(qtbot: QtBot, tmp_path: Path) -> None:
    folder, target = small_shoot(tmp_path / "shoot"), tmp_path / "to"
    before = {name: (folder / name).read_bytes() for name in tree(folder)}
    window = open_window(qtbot, folder)
    order = names(window)
    press(window, "5", "Shift+P", "Shift+X", "Shift+P", "Shift+X")
    culled = {
        order[0]: Decision(Flag.PICK, stars=5),
        order[1]: Decision(Flag.REJECT),
        order[2]: Decision(Flag.PICK),
        order[3]: Decision(Flag.REJECT),
    }
    assert made(window) == culled

    assert export(window, qtbot, target) == f"All 2 photos are in {target}"
    pictures = [name for name in tree(target) if name.endswith(".jpg")]
    assert sorted(pictures) == sorted([order[0], order[2]])
    said = packets(target / order[0])[0]
    assert said.get("xmp:Rating") == "5" and said.get("xmpDM:pick") == "1"
    assert {name: (folder / name).read_bytes() for name in tree(folder)} == before

    press(window, "Ctrl+Home")
    here = active(window)
    assert reject(window, qtbot, lambda: press(window, "Ctrl+Backspace")) == "2 photos moved to _Rejected"
    assert sorted(names(window)) == sorted(set(order) - {order[1], order[3]}) and active(window) == here
    close_window(window)

    window = open_window(qtbot, folder)
    assert len(names(window)) == READABLE + UNREADABLE - 2
    assert reject(window, qtbot, window.actions_table["rejected.restore"].trigger) == "2 photos brought back"
    assert names(window) == order and made(window) == culled
    assert {name: (folder / name).read_bytes() for name in tree(folder)} == before
    press(window, "Ctrl+Z", "Ctrl+Z")
    assert made(window) == {order[0]: culled[order[0]], order[1]: culled[order[1]]}
    close_window(window)
