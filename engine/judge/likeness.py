"""How alike frames are: time between them, framing, and what their embeddings say; for a whole shoot at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from engine.judge.clock import body
from engine.types import EMBEDDING_SIZE, Card
from engine.yardstick import PLAIN, Yardstick

MOST_AT_ONCE = 150
"""Frames of one body that may carry one and the same time. More were not taken then: no camera takes more than 120 a
second, so that the time is the copying's, the scanner's or an editor's. They count as frames without a time."""
SAME_ASPECT = 0.03
"""Difference of the logarithms of two aspects, at most, that still are one."""
SAME_FOCAL = 0.25
"""The same of two focal lengths: a little zooming does not make another picture."""
PAIRS_AT_ONCE = 4096
"""Pairs whose distance is computed in one go, so that memory does not grow with the shoot."""
Rows: TypeAlias = NDArray[np.int64]
"""Indices into a walk."""


@dataclass(frozen=True, slots=True, eq=False)
class Walk:
    """Frames in the order in which their neighbours are compared: line by line, by corrected time, then by path.

    A line is one body; frames without a usable time stand in a line by folder, in order of path. Every array has one
    row a frame.
    """

    cards: tuple[Card, ...]
    line: NDArray[np.int64]
    seconds: NDArray[np.float64]
    """Corrected capture time; NaN where there is none."""
    exposure: NDArray[np.float64]
    """Seconds that the shutter was open; 0 where that is unknown."""
    aspect: NDArray[np.float64]
    """Natural logarithm of width over height of the upright picture; NaN where that is unknown."""
    focal: NDArray[np.float64]
    """Natural logarithm of the focal length; NaN where that is unknown."""
    embeddings: NDArray[np.float16]
    """[n, EMBEDDING_SIZE]"""
    space: NDArray[np.int64]
    """Number of the embedding space; -1 without an embedding."""
    yardsticks: tuple[Yardstick, ...]
    """What distances mean, by the number of the space."""

    def __len__(self) -> int:
        return len(self.cards)

    def at(self, rows: Rows) -> list[Card]:
        """The cards of these rows, in their order."""
        return [self.cards[row] for row in rows.tolist()]

    def gap(self, first: Rows, second: Rows) -> NDArray[np.float64]:
        """Seconds from the end of an exposure to the beginning of a later one; NaN where a time is missing."""
        return np.maximum(self.seconds[second] - self.seconds[first] - self.exposure[first], 0.0)

    def same_framing(self, first: Rows, second: Rows) -> NDArray[np.bool_]:
        """Whether orientation, aspect and focal length allow that two frames show the same. Unknown ones do."""
        turned = np.abs(self.aspect[first] - self.aspect[second]) > SAME_ASPECT
        zoomed = np.abs(self.focal[first] - self.focal[second]) > SAME_FOCAL
        same: NDArray[np.bool_] = (self.line[first] == self.line[second]) & ~turned & ~zoomed
        return same

    def distance(self, first: Rows, second: Rows) -> NDArray[np.float32]:
        """How far apart frames are, 0-2: cosine distances, read off the yardstick of their space.

        NaN where there is no embedding, or two of different spaces.
        """
        result = np.full(len(first), np.nan, np.float32)
        both = np.flatnonzero((self.space[first] == self.space[second]) & (self.space[first] >= 0))
        for start in range(0, len(both), PAIRS_AT_ONCE):
            part = both[start : start + PAIRS_AT_ONCE]
            left = self.embeddings[first[part]].astype(np.float32)
            right = self.embeddings[second[part]].astype(np.float32)
            result[part] = 1.0 - np.einsum("ij,ij->i", left, right)
        for number, yardstick in enumerate(self.yardsticks):
            if yardstick != PLAIN:
                own = both[self.space[first[both]] == number]
                result[own] = yardstick.read(result[own])
        return result

    def cosines(self, first: Rows, second: Rows) -> NDArray[np.float32]:
        """[first, second] 1 - distance, of every first with every second; all of them in one space."""
        left = self.embeddings[first].astype(np.float32)
        right = left if second is first else self.embeddings[second].astype(np.float32)
        cosines = left @ right.T
        yardstick = self.yardsticks[self.space[first[0]]]
        return cosines if yardstick == PLAIN else 1.0 - yardstick.read(1.0 - cosines)


def walk(cards: Sequence[Card]) -> Walk:
    """Put frames in order and gather what is compared. The result depends on the set of cards only."""
    moments = [card.captured for card in cards]
    bodies = [body(card.metadata) or "" for card in cards]
    crowds = Counter(zip(bodies, moments, strict=True))
    keys = []
    for card, name, moment in zip(cards, bodies, moments, strict=True):
        if moment is None or crowds[name, moment] > MOST_AT_ONCE:
            keys.append((name, True, str(card.path.parent), datetime.max, str(card.path)))
        else:
            keys.append((name, False, "", moment, str(card.path)))
    order = sorted(range(len(cards)), key=keys.__getitem__)
    ordered = tuple(cards[i] for i in order)
    lines = {line: number for number, line in enumerate(dict.fromkeys(keys[i][:3] for i in order))}
    epoch = datetime(1970, 1, 1)
    return Walk(
        ordered,
        np.array([lines[keys[i][:3]] for i in order], np.int64),
        np.array([np.nan if keys[i][1] else (keys[i][3] - epoch).total_seconds() for i in order], np.float64),
        np.array([card.metadata.exposure_time or 0.0 for card in ordered], np.float64),
        _logarithms(ordered, lambda card: card.width / card.height if card.width and card.height else None),
        _logarithms(ordered, lambda card: card.metadata.focal_length),
        *_embeddings(ordered),
    )


def _logarithms(cards: Sequence[Card], ask: Callable[[Card], float | None]) -> NDArray[np.float64]:
    return np.log(np.array([ask(card) or np.nan for card in cards], np.float64))


def _embeddings(cards: Sequence[Card]) -> tuple[NDArray[np.float16], NDArray[np.int64], tuple[Yardstick, ...]]:
    """`Walk.embeddings`, `Walk.space` and `Walk.yardsticks`."""
    nothing = np.zeros(EMBEDDING_SIZE, np.float16)
    rows = [nothing if card.verdict is None else card.verdict.embedding for card in cards]
    yardsticks = {card.verdict.space: card.verdict.yardstick for card in cards if card.verdict is not None}
    spaces = {space: number for number, space in enumerate(yardsticks)}
    numbers = [-1 if card.verdict is None else spaces[card.verdict.space] for card in cards]
    vectors = np.array(rows, np.float16).reshape(len(rows), EMBEDDING_SIZE)
    return vectors, np.array(numbers, np.int64), tuple(yardsticks.values())
