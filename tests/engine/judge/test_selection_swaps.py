"""Runners-up that a photographer puts in the place of the chosen: all others stay, and the goal holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.judge.selection import Goal, Selector
from engine.types import Card, Decision, Flag
from tests.selecting import made_shoot, placed

GOALS = (Goal(20), Goal(20, per_burst=1), Goal(20, cover_scenes=True), Goal(20, per_burst=2, min_score=5.0))


@pytest.fixture(scope="module")
def shoot() -> list[Card]:
    return made_shoot(400, seed=3)


@pytest.mark.parametrize("goal", GOALS)
def test_a_runner_up_takes_the_place_of_its_photo_and_all_others_stay(shoot, goal) -> None:
    selector = Selector(shoot, {})
    before = selector.best(goal)
    kinds = {card.path: card.group_kind for card in shoot}
    swapped = [c for c in before.choices if c.runner_up and kinds[c.path] == kinds[c.runner_up] != "bracket"]
    assert len(swapped) > 10
    for choice in swapped[::4]:
        after = selector.best(goal, {choice.path: choice.runner_up})
        assert set(after.paths) == set(before.paths) - {choice.path} | {choice.runner_up}
        assert choice.path in after.left_out and choice.runner_up not in after.left_out


def test_what_was_swapped_out_is_the_runner_up_of_what_came_in(shoot) -> None:
    selector = Selector(shoot, {})
    choice = next(c for c in selector.best(Goal(30)).choices if c.runner_up is not None)
    after = selector.best(Goal(30), {choice.path: choice.runner_up})
    back = next(c for c in after.choices if c.path == choice.runner_up)
    assert back.runner_up == choice.path
    assert back.reason.startswith("merit ")


def test_several_swaps_hold_together_and_a_smaller_goal_keeps_those_that_still_can_be(shoot) -> None:
    selector, swaps = Selector(shoot, {}), {}
    for _ in range(3):
        choices = selector.best(Goal(30), swaps).choices
        choice = next(c for c in choices if c.runner_up not in {None, *swaps} and c.path not in swaps.values())
        swaps[choice.path] = choice.runner_up
    now = selector.best(Goal(30), swaps)
    assert set(swaps.values()) <= set(now.paths) and not set(swaps) & set(now.paths)
    few = set(selector.best(Goal(5), swaps).paths)
    kept = {out for out in swaps if out in selector.best(Goal(5)).paths}
    assert len(few) == 5 and {swaps[out] for out in kept} <= few and not kept & few


def test_a_swap_that_the_goal_does_not_allow_does_nothing() -> None:
    cards = [
        placed("a.jpg", 8.0, look=0, group="one"),
        placed("b.jpg", 7.0, look=1, group="two"),
        placed("c.jpg", 6.0, look=2, group="one"),
        placed("d.jpg", 4.0, look=3, group="three"),
    ]
    a, b, c, d = (card.path for card in cards)
    selector = Selector(cards, {})
    assert set(selector.best(Goal(2)).paths) == {a, b}
    assert set(selector.best(Goal(2, per_burst=1), {b: c}).paths) == {a, b}, "a burst would have two"
    assert set(selector.best(Goal(2, per_burst=1), {a: c}).paths) == {c, b}, "within the burst it may"
    assert set(selector.best(Goal(2, min_score=5.0), {b: d}).paths) == {a, b}
    assert set(selector.best(Goal(2), {b: a, d: c, Path("no"): c}).paths) == {a, b}
    picked = Selector(cards, {b: Decision(Flag.PICK)})
    assert set(picked.best(Goal(2), {b: c}).paths) == {a, b}, "a pick stays whatever is swapped"
