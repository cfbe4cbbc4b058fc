"""Who stands together: bursts, brackets, near-duplicates, singles, and what was put together by hand."""

from __future__ import annotations

import random
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from engine.judge.bursts import SLOWEST
from engine.judge.grouping import BURST_GAP, group
from engine.judge.likeness import MOST_AT_ONCE
from engine.types import FileStamp, GroupKind, Photo
from tests.engine.judge.frames import FLAT, card, names


def test_alike_frames_within_the_gap_are_a_burst_down_to_fractions_of_a_second():
    cards = [card("a", 0.0), card("b", 0.125), card("c", 0.25), card("d", 0.25 + SLOWEST * BURST_GAP + 0.01)]
    assert names(group(cards)) == [("burst", ["a", "b", "c"]), ("single", ["d"])]


def test_the_longer_the_pause_the_more_alike_frames_must_be():
    for seconds, distance, together in ((0.4, 0.7, 1), (1.9, 0.7, 2), (1.9, 0.55, 1), (10, 0.55, 2), (10, 0.3, 1)):
        turn = np.arccos(1 - distance) / (np.pi / 2)
        pair = [card("a", 0, scene=1, jitter=0), card("b", seconds, scene=1 + turn, jitter=0)]
        assert len(group(pair)) == together, (seconds, distance)


def test_the_gap_that_was_chosen_counts():
    pair = [card("a", 0), card("b", 40)]
    assert len(group(pair)) == 2
    assert len(group(pair, burst_gap=6.0)) == 1
    assert len(group([card("a", 0), card("b", 0.01)], burst_gap=0.0)) == 2
    assert len(group([card("a", 0), card("b", 0)], burst_gap=0.0)) == 1


def test_the_time_that_the_shutter_is_open_is_no_pause():
    night = [card(f"p{i}", i * 31, bias=bias, exposure_time=30.0) for i, bias in enumerate([0.0, -1.0, 1.0])]
    assert names(group(night)) == [("bracket", ["p0", "p1", "p2"])]


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
    cards = [card("a", None, jitter=0.05), card("b", None, jitter=0.05), card("c", None, scene=1.75)]
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


