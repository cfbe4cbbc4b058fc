"""What can be asked of photos: which of them are shown, and in which order. No Qt."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, time
from enum import StrEnum
from pathlib import Path

from engine.judge.keepers import is_keeper
from engine.types import Colour, Decision, Flag


class SortKey(StrEnum):
    """What the rows are in order of. Ties, and photos that have no key, stand in order of time, then of path."""

    RANK = "rank"
    TIME = "time"
    NAME = "name"
    LIKENESS = "likeness"
    """To the words that were searched for, the nearest first."""


class StarsRule(StrEnum):
    """How a number of stars filters."""

    AT_LEAST = "at_least"
    EXACTLY = "exactly"


@dataclass(frozen=True, slots=True)
class Range:
    """Numbers from `low` to `high`, both included; None is open on that side. What was not measured is in no range."""

    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """Capture times from `since` to `until`, local and by the corrected clock, both minutes included; None is open."""

    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Hours:
    """Times of day from `begin` to `end`, on whatever day, both minutes included; over midnight where `end` is the
    earlier one."""

    begin: time
    end: time


@dataclass(frozen=True, slots=True)
class Words:
    """What was searched for, and how many photos may pass: those that are most like it."""

    text: str
    nearest: int | None
    """Of the photos that pass all other questions; None lets all through whose likeness is known."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which photos are shown. An empty question lets everything through; the questions are joined by "and"."""

    flags: frozenset[Flag] = frozenset()
    stars: int | None = None
    """0-5; None does not ask."""
    stars_rule: StarsRule = StarsRule.AT_LEAST
    colours: frozenset[Colour] = frozenset()
    cameras: frozenset[str] = frozenset()
    bodies: frozenset[str] = frozenset()
    lenses: frozenset[str] = frozenset()
    folders: frozenset[Path] = frozenset()
    """Where the primary file lies; subfolders are folders of their own."""
    scenes: frozenset[str] = frozenset()
    span: Span | None = None
    hours: Hours | None = None
    score: Range | None = None
    """Of the mean score, 1-10."""
    sharpness: Range | None = None
    """Of the subject, grey levels."""
    undecided: bool = False
    """Only photos without any decision."""
    unreadable: bool = False
    """Only photos that cannot be read."""
    unseen: bool = False
    """Only photos that were never looked at closely, nor decided about. Looking at one does not take it away."""
    unfamiliar: bool = False
    """Only photos that are unlike those that the student learned from."""
    suggested: bool = False
    """Only photos of the suggested selection."""
    words: Words | None = None

    @property
    def is_open(self) -> bool:
        """Whether every photo passes."""
        return replace(self, stars_rule=StarsRule.AT_LEAST) == Filter()


@dataclass(frozen=True, slots=True)
class Counts:
    """How many photos of the whole shoot answer each question of a filter."""

    photos: int = 0
    flags: dict[Flag, int] = field(default_factory=dict)
    stars: tuple[int, ...] = (0, 0, 0, 0, 0, 0)
    """By exact number of stars, 0-5."""
    unflagged_stars: tuple[int, ...] = (0, 0, 0, 0, 0, 0)
    """The same of photos that are neither picked nor rejected."""
    colours: dict[Colour, int] = field(default_factory=dict)
    cameras: dict[str, int] = field(default_factory=dict)
    bodies: dict[str, int] = field(default_factory=dict)
    lenses: dict[str, int] = field(default_factory=dict)
    folders: dict[str, int] = field(default_factory=dict)
    """By the folder that the primary file lies in."""
    undecided: int = 0
    unreadable: int = 0
    unseen: int = 0
    """Readable photos that were never looked at closely, nor decided about."""
    unfamiliar: int = 0

    def keepers(self, least_stars: int) -> int:
        """How many photos are keepers: `engine.judge.keepers.is_keeper`."""
        starred = sum(
            count for stars, count in enumerate(self.unflagged_stars) if is_keeper(Decision(stars=stars), least_stars)
        )
        return self.flags.get(Flag.PICK, 0) + starred
