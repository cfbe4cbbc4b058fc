"""Splitting and joining by hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from engine.judge.grouping import group
from engine.judge.hand_groups import automatic, join, split
from engine.types import Card, GroupKind, Photo
from tests.engine.judge.frames import card, names

BURST = [card(f"IMG_{i:04}", i * 0.3) for i in range(6)]
IN_SHOOT = Path("shoot")


def test_both_halves_of_a_split_are_made_by_hand():
    made = split(list(reversed(BURST)), IN_SHOOT / "IMG_0004")
    assert len(set(made.values())) == 2
    assert names(group(BURST, by_hand=made)) == [
        ("burst", ["IMG_0000", "IMG_0001", "IMG_0002", "IMG_0003"]),
        ("burst", ["IMG_0004", "IMG_0005"]),
    ]
    assert made[IN_SHOOT / "IMG_0000"].startswith("hand IMG_0000 x4 ")


def test_a_photo_that_was_split_off_stays_alone_until_it_is_given_back():
    made = split(BURST, IN_SHOOT / "IMG_0005")
    assert group(BURST, by_hand=made)[1].kind is GroupKind.SINGLE
    made.update(automatic(BURST))
    assert [len(g.members) for g in group(BURST, by_hand=made)] == [6]


def test_joining_takes_photos_of_any_group_and_body():
    others = [card("x", 5000, scene=9, body="B"), card("y", 9000, scene=12)]
    made = join([*BURST, *others])
    assert [len(g.members) for g in group([*BURST, *others], by_hand=made)] == [8]
    assert join(list(reversed([*BURST, *others]))) == made


def test_whoever_is_left_behind_is_in_no_group_made_later():
    made = dict(join(BURST[:3]))
    made.update(join(BURST[2:5]))
    left = {made[c.path] for c in BURST[:2]}
    assert len(left) == 1
    for other in (join(BURST[:2]), join(BURST[1:3]), join(BURST[2:5])):
        assert left.isdisjoint(other.values())


@pytest.mark.parametrize("at", ["IMG_0000", "IMG_9999"])
def test_a_split_that_leaves_a_half_empty_is_refused(at: str):
    with pytest.raises(ValueError, match=f"{at}: a group is split before"):
        split(BURST, IN_SHOOT / at)
    with pytest.raises(ValueError, match="no photo"):
        join([])


def test_ids_are_text_even_where_names_are_not():
    def named(name: str) -> Card:
        return replace(BURST[0], photo=Photo(IN_SHOOT / name, (), BURST[0].photo.stamp))

    made = join([named("caf\udce9\n.jpg"), named("b" * 200)])
    for name in made.values():
        assert name.isprintable()
        name.encode()
        assert len(name) < 80
