"""The best N of a shoot: what is always in, what never, how good the choice is, and what is said of it."""

from __future__ import annotations

import random
import tracemalloc
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engine.errors import SpaceMismatch
from engine.judge.candidates import candidates
from engine.judge.choosing import Choosing
from engine.judge.looks import looks
from engine.judge.selection import Goal, Selector, select
from engine.judge.worth import Worth
from engine.types import Card, Decision, Flag, GroupKind
from tests.selecting import greedy, is_allowed, made_shoot, optimum, placed

PICK, REJECT = Decision(flag=Flag.PICK), Decision(flag=Flag.REJECT)


def small(seed: int, count: int = 11, sets: bool = False) -> list[Card]:
    """A few scenes, bursts and near-alike looks, so that every term of the worth has a say."""
    drawn = random.Random(seed)
    cards = []
    for number in range(count):
        scene = drawn.randrange(3)
        group = f"{scene}-{drawn.randrange(3)}"
        kind = GroupKind.BRACKET if sets and group.endswith("0") else GroupKind.BURST
        look = scene + drawn.random() * 0.5
        cards.append(
            placed(
                f"{number:02}.jpg",
                drawn.gauss(5.5, 0.8),
                look=look,
                minutes=60 * scene + drawn.randrange(12),
                scene=str(scene),
                group=group,
                kind=kind,
            )
        )
    return cards


def names(paths) -> set[str]:
    return {Path(path).name for path in paths}


@pytest.mark.parametrize(
    ("goal", "bound"),
    [
        (Goal(4), 1 - 1 / np.e),
        (Goal(5, per_burst=1), 1 / 2),
        (Goal(4, cover_scenes=True), 1 / 2),
        (Goal(2, cover_scenes=True), 1 / 2),
        (Goal(5, per_burst=2, cover_scenes=True, min_score=5.0), 1 / 2),
    ],
)
def test_the_choice_is_within_the_guarantee_and_nearly_as_good_as_the_best(goal, bound):
    shares = []
    for seed in range(12):
        worth = Worth.of(candidates(small(seed), {}))
        best, _ = optimum(worth, goal)
        rows = Choosing.best(worth, goal).standing.chosen
        assert is_allowed(worth, goal, rows)
        shares.append(greedy(worth, goal) / best)
    assert min(shares) >= bound
    assert max(shares) <= 1
    assert np.mean(shares) >= 0.98


def test_with_sets_the_choice_is_within_its_guarantee():
    shares = []
    for seed in range(12):
        worth = Worth.of(candidates(small(seed, 12, sets=True), {}))
        shares.append(greedy(worth, Goal(5)) / optimum(worth, Goal(5))[0])
    assert min(shares) >= (1 - 1 / np.e) / 2
    assert np.mean(shares) >= 0.9


def test_the_worth_is_monotone_and_submodular():
    drawn = random.Random(1)
    for seed in range(10):
        worth = Worth.of(candidates(small(seed, sets=seed % 2 == 1), {}))
        rows = range(len(worth.found))
        for _ in range(20):
            larger = set(drawn.sample(rows, drawn.randint(1, len(rows) - 1)))
            smaller = set(drawn.sample(sorted(larger), drawn.randint(0, len(larger))))
            other = drawn.choice([row for row in rows if row not in larger])
            late = worth.value(larger | {other}) - worth.value(larger)
            early = worth.value(smaller | {other}) - worth.value(smaller)
            assert 0 <= late <= early


def test_every_runner_up_is_the_one_whose_exchange_is_worth_most():
    for seed in range(6):
        cards = small(seed, 16)
        goal = Goal(5, per_burst=2) if seed % 2 else Goal(5, cover_scenes=True)
        selector = Selector(cards, {cards[0].path: PICK, cards[1].path: REJECT})
        worth = Worth.of(candidates(cards, {cards[0].path: PICK, cards[1].path: REJECT}))
        row_of = {card.path: row for row, found in enumerate(worth.found.rows) for card in found.cards}
        selection = selector.best(goal)
        chosen = {row_of[path] for path in selection.paths}
        for choice in selection.choices:
            if choice.path == cards[0].path:
                assert choice.runner_up is None
                continue
            rest = chosen - {row_of[choice.path]}
            scenes = set(worth.found.scene[list(rest)])
            able = [
                row for row in set(range(len(worth.found))) - chosen if is_allowed(worth, goal, sorted(rest | {row}))
            ]
            if goal.cover_scenes and len(scenes) < 3:
                able = [row for row in able if worth.found.scene[row] not in scenes] or able
            best = max(worth.value(rest | {row}) for row in able)
            assert choice.runner_up is not None
            assert worth.value(rest | {row_of[choice.runner_up]}) == best


