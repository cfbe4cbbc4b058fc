"""Decisions out of a damaged file: what of it can be read, laid over the newest backup. The damaged file is kept."""

from __future__ import annotations

import math
import os
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from engine.control import Control
from engine.errors import StoreCorrupt, StoreError
from engine.store import backup, suspicion
from engine.store.action import FIELDS, now
from engine.store.database import Database, explained
from engine.store.migrations.decisions import STEPS

CHECKED_BYTES = 64 << 20
"""A larger file is not read through before every start, but beside the work: `inspect`."""
_WHOLE, _HEAD = "PRAGMA quick_check(1)", "SELECT count(*) FROM sqlite_schema"
CHECK_STEPS = 10_000
"""Instructions of SQLite's machine between two looks at whether a check is still wanted: some milliseconds."""
_LONGEST_HOLD = 5.0
"""Seconds that a check may keep a writer waiting, where SQLite's log does not let both go on."""
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

    A file from the future, or one that is busy, is not damaged. A file over CHECKED_BYTES has only its head read,
    unless something was seen to be wrong with it before.
    """
    if not path.exists():
        return None
    if path.stat().st_size == 0:
        return f"{path} is empty although it held decisions." if backup.newest(path) is not None else None
    is_noted = suspicion.is_noted(path)
    try:
        found = _check(path, _WHOLE if is_noted or path.stat().st_size <= CHECKED_BYTES else _HEAD)
    except StoreError:
        return None
    if is_noted and found is None:
        suspicion.withdraw(path)
    return found


def inspect(path: Path, control: Control) -> str | None:
    """What is wrong with a database that `damage` reads the head of, from its first page to its last, while it is in
    use. What is found is noted for the next `damage`.

    None where it is sound, or smaller than that; also where `control` was cancelled, the file cannot be reached, or
    reading it would keep writers waiting for long (then the daily copy, which is checked, has to do).
    """
    try:
        if path.stat().st_size <= CHECKED_BYTES:
            return None
        until = math.inf if _is_logged(path) else time.monotonic() + _LONGEST_HOLD
        found = _check(path, _WHOLE, lambda: control.cancelled or time.monotonic() > until)
    except (OSError, StoreError):
        return None
    if found is not None:
        suspicion.note(path, found)
    return found


def _is_logged(path: Path) -> bool:
    """Whether writers need not wait for readers (WAL mode). False for a file that does not say.

    SQLite has to be asked: to close a file that was opened beside it gives up every lock that this process has on it,
    and another program would then take the log away from under it (sqlite.org/howtocorrupt.html, section 2.2).
    """
    try:
        with closing(sqlite3.connect(path, timeout=1.0)) as driver:
            return bool(driver.execute("PRAGMA journal_mode").fetchone()[0] == "wal")
    except sqlite3.Error:
        return False


def _check(path: Path, check: str, is_given_up: Callable[[], bool] = lambda: False) -> str | None:
    """What SQLite complains of. Raises StoreError where it cannot say, or is to go on no longer."""
    try:
        with closing(sqlite3.connect(path, timeout=1.0)) as driver:
            driver.set_progress_handler(is_given_up, CHECK_STEPS)
            (verdict,) = driver.execute(check).fetchone()
    except sqlite3.Error as error:
        told = explained(path, error)
        if isinstance(told, StoreCorrupt):
            return str(told)
        raise told from error
    return None if verdict == "ok" or isinstance(verdict, int) else f"{path} is damaged ({verdict})."


def examine(path: Path) -> Findings:
    """What of a damaged database can be read, and what its newest sound backup holds. Nothing is changed."""
    readable = _content(_photos(path), _times(path))
    for copy in reversed(backup.copies(path)):
        if _is_sound_copy(copy):
            return Findings(path, readable, copy, _content(_photos(copy), _times(copy)))
    return Findings(path, readable, None, None)


def _is_sound_copy(path: Path) -> bool:
    try:
        return path.stat().st_size > 0 and _check(path, _WHOLE) is None
    except (OSError, StoreError):
        return False


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
        suspicion.withdraw(path)
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
