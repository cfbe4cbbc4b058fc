"""Which photos are shown and in which order: one NumPy column per question, one mask per answer. No Qt."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from desktop.stacks import Stacks
from engine.types import Card, Colour, Decision, Flag

FLAGS = tuple(Flag)
COLOURS = tuple(Colour)
_FLAG_CODE = {flag: code for code, flag in enumerate(FLAGS)}
_COLOUR_CODE = {colour: code for code, colour in enumerate(COLOURS)}
_UNRANKED = np.iinfo(np.int32).max
_DIGITS = re.compile(r"\d+")


class SortKey(StrEnum):
    """What the rows are in order of. Ties, and photos that have no key, stand in order of time, then of path."""

    RANK = "rank"
    TIME = "time"
    NAME = "name"


class StarsRule(StrEnum):
    """How a number of stars filters."""

    AT_LEAST = "at_least"
    EXACTLY = "exactly"


@dataclass(frozen=True, slots=True)
class Filter:
    """Which photos are shown. An empty question lets everything through; the questions are joined by "and"."""

    flags: frozenset[Flag] = frozenset()
    stars: int | None = None
    """0-5; None does not ask."""
    stars_rule: StarsRule = StarsRule.AT_LEAST
    colours: frozenset[Colour] = frozenset()
    bodies: frozenset[str] = frozenset()
    undecided: bool = False
    """Only photos without any decision."""
    unreadable: bool = False
    """Only photos that cannot be read."""
    suggested: bool = False
    """Only photos of the suggested selection."""

    @property
    def is_open(self) -> bool:
        """Whether every photo passes."""
        return self == Filter() or self == Filter(stars_rule=self.stars_rule)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many photos of the whole shoot answer each question of a filter."""

    photos: int = 0
    flags: dict[Flag, int] = field(default_factory=dict)
    stars: tuple[int, ...] = (0, 0, 0, 0, 0, 0)
    """By exact number of stars, 0-5."""
    colours: dict[Colour, int] = field(default_factory=dict)
    bodies: dict[str, int] = field(default_factory=dict)
    undecided: int = 0
    unreadable: int = 0
    unseen: int = 0
    """Readable photos that were never looked at closely, nor decided about."""