def test_picks_are_in_and_rejects_and_unreadable_photos_never():
    cards = made_shoot(300, seed=2)
    worst, best = cards[-1], cards[0]
    damaged = replace(cards[1], error="IMG cannot be read.", verdict=None, merit=None, group=None)
    decisions = {worst.path: PICK, best.path: REJECT, damaged.path: PICK}
    selection = select([cards[0], damaged, *cards[2:]], decisions, Goal(20))
    assert worst.path in selection.paths
    assert not {best.path, damaged.path} & set(selection.paths)
    reasons = {choice.path: choice.reason for choice in selection.choices}
    assert reasons[worst.path] == "picked by you"
    assert selection.left_out[best.path] == "rejected by you"
    assert selection.left_out[damaged.path] == "unreadable"
    assert any("1 photo that you keep cannot be read" in note for note in selection.notes)
    assert len(selection.choices) == 20
    assert set(selection.left_out) | set(selection.paths) == {card.path for card in cards}


def test_more_picks_than_asked_for_are_all_in_and_said():
    cards = made_shoot(100, seed=3)
    picks = {card.path: PICK for card in cards[10:22]}
    selection = select(cards, picks, Goal(5))
    assert set(selection.paths) == set(picks)
    assert selection.notes == ("Your keepers are 12, more than the 5 asked for: they are in, and no others.",)


def test_a_pick_without_a_score_is_in_and_others_without_one_are_not():
    cards = [placed("a.jpg", 6.0), replace(placed("b.jpg", 6.0), merit=None, verdict=None)]
    assert names(select(cards, {}, Goal(2)).paths) == {"a.jpg"}
    assert select(cards, {}, Goal(2)).left_out == {cards[1].path: "not scored"}
    assert names(select(cards, {cards[1].path: PICK}, Goal(2)).paths) == {"a.jpg", "b.jpg"}


def bracket(merit: float, look: float, name: str = "e") -> list[Card]:
    return [
        placed(f"{name}{number}.jpg", merit - number, look=look, group=name, kind=GroupKind.BRACKET)
        for number in range(3)
    ]


def test_a_set_is_taken_whole_or_not_and_counts_its_frames():
    cards = [*bracket(8.0, 1), *(placed(f"s{n}.jpg", 5.0, look=2 + n) for n in range(6))]
    for count in range(1, 10):
        paths = names(select(cards, {}, Goal(count)).paths)
        assert len(paths & {"e0.jpg", "e1.jpg", "e2.jpg"}) in (0, 3)
        assert len(paths) == count
    chosen = select(cards, {}, Goal(4)).choices
    assert names(choice.path for choice in chosen) >= {"e0.jpg", "e1.jpg", "e2.jpg"}
    assert len({choice.reason for choice in chosen if choice.path.name.startswith("e")}) == 1
    assert "a bracket of 3, taken whole" in chosen[0].reason


def test_one_picked_frame_brings_its_set_and_a_rejected_one_leaves_it():
    cards = [*bracket(5.0, 1), *(placed(f"s{n}.jpg", 7.0, look=2 + n) for n in range(6))]
    picked = select(cards, {cards[2].path: PICK}, Goal(4))
    assert names(picked.paths) >= {"e0.jpg", "e1.jpg", "e2.jpg"}
    assert "with a frame that you picked" in picked.choices[-1].reason
    torn = select(cards, {cards[2].path: PICK, cards[0].path: REJECT}, Goal(4))
    assert names(torn.paths) >= {"e1.jpg", "e2.jpg"} and "e0.jpg" not in names(torn.paths)
    assert torn.notes == ("1 set counts without the frames that you rejected.",)
    over = select(cards, {cards[2].path: PICK}, Goal(2))
    assert names(over.paths) == {"e0.jpg", "e1.jpg", "e2.jpg"}
    assert "Your keepers with the sets that they belong to are 3" in over.notes[0]


def test_a_set_larger_than_what_is_left_is_named():
    cards = [*bracket(8.0, 1), placed("s.jpg", 5.0, look=3)]
    selection = select(cards, {}, Goal(2))
    assert names(selection.paths) == {"s.jpg"}
    assert selection.notes == (
        "1 photo of the 2 asked for is chosen: the others are 3 in a set that is larger than the rest.",
    )
    assert "there is room for 1 only" in selection.left_out[cards[0].path]


