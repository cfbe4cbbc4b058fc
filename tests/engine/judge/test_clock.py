"""Clock offsets by body, and where they come from."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from engine.judge.clock import body, corrected, matched
from engine.judge.grouping import group
from engine.judge.scenes import scenes
from engine.types import Metadata
from tests.engine.judge.frames import NOON, card

BEHIND = timedelta(hours=1, minutes=2, seconds=3, milliseconds=456)


def test_a_body_is_camera_and_serial_number():
    assert body(Metadata(camera="Canon EOS R5", body="0123")) == "Canon EOS R5 0123"
    assert body(Metadata(camera="Apple iPhone 15", body="Apple iPhone 15")) == "Apple iPhone 15"
    assert body(Metadata(body="0123")) == "0123"
    assert body(Metadata()) is None


def test_only_the_bodies_that_were_named_are_corrected():
    cards = [card("a", 0, camera="R5"), card("b", 0, camera="R6"), card("c", 0, body=None)]
    result = corrected(cards, {"R5 A": BEHIND})
    assert [c.captured for c in result] == [NOON + BEHIND, NOON, NOON]
    assert [c.metadata.captured for c in result] == [NOON] * 3, "what EXIF says stays"
    assert corrected(result, {}) == cards


def test_two_photos_of_one_moment_give_the_offset():
    first, second = card("a", 0, camera="R5"), card("b", 0, camera="R6", body="B")
    second = replace(second, metadata=replace(second.metadata, captured=NOON - BEHIND))
    offset = matched(first, second)
    assert offset == BEHIND
    assert corrected([second], {"R6 B": offset})[0].captured == first.captured
    already = corrected([first], {"R5 A": timedelta(days=1)})[0]
    assert matched(already, second) == BEHIND + timedelta(days=1), "the reference counts as it is corrected"
    wrong = corrected([second], {"R6 B": timedelta(days=9)})[0]
    assert matched(first, wrong) == BEHIND, "the offset so far does not"


def test_what_cannot_be_matched_says_why():
    good = card("a", 0, camera="R5")
    for other, reason in (
        (card("b", None, camera="R6"), "b has no capture time"),
        (card("b", 1, body=None), "b does not say which camera"),
        (card("b", 1, camera="R5"), "are from one camera"),
    ):
        with pytest.raises(ValueError, match=reason):
            matched(good, other)
    with pytest.raises(ValueError, match="b has no capture time"):
        matched(card("b", None, camera="R6"), good)


def test_two_bodies_meet_in_one_scene_once_the_clock_is_right():
    one = [card(f"a{i}", i * 20, scene=i, camera="R5") for i in range(12)]
    other = [card(f"b{i}", i * 20 + 7 - 3 * 3600, scene=30 + i, camera="R6", body="B") for i in range(12)]
    apart = scenes([*one, *other], group([*one, *other]))
    assert len(set(apart.values())) == 2
    right = corrected([*one, *other], {"R6 B": timedelta(hours=3)})
    assert len(set(scenes(right, group(right)).values())) == 1
