"""A damaged file of decisions: seen before anything opens it, and rescued with the backup under what can be read."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from engine.control import Control
from engine.errors import StoreCorrupt
from engine.store import backup, rescue, suspicion
from engine.store.decisions import Decisions, Mark, Origin
from engine.types import Decision, FileStamp, Flag, Photo

PHOTOS = 600


def photos(folder: Path) -> list[Photo]:
    paths = [folder / f"IMG_{number:04}_{'x' * 60}.jpg" for number in range(PHOTOS)]
    return [Photo(path, (path,), FileStamp(1, 1, 1)) for path in paths]


def mark(path: Path, folder: Path, stars: int, chosen: slice = slice(None)) -> None:
    store = Decisions(path)
    some = photos(folder)
    store.open_shoot([folder], [(photo, None) for photo in some])
    store.mark([Mark(photo, None, "stars", stars) for photo in some[chosen]], Origin.BULK)
    store.close()


def decisions(path: Path, folder: Path) -> dict[Path, Decision]:
    store = Decisions(path)
    found = store.open_shoot([folder], [(photo, None) for photo in photos(folder)])
    store.close()
    return found


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    """Three stars for all in the backup, five for the first ten since; then a bad sector in the middle of the file."""
    path = tmp_path / "decisions.sqlite"
    mark(path, tmp_path, 3)
    copy = backup.newest(path) or backup.daily(path, date(2026, 1, 1))
    assert copy is not None
    copy.unlink()
    backup.daily(path, date(2026, 1, 1))
    mark(path, tmp_path, 5, slice(10))
    for late in backup.copies(path)[1:]:
        late.unlink()
    spoil(path, lambda data, at: at > 12 * 4096)
    return path


def spoil(path: Path, where: Callable[[bytes, int], bool]) -> None:
    data = bytearray(path.read_bytes())
    for at in range(0, len(data), 4096):
        if where(bytes(data), at):
            data[at : at + 4096] = b"\xa5" * 4096
    path.write_bytes(data)


@pytest.fixture
def large(damaged: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The damaged file, larger than what is read through before a start."""
    monkeypatch.setattr(rescue, "CHECKED_BYTES", 4096)
    monkeypatch.setattr(rescue, "CHECK_STEPS", 1)
    return damaged


def test_a_large_file_is_read_through_beside_the_work_and_before_the_next_start(large: Path, tmp_path: Path) -> None:
    assert rescue.damage(large) is None, "its head is sound"
    given_up = Control()
    given_up.cancel()
    assert rescue.inspect(large, given_up) is None and rescue.damage(large) is None
    assert "is damaged" in (rescue.inspect(large, Control()) or "")
    assert "is damaged" in (rescue.damage(large) or ""), "as the mark beside it says"
    rescue.restore(rescue.examine(large))
    assert rescue.damage(large) is None and rescue.inspect(large, Control()) is None
    assert sorted(one.name for one in tmp_path.glob("*.sqlite*") if "damaged" not in one.name) == [large.name]


def test_reading_through_keeps_the_locks_of_what_is_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rescue, "CHECKED_BYTES", 0)
    path = tmp_path / "decisions.sqlite"
    mark(path, tmp_path, 3)
    store = Decisions(path)
    some = photos(tmp_path)
    store.open_shoot([tmp_path], [(photo, None) for photo in some])
    assert rescue.inspect(path, Control()) is None
    another = "import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute('SELECT 1 FROM sqlite_schema').fetchone()"
    subprocess.run([sys.executable, "-c", another, path], check=True, timeout=60)
    assert path.with_name(f"{path.name}-wal").exists(), "the other program took itself for the last that has it open"
    store.mark([Mark(some[0], None, "stars", 5)], Origin.KEY)
    store.close()
    assert decisions(path, tmp_path)[some[0].path].stars == 5


