"""The pages of a dialog that does something to files: what comes before, the work itself, and what came of it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.dialogs.drive_line import DriveLine
from desktop.dialogs.outcome import OutcomePage
from desktop.dialogs.working import WorkingPage
from desktop.errand import Errand
from engine.control import Control

TURN_SECONDS = 0.1
"""Who waits for a turn looks so often whether it is still wanted."""
_turn = threading.Lock()
"""Held while files are changed. Work that was left before a drive that did not answer holds it until it has ended."""
_worked_on: list[Path] = []
"""The folders that whoever holds it needs."""


class DeedPages(QStackedWidget):
    """Pause and Stop on the working page reach the work. Its steps are the dialog's to show.

    Work that is stopped while its drive does not answer is left to itself: it ends at the next file once that answers.
    """

    stepped = Signal(object)
    """One step of the work."""
    ended = Signal()
    """Nothing is done any more: the dialog shows the outcome."""

    def __init__(self, first: QWidget, parent: QWidget | None = None) -> None:
        """`first` is the page before anything is done."""
        super().__init__(parent)
        self._errand = Errand(self)
        self._folders: tuple[Path, ...] = ()
        advice = self.tr("This goes on by itself once it answers. You can stop here; what is done stays.")
        self.drive = DriveLine(self._errand, lambda: needed(self._folders), advice, can_retry=False)
        self.first, self.working, self.outcome = first, WorkingPage(self.drive), OutcomePage()
        self.failure = ""
        """Why the work ended before its time, as a sentence."""
        for page in (first, self.working, self.outcome):
            self.addWidget(page)
        self._errand.stepped.connect(self.stepped)
        self._errand.failed.connect(self._take_failure)
        self._errand.ended.connect(self.ended)
        self.working.paused.connect(self._pause)
        self.working.stopped.connect(self._cancel)
        self.drive.fell_silent.connect(self._leave_what_was_stopped)

    @property
    def is_running(self) -> bool:
        """Whether something is done to files."""
        return self._errand.is_running

    def turn_to_work(self, title: str, question: str, folders: Sequence[Path]) -> None:
        """Show the working page; `question` is what Stop asks, `folders` are those between which files go."""
        self.failure = ""
        self._folders = tuple(folders)
        self.working.begin(title, question)
        self.setCurrentWidget(self.working)
        self.working.pause.setFocus()

    def start(self, steps: Callable[[Control], Iterable[object]]) -> None:
        """Do it, on a job's thread."""
        self._errand.start(partial(in_turn, steps, self._folders))

    def stop(self) -> None:
        """End the work and wait for it."""
        self._errand.stop()

    @Slot(str)
    def _take_failure(self, sentence: str) -> None:
        self.failure = sentence

    @Slot(bool)
    def _pause(self, paused: bool) -> None:
        if paused:
            self._errand.pause()
        else:
            self._errand.resume()

    @Slot()
    def _cancel(self) -> None:
        self._errand.cancel()
        if self.drive.is_silent:
            self._leave_what_was_stopped()

    @Slot()
    def _leave_what_was_stopped(self) -> None:
        if self._errand.is_cancelled and self._errand.is_running:
            later = self.tr("What is done stays; the rest can be done once it answers.")
            self.failure = f"{self.drive.reason} {later}"
            self._errand.leave()
            self.ended.emit()


def in_turn(
    steps: Callable[[Control], Iterable[object]], folders: Sequence[Path], control: Control
) -> Iterator[object]:
    """The steps, once nothing else changes files: two that do would meet where one of them was left behind. They need
    `folders`."""
    while not _turn.acquire(timeout=TURN_SECONDS):
        if control.cancelled:
            return
    try:
        _worked_on[:] = folders
        yield from steps(control)
    finally:
        _worked_on.clear()
        _turn.release()


def needed(folders: Sequence[Path]) -> tuple[Path, ...]:
    """What work that waits for its turn, or has it, needs: its own `folders`, and those of what goes before it."""
    return (*folders, *_worked_on)
