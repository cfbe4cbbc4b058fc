"""One SQLite file through SQLAlchemy: pragmas, transactions, migrations, and errors that say what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from engine.errors import StoreBusy, StoreCorrupt, StoreError, StoreFromFuture, StoreFull
from engine.store import migrations
from engine.store.migrations import Migration

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

BUSY_SECONDS = 30.0
"""How long a statement waits for another program's lock before it gives up with StoreBusy: a drive that is kept busy by
others may hold a transaction up for more than ten seconds."""

IMMEDIATE = "immediate"
"""Execution option of a connection whose transactions take the write lock when they begin."""


_NO_SHARED_MEMORY = (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PROTOCOL)

_NO_ROOM = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_SHMSIZE)
"""A quota or a limit on the size of a file shows as a failed write, not as a full disk."""


class Database:
    """One SQLite file, migrated to the newest version. Every thread gets a connection of its own from a pool.

    WAL where the file system allows it, the rollback journal elsewhere. A transaction that writes begins with
    BEGIN IMMEDIATE: one that reads first and writes later fails at once when another program writes between the two.
    """

    def __init__(
        self,
        path: Path,
        steps: tuple[Migration, ...],
        synchronous: Literal["FULL", "NORMAL"],
        busy_seconds: float = BUSY_SECONDS,
    ) -> None:
        """Raises StoreCorrupt, StoreFromFuture (the file is left as it is), StoreFull, StoreBusy or StoreError."""
        self.path = path
        self._synchronous = synchronous
        self._busy_seconds = busy_seconds
        self._engine = self._create_engine()
        try:
            self._prepare(len(steps))
            with self._translated():
                migrations.migrate(self, steps)
        except StoreError:
            self.close()
            raise

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection inside a transaction that sees one moment of the file and never waits for a writer (WAL)."""
        with self._translated(), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A connection inside a transaction with the write lock; committed at the end, rolled back on an error."""
        with self._translated(), self._engine.connect() as connection:
            connection.execution_options(**{IMMEDIATE: True})
            with connection.begin():
                yield connection

    def close(self) -> None:
        """Close every connection. The last one to close a file in WAL mode folds the log back into it."""
        self._engine.dispose()

    def _create_engine(self) -> Engine:
        import sqlalchemy
        from sqlalchemy.pool import QueuePool

        engine = sqlalchemy.create_engine("sqlite://", creator=self._connect, poolclass=QueuePool)
        sqlalchemy.event.listen(engine, "begin", _begin)
        return engine

    def _connect(self) -> sqlite3.Connection:
        """For the pool."""
        connection = self._bare_connection()
        try:
            connection.execute(f"PRAGMA synchronous = {self._synchronous}")
            connection.execute("PRAGMA foreign_keys = ON")
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    def _bare_connection(self) -> sqlite3.Connection:
        return sqlite3.connect(self.path, timeout=self._busy_seconds, isolation_level=None, check_same_thread=False)

    def _prepare(self, newest: int) -> None:
        """Refuse a file from the future before anything of it is changed, then choose its journal."""
        with self._translated(), closing(self._bare_connection()) as driver:
            shared_memory = _readable(driver)
            if not shared_memory:
                # Whoever has a file alone can read its log without shared memory (sqlite.org/wal.html, section 6).
                driver.execute("PRAGMA locking_mode = EXCLUSIVE")
            version = driver.execute("PRAGMA user_version").fetchone()[0]
            if version > newest:
                raise StoreFromFuture(
                    f"{self.path} was written by a newer version of Chinagraph: its format is {version}, "
                    f"this one knows {newest}. It was left as it is. Install the newer version, or choose another "
                    "data folder."
                )
            driver.execute(f"PRAGMA journal_mode = {'WAL' if shared_memory else 'DELETE'}")
            if shared_memory and not _readable(driver):
                driver.execute("PRAGMA locking_mode = EXCLUSIVE")
                driver.execute("PRAGMA journal_mode = DELETE")

    @contextmanager
    def _translated(self) -> Iterator[None]:
        from sqlalchemy.exc import DBAPIError

        try:
            yield
        except DBAPIError as error:
            raise explained(self.path, error.orig) from error
        except sqlite3.Error as error:
            raise explained(self.path, error) from error


def _readable(driver: sqlite3.Connection) -> bool:
    """Whether the file can be read, and not merely for want of the shared memory that WAL needs."""
    try:
        driver.execute("SELECT count(*) FROM sqlite_schema")
    except sqlite3.OperationalError as error:
        if _kind(error) not in _NO_SHARED_MEMORY:
            raise
        return False
    return True


def _begin(connection: Connection) -> None:
    immediate = connection.get_execution_options().get(IMMEDIATE, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def _kind(error: BaseException | None) -> int:
    """SQLite's primary result code; 0 where the error does not come from SQLite itself."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def explained(path: Path, error: BaseException | None) -> StoreError:
    """The StoreError for what SQLite says of `path` (result codes: sqlite.org/rescode.html)."""
    code = int(getattr(error, "sqlite_errorcode", 0))
    if _kind(error) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return StoreCorrupt(f"{path} is damaged ({error}).")
    if code in _NO_ROOM:
        return StoreFull(f"{path} cannot grow: the disk is full or a limit is reached. Make room there, then go on.")
    if _kind(error) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return StoreBusy(f"{path} is locked by another program. Close the other program that uses it, then try again.")
    return StoreError(f"{path} cannot be used: {error}. Check that its folder exists and may be written.")


def remove(path: Path) -> None:
    """Delete a disposable SQLite file with its log and its shared memory.

    Raises StoreCorrupt where the operating system refuses, as Windows does while another program has it open.
    """
    for suffix in ("-wal", "-shm", "-journal", ""):
        victim = path.with_name(path.name + suffix)
        try:
            victim.unlink(missing_ok=True)
        except OSError as error:
            raise StoreCorrupt(
                f"{victim} is damaged and cannot be removed: {error.strerror}. "
                "Close other programs that use it and delete it."
            ) from error
