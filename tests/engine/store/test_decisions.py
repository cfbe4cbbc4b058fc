"""Decisions: marks, undo and redo, and which photo they belong to."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from engine.errors import StoreCorrupt, StoreFromFuture
from engine.store import backup
from engine.store.decisions import Change, Decisions, Field, Mark, Origin, Shown, Value
from engine.types import Colour, Decision, Flag, Photo
from tests.engine.store.conftest import MakePhoto


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "decisions.sqlite"


@pytest.fixture
def decisions(path: Path) -> Iterator[Decisions]:
    opened = Decisions(path)
    yield opened
    opened.close()


def rows(path: Path, statement: str) -> list[Any]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(statement).fetchall()


def key(photo: Photo, field: Field, new: Value, fingerprint: str | None = None) -> list[Mark]:
    return [Mark(photo, fingerprint, field, new)]


def reopened(path: Path, shoot: Path, *photos: tuple[Photo, str | None]) -> tuple[Decisions, dict[Path, Decision]]:
    decisions = Decisions(path)
    found = decisions.open_shoot([shoot], photos)
    # The backup of the day has looked before anything is marked.
    decisions._copier.submit(lambda: None).result()
    return decisions, found


def test_flag_stars_and_colour_are_three_things(decisions: Decisions, shoot: Path, photo: MakePhoto) -> None:
    a = photo("a.jpg")
    assert decisions.open_shoot([shoot], [(a, None)]) == {}
    assert decisions.mark(key(a, "flag", Flag.PICK), Origin.KEY) == (Change(a.path, "flag", Flag.NONE, Flag.PICK),)
    decisions.mark(key(a, "stars", 4), Origin.KEY)
    decisions.mark(key(a, "colour", Colour.GREEN), Origin.KEY)
    assert decisions.of(a.path) == Decision(Flag.PICK, 4, Colour.GREEN)


def test_decisions_survive_closing(path: Path, decisions: Decisions, shoot: Path, photo: MakePhoto) -> None:
    a, b = photo("a.jpg"), photo("b.jpg")
    decisions.open_shoot([shoot], [(a, None), (b, None)])
    decisions.mark([*key(a, "flag", Flag.REJECT), *key(a, "stars", 2)], Origin.KEY)
    decisions.close()
    again, found = reopened(path, shoot, (a, None), (b, None))
    assert found == {a.path: Decision(Flag.REJECT, 2)}
    assert again.of(b.path) == Decision()
    again.close()


@pytest.mark.parametrize(
    ("field", "new"), [("stars", 6), ("stars", -1), ("stars", Flag.PICK), ("flag", "pick"), ("colour", 1), ("size", 1)]
)
def test_a_value_that_a_field_cannot_have_changes_nothing(
    decisions: Decisions, shoot: Path, photo: MakePhoto, field: Any, new: Any
) -> None:
    a = photo("a.jpg")
    decisions.open_shoot([shoot], [(a, None)])
    with pytest.raises(ValueError, match=field):
        decisions.mark([*key(a, "stars", 3), *key(a, field, new)], Origin.BULK)
    assert decisions.of(a.path) == Decision()
    assert not decisions.can_undo


def test_marking_what_is_so_already_is_no_action(decisions: Decisions, shoot: Path, photo: MakePhoto) -> None:
    a = photo("a.jpg")
    decisions.open_shoot([shoot], [(a, None)])
    assert decisions.mark(key(a, "stars", 0), Origin.KEY) == ()
    assert not decisions.can_undo


def test_the_log_has_who_what_when_and_what_was_shown(
    path: Path, decisions: Decisions, shoot: Path, photo: MakePhoto
) -> None:
    a, b = photo("a.jpg"), photo("b.jpg")
    decisions.open_shoot([shoot], [(a, None), (b, None)])
    decisions.mark([Mark(a, "fa", "stars", 3, Shown(7, 6.25, "mine/4"))], Origin.KEY)
    decisions.mark([*key(a, "stars", 5), *key(b, "flag", Flag.PICK)], Origin.ACCEPTED)
    decisions.undo()
    decisions.redo()
    decisions.flush()
    log = rows(
        path,
        "SELECT a.id, a.origin, a.about, p.path, c.field, c.old, c.new, c.rank, c.score, c.taste "
        "FROM change c JOIN action a ON a.id = c.action JOIN photo p ON p.id = c.photo ORDER BY c.id",
    )
    name_a, name_b = os.fsencode(a.path), os.fsencode(b.path)
    nothing = (None, None, None)
    assert log == [
        (1, "key", None, name_a, "stars", 0, 3, 7, 6.25, "mine/4"),
        (2, "accepted", None, name_a, "stars", 3, 5, *nothing),
        (2, "accepted", None, name_b, "flag", "none", "pick", *nothing),
        (3, "undo", 2, name_b, "flag", "pick", "none", *nothing),
        (3, "undo", 2, name_a, "stars", 5, 3, *nothing),
        (4, "redo", 2, name_a, "stars", 3, 5, *nothing),
        (4, "redo", 2, name_b, "flag", "none", "pick", *nothing),
    ]
    for (time,) in rows(path, "SELECT time FROM action"):
        stamp = datetime.fromisoformat(time)
        assert stamp.utcoffset() == timedelta(0)
        assert datetime.now(UTC) - stamp < timedelta(minutes=5)


@pytest.mark.parametrize("table", ["action", "change", "seen"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id + 100", "DELETE FROM {}"])
def test_the_log_can_only_grow(
    path: Path, decisions: Decisions, shoot: Path, photo: MakePhoto, table: str, statement: str
) -> None:
    a = photo("a.jpg")
    decisions.open_shoot([shoot], [(a, None)])
    decisions.mark(key(a, "stars", 3), Origin.KEY)
    decisions.seen(a, "fa", "loupe")
    decisions.flush()
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        rows(path, statement.format(table))


def test_undo_and_redo_go_all_the_way(decisions: Decisions, shoot: Path, photo: MakePhoto) -> None:
    photos = [photo(f"{i}.jpg") for i in range(5)]
    decisions.open_shoot([shoot], [(one, None) for one in photos])
    states = [[decisions.of(one.path) for one in photos]]
    for i in range(300):
        decisions.mark(key(photos[i % 5], "stars", (i * 7 + i // 5) % 5 + 1), Origin.KEY)
        now = [decisions.of(one.path) for one in photos]
        if now != states[-1]:
            states.append(now)
    for state in reversed(states[:-1]):
        assert decisions.undo()
        assert [decisions.of(one.path) for one in photos] == state
    assert not decisions.can_undo
    assert decisions.undo() == ()
    for state in states[1:]:
        assert decisions.redo()
        assert [decisions.of(one.path) for one in photos] == state
    assert not decisions.can_redo
    assert decisions.redo() == ()


def test_a_new_mark_clears_redo(decisions: Decisions, shoot: Path, photo: MakePhoto) -> None:
    a = photo("a.jpg")
    decisions.open_shoot([shoot], [(a, None)])
    decisions.mark(key(a, "stars", 3), Origin.KEY)
    decisions.undo()
    assert decisions.can_redo
    decisions.mark(key(a, "stars", 1), Origin.KEY)
    assert not decisions.can_redo


def test_undo_and_redo_survive_a_restart_anywhere(path: Path, shoot: Path, photo: MakePhoto) -> None:
    a, b = photo("a.jpg"), photo("b.jpg")
    both = ((a, "fa"), (b, "fb"))
    decisions, _ = reopened(path, shoot, *both)
    decisions.mark(key(a, "stars", 3), Origin.KEY)
    decisions.mark([*key(a, "flag", Flag.PICK), *key(b, "flag", Flag.REJECT)], Origin.BULK)
    decisions.mark(key(b, "colour", Colour.RED), Origin.KEY)
    decisions.undo()
    decisions.close()

    decisions, found = reopened(path, shoot, *both)
    assert found == {a.path: Decision(Flag.PICK, 3), b.path: Decision(Flag.REJECT)}
    assert [change.path for change in decisions.undo()] == [b.path, a.path]
    decisions.close()

    decisions, found = reopened(path, shoot, *both)
    assert found == {a.path: Decision(stars=3)}
    assert decisions.redo() == (
        Change(a.path, "flag", Flag.NONE, Flag.PICK),
        Change(b.path, "flag", Flag.NONE, Flag.REJECT),
    )
    decisions.close()

    decisions, _ = reopened(path, shoot, *both)
    assert decisions.redo() == (Change(b.path, "colour", Colour.NONE, Colour.RED),)
    assert not decisions.can_redo
    for _ in range(3):
        decisions.undo()
    assert not decisions.can_undo
    decisions.close()

    decisions, found = reopened(path, shoot, *both)
    assert found == {}
    assert not decisions.can_undo
    assert decisions.can_redo
    decisions.close()


def test_undo_goes_by_shoot(decisions: Decisions, tmp_path: Path, shoot: Path, photo: MakePhoto) -> None:
    a = photo("a.jpg")
    other = tmp_path / "other"
    other.mkdir()
    decisions.open_shoot([shoot], [(a, None)])
    decisions.mark(key(a, "stars", 3), Origin.KEY)
    decisions.open_shoot([other], [])
    assert not decisions.can_undo
    decisions.open_shoot([shoot], [(a, None)])
    assert decisions.of(a.path).stars == 3
    assert decisions.undo() == (Change(a.path, "stars", 3, 0),)


def test_the_order_in_which_folders_are_named_does_not_matter(
    decisions: Decisions, tmp_path: Path, shoot: Path, photo: MakePhoto
) -> None:
    a = photo("a.jpg")
    decisions.open_shoot([shoot, tmp_path], [(a, None)])
    decisions.mark(key(a, "stars", 3), Origin.KEY)
    decisions.open_shoot([tmp_path, shoot], [(a, None)])
    assert decisions.can_undo


def test_a_moved_file_keeps_its_decisions_and_its_undo(path: Path, shoot: Path, photo: MakePhoto) -> None:
    a = photo("a.jpg")
    decisions, _ = reopened(path, shoot, (a, "fa"))
    decisions.mark(key(a, "stars", 3, "fa"), Origin.KEY)
    decisions.close()
    a.path.rename(shoot / "b.jpg")
    b = photo("b.jpg")
    decisions, found = reopened(path, shoot, (b, "fa"))
    assert found == {b.path: Decision(stars=3)}
    decisions.close()
    b = photo("b.jpg", b"edited after it was moved")
    decisions, found = reopened(path, shoot, (b, "f2"))
    assert found == {b.path: Decision(stars=3)}
    assert decisions.undo() == (Change(b.path, "stars", 3, 0),)
    decisions.close()


def test_a_moved_file_is_found_when_its_content_becomes_known(path: Path, shoot: Path, photo: MakePhoto) -> None:
    a = photo("a.jpg")
    decisions, _ = reopened(path, shoot, (a, "fa"))
    decisions.mark(key(a, "flag", Flag.PICK, "fa"), Origin.KEY)
    decisions.close()
    a.path.rename(shoot / "b.jpg")
    b, c = photo("b.jpg"), photo("c.jpg")
    decisions, found = reopened(path, shoot, (b, None), (c, None))
    assert found == {}
    decisions.seen(b, None, "loupe")
    assert decisions.identify([(b, "fa"), (c, "fc")]) == {b.path: Decision(Flag.PICK)}
    assert decisions.identify([(b, "fa")]) == {}
    decisions.close()
    seen = rows(path, "SELECT p.path, p.flag, s.view FROM seen s JOIN photo p ON p.id = s.photo")
    assert seen == [(os.fsencode(b.path), "pick", "loupe")]


def test_a_renamed_folder_of_copies_is_sorted_out_by_file_name(path: Path, shoot: Path, photo: MakePhoto) -> None:
    a, b = photo("a.jpg"), photo("b.jpg")
    decisions, _ = reopened(path, shoot, (a, "same"), (b, "same"))
    decisions.mark([*key(a, "stars", 1, "same"), *key(b, "stars", 2, "same")], Origin.BULK)
    decisions.close()
    renamed = shoot.rename(shoot.with_name("renamed"))
    moved = [Photo(renamed / name, (), a.stamp) for name in ("b.jpg", "a.jpg")]
    decisions, found = reopened(path, renamed, (moved[0], "same"), (moved[1], "same"))
    assert found == {moved[0].path: Decision(stars=2), moved[1].path: Decision(stars=1)}
    decisions.close()


def test_a_copy_decides_apart(path: Path, shoot: Path, photo: MakePhoto) -> None:
    a = photo("a.jpg")
    decisions, _ = reopened(path, shoot, (a, "fa"))
    decisions.mark(key(a, "flag", Flag.PICK, "fa"), Origin.KEY)
    b = photo("b.jpg")
    assert decisions.open_shoot([shoot], [(a, "fa"), (b, "fa")]) == {a.path: Decision(Flag.PICK)}
    decisions.mark(key(b, "flag", Flag.REJECT, "fa"), Origin.KEY)
    decisions.close()
    decisions, found = reopened(path, shoot, (a, "fa"), (b, "fa"))
    assert found == {a.path: Decision(Flag.PICK), b.path: Decision(Flag.REJECT)}
    decisions.close()


def test_a_copy_in_another_folder_decides_apart(
    decisions: Decisions, tmp_path: Path, shoot: Path, photo: MakePhoto
) -> None:
    a = photo("a.jpg")
    decisions.open_shoot([shoot], [(a, "fa")])
    decisions.mark(key(a, "flag", Flag.PICK, "fa"), Origin.KEY)
    copy = Photo(tmp_path / "copy" / "a.jpg", (), a.stamp)
    assert decisions.open_shoot([tmp_path / "copy"], [(copy, "fa")]) == {}


def test_a_rewritten_file_keeps_its_decisions(path: Path, shoot: Path, photo: MakePhoto) -> None:
    a = photo("a.jpg")
    decisions, _ = reopened(path, shoot, (a, "fa"))
    decisions.mark(key(a, "stars", 5, "fa"), Origin.KEY)
    decisions.close()
    rewritten = photo("a.jpg", b"rewritten by another program")
    decisions, found = reopened(path, shoot, (rewritten, None))
    assert found == {a.path: Decision(stars=5)}
    decisions.identify([(rewritten, "f2")])
    decisions.close()
    assert rows(path, "SELECT fingerprint FROM photo") == [("f2",)]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_a_name_that_is_not_text_is_kept(path: Path, shoot: Path, photo: MakePhoto) -> None:
    a = photo(os.fsdecode(b"caf\xe9\xff.jpg"))
    decisions, _ = reopened(path, shoot, (a, None))
    decisions.mark(key(a, "stars", 5), Origin.KEY)
    decisions.close()
    decisions, found = reopened(path, shoot, (a, None))
    assert found == {a.path: Decision(stars=5)}
    assert decisions.undo() == (Change(a.path, "stars", 5, 0),)
    decisions.close()


def test_views_are_logged(path: Path, decisions: Decisions, shoot: Path, photo: MakePhoto) -> None:
    a, b = photo("a.jpg"), photo("b.jpg")
    decisions.open_shoot([shoot], [(a, "fa"), (b, None)])
    decisions.seen(a, "fa", "loupe")
    decisions.seen(b, None, "compare")
    decisions.flush()
    seen = rows(path, "SELECT p.path, s.view FROM seen s JOIN photo p ON p.id = s.photo ORDER BY s.id")
    assert seen == [(os.fsencode(a.path), "loupe"), (os.fsencode(b.path), "compare")]
    assert decisions.open_shoot([shoot], [(a, "fa"), (b, None)]) == {}, "looking is not deciding"


def test_a_backup_is_made_once_a_day_and_seven_are_kept(path: Path, shoot: Path, photo: MakePhoto) -> None:
    a = photo("a.jpg")
    decisions, _ = reopened(path, shoot, (a, None))
    decisions.mark(key(a, "stars", 5), Origin.KEY)
    decisions.flush()
    first = date(2026, 1, 1)
    made = [backup.daily(path, first + timedelta(days=day)) for day in range(10)]
    assert all(made)
    assert backup.daily(path, first + timedelta(days=9)) is None
    assert sorted(backup.folder(path).iterdir()) == made[3:]
    assert backup.newest(path) == made[-1]
    decisions.close()
    made[-1].replace(path)  # type: ignore[union-attr]  # `all` above
    decisions, found = reopened(path, shoot, (a, None))
    assert found == {a.path: Decision(stars=5)}
    decisions.close()


def test_opening_makes_the_backup_of_the_day_on_its_own(path: Path, shoot: Path, photo: MakePhoto) -> None:
    a = photo("a.jpg")
    decisions, _ = reopened(path, shoot, (a, None))
    decisions.mark(key(a, "stars", 5), Origin.KEY)
    decisions.close()
    assert backup.newest(path) is None, "there was nothing to keep yet"
    Decisions(path).close()
    copy = backup.newest(path)
    assert copy is not None
    assert rows(copy, "SELECT stars FROM photo") == [(5,)]
    assert list(backup.folder(path).iterdir()) == [copy]


@pytest.mark.parametrize("damage", [b"not a database" * 1000, b""])
def test_a_damaged_database_is_named_with_its_newest_backup(
    path: Path, shoot: Path, photo: MakePhoto, damage: bytes
) -> None:
    a = photo("a.jpg")
    decisions, _ = reopened(path, shoot, (a, None))
    decisions.mark(key(a, "stars", 5), Origin.KEY)
    decisions.close()
    copy = backup.daily(path, date(2026, 1, 1))
    path.write_bytes(damage)
    with pytest.raises(StoreCorrupt) as caught:
        Decisions(path)
    assert str(path) in str(caught.value)
    assert f"The newest backup is {copy}" in str(caught.value)
    assert path.read_bytes() == damage, "a damaged file is evidence, and is left alone"


def test_a_database_from_the_future_is_left_untouched(path: Path) -> None:
    Decisions(path).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 999")
    before = path.read_bytes()
    with pytest.raises(StoreFromFuture, match=r"decisions\.sqlite.*999.*newer"):
        Decisions(path)
    assert path.read_bytes() == before
    assert sorted(file.name for file in path.parent.glob("decisions*")) == [path.name]


def test_commits_reach_the_disk(decisions: Decisions) -> None:
    with decisions._database.read() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar_one() == 2, "FULL"
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal"
