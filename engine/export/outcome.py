"""What became of the operations of an export: one by one, step by step, and as a report."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from engine.export.operation import Operation
from engine.types import Progress


class Status(StrEnum):
    """What became of an operation."""

    DONE = "done"
    THERE = "there already"
    FAILED = "failed"
    UNTRIED = "not tried"
    """The run was cancelled, or could not go on."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one operation."""

    operation: Operation
    status: Status
    error: str | None = None
    """Why it failed: file, cause, next step."""


@dataclass(frozen=True, slots=True)
class Result:
    """The report of an export."""

    outcomes: tuple[Outcome, ...]
    """One for every operation of the plan, in its order."""
    problems: tuple[str, ...]
    """Photos that the plan left out."""
    cancelled: bool = False

    def having(self, status: Status) -> tuple[Outcome, ...]:
        """The outcomes of this status."""
        return tuple(outcome for outcome in self.outcomes if outcome.status is status)

    @property
    def is_complete(self) -> bool:
        """Whether everything that was asked for lies at the target."""
        settled = all(outcome.status in (Status.DONE, Status.THERE) for outcome in self.outcomes)
        return settled and not self.problems


@dataclass(frozen=True, slots=True)
class Step(Progress):
    """One step of an export; `done` and `total` count files."""

    outcomes: tuple[Outcome, ...] = ()
    """What was settled since the last step."""
    result: Result | None = None
    """The report, in the last step alone."""
