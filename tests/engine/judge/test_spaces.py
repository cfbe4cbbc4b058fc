"""Likeness in a space whose distances mean something else: judged as in the limits' own, by the pack's yardstick."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from engine.judge.grouping import group
from engine.judge.merit import ranked
from engine.judge.scenes import scenes
from engine.judge.selection import Goal, select
from engine.types import EMBEDDING_SIZE, Card, GroupKind
from engine.yardstick import PLAIN, Yardstick
from tests.engine.judge.frames import card

DIMENSIONS = 16
SHRUNK = 0.4
SETTINGS = {"exposure_time": 0.01, "aperture": 8.0, "iso": 100, "focal_length": 35.0}
GRID = np.linspace(0, 2, 201)
YARDSTICK = Yardstick((*(1 - (1 - SHRUNK * GRID[:-1]) ** 2), 2.0), tuple(GRID))
"""Of the space that `elsewhere` leads to."""


def unit(vector: np.ndarray) -> np.ndarray:
    return vector / np.linalg.norm(vector)


def shown(vector: np.ndarray) -> np.ndarray:
    return np.pad(vector, (0, EMBEDDING_SIZE - len(vector))).astype(np.float16)


def elsewhere(vector: np.ndarray) -> np.ndarray:
    """The same in a narrow, bent space: there a distance d of two embeddings is 1 - (1 - SHRUNK d)^2."""
    narrow = np.append(np.sqrt(SHRUNK) * vector[:DIMENSIONS].astype(np.float64), np.sqrt(1 - SHRUNK))
    return shown(np.outer(unit(narrow), unit(narrow)).ravel())


@pytest.fixture(scope="module")
def here() -> list[Card]:
    """Bursts that wander off and bursts that do not, brackets, a sweep, two places and long pauses."""
    random = np.random.default_rng(4)
    found: list[Card] = []
    now = 0.0

    def take(vector: np.ndarray, pause: float, bias: float = 0.0) -> None:
        nonlocal now
        now += pause
        made = card(f"p{len(found):04}", now, bias=bias, **SETTINGS)
        assert made.verdict is not None
        chances = np.full(10, 0.05, np.float32)
        chances[4 + len(found) % 3] += 0.5
        verdict = replace(made.verdict, distribution=chances, embedding=shown(unit(vector)))
        found.append(replace(made, verdict=verdict))

    for _ in range(50):
        subject, away = unit(random.normal(size=DIMENSIONS)), unit(random.normal(size=DIMENSIONS))
        spread, drift = random.uniform(0.02, 0.25), random.choice([0.0, 0.0, 0.09])
        take(subject, float(random.choice([1.0, 3.0, 400.0])))
        for _ in range(int(random.integers(1, 24))):
            subject = subject + drift * away
            take(subject + spread * random.normal(size=DIMENSIONS), float(random.choice([0.2, 1.0, 2.5, 12.0])))
        for bias in (-1.0, 1.0) if random.random() < 0.3 else ():
            take(subject + 0.05 * random.normal(size=DIMENSIONS), 0.3, bias)
    for i in range(6):
        turn = i * 0.35
        take(np.cos(turn) * np.eye(DIMENSIONS)[0] + np.sin(turn) * np.eye(DIMENSIONS)[1], 1.0 if i else 900.0)
    return found


def moved(cards: list[Card], yardstick: Yardstick) -> list[Card]:
    verdicts = [one.verdict for one in cards if one.verdict is not None]
    return [
        replace(one, verdict=replace(v, embedding=elsewhere(v.embedding), space="bent", yardstick=yardstick))
        for one, v in zip(cards, verdicts, strict=True)
    ]


def test_groups_and_scenes_are_the_same_in_a_bent_space_with_its_yardstick_and_fewer_without(here: list[Card]):
    groups = group(here)
    assert {one.kind for one in groups} == set(GroupKind)
    there = moved(here, YARDSTICK)
    assert group(there) == groups
    assert scenes(there, groups) == scenes(here, groups)
    without = moved(here, PLAIN)
    assert len(group(without)) < 0.9 * len(groups)


def test_the_same_photos_are_chosen_in_a_bent_space(here: list[Card]):
    groups = group(here)
    chosen = [
        set(select(ranked(cards, groups), {}, Goal(30)).paths)
        for cards in (here, moved(here, YARDSTICK), moved(here, PLAIN))
    ]
    assert len(chosen[0] & chosen[1]) >= 29
    assert len(chosen[0] & chosen[2]) < 25
