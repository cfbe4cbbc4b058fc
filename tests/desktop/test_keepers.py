"""Keepers by stars in a real window: counted, suggested, and left as they are when a suggestion is accepted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pytestqt.qtbot import QtBot

from desktop.main_window import MainWindow
from engine.types import Decision, Flag
from tests.desktop.test_bursts import go, made, press
from tests.desktop.test_goal_panel import PATIENCE_MS, ask, suggested
from tests.shoots import small_shoot


def test_stars_keep_where_the_setting_says_so(
    make_window: Callable[..., MainWindow], tmp_path: Path, qtbot: QtBot
) -> None:
    window = make_window(small_shoot(tmp_path / "shoot"))

    def settled(window: MainWindow) -> None:
        choosing = window.session.choosing
        qtbot.waitUntil(lambda: choosing.is_on and not choosing.is_busy, timeout=PATIENCE_MS)

    ask(window, settled, 1)
    (best,) = suggested(window)
    other = next(name for name in ("single1", "single2") if name != best)
    window.grid.setFocus()
    go(window, other)
    press(window, "4")
    settled(window)
    assert suggested(window) == {best}
    window.session.preferences.change(keeper_stars=4)
    settled(window)
    assert suggested(window) == {other} and window.strip.picks.accessibleName() == "Keep 1/1"
    assert window.goal.changes.text() == "Picks no more, 1 of your own stays."
    assert "Kept by you: 4 stars." in window.goal.reason.text()
    ask(window, settled, 2)
    press(window, "Ctrl+Return")
    decisions = made(window)
    assert decisions.pop(other) == Decision(stars=4), "a photo with the stars is not picked as well"
    assert [decision.flag for decision in decisions.values()] == [Flag.PICK]
    assert window.strip.picks.accessibleName() == "Keep 2/2"
