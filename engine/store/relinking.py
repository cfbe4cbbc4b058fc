"""Shoots whose folders were renamed, moved to another drive, or got another drive letter."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING

from engine.store.location import exists

if TYPE_CHECKING:
    from sqlalchemy import Connection

SEPARATOR = os.fsencode(os.sep)
_AFTER = bytes([SEPARATOR[0] + 1])


def key(folders: Collection[bytes]) -> bytes:
    """What a shoot is known by: its folders, by location."""
    return b"\0".join(sorted(folders))


def moved_shoots(
    connection: Connection, opened: bytes, arrived: Mapping[bytes, bytes]
) -> Iterator[tuple[bytes, bytes]]:
    """The shoots that lie elsewhere now: the key that each is remembered by, and the one that it has.

    `arrived` are the photos that were found in the shoot `opened`, from the location remembered to the one now. A shoot
    has moved when none of its folders is where it was but those that `opened` has too, and when more of the photos that
    are remembered below them have arrived than are still missing: a few that were sorted into another shoot take no
    history along.
    """
    here = set(opened.split(b"\0"))
    came = Counter(folder for place in arrived for folder in _above(place))
    for (remembered,) in connection.exec_driver_sql("SELECT folders FROM shoot WHERE successor IS NULL").all():
        folders = remembered.split(b"\0")
        away = [folder for folder in folders if folder not in here]
        if not any(came[folder] for folder in away) or any(exists(folder) for folder in away):
            continue
        missing = sum(place not in arrived for folder in away for place, _ in _rows_below(connection, folder))
        now = key({_now(folder, here, arrived) if folder in away else folder for folder in folders})
        if sum(came[folder] for folder in away) > missing and now != remembered:
            yield remembered, now


def unread(connection: Connection, remembered: bytes, now: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Photos of a moved shoot of one folder whose content was never read: where each was, and where it should be."""
    if b"\0" in remembered or b"\0" in now:
        return
    for place, fingerprint in _rows_below(connection, remembered):
        if fingerprint is None and not exists(place):
            yield place, now + place[len(remembered) :]


def _now(folder: bytes, here: Collection[bytes], arrived: Mapping[bytes, bytes]) -> bytes:
    """Where most photos say that a folder lies: those whose place in it is still the same."""
    said: Counter[bytes] = Counter()
    for before, after in arrived.items():
        rest = before[len(folder) :]
        if _is_below(before, folder) and after.endswith(rest):
            said[after[: -len(rest)]] += 1
    if said:
        return min(said, key=lambda place: (-said[place], place))
    return next(iter(here)) if len(here) == 1 else folder


def _is_below(place: bytes, folder: bytes) -> bool:
    return place.startswith(folder.rstrip(SEPARATOR) + SEPARATOR)


def _above(place: bytes) -> Iterator[bytes]:
    """The folders that a place is in, the root as it is written: "/", "D:\\"."""
    end = place.rfind(SEPARATOR)
    while end >= 0:
        yield place[:end]
        if place.find(SEPARATOR) == end:
            yield place[: end + 1]
        end = place.rfind(SEPARATOR, 0, end)


def _rows_below(connection: Connection, folder: bytes) -> Iterator[tuple[bytes, str | None]]:
    stem = folder.rstrip(SEPARATOR)
    rows = connection.exec_driver_sql(
        "SELECT path, fingerprint FROM photo WHERE path >= ? AND path < ?", (stem + SEPARATOR, stem + _AFTER)
    )
    yield from rows.all()
