"""The model of the cards, and the place in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from desktop.cards import CardModel, CardRole, DecisionRole, ThumbnailRole
from desktop.filters import Filter, SortKey
from desktop.place import Place
from engine.types import Card, Decision, Flag
from tests.desktop.cards_made import card

PICKS = Filter(flags=frozenset({Flag.PICK}))
REJECTS = Filter(flags=frozenset({Flag.REJECT}))


@pytest.fixture
def model(qtbot: QtBot) -> CardModel:
    """Five photos a-e, ranked in that order; b and d are picks. Qt's own checker watches it."""
    made = CardModel()
    watcher = QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Warning, made)
    assert watcher.model() is made
    made.load(cards_of("abcde"), {Path("/shoot/b"): Decision(Flag.PICK), Path("/shoot/d"): Decision(Flag.PICK)})
    return made


@pytest.fixture
def selection(model: CardModel) -> QItemSelectionModel:
    return QItemSelectionModel(model, model)


@pytest.fixture
def place(model: CardModel, selection: QItemSelectionModel) -> Place:
    made = Place(model, selection, model)
    made.go(0)
    return made


def cards_of(names: Sequence[str]) -> list[Card]:
    return [card(name, rank=rank, seconds=-rank) for rank, name in enumerate(names, 1)]


def names(model: CardModel) -> str:
    return "".join(model.card(row).path.name for row in range(model.rowCount()))


def active(model: CardModel, selection: QItemSelectionModel) -> str | None:
    index = selection.currentIndex()
    return model.card(index.row()).path.name if index.isValid() else None


def test_roles(model: CardModel) -> None:
    index = model.index(1)
    assert index.data(CardRole) is model.card(1)
    assert index.data(DecisionRole) == Decision(Flag.PICK)
    assert index.data() == "b"
    assert index.data(ThumbnailRole) is None


def test_rows_are_found_by_path(model: CardModel) -> None:
    assert model.row_of(Path("/shoot/d")) == 3
    assert model.row_of(Path("/elsewhere/d")) is None
    model.set_filter(PICKS)
    assert model.row_of(Path("/shoot/d")) == 1
    assert model.row_of(Path("/shoot/a")) is None
    assert model.find(Path("/shoot/a")) is not None


@pytest.mark.parametrize(
    ("act", "expected"),
    [
        (lambda model: model.set_filter(PICKS), "bd"),
        (lambda model: model.arrange(SortKey.TIME), "edcba"),
        (lambda model: model.arrange(SortKey.NAME, descending=True), "edcba"),
        (lambda model: model.set_filter(REJECTS), ""),
    ],
)
def test_filter_and_sort_decide_the_rows(model: CardModel, act: Callable[[CardModel], None], expected: str) -> None:
    act(model)
    assert names(model) == expected


def test_another_shoot_lifts_the_filter_and_keeps_the_sort(model: CardModel) -> None:
    model.arrange(SortKey.NAME)
    model.set_filter(PICKS)
    model.load(cards_of("zy"), {})
    assert names(model) == "yz"
    assert model.sort_key is SortKey.NAME


def test_newer_cards_do_not_move_until_the_order_is_settled(model: CardModel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(model.dataChanged, timeout=100_000) as told:
        model.update([card("e", rank=1), card("a", rank=5), card("stranger", rank=2)])
    assert names(model) == "abcde"
    assert (told.args[0].row(), told.args[1].row()) == (0, 0)
    assert model.card(4).rank == 1
    model.resort()
    assert names(model).startswith("e") and names(model).endswith("a")


def test_what_is_told_of_neighbours_is_told_at_once(model: CardModel) -> None:
    told: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda first, last: told.append((first.row(), last.row())))
    model.update([card(name, rank=9) for name in "abde"])
    assert told == [(0, 1), (3, 4)]


def test_a_mark_shows_and_counts(model: CardModel, qtbot: QtBot) -> None:
    with qtbot.waitSignals([model.dataChanged, model.counted], timeout=100_000):
        model.decide({Path("/shoot/a"): Decision(Flag.REJECT, 2)})
    assert model.decision(0) == Decision(Flag.REJECT, 2)
    assert model.counts().flags[Flag.REJECT] == 1


def test_failures_are_there_whatever_the_filter(model: CardModel) -> None:
    model.set_filter(PICKS)
    model.update([card("c", error="c is torn")])
    assert [failed.error for failed in model.failures()] == ["c is torn"]


