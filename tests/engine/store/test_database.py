"""Transactions, migrations and the journal of one SQLite file."""

from __future__ import annotations

import sqlite3
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest

from engine.errors import StoreBusy, StoreError
from engine.store.database import Database
from engine.store.migrations import Migration

ONE: Migration = ("CREATE TABLE photo (name TEXT)", "INSERT INTO photo VALUES ('a')")
TWO: Migration = ("ALTER TABLE photo ADD COLUMN stars INTEGER NOT NULL DEFAULT 0",)
BROKEN: Migration = ("CREATE TABLE half (x)", "INSERT INTO nowhere VALUES (1)")


def test_only_the_missing_steps_are_taken(tmp_path: Path) -> None:
    Database(tmp_path / "x.sqlite", (ONE,), "NORMAL").close()
    database = Database(tmp_path / "x.sqlite", (ONE, TWO), "NORMAL")
    with database.read() as connection:
        assert connection.exec_driver_sql("SELECT * FROM photo").all() == [("a", 0)]
        assert connection.exec_driver_sql("PRAGMA user_version").scalar_one() == 2
    database.close()


def test_a_step_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"x\.sqlite cannot be used"):
        Database(tmp_path / "x.sqlite", (ONE, BROKEN), "NORMAL")
    with closing(sqlite3.connect(tmp_path / "x.sqlite")) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)
        assert connection.execute("SELECT name FROM sqlite_schema").fetchall() == [("photo",)]


def test_two_programs_may_migrate_at_once(tmp_path: Path) -> None:
    opened: list[Database] = []
    steps = (ONE, TWO, *((f"CREATE TABLE t{i} (x)",) for i in range(20)))
    threads = [
        threading.Thread(target=lambda: opened.append(Database(tmp_path / "x.sqlite", steps, "NORMAL")))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(opened) == 4
    with opened[0].read() as connection:
        assert connection.exec_driver_sql("SELECT * FROM photo").all() == [("a", 0)]
    for database in opened:
        database.close()


def test_an_error_rolls_the_transaction_back(tmp_path: Path) -> None:
    database = Database(tmp_path / "x.sqlite", (ONE,), "NORMAL")

    def interrupted() -> None:
        with database.write() as connection:
            connection.exec_driver_sql("DELETE FROM photo")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    with database.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM photo").scalar_one() == 1
    database.close()


def test_a_lock_that_is_held_for_too_long_is_told(tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite"
    database = Database(path, (ONE,), "NORMAL", busy_seconds=0.05)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with database.read() as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM photo").scalar_one() == 1
        with pytest.raises(StoreBusy, match=r"x\.sqlite is locked by another program"), database.write():
            pass
    database.close()


def test_reading_then_writing_never_fails_between_two_programs(tmp_path: Path) -> None:
    """A plain BEGIN fails at once where another program wrote between the read and the write."""
    one, two = (Database(tmp_path / "x.sqlite", (ONE, TWO), "NORMAL") for _ in range(2))

    def count(database: Database) -> None:
        for _ in range(100):
            with database.write() as connection:
                stars = connection.exec_driver_sql("SELECT stars FROM photo").scalar_one()
                connection.exec_driver_sql("UPDATE photo SET stars = ?", (stars + 1,))

    threads = [threading.Thread(target=count, args=(database,)) for database in (one, two)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with one.read() as connection:
        assert connection.exec_driver_sql("SELECT stars FROM photo").scalar_one() == 200
    one.close()
    two.close()


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"nowhere.x\.sqlite cannot be used"):
        Database(tmp_path / "nowhere" / "x.sqlite", (ONE,), "NORMAL")


@pytest.mark.skipif(sys.platform == "win32", reason="the file system without shared memory is one for Unix")
@pytest.mark.parametrize("was_elsewhere", [False, True])
def test_without_shared_memory_the_rollback_journal_serves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, was_elsewhere: bool
) -> None:
    """As on a network drive: SQLite's own dotfile file system has no shared memory, so WAL cannot be."""
    path = tmp_path / "x.sqlite"
    if was_elsewhere:
        Database(path, (ONE,), "NORMAL").close()
    connect = sqlite3.connect
    monkeypatch.setattr(
        sqlite3, "connect", lambda name, **options: connect(f"file:{name}?vfs=unix-dotfile", uri=True, **options)
    )
    one, two = (Database(path, (ONE,), "NORMAL") for _ in range(2))
    for database in (one, two):
        with database.write() as connection:
            connection.exec_driver_sql("INSERT INTO photo VALUES ('b')")
    with one.read() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "delete"
        assert connection.exec_driver_sql("SELECT count(*) FROM photo").scalar_one() == 3
    one.close()
    two.close()