@pytest.mark.parametrize("most", [1, 2])
def test_no_burst_has_more_than_asked(most):
    cards = made_shoot(600, seed=4)
    selection = select(cards, {}, Goal(120, per_burst=most))
    group_of = {card.path: card.group for card in cards if card.group_kind is not GroupKind.BRACKET}
    counts = Counter(group_of[path] for path in selection.paths if path in group_of)
    assert max(counts.values()) == most
    assert len(selection.paths) == 120


def test_picks_of_one_burst_are_in_whatever_the_limit_and_count_towards_it():
    cards = [placed(f"b{n}.jpg", 6.0 + n / 10, look=1 + n / 9, group="b", kind=GroupKind.BURST) for n in range(5)]
    cards += [placed("s.jpg", 4.0, look=4)]
    selection = select(cards, {cards[0].path: PICK, cards[1].path: PICK}, Goal(4, per_burst=1))
    assert names(selection.paths) == {"b0.jpg", "b1.jpg", "s.jpg"}
    assert "A burst has 2 keepers of yours, more than 1: they are all in." in selection.notes
    assert "the others are 3 of a burst that has 1 already" in selection.notes[0]
    assert selection.left_out[cards[4].path] == "its burst has 2 already"


def test_every_scene_is_shown_when_asked_for():
    cards = [placed(f"good{n}.jpg", 8.0, look=n, scene="one", minutes=n * 6) for n in range(10)]
    cards += [placed(f"poor{n}.jpg", 3.0, look=20 + n, scene=f"poor{n}", minutes=100 + n) for n in range(3)]
    plain = select(cards, {}, Goal(5))
    covered = select(cards, {}, Goal(5, cover_scenes=True))
    assert not {"poor0.jpg", "poor1.jpg", "poor2.jpg"} <= names(plain.paths)
    assert {"poor0.jpg", "poor1.jpg", "poor2.jpg"} <= names(covered.paths)
    assert len(covered.paths) == 5 and not covered.notes
    said = {choice.path.name: choice for choice in covered.choices}
    assert "chosen so that its scene is shown" in said["poor1.jpg"].reason


def test_more_scenes_than_photos_gives_each_photo_a_scene_of_its_own_and_says_so():
    cards = [
        placed(f"{n}{m}.jpg", 5.0 + m, look=3 * n + m, scene=str(n), minutes=60 * n) for n in range(6) for m in (0, 1)
    ]
    selection = select(cards, {}, Goal(4, cover_scenes=True))
    assert len({path.name[0] for path in selection.paths}) == 4
    assert selection.notes == ("2 of 6 scenes are not shown: there is no room for all of them.",)


def test_a_scene_that_nothing_good_enough_shows_is_not_forced():
    cards = [placed("a.jpg", 6.0, look=1, scene="a"), placed("b.jpg", 3.0, look=2, scene="b")]
    selection = select(cards, {}, Goal(2, cover_scenes=True, min_score=5.0))
    assert names(selection.paths) == {"a.jpg"}
    assert "1 of 2 scenes is not shown: none of their photos may be chosen." in selection.notes
    assert "the others are 1 below the score of 5.0" in selection.notes[0]
    assert selection.left_out[cards[1].path] == "score 3.00 is below 5"


def test_a_lowest_score_holds_for_all_but_picks():
    cards = made_shoot(300, seed=5)
    floor = cards[60].verdict.score
    selection = select(cards, {cards[-1].path: PICK}, Goal(200, min_score=floor))
    scores = {card.path: card.verdict.score for card in cards if card.group_kind is not GroupKind.BRACKET}
    assert min(scores[path] for path in selection.paths if path in scores and path != cards[-1].path) >= floor
    assert cards[-1].path in selection.paths


def test_asking_for_the_whole_shoot_or_more_gives_all_of_it():
    cards = made_shoot(80, seed=6)
    assert set(select(cards, {}, Goal(80)).paths) == {card.path for card in cards}
    selection = select(cards, {cards[3].path: REJECT}, Goal(500))
    assert len(selection.paths) == 79
    assert selection.notes == ("79 photos of the 500 asked for are chosen: the others are 1 rejected by you.",)
    assert select(cards, {}, Goal(500)).notes == ("80 photos of the 500 asked for are chosen: the shoot has no more.",)


def test_an_empty_shoot_has_nothing_to_choose():
    selection = select([], {}, Goal(3))
    assert selection.choices == () and selection.value == 0
    assert selection.notes == ("0 photos of the 3 asked for are chosen: the shoot has no more.",)


