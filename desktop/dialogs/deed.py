"""The pages of a dialog that does something to files: what comes before, the work itself, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.dialogs.outcome import OutcomePage
from desktop.dialogs.working import WorkingPage
from desktop.errand import Errand
from engine.control import Control


class DeedPages(QStackedWidget):
    """Pause and Stop on the working page reach the work. Its steps are the dialog's to show."""

    stepped = Signal(object)
    """One step of the work."""
    ended = Signal()
    """Nothing is done any more: the dialog shows the outcome."""

    def __init__(self, first: QWidget, parent: QWidget | None = None) -> None:
        """`first` is the page before anything is done."""
        super().__init__(parent)
        self.first, self.working, self.outcome = first, WorkingPage(), OutcomePage()
        self.failure = ""
        """Why the work ended before its time, as a sentence."""
        for page in (first, self.working, self.outcome):
            self.addWidget(page)
        self._errand = Errand(self)
        self._errand.stepped.connect(self.stepped)
        self._errand.failed.connect(self._take_failure)
        self._errand.ended.connect(self.ended)
        self.working.paused.connect(self._pause)
        self.working.stopped.connect(self._cancel)

    @property
    def is_running(self) -> bool:
        """Whether something is done to files."""
        return self._errand.is_running

    def turn_to_work(self, title: str, question: str) -> None:
        """Show the working page; `question` is what Stop asks."""
        self.failure = ""
        self.working.begin(title, question)
        self.setCurrentWidget(self.working)
        self.working.pause.setFocus()

    def start(self, steps: Callable[[Control], Iterable[object]]) -> None:
        """Do it, on a job's thread."""
        self._errand.start(steps)

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
