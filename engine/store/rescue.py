"""Decisions out of a damaged file: what of it can be read, laid over the newest backup. The damaged file is kept."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from engine.errors import StoreCorrupt, StoreError
from engine.store import backup
from engine.store.action import FIELDS, now
from engine.store.database import Database, explained
from engine.store.migrations.decisions import STEPS

CHECKED_BYTES = 64 << 20
"""A larger file is not read through before every start; its damage shows when a shoot is opened."""
ASIDE = "damaged"
_SHOOT = b"\0rescued"
"""What the log names for photos of which it cannot be read in which shoot they were decided about."""
_LONGEST_GAP = 1 << 20
"""Rows in a line that cannot be read, after which nothing more is looked for."""
_OTHERS = {"stars": 0, "flag": "none", "colour": "none", "group": "", "turn": 0}


@dataclass(frozen=True, slots=True)
class Content:
    """What a file of decisions holds."""

    decided: int
    """Photos of which anything is decided."""
    latest: str | None
    """Time of the last act that can be read; UTC, ISO 8601."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What there is to restore from."""

    path: Path
    readable: Content | None
    """None where nothing of the damaged file can be read."""
    copy: Path | None
    """The newest sound backup."""
    copied: Content | None


@dataclass(frozen=True, slots=True)
class Rescued:
    """What became of it."""

    decided: int
    """Photos of which anything is decided now."""
    added: int
    """Those of them that the damaged file had otherwise than the backup."""
    aside: Path
    """Where the damaged file lies."""


def damage(path: Path) -> str | None:
    """What is wrong with the pages of the database `path`; None where it is sound, or is not there.

    A file from the future, or one that is busy, is not damaged. A file over CHECKED_BYTES has only its head read.
    """
    if not path.exists():
        return None
    if path.stat().st_size == 0:
        return f"{path} is empty although it held decisions." if backup.newest(path) is not None else None
    check = "PRAGMA quick_check(1)" if path.stat().st_size <= CHECKED_BYTES else "SELECT count(*) FROM sqlite_schema"
    try:
        with closing(sqlite3.connect(path, timeout=1.0)) as driver:
            (verdict,) = driver.execute(check).fetchone()
    except sqlite3.Error as error:
        told = explained(path, error)
        return str(told) if isinstance(told, StoreCorrupt) else None
    return None if verdict == "ok" or isinstance(verdict, int) else f"{path} is damaged ({verdict})."


def examine(path: Path) -> Findings:
    """What of a damaged database can be read, and what its newest sound backup holds. Nothing is changed."""
    readable = _content(_photos(path), _times(path))
    for copy in reversed(backup.copies(path)):
        if damage(copy) is None and copy.stat().st_size:
            return Findings(path, readable, copy, _content(_photos(copy), _times(copy)))
    return Findings(path, readable, None, None)


def restore(found: Findings, *, add_readable: bool = True) -> Rescued:
    """Put a sound database in place of the damaged one: the backup, with what else can be read laid over it.

    What is laid over it is in the log as imported. The damaged file and its log lie aside under another name; it
    becomes that name last of all, so that a crash leaves everything as it was. Raises StoreError.
    """
    path = found.path
    fresh = path.with_name(f".{path.name}.{os.getpid()}.rescue")
    try:
        fresh.unlink(missing_ok=True)
        if found.copy is not None:
            fresh.write_bytes(found.copy.read_bytes())
        photos = _photos(path) if add_readable else {}
        shoots = _shoots(path) if photos else {}
        database = Database(fresh, STEPS, "FULL")
        try:
            added = _lay_over(database, photos, shoots)
            with database.write() as connection:
                connection.exec_driver_sql("SELECT 1")
        finally:
            database.close()
        with closing(sqlite3.connect(fresh)) as driver:
            driver.execute("PRAGMA journal_mode = DELETE")
        decided = _content(_photos(fresh), []) or Content(0, None)
        with fresh.open("rb+") as file:
            os.fsync(file.fileno())
        aside = _put_aside(path)
        fresh.replace(path)
    except sqlite3.Error as error:
        raise explained(fresh, error) from error
    except OSError as error:
        raise StoreError(
            f"{path} could not be restored: {error.strerror}. Make room or allow writing in its folder, then try again."
        ) from error
    finally:
        for suffix in ("", "-wal", "-shm", "-journal"):
            fresh.with_name(fresh.name + suffix).unlink(missing_ok=True)
    return Rescued(decided.decided, added, aside)


def _put_aside(path: Path) -> Path:
    """Another name for the damaged file, and for the log that SQLite keeps beside it."""
    stem = f"{path.stem}-{ASIDE}-{datetime.now():%Y-%m-%d-%H%M%S}"
    aside = path.with_name(stem + path.suffix)
    for suffix in ("-wal", "-shm", "-journal", ""):
        lying = path.with_name(path.name + suffix)
        if lying.exists():
            lying.rename(aside.with_name(aside.name + suffix))
    return aside


