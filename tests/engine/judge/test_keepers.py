"""Keepers: one word for counts, selections and exports."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.filters import Counts
from engine.export import choice
from engine.judge.keepers import is_keeper
from engine.judge.selection import Goal, select
from engine.types import Decision, Flag, GroupKind
from tests.selecting import made_shoot

STARRED = Decision(stars=4)


@pytest.mark.parametrize("flag", list(Flag))
@pytest.mark.parametrize("stars", range(6))
@pytest.mark.parametrize("least", range(6))
def test_a_keeper_is_a_pick_or_has_the_stars_and_a_reject_never_is(flag: Flag, stars: int, least: int) -> None:
    kept = is_keeper(Decision(flag, stars), least)
    assert kept is {Flag.PICK: True, Flag.REJECT: False, Flag.NONE: least > 0 and stars >= least}[flag]
    unflagged = tuple(int(flag is Flag.NONE and number == stars) for number in range(6))
    assert Counts(flags={flag: 1}, unflagged_stars=unflagged).keepers(least) == int(kept), "the line at the top agrees"


def test_starred_keepers_are_selected_and_exported_like_picks() -> None:
    cards = [replace(card, group_kind=GroupKind.SINGLE) for card in made_shoot(60, seed=4)]
    worst, starless, rejected, unscored = cards[-1], cards[-2], cards[-3], replace(cards[-4], merit=None, verdict=None)
    cards[-4] = unscored
    decisions = {
        worst.path: STARRED,
        starless.path: Decision(stars=3),
        rejected.path: Decision(Flag.REJECT, stars=5),
        unscored.path: Decision(stars=5),
    }
    kept = {worst.path, unscored.path}
    selection = select(cards, decisions, Goal(3, min_score=9.9), keeper_stars=4)
    assert set(selection.paths) == kept, "the lowest score does not hold for keepers"
    reasons = {choice.path: (choice.reason, choice.runner_up) for choice in selection.choices}
    assert reasons == {worst.path: ("kept by you: 4 stars", None), unscored.path: ("kept by you: 5 stars", None)}
    assert selection.left_out[rejected.path] == "rejected by you"
    assert select(cards, decisions, Goal(1), keeper_stars=4).notes == (
        "Your keepers are 2, more than the 1 asked for: they are in, and no others.",
    )
    assert not kept & set(select(cards, decisions, Goal(3)).paths), "without the setting stars say nothing"
    leaving = choice.kept(cards, {**decisions, cards[0].path: Decision(Flag.PICK)}, keeper_stars=4)
    assert {one.card.path: one.why for one in leaving} == {
        cards[0].path: "pick",
        worst.path: "4 stars",
        unscored.path: "5 stars",
    }
    assert choice.kept(cards, decisions) == []


def test_a_starred_frame_brings_its_set() -> None:
    frames = [replace(card, group="set", group_kind=GroupKind.BRACKET, scene="s") for card in made_shoot(3, seed=5)]
    selection = select(frames, {frames[1].path: STARRED}, Goal(3), keeper_stars=4)
    assert {one.reason for one in selection.choices} == {"a bracket of 3 with a frame that you gave 4 stars"}
