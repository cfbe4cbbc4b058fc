"""Who stands together: bursts, brackets, near-duplicates and singles."""

from __future__ import annotations

import random
import time
import zlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np

from engine.judge.grouping import BURST_GAP, group
from engine.types import EMBEDDING_SIZE, Card, FileStamp, Group, GroupKind, Metadata, Photo, Verdict

NOON = datetime(2026, 5, 1, 12, 0, 0)
FLAT = np.full(10, 0.1, dtype=np.float32)


def embedding(scene: int, jitter: float = 0.0, seed: int = 0) -> np.ndarray:
    """A unit vector: one direction a scene, `jitter` of noise beside it."""
    base = np.random.default_rng(scene).normal(size=EMBEDDING_SIZE)
    noise = np.random.default_rng(10_000 + seed).normal(size=EMBEDDING_SIZE)
    vector = base / np.linalg.norm(base) + jitter * noise / np.linalg.norm(noise)
    return (vector / np.linalg.norm(vector)).astype(np.float16)


def card(
    name: str,
    seconds: float | None = 0.0,
    scene: int = 1,
    jitter: float = 0.05,
    body: str | None = "A",
    bias: float | None = 0.0,
    scored: bool = True,
) -> Card:
    path = Path("shoot") / name
    return Card(
        Photo(path, (path,), FileStamp(1, 1, 1)),
        metadata=Metadata(
            captured=None if seconds is None else NOON + timedelta(seconds=seconds), body=body, exposure_bias=bias
        ),
        fingerprint=f"{zlib.crc32(name.encode()):012x}" + "0" * 28,
        verdict=Verdict(FLAT, embedding(scene, jitter, seed=len(name) + ord(name[-1])), "test/1") if scored else None,
    )


def names(groups: Sequence[Group]) -> list[tuple[str, list[str]]]:
    return [(group.kind.value, [path.name for path in group.members]) for group in groups]


def test_alike_frames_within_the_gap_are_a_burst_down_to_fractions_of_a_second():
    cards = [card("a", 0.0), card("b", 0.125), card("c", 0.25), card("d", 0.25 + BURST_GAP + 0.01)]
    assert names(group(cards)) == [("burst", ["a", "b", "c"]), ("single", ["d"])]


def test_order_inside_a_burst_is_by_sub_seconds_not_by_name():
    assert names(group([card("a", 0.9), card("b", 0.1)])) == [("burst", ["b", "a"])]


def test_another_scene_within_the_gap_is_another_group():
    assert names(group([card("a", 0, scene=1), card("b", 0.5, scene=2)])) == [("single", ["a"]), ("single", ["b"])]


def test_two_bodies_never_share_a_group():
    cards = [card("a", 0.0), card("b", 0.1, body="B"), card("c", 0.2), card("d", 0.3, body="B")]
    assert names(group(cards)) == [("burst", ["a", "c"]), ("burst", ["b", "d"])]


def test_stepped_exposures_are_a_bracket_and_a_repetition_is_the_next_one():
    cards = [card(f"p{i}", i * 0.3, bias=bias) for i, bias in enumerate([0.0, -1.0, 1.0, 0.0, -1.0, 1.0])]
    assert names(group(cards)) == [("bracket", ["p0", "p1", "p2"]), ("bracket", ["p3", "p4", "p5"])]


def test_thirds_as_cameras_write_them_are_evenly_stepped():
    cards = [card(f"p{i}", i * 0.3, bias=bias) for i, bias in enumerate([0.0, -0.7, -0.33, 0.33, 0.67])]
    assert names(group(cards)) == [("bracket", ["p0", "p1", "p2", "p3", "p4"])]


def test_two_exposures_or_uneven_ones_are_no_bracket():
    assert names(group([card("a", 0, bias=0), card("b", 0.3, bias=-1)])) == [("burst", ["a", "b"])]
    uneven = [card("a", 0, bias=0), card("b", 0.3, bias=-1), card("c", 0.6, bias=2)]
    assert names(group(uneven)) == [("burst", ["a", "b", "c"])]


def test_a_bracket_inside_a_burst_leaves_the_frames_around_it():
    biases = [0.0, 0.0, 0.0, -2.0, 2.0, 2.0]
    cards = [card(f"p{i}", i * 0.3, bias=bias) for i, bias in enumerate(biases)]
    assert names(group(cards)) == [("burst", ["p0", "p1"]), ("bracket", ["p2", "p3", "p4"]), ("single", ["p5"])]


def test_without_times_only_near_duplicates_of_one_folder_stand_together():
    cards = [card("a", None, jitter=0.05), card("b", None, jitter=0.05), card("c", None, jitter=1.0)]
    assert names(group(cards)) == [("burst", ["a", "b"]), ("single", ["c"])]
    elsewhere = replace(cards[1], photo=Photo(Path("other/b"), (Path("other/b"),), FileStamp(1, 1, 1)))
    assert [g.kind for g in group([cards[0], elsewhere])] == [GroupKind.SINGLE, GroupKind.SINGLE]


def test_without_embeddings_the_gap_alone_decides_and_unknown_times_stay_alone():
    cards = [card("a", 0, scored=False), card("b", 1, scored=False), card("c", None, scored=False)]
    assert names(group(cards)) == [("burst", ["a", "b"]), ("single", ["c"])]


def test_spaces_are_never_compared():
    first, second = card("a", 0), card("b", 0.1, scene=2)
    assert second.verdict is not None
    other = replace(second, verdict=replace(second.verdict, space="test/2"))
    assert names(group([first, other])) == [("burst", ["a", "b"])], "the gap decides, as without embeddings"


def test_unreadable_photos_are_in_no_group_and_every_other_is_in_one():
    broken = replace(card("x", 0), error="x is empty", verdict=None)
    groups = group([broken, card("a", 0), card("b", 50)])
    assert sorted(path.name for g in groups for path in g.members) == ["a", "b"]
    assert group([broken]) == []
    assert group([]) == []


def test_order_of_the_cards_does_not_matter_and_ids_are_unique_even_for_copies():
    cards = [card(f"p{i}", i * 0.9, scene=i // 4, bias=None) for i in range(40)]
    cards += [replace(c, photo=Photo(Path("copy") / c.path.name, (), c.photo.stamp)) for c in cards[:3]]
    shuffled = random.Random(3).sample(cards, len(cards))
    assert group(shuffled) == group(cards)
    ids = [g.id for g in group(cards)]
    assert len(set(ids)) == len(ids)


def test_the_id_follows_the_first_members_bytes_not_its_name():
    before = [card("a", 0), card("b", 0.2)]
    moved = [replace(c, photo=Photo(Path("moved") / c.path.name, (), c.photo.stamp)) for c in before]
    assert [g.id for g in group(before)] == [g.id for g in group(moved)]


def test_ten_thousand_photos_take_less_than_a_second_of_processor_time():
    cards = [card(f"p{i:05}", i * 0.4, scene=i // 5, bias=None) for i in range(500)]
    many = [
        replace(
            c,
            photo=Photo(Path(f"s{round_}") / c.path.name, (), c.photo.stamp),
            metadata=replace(
                c.metadata, captured=c.metadata.captured and c.metadata.captured + timedelta(hours=round_)
            ),
        )
        for round_ in range(20)
        for c in cards
    ]
    start = time.process_time()
    groups = group(many)
    assert time.process_time() - start < 1.0
    assert sum(len(g.members) for g in groups) == 10_000