def _lay_over(database: Database, photos: Mapping[bytes, Mapping[str, Any]], shoots: Mapping[bytes, bytes]) -> int:
    """Have the database say what these rows say, through its log; how many photos are otherwise now."""
    changed = 0
    with database.write() as connection:
        known = {row["path"]: row for row in _rows_of(connection.exec_driver_sql("SELECT * FROM photo"))}
        actions: dict[bytes, int] = {}
        for path, row in photos.items():
            before = known.get(path, {"path": path, **_OTHERS})
            fresh = {field: row[field] for field in FIELDS if field in row and row[field] != before[field]}
            if not fresh:
                continue
            changed += 1
            connection.exec_driver_sql(
                "INSERT INTO photo (path, fingerprint) VALUES (?, ?) ON CONFLICT (path) DO NOTHING",
                (path, row.get("fingerprint")),
            )
            folders = shoots.get(path, _SHOOT)
            if folders not in actions:
                actions[folders] = _new_action(connection, folders)
            for field, new in fresh.items():
                connection.exec_driver_sql(
                    "INSERT INTO change (action, photo, field, old, new) "
                    "SELECT ?, id, ?, ?, ? FROM photo WHERE path = ?",
                    (actions[folders], field, before[field], new, path),
                )
                connection.exec_driver_sql(f'UPDATE photo SET "{field}" = ? WHERE path = ?', (new, path))
    return changed


def _new_action(connection: Any, folders: bytes) -> int:
    connection.exec_driver_sql("INSERT INTO shoot (folders) VALUES (?) ON CONFLICT DO NOTHING", (folders,))
    made = connection.exec_driver_sql(
        "INSERT INTO action (shoot, origin, time) SELECT id, 'imported', ? FROM shoot WHERE folders = ? RETURNING id",
        (now(), folders),
    )
    return int(made.scalar_one())


def _content(photos: Mapping[bytes, Mapping[str, Any]], times: list[str]) -> Content | None:
    decided = sum(
        any(row.get(field, nothing) != nothing for field, nothing in _OTHERS.items()) for row in photos.values()
    )
    return Content(decided, max(times, default=None)) if photos or times else None


def _photos(path: Path) -> dict[bytes, dict[str, Any]]:
    """The rows of photos that can be read and make sense, by location."""
    return {row["path"]: row for row in _rows(path, "photo") if _is_sound(row)}


def _times(path: Path) -> list[str]:
    return [row["time"] for row in _rows(path, "action") if isinstance(row.get("time"), str)]


def _shoots(path: Path) -> dict[bytes, bytes]:
    """In which shoot each photo was decided about last, as far as the log can be read."""
    names = {row["id"]: row["folders"] for row in _rows(path, "shoot")}
    shoots = {row["id"]: names.get(row["shoot"]) for row in _rows(path, "action")}
    photos = {row["id"]: row["path"] for row in _rows(path, "photo")}
    found = {}
    for row in _rows(path, "change"):
        folders, photo = shoots.get(row["action"]), photos.get(row["photo"])
        if isinstance(folders, bytes) and isinstance(photo, bytes):
            found[photo] = folders
    return found


def _is_sound(row: Mapping[str, Any]) -> bool:
    """Whether a row says what a photo can be: damaged pages may hold anything."""
    allowed = {
        "flag": ("none", "pick", "reject"),
        "stars": range(6),
        "colour": ("none", "red", "yellow", "green", "blue", "purple"),
        "turn": range(4),
    }
    is_valid = all(row[field] in values for field, values in allowed.items() if field in row)
    group = row.get("group", "")
    return is_valid and isinstance(row["path"], bytes) and isinstance(group, str) and group.isprintable()


def _rows(path: Path, table: str) -> Iterator[dict[str, Any]]:
    """The rows of a table that can be read, by id; damaged pages are stepped over, further each time."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=1.0)) as driver:
            driver.text_factory = lambda data: data.decode("utf-8", "replace")
            at, gap, is_done = 0, 1, False
            while gap <= _LONGEST_GAP and not is_done:
                try:
                    cursor = driver.execute(f'SELECT * FROM "{table}" WHERE id > ? ORDER BY id', (at,))
                    for row in _rows_of(cursor):
                        yield row
                        at, gap = row["id"], 1
                    is_done = True
                except sqlite3.DatabaseError:
                    at, gap = at + gap, 2 * gap
    except sqlite3.Error:
        return


def _rows_of(cursor: Any) -> Iterator[dict[str, Any]]:
    names = [one[0] for one in (cursor.description if hasattr(cursor, "description") else cursor.cursor.description)]
    for row in cursor:
        yield dict(zip(names, row, strict=True))
