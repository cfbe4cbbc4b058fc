"""The SQL of `decisions.sqlite`: what is written for each kind of record, and what is read back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.store.action import (
    FIELDS,
    Action,
    ClockSet,
    Entry,
    Identity,
    Origin,
    Record,
    ShootMoved,
    Shown,
    View,
    changed,
    value,
)
from engine.turn import Turn
from engine.types import Colour, Decision, Flag

if TYPE_CHECKING:
    from sqlalchemy import Connection

CHUNK = 500
"""Values that one statement asks for."""

# Makes the row of a photo where there is none, and notes a fingerprint that became known.
_ADD_PHOTO = (
    "INSERT INTO photo (path, fingerprint) VALUES (?, ?) ON CONFLICT (path) DO UPDATE "
    "SET fingerprint = coalesce(excluded.fingerprint, fingerprint)"
)
_SET = {field: f'UPDATE photo SET "{field}" = ? WHERE path = ?' for field in FIELDS}
# A shoot, and those that became one with it when their folders were found to be its own under an earlier name.
_SHOOT_SINCE = (
    "WITH RECURSIVE since (id) AS (SELECT id FROM shoot WHERE folders = ? "
    "UNION SELECT s.id FROM shoot s JOIN since ON s.successor = since.id)"
)
_MICROSECOND = timedelta(microseconds=1)
_NOTHING = Decision()


@dataclass(frozen=True, slots=True)
class Remembered:
    """A photo as the store knows it."""

    location: bytes
    fingerprint: str | None
    decision: Decision


@dataclass(frozen=True, slots=True)
class Decided:
    """Which fields of a photo's decision somebody has touched."""

    fields: frozenset[str] = frozenset()
    """Decided; clearing a field decides it too."""
    taken_back: frozenset[str] = frozenset()
    """Empty again, because every change of them was undone."""


