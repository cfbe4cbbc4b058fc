"""A drive that does not answer: the window closes, or opens another folder, all the same."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest
from pytestqt.qtbot import QtBot

from desktop import jobs
from desktop.jobs import Job
from desktop.session import Session
from engine.files import decode
from engine.types import Flag, Photo
from tests.desktop.conftest import PATIENCE_MS
from tests.pictures import jpeg

ROOT = Path(__file__).parents[2]
HELD_SECONDS = 60.0
"""A read that nobody lets go on ends all the same: a test never blocks for ever."""


class Drive:
    """Reads of the photos in one folder are held until `answer` is set."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.asked, self.answer = Event(), Event()
        self._read = decode.read

    def read(self, photo: Photo) -> bytes:
        if photo.path.parent == self.folder:
            self.asked.set()
            self.answer.wait(HELD_SECONDS)
        return self._read(photo)


@pytest.fixture
def drive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> Iterator[Drive]:
    """Two photos on a drive that has stopped to answer; it answers again when the test is over."""
    folder = tmp_path / "far away"
    folder.mkdir()
    for number in range(2):
        jpeg(folder / f"{number}.jpg", seed=number)
    held = Drive(folder)
    monkeypatch.setattr(decode, "read", held.read)
    monkeypatch.setattr(jobs, "PATIENCE_SECONDS", 0.05)
    monkeypatch.setattr(jobs, "_patience", jobs._Patience())
    yield held
    held.answer.set()
    assert jobs.outlast(HELD_SECONDS)
    qtbot.waitUntil(lambda: not jobs._left_behind, timeout=PATIENCE_MS)


def test_closing_does_not_wait_for_a_drive(drive: Drive, qtbot: QtBot) -> None:
    session = Session()
    session.open([drive.folder])
    qtbot.waitUntil(drive.asked.is_set, timeout=PATIENCE_MS)
    session.close()
    assert not drive.answer.is_set()
    assert not jobs.outlast(0.0)


def test_another_folder_opens_and_keeps_its_decisions(
    drive: Drive, session: Session, tmp_path: Path, qtbot: QtBot
) -> None:
    near, said = tmp_path / "near", list[str]()
    near.mkdir()
    path = jpeg(near / "a.jpg")
    session.warned.connect(said.append)
    session.open([drive.folder])
    qtbot.waitUntil(drive.asked.is_set, timeout=PATIENCE_MS)
    with qtbot.waitSignal(session.ended, timeout=PATIENCE_MS):
        session.open([near])
    assert jobs.SLOW in said
    assert session.model.card(0).verdict is not None
    session.culling.mark(Flag.PICK)
    drive.answer.set()
    qtbot.waitUntil(lambda: not jobs._left_behind, timeout=PATIENCE_MS)
    assert session.culling.decision(path).flag is Flag.PICK
    assert [card.path for card in session.model.cards()] == [path]


def test_a_job_that_ends_in_time_is_gone(qtbot: QtBot) -> None:
    job = Job(lambda: iter([1]), None, in_background=True)
    with qtbot.waitSignal(job.progressed, timeout=PATIENCE_MS):
        job.start()
    assert jobs.let_go(job)


def test_what_was_cancelled_before_it_began_is_not_waited_for() -> None:
    held, workers = Event(), ThreadPoolExecutor(1)
    runs = [workers.submit(lambda: (held.wait(HELD_SECONDS), None)[1]) for _ in range(3)]
    workers.shutdown(wait=False, cancel_futures=True)
    threading.Timer(0.05, held.set).start()
    before = time.monotonic()
    assert jobs.let_finish(runs)
    assert time.monotonic() - before < jobs.PATIENCE_SECONDS / 2
    assert jobs.outlast(0.0)


LEAVE = """
import threading, time
from concurrent.futures import ThreadPoolExecutor
from desktop import app, jobs
app.LAST_SECONDS = jobs.PATIENCE_SECONDS = 0.1
workers = ThreadPoolExecutor(1)
run = workers.submit(threading.Event().wait, float({seconds}))
workers.shutdown(wait=False)
assert jobs.let_finish([run]) is ({seconds} == 0)
app.leave(3)
"""


@pytest.mark.parametrize("seconds", [0, 600])
def test_the_program_ends_with_its_code_whether_or_not_the_drive_answers(seconds: int) -> None:
    ended = subprocess.run([sys.executable, "-c", LEAVE.format(seconds=seconds)], cwd=ROOT, check=False, timeout=120)
    assert ended.returncode == 3


def test_every_wait_shares_one_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1000.0
    monkeypatch.setattr(jobs, "monotonic", lambda: now)
    patience = jobs._Patience()
    assert patience.left() == jobs.PATIENCE_SECONDS
    now += jobs.PATIENCE_SECONDS
    assert patience.left() == 0.0
    now += jobs.BREAK_SECONDS + 0.1
    assert patience.left() == jobs.PATIENCE_SECONDS
