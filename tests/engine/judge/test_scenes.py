"""Scenes: one for every photo, and a whole group in one."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from engine.judge.grouping import group
from engine.judge.scenes import scenes
from engine.types import Card, Photo
from tests.engine.judge.frames import card


def scene_at(start: float, first: int, count: int = 12, pause: float = 15.0, body: str = "A") -> list[Card]:
    """Bursts of three of different subjects, `pause` seconds apart."""
    return [
        card(f"{body}{first + i:03}-{k}", start + i * pause + k * 0.2, scene=first + i, body=body)
        for i in range(count)
        for k in range(3)
    ]


def of(cards: list[Card]) -> dict[str, str]:
    return {path.name: scene for path, scene in scenes(cards, group(cards)).items()}


def test_a_pause_that_stands_out_parts_scenes_whatever_the_pace():
    for pause in (4.0, 15.0, 60.0):
        cards = [*scene_at(0, 0, pause=pause), *scene_at(60 * pause, 20, pause=pause)]
        found = of(cards)
        assert len(found) == len(cards)
        assert len(set(found.values())) == 2, pause
        assert found["A000-0"] == found["A011-2"] != found["A020-0"] == found["A031-2"]


def test_a_steady_pace_is_one_scene_and_half_an_hour_always_parts():
    assert len(set(of(scene_at(0, 0, count=40, pause=240)).values())) == 1
    assert len(set(of([card("a", 0), card("b", 1801)]).values())) == 2
    assert len(set(of([card("a", 0, scene=1), card("b", 45, scene=5)]).values())) == 1


def test_likeness_moves_the_limit():
    def after_a_pause(same: bool) -> int:
        later = [
            replace(c, photo=Photo(Path("later") / c.path.name, (), c.photo.stamp))
            for c in scene_at(11 * 15 + 300, 8 if same else 20)
        ]
        return len(set(scenes([*scene_at(0, 0), *later], group([*scene_at(0, 0), *later])).values()))

    assert after_a_pause(same=True) == 1
    assert after_a_pause(same=False) == 2


def test_all_bodies_share_scenes():
    cards = [*scene_at(0, 0), *scene_at(3, 40, body="B"), *scene_at(2000, 20), *scene_at(2003, 60, body="B")]
    found = of(cards)
    assert len(set(found.values())) == 2
    assert found["A000-0"] == found["B040-0"]


def test_a_group_made_by_hand_stays_in_one_scene_and_glues_no_others():
    cards = [*scene_at(0, 0), *scene_at(2000, 20), *scene_at(5000, 40)]
    by_hand = {Path("shoot") / name: "hand" for name in ("A000-0", "A040-0")}
    found = scenes(cards, group(cards, by_hand=by_hand))
    assert found[Path("shoot/A000-0")] == found[Path("shoot/A040-0")]
    assert len(set(found.values())) == 3


def test_every_group_is_in_one_scene_and_every_photo_has_one():
    rng = random.Random(5)
    cards = [card(f"p{i:03}", rng.uniform(0, 4000), scene=rng.randrange(30), body=rng.choice("AB")) for i in range(300)]
    groups = group(cards)
    found = scenes(cards, groups)
    assert found.keys() == {c.path for c in cards}
    assert all(len({found[path] for path in g.members}) == 1 for g in groups)


def test_the_order_of_cards_and_groups_does_not_matter_and_ids_are_stable():
    cards = [*scene_at(0, 0), *scene_at(2000, 20), card("x", None), card("y", None, scene=9)]
    groups = group(cards)
    shuffled, mixed = random.Random(1).sample(cards, len(cards)), random.Random(2).sample(groups, len(groups))
    assert scenes(shuffled, mixed) == scenes(cards, groups)
    assert scenes([*cards, card("later", 2500, scene=77)], group([*cards, card("later", 2500, scene=77)])).items() >= (
        scenes(cards, groups).items()
    )


def test_photos_without_a_time_are_one_scene_a_folder():
    cards = [card("a", None, scene=1), card("b", None, scene=5), card("c", 0, scene=9)]
    other = [replace(c, photo=Photo(Path("other") / c.path.name, (), c.photo.stamp)) for c in cards[:2]]
    found = scenes([*cards, *other], group([*cards, *other]))
    assert found[Path("shoot/a")] == found[Path("shoot/b")]
    assert len(set(found.values())) == 3


def test_without_embeddings_time_alone_decides():
    cards = [replace(c, verdict=None) for c in [*scene_at(0, 0), *scene_at(2000, 20)]]
    assert len(set(of(cards).values())) == 2
    assert scenes([], []) == {}


def test_unreadable_photos_have_no_scene():
    broken = replace(card("x"), error="x is empty", verdict=None)
    assert of([broken, card("a")]).keys() == {"a"}


def test_corrected_time_decides():
    cards = [card("a", 0, scene=1), replace(card("b", 7200, scene=2), clock_offset=timedelta(hours=-2))]
    assert len(set(of(cards).values())) == 1
