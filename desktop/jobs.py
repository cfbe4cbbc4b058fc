"""Long work off the GUI thread: a thread that draws the steps of an engine generator."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, QThread, Signal

from engine.errors import ChinagraphError

_log = logging.getLogger(__name__)


class Job(QThread):
    """Iterates what `steps()` gives on a thread of its own, the generator's whole life included.

    Each signal carries the job itself, because steps of a job that was given up may still be on their way when the
    next one runs. Keep a reference until `finished`, and `wait()` before letting go.
    """

    progressed = Signal(object, object)
    """Job, one step."""
    failed = Signal(object, object)
    """Job, the exception that ended it; `finished` follows."""

    def __init__(self, steps: Callable[[], Iterable[object]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._steps = steps

    def run(self) -> None:
        """Draw every step. This is the one place where any exception is caught: here it becomes a message."""
        try:
            for step in self._steps():
                self.progressed.emit(self, step)
        except ChinagraphError as error:
            self.failed.emit(self, error)
        except Exception as error:
            _log.exception("A job failed")
            self.failed.emit(self, error)


def in_words(error: BaseException) -> str:
    """An error as a sentence for people: the engine's own ones say it themselves."""
    if isinstance(error, ChinagraphError):
        return str(error)
    return (
        f"Something unexpected happened ({type(error).__name__}: {error}). "
        "Your decisions are safe; if it happens again, close the window and open the folder anew."
    )
