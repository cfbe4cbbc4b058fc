"""The shoots that were open lately, and how each was left. No Qt."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from engine import atomic
from engine.errors import StoreError

FILE_NAME = "recent.json"
"""In the data folder. It may be deleted at any time."""
MOST = 20


@dataclass(frozen=True, slots=True)
class Visit:
    """One shoot, the last time it was open."""

    folders: tuple[Path, ...]
    """Absolute."""
    time: datetime
    photos: int = 0
    left: dict[str, Any] | None = None
    """How it was left, as `desktop.restore` reads it; None where that was never told."""

    def reason(self) -> str | None:
        """Why it cannot be opened now: the first folder that is missing; None where all are there."""
        for folder in self.folders:
            try:
                if folder.is_dir():
                    continue
                why = "is not there any more. If it lies on a drive or a card, connect it"
                if folder.exists():
                    why = "is no folder any more"
            except OSError as error:
                why = f"cannot be read ({error.strerror})"
            return f"{_printable(folder)} {why}."
        return None


class Recent:
    """Remembers the last MOST shoots in one file, the newest first."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._visits: list[Visit] | None = None

    @property
    def visits(self) -> tuple[Visit, ...]:
        """The newest first. What the file says wrongly is left out."""
        if self._visits is None:
            self._visits = [visit for said in _read(self._path) if (visit := _visit(said)) is not None]
        return tuple(self._visits)

    def of(self, folders: Sequence[Path]) -> Visit | None:
        """The last visit of these folders together."""
        wanted = key(folders)
        return next((visit for visit in self.visits if key(visit.folders) == wanted), None)

    def note(self, folders: Sequence[Path], photos: int, left: dict[str, Any] | None = None) -> None:
        """This shoot is open; `left` is how it would be found again, None keeps what was known. Nothing is written."""
        before = self.of(folders)
        now = datetime.now(UTC)
        visit = Visit(tuple(folder.absolute() for folder in folders), now, photos, left)
        if left is None and before is not None:
            visit = replace(visit, left=before.left)
        self._visits = [visit, *(one for one in self.visits if one is not before)][:MOST]

    def remove(self, visit: Visit) -> None:
        """Forget a shoot: only that it was open, nothing that was decided about it. Nothing is written."""
        self._visits = [one for one in self.visits if key(one.folders) != key(visit.folders)]

    def text(self) -> bytes:
        """What `write` puts into the file."""
        return json.dumps([_said(visit) for visit in self.visits], indent=1).encode("ascii")

    def write(self, text: bytes) -> None:
        """Put it there. May be called from any thread. Raises StoreError where the file cannot be written."""
        try:
            atomic.write(self._path, text)
        except OSError as error:
            said = f"{self._path} cannot be saved: {error.strerror}. Make room or allow writing in its folder."
            raise StoreError(said) from error


def key(folders: Sequence[Path]) -> tuple[bytes, ...]:
    """What says that two lists of folders are one shoot."""
    return tuple(sorted(os.fsencode(folder.absolute()) for folder in folders))


def _printable(path: Path) -> str:
    return str(path).encode("utf-8", "replace").decode()


def _said(visit: Visit) -> dict[str, Any]:
    # JSON's escapes carry the stray bytes of a name as Python does.
    return {
        "folders": [str(folder) for folder in visit.folders],
        "time": visit.time.isoformat(),
        "photos": visit.photos,
        "left": visit.left,
    }


def _read(path: Path) -> list[Any]:
    try:
        said = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return []
    return said if isinstance(said, list) else []


def _visit(said: object) -> Visit | None:
    if not isinstance(said, dict):
        return None
    folders, photos, left = said.get("folders"), said.get("photos"), said.get("left")
    try:
        time = datetime.fromisoformat(said.get("time", ""))
    except (TypeError, ValueError):
        return None
    if not isinstance(folders, list) or not folders or not isinstance(photos, int):
        return None
    if not all(isinstance(one, str) and one for one in folders):
        return None
    return Visit(tuple(map(Path, folders)), time, photos, left if isinstance(left, dict) else None)
