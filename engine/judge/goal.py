"""What a photographer asks a selection to be."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Goal:
    """The best `count` of a shoot. Raises ValueError for numbers that cannot be."""

    count: int
    """Photos in all, at least 1. A set counts its frames."""
    per_burst: int | None = None
    """Photos of one burst at most, at least 1; None is any number."""
    cover_scenes: bool = False
    """Whether every scene shall have at least one photo, as far as `count` reaches."""
    min_score: float | None = None
    """The student's score, 1-10, that a photo must have; a set's best frame speaks for it, and keepers need none."""

    def __post_init__(self) -> None:
        if self.count < 1:
            raise ValueError(f"At least 1 photo can be asked for, not {self.count}.")
        if self.per_burst is not None and self.per_burst < 1:
            raise ValueError(f"At least 1 photo of a burst can be asked for, not {self.per_burst}.")
        if self.min_score is not None and not 1.0 <= self.min_score <= 10.0:
            raise ValueError(f"Scores are 1 to 10: {self.min_score:g} cannot be the lowest.")