def test_ids_do_not_follow_scores_and_survive_a_frame_more():
    cards = [card(f"p{i}", i * 0.5, scene=1 + i // 5) for i in range(10)]
    scored = [
        replace(c, verdict=c.verdict and replace(c.verdict, distribution=FLAT[::-1] * (i + 1)), rank=i, merit=float(i))
        for i, c in enumerate(cards)
    ]
    assert group(scored) == group(cards)
    assert {g.id for g in group(cards)} < {g.id for g in group([*cards, card("p4b", 2.1), card("z", 900)])}


def test_a_long_burst_in_which_two_spaces_meet_is_not_judged_by_drift():
    cards = [card(f"p{i}", i * 1.0, scene=1 if i < 6 else 5) for i in range(12)]
    moved = [replace(c, verdict=c.verdict and replace(c.verdict, space="test/2")) for c in cards[6:]]
    assert [len(g.members) for g in group(cards)] == [6, 6]
    assert [len(g.members) for g in group([*cards[:6], *moved])] == [12], "the gap decides, as without embeddings"


def test_another_framing_is_another_group():
    upright = [card("a", 0), card("b", 0.5, size=(4000, 6000)), card("c", 1.0, size=(4000, 6000))]
    assert names(group(upright)) == [("single", ["a"]), ("burst", ["b", "c"])]
    zoomed = [card("a", 0, focal_length=24.0), card("b", 0.5, focal_length=70.0), card("c", 1.0, focal_length=75.0)]
    assert names(group(zoomed)) == [("single", ["a"]), ("burst", ["b", "c"])]


def test_an_odd_frame_between_alike_ones_belongs_to_them_unless_it_shows_something_else():
    dark = [card("a", 0), card("b", 1.0, scene=1.75), card("c", 2.0)]
    assert names(group(dark)) == [("burst", ["a", "b", "c"])]
    other = [card("a", 0), card("b", 1.0, scene=7), card("c", 2.0)]
    assert names(group(other)) == [("burst", ["a", "c"]), ("single", ["b"])]


def test_slow_steps_do_not_chain_a_scene_together_but_a_rapid_burst_may_follow_its_subject():
    walk = [card(f"p{i:03}", i * 3.0, scene=1 + i * 0.05, jitter=0.02) for i in range(80)]
    parts = group(walk)
    assert 3 <= len(parts) <= 8
    assert max(len(part.members) for part in parts) <= 30
    rapid = [replace(c, metadata=replace(c.metadata, captured=card("x", i * 0.1).captured)) for i, c in enumerate(walk)]
    assert [len(part.members) for part in group(rapid)] == [80]


def test_two_models_with_one_serial_number_are_two_bodies():
    cards = [card(f"p{i}", i * 0.1, body="0001", camera="R5" if i % 2 else "D850") for i in range(6)]
    assert [len(g.members) for g in group(cards)] == [3, 3]


def test_two_bodies_that_cannot_be_told_apart_still_make_two_bursts():
    cards = [card(f"p{i}", i * 0.2, scene=1 + 4 * (i % 2)) for i in range(12)]
    assert [len(g.members) for g in group(cards)] == [6, 6]


def test_time_that_goes_back_an_hour_leaves_bursts_as_they_are():
    before = [card(f"IMG_{i:04}", i * 0.5, scene=1) for i in range(8)]
    after = [card(f"IMG_{i + 8:04}", i * 0.5 + 0.2, scene=5) for i in range(8)]
    assert sorted(len(g.members) for g in group([*before, *after])) == [8, 8]


def test_a_clock_of_whole_seconds_keeps_bursts():
    cards = [card(f"p{i:02}", i // 8) for i in range(40)]
    assert [len(g.members) for g in group(cards)] == [40]


def test_a_burst_of_five_hundred_is_one_group():
    assert [len(g.members) for g in group([card(f"p{i:03}", i * 0.05) for i in range(500)])] == [500]


def test_frames_that_all_carry_one_time_are_grouped_by_likeness():
    same = [card(f"p{i:04}", 0.0, scene=i // 4) for i in range(4 * MOST_AT_ONCE)]
    assert [len(g.members) for g in group(same)] == [4] * MOST_AT_ONCE


@pytest.mark.parametrize("year", [1970, 1980, 2000, 2099])
def test_a_camera_that_forgot_its_date_still_takes_bursts(year: int):
    cards = [card(f"p{i}", i * 0.3) for i in range(4)]
    reset = [
        replace(c, metadata=replace(c.metadata, captured=c.captured and c.captured.replace(year=year))) for c in cards
    ]
    assert names(group([*reset, card("later", 3000)])) in (
        [("burst", ["p0", "p1", "p2", "p3"]), ("single", ["later"])],
        [("single", ["later"]), ("burst", ["p0", "p1", "p2", "p3"])],
    )


def test_a_bracket_needs_one_framing():
    biases = [0.0, -1.0, 1.0]
    turned = [card(f"p{i}", i * 0.3, bias=b, size=(6000, 4000) if i else (4000, 6000)) for i, b in enumerate(biases)]
    other = [card(f"p{i}", i * 0.3, bias=b, scene=i * 3) for i, b in enumerate(biases)]
    for cards in (turned, other):
        assert GroupKind.BRACKET not in {g.kind for g in group(cards)}


def by_hand(**groups: str) -> dict[Path, str]:
    return {Path("shoot") / name: group_id for name, group_id in groups.items()}


def test_what_was_put_together_by_hand_wins_over_time_body_and_likeness():
    cards = [card("a", 0), card("b", 0.2), card("c", 0.4), card("d", 9000, scene=9, body="B")]
    groups = group(cards, by_hand=by_hand(a="one", d="one", c="two"))
    assert names(groups) == [("burst", ["a", "d"]), ("single", ["b"]), ("single", ["c"])]
    assert [g.id for g in groups if g.id in ("one", "two")] == ["one", "two"]


def test_a_bracket_that_loses_a_frame_by_hand_is_none():
    cards = [card(f"p{i}", i * 0.3, bias=bias) for i, bias in enumerate([0.0, -1.0, 1.0])]
    assert names(group(cards, by_hand=by_hand(p1="alone"))) == [("burst", ["p0", "p2"]), ("single", ["p1"])]


def test_the_hand_of_a_photo_that_cannot_be_read_or_is_gone_is_no_harm():
    broken = replace(card("x"), error="x is empty", verdict=None)
    assert names(group([broken, card("a")], by_hand=by_hand(x="one", a="one", gone="one"))) == [("single", ["a"])]


def test_an_id_made_by_hand_is_never_given_twice():
    a = card("a")
    assert a.fingerprint is not None
    ids = [g.id for g in group([a, card("b", 50)], by_hand=by_hand(b=a.fingerprint[:12]))]
    assert len(set(ids)) == 2


def test_the_corrected_time_counts():
    late = replace(card("b", 3600.3), clock_offset=timedelta(hours=-1))
    assert names(group([card("c", 0.6), late, card("a", 0.0)])) == [("burst", ["a", "b", "c"])]


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
