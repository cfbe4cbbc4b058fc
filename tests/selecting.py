"""Ranked shoots for selections: no pictures, but groups, scenes, merits and likenesses as a real shoot has them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.judge.choosing import Choosing
from engine.judge.goal import Goal
from engine.judge.grouping import group
from engine.judge.merit import ranked
from engine.judge.scenes import scenes
from engine.judge.worth import Worth
from engine.types import EMBEDDING_SIZE, Card, FileStamp, GroupKind, Metadata, Photo, Verdict

START = datetime(2026, 5, 1, 9, 0, 0)
BIASES = (0.0, -1.0, 1.0)


def verdict(score: float, direction: NDArray[np.float64]) -> Verdict:
    """A verdict whose distribution has `score` for its mean."""
    low = min(int(score), 9)
    distribution = np.zeros(10, np.float32)
    distribution[low - 1 : low + 1] = (low + 1 - score, score - low)
    return Verdict(distribution, (direction / np.linalg.norm(direction)).astype(np.float16), "made")


def made_shoot(count: int, seed: int = 0) -> list[Card]:
    """Scenes of some 200 photos, each of some subjects, in singles, bursts and now and then a bracket; ranked."""
    random = np.random.default_rng(seed)

    def direction() -> NDArray[np.float64]:
        drawn = random.normal(size=EMBEDDING_SIZE)
        return np.asarray(drawn / np.linalg.norm(drawn))

    cards: list[Card] = []
    now, until = START, 0
    place, subjects, level = direction(), [direction()], 5.5
    while len(cards) < count:
        if len(cards) >= until:
            now += timedelta(minutes=float(random.uniform(20, 60)))
            until = len(cards) + int(random.integers(100, 300))
            place, level = direction(), float(random.normal(5.5, 0.4))
            subjects = [0.6 * place + direction() for _ in range(8)]
        now += timedelta(seconds=float(random.exponential(12)) + 3)
        subject = subjects[int(random.integers(len(subjects)))] + 0.6 * direction()
        quality = float(random.normal(level, 0.5))
        kind = random.random()
        frames = 3 if kind < 0.03 else 1 if kind < 0.55 else int(random.integers(2, 12))
        for frame in range(min(frames, count - len(cards))):
            now += timedelta(seconds=0.3)
            path = Path("shoot") / f"IMG_{len(cards):05}.jpg"
            score = float(np.clip(quality + random.normal(0, 0.2), 1.0, 9.9))
            cards.append(
                Card(
                    Photo(path, (path,), FileStamp(1, 1, 1)),
                    Metadata(captured=now, body="A", exposure_bias=BIASES[frame] if kind < 0.03 else 0.0),
                    6000,
                    4000,
                    f"{len(cards):040x}",
                    verdict=verdict(score, subject + 0.25 * direction()),
                )
            )
    groups = group(cards)
    scene_of = scenes(cards, groups)
    return [replace(card, scene=scene_of[card.path]) for card in ranked(cards, groups)]


def placed(
    name: str,
    merit: float,
    *,
    look: float = 0.0,
    minutes: float = 0.0,
    scene: str | None = "s",
    group: str | None = None,
    kind: GroupKind = GroupKind.SINGLE,
) -> Card:
    """One card by hand; looks are alike where their whole numbers are, the less the further their fractions are."""
    path = Path("shoot") / name
    random = np.random.default_rng(int(look))
    first, second = random.normal(size=(2, EMBEDDING_SIZE))
    turned = np.pi / 2 * (look % 1)
    direction = np.cos(turned) * first / np.linalg.norm(first) + np.sin(turned) * second / np.linalg.norm(second)
    return Card(
        Photo(path, (path,), FileStamp(1, 1, 1)),
        Metadata(captured=START + timedelta(minutes=minutes)),
        verdict=verdict(merit, direction),
        merit=merit,
        rank=1,
        group=group or name,
        group_kind=kind,
        rank_in_group=1,
        scene=scene,
    )


def optimum(worth: Worth, goal: Goal) -> tuple[int, tuple[int, ...]]:
    """The most worthy selection that the goal allows, by trying every one; needs no candidate without a score."""
    found = worth.found
    best = (-1, ())
    fullest = most_scenes(worth, goal)
    for taken in range(goal.count + 1):
        for rows in combinations(range(len(found)), taken):
            if is_allowed(worth, goal, rows) and len(set(found.scene[list(rows)])) >= fullest:
                best = max(best, (worth.value(rows), rows))
    return best


def is_allowed(worth: Worth, goal: Goal, rows: Sequence[int]) -> bool:
    """Whether a selection keeps to what a goal allows, `cover_scenes` aside."""
    found, chosen = worth.found, list(rows)
    return bool(
        found.size[chosen].sum() <= goal.count
        and set(np.flatnonzero(found.kept)) <= set(chosen)
        and (goal.per_burst is None or np.bincount(found.burst[chosen], minlength=1).max() <= goal.per_burst)
        and (goal.min_score is None or all(found.score[row] >= goal.min_score or found.kept[row] for row in chosen))
    )


def most_scenes(worth: Worth, goal: Goal) -> int:
    """How many scenes a selection that covers them shows; for candidates of one photo each."""
    able = np.ones(len(worth.found), bool) if goal.min_score is None else worth.found.score >= goal.min_score
    return min(len(set(worth.found.scene[able])), goal.count) if goal.cover_scenes else 0


def greedy(worth: Worth, goal: Goal) -> int:
    """What the selection of the program is worth."""
    choosing = Choosing.best(worth, goal)
    assert choosing.standing.total == worth.value(choosing.standing.chosen)
    return choosing.standing.total
