"""A mark beside a database that proved damaged while it was in use: the next start reads the file through."""

from __future__ import annotations

import contextlib
from pathlib import Path

from engine import atomic


def note(path: Path, sentence: str) -> None:
    """Leave the mark for the database `path`; `sentence` is for people who find it."""
    # Where no mark can be left, the damage is as it was, and is found again as it was found now.
    with contextlib.suppress(OSError):
        atomic.write(_mark(path), f"{sentence}\n".encode(errors="surrogateescape"))


def is_noted(path: Path) -> bool:
    """Whether the database was seen to be damaged since it was last found sound."""
    return _mark(path).exists()


def withdraw(path: Path) -> None:
    """It is sound."""
    with contextlib.suppress(OSError):
        _mark(path).unlink(missing_ok=True)


def _mark(path: Path) -> Path:
    return path.with_name(f"{path.name}.suspect")
