"""Groups made by hand: a field of the decision like any other, in the log, undone and redone."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from engine.store.action import Field, Value
from engine.store.database import Database
from engine.store.decisions import Change, Decisions, Mark, Origin
from engine.store.migrations.decisions import STEPS
from engine.types import Colour, Decision, Flag, Photo
from tests.engine.store.conftest import MakePhoto


def into(group: str, *photos: Photo) -> list[Mark]:
    return [Mark(photo, None, "group", group) for photo in photos]


def test_a_split_is_one_action_that_is_kept_and_taken_back(tmp_path: Path, shoot: Path, photo: MakePhoto) -> None:
    a, b, c = (photo(name) for name in ("a.jpg", "b.jpg", "c.jpg"))
    every = [(one, None) for one in (a, b, c)]
    decisions = Decisions(tmp_path / "decisions.sqlite")
    decisions.open_shoot([shoot], every)
    changes = decisions.mark([*into("hand a", a, b), *into("hand c", c)], Origin.KEY)
    assert changes[-1] == Change(c.path, "group", "", "hand c")
    decisions.close()

    decisions = Decisions(tmp_path / "decisions.sqlite")
    assert decisions.open_shoot([shoot], every) == {}, "where a photo stands is no verdict on it"
    assert decisions.groups() == {a.path: "hand a", b.path: "hand a", c.path: "hand c"}
    assert len(decisions.undo()) == 3
    assert decisions.groups() == {}
    assert len(decisions.redo()) == 3
    decisions.mark(into("", a), Origin.KEY)
    assert decisions.groups() == {b.path: "hand a", c.path: "hand c"}, "automatic again"
    decisions.close()


def test_groups_and_verdicts_do_not_touch_each_other(tmp_path: Path, shoot: Path, photo: MakePhoto) -> None:
    a = photo("a.jpg")
    decisions = Decisions(tmp_path / "decisions.sqlite")
    decisions.open_shoot([shoot], [(a, None)])
    decisions.mark(into("hand a", a), Origin.KEY)
    decisions.mark([Mark(a, None, "stars", 4)], Origin.KEY)
    assert decisions.of(a.path) == Decision(stars=4, group="hand a")
    decisions.undo()
    assert decisions.of(a.path) == Decision(group="hand a")
    decisions.close()


def test_a_moved_file_keeps_its_group(tmp_path: Path, shoot: Path, photo: MakePhoto) -> None:
    a = photo("a.jpg")
    decisions = Decisions(tmp_path / "decisions.sqlite")
    decisions.open_shoot([shoot], [(a, "fa")])
    decisions.mark([Mark(a, "fa", "group", "hand a")], Origin.KEY)
    a.path.rename(shoot / "b.jpg")
    b = photo("b.jpg")
    assert decisions.open_shoot([shoot], [(b, "fa")]) == {}
    assert decisions.groups() == {b.path: "hand a"}
    decisions.close()


def test_only_groups_of_the_open_shoot_are_told(tmp_path: Path, shoot: Path, photo: MakePhoto) -> None:
    a, b = photo("a.jpg"), photo("b.jpg")
    decisions = Decisions(tmp_path / "decisions.sqlite")
    decisions.open_shoot([shoot], [(a, None), (b, None)])
    decisions.mark(into("hand a", a, b), Origin.KEY)
    decisions.open_shoot([shoot], [(b, None)])
    assert decisions.groups() == {b.path: "hand a"}
    decisions.close()


@pytest.mark.parametrize("new", [Flag.PICK, Colour.RED, 3, "two\nlines", "caf\udce9"])
def test_what_is_no_group_is_refused(tmp_path: Path, shoot: Path, photo: MakePhoto, new: Value) -> None:
    a = photo("a.jpg")
    decisions = Decisions(tmp_path / "decisions.sqlite")
    decisions.open_shoot([shoot], [(a, None)])
    with pytest.raises(ValueError, match="group"):
        decisions.mark([Mark(a, None, "group", new)], Origin.KEY)
    decisions.close()


def earlier_layout(path: Path, a: Photo) -> None:
    """A database as the first release wrote it, with two marks in its log."""
    database = Database(path, STEPS[:1], "FULL")
    with database.write() as connection:
        for statement, values in (
            ("INSERT INTO photo (path, fingerprint, stars) VALUES (?, 'fa', 3)", (os.fsencode(a.path),)),
            ("INSERT INTO shoot (folders) VALUES (?)", (os.fsencode(a.path.parent),)),
            ("INSERT INTO action (shoot, origin, time) VALUES (1, 'key', '2026-01-01T00:00:00+00:00')", ()),
            ("INSERT INTO action (shoot, origin, time) VALUES (1, 'key', '2026-01-01T00:00:01+00:00')", ()),
            ("INSERT INTO change (action, photo, field, old, new) VALUES (1, 1, 'stars', 0, 5)", ()),
            ("INSERT INTO change (action, photo, field, old, new, rank) VALUES (2, 1, 'stars', 5, 3, 7)", ()),
        ):
            connection.exec_driver_sql(statement, values)
    database.close()


def rows(path: Path, statement: str) -> list[Any]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(statement).fetchall()


def test_a_database_of_the_earlier_layout_keeps_everything_and_learns_groups(
    tmp_path: Path, shoot: Path, photo: MakePhoto
) -> None:
    a, path = photo("a.jpg"), tmp_path / "decisions.sqlite"
    earlier_layout(path, a)
    log = "SELECT id, action, photo, field, old, new, rank, score, taste FROM change ORDER BY id"
    before = rows(path, log)
    decisions = Decisions(path)
    assert decisions.open_shoot([shoot], [(a, "fa")]) == {a.path: Decision(stars=3)}
    assert rows(path, log) == before
    decisions.mark(into("hand a", a), Origin.KEY)
    assert [change.new for _ in range(3) for change in decisions.undo()] == ["", 5, 0]
    decisions.close()
    assert rows(path, log)[: len(before)] == before
    assert rows(path, "PRAGMA foreign_key_check") == []
    for field in ("DELETE FROM change", "UPDATE change SET old = 1"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            rows(path, field)


def test_the_log_has_groups(tmp_path: Path, shoot: Path, photo: MakePhoto) -> None:
    a, path = photo("a.jpg"), tmp_path / "decisions.sqlite"
    decisions = Decisions(path)
    decisions.open_shoot([shoot], [(a, None)])
    decisions.mark(into("hand a", a), Origin.BULK)
    decisions.close()
    field: Field = "group"
    assert rows(path, "SELECT field, old, new FROM change") == [(field, "", "hand a")]
    assert rows(path, 'SELECT "group" FROM photo') == [("hand a",)]
