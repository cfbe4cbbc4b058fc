"""Filter and sort over columns."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time
from pathlib import Path

import numpy as np
import pytest

from desktop.filtering import Columns, camera_names
from desktop.filters import Filter, Hours, Range, SortKey, Span, StarsRule, Words
from engine.types import Card, Colour, Decision, Flag, Metadata, Reading, Verdict
from tests.desktop.cards_made import START, card
from tests.desktop.stage import spread_around

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


def measured(name: str, score: float | None, sharpness: float | None, **metadata: str) -> Card:
    """A photo that the student gives about this score, as sharp on its subject as that."""
    verdict = None if score is None else Verdict(spread_around(score), np.zeros(512, np.float16), "test")
    readings = (
        {"subject_sharpness": Reading("subject_sharpness", sharpness, "", (0, 1), None, 0.5)} if sharpness else {}
    )
    one = card(name, seconds=0)
    folder = Path("/shoot") / metadata.pop("folder", "")
    photo = replace(one.photo, path=folder / name)
    taken = Metadata(captured=one.metadata.captured, **metadata)
    return replace(one, photo=photo, verdict=verdict, readings=readings, metadata=taken, scene=name[0])


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Filter(score=Range(low=5.0)), [1]),
        (Filter(score=Range(high=5.0)), [0]),
        (Filter(score=Range()), [0, 1]),
        (Filter(sharpness=Range(10.0, 20.0)), [0]),
        (Filter(sharpness=Range(20.5, 30.0)), [1]),
        (Filter(cameras=frozenset({"Acme X"})), [0, 1]),
        (Filter(lenses=frozenset({"50 mm"})), [0, 2]),
        (Filter(folders=frozenset({Path("/shoot/card 2")})), [2]),
        (Filter(scenes=frozenset({"a", "c"})), [0, 2]),
        (Filter(unseen=True), [0, 2]),
        (Filter(words=Words("dog", 1)), [1]),
        (Filter(words=Words("dog", None)), [0, 1]),
        (Filter(words=Words("dog", 1), lenses=frozenset({"50 mm"})), [0]),
    ],
)
def test_what_was_measured_read_and_searched_for_filters(wanted: Filter, expected: list[int]) -> None:
    columns = Columns(
        [
            measured("a", 3.0, 20.0, camera="Acme X", lens="50 mm"),
            measured("b", 7.0, 21.0, camera="Acme X", lens="85 mm"),
            measured("c", None, None, camera="Y", lens="50 mm", folder="card 2"),
        ]
    )
    columns.see([Path("/shoot/b")])
    columns.liken({Path("/shoot/a"): 0.1, Path("/shoot/b"): 0.3, Path("/elsewhere"): 0.9})
    assert columns.passes(wanted).nonzero()[0].tolist() == expected


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Filter(span=Span(since=datetime(2026, 5, 1, 12, 1))), [1, 2, 3]),
        (Filter(span=Span(until=datetime(2026, 5, 1, 12, 1))), [0, 1]),
        (Filter(span=Span(datetime(2026, 5, 1, 20), datetime(2026, 5, 2, 20))), [2]),
        (Filter(hours=Hours(time(12, 0), time(12, 0))), [0, 3]),
        (Filter(hours=Hours(time(22, 0), time(12, 0))), [0, 2, 3]),
        (Filter(hours=Hours(time(12, 1), time(22, 0))), [1]),
    ],
)
def test_times_filter_by_the_minute_and_over_midnight(wanted: Filter, expected: list[int]) -> None:
    """Taken at noon, 12:01:59, 23:00, and the next days' noon."""
    seconds = (0, 119, 11 * 3600, 48 * 3600)
    assert datetime(2026, 5, 1, 12) == START
    columns = Columns([card(f"{number}", seconds=at) for number, at in enumerate(seconds)])
    assert columns.passes(wanted).nonzero()[0].tolist() == expected


def test_what_the_student_does_not_know_filters_where_it_says_so() -> None:
    known, unknown, silent = (measured(name, 5.0, None) for name in "abc")
    assert known.verdict is not None and unknown.verdict is not None
    cards = [
        replace(known, verdict=replace(known.verdict, unfamiliar=False)),
        replace(unknown, verdict=replace(unknown.verdict, unfamiliar=True)),
        silent,
    ]
    columns = Columns(cards)
    assert columns.passes(Filter(unfamiliar=True)).tolist() == [False, True, False] and columns.counts().unfamiliar == 1
    columns.replace([1], [silent])
    assert columns.counts().unfamiliar == 0


def test_the_nearest_come_first_and_what_was_not_looked_at_last() -> None:
    columns = Columns([card(name, seconds=at) for at, name in enumerate("abcd")])
    columns.liken({Path("/shoot/b"): -0.2, Path("/shoot/d"): 0.4, Path("/shoot/a"): 0.1})
    assert columns.order(SortKey.LIKENESS).tolist() == [3, 0, 1, 2]
    assert columns.order(SortKey.LIKENESS, descending=True).tolist() == [1, 0, 3, 2]


def test_a_filter_that_asks_nothing_is_open() -> None:
    assert Filter().is_open and Filter(stars_rule=StarsRule.EXACTLY).is_open
    assert not any(one.is_open for one in (Filter(stars=0), Filter(score=Range()), Filter(words=Words("a", None))))
