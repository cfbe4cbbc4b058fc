"""Filter and sort over columns."""

from __future__ import annotations

import pytest

from desktop.filters import Columns, Filter, SortKey, StarsRule, camera_names
from engine.types import Colour, Decision, Flag
from tests.desktop.cards_made import card

NAMES = ("IMG_1.jpg", "IMG_2.jpg", "IMG_9.jpg", "IMG_10.jpg")


@pytest.fixture
def columns() -> Columns:
    """Four photos of two bodies; the second is unreadable, the others ranked 3, 1, 2."""
    made = Columns(
        [
            card(NAMES[0], rank=3, seconds=30, body="a"),
            card(NAMES[1], error="torn"),
            card(NAMES[2], rank=1, seconds=20, body="b"),
            card(NAMES[3], rank=2, seconds=10, body="a"),
        ]
    )
    made.decide(0, Decision(Flag.PICK, 3, Colour.RED))
    made.decide(2, Decision(Flag.REJECT, 0, Colour.NONE))
    made.decide(3, Decision(Flag.NONE, 5, Colour.RED))
    return made


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Filter(), [0, 1, 2, 3]),
        (Filter(flags=frozenset({Flag.PICK})), [0]),
        (Filter(flags=frozenset({Flag.PICK, Flag.REJECT})), [0, 2]),
        (Filter(flags=frozenset({Flag.NONE})), [1, 3]),
        (Filter(stars=3), [0, 3]),
        (Filter(stars=3, stars_rule=StarsRule.EXACTLY), [0]),
        (Filter(stars=0, stars_rule=StarsRule.EXACTLY), [1, 2]),
        (Filter(stars=0), [0, 1, 2, 3]),
        (Filter(colours=frozenset({Colour.RED})), [0, 3]),
        (Filter(colours=frozenset({Colour.NONE, Colour.BLUE})), [1, 2]),
        (Filter(bodies=frozenset({"a"})), [0, 3]),
        (Filter(bodies=frozenset({"of another shoot"})), []),
        (Filter(undecided=True), [1]),
        (Filter(unreadable=True), [1]),
        (Filter(colours=frozenset({Colour.RED}), stars=4, bodies=frozenset({"a"})), [3]),
        (Filter(unreadable=True, flags=frozenset({Flag.PICK})), []),
    ],
)
def test_a_filter_lets_through_what_it_asks_for(columns: Columns, wanted: Filter, expected: list[int]) -> None:
    assert columns.passes(wanted).nonzero()[0].tolist() == expected


@pytest.mark.parametrize(
    ("key", "descending", "expected"),
    [
        (SortKey.RANK, False, [2, 3, 0, 1]),
        (SortKey.RANK, True, [0, 3, 2, 1]),
        (SortKey.TIME, False, [1, 3, 2, 0]),
        (SortKey.TIME, True, [0, 2, 3, 1]),
        (SortKey.NAME, False, [0, 1, 2, 3]),
        (SortKey.NAME, True, [3, 2, 1, 0]),
    ],
)
def test_rows_are_sorted(columns: Columns, key: SortKey, descending: bool, expected: list[int]) -> None:
    assert columns.order(key, descending).tolist() == expected


def test_names_are_counted_as_people_count() -> None:
    shuffled = Columns([card(name) for name in ("IMG_10.jpg", "img_9.jpg", "IMG_100.jpg", "A.jpg")])
    assert shuffled.order(SortKey.NAME).tolist() == [3, 1, 0, 2]


def test_before_anything_is_ranked_the_order_is_that_of_capture_or_of_the_files_dates() -> None:
    fresh = Columns([card("b.jpg", written=20), card("a.jpg", seconds=10, written=90), card("c.jpg", written=5)])
    assert fresh.order(SortKey.RANK).tolist() == [2, 1, 0]


def test_counts_tell_what_each_question_would_give(columns: Columns) -> None:
    counts = columns.counts()
    assert counts.photos == 4
    assert counts.flags == {Flag.NONE: 2, Flag.PICK: 1, Flag.REJECT: 1}
    assert counts.stars == (2, 0, 0, 1, 0, 1)
    assert counts.colours[Colour.RED] == 2 and counts.colours[Colour.NONE] == 2
    assert counts.bodies == {"a": 2, "b": 1}
    assert (counts.undecided, counts.unreadable) == (1, 1)


def test_newer_cards_replace_what_was_known(columns: Columns) -> None:
    columns.replace([1, 2], [card(NAMES[1], rank=4, seconds=5, body="c"), card(NAMES[2], error="vanished")])
    assert columns.passes(Filter(unreadable=True)).tolist() == [False, False, True, False]
    assert columns.passes(Filter(bodies=frozenset({"c"}))).tolist() == [False, True, False, False]
    assert columns.order(SortKey.RANK).tolist() == [3, 0, 1, 2]


def test_a_decision_comes_back_as_it_went_in(columns: Columns) -> None:
    assert columns.decision(0) == Decision(Flag.PICK, 3, Colour.RED)
    assert columns.decision(1) == Decision()


def test_two_bodies_of_one_make_are_told_apart_by_their_numbers() -> None:
    cards = [
        card("a", body="1", camera="Acme X"),
        card("b", body="2", camera="Acme X"),
        card("c", body="3", camera="Y"),
    ]
    assert camera_names(cards) == {"1": "Acme X (1)", "2": "Acme X (2)", "3": "Y"}


def test_no_photos_at_all() -> None:
    none = Columns([])
    assert none.order(SortKey.RANK).tolist() == []
    assert none.passes(Filter(stars=3)).tolist() == []
    assert none.counts().photos == 0
