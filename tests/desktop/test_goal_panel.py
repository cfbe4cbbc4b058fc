"""The goal of a shoot in a real window: a slider suggests, runners-up are a key away, one step accepts."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractSlider, QAbstractSpinBox
from pytestqt.qtbot import QtBot

from desktop.choosing import Choosing
from desktop.goals import MOST_SHOOTS, Goals
from desktop.main_window import MainWindow
from desktop.views.wording import describe_row
from engine.judge.selection import Goal, select
from engine.store.decisions import Origin
from engine.types import Decision, Flag
from tests.desktop.test_bursts import go, made, press, said
from tests.shoots import READABLE, small_shoot

PATIENCE_MS = 100_000


@pytest.fixture
def window(make_window: Callable[..., MainWindow], tmp_path: Path) -> MainWindow:
    """A window on a ranked burst, a bracket and single photos."""
    return make_window(small_shoot(tmp_path / "shoot"))


@pytest.fixture
def settled(qtbot: QtBot) -> Callable[[MainWindow], None]:
    """`settled(window)`: what is suggested is what was asked for last."""

    def wait(window: MainWindow) -> None:
        choosing = window.session.choosing
        qtbot.waitUntil(lambda: choosing.is_on and not choosing.is_busy, timeout=PATIENCE_MS)

    return wait


def suggested(window: MainWindow) -> set[str]:
    """The names that the views show as suggested."""
    model = window.session.model
    return {card.path.stem for card in model.cards() if model.number_of(card.path) is not None}


def by_engine(window: MainWindow, goal: Goal) -> set[str]:
    """The names that the engine chooses for the shoot as it stands."""
    session = window.session
    cards = session.model.cards()
    return {p.stem for p in select(cards, {c.path: session.culling.decision(c.path) for c in cards}, goal).paths}


def ask(window: MainWindow, settled: Callable[[MainWindow], None], count: int) -> None:
    window.goal.number.setValue(count)
    if not window.session.choosing.is_on:
        window.goal.begin()
    settled(window)


# What is shown


def test_the_slider_suggests_what_the_engine_chooses_and_decides_nothing(window: MainWindow, settled) -> None:
    assert window.goal.inside.isHidden() and window.session.model.number_of(go(window, "single1").path) is None
    window.goal.slider.setValue(4)
    settled(window)
    assert suggested(window) == by_engine(window, Goal(4))
    assert window.goal.number.value() == 4
    assert window.goal.summary.text() == f"{len(suggested(window))} photos suggested"
    assert window.strip.picks.accessibleName() == "Pick 0/4"
    ask(window, settled, 2)
    assert suggested(window) == by_engine(window, Goal(2))
    assert window.goal.slider.value() == 2
    assert made(window) == {}


def test_of_many_values_the_newest_wins(window: MainWindow, settled) -> None:
    shown = []
    window.session.choosing.changed.connect(lambda: shown.append(window.session.choosing.selection))
    for count in (1, 5, 2, 6, 3):
        window.goal.slider.setValue(count)
    settled(window)
    assert suggested(window) == by_engine(window, Goal(3))
    assert len({id(one) for one in shown if one is not None}) < 5, "what was overtaken is not made"


def test_what_is_suggested_is_outlined_numbered_and_said(window: MainWindow, settled, qtbot: QtBot) -> None:
    ask(window, settled, 3)
    session = window.session
    path = session.choosing.selection.paths[1]
    row = session.model.row_of(path)
    assert "suggested as number 2" in describe_row(session.model, row)
    qtbot.waitUntil(lambda: session.thumbnails.pixmap(session.model.card(row)) is not None, timeout=100_000)

    def blue(view) -> int:
        picture = view.viewport().grab(view.cell_rect(row)).toImage()
        tones = (picture.pixelColor(x, y) for x in range(picture.width()) for y in range(0, picture.height(), 2))
        return sum(tone.name() == "#4a9eff" for tone in tones)

    session.place.reveal(path)
    assert blue(window.grid) > 40 and blue(window.filmstrip) > 40
    press(window, "P")
    settled(window)
    assert not blue(window.grid), "what is picked is no suggestion any more"


def test_conditions_hold_and_what_cannot_be_had_is_said(window: MainWindow, settled) -> None:
    ask(window, settled, READABLE)
    assert suggested(window) >= {"burst0", "burst1", "burst2"}
    window.goal.per_burst.box.click()
    settled(window)
    assert len(suggested(window) & {"burst0", "burst1", "burst2"}) == 1
    assert "2 of a burst that has 1 already" in window.goal.notes.text()
    window.goal.min_score.box.click()
    window.goal.min_score.number.setValue(10.0)
    settled(window)
    assert suggested(window) == set()
    assert "below the score of 10" in window.goal.notes.text()
    window.goal.min_score.box.click()
    window.goal.covers.click()
    settled(window)
    assert window.session.choosing.goal == Goal(READABLE, 1, True)
    assert suggested(window) == by_engine(window, Goal(READABLE, 1, True))


def test_what_accepting_changes_is_told_before(window: MainWindow, settled) -> None:
    go(window, "timeless")
    press(window, "P")
    ask(window, settled, 4)
    assert "timeless" in suggested(window)
    more = len(suggested(window)) - 1
    assert window.goal.changes.text() == f"Picks {more} more, 1 of your own stays."


def test_what_is_suggested_and_not_shown_is_told(window: MainWindow, settled) -> None:
    ask(window, settled, READABLE)
    go(window, "burst0")
    window.grid.setFocus()
    press(window, "S")
    assert "2 of them hidden by the filter or a closed stack" in window.goal.changes.text()
    press(window, "S")
    assert "hidden" not in window.goal.changes.text()


def test_only_what_is_suggested_can_be_shown(window: MainWindow, settled) -> None:
    ask(window, settled, 3)
    window.goal.only.click()
    model = window.session.model
    assert {model.card(row).path.stem for row in range(model.rowCount())} == suggested(window)
    ask(window, settled, 5)
    assert model.rowCount() == len(suggested(window)) > 2
    press(window, "Ctrl+L")
    assert not window.goal.only.isChecked() and model.rowCount() == len(model.cards())
    window.goal.only.click()
    window.goal.leave.click()
    assert model.filter.is_open and model.rowCount() == len(model.cards()), "the filter goes with what it asked for"


# The keyboard


def test_ctrl_b_begins_with_the_number_and_escape_leaves(window: MainWindow, settled) -> None:
    press(window, "Tab")
    assert not window.panels_shown
    press(window, "Ctrl+B")
    settled(window)
    assert window.panels_shown and window.goal.number.hasFocus()
    QTest.keyClicks(window.goal.number, "2")
    settled(window)
    assert suggested(window) == by_engine(window, Goal(2))
    press(window, "Return")
    assert window.grid.hasFocus() and suggested(window), "Enter leaves the field, not the suggestion"
    window.goal.number.setFocus()
    press(window, "Escape")
    assert suggested(window) == set() and window.goal.inside.isHidden()
    assert window.grid.hasFocus(), "so that the next key is a mark"
    assert made(window) == {}
    assert window.session.choosing.goal == Goal(2), "what was asked is remembered"


def test_escape_in_the_loupe_goes_back_to_the_grid_first(window: MainWindow, settled) -> None:
    ask(window, settled, 2)
    window.grid.setFocus()
    press(window, "E", "Escape")
    assert window.view == "grid" and suggested(window)
    press(window, "Escape")
    assert not suggested(window)


def test_every_control_has_a_name_and_can_be_reached_by_tab(window: MainWindow, settled) -> None:
    ask(window, settled, 2)
    kinds = (QAbstractButton, QAbstractSlider, QAbstractSpinBox)
    controls = [control for kind in kinds for control in window.goal.findChildren(kind)]
    assert len(controls) >= 10
    for control in controls:
        assert control.accessibleName() or control.text(), control
        assert control.focusPolicy().value & 1, control


def test_v_goes_to_the_runner_up_and_back(window: MainWindow, settled) -> None:
    ask(window, settled, 3)
    choosing = window.session.choosing
    choice = next(c for c in choosing.selection.choices if c.runner_up is not None)
    go(window, choice.path.stem)
    window.grid.setFocus()
    assert f"Runner-up: {choice.runner_up.stem}." in window.goal.reason.text()
    assert window.goal.name.text().startswith(f"{choice.path.stem}, number ")
    press(window, "V")
    assert window.session.active.path == choice.runner_up
    assert window.goal.name.text() == f"{choice.runner_up.stem}, not suggested"
    press(window, "V")
    assert choosing.choice(window.session.active.path).runner_up == choice.runner_up


def test_v_shows_the_runner_up_where_only_the_suggested_are_shown(window: MainWindow, settled) -> None:
    ask(window, settled, 3)
    choice = next(c for c in window.session.choosing.selection.choices if c.runner_up is not None)
    window.goal.only.click()
    go(window, choice.path.stem)
    window.grid.setFocus()
    press(window, "V")
    assert window.session.active.path == choice.runner_up


def test_shift_v_swaps_and_swaps_back(window: MainWindow, settled) -> None:
    ask(window, settled, 3)
    before = suggested(window)
    choice = next(c for c in window.session.choosing.selection.choices if c.runner_up is not None)
    go(window, choice.path.stem)
    window.grid.setFocus()
    press(window, "Shift+V")
    settled(window)
    assert suggested(window) == before - {choice.path.stem} | {choice.runner_up.stem}
    assert window.session.active.path == choice.runner_up
    assert window.goal.reason.text().startswith(f"Put by you in the place of {choice.path.stem}.")
    press(window, "Shift+V")
    settled(window)
    assert suggested(window) == before


def test_a_swap_stays_while_the_slider_moves(window: MainWindow, settled) -> None:
    ask(window, settled, 2)
    choice = next(c for c in window.session.choosing.selection.choices if c.runner_up is not None)
    go(window, choice.path.stem)
    window.grid.setFocus()
    press(window, "Shift+V")
    settled(window)
    ask(window, settled, 1)
    ask(window, settled, 2)
    assert choice.runner_up.stem in suggested(window) and choice.path.stem not in suggested(window)


def test_a_mark_meanwhile_is_heeded(window: MainWindow, settled) -> None:
    ask(window, settled, 3)
    best = window.session.choosing.selection.paths[0]
    go(window, best.stem)
    window.grid.setFocus()
    press(window, "X")
    settled(window)
    assert best.stem not in suggested(window)
    assert window.goal.reason.text() == "Rejected by you."
    press(window, "Ctrl+Z")
    settled(window)
    assert best.stem in suggested(window)


# Accepting


def test_accepting_picks_all_in_one_step_that_undo_takes_back(window: MainWindow, settled, monkeypatch) -> None:
    acts = []
    decisions = window.session._decisions
    mark = decisions.mark
    monkeypatch.setattr(decisions, "mark", lambda marks, origin: acts.append((origin, marks)) or mark(marks, origin))
    ask(window, settled, 4)
    wanted = suggested(window)
    press(window, "Ctrl+Return")
    assert made(window) == {name: Decision(Flag.PICK) for name in wanted}
    assert [(origin, len(marks)) for origin, marks in acts] == [(Origin.ACCEPTED, len(wanted))]
    assert said(window) == f"Picked {len(wanted)} photos, Ctrl+Z"
    assert suggested(window) == set() and window.goal.inside.isHidden()
    assert window.strip.picks.accessibleName() == f"Pick {len(wanted)}/4"
    press(window, "Ctrl+Z")
    assert made(window) == {}
    press(window, "Ctrl+Y")
    assert set(made(window)) == wanted


def test_nothing_is_accepted_while_the_newest_wish_is_being_made(window: MainWindow, settled) -> None:
    ask(window, settled, 2)
    window.goal.number.setValue(5)
    press(window, "Ctrl+Return")
    assert made(window) == {} and said(window) == "The selection is being made, one moment"
    settled(window)
    wanted = suggested(window)
    window.goal.accept.click()
    assert set(made(window)) == wanted


def test_accepting_what_is_kept_already_changes_nothing(window: MainWindow, settled) -> None:
    go(window, "single1")
    press(window, "P")
    ask(window, settled, 1)
    assert window.goal.changes.text() == "Picks no more, 1 of your own stays."
    window.goal.accept.click()
    assert set(made(window)) == {"single1"} and said(window) == "Everything was kept already"


# Hidden, early, remembered


def test_h_hides_what_is_suggested_and_its_keys(window: MainWindow, settled) -> None:
    ask(window, settled, 3)
    window.grid.setFocus()
    press(window, "H")
    assert window.goal.inside.isHidden() and not window.goal.slider.isEnabled()
    assert window.goal.hint.text() == "Suggestions are hidden. H shows them."
    row = window.session.model.row_of(window.session.choosing.selection.paths[0])
    assert "suggested" not in describe_row(window.session.model, row)
    press(window, "Ctrl+Return", "Ctrl+B")
    assert made(window) == {} and "hidden" in said(window)
    press(window, "H")
    assert suggested(window) and window.goal.inside.isVisible()


def test_a_goal_is_remembered_for_its_shoot(
    make_window: Callable[..., MainWindow], tmp_path: Path, settled: Callable[[MainWindow], None], qtbot: QtBot
) -> None:
    folder = small_shoot(tmp_path / "shoot")
    window = make_window(folder)
    ask(window, settled, 6)
    window.goal.per_burst.box.click()
    settled(window)
    window.close()
    again = make_window(folder)
    assert again.session.choosing.goal == Goal(6, per_burst=1)
    assert not again.session.choosing.is_on
    assert again.goal.number.value() == 6 and again.goal.per_burst.value == 1
    assert again.strip.picks.accessibleName() == "Pick 0/6"
    with qtbot.waitSignal(again.session.ended, timeout=PATIENCE_MS):
        again.session.open([folder / "evening"])
    assert again.session.choosing.goal is None
    assert again.strip.picks.accessibleName() == "Pick 0"


def test_another_shoot_has_no_suggestion_of_the_one_before(window: MainWindow, settled, qtbot: QtBot) -> None:
    ask(window, settled, 3)
    with qtbot.waitSignal(window.session.ended, timeout=PATIENCE_MS):
        window.session.open([window.session.folders[0] / "evening"])
    assert suggested(window) == set() and not window.session.choosing.is_on


def test_closing_while_a_selection_is_made_leaves_nothing_behind(window: MainWindow) -> None:
    window.goal.number.setValue(5)
    window.close()
    assert isinstance(window.session.choosing, Choosing) and not window.session.choosing.is_on


def test_a_file_of_goals_that_makes_no_sense_is_no_goal(tmp_path: Path) -> None:
    goals = Goals(tmp_path / "goals.json")
    folder = [tmp_path / "shoot"]
    assert goals.of(folder) is None
    goals.keep(folder, Goal(7, 2, True, 4.5))
    assert goals.of(folder) == Goal(7, 2, True, 4.5)
    for nonsense in (
        "",
        "[1]",
        "{",
        json.dumps({str(folder[0]): {"count": 0}}),
        json.dumps({str(folder[0]): {"count": "x"}}),
    ):
        (tmp_path / "goals.json").write_text(nonsense)
        assert goals.of(folder) is None
    for number in range(MOST_SHOOTS + 3):
        goals.keep([tmp_path / str(number)], Goal(1 + number))
    assert goals.of([tmp_path / "0"]) is None and goals.of([tmp_path / "5"]) == Goal(6)


def test_a_goal_that_cannot_be_saved_is_told(window: MainWindow, settled) -> None:
    (window.session.home / "goals.json").mkdir()
    ask(window, settled, 3)
    window.goal.leave.click()
    assert "goals.json cannot be saved" in window.notices.text.text()
