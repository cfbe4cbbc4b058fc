"""A daily copy of the decisions, made while they are in use."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from engine.errors import StoreCorrupt, StoreError
from engine.store import suspicion
from engine.store.database import BUSY_SECONDS, explained

KEPT = 7
"""How many daily copies are kept."""


def folder(path: Path) -> Path:
    """Where the copies of the database `path` lie."""
    return path.parent / "backups"


def newest(path: Path) -> Path | None:
    """The newest copy of the database `path`."""
    return next(reversed(copies(path)), None)


def daily(path: Path, today: date) -> Path | None:
    """Copy the database `path` unless that was done today; the copy, or None when there was nothing to do.

    The copy is one moment of the database, is checked, and appears whole or not at all. Old copies go when a sound
    new one is there. Raises StoreCorrupt where the database is damaged, StoreFull, StoreBusy or StoreError.
    """
    target = folder(path) / f"{path.stem}-{today.isoformat()}{path.suffix}"
    if target.exists() or not path.exists():
        return None
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _copy(path, temporary)
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())
        temporary.replace(target)
    except sqlite3.Error as error:
        with advised(path):
            raise explained(path, error) from error
    except OSError as error:
        raise StoreError(
            f"{target} cannot be written: {error.strerror}. Make room or allow writing in its folder."
        ) from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
    for old in copies(path)[:-KEPT]:
        with contextlib.suppress(OSError):
            old.unlink(missing_ok=True)
    return target


def copies(path: Path) -> list[Path]:
    """The daily copies of the database `path`, oldest first: the date in the name sorts."""
    return sorted(folder(path).glob(f"{path.stem}-????-??-??{path.suffix}"))


def _copy(path: Path, target: Path) -> None:
    with (
        contextlib.closing(sqlite3.connect(path, timeout=BUSY_SECONDS)) as source,
        contextlib.closing(sqlite3.connect(target)) as copy,
    ):
        source.backup(copy)
        # A copy of a file in WAL mode is in WAL mode; as a single file it is easier to carry about.
        copy.execute("PRAGMA journal_mode = DELETE")
        verdict = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
    if verdict != "ok":
        with advised(path):
            raise StoreCorrupt(f"{path} is damaged ({verdict}).")


def advice(path: Path) -> str:
    """What to do when the database `path` is damaged."""
    copy = newest(path)
    if copy is None:
        return f"There is no backup yet. Keep the file, and move it out of {path.parent} to start anew."
    return f"The newest backup is {copy}: close Chinagraph, keep the damaged file aside and copy the backup to {path}."


@contextlib.contextmanager
def advised(path: Path) -> Iterator[None]:
    """Add to the news that the database `path` is damaged what to do about it, and note it for the next start."""
    try:
        yield
    except StoreCorrupt as error:
        suspicion.note(path, str(error))
        what = advice(path)
        raise error if what in str(error) else StoreCorrupt(f"{error} {what}") from error
