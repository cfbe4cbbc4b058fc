"""The stores on a bad day: killed programs, two programs at once, a full disk, damaged pages."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from engine.errors import StoreCorrupt, StoreError, StoreFull
from engine.store import backup
from engine.store.database import Database
from engine.store.decisions import Decisions, Mark, Origin
from engine.store.thumbnails import Thumbnails
from engine.types import Decision, FileStamp, Photo

ROOT = Path(__file__).parents[2]
unix = pytest.mark.skipif(sys.platform == "win32", reason="limits and signals of Unix")


@contextmanager
def marking(database: Path, shoot: Path, name: str, count: int, *limit: int) -> Iterator[subprocess.Popen[str]]:
    """The marking program, past its opening."""
    command = [sys.executable, "-m", "tests.faults.marking", str(database), str(shoot), name, str(count)]
    with subprocess.Popen(
        [*command, *map(str, limit)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "ready\n"
        try:
            yield program
        finally:
            program.kill()


def log(database: Path) -> list[int]:
    """The stars that were given, in the order of the log; the database is sound and agrees with its log."""
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        differing = connection.execute(
            "SELECT p.stars, c.new FROM photo p JOIN change c ON c.photo = p.id AND c.field = 'stars' "
            "WHERE c.id = (SELECT max(id) FROM change WHERE photo = p.id) AND p.stars <> c.new"
        ).fetchall()
        assert differing == []
        return [new for (new,) in connection.execute("SELECT new FROM change ORDER BY id")]


def a_photo(shoot: Path, name: str = "a.jpg") -> Photo:
    return Photo(shoot / name, (shoot / name,), FileStamp(1, 1, 1))


@unix
def test_nothing_that_was_on_disk_is_lost_to_kill_9(tmp_path: Path) -> None:
    database = tmp_path / "decisions.sqlite"
    moments = random.Random(9)
    total = 0
    for _ in range(6):
        with marking(database, tmp_path, "a.jpg", 1_000_000) as program:
            assert program.stdout is not None
            for _ in range(moments.randrange(1, 60)):
                last = int(program.stdout.readline())
            deadline = time.perf_counter() + moments.uniform(0, 0.004)
            while time.perf_counter() < deadline:
                pass
            program.kill()
            for line in program.stdout.read().splitlines():
                last = int(line) if line.isdigit() else last
        written = log(database)[total:]
        # The first mark of a life may already be so, and is then no change.
        acknowledged = last + 1
        assert acknowledged - 1 <= len(written) <= acknowledged + 1
        assert (last % 5 + 1) in written[-2:]
        total += len(written)
    decisions = Decisions(database)
    decisions.open_shoot([tmp_path], [(a_photo(tmp_path), None)])
    undone = 0
    while decisions.undo():
        undone += 1
    assert undone == total, "every mark of every killed program can be taken back"
    assert decisions.of(tmp_path / "a.jpg") == Decision()
    decisions.close()


def test_two_programs_on_one_catalogue_lose_no_mark(tmp_path: Path) -> None:
    database = tmp_path / "decisions.sqlite"
    with (
        marking(database, tmp_path, "a.jpg", 200) as one,
        marking(database, tmp_path, "b.jpg", 200) as two,
    ):
        outputs = [program.communicate(timeout=60)[0].split() for program in (one, two)]
    for output in outputs:
        assert output == [*map(str, range(200)), "closed"]
    assert len(log(database)) == 400
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("SELECT stars, count(*) FROM photo GROUP BY stars").fetchall() == [(5, 2)]


@unix
def test_a_full_disk_is_told_and_the_decision_is_kept_until_there_is_room(tmp_path: Path) -> None:
    database = tmp_path / "decisions.sqlite"
    with marking(database, tmp_path, "a.jpg", 1_000_000, 200_000) as program:
        assert program.stdout is not None
        lines = []
        for line in program.stdout:
            lines.append(line.strip())
            if lines[-1] == "StoreFull":
                break
        *acknowledged, _ = lines
        assert len(log(database)) == len(acknowledged), "what did not fit is not half there"
        output, _ = program.communicate("go on\n", timeout=30)
    assert output.split()[-1] == "closed"
    given = log(database)
    assert given == [i % 5 + 1 for i in range(len(acknowledged) + 1)], "the mark that did not fit came after"


@unix
def test_decisions_that_cannot_be_written_are_not_closed_over_in_silence(tmp_path: Path) -> None:
    told: list[StoreError] = []
    decisions = Decisions(tmp_path / "decisions.sqlite", told.append)
    photo = a_photo(tmp_path)
    decisions.open_shoot([tmp_path], [(photo, None)])
    with decisions._database.write() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    real = decisions._database._connect
    decisions._database._engine.dispose()
    decisions._database._engine.pool._creator = lambda: _limited(real(), pages)
    changes = decisions.mark([Mark(photo, None, "stars", i % 5 + 1) for i in range(2000)], Origin.BULK)
    assert len(changes) == 2000
    with pytest.raises(StoreFull, match=r"decisions\.sqlite cannot grow"):
        decisions.flush()
    assert decisions.of(photo.path).stars == 5, "memory has it all the same"
    assert decisions.undo()
    decisions.redo()
    assert decisions.open_shoot([tmp_path], [(photo, None)]) == {photo.path: Decision(stars=5)}
    assert decisions.can_undo
    with pytest.raises(StoreFull):
        decisions.close()
    assert {type(error) for error in told} == {StoreFull}
    assert log(tmp_path / "decisions.sqlite") == []


def _limited(connection: sqlite3.Connection, pages: int) -> sqlite3.Connection:
    connection.execute(f"PRAGMA max_page_count = {pages}")
    return connection


@unix
def test_thumbnails_on_a_full_disk_are_told_and_the_store_stays_sound(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path\n"
        "from tests.faults.marking import limit_file_size\n"
        "from engine.errors import StoreFull\n"
        "from engine.store.thumbnails import Thumbnails\n"
        "store = Thumbnails(Path(sys.argv[1])); limit_file_size(100_000)\n"
        "for i in range(100):\n"
        "    try: store.put([(str(i), bytes([i]) * 9_000)])\n"
        "    except StoreFull: break\n"
        "print(i); print(all(store.get(str(j)) == bytes([j]) * 9_000 for j in range(i)), store.get(str(i)))\n"
        "limit_file_size(None); store.put([(str(i), bytes([i]) * 9_000)]); store.close()\n"
    )
    output = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "t")], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.split()
    full = int(output[0])
    assert 5 <= full <= 11
    assert output[1:] == ["True", "None"]
    store = Thumbnails(tmp_path / "t")
    assert all(store.get(str(i)) == bytes([i]) * 9_000 for i in range(full + 1))
    store.close()


def test_damaged_pages_are_told_with_the_newest_backup(tmp_path: Path) -> None:
    database = tmp_path / "decisions.sqlite"
    photos = [a_photo(tmp_path, f"{i}.jpg") for i in range(400)]
    decisions = Decisions(database)
    decisions.open_shoot([tmp_path], [(photo, None) for photo in photos])
    decisions.mark([Mark(photo, None, "stars", 3) for photo in photos], Origin.BULK)
    decisions.close()
    Decisions(database).close()
    copy = backup.newest(database)
    assert copy is not None
    copy = copy.rename(copy.with_name("decisions-2026-01-01.sqlite"))
    data = bytearray(database.read_bytes())
    data[8192:] = b"\xa5" * (len(data) - 8192)
    database.write_bytes(data)
    told: list[StoreError] = []
    decisions = Decisions(database, told.append)
    with pytest.raises(StoreCorrupt, match=r"is damaged.*The newest backup is .*decisions-2026-01-01\.sqlite"):
        decisions.open_shoot([tmp_path], [(photo, None) for photo in photos])
    decisions.close()
    assert all(isinstance(error, StoreCorrupt) for error in told)
    assert backup.newest(database) == copy, "a damaged database never becomes a backup"
    database.write_bytes(copy.read_bytes())
    decisions = Decisions(database)
    assert len(decisions.open_shoot([tmp_path], [(photo, None) for photo in photos])) == 400
    decisions.close()


def test_a_lock_held_for_long_delays_a_mark_and_loses_none(tmp_path: Path) -> None:
    database = tmp_path / "decisions.sqlite"
    told: list[StoreError] = []
    decisions = Decisions(database, told.append)
    decisions._database.close()
    decisions._database = Database(database, _steps(), "FULL", busy_seconds=0.02)
    photo = a_photo(tmp_path)
    decisions.open_shoot([tmp_path], [(photo, None)])
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        # A key that waited for the other program would fail here: nobody lets go of the lock.
        decisions.mark([Mark(photo, None, "stars", 2)], Origin.KEY)
        with pytest.raises(StoreError, match="locked by another program"):
            decisions.flush()
        other.execute("COMMIT")
    decisions.mark([Mark(photo, None, "stars", 4)], Origin.KEY)
    decisions.close()
    assert log(database) == [2, 4]
    assert told


def _steps() -> tuple[tuple[str, ...], ...]:
    from engine.store.migrations.decisions import STEPS

    return STEPS
