"""Turning a photo is a decision: logged, undone, there after a restart, and taken along in a backup."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from engine.store import portable, restoring
from engine.store.database import Database
from engine.store.decisions import Decisions, Mark, Origin
from engine.store.migrations.decisions import STEPS
from engine.turn import Turn
from engine.types import Decision, FileStamp, Photo


def a_photo(folder: Path) -> Photo:
    return Photo(folder / "a.jpg", (folder / "a.jpg",), FileStamp(1, 1, 1))


def test_it_survives_a_restart_and_is_undone_afterwards(tmp_path: Path) -> None:
    photo, path = a_photo(tmp_path), tmp_path / "decisions.sqlite"
    store = Decisions(path)
    store.open_shoot([tmp_path], [(photo, None)])
    store.mark([Mark(photo, None, "turn", Turn.RIGHT)], Origin.KEY)
    store.mark([Mark(photo, None, "turn", Turn.OVER)], Origin.KEY)
    with pytest.raises(ValueError, match="stars cannot be"):
        store.mark([Mark(photo, None, "stars", Turn.LEFT)], Origin.KEY)
    store.close()
    store = Decisions(path)
    assert store.open_shoot([tmp_path], [(photo, None)]) == {photo.path: Decision(turn=Turn.OVER)}
    assert not store.of(photo.path).is_made, "how a photo lies is no verdict on it"
    (change,) = store.undo()
    assert (change.field, change.old, change.new) == ("turn", Turn.OVER, Turn.RIGHT)
    store.undo()
    assert store.of(photo.path) == Decision()
    store.close()


def test_a_portable_backup_has_it(tmp_path: Path) -> None:
    photo = a_photo(tmp_path)
    contents = {photo.path: "ab" * 20}
    one, other = Decisions(tmp_path / "one.sqlite"), Decisions(tmp_path / "other.sqlite")
    for store in (one, other):
        store.open_shoot([tmp_path], [(photo, "ab" * 20)])
    one.mark([Mark(photo, "ab" * 20, "turn", Turn.LEFT)], Origin.KEY)
    file = tmp_path / "backup.json"
    kept = portable.gather(one, [tmp_path], [photo], contents)
    portable.write(file, [tmp_path], portable.Backup(kept, {}))
    found = restoring.plan(other, portable.read(file), [tmp_path], [photo], contents)
    other.mark(found.marks, Origin.IMPORTED)
    assert other.of(photo.path).turn is Turn.LEFT
    one.close()
    other.close()


def test_a_catalogue_from_before_keeps_its_log(tmp_path: Path) -> None:
    path, photo = tmp_path / "decisions.sqlite", a_photo(tmp_path)
    Database(path, STEPS[:3], "FULL").close()
    with closing(sqlite3.connect(path)) as driver:
        driver.execute("INSERT INTO shoot (folders) VALUES (?)", (b"x",))
        driver.execute("INSERT INTO photo (path, stars) VALUES (?, 4)", (str(photo.path).encode(),))
        driver.execute("INSERT INTO action (shoot, origin, time) VALUES (1, 'key', 't')")
        driver.execute("INSERT INTO change (action, photo, field, old, new) VALUES (1, 1, 'stars', 0, 4)")
        driver.commit()
    store = Decisions(path)
    store.open_shoot([tmp_path], [(photo, None)])
    assert store.of(photo.path) == Decision(stars=4)
    store.mark([Mark(photo, None, "turn", Turn.RIGHT)], Origin.KEY)
    store.close()
    with closing(sqlite3.connect(path)) as driver:
        assert driver.execute("SELECT field, old, new FROM change ORDER BY id").fetchall() == [
            ("stars", 0, 4),
            ("turn", 0, 1),
        ]
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            driver.execute("DELETE FROM change")