def test_a_mark_is_withdrawn_once_the_file_is_sound(large: Path) -> None:
    assert rescue.inspect(large, Control()) is not None and suspicion.is_noted(large)
    (sound,) = backup.copies(large)
    large.write_bytes(sound.read_bytes())
    assert rescue.damage(large) is None and not suspicion.is_noted(large)


def test_damage_that_shows_in_use_is_noted(large: Path) -> None:
    with pytest.raises(StoreCorrupt, match="newest backup"):
        backup.daily(large, date(2026, 1, 2))
    assert "is damaged" in (rescue.damage(large) or "")


def test_a_large_backup_is_read_through_before_it_is_offered(large: Path) -> None:
    (sound,) = backup.copies(large)
    spoilt = sound.with_name("decisions-2026-01-02.sqlite")
    spoilt.write_bytes(large.read_bytes())
    assert rescue.examine(large).copy == sound


def test_damage_is_seen_and_soundness_too(damaged: Path, tmp_path: Path) -> None:
    assert "is damaged" in (rescue.damage(damaged) or "")
    newest = backup.newest(damaged)
    assert newest is not None and rescue.damage(newest) is None
    assert rescue.damage(tmp_path / "nowhere.sqlite") is None
    (tmp_path / "text.sqlite").write_text("no database" * 999)
    assert "is damaged" in (rescue.damage(tmp_path / "text.sqlite") or "")
    damaged.write_bytes(b"")
    assert "is empty" in (rescue.damage(damaged) or "")


def test_the_backup_and_what_can_be_read_become_one(damaged: Path, tmp_path: Path) -> None:
    before = damaged.read_bytes()
    found = rescue.examine(damaged)
    assert found.readable is not None and 0 < found.readable.decided < PHOTOS
    assert found.copied is not None and found.copied.decided == PHOTOS
    assert damaged.read_bytes() == before, "looking changes nothing"
    done = rescue.restore(found)
    assert (done.decided, done.added) == (PHOTOS, 10)
    assert done.aside.read_bytes() == before and "damaged" in done.aside.name
    made = decisions(damaged, tmp_path)
    assert len(made) == PHOTOS
    assert sorted(decision.stars for decision in made.values())[-11:] == [3, *[5] * 10]
    assert rescue.damage(damaged) is None
    with closing(sqlite3.connect(damaged)) as driver:
        assert driver.execute("SELECT count(*) FROM change c JOIN action a ON a.id = c.action "
                              "WHERE a.origin = 'imported'").fetchone() == (10,)  # fmt: skip
        assert driver.execute("PRAGMA foreign_key_check").fetchall() == []
    assert not [file for file in tmp_path.iterdir() if file.name.startswith(".")]


def test_without_a_backup_what_can_be_read_is_kept(damaged: Path, tmp_path: Path) -> None:
    for copy in backup.copies(damaged):
        copy.unlink()
    found = rescue.examine(damaged)
    assert found.copy is None and found.readable is not None
    done = rescue.restore(found)
    assert done.decided == done.added == found.readable.decided == len(decisions(damaged, tmp_path))


def test_a_file_of_which_nothing_is_left_gives_way_to_the_backup(damaged: Path, tmp_path: Path) -> None:
    spoil(damaged, lambda *_: True)
    found = rescue.examine(damaged)
    assert found.readable is None
    assert rescue.restore(found).decided == PHOTOS
    store = Decisions(damaged)
    some = photos(tmp_path)
    store.open_shoot([tmp_path], [(photo, None) for photo in some])
    store.mark([Mark(some[0], None, "flag", Flag.PICK)], Origin.KEY)
    assert store.undo()
    store.close()


def test_a_newer_damaged_backup_is_passed_over(damaged: Path) -> None:
    sound = backup.newest(damaged)
    assert sound is not None
    (sound.parent / "decisions-2026-02-02.sqlite").write_bytes(b"\xa5" * 9999)
    assert rescue.examine(damaged).copy == sound
