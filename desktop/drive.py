"""The drive of the open shoot: noticed when it is gone or does not answer, and said once, with the way back."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QAction

from desktop.jobs import Job, leave, let_go
from desktop.panels.notice import NoticeBar
from desktop.pixels import PictureLoader
from desktop.session import Session
from engine.files import shoot as shoots
from engine.files.shoot import Shoot
from engine.report import printable
from engine.types import Progress

SILENCE_MS = 5000
"""Work on files that says nothing for so long may wait for its drive."""
ANSWER_MS = 2000
"""A drive that is asked and says nothing for so long does not answer: one that sleeps takes longer, and is told so."""


class DriveWatch(QObject):
    """Asks the drive, on a thread of its own, once photos fail or nothing comes of them any more.

    A run over photos that are gone is ended: they stay as they were, without an error each, until Retry.
    """

    def __init__(self, session: Session, pictures: PictureLoader, notices: NoticeBar, retry: QAction) -> None:
        super().__init__(session)
        self._session, self._pictures, self._notices, self._retry = session, pictures, notices, retry
        self._said = ""
        self._unreadable = 0
        self._is_closed = False
        self._job: Job | None = None
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._lose_patience)
        session.opening.connect(self._begin)
        session.opened.connect(self._start_over)
        session.progressed.connect(self._hear)
        session.ended.connect(self._end)
        session.unusable.connect(self._rest)
        session.selection.currentChanged.connect(self._wait_on)
        pictures.arrived.connect(self._look_at)

    def close(self) -> None:
        """Leave no thread and no timer behind, whatever the session still says while it ends."""
        self._is_closed = True
        self._timer.stop()
        job, self._job = self._job, None
        let_go(job)

    def _wait(self, milliseconds: int) -> None:
        if not self._is_closed:
            self._timer.start(milliseconds)

    # When to ask

    @Slot()
    def _begin(self) -> None:
        """Folders are being listed: what was said of the drive before is to be seen anew."""
        self._forget_question()
        self._notices.withdraw(self._said)
        self._wait(SILENCE_MS)

    @Slot()
    def _start_over(self) -> None:
        """They were: what did not come before is wanted once more."""
        self._forget_question()
        self._notices.withdraw(self._said)
        self._unreadable = self._session.model.counts().unreadable
        self._session.thumbnails.try_again()
        self._pictures.try_again()
        self._wait(SILENCE_MS)

    @Slot(object)
    def _hear(self, _progress: Progress) -> None:
        """The run goes on. A drive that goes away shows in photos that fail."""
        before, self._unreadable = self._unreadable, self._session.model.counts().unreadable
        if self._unreadable > before:
            self._ask()
        elif self._job is None:
            self._wait(SILENCE_MS)

    @Slot(object)
    def _look_at(self, path: Path) -> None:
        """A picture was decoded, or could not be."""
        card = self._session.model.find(path)
        picture = None if card is None else self._pictures.picture(card)
        if picture is not None and picture.error is not None:
            self._ask()

    @Slot()
    def _end(self) -> None:
        """Nothing runs any more: it may be that nothing could."""
        if self._session.shoot is not None:
            self._ask()

    @Slot()
    def _wait_on(self) -> None:
        if self._job is None and not self._timer.isActive():
            self._wait(SILENCE_MS)

    @Slot()
    def _rest(self) -> None:
        self._forget_question()
        self._timer.stop()

    @Slot()
    def _lose_patience(self) -> None:
        session = self._session
        if self._job is not None:
            where = session.folders[0]
            self._tell(
                self.tr(
                    "{} does not answer. Check its drive or network, then retry. Your decisions are safe, and other "
                    "folders can be opened meanwhile."
                ).format(printable(str(where)))
            )
        elif (session.is_running and not session.is_paused) or self._pictures.is_busy:
            self._ask()

    # Asking

    def _ask(self) -> None:
        session = self._session
        if self._is_closed or self._job is not None or not session.folders:
            return
        active = session.active
        waiting = next((card.path for card in session.model.cards() if card.verdict is None), None)
        photos = [path for path in (waiting, None if active is None else active.path) if path is not None]
        self._job = Job(partial(_asking, session.shoot, session.folders, photos), self)
        self._job.progressed.connect(self._take)
        self._job.finished.connect(self._finish)
        self._job.start()
        self._wait(ANSWER_MS)

    @Slot(object, object)
    def _take(self, job: Job, reason: str) -> None:
        if job is not self._job:
            return
        self._timer.stop()
        if reason:
            self._session.cancel()
            self._tell(reason)
        else:
            self._notices.withdraw(self._said)

    @Slot()
    def _finish(self) -> None:
        if self.sender() is self._job:
            self._forget_question()
            self._wait_on()

    def _forget_question(self) -> None:
        """Nobody waits for an answer any more; one that comes late is not listened to."""
        job, self._job = self._job, None
        if job is not None:
            leave(job)

    def _tell(self, sentence: str) -> None:
        if sentence != self._said:
            self._notices.withdraw(self._said)
        self._said = sentence
        self._notices.offer(sentence, self.tr("Retry"), self._retry)


def _asking(shoot: Shoot | None, folders: Sequence[Path], photos: Sequence[Path]) -> Iterator[str]:
    """Why the photos cannot be had; empty where their drive answers."""
    reason = None if shoot is None else shoots.absence(shoot)
    if reason is None:
        for path in (*folders, *photos):
            _ask_for(path)
    yield reason or ""


def _ask_for(path: Path) -> None:
    """Come back once the drive has answered, whatever it says of the folder or the file."""
    with contextlib.suppress(OSError):
        if path.is_file():
            with path.open("rb") as file:
                file.read(1)
