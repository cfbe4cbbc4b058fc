"""What exports did at one target: what they made there, and the moves that one of them did not come to."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.export.journal import Journal
from engine.export.operation import Action, Operation
from engine.types import FileStamp

_MOVING = (Action.MOVE, Action.CARRY)


@dataclass(frozen=True, slots=True)
class Record:
    """A file that an export made, or was about to."""

    target: str
    """Below the target, with "/"."""
    source: Path
    stamp: FileStamp
    """Of the source."""
    recipe: str
    size: int
    """Of what was made, bytes."""


@dataclass(frozen=True, slots=True)
class Unfinished:
    """Moves of an export that did not come to its end."""

    request: str
    """What was asked, as `Ledger.begin` was told."""
    operations: tuple[Operation, ...]


class Ledger:
    """The ledger of one target, a journal in the data folder: nothing of ours is left among the exported files."""

    def __init__(self, data_dir: Path, target: Path) -> None:
        self._target = target.absolute()
        place = hashlib.blake2b(os.fsencode(os.path.realpath(target)), digest_size=16).hexdigest()
        self._journal = Journal(data_dir / "exports" / f"{place}.jsonl")

    def records(self) -> dict[str, Record]:
        """What was made at the target, by place below it; whether it still lies there is not looked at.

        Raises StoreError.
        """
        made = (_record(entry) for entry in self._journal.entries() if entry.get("kind") == "made")
        return {record.target: record for record in made}

    def unfinished(self) -> Unfinished | None:
        """The moves that were begun and not ended, if there are any. Raises StoreError."""
        last: dict[str, Any] | None = None
        for entry in self._journal.entries():
            if entry.get("kind") in ("moves", "ended"):
                last = entry if entry["kind"] == "moves" else None
        return None if last is None else Unfinished(last["request"], tuple(map(_operation, last["operations"])))

    def begin(self, operations: Iterable[Operation], request: str) -> None:
        """Begin an export. Raises StoreFull or StoreError, and nothing should be done then."""
        kept = [_made(record) for record in self.records().values() if os.path.lexists(self._target / record.target)]
        moves = [_fields(operation) for operation in operations if operation.action in _MOVING]
        header = [{"kind": "moves", "request": request, "operations": moves}] if moves else []
        if kept or header or self._journal.path.exists():
            self._journal.replace([*kept, *header])

    def making(self, operation: Operation, size: int) -> None:
        """Note that a file of `size` bytes is about to appear at the target. Raises StoreFull or StoreError."""
        relative = operation.target.absolute().relative_to(self._target).as_posix()
        record = Record(relative, operation.source.absolute(), operation.stamp, operation.recipe, size)
        self._journal.append(_made(record))

    def end(self) -> None:
        """Note that the export came to its end. Raises StoreFull or StoreError."""
        if self.unfinished() is not None:
            self._journal.append({"kind": "ended"})


def _made(record: Record) -> dict[str, Any]:
    return {
        "kind": "made",
        "target": record.target,
        "source": str(record.source),
        "stamp": _marks(record.stamp),
        "recipe": record.recipe,
        "size": record.size,
    }


def _record(entry: dict[str, Any]) -> Record:
    return Record(entry["target"], Path(entry["source"]), FileStamp(*entry["stamp"]), entry["recipe"], entry["size"])


def _fields(operation: Operation) -> dict[str, Any]:
    return {
        "action": operation.action,
        "source": str(operation.source.absolute()),
        "target": str(operation.target.absolute()),
        "size": operation.size,
        "stamp": _marks(operation.stamp),
        "why": operation.why,
        "photo": str(operation.photo.absolute()),
        "digest": operation.digest,
    }


def _operation(fields: dict[str, Any]) -> Operation:
    return Operation(
        Action(fields["action"]),
        Path(fields["source"]),
        Path(fields["target"]),
        fields["size"],
        FileStamp(*fields["stamp"]),
        fields["why"],
        Path(fields["photo"]),
        fields["digest"],
    )


def _marks(mark: FileStamp) -> list[int]:
    return [mark.size, mark.mtime_ns, mark.inode]
