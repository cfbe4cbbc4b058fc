"""Moves one photo with all its files, or none of them."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Sequence

from engine.errors import ChangedFile, ChinagraphError
from engine.export import transfer
from engine.export.operation import Action, Operation
from engine.export.outcome import Outcome, Status
from engine.files.shoot import stamp

_AGAIN = "Run it again then: what is done is not done twice."
_SENTENCES = {
    errno.EEXIST: "{target} is taken by another file. Move that one away, or choose another folder or template.",
    errno.ENOSPC: "{target} could not be written: the disk is full. Make room. " + _AGAIN,
    errno.EDQUOT: "{target} could not be written: the disk's quota is used up. Make room. " + _AGAIN,
    errno.EFBIG: "{target} could not be written: a file cannot be so large there. Choose another drive.",
    errno.EROFS: "{target} could not be written: its drive is read-only. Choose another folder.",
    errno.ENAMETOOLONG: "{target} could not be written: its name is too long. Choose a shorter template.",
}


def photo(
    operations: Sequence[Operation], make_room: Callable[[Operation], None]
) -> tuple[list[Outcome], OSError | None]:
    """Move the files of one photo; what became of each, and the error of the system that stood against it, if any.

    Every file is at its target before the first original is removed; where one fails, the others stay where they
    were. Doing it again after a crash goes on from where it was.
    """
    moved: list[Operation] = []
    at = operations[0]
    try:
        for at in operations:
            make_room(at)
            _bring(at)
            moved.append(at)
        if any(operation.action is Action.CARRY for operation in operations):
            for folder in {operation.target.parent for operation in operations}:
                transfer.sync_folder(folder)
        for at in operations:
            _leave(at)
    except (OSError, ChinagraphError) as error:
        _put_back(moved)
        said = because(at, error) if isinstance(error, OSError) else str(error)
        return [Outcome(op, Status.FAILED, said) for op in operations], error if isinstance(error, OSError) else None
    return [Outcome(operation, Status.DONE) for operation in operations], None


def because(operation: Operation, error: OSError) -> str:
    """The sentence for what the system says against an operation."""
    if isinstance(error, FileNotFoundError) and not os.path.lexists(operation.source):
        return f"{operation.source} is not there any more. Connect its drive or restore it, then run it again."
    sentence = _SENTENCES.get(error.errno or 0)
    if sentence is not None:
        return sentence.format(target=operation.target)
    reason = error.strerror or str(error)
    return f"{operation.source} could not be brought to {operation.target} ({reason}). Check both drives. {_AGAIN}"


def _bring(operation: Operation) -> None:
    """The file under its new name; a copy of it, where that is on another volume."""
    source, target = operation.source, operation.target
    if not os.path.lexists(source) and _is_there(operation):
        return  # an earlier run was killed after this
    if stamp(source) != operation.stamp:
        raise ChangedFile(f"{source} changed since it was looked at. Read the shoot again, then move it.")
    if operation.action is Action.MOVE:
        transfer.settle(source, target)
    elif not (_is_there(operation) and transfer.digest(target) == transfer.digest(source)):
        transfer.copy(source, operation.stamp, target, verify=True, known=operation.digest)


def _leave(operation: Operation) -> None:
    """Remove the original of a copy that was verified, unless it has changed in the meantime."""
    source = operation.source
    if operation.action is not Action.CARRY or not os.path.lexists(source):
        return
    if stamp(source) != operation.stamp:
        raise ChangedFile(f"{source} changed while it was moved; the copy is at {operation.target}. Compare the two.")
    source.unlink()


def _put_back(moved: Sequence[Operation]) -> None:
    for operation in moved:
        if operation.action is Action.MOVE and not os.path.lexists(operation.source):
            try:
                transfer.settle(operation.target, operation.source)
            except OSError:
                continue  # it stays whole at the target, where the next run finds it


def _is_there(operation: Operation) -> bool:
    """Whether the target is what an earlier, killed run brought there."""
    try:
        found = stamp(operation.target)
    except OSError:
        return False
    return found.size == operation.stamp.size
