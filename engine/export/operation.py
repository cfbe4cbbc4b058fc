"""One file of an export: where it is, where it goes, and how."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from pathlib import Path

from engine.types import FileStamp


class Action(StrEnum):
    """What is done with a file."""

    COPY = "copy"
    EMBED = "copy with metadata"
    """A picture with our metadata inside, its pixels byte by byte the same."""
    MERGE = "merge metadata"
    """A copy of a sidecar with our metadata in it."""
    SIDECAR = "write sidecar"
    """A new one beside the copy of its source."""
    RENDER = "render"
    """A smaller picture."""
    MOVE = "move"
    """A new name on the same volume."""
    CARRY = "copy, verify, remove"
    """A move to another volume."""
    KEEP = "keep"
    """An earlier export left it there."""
    TRASH = "move to the trash"
    """The system's, from where the user can take it back."""


@dataclass(frozen=True, slots=True)
class Operation:
    """What is done with one file of one photo."""

    action: Action
    source: Path
    target: Path
    size: int
    """Bytes that will be written; 0 where none are, an estimate for a rendition."""
    stamp: FileStamp
    """Of the source when this was planned."""
    why: str
    photo: Path
    """The primary file of the photo that the source belongs to."""
    digest: str | None = None
    """BLAKE2b of the source, where it is known from ranking."""
    recipe: str = "copy"
    """How the file at the target comes from its source."""


def photos(operations: Iterable[Operation]) -> Iterator[tuple[Operation, ...]]:
    """The operations photo by photo."""
    for _, of_one in groupby(operations, key=lambda operation: operation.photo):
        yield tuple(of_one)
