"""Long work off the GUI thread: a thread that draws the steps of an engine generator."""

from __future__ import annotations

import logging
import os
import sys
import threading
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent import futures
from contextlib import contextmanager
from time import monotonic

from PySide6.QtCore import QDeadlineTimer, QObject, QThread, Signal, Slot

from engine.errors import ChinagraphError

_log = logging.getLogger(__name__)

PATIENCE_SECONDS = 0.6
"""How long the GUI thread waits for threads that shall end, all of them together. A read on a drive that has gone away
may take minutes, and nothing can cut it short."""
BREAK_SECONDS = 2.0
"""Waits that are no further apart than this share one patience."""
SLOW = (
    "A file that was being read did not answer in time, so it was left behind. "
    "Your decisions are safe; check the drive or network that holds the photos if this comes again."
)
NICENESS = 10
"""Of threads that work in the background, under Linux: whoever marks photos meanwhile goes first."""


class Job(QThread):
    """Iterates what `steps()` gives on a thread of its own, the generator's whole life included.

    Each signal carries the job itself, because steps of a job that was given up may still be on their way when the
    next one runs. Keep a reference until `finished`, and `let_go` of it then. One that is `in_background`, with every
    thread that it starts, leaves the processors to the window.
    """

    progressed = Signal(object, object)
    """Job, one step."""
    failed = Signal(object, object)
    """Job, the exception that ended it; `finished` follows."""

    def __init__(
        self, steps: Callable[[], Iterable[object]], parent: QObject | None = None, *, in_background: bool = False
    ) -> None:
        super().__init__(parent)
        self._steps = steps
        self._is_in_background = in_background

    def run(self) -> None:
        """Draw every step. This is the one place where any exception is caught: here it becomes a message."""
        if self._is_in_background:
            stand_back()
        try:
            for step in self._steps():
                self.progressed.emit(self, step)
        except ChinagraphError as error:
            self.failed.emit(self, error)
        except Exception as error:
            _log.exception("A job failed")
            self.failed.emit(self, error)

    @Slot()
    def forget(self) -> None:
        """It was left behind, and has ended after all."""
        _left_behind.discard(self)
        self.deleteLater()


class _Patience:
    """What is left of the time that waits one after the other may take together. Only waiting uses it up."""

    def __init__(self) -> None:
        self._left = 0.0
        self._ended = float("-inf")

    @contextmanager
    def wait(self) -> Iterator[float]:
        """Seconds that the wait inside may take."""
        begun = monotonic()
        if begun > self._ended + BREAK_SECONDS:
            self._left = PATIENCE_SECONDS
        try:
            yield self._left
        finally:
            self._ended = monotonic()
            self._left = max(0.0, self._left - (self._ended - begun))


_patience = _Patience()
_left_behind: set[Job] = set()
_late: set[futures.Future[None]] = set()
_late_threads: set[threading.Thread] = set()


def let_go(job: Job | None) -> bool:
    """Wait for the end of a job that was cancelled, for as long as patience lasts. One that does not end in time is
    left to itself, kept until it has; False for that."""
    if job is None:
        return True
    with _patience.wait() as seconds:
        has_ended = job.wait(QDeadlineTimer(int(1000 * seconds)))
    if has_ended:
        job.deleteLater()
        return True
    leave(job)
    return False


def leave(job: Job) -> None:
    """Wait for nothing: the job is left to itself, kept until it has ended."""
    job.setParent(None)
    _left_behind.add(job)
    job.finished.connect(job.forget)
    if job.isFinished():
        job.forget()


def let_finish(runs: Collection[futures.Future[None]]) -> bool:
    """Wait for what runs in a pool that was shut down, while patience lasts; False where some of it goes on."""
    with _patience.wait() as seconds:
        late = _unfinished(runs, seconds)
    _late.update(late)
    return not late


def let_end(thread: threading.Thread) -> bool:
    """Wait for a thread that was told to end, while patience lasts; False where it goes on."""
    with _patience.wait() as seconds:
        thread.join(seconds)
    _late_threads.difference_update([one for one in _late_threads if not one.is_alive()])
    if thread.is_alive():
        _late_threads.add(thread)
    return not thread.is_alive()


def leave_behind(runs: Collection[futures.Future[None]]) -> None:
    """Wait for nothing: what still runs in a pool that was shut down is left to itself."""
    _late.difference_update([run for run in _late if run.done()])
    _late.update(_unfinished(runs, 0.0))


def outlast(seconds: float) -> bool:
    """With the window gone, wait once more for what was left behind; False where some of it still does not end."""
    until = monotonic() + seconds
    ended = [job.wait(QDeadlineTimer(max(0, int(1000 * (until - monotonic()))))) for job in _left_behind]
    _late.intersection_update(_unfinished(_late, max(0.0, until - monotonic())))
    for thread in _late_threads:
        thread.join(max(0.0, until - monotonic()))
    _late_threads.difference_update([one for one in _late_threads if not one.is_alive()])
    return all(ended) and not _late and not _late_threads


def _unfinished(runs: Collection[futures.Future[None]], seconds: float) -> set[futures.Future[None]]:
    """What still runs after at most `seconds`. What was cancelled before it began never ends for `futures.wait`: no
    worker of a pool that was shut down takes it up to say so."""
    return futures.wait([run for run in runs if not run.cancelled()], timeout=seconds).not_done


def stand_back(by: int = NICENESS) -> None:
    """Make the calling thread so much nicer than it is. Under Linux each thread has a niceness of its own and hands it
    on to those that it starts. Elsewhere it is the whole process that has one, and the system favours the window in
    front by itself."""
    if sys.platform == "linux":
        thread = threading.get_native_id()
        nicest = 19
        os.setpriority(os.PRIO_PROCESS, thread, min(os.getpriority(os.PRIO_PROCESS, thread) + by, nicest))


def in_words(error: BaseException) -> str:
    """An error as a sentence for people: the engine's own ones say it themselves."""
    if isinstance(error, ChinagraphError):
        return str(error)
    return (
        f"Something unexpected happened ({type(error).__name__}: {error}). "
        "Your decisions are safe; if it happens again, close the window and open the folder anew."
    )
