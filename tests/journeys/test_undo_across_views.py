"""A photographer marks in every view, takes back from others, goes home, and takes back what was marked yesterday."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pytestqt.qtbot import QtBot

from engine.types import Colour, Decision, Flag, Turn
from tests.journeys.test_cull_by_keyboard import active, close_window, made, names, open_window, press
from tests.shoots import many


def test_undo_across_views_and_a_restart(qtbot: QtBot, tmp_path: Path, originals: Callable[[Path], Path]) -> None:
    folder = originals(many(tmp_path / "shoot", 6))
    window = open_window(qtbot, folder)
    order = names(window)
    press(window, "P", "Right", "E", "X", "Right", "C", "4", "Right", "N", "8", "Right", "G", "R")
    assert active(window) == order[4]
    everything = {
        order[0]: Decision(Flag.PICK),
        order[1]: Decision(Flag.REJECT),
        order[2]: Decision(stars=4),
        order[3]: Decision(colour=Colour.GREEN),
    }
    assert made(window) == everything
    turned = window.session.culling.decision(folder / order[4]).turn
    assert turned is not Turn.NONE

    press(window, "E", "Ctrl+Z")
    assert window.session.culling.decision(folder / order[4]).turn is Turn.NONE and window.view == "loupe"
    press(window, "C", "Ctrl+Z")
    assert made(window) == {name: everything[name] for name in order[:3]} and window.view == "compare"
    assert active(window) == order[3], "what was taken back is in sight"
    press(window, "N", "Ctrl+Z")
    assert made(window) == {name: everything[name] for name in order[:2]} and active(window) == order[2]
    close_window(window)

    window = open_window(qtbot, folder)
    press(window, "E", "Ctrl+Z", "G", "Ctrl+Z")
    assert made(window) == {} and active(window) == order[0]
    assert not window.actions_table["undo"].isEnabled()
    press(window, "C", "Ctrl+Y", "N", "Ctrl+Y", "E", "Ctrl+Y", "G", "Ctrl+Y")
    assert made(window) == everything and active(window) == order[3]
    press(window, "Ctrl+Y")
    assert window.session.culling.decision(folder / order[4]).turn is turned and active(window) == order[4]
    assert not window.actions_table["redo"].isEnabled()
    close_window(window)
