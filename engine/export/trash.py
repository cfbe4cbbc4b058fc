"""The last act: what lies in `_Rejected` goes to the system's trash, from where the user can take it back."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from engine.control import Control
from engine.export import names, volume
from engine.export.operation import Action, Operation, photos
from engine.export.outcome import Outcome, Result, Status, Step
from engine.export.rejected import REMOVABLE, Plan
from engine.export.rejected_journal import NAME, RejectedJournal
from engine.files import shoot
from engine.files.shoot import stamp
from engine.types import Phase

_NO_TRASH = "is on a drive without a trash: its files would be gone for good. Restore them, or delete them yourself."


def plan(folders: Sequence[Path]) -> Plan:
    """What emptying the `_Rejected` folders of a shoot would do. Nothing has been touched.

    A drive that has no trash keeps its files: nothing is ever deleted. Raises UnusableInput as `shoot.read` does.
    """
    operations: list[Operation] = []
    homes: dict[Path, Path] = {}
    problems: list[str] = []
    for home in shoot.read(folders).rejected:
        # Windows keeps no trash on removable drives, and would delete instead.
        if volume.is_read_only(home) or (sys.platform == "win32" and volume.is_removable(home)):
            problems.append(f"{home} {_NO_TRASH}")
            continue
        first: dict[tuple[Path, str], Path] = {}
        for path in sorted(path for path in home.rglob("*") if not path.is_dir() and path.name != NAME):
            photo = first.setdefault((path.parent, names.stem_key(path.name) or path.name), path)
            homes[photo] = home
            mark = stamp(path)
            operations.append(Operation(Action.TRASH, path, path, mark.size, mark, "rejected", photo))
    operations.sort(key=lambda operation: (os.fsencode(operation.photo), os.fsencode(operation.source)))
    removable = any(volume.is_removable(home) for home in set(homes.values()))
    return Plan(tuple(operations), homes, tuple(problems), REMOVABLE if removable else None)


def run(wanted: Plan, control: Control | None = None) -> Iterator[Step]:
    """Bring every file of `wanted` to the trash: a step for each photo, then one with the result.

    What the trash does not take stays where it is and is named.
    """
    steering = control or Control()
    outcomes: list[Outcome] = []
    for photo in photos(wanted.operations):
        steering.wait()
        if steering.cancelled:
            outcomes.extend(Outcome(operation, Status.UNTRIED) for operation in photo)
            continue
        settled = tuple(_bring_to_trash(operation) for operation in photo)
        outcomes.extend(settled)
        yield Step(Phase.MOVING, len(outcomes), len(wanted.operations), outcomes=settled)
    for home in set(wanted.homes.values()):
        try:
            RejectedJournal(home).forget()
        except OSError:
            continue  # an empty folder that cannot be removed harms nobody
    result = Result(tuple(outcomes), wanted.problems, steering.cancelled)
    yield Step(Phase.FINISHED, len(outcomes), len(wanted.operations), result=result)


def _bring_to_trash(operation: Operation) -> Outcome:
    from send2trash import send2trash

    path = operation.source
    try:
        if stamp(path) != operation.stamp:
            return Outcome(operation, Status.FAILED, f"{path} changed since it was looked at. Look at it again.")
        send2trash(os.fspath(path.absolute()))
    except OSError as error:
        reason = error.strerror or str(error)
        said = f"{path} stays where it is: the trash does not take it ({reason}). Restore it, or delete it yourself."
        return Outcome(operation, Status.FAILED, said)
    return Outcome(operation, Status.DONE)
