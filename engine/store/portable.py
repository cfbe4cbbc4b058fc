"""The decisions about a shoot as one file that can lie beside it and be read on another machine."""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine import atomic
from engine.errors import UnusableInput
from engine.store.action import FIELDS, Field, Value, changed, value
from engine.store.decisions import LONGEST_OFFSET
from engine.types import Decision, Photo

if TYPE_CHECKING:
    from engine.store.decisions import Decisions

FILE_NAME = "chinagraph-decisions.json"
"""What the file is called where no other name is given."""
KIND = "chinagraph decisions"
"""What the field `kind` says, by which a file is known for a backup."""
SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Kept:
    """What was decided about one photo."""

    folder: int
    """Which of the folders of the shoot it lies below."""
    place: str
    """The primary file below that folder, with "/" between names on every system."""
    fingerprint: str
    size: int
    """Of the primary file, bytes."""
    fields: Mapping[Field, Value]
    """Those that were ever decided; a flag that was cleared is there as none."""
    time: str
    """Of the last decision; UTC, ISO 8601."""


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds."""

    photos: Sequence[Kept]
    clocks: Mapping[str, timedelta]
    """What the clock of each body is corrected by; empty in backups from before these were kept."""


def gather(
    store: Decisions, folders: Sequence[Path], photos: Sequence[Photo], contents: Mapping[Path, str]
) -> list[Kept]:
    """What was decided about those photos of the open shoot whose content is known. Raises StoreError."""
    decided, times = store.decided(), store.times()
    kept = []
    for photo in photos:
        touched = decided.get(photo.path)
        if touched is None or not touched.fields or photo.path not in contents:
            continue
        made = store.of(photo.path)
        fields: dict[Field, Value] = {field: getattr(made, field) for field in FIELDS if field in touched.fields}
        folder, place = placed(photo.path, folders)
        kept.append(Kept(folder, place, contents[photo.path], photo.stamp.size, fields, times[photo.path]))
    return kept


def placed(path: Path, folders: Sequence[Path]) -> tuple[int, str]:
    """Which of the folders a photo lies below, the deepest first, and where below it."""
    inside = [number for number, folder in enumerate(folders) if path.is_relative_to(folder)]
    deepest = max(inside, key=lambda number: len(folders[number].parts))
    return deepest, path.relative_to(folders[deepest]).as_posix()


def write(path: Path, folders: Sequence[Path], backup: Backup) -> None:
    """Write the file as a whole or not at all, in place of an earlier one. Raises UnusableInput."""
    if path.exists() and not _is_backup(path):
        raise UnusableInput(f"{path} is there and is no backup of Chinagraph's. Name another file with --to.")
    document = {
        "kind": KIND,
        "schema": SCHEMA,
        "program": f"chinagraph {version('chinagraph')}",
        "time": datetime.now(UTC).isoformat(timespec="seconds"),
        "folders": [_text(folder.name or str(folder)) for folder in folders],
        "clocks": {body: offset.total_seconds() for body, offset in backup.clocks.items()},
        "photos": [_entry(one) for one in backup.photos],
    }
    try:
        atomic.write(path, json.dumps(document, indent=1).encode("ascii"))
    except OSError as error:
        raise UnusableInput(
            f"The backup {path} cannot be written: {error.strerror}. Name a file in another folder with --to."
        ) from error


def read(path: Path) -> Backup:
    """What a backup holds. Raises UnusableInput for a file that is none, is damaged, or is from a newer version."""
    try:
        document = json.loads(path.read_bytes())
    except OSError as error:
        raise UnusableInput(f"The backup {path} cannot be read: {error.strerror}.") from error
    except (ValueError, RecursionError) as error:
        raise UnusableInput(f"{path} is no backup of Chinagraph's, or it is damaged: it is not JSON.") from error
    if not isinstance(document, dict) or document.get("kind") != KIND:
        raise UnusableInput(f"{path} is no backup of Chinagraph's.")
    if document.get("schema") != SCHEMA:
        raise UnusableInput(f"{path} was written by a newer version of Chinagraph. Install that one to read it.")
    try:
        clocks = {str(body): _offset(seconds) for body, seconds in document.get("clocks", {}).items()}
        return Backup([_kept(entry) for entry in document["photos"]], clocks)
    except (AttributeError, KeyError, OverflowError, TypeError, ValueError) as error:
        raise UnusableInput(f"The backup {path} is damaged ({error!r}). Nothing was taken from it.") from error


def _entry(kept: Kept) -> dict[str, Any]:
    clean = _text(kept.place)
    exact = base64.b64encode(os.fsencode(kept.place)).decode("ascii")
    return {
        "folder": kept.folder,
        "path": clean,
        **({} if clean == kept.place else {"path_b64": exact}),
        "fingerprint": kept.fingerprint,
        "size": kept.size,
        **{str(field): new for field, new in kept.fields.items()},
        "time": kept.time,
    }


def _kept(entry: Mapping[str, Any]) -> Kept:
    exact = entry.get("path_b64")
    place = str(entry["path"]) if exact is None else os.fsdecode(base64.b64decode(exact, validate=True))
    fields: dict[Field, Value] = {field: value(field, entry[field]) for field in FIELDS if field in entry}
    for field, new in fields.items():
        changed(Decision(), field, new)
    time = datetime.fromisoformat(entry["time"])
    return Kept(int(entry["folder"]), place, str(entry["fingerprint"]), int(entry["size"]), fields, time.isoformat())


def _offset(seconds: float) -> timedelta:
    """Raises ValueError for an offset that no clock is set by."""
    offset = timedelta(seconds=seconds)
    if abs(offset) > LONGEST_OFFSET:
        raise ValueError(f"a clock that is wrong by {offset}")
    return offset


def _is_backup(path: Path) -> bool:
    try:
        document = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(document, dict) and document.get("kind") == KIND


def _text(name: str) -> str:
    """Without bytes that are no character."""
    return os.fsencode(name).decode("utf-8", errors="replace")