def write(connection: Connection, record: Record) -> None:
    """Add one record to the log and bring what follows from it up to date."""
    match record:
        case Action():
            _write_action(connection, record)
        case View():
            connection.exec_driver_sql(_ADD_PHOTO, (record.location, record.fingerprint))
            connection.exec_driver_sql(
                "INSERT INTO seen (photo, view, time) SELECT id, ?, ? FROM photo WHERE path = ?",
                (record.view, record.time, record.location),
            )
        case Identity():
            # Where two programs moved the same photo, the second finds the new name taken and leaves it.
            connection.exec_driver_sql(
                "UPDATE OR IGNORE photo SET path = ?, fingerprint = ? WHERE path = ?",
                (record.location, record.fingerprint, record.known_as),
            )
        case ShootMoved():
            _move_shoot(connection, record)
        case ClockSet():
            connection.exec_driver_sql(
                "INSERT INTO clock (shoot, body, offset, time) VALUES (?, ?, ?, ?)",
                (_shoot_id(connection, record.shoot), record.body, record.offset // _MICROSECOND, record.time),
            )


def by_location(connection: Connection, locations: Sequence[bytes]) -> dict[bytes, Remembered]:
    """What is remembered under these locations."""
    return {row.location: row for row in _remembered(connection, "path", locations)}


def moving(waiting: Sequence[Record]) -> list[bytes]:
    """The locations from which unwritten records move a photo."""
    return [record.known_as for record in waiting if isinstance(record, Identity)]


def overlaid(rows: Mapping[bytes, Remembered], waiting: Sequence[Record]) -> dict[bytes, Remembered]:
    """`rows` as they will be once the records that wait are written."""
    after = dict(rows)
    for record in waiting:
        if isinstance(record, Identity) and record.known_as in after:
            row = after.pop(record.known_as)
            after[record.location] = Remembered(record.location, record.fingerprint, row.decision)
        if isinstance(record, Action):
            for entry in record.entries or ():
                row = after.get(entry.location) or Remembered(entry.location, None, Decision())
                after[entry.location] = Remembered(
                    entry.location, entry.fingerprint or row.fingerprint, changed(row.decision, entry.field, entry.new)
                )
    return after


def by_fingerprint(connection: Connection, fingerprints: Sequence[str]) -> list[Remembered]:
    """What is remembered with these contents, oldest first."""
    return list(_remembered(connection, "fingerprint", fingerprints))


def history(connection: Connection, shoot: bytes) -> list[Action]:
    """The actions of a shoot, oldest first, without their entries."""
    actions: dict[int, Action] = {}
    rows = connection.exec_driver_sql(
        f"{_SHOOT_SINCE} SELECT id, origin, about, time FROM action WHERE shoot IN since ORDER BY id",
        (shoot,),
    )
    for number, origin, about, time in rows.all():
        actions[number] = Action(shoot, Origin(origin), time, None, actions.get(about), number)
    return list(actions.values())


def clocks(connection: Connection, shoot: bytes, waiting: Sequence[Record]) -> dict[str, timedelta]:
    """What the clock of each body is corrected by in a shoot, once the records that wait are written."""
    rows = connection.exec_driver_sql(
        f"{_SHOOT_SINCE} SELECT body, offset FROM clock WHERE shoot IN since ORDER BY id",
        (shoot,),
    )
    said = {body: offset * _MICROSECOND for body, offset in rows.all()}
    said.update(
        (record.body, record.offset) for record in waiting if isinstance(record, ClockSet) and record.shoot == shoot
    )
    return {body: offset for body, offset in said.items() if offset}


def decided(
    connection: Connection, paths: Mapping[bytes, Path], made: Mapping[Path, Decision], waiting: Sequence[Record]
) -> dict[Path, Decided]:
    """What was decided of photos (by location), once the records that wait are written."""
    last: dict[tuple[bytes, str], Origin] = {}
    locations = list(paths)
    for start in range(0, len(locations), CHUNK):
        part = tuple(locations[start : start + CHUNK])
        # SQLite takes the bare columns from the row that has the maximum.
        rows = connection.exec_driver_sql(
            "SELECT p.path, c.field, a.origin, max(c.id) FROM photo p JOIN change c ON c.photo = p.id "
            f"JOIN action a ON a.id = c.action WHERE p.path IN ({', '.join('?' * len(part))}) GROUP BY p.id, c.field",
            part,
        )
        last.update({(path, field): Origin(origin) for path, field, origin, _ in rows.all()})
    for record in waiting:
        if isinstance(record, Action):
            last.update({(entry.location, entry.field): record.origin for entry in record.entries or ()})
    found: dict[Path, Decided] = {}
    for (name, field), origin in last.items():
        path = paths.get(name)
        if path is not None:
            before = found.get(path, Decided())
            if origin is Origin.UNDO and getattr(made.get(path, _NOTHING), field) == getattr(_NOTHING, field):
                found[path] = replace(before, taken_back=before.taken_back | {field})
            else:
                found[path] = replace(before, fields=before.fields | {field})
    return found


def times(connection: Connection, paths: Mapping[bytes, Path], waiting: Iterable[Record]) -> dict[Path, str]:
    """When photos (by location) were decided about last, once the records that wait are written."""
    found: dict[Path, str] = {}
    locations = list(paths)
    for start in range(0, len(locations), CHUNK):
        part = tuple(locations[start : start + CHUNK])
        rows = connection.exec_driver_sql(
            "SELECT p.path, max(a.time) FROM photo p JOIN change c ON c.photo = p.id "
            f"JOIN action a ON a.id = c.action WHERE p.path IN ({', '.join('?' * len(part))}) GROUP BY p.id",
            part,
        )
        found.update({paths[name]: time for name, time in rows.all()})
    for record in waiting:
        if isinstance(record, Action):
            found.update({paths[e.location]: record.time for e in record.entries or () if e.location in paths})
    return found


def looked_at(connection: Connection, paths: Mapping[bytes, Path], waiting: Sequence[Record]) -> set[Path]:
    """The photos (by location) that were ever looked at, once the records that wait are written."""
    moved = {record.known_as: record.location for record in waiting if isinstance(record, Identity)}
    found = {record.location for record in waiting if isinstance(record, View)}
    locations = [*paths, *moved]
    for start in range(0, len(locations), CHUNK):
        part = tuple(locations[start : start + CHUNK])
        rows = connection.exec_driver_sql(
            f"SELECT path FROM photo WHERE path IN ({', '.join('?' * len(part))}) AND id IN (SELECT photo FROM seen)",
            part,
        )
        found.update(moved.get(path, path) for (path,) in rows.all())
    return {paths[name] for name in found if name in paths}


def is_worth_keeping(connection: Connection) -> bool:
    """Whether anything was ever decided."""
    asked = "SELECT 1 FROM action UNION ALL SELECT 1 FROM clock LIMIT 1"
    return connection.exec_driver_sql(asked).first() is not None


def entries(connection: Connection, action: int) -> tuple[Entry, ...]:
    """What one action changed, in order; photos under the location that they have now."""
    rows = connection.exec_driver_sql(
        "SELECT p.path, p.fingerprint, c.field, c.old, c.new, c.rank, c.score, c.taste FROM change c "
        "JOIN photo p ON p.id = c.photo WHERE c.action = ? ORDER BY c.id",
        (action,),
    )
    return tuple(
        Entry(path, fingerprint, field, value(field, old), value(field, new), _shown(*shown))
        for path, fingerprint, field, old, new, *shown in rows.all()
    )


def _write_action(connection: Connection, action: Action) -> None:
    inserted = connection.exec_driver_sql(
        "INSERT INTO action (shoot, origin, about, time) VALUES (?, ?, ?, ?) RETURNING id",
        (
            _shoot_id(connection, action.shoot),
            action.origin.value,
            None if action.about is None else action.about.id,
            action.time,
        ),
    )
    number = int(inserted.scalar_one())
    if action.entries:
        _write_entries(connection, number, action.entries)
    action.id = number


def _write_entries(connection: Connection, action: int, entries: tuple[Entry, ...]) -> None:
    connection.exec_driver_sql(_ADD_PHOTO, [(entry.location, entry.fingerprint) for entry in entries])
    connection.exec_driver_sql(
        "INSERT INTO change (action, photo, field, old, new, rank, score, taste) "
        "SELECT ?, id, ?, ?, ?, ?, ?, ? FROM photo WHERE path = ?",
        [(action, entry.field, entry.old, entry.new, *_shown_row(entry.shown), entry.location) for entry in entries],
    )
    for field, statement in _SET.items():
        values = [(entry.new, entry.location) for entry in entries if entry.field == field]
        if values:
            connection.exec_driver_sql(statement, values)


def _move_shoot(connection: Connection, moved: ShootMoved) -> None:
    """Under the new folders where nothing is known by them, else as the past of what is.

    Either way the old name is free: the card of the next shoot lies in the same folder.
    """
    taken = connection.exec_driver_sql("SELECT 1 FROM shoot WHERE folders = ?", (moved.folders,)).first()
    if taken is None:
        connection.exec_driver_sql("UPDATE shoot SET folders = ? WHERE folders = ?", (moved.folders, moved.known_as))
    else:
        connection.exec_driver_sql(
            "UPDATE shoot SET successor = ?, folders = CAST(x'00' || id AS BLOB) WHERE folders = ?",
            (_shoot_id(connection, moved.folders), moved.known_as),
        )


def _shoot_id(connection: Connection, folders: bytes) -> int:
    found = connection.exec_driver_sql("SELECT id FROM shoot WHERE folders = ?", (folders,)).scalar_one_or_none()
    if found is None:
        made = connection.exec_driver_sql("INSERT INTO shoot (folders) VALUES (?) RETURNING id", (folders,))
        found = made.scalar_one()
    return int(found)


def _remembered(connection: Connection, column: str, values: Sequence[bytes] | Sequence[str]) -> Iterator[Remembered]:
    for start in range(0, len(values), CHUNK):
        part: tuple[Any, ...] = tuple(values[start : start + CHUNK])
        rows = connection.exec_driver_sql(
            'SELECT path, fingerprint, flag, stars, colour, "group", turn FROM photo '
            f"WHERE {column} IN ({', '.join('?' * len(part))}) ORDER BY id",
            part,
        )
        for path, fingerprint, flag, stars, colour, group, turn in rows.all():
            yield Remembered(path, fingerprint, Decision(Flag(flag), stars, Colour(colour), group, Turn(turn)))


def _shown(rank: int | None, score: float | None, taste: str | None) -> Shown | None:
    return None if rank is None and score is None and taste is None else Shown(rank, score, taste)


def _shown_row(shown: Shown | None) -> tuple[int | None, float | None, str | None]:
    return (None, None, None) if shown is None else (shown.rank, shown.score, shown.taste)
