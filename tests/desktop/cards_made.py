"""Cards made by hand, for tests that need no file."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from engine.types import Card, FileStamp, Metadata, Photo

START = datetime(2026, 5, 1, 12, 0, 0)


def card(
    name: str,
    *,
    rank: int | None = None,
    seconds: float | None = None,
    written: float = 0.0,
    body: str | None = None,
    camera: str | None = None,
    error: str | None = None,
    fingerprint: str | None = None,
) -> Card:
    """A photo `name` of the folder /shoot, captured and its file written that many seconds after START."""
    path = Path("/shoot") / name
    mtime = int(((START - datetime(1970, 1, 1)).total_seconds() + written) * 1e9)
    return Card(
        Photo(path, (path,), FileStamp(1000, mtime, 1)),
        metadata=Metadata(
            captured=None if seconds is None else START + timedelta(seconds=seconds), body=body, camera=camera
        ),
        rank=rank,
        error=error,
        fingerprint=fingerprint,
    )
