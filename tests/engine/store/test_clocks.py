"""Clock offsets by body: by shoot, in the log, and as safe as marks."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from engine.store import backup
from engine.store.decisions import LONGEST_OFFSET, Decisions, Mark, Origin
from engine.types import FileStamp, Photo
from tests.engine.store.conftest import MakePhoto

BEHIND = timedelta(hours=1, seconds=2, microseconds=345)
ROOT = Path(__file__).parents[3]


def test_offsets_are_kept_by_shoot_and_body(tmp_path: Path, shoot: Path) -> None:
    other = tmp_path / "other"
    path = tmp_path / "decisions.sqlite"
    decisions = Decisions(path)
    decisions.open_shoot([shoot], [])
    assert decisions.clocks() == {}
    decisions.set_clock("R5 1", BEHIND)
    decisions.set_clock("R5 2", -BEHIND)
    decisions.set_clock("R5 2", timedelta(days=-3))
    decisions.open_shoot([other], [])
    assert decisions.clocks() == {}
    decisions.open_shoot([shoot], [])
    assert decisions.clocks() == {"R5 1": BEHIND, "R5 2": timedelta(days=-3)}
    decisions.close()
    decisions = Decisions(path)
    decisions.open_shoot([shoot], [])
    assert decisions.clocks() == {"R5 1": BEHIND, "R5 2": timedelta(days=-3)}
    decisions.set_clock("R5 1", timedelta(0))
    assert decisions.clocks() == {"R5 2": timedelta(days=-3)}
    decisions.close()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM clock").fetchone() == (4,), "what was said before stays"
        for statement in ("DELETE FROM clock", "UPDATE clock SET offset = 0"):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                connection.execute(statement)


def test_saying_it_again_adds_nothing_and_nonsense_is_refused(tmp_path: Path, shoot: Path) -> None:
    path = tmp_path / "decisions.sqlite"
    decisions = Decisions(path)
    decisions.open_shoot([shoot], [])
    decisions.set_clock("R5", timedelta(0))
    decisions.set_clock("R5", BEHIND)
    decisions.set_clock("R5", BEHIND)
    with pytest.raises(ValueError, match=r"clock of R5.*days at most"):
        decisions.set_clock("R5", LONGEST_OFFSET + timedelta(days=1))
    decisions.close()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM clock").fetchone() == (1,)


def test_undo_passes_clocks_by(tmp_path: Path, shoot: Path, photo: MakePhoto) -> None:
    a = photo("a.jpg")
    decisions = Decisions(tmp_path / "decisions.sqlite")
    decisions.open_shoot([shoot], [(a, None)])
    decisions.mark([Mark(a, None, "stars", 3)], Origin.KEY)
    decisions.set_clock("R5", BEHIND)
    assert [change.new for change in decisions.undo()] == [0]
    assert decisions.clocks() == {"R5": BEHIND}
    decisions.close()


def test_an_offset_that_waits_for_the_disk_is_known_when_the_shoot_is_opened_again(tmp_path: Path, shoot: Path) -> None:
    path = tmp_path / "decisions.sqlite"
    told: list[str] = []
    decisions = Decisions(path, on_failure=lambda error: told.append(str(error)))
    decisions.open_shoot([shoot], [])
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TRIGGER full BEFORE INSERT ON clock BEGIN SELECT RAISE(FAIL, 'full'); END")
    decisions.set_clock("R5", BEHIND)
    decisions.open_shoot([shoot], [])
    assert decisions.clocks() == {"R5": BEHIND}
    assert told
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TRIGGER full")
    decisions.close()
    decisions = Decisions(path)
    decisions.open_shoot([shoot], [])
    assert decisions.clocks() == {"R5": BEHIND}
    decisions.close()


def test_a_clock_alone_is_worth_a_backup(tmp_path: Path, shoot: Path) -> None:
    path = tmp_path / "decisions.sqlite"
    decisions = Decisions(path)
    decisions.open_shoot([shoot], [])
    decisions.set_clock("R5", BEHIND)
    decisions.close()
    Decisions(path).close()
    assert backup.newest(path) is not None


@pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix")
def test_an_offset_and_a_split_that_were_on_disk_survive_kill_9(tmp_path: Path, shoot: Path) -> None:
    path = tmp_path / "decisions.sqlite"
    program = (
        "import os, sys; from datetime import timedelta; from pathlib import Path\n"
        "from engine.store.decisions import Decisions, Mark, Origin\n"
        "from engine.types import FileStamp, Photo\n"
        "shoot = Path(sys.argv[2]); a = Photo(shoot / 'a.jpg', (), FileStamp(1, 1, 1))\n"
        "decisions = Decisions(Path(sys.argv[1])); decisions.open_shoot([shoot], [(a, None)])\n"
        "decisions.set_clock('R5', timedelta(seconds=5))\n"
        "decisions.mark([Mark(a, None, 'group', 'hand a')], Origin.KEY)\n"
        "decisions.flush(); os.kill(os.getpid(), 9)\n"
    )
    ended = subprocess.run([sys.executable, "-c", program, str(path), str(shoot)], cwd=ROOT, check=False)
    assert ended.returncode == -9
    decisions = Decisions(path)
    a = Photo(shoot / "a.jpg", (), FileStamp(1, 1, 1))
    decisions.open_shoot([shoot], [(a, None)])
    assert decisions.clocks() == {"R5": timedelta(seconds=5)}
    assert decisions.groups() == {a.path: "hand a"}
    decisions.close()
