"""A photographer comes home with 300 frames in bursts and leaves 30 of them, with the keyboard alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.main_window import MainWindow
from engine.types import Decision, Flag
from tests import packs
from tests.journeys.test_cull_by_keyboard import PATIENCE_MS, active, close_window, made, names, open_window, press
from tests.shoots import write_photo

FRAMES, BURST, GOAL = 300, 5, 30


@pytest.fixture
def long_shoot(tmp_path: Path) -> Path:
    """Sixty bursts of five, three minutes apart; the third frame of each is the sharpest."""
    folder = tmp_path / "shoot"
    for number in range(FRAMES):
        burst, frame = divmod(number, BURST)
        seconds = 180.0 * burst + 0.2 * frame
        write_photo(folder / f"IMG_{number:04}.jpg", burst, seconds, blur=abs(frame - 2) / 2, size=(180, 120))
    return folder


def suggested(window: MainWindow, qtbot: QtBot) -> set[str]:
    """The names of what is suggested, once it is what was asked for last."""
    choosing = window.session.choosing
    qtbot.waitUntil(lambda: choosing.is_on and not choosing.is_busy, timeout=PATIENCE_MS)
    return {path.name for path in choosing.selection.paths}


def flagged(window: MainWindow, flag: Flag) -> set[str]:
    return {name for name, decision in made(window).items() if decision.flag is flag}


def test_cull_300_frames_by_keyboard_to_a_goal_of_30(
    qtbot: QtBot, tmp_path: Path, long_shoot: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packs.use(packs.quick(tmp_path / "quick"), monkeypatch)
    window = open_window(qtbot, long_shoot)
    assert len(names(window)) == FRAMES
    press(window, "Shift+S")
    assert len(names(window)) == FRAMES / BURST, "one photo stands for each burst"

    press(window, "E", "Ctrl+Shift+P", "Return")
    kept = active(window)
    assert flagged(window, Flag.PICK) == {kept} and len(flagged(window, Flag.REJECT)) == BURST - 1
    press(window, "Right", "X", "Right", "Shift+P", "G")
    mine = flagged(window, Flag.PICK)
    refused = flagged(window, Flag.REJECT)
    assert len(mine) == 2 and len(refused) == BURST

    press(window, "Ctrl+B", "3", "0")
    best = suggested(window, qtbot)
    assert len(best) == GOAL and mine <= best and not best & refused, "what was decided holds"
    press(window, "Ctrl+Return")
    assert flagged(window, Flag.PICK) == best
    assert window.strip.picks.accessibleName() == f"Pick {GOAL}/{GOAL}"

    press(window, "Shift+S", "Ctrl+D")
    assert len(names(window)) == FRAMES - GOAL - BURST
    press(window, "Ctrl+A", "X")
    assert f"{FRAMES - GOAL - BURST} selected photos" in window.proposal.title.text()
    press(window, "Return")
    assert names(window) == [] and flagged(window, Flag.REJECT) == {f"IMG_{n:04}.jpg" for n in range(FRAMES)} - best
    press(window, "Ctrl+Z")
    assert len(made(window)) == GOAL + BURST, "one step takes all of them back"
    press(window, "Ctrl+Y", "Ctrl+L")
    assert made(window) == {name: Decision(Flag.PICK if name in best else Flag.REJECT) for name in names(window)}
    assert len(names(window)) == FRAMES
    close_window(window)
