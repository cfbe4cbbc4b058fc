"""A photographer closes the stacks, takes the suggested best, corrects a group and a clock, and finds it all again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from pytestqt.qtbot import QtBot

from engine.types import Decision, Flag
from tests.journeys.test_cull_by_keyboard import PATIENCE_MS, active, close_window, made, names, open_window, press
from tests.shoots import READABLE, UNREADABLE, small_shoot


def test_cull_bursts_restart_and_undo(qtbot: QtBot, tmp_path: Path, originals: Callable[[Path], Path]) -> None:
    folder = originals(small_shoot(tmp_path / "shoot"))
    window = open_window(qtbot, folder)
    press(window, "Shift+S")
    assert len(names(window)) == READABLE + UNREADABLE - 4
    burst = next(row for row, name in enumerate(names(window)) if name.startswith("burst"))
    window.session.place.go(burst)
    best = active(window)
    press(window, "S", "Right", "B", "Return")
    assert made(window) == {best: Decision(Flag.PICK)}

    with qtbot.waitSignal(window.session.grouping.renewed, timeout=PATIENCE_MS):
        window.session.place.reveal(folder / "burst2.jpg")
        press(window, "Ctrl+Shift+G")
    press(window, "Ctrl+K")
    clocks = window.clocks
    assert clocks is not None
    body = clocks.body
    assert body is not None
    clocks.editor.minutes.setValue(5)
    with qtbot.waitSignal(window.session.grouping.renewed, timeout=PATIENCE_MS):
        clocks.apply.click()
    close_window(window)

    window = open_window(qtbot, folder)
    assert {name: decision.flag for name, decision in made(window).items()} == {best: Flag.PICK}
    assert window.session.grouping.clocks == {body: timedelta(minutes=5)}
    alone = window.session.model.find(folder / "burst2.jpg")
    assert alone is not None and window.session.model.size(alone) == 1
    with qtbot.waitSignal(window.session.grouping.renewed, timeout=PATIENCE_MS):
        press(window, "Ctrl+Z")
    assert window.session.model.size(window.session.model.find(folder / "burst2.jpg")) == 3
    press(window, "Ctrl+Z")
    assert made(window) == {}
    close_window(window)
