"""A photographer rejects under filters, close up, in both directions, and stands where they stood all the time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.filters import Filter
from desktop.main_window import MainWindow
from engine.types import Decision, Flag
from tests.journeys.test_cull_by_keyboard import active, close_window, made, names, open_window, press
from tests.shoots import many

PHOTOS = 8
NOTHING = "No photo passes the filter. Clear the filters with Ctrl+L to see every photo again."


def tick(window: MainWindow, flag: Flag) -> None:
    """By keyboard: Tab leads to the box, Space ticks it, Escape gives the keyboard back to the photos."""
    box = window.filters.flags[flag].box
    box.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(box, Qt.Key.Key_Space)
    window.views.currentWidget().setFocus()


def test_reject_and_filter_and_lose_no_place(qtbot: QtBot, tmp_path: Path, originals: Callable[[Path], Path]) -> None:
    window = open_window(qtbot, originals(many(tmp_path / "shoot", PHOTOS)))
    order = names(window)
    press(window, "Right", "Right", "Right", "E", "Z")
    looked = window.loupe.viewport.zoom
    assert looked == 1.0
    tick(window, Flag.NONE)
    tick(window, Flag.PICK)
    assert window.session.model.filter == Filter(flags=frozenset({Flag.NONE, Flag.PICK}))
    assert active(window) == order[3] and window.view == "loupe", "filtering moves nobody"

    press(window, "X")
    assert active(window) == order[4] and order[3] not in names(window), "the next one takes its place"
    press(window, "X")
    assert active(window) == order[5] and window.loupe.viewport.zoom == looked
    assert window.filters_line.shown.text() == f"Showing {PHOTOS - 2} of {PHOTOS}"
    press(window, "Left")
    assert active(window) == order[2], "what was rejected is stepped over"
    press(window, "P", "Ctrl+End", "X")
    assert active(window) == order[6], "behind the last one there is only the one before"

    press(window, "Ctrl+Z", "Ctrl+Z")
    assert active(window) == order[2] and made(window).keys() == {order[3], order[4]}
    press(window, "Ctrl+L")
    assert names(window) == order and active(window) == order[2] and window.loupe.viewport.zoom == looked
    tick(window, Flag.REJECT)
    assert names(window) == [order[3], order[4]] and active(window) in names(window)
    here = active(window)
    press(window, "U")
    assert active(window) != here and names(window) == [active(window)]
    press(window, "U")
    assert names(window) == [] and window.session.active is None
    told = {view.accessibleDescription() for view in (window.loupe, window.grid)}
    assert told == {NOTHING}, "those who listen hear what others see"
    press(window, "Ctrl+Z")
    assert made(window) == {active(window): Decision(Flag.REJECT)}
    here = active(window)
    press(window, "Ctrl+L", "G")
    assert names(window) == order and active(window) == here
    assert window.grid.current_row in window.grid.visible_rows()
    close_window(window)
