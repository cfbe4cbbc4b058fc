"""What happens on a job's thread when rejected photos are put away, brought back or thrown away. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path

from engine.control import Control
from engine.export import rejected, trash
from engine.export.outcome import Step
from engine.export.rejected import Plan
from engine.files import shoot
from engine.types import Photo


class Act(StrEnum):
    """What is done with rejected photos."""

    MOVE = "move"
    """Out of the way, to `_Rejected` on their own volume."""
    RESTORE = "restore"
    """Back to where they were."""
    EMPTY = "empty"
    """From `_Rejected` to the system's trash: the last act."""


def planning(act: Act, folders: Sequence[Path], rejects: Sequence[Photo], settle: Callable[[], None]) -> Iterator[Plan]:
    """The plan, as the only step; what a killed program was at is brought to its end before, and `settle` returns once
    every sidecar that waits is written.

    Raises UnusableInput where a folder cannot be listed, StoreError where a journal cannot be used.
    """
    settle()
    rejected.recover(folders)
    if act is Act.MOVE:
        yield rejected.plan(folders, shoot.renewed(rejects, folders))
    elif act is Act.RESTORE:
        yield rejected.restore_plan(folders)
    else:
        yield trash.plan(folders)


def carrying_out(act: Act, plan: Plan, settle: Callable[[], None], control: Control) -> Iterator[Step]:
    """Do it, once no sidecar is being written any more. Raises UnusableInput where `_Rejected` cannot be made,
    StoreError where the journal cannot be kept."""
    settle()
    yield from trash.run(plan, control) if act is Act.EMPTY else rejected.run(plan, control)
