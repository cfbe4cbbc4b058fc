"""A drive that does not answer, or is gone: it is said, nobody waits for it, and nothing is lost."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop import jobs
from desktop.jobs import Job
from desktop.main_window import MainWindow
from desktop.pixels import PictureLoader
from desktop.session import Session
from desktop.thumbnails import ThumbnailLoader
from engine.files import shoot as shoots
from engine.types import Card, Flag
from tests.desktop.conftest import PATIENCE_MS
from tests.desktop.far_drive import HELD_SECONDS, FarDrive
from tests.pictures import jpeg

ROOT = Path(__file__).parents[2]
Make = Callable[..., MainWindow]


@pytest.fixture
def drive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> Iterator[FarDrive]:
    """Two photos on a drive that answers; if it stops to, it answers again when the test is over."""
    folder = tmp_path / "far away"
    folder.mkdir()
    for number in range(2):
        jpeg(folder / f"{number}.jpg", seed=number)
    far = FarDrive(folder, monkeypatch)
    monkeypatch.setattr(jobs, "PATIENCE_SECONDS", 0.05)
    monkeypatch.setattr(jobs, "_patience", jobs._Patience())
    yield far
    far.answer()
    assert jobs.outlast(HELD_SECONDS)
    qtbot.waitUntil(lambda: not jobs._left_behind, timeout=PATIENCE_MS)


@pytest.fixture
def near(tmp_path: Path) -> Path:
    """A folder that is no trouble, with one photo."""
    folder = tmp_path / "near"
    folder.mkdir()
    jpeg(folder / "a.jpg")
    return folder


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """The drive is asked at once, and soon found not to answer."""
    monkeypatch.setattr("desktop.drive.SILENCE_MS", 20)
    monkeypatch.setattr("desktop.drive.ANSWER_MS", 200)


def test_closing_does_not_wait_for_a_drive(drive: FarDrive, qtbot: QtBot) -> None:
    session = Session()
    drive.hang("open")
    session.open([drive.folder])
    qtbot.waitUntil(drive.asked.is_set, timeout=PATIENCE_MS)
    session.close()
    assert not jobs.outlast(0.0)


def test_another_folder_opens_and_keeps_its_decisions(
    drive: FarDrive, session: Session, near: Path, qtbot: QtBot
) -> None:
    said = list[str]()
    session.warned.connect(said.append)
    drive.hang("open")
    session.open([drive.folder])
    qtbot.waitUntil(drive.asked.is_set, timeout=PATIENCE_MS)
    with qtbot.waitSignal(session.ended, timeout=PATIENCE_MS):
        session.open([near])
    assert jobs.SLOW in said
    assert session.model.card(0).verdict is not None
    session.culling.mark(Flag.PICK)
    drive.answer()
    qtbot.waitUntil(lambda: not jobs._left_behind, timeout=PATIENCE_MS)
    assert session.culling.decision(near / "a.jpg").flag is Flag.PICK
    assert [card.path for card in session.model.cards()] == [near / "a.jpg"]


# What is said, and the way back


def test_a_folder_that_cannot_be_listed_is_named_and_listed_once_it_answers(
    drive: FarDrive, impatient: None, make_window: Make, qtbot: QtBot
) -> None:
    drive.hang()
    window = make_window(drive.folder, wait=False)
    qtbot.waitUntil(lambda: "does not answer" in window.notices.text.text(), timeout=PATIENCE_MS)
    assert str(drive.folder) in window.notices.text.text()
    drive.answer()
    with qtbot.waitSignal(window.session.ended, timeout=PATIENCE_MS):
        window.notices.offer_button.click()
    assert [card.error for card in window.session.model.cards()] == [None] * 2
    qtbot.waitUntil(window.notices.isHidden, timeout=PATIENCE_MS)


def test_scoring_that_waits_for_its_drive_says_so_and_goes_on(
    drive: FarDrive, impatient: None, make_window: Make, qtbot: QtBot
) -> None:
    drive.hang("open")
    window = make_window(drive.folder, wait=False)
    session = window.session
    qtbot.waitUntil(lambda: "does not answer" in window.notices.text.text(), timeout=PATIENCE_MS)
    session.place.go(1)
    marked = session.culling.mark(Flag.PICK)[0].path
    with qtbot.waitSignal(session.ended, timeout=PATIENCE_MS):
        drive.answer()
    assert window.notices.isHidden()
    assert all(card.verdict for card in session.model.cards())
    assert session.culling.decision(marked).flag is Flag.PICK


def test_photos_that_are_gone_are_told_once_and_are_back_with_retry(
    drive: FarDrive, make_window: Make, qtbot: QtBot
) -> None:
    window = make_window(drive.folder)
    session, away = window.session, drive.folder.with_name("away")
    active = session.active.path
    session.culling.mark(4)
    drive.folder.rename(away)
    drive.touched.clear()
    window.actions_table["view.loupe"].trigger()
    qtbot.waitUntil(lambda: "is not there any more" in window.notices.text.text(), timeout=PATIENCE_MS)
    with qtbot.waitSignal(session.ended, timeout=PATIENCE_MS):
        window.notices.offer_button.click()
    qtbot.waitUntil(lambda: window.notices.offer_button.isVisibleTo(window), timeout=PATIENCE_MS)
    assert window.notices.text.text().count(str(drive.folder)) == 1
    assert session.model.rowCount() == 2
    away.rename(drive.folder)
    with qtbot.waitSignal(session.ended, timeout=PATIENCE_MS):
        window.notices.offer_button.click()
    qtbot.waitUntil(lambda: _whole(window.loupe.pictures, session.active), timeout=PATIENCE_MS)
    assert window.notices.isHidden()
    assert session.active.path == active
    assert session.culling.decision(active).stars == 4


# Threads that wait


def test_thumbnails_of_the_next_shoot_do_not_wait_for_those_before(drive: FarDrive, near: Path, qtbot: QtBot) -> None:
    loader = ThumbnailLoader()
    drive.hang("open")
    loader.want(cards(drive.folder))
    qtbot.waitUntil(drive.asked.is_set, timeout=PATIENCE_MS)
    loader.clear()
    with qtbot.waitSignal(loader.settled, timeout=PATIENCE_MS):
        loader.want(cards(near))
    assert loader.pixmap(cards(near)[0]) is not None
    drive.answer()
    assert jobs.outlast(HELD_SECONDS)
    loader.close()
    assert all(loader.pixmap(card) is None for card in cards(drive.folder))


def test_thumbnails_are_fetched_anew_once_their_drive_is_back(drive: FarDrive, qtbot: QtBot) -> None:
    loader, wanted = ThumbnailLoader(), cards(drive.folder)
    away = drive.folder.rename(drive.folder.with_name("away"))
    with qtbot.waitSignal(loader.settled, timeout=PATIENCE_MS):
        loader.want(wanted)
    assert loader.pixmap(wanted[0]) is None
    away.rename(drive.folder)
    with qtbot.waitSignal(loader.settled, timeout=PATIENCE_MS):
        loader.try_again()
    assert all(loader.pixmap(card) is not None for card in wanted)
    loader.close()


def test_pictures_of_the_next_shoot_do_not_wait_for_those_before(drive: FarDrive, near: Path, qtbot: QtBot) -> None:
    loader, far = PictureLoader(), cards(drive.folder)
    drive.hang("open")
    loader.request(far)
    qtbot.waitUntil(drive.asked.is_set, timeout=PATIENCE_MS)
    assert loader.is_busy
    loader.clear()
    loader.request(cards(near))
    qtbot.waitUntil(lambda: _whole(loader, cards(near)[0]), timeout=PATIENCE_MS)
    loader.request(far)
    drive.answer()
    qtbot.waitUntil(lambda: all(_whole(loader, card) for card in far), timeout=PATIENCE_MS)
    loader.stop()


# The window's own thread


def test_the_window_asks_the_drive_for_nothing_and_waits_for_none(
    drive: FarDrive, live: None, make_window: Make, near: Path, qtbot: QtBot
) -> None:
    window = make_window(drive.folder)
    qtbot.waitUntil(lambda: not window.session.metadata.is_looking, timeout=PATIENCE_MS)
    drive.hang()
    window.actions_table["flag.pick"].trigger()
    qtbot.waitUntil(drive.asked.is_set, timeout=PATIENCE_MS)
    for act in ("view.loupe", "go.next", "view.compare", "view.survey", "view.grid", "flag.reject", "metadata.read"):
        _at_once(window.actions_table[act].trigger)
    _at_once(window.metadata.conflicts.reject)
    for act, dialogs in (
        ("export", lambda: window.departures.export),
        ("rejected.move", lambda: window.departures.rejected),
        ("metadata.write", lambda: window.metadata.writing),
    ):
        _at_once(window.actions_table[act].trigger)
        qtbot.waitUntil(lambda dialogs=dialogs: dialogs().isVisible(), timeout=PATIENCE_MS)
        _at_once(dialogs().reject)
    _at_once(window.actions_table["reload"].trigger)
    _at_once(lambda: window.session.open([near]))
    drop = QMimeData()
    drop.setUrls([QUrl.fromLocalFile(str(drive.folder))])
    _at_once(lambda: window.dropEvent(_dropped(drop)))
    _at_once(window.close)
    assert not drive.touched, drive.touched[0]


def _at_once(act: Callable[[], object]) -> None:
    """Do it: whatever the processors do meanwhile, the thread waits for nobody."""
    before, worked = time.monotonic(), time.thread_time()
    act()
    QApplication.processEvents()
    assert (time.monotonic() - before) - (time.thread_time() - worked) < 1.0


def _dropped(data: QMimeData) -> QDropEvent:
    left, nothing = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    return QDropEvent(QPointF(10, 10), Qt.DropAction.CopyAction, data, left, nothing)


def _whole(pictures: PictureLoader, card: Card | None) -> bool:
    picture = None if card is None else pictures.picture(card)
    return picture is not None and picture.error is None


def cards(folder: Path) -> list[Card]:
    """A card of each file."""
    return [Card(photo) for photo in shoots.read([folder]).photos]


# Jobs


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
    with patience.wait() as seconds:
        assert seconds == jobs.PATIENCE_SECONDS
    now += jobs.BREAK_SECONDS
    with patience.wait() as seconds:
        assert seconds == jobs.PATIENCE_SECONDS, "what was not waited is not used up"
        now += seconds
    with patience.wait() as seconds:
        assert seconds == pytest.approx(0.0)
    now += jobs.BREAK_SECONDS + 0.1
    with patience.wait() as seconds:
        assert seconds == jobs.PATIENCE_SECONDS
