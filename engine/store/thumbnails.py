"""Thumbnails by fingerprint: pack files with an SQLite index. Disposable: the folder can be deleted at any time."""

from __future__ import annotations

import contextlib
import errno
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from engine.errors import StoreCorrupt, StoreError, StoreFull
from engine.store import database, pack_file
from engine.store.database import Database
from engine.store.migrations.thumbnails import STEPS
from engine.store.pack_file import PackReader

if TYPE_CHECKING:
    from sqlalchemy import Connection

T = TypeVar("T")

LIMIT_BYTES = 4 << 30
"""What all pack files together may take unless the settings say otherwise: some 70,000 thumbnails."""

PACKS = 16
"""Into how many files the limit is cut. A full store gives up its least recently used file as a whole."""

CHUNK = 500
"""Fingerprints that one statement asks for."""

_NO_SPACE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class Thumbnails:
    """JPEG thumbnails by fingerprint. Read in any thread; whoever writes holds the index's write lock meanwhile.

    Two programs may use one folder: the lock keeps their writes apart. What fails its checksum counts as absent and
    is written anew by the next `put`. A damaged index is replaced by an empty one: `note` then says so.
    """

    def __init__(self, folder: Path, limit_bytes: int = LIMIT_BYTES) -> None:
        """Raises StoreFromFuture, StoreFull, StoreBusy or StoreError."""
        self.note: str | None = None
        """A sentence for the user when the thumbnails had to be given up, else None."""
        self._folder = folder
        self._limit_bytes = limit_bytes
        self._lock = threading.Lock()
        self._readers: dict[int, PackReader] = {}
        self._used: set[int] = set()
        self._damaged: set[str] = set()
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(f"{folder} cannot be created: {error.strerror}. Choose another data folder.") from error
        try:
            self._database = self._opened()
            self._remove_strays()
        except StoreCorrupt as error:
            self._database = self._replaced(error)

    def get(self, fingerprint: str) -> bytes | None:
        """The JPEG that was put under `fingerprint`, or None. Never raises for damaged bytes."""
        return self._surviving(lambda: self._get(fingerprint), None)

    def has(self, fingerprint: str) -> bool:
        """Whether a thumbnail is there; its bytes are not read."""
        return bool(self.held((fingerprint,)))

    def held(self, fingerprints: Iterable[str]) -> set[str]:
        """Those of `fingerprints` that have a thumbnail; their bytes are not read."""
        wanted = list(fingerprints)
        nothing: set[str] = set()
        return self._surviving(lambda: self._held(wanted), nothing) - self._damaged

    def put(self, items: Sequence[tuple[str, bytes]]) -> None:
        """Keep (fingerprint, JPEG) pairs, in one transaction; those already there stay as they are.

        Raises StoreFull, StoreBusy or StoreError.
        """
        self._surviving(lambda: self._put(dict(items)), None)

    def close(self) -> None:
        """Close every file. What was used lately is noted, for the sake of eviction, if the disk lets it."""
        with self._lock:
            used = bool(self._used)
        if used:
            with contextlib.suppress(StoreError), self._database.write() as connection:
                self._note_use(connection)
        self._database.close()
        self._close_readers(list(self._readers))

    def _opened(self) -> Database:
        return Database(self._folder / "thumbnails.sqlite", STEPS, "NORMAL")

    def _pack_path(self, number: int) -> Path:
        return self._folder / f"thumbnails-{number}.pack"

    def _surviving(self, task: Callable[[], T], otherwise: T) -> T:
        """Do `task`; when the index proves damaged, start empty and answer `otherwise`."""
        used = self._database
        try:
            return task()
        except StoreCorrupt as error:
            with self._lock:
                if self._database is used:
                    used.close()
                    self._database = self._replaced(error)
            return otherwise

    def _replaced(self, error: StoreCorrupt) -> Database:
        """An empty index in the place of a damaged one; without it the packs say nothing, so they go too."""
        readers, self._readers = list(self._readers.values()), {}
        for reader in readers:
            reader.close()
        database.remove(self._folder / "thumbnails.sqlite")
        for pack in self._folder.glob("thumbnails-*.pack"):
            _remove_unless_in_use(pack)
        self.note = f"{error} The thumbnails were given up and will be made again."
        return self._opened()

    def _get(self, fingerprint: str) -> bytes | None:
        with self._database.read() as connection:
            row = connection.exec_driver_sql(
                "SELECT pack, start, length, checksum FROM thumbnail WHERE fingerprint = ?", (fingerprint,)
            ).one_or_none()
        if row is None:
            return None
        pack, start, length, checksum = row
        reader = self._reader(pack)
        data = None if reader is None else reader.read(start, length, checksum)
        with self._lock:
            if data is None:
                self._damaged.add(fingerprint)
            else:
                self._used.add(pack)
        return data

    def _reader(self, pack: int) -> PackReader | None:
        with self._lock:
            if pack not in self._readers:
                try:
                    self._readers[pack] = PackReader(self._pack_path(pack))
                except OSError:
                    return None
            return self._readers[pack]

    def _held(self, wanted: list[str]) -> set[str]:
        with self._database.read() as connection:
            return _present(connection, wanted)

    def _put(self, items: dict[str, bytes]) -> None:
        with self._database.write() as connection:
            present = _present(connection, list(items)) - self._damaged
            new = {fingerprint: data for fingerprint, data in items.items() if fingerprint not in present}
            if not new:
                return
            self._note_use(connection)
            evicted = self._make_room(connection, sum(map(len, new.values())))
            pack = self._current_pack(connection)
            places = self._append(pack, list(new.values()))
            connection.exec_driver_sql(
                "INSERT OR REPLACE INTO thumbnail (fingerprint, pack, start, length, checksum) VALUES (?, ?, ?, ?, ?)",
                [(fingerprint, pack, *place) for fingerprint, place in zip(new, places, strict=True)],
            )
            connection.exec_driver_sql(
                "UPDATE pack SET size = ?, used = ? WHERE id = ?", (sum(places[-1][:2]), time.time(), pack)
            )
        self._damaged.difference_update(new)
        if evicted:
            self._close_readers(evicted)
            self._remove_strays()

    def _append(self, pack: int, items: list[bytes]) -> list[tuple[int, int, int]]:
        path = self._pack_path(pack)
        try:
            return pack_file.append(path, items)
        except OSError as error:
            if error.errno in _NO_SPACE:
                raise StoreFull(f"{path} cannot grow: the disk is full. Make room there, then go on.") from error
            raise StoreError(f"{path} cannot be written: {error.strerror}. Allow writing in its folder.") from error

    def _note_use(self, connection: Connection) -> None:
        with self._lock:
            used, self._used = self._used, set()
        now = time.time()
        if used:
            connection.exec_driver_sql("UPDATE pack SET used = ? WHERE id = ?", [(now, pack) for pack in used])

    def _make_room(self, connection: Connection, coming: int) -> list[int]:
        """Give up the least recently used packs until `coming` bytes fit; their numbers."""
        packs = connection.exec_driver_sql("SELECT id, size FROM pack ORDER BY used, id").all()
        total = sum(size for _, size in packs) + coming
        evicted = []
        for pack, size in packs:
            if total <= self._limit_bytes:
                break
            connection.exec_driver_sql("DELETE FROM pack WHERE id = ?", (pack,))
            evicted.append(int(pack))
            total -= size
        return evicted

    def _current_pack(self, connection: Connection) -> int:
        """The newest pack, or a new one when that is as large as a pack should be."""
        newest = connection.exec_driver_sql("SELECT id, size FROM pack ORDER BY id DESC LIMIT 1").one_or_none()
        if newest is not None and newest[1] < max(self._limit_bytes // PACKS, 1):
            return int(newest[0])
        made = connection.exec_driver_sql("INSERT INTO pack (size, used) VALUES (0, ?) RETURNING id", (time.time(),))
        return int(made.scalar_one())

    def _close_readers(self, packs: list[int]) -> None:
        with self._lock:
            closing = [self._readers.pop(pack) for pack in packs if pack in self._readers]
        for reader in closing:
            reader.close()

    def _remove_strays(self) -> None:
        """Delete pack files that the index no longer names; locked, as another program may be adding one."""
        with self._database.write() as connection:
            named = {self._pack_path(pack) for (pack,) in connection.exec_driver_sql("SELECT id FROM pack").all()}
            for path in self._folder.glob("thumbnails-*.pack"):
                if path not in named:
                    _remove_unless_in_use(path)


def _present(connection: Connection, fingerprints: list[str]) -> set[str]:
    found: set[str] = set()
    for start in range(0, len(fingerprints), CHUNK):
        part = fingerprints[start : start + CHUNK]
        rows = connection.exec_driver_sql(
            f"SELECT fingerprint FROM thumbnail WHERE fingerprint IN ({', '.join('?' * len(part))})", tuple(part)
        )
        found.update(rows.scalars())
    return found


def _remove_unless_in_use(path: Path) -> None:
    """Windows refuses to delete a file that another program reads; the next call finds it again."""
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)