class Columns:
    """What filters and sorts ask of `n` photos, each as one array of length `n` in the order of the listing."""

    def __init__(self, cards: Sequence[Card]) -> None:
        n = len(cards)
        self.index: dict[Path, int] = {card.photo.path: index for index, card in enumerate(cards)}
        self.flag: NDArray[np.int8] = np.zeros(n, np.int8)
        self.stars: NDArray[np.int8] = np.zeros(n, np.int8)
        self.colour: NDArray[np.int8] = np.zeros(n, np.int8)
        self.seen: NDArray[np.bool_] = np.zeros(n, np.bool_)
        self.suggested: NDArray[np.bool_] = np.zeros(n, np.bool_)
        self.stacks = Stacks(cards)
        self.taken: NDArray[np.datetime64] = _taken(cards)
        self.rank: NDArray[np.int32] = np.fromiter((_rank(card) for card in cards), np.int32, n)
        self.unreadable: NDArray[np.bool_] = np.fromiter((card.error is not None for card in cards), np.bool_, n)
        self._bodies: dict[str | None, int] = {None: 0}
        self.body: NDArray[np.int32] = np.fromiter((self._body_code(card.metadata.body) for card in cards), np.int32, n)
        self._name_order: NDArray[np.intp] | None = None

    def __len__(self) -> int:
        return len(self.flag)

    def replace(self, indexes: Sequence[int], cards: Sequence[Card]) -> None:
        """Take over what newer cards say of the photos at `indexes`."""
        self.stacks.replace(indexes, cards)
        self.taken[indexes] = _taken(cards)
        self.rank[indexes] = [_rank(card) for card in cards]
        self.unreadable[indexes] = [card.error is not None for card in cards]
        self.body[indexes] = [self._body_code(card.metadata.body) for card in cards]

    def decide(self, index: int, decision: Decision) -> None:
        """Take over a decision about the photo at `index`."""
        self.flag[index] = _FLAG_CODE[decision.flag]
        self.stars[index] = decision.stars
        self.colour[index] = _COLOUR_CODE[decision.colour]

    def see(self, paths: Iterable[Path]) -> None:
        """Take over which photos were looked at, beside those that are known to have been."""
        self.seen[[self.index[path] for path in paths if path in self.index]] = True

    def suggest(self, paths: Iterable[Path]) -> None:
        """Take over which photos a selection suggests."""
        self.suggested[:] = False
        self.suggested[[self.index[path] for path in paths if path in self.index]] = True

    def decision(self, index: int) -> Decision:
        """The decision about the photo at `index`."""
        return Decision(FLAGS[self.flag[index]], int(self.stars[index]), COLOURS[self.colour[index]])

    def order(self, key: SortKey, descending: bool = False) -> NDArray[np.intp]:
        """[n], every index once, sorted, the frames of a stack side by side. Photos without a rank come last whichever
        way the ranks run."""
        return self.stacks.together(self._sorted(key, descending), self.taken)

    def _sorted(self, key: SortKey, descending: bool) -> NDArray[np.intp]:
        if key is SortKey.NAME:
            order = self._by_name()
            return order[::-1] if descending else order
        by_time = np.argsort(self.taken, kind="stable")
        if key is SortKey.TIME:
            return by_time[::-1] if descending else by_time
        ranks = self.rank[by_time].astype(np.int64)
        if descending:
            ranks = np.where(ranks == _UNRANKED, ranks, -ranks)
        return by_time[np.argsort(ranks, kind="stable")]

    def passes(self, wanted: Filter) -> NDArray[np.bool_]:
        """[n], which photos pass the filter."""
        mask: NDArray[np.bool_] = np.ones(len(self), np.bool_)
        if wanted.flags:
            mask &= np.isin(self.flag, [_FLAG_CODE[flag] for flag in wanted.flags])
        if wanted.stars is not None:
            exactly = wanted.stars_rule is StarsRule.EXACTLY
            mask &= self.stars == wanted.stars if exactly else self.stars >= wanted.stars
        if wanted.colours:
            mask &= np.isin(self.colour, [_COLOUR_CODE[colour] for colour in wanted.colours])
        if wanted.bodies:
            mask &= np.isin(self.body, [self._bodies[body] for body in wanted.bodies if body in self._bodies])
        if wanted.undecided:
            mask &= self._undecided()
        if wanted.unreadable:
            mask &= self.unreadable
        if wanted.suggested:
            mask &= self.suggested
        return mask

    def counts(self) -> Counts:
        """How many photos answer each question."""
        flags = np.bincount(self.flag, minlength=len(FLAGS)).tolist()
        colours = np.bincount(self.colour, minlength=len(COLOURS)).tolist()
        bodies = np.bincount(self.body, minlength=len(self._bodies)).tolist()
        return Counts(
            photos=len(self),
            flags=dict(zip(FLAGS, flags, strict=True)),
            stars=tuple(np.bincount(self.stars, minlength=6).tolist()),
            colours=dict(zip(COLOURS, colours, strict=True)),
            bodies={body: bodies[code] for body, code in self._bodies.items() if body is not None and bodies[code]},
            undecided=int(np.count_nonzero(self._undecided())),
            unreadable=int(np.count_nonzero(self.unreadable)),
            unseen=int(np.count_nonzero(~self.seen & ~self.unreadable)),
        )

    def _undecided(self) -> NDArray[np.bool_]:
        undecided: NDArray[np.bool_] = (self.flag == 0) & (self.stars == 0) & (self.colour == 0)
        return undecided

    def _body_code(self, body: str | None) -> int:
        return self._bodies.setdefault(body, len(self._bodies))

    def _by_name(self) -> NDArray[np.intp]:
        """Sorted as people count: IMG_9 before IMG_10. Names never change within a shoot, so it is done once."""
        if self._name_order is None:
            keys = [_natural(path) for path in self.index]
            self._name_order = np.array(sorted(range(len(keys)), key=keys.__getitem__), np.intp)
        return self._name_order


def camera_names(cards: Iterable[Card]) -> dict[str, str]:
    """What people call each body: its camera's name, with the body's serial number where two share the name."""
    cameras = {card.metadata.body: card.metadata.camera for card in cards if card.metadata.body is not None}
    shared = Counter(cameras.values())
    return {
        body: body if camera is None else camera if shared[camera] == 1 else f"{camera} ({body})"
        for body, camera in cameras.items()
        if body is not None
    }


def _natural(path: Path) -> tuple[str, str]:
    return _DIGITS.sub(lambda digits: digits[0].zfill(16), path.name.lower()), str(path)


def _rank(card: Card) -> int:
    return _UNRANKED if card.rank is None else card.rank


def _taken(cards: Sequence[Card]) -> NDArray[np.datetime64]:
    """[n], datetime64[us]: the corrected capture time, else when the file was last written: close, on a memory card."""
    captured = np.array([card.captured for card in cards], "datetime64[us]")
    unknown = np.isnat(captured)
    if unknown.any():
        written = np.fromiter((card.photo.stamp.mtime_ns // 1000 for card in cards), np.int64, len(cards))
        captured[unknown] = written[unknown].astype("datetime64[us]")
    return captured
