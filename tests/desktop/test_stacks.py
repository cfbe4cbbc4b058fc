"""Stacks: what stands side by side, what a closed one shows, and what stays so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtTest import QAbstractItemModelTester

from desktop.cards import CardModel
from desktop.filtering import Columns
from desktop.filters import Filter, SortKey
from desktop.place import Place
from desktop.suggestions import is_best, suggest
from engine.types import Card, Decision, Flag, GroupKind
from tests.desktop.bursts_made import in_groups, path_of, with_sharpness
from tests.desktop.stage import Stage, stage

BURSTS = (
    ("cat", GroupKind.BURST, (1, 4, 6)),
    ("cup", GroupKind.BURST, (2, 5)),
    ("moon", GroupKind.SINGLE, (3,)),
)


def shoot() -> list[Card]:
    """A burst of three, one of two and a single, taken in order of their ranks."""
    return timed(in_groups(*BURSTS))


def timed(cards: list[Card], order: tuple[int, ...] | None = None) -> list[Card]:
    """The cards, captured a second after one another in the order of these ranks."""
    result = []
    for rank, card in enumerate(cards, 1):
        seconds = rank if order is None else order.index(rank)
        captured = card.metadata.captured + timedelta(seconds=seconds)
        result.append(replace(card, metadata=replace(card.metadata, captured=captured)))
    return result


@pytest.fixture
def made(qapp: object) -> Iterator[Stage]:
    with stage(shoot()) as built:
        watcher = QAbstractItemModelTester(
            built.model, QAbstractItemModelTester.FailureReportingMode.Warning, built.model
        )
        assert watcher.model() is built.model
        yield built


@pytest.fixture
def place(made: Stage) -> Place:
    watching = Place(made.model, made.selection, made.model)
    watching.go(0)
    return watching


def ranks(model: CardModel) -> list[int | None]:
    return [model.card(row).rank for row in range(model.rowCount())]


@pytest.mark.parametrize(
    ("key", "descending", "expected"),
    [
        (SortKey.RANK, False, [1, 4, 6, 2, 5, 3]),
        (SortKey.RANK, True, [6, 4, 1, 5, 2, 3]),
        (SortKey.TIME, False, [1, 4, 6, 2, 5, 3]),
        (SortKey.TIME, True, [6, 4, 1, 5, 2, 3]),
    ],
)
def test_the_frames_of_a_group_stand_side_by_side(
    made: Stage, key: SortKey, descending: bool, expected: list[int]
) -> None:
    made.model.arrange(key, descending)
    assert ranks(made.model) == expected


@pytest.mark.parametrize("kind", [GroupKind.BRACKET, GroupKind.PANORAMA])
def test_a_set_stays_in_order_of_capture(kind: GroupKind) -> None:
    cards = timed(in_groups(("set", kind, (1, 3, 4)), ("alone", GroupKind.SINGLE, (2,))), order=(4, 1, 3, 2))
    order = Columns(cards).order(SortKey.RANK)
    assert [cards[index].rank for index in order] == [4, 1, 3, 2]


def test_a_closed_stack_shows_its_best_photo_alone(made: Stage, place: Place) -> None:
    made.model.close_stacks({"cat"})
    assert ranks(made.model) == [1, 2, 5, 3]
    assert made.model.is_closed(made.model.card(0)) and not made.model.is_closed(made.model.card(1))
    assert made.model.size(made.model.card(0)) == 3
    made.model.close_stacks(made.model.stacks)
    assert ranks(made.model) == [1, 2, 3]
    made.model.open_stacks({"cat"})
    assert ranks(made.model) == [1, 4, 6, 2, 3]


def test_who_looks_at_a_frame_that_goes_into_its_stack_looks_at_the_top_one(made: Stage, place: Place) -> None:
    place.go(2)
    made.model.close_stacks({"cat"})
    assert place.active is not None and place.active.rank == 1
    made.activate(made.model.row_of(path_of(3)) or 0)
    made.model.open_stacks({"cat"})
    assert place.active.rank == 3


def test_stacks_stay_closed_while_filter_and_order_change(made: Stage, place: Place) -> None:
    made.model.close_stacks({"cat"})
    made.model.arrange(SortKey.NAME, descending=True)
    assert ranks(made.model) == [1, 5, 2, 3]
    made.model.set_filter(Filter(flags=frozenset({Flag.PICK})))
    assert ranks(made.model) == []
    made.model.set_filter(Filter())
    assert ranks(made.model) == [1, 5, 2, 3]


def test_where_the_filter_hides_the_best_the_next_best_stands_for_the_stack(made: Stage, place: Place) -> None:
    made.model.close_stacks({"cat"})
    made.model.set_filter(Filter(undecided=True))
    made.model.decide({path_of(1): Decision(Flag.PICK)})
    assert ranks(made.model) == [4, 2, 5, 3]
    assert place.active is not None and place.active.rank == 4, "the one that took its place"


def test_a_mark_on_a_closed_stack_hits_the_photo_that_is_seen(made: Stage) -> None:
    made.model.close_stacks({"cat"})
    made.model.decide({made.model.card(0).path: Decision(Flag.REJECT)})
    made.model.open_stacks({"cat"})
    assert [made.model.decision(row).flag for row in range(3)] == [Flag.REJECT, Flag.NONE, Flag.NONE]


def test_a_hidden_photo_is_revealed_by_opening_its_stack(made: Stage, place: Place) -> None:
    made.model.close_stacks({"cat", "cup"})
    assert place.reveal(path_of(6))
    assert place.active is not None and place.active.rank == 6
    assert made.model.closed_stacks == {"cup"}
    made.model.set_filter(Filter(unreadable=True))
    assert not place.reveal(path_of(6))


def test_groups_that_change_change_the_stacks(made: Stage, place: Place) -> None:
    made.model.close_stacks({"cat"})
    joined = [replace(card, group="all", group_kind=GroupKind.BURST) for card in made.model.cards()]
    made.model.update(joined)
    made.model.resort()
    assert ranks(made.model) == [1, 2, 3, 4, 5, 6]
    assert made.model.stacks == {"all"} and made.model.closed_stacks == set()
    assert [card.rank for card in made.model.siblings(made.model.card(0))] == [1, 2, 3, 4, 5, 6]


def test_another_shoot_begins_with_open_stacks(made: Stage, place: Place) -> None:
    made.model.close_stacks({"cat"})
    made.model.load(shoot(), {})
    assert made.model.rowCount() == 6


def test_photos_without_a_group_have_no_stack(qapp: object) -> None:
    with stage([replace(card, group=None, rank_in_group=None) for card in shoot()]) as bare:
        assert bare.model.stacks == set()
        assert bare.model.size(bare.model.card(0)) == 1
        assert bare.model.siblings(bare.model.card(0)) == [bare.model.card(0)]
        assert suggest(bare.model, bare.model.card(0)) is None


def test_the_best_of_a_burst_is_suggested_with_what_was_measured(qapp: object) -> None:
    cards = shoot()
    cards[0], cards[3], cards[5] = (
        with_sharpness(card, value) for card, value in ((cards[0], 40.0), (cards[3], 20.0), (cards[5], 10.0))
    )
    with stage(cards) as built:
        found = suggest(built.model, built.model.card(2))
        assert found is not None
        assert (found.best.rank, found.size) == (1, 3)
        assert found.reason is not None
        assert found.reason.startswith("measured: sharper on the subject than IMG_000003 (40")
        assert [is_best(card, built.model.size(card)) for card in built.model.cards()] == [
            True, True, False, False, False, False,
        ]  # fmt: skip


@pytest.mark.parametrize("kind", [GroupKind.BRACKET, GroupKind.PANORAMA])
def test_nothing_is_suggested_in_a_set(qapp: object, kind: GroupKind) -> None:
    with stage(in_groups(("set", kind, (1, 2, 3)))) as built:
        assert suggest(built.model, built.model.card(0)) is None