def test_hidden_scores_are_announced_once(model: CardModel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(model.scores_hidden_changed, timeout=100_000) as told:
        model.scores_hidden = True
    assert told.args == [True]
    with qtbot.assertNotEmitted(model.scores_hidden_changed):
        model.scores_hidden = True


def test_the_active_photo_stays_when_rows_move(model: CardModel, selection: QItemSelectionModel, place: Place) -> None:
    place.go(1)
    model.arrange(SortKey.TIME)
    assert active(model, selection) == "b"
    model.set_filter(PICKS)
    assert active(model, selection) == "b"
    assert [index.row() for index in selection.selectedIndexes()] == [model.row_of(Path("/shoot/b"))]


@pytest.mark.parametrize(("marked", "next_one"), [("a", "b"), ("c", "d"), ("e", "d")])
def test_when_a_mark_filters_a_photo_out_the_one_that_took_its_place_is_active(
    model: CardModel, selection: QItemSelectionModel, place: Place, marked: str, next_one: str
) -> None:
    model.decide({Path(f"/shoot/{name}"): Decision() for name in "abcde"})
    model.set_filter(Filter(undecided=True))
    place.go(names(model).index(marked))
    model.decide({Path(f"/shoot/{marked}"): Decision(Flag.PICK)})
    assert marked not in names(model)
    assert active(model, selection) == next_one
    assert [index.row() for index in selection.selectedIndexes()] == [names(model).index(next_one)]


def test_the_place_comes_back_when_the_filter_that_hid_everything_is_lifted(
    model: CardModel, selection: QItemSelectionModel, place: Place
) -> None:
    place.go(3)
    model.set_filter(REJECTS)
    assert active(model, selection) is None
    model.set_filter(Filter())
    assert active(model, selection) == "d"


def test_another_shoot_begins_at_its_first_photo(
    model: CardModel, selection: QItemSelectionModel, place: Place
) -> None:
    place.go(3)
    model.load(cards_of("vwxyz"), {})
    assert active(model, selection) == "v"


def test_reading_the_same_folder_again_keeps_filter_and_place(
    model: CardModel, selection: QItemSelectionModel, place: Place
) -> None:
    place.go(3)
    model.set_filter(PICKS)
    picks = {Path(f"/shoot/{name}"): Decision(Flag.PICK) for name in "bdf"}
    model.reload(cards_of("bcdef"), picks)
    assert names(model) == "bdf"
    assert active(model, selection) == "d"


def test_a_selection_of_many_survives_a_new_order(
    model: CardModel, selection: QItemSelectionModel, place: Place
) -> None:
    for row in (1, 3):
        selection.select(model.index(row), QItemSelectionModel.SelectionFlag.Select)
    model.arrange(SortKey.TIME)
    chosen = {model.card(index.row()).path.name for index in selection.selectedIndexes()}
    assert chosen == {"a", "b", "d"}


def test_the_place_holds_when_photos_before_it_leave_with_it(
    model: CardModel, selection: QItemSelectionModel, place: Place
) -> None:
    """Those that were looked at leave the unseen ones with the next mark: what comes next is not skipped."""
    model.set_filter(Filter(unseen=True, undecided=True))
    place.go(2)
    model.see([Path("/shoot/a"), Path("/shoot/c")])
    assert names(model) == "ace", "looking alone takes nothing away"
    place.go(1)
    model.decide({Path("/shoot/c"): Decision(stars=1)})
    assert names(model) == "e" and active(model, selection) == "e"
    model.set_filter(Filter(stars=1))
    assert active(model, selection) == "c"
    assert model.row_towards(Path("/shoot/a")) == 0 and model.row_towards(Path("/shoot/e")) == 1
    assert model.row_towards(Path("/elsewhere/e")) is None


def test_the_next_undecided_photo_is_found_either_way_and_round_the_end(model: CardModel) -> None:
    assert [model.undecided_row(row, 1) for row in range(5)] == [2, 2, 4, 4, 0]
    assert [model.undecided_row(row, -1) for row in range(5)] == [4, 0, 0, 2, 2]
    model.set_filter(PICKS)
    assert model.undecided_row(0, 1) is None
    model.set_filter(Filter())
    model.update([card("c", error="torn"), card("e", error="torn")])
    assert model.undecided_row(0, 1) is None and model.undecided_row(1, -1) == 0
