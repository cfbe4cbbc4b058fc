"""One piece of work at a time off the GUI thread, that can be paused and given up."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from desktop.jobs import Job, in_words, leave, let_go
from engine.control import Control


class Errand(QObject):
    """Draws the steps of one generator after the other on a `Job`; each gets a `Control` of its own."""

    began = Signal()
    stepped = Signal(object)
    """One step."""
    failed = Signal(str)
    """Why it ended before its time, as a sentence; `ended` follows."""
    ended = Signal()
    """Nothing runs any more."""
    over = Signal()
    """The same, also where it was stopped or left."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._job: Job | None = None
        self._control = Control()

    @property
    def is_running(self) -> bool:
        """Whether something is being done."""
        return self._job is not None

    @property
    def is_paused(self) -> bool:
        """Whether it holds still."""
        return self._control.paused

    @property
    def is_cancelled(self) -> bool:
        """Whether it ends at the next photo."""
        return self._control.cancelled

    def start(self, steps: Callable[[Control], Iterable[object]]) -> None:
        """Begin; what runs is cancelled and waited for."""
        self.stop()
        self._control = Control()
        job = self._job = Job(partial(steps, self._control), self)
        job.progressed.connect(self._pass_on)
        job.failed.connect(self._fail)
        job.finished.connect(self._finish)
        job.start()
        self.began.emit()

    def pause(self) -> None:
        """Hold at the next photo."""
        self._control.pause()

    def resume(self) -> None:
        """Go on."""
        self._control.resume()

    def cancel(self) -> None:
        """End at the next photo; the last step still comes."""
        self._control.cancel()

    def stop(self) -> None:
        """Cancel and wait for the end; late steps are not listened to."""
        self._control.cancel()
        self._drop()

    def leave(self) -> None:
        """Cancel and wait for nothing: it stands before a drive that does not answer."""
        self._control.cancel()
        job, self._job = self._job, None
        if job is not None:
            leave(job)
            self.over.emit()

    @Slot(object, object)
    def _pass_on(self, job: Job, step: object) -> None:
        if job is self._job:
            self.stepped.emit(step)

    @Slot(object, object)
    def _fail(self, job: Job, error: Exception) -> None:
        if job is self._job:
            self.failed.emit(in_words(error))

    @Slot()
    def _finish(self) -> None:
        if self.sender() is self._job:
            self._drop()
            self.ended.emit()

    def _drop(self) -> None:
        job, self._job = self._job, None
        if job is not None:
            let_go(job)
            self.over.emit()
