"""Numbered migrations: step n takes a file from version n - 1 to n, in one transaction. SQLite's user_version counts.

A step that was released is never edited; a change of the layout is a new step at the end of its list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from engine.store.database import Database

Migration: TypeAlias = tuple[str, ...]
"""The SQL statements of one step, in order."""


def version(connection: Connection) -> int:
    """How many steps the file has behind it; 0 is a new file."""
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


def migrate(database: Database, steps: tuple[Migration, ...]) -> None:
    """Take the file to the newest version, one transaction a step; two programs may do so at once."""
    with database.read() as connection:
        done = version(connection)
    while done < len(steps):
        with database.write() as connection:
            done = version(connection)
            if done < len(steps):
                for statement in steps[done]:
                    connection.exec_driver_sql(statement)
                done += 1
                connection.exec_driver_sql(f"PRAGMA user_version = {done:d}")