def test_near_duplicates_do_not_fill_a_selection():
    twins = [placed(f"t{n}.jpg", 6.5 - n / 100, look=1 + n / 100, minutes=n / 60, group="t") for n in range(10)]
    others = [placed(f"o{n}.jpg", 6.0, look=5 + n, minutes=6 * n) for n in range(5)]
    assert names(select([*twins, *others], {}, Goal(6)).paths) == {"t0.jpg", *(f"o{n}.jpg" for n in range(5))}


def test_the_same_view_in_another_scene_counts_as_a_duplicate():
    """They are further apart in time than neighbours are compared: the leaders of the groups are."""
    cards = made_shoot(900, seed=7)
    first, last = min(cards, key=lambda c: c.path), max(cards, key=lambda c: c.path)
    twin = replace(last, verdict=replace(first.verdict), merit=9.5)
    best = replace(first, merit=9.6)
    shoot = [best, twin, *(card for card in cards if card.path not in (first.path, last.path))]
    found = candidates(shoot, {})
    row = {found.rows[i].best.path: i for i in range(len(found))}
    table = looks(found, np.ones(len(found)))
    assert row[twin.path] in table.other[row[best.path]][table.share[row[best.path]] > 0]


def test_smaller_selections_are_inside_larger_ones():
    cards = [card for card in made_shoot(500, seed=8) if card.group_kind is not GroupKind.BRACKET]
    selector = Selector(cards, {cards[5].path: PICK, cards[6].path: REJECT})
    before: frozenset[Path] = frozenset()
    for count in (1, 2, 3, 10, 11, 50, 200, 400):
        paths = selector.paths(Goal(count, per_burst=3))
        assert before <= paths
        assert paths == set(selector.best(Goal(count, per_burst=3)).paths)
        before = paths


def test_the_order_of_the_cards_changes_nothing():
    cards = made_shoot(400, seed=9)
    shuffled = random.Random(9).sample(cards, len(cards))
    goal = Goal(60, per_burst=2, cover_scenes=True)
    decisions = {cards[7].path: PICK}
    assert select(cards, decisions, goal) == select(shuffled, decisions, goal)


def test_a_selection_is_worth_more_than_the_cut_of_the_list_and_shows_more():
    cards = [card for card in made_shoot(1000, seed=10) if card.group_kind is not GroupKind.BRACKET]
    worth = Worth.of(candidates(cards, {}))
    row_of = {found.best.path: row for row, found in enumerate(worth.found.rows)}
    selection = select(cards, {}, Goal(100))
    cut = {card.path for card in cards[:100]}
    assert worth.value(row_of[path] for path in selection.paths) >= 1.2 * worth.value(row_of[path] for path in cut)
    groups = {card.path: (card.group, card.scene) for card in cards}
    assert len({groups[path] for path in selection.paths}) > 1.2 * len({groups[path] for path in cut})
    merit = {card.path: card.merit for card in cards}
    assert np.mean([merit[path] for path in selection.paths]) > np.mean(list(merit.values())) + 0.4


def test_the_reasons_name_the_numbers():
    cards = made_shoot(300, seed=11)
    selection = select(cards, {}, Goal(30))
    best = cards[0]
    reason = next(choice.reason for choice in selection.choices if choice.path == best.path)
    assert f"merit {best.merit:.2f}, number 1 of" in reason
    scenes = {card.path: card.scene for card in cards}
    shown = {scenes[path] for path in selection.paths}
    assert sum("the first of its scene" in choice.reason for choice in selection.choices) == len(shown)
    assert all(choice.reason.startswith("merit ") for choice in selection.choices)
    assert all("new beside the chosen" in why for why in selection.left_out.values())


def test_memory_grows_with_the_shoot_and_not_with_its_square():
    cards = made_shoot(2500, seed=12)
    tracemalloc.start()
    try:
        select(cards, {}, Goal(200))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < len(cards) * 6144, "all pairs would take 10,000 bytes a photo"


def test_vectors_of_two_spaces_are_never_mixed():
    one, other = placed("a.jpg", 6.0), placed("b.jpg", 6.0)
    other = replace(other, verdict=replace(other.verdict, space="another"))
    with pytest.raises(SpaceMismatch, match="another"):
        select([one, other], {}, Goal(1))


@pytest.mark.parametrize("wish", [{"count": 0}, {"count": 1, "per_burst": 0}, {"count": 1, "min_score": 11.0}])
def test_numbers_that_cannot_be_are_refused(wish):
    with pytest.raises(ValueError, match=r"1|10"):
        Goal(**wish)
