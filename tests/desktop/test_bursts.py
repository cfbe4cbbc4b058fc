"""Bursts in a real window: stacks, the suggested best, groups by hand, marks on a selection."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.filters import Filter
from desktop.main_window import MainWindow
from desktop.views.filmstrip import FilmstripView
from engine.types import Card, Decision, Flag, GroupKind
from tests.desktop.bursts_made import face
from tests.shoots import READABLE, UNREADABLE, small_shoot

ALL = READABLE + UNREADABLE


@pytest.fixture
def window(make_window: Callable[..., MainWindow], tmp_path: Path) -> MainWindow:
    """A window on a ranked burst, a bracket and single photos."""
    return make_window(small_shoot(tmp_path / "shoot"))


def press(window: MainWindow, *sequences: str) -> None:
    for keys in sequences:
        combination = QKeySequence(keys)[0]
        QTest.keyClick(window.focusWidget() or window, combination.key(), combination.keyboardModifiers())


def go(window: MainWindow, name: str) -> Card:
    """Make the photo of this name active."""
    card = next(card for card in window.session.model.cards() if card.path.stem == name)
    assert window.session.place.reveal(card.path)
    return window.session.model.find(card.path)


def group_of(window: MainWindow, name: str) -> list[str]:
    """The names in the group of a photo, in order of capture."""
    card = next(card for card in window.session.model.cards() if card.path.stem == name)
    return [sibling.path.stem for sibling in window.session.model.siblings(card)]


def made(window: MainWindow) -> dict[str, Decision]:
    session = window.session
    decisions = {card.path.stem: session.culling.decision(card.path) for card in session.model.cards()}
    return {name: decision for name, decision in decisions.items() if decision.is_made}


def said(window: MainWindow) -> str:
    return window.statusBar().currentMessage()


def regrouped(window: MainWindow, qtbot: QtBot, *keys: str) -> None:
    with qtbot.waitSignal(window.session.grouping.renewed, timeout=100_000):
        press(window, *keys)


# Stacks


def test_s_closes_and_opens_the_stack_of_the_active_photo(window: MainWindow) -> None:
    burst = go(window, "burst0")
    press(window, "S")
    assert window.session.model.rowCount() == ALL - 2
    assert said(window) == "The stack of 3 is closed to its best photo"
    active = window.session.active
    assert active is not None and active.group == burst.group and active.rank_in_group == 1
    assert "closed stack" in window.grid.accessibleDescription()
    press(window, "S")
    assert window.session.model.rowCount() == ALL
    assert window.session.active.path == active.path
    go(window, "single2")
    press(window, "S")
    assert said(window) == "single2 stands in no stack"


def test_shift_s_closes_all_stacks_and_opens_them(window: MainWindow) -> None:
    press(window, "Shift+S")
    assert window.session.model.rowCount() == ALL - 4
    press(window, "Shift+S")
    assert window.session.model.rowCount() == ALL
    go(window, "bracket1")
    press(window, "S", "Shift+S")
    assert window.session.model.rowCount() == ALL - 4, "where one is open, all are closed"


def test_a_mark_on_a_closed_stack_hits_what_is_seen_and_undo_finds_what_is_not(window: MainWindow) -> None:
    go(window, "burst0")
    press(window, "X", "S", "P")
    assert sorted(made(window).values(), key=str) == sorted([Decision(Flag.REJECT), Decision(Flag.PICK)], key=str) or (
        made(window) == {"burst0": Decision(Flag.PICK)}
    )
    press(window, "Ctrl+Z", "Ctrl+Z")
    assert made(window) == {}
    assert window.session.active.path.stem == "burst0", "undo goes to its photo, into the stack where it must"


def test_stacks_are_seen_in_grid_and_filmstrip(window: MainWindow) -> None:
    go(window, "burst0")
    before = [view.viewport().grab().toImage() for view in (window.grid, window.filmstrip)]
    press(window, "S")
    after = [view.viewport().grab().toImage() for view in (window.grid, window.filmstrip)]
    assert all(one != other for one, other in zip(before, after, strict=True))
    assert isinstance(window.filmstrip, FilmstripView)


# The suggested best


def test_b_shows_what_accepting_does_and_enter_accepts_in_one_step(window: MainWindow) -> None:
    best = next(c for c in window.session.model.cards() if c.group_kind is GroupKind.BURST and c.rank_in_group == 1)
    go(window, next(name for name in group_of(window, best.path.stem) if name != best.path.stem))
    press(window, "B")
    assert window.session.active.path == best.path
    assert window.proposal.isVisible() and made(window) == {}, "nothing is decided by looking"
    assert window.proposal.title.text() == f"Pick {best.path.stem}, the suggested best of 3?"
    assert "Measured: " in window.proposal.detail.text()
    assert "Nothing is rejected" in window.proposal.detail.text()
    press(window, "Return")
    assert not window.proposal.isVisible()
    assert made(window) == {best.path.stem: Decision(Flag.PICK)}
    assert said(window) == f"Picked {best.path.stem}, Ctrl+Z"
    assert window.views.currentWidget() is window.grid, "Enter opened nothing"
    press(window, "B")
    assert not window.proposal.isVisible() and "is kept already" in said(window)
    press(window, "Ctrl+Z")
    assert made(window) == {}


@pytest.mark.parametrize("leave", ["Escape", "Ctrl+End", "H"])
def test_a_suggestion_is_left_by_escape_by_going_on_and_by_hiding(window: MainWindow, leave: str) -> None:
    go(window, "burst0")
    press(window, "B")
    assert window.proposal.isVisible()
    press(window, leave)
    assert not window.proposal.isVisible()
    assert made(window) == {}
    assert not window.actions_table["proposal.accept"].isEnabled()
    if leave == "H":
        press(window, "B")
        assert not window.proposal.isVisible() and said(window) == "Suggestions are hidden. Press H to show them"
    else:
        press(window, "Return")
        assert window.views.currentWidget() is window.loupe, "Enter means what it always does"


def test_enter_takes_the_answer_that_has_the_keyboard(window: MainWindow) -> None:
    go(window, "burst0")
    press(window, "B")
    window.proposal.buttons[-1].setFocus()
    press(window, "Return")
    assert not window.proposal.isVisible()
    assert made(window) == {}
    assert window.grid.hasFocus()


def test_a_click_accepts_too_and_a_rejected_best_is_told(window: MainWindow) -> None:
    go(window, "burst0")
    press(window, "B", "Escape", "X", "B")
    assert "is rejected now and would be picked instead" in window.proposal.detail.text()
    window.proposal.buttons[0].click()
    assert list(made(window).values()) == [Decision(Flag.PICK)]


@pytest.mark.parametrize("name", ["bracket0", "single1"])
def test_where_nothing_is_suggested_it_is_said(window: MainWindow, name: str) -> None:
    go(window, name)
    press(window, "B")
    assert not window.proposal.isVisible()
    assert said(window) == f"{name} is in no burst that is ranked"


def test_a_best_that_the_filter_hides_is_told(window: MainWindow) -> None:
    go(window, "burst0")
    press(window, "B", "Return")
    window.session.model.set_filter(Filter(undecided=True))
    go(window, next(name for name in group_of(window, "burst0") if name not in made(window)))
    press(window, "B")
    assert "The filter hides" in said(window)


def test_the_suggested_best_is_outlined_until_it_is_decided_about(window: MainWindow, qtbot: QtBot) -> None:
    card = go(window, "burst0")
    best = next(sibling for sibling in window.session.model.siblings(card) if sibling.rank_in_group == 1)
    go(window, best.path.stem)

    def cell() -> object:
        row = window.session.model.row_of(best.path)
        return window.grid.viewport().grab(window.grid.cell_rect(row).adjusted(4, 24, -4, -48)).toImage()

    qtbot.waitUntil(lambda: window.session.thumbnails.pixmap(best) is not None, timeout=100_000)
    suggested = cell()
    press(window, "H")
    hidden = cell()
    assert suggested != hidden
    press(window, "H", "P")
    assert cell() == hidden


# Groups by hand


def test_split_join_and_back_are_decisions_that_are_seen_at_once(window: MainWindow, qtbot: QtBot) -> None:
    go(window, "burst1")
    regrouped(window, qtbot, "Ctrl+Shift+G")
    assert said(window) == "Split 3 photos, Ctrl+Z"
    assert group_of(window, "burst0") == ["burst0"]
    assert group_of(window, "burst1") == ["burst1", "burst2"]
    assert window.session.active.path.stem == "burst1", "the place is kept"

    regrouped(window, qtbot, "Ctrl+Z")
    assert group_of(window, "burst0") == ["burst0", "burst1", "burst2"]
    regrouped(window, qtbot, "Ctrl+Y")
    assert group_of(window, "burst0") == ["burst0"]

    go(window, "burst2")
    with qtbot.waitSignal(window.session.grouping.renewed, timeout=100_000):
        window.actions_table["group.again"].trigger()
    assert said(window) == "Grouped 2 photos automatically, Ctrl+Z"

    model, selection = window.session.model, window.session.selection
    go(window, "single1")
    other = model.row_of(next(card.path for card in model.cards() if card.path.stem == "single2"))
    selection.select(model.index(other), selection.SelectionFlag.Select)
    regrouped(window, qtbot, "Ctrl+G")
    assert said(window) == "Joined 2 photos, Ctrl+Z"
    assert group_of(window, "single1") == ["single1", "single2"]
    assert made(window) == {}, "a group is no verdict"


def test_groups_made_by_hand_are_there_when_the_shoot_is_opened_again(
    window: MainWindow, make_window: Callable[..., MainWindow], qtbot: QtBot
) -> None:
    go(window, "burst2")
    regrouped(window, qtbot, "Ctrl+Shift+G")
    folder = window.session.folders[0]
    window.close()
    again = make_window(folder)
    assert group_of(again, "burst0") == ["burst0", "burst1"]
    assert group_of(again, "burst2") == ["burst2"]


def test_a_closed_stack_is_joined_as_a_whole(window: MainWindow, qtbot: QtBot) -> None:
    press(window, "Shift+S")
    model, selection = window.session.model, window.session.selection
    go(window, "single1")
    cover = next(row for row in range(model.rowCount()) if model.card(row).path.stem.startswith("burst"))
    selection.select(model.index(cover), selection.SelectionFlag.Select)
    regrouped(window, qtbot, "Ctrl+G")
    assert sorted(group_of(window, "single1")) == ["burst0", "burst1", "burst2", "single1"]


def test_what_cannot_be_split_or_joined_is_said(window: MainWindow) -> None:
    go(window, "burst0")
    press(window, "Ctrl+Shift+G")
    assert "before its second photo" in said(window)
    press(window, "Ctrl+G")
    assert said(window).startswith("Select the photos to join first")
    window.actions_table["group.again"].trigger()
    assert said(window) == "burst0 is in no group that was made by hand"
    assert not window.session.culling.can_undo


# A selection


def select(window: MainWindow, *rows: int) -> None:
    model, selection = window.session.model, window.session.selection
    window.session.place.go(rows[0])
    for row in rows[1:]:
        selection.select(model.index(row), selection.SelectionFlag.Select)


def test_a_selection_is_counted_where_it_is_seen(window: MainWindow) -> None:
    assert not window.strip.chosen.isVisible()
    select(window, 0, 2, 3)
    assert window.strip.chosen.isVisible() and window.strip.chosen.accessibleName() == "Selected 3"
    press(window, "Ctrl+A")
    assert window.strip.chosen.accessibleName() == f"Selected {ALL}"
    press(window, "Right")
    assert not window.strip.chosen.isVisible()


@pytest.mark.parametrize(("answer", "marked"), [(0, {0, 2, 3}), (1, {0}), (2, set())])
def test_a_mark_on_a_selection_asks_with_the_count_first(window: MainWindow, answer: int, marked: set[int]) -> None:
    select(window, 0, 2, 3)
    press(window, "P")
    assert made(window) == {}
    assert window.proposal.title.text() == "Pick all 3 selected photos?"
    window.proposal.buttons[answer].click()
    assert {row for row in range(ALL) if window.session.model.decision(row).flag is Flag.PICK} == marked
    press(window, "Ctrl+Z")
    assert made(window) == {}, "one step"


def test_stars_and_colours_for_a_selection(window: MainWindow) -> None:
    select(window, 0, 1)
    press(window, "3")
    assert window.proposal.title.text() == "3 stars for all 2 selected photos?"
    press(window, "Return")
    assert said(window) == "3 stars: 2 photos, Ctrl+Z"
    select(window, 0, 1)
    press(window, "6")
    assert window.proposal.title.text() == "Label red: all 2 selected photos?"
    press(window, "Return")
    assert [decision.stars for decision in made(window).values()] == [3, 3]


# Faces


def test_f_opens_the_loupe_at_a_face_and_says_where_there_is_none(window: MainWindow, qtbot: QtBot) -> None:
    card = go(window, "burst0")
    press(window, "F")
    assert said(window) == "No faces in burst0" and window.view == "grid"
    window.session.model.update([replace(card, faces=(face(0.3, 0.4), face(0.6, 0.5)))])
    press(window, "F")
    assert window.views.currentWidget() is window.loupe
    assert window.loupe.face == 0 and window.info.faces.tiles[0].is_current
    press(window, "F")
    assert window.loupe.face == 1 and window.info.faces.tiles[1].is_current
    press(window, "Shift+F", "G")
    assert window.loupe.face == 0
    window.info.faces.tiles[1].click()
    assert window.views.currentWidget() is window.loupe and window.loupe.face == 1
