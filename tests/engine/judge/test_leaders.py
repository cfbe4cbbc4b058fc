"""Which frames of a burst are looked at closely."""

from __future__ import annotations

from dataclasses import replace

from engine.judge.leaders import MOST_LEADERS, leaders
from engine.types import Group, GroupKind, Region, Subject, SubjectSource
from tests.engine.judge.test_evidence import frame


def names(cards, kind=GroupKind.BURST):
    group = Group("g", kind, tuple(card.path for card in cards))
    return [[card.path.name for card in burst] for burst in leaders(cards, [group])]


def test_frames_that_could_still_come_first_are_leaders_the_best_first():
    assert names([frame("far", 5.2), frame("near", 5.9, half=9.0), frame("best", 6.0, half=10.0)]) == [["best", "near"]]


def test_a_long_burst_has_few_leaders():
    burst = [frame(f"{i:03}", 6.0, half=10.0 + i / 100) for i in range(500)]
    assert names(burst) == [[f"{i:03}" for i in range(499, 499 - MOST_LEADERS, -1)]]


def test_a_clear_best_a_bracket_and_a_single_photo_need_no_second_look():
    assert names([frame("a", 6.0), frame("b", 5.0)]) == []
    assert names([frame("a", 6.0), frame("b", 6.0)], GroupKind.BRACKET) == []
    assert names([frame("a", 6.0)], GroupKind.SINGLE) == []


def test_what_a_closer_look_found_does_not_change_who_is_looked_at():
    before = [frame(f"{i}", 6.0 - i / 50, half=10.0) for i in range(6)]
    after = [frame(f"{i}", 6.0 - i / 50, half=10.0, full=1.0 + i if i < MOST_LEADERS else None) for i in range(6)]
    assert names(before) == names(after) == [["0", "1", "2", "3"]]


def test_leaders_share_a_guessed_subject_and_keep_a_named_one():
    here, there = Region(0.1, 0.1, 0.2, 0.2), Region(0.6, 0.6, 0.2, 0.2)
    first = replace(frame("a", 6.1), subject=Subject(here, SubjectSource.ATTENTION))
    second = replace(frame("b", 6.0), subject=Subject(there, SubjectSource.SHARPEST))
    eyes = replace(frame("c", 5.9), subject=Subject(there, SubjectSource.EYES))
    group = Group("g", GroupKind.BURST, tuple(card.path for card in (first, second, eyes)))
    found = leaders([first, second, eyes], [group])[0]
    assert [card.subject.region for card in found] == [here, here, there]
    assert found[2].subject.source is SubjectSource.EYES
