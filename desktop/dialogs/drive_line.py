"""A line of a dialog that names the folder whose drive does not answer, while the dialog's work waits for it."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from desktop import drive, style
from desktop.errand import Errand
from desktop.jobs import Job, leave
from desktop.panels.section import labelled
from engine.report import printable


class DriveLine(QWidget):
    """Asks each folder, on a thread of its own, once the work has said nothing for a while; hidden while all answer."""

    fell_silent = Signal()
    retry_wanted = Signal()

    def __init__(
        self, errand: Errand, folders: Callable[[], Sequence[Path]], advice: str, *, can_retry: bool = True
    ) -> None:
        """`folders` are those that the work needs, asked for when it is silent; `advice` is what can be done."""
        super().__init__()
        self._errand, self._folders, self._advice = errand, folders, advice
        self._questions: dict[Job, Path] = {}
        self.reason = ""
        """Which folder does not answer, as a sentence; empty while all do."""
        self.text = labelled("", "warning", self.tr("What is waited for"))
        self.text.setWordWrap(True)
        self.retry = QPushButton(style.icon("retry"), self.tr("Retry"))
        self.retry.setAutoDefault(False)
        self.retry.clicked.connect(self.retry_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self.text, 1)
        row.addWidget(self.retry)
        # On its own it would be a window of its own for a moment.
        self.retry.setVisible(can_retry)
        self.hide()
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._lose_patience)
        errand.began.connect(self._begin)
        errand.stepped.connect(self._begin)
        errand.over.connect(self._rest)

    @property
    def is_silent(self) -> bool:
        """Whether a drive is known not to answer."""
        return bool(self.reason)

    @Slot()
    def _begin(self) -> None:
        """The work has begun, or goes on."""
        self._say("")
        self._timer.start(drive.SILENCE_MS)

    @Slot()
    def _rest(self) -> None:
        """Nothing is waited for any more."""
        self._say("")
        self._timer.stop()

    @Slot()
    def _lose_patience(self) -> None:
        if self._questions:
            named = ", ".join(printable(str(folder)) for folder in self._questions.values())
            self._say(self.tr("{} does not answer. Check its drive or network.").format(named))
        elif not self._errand.is_paused:
            self._ask()
        else:
            self._timer.start(drive.SILENCE_MS)

    def _ask(self) -> None:
        for folder in dict.fromkeys(self._folders()):
            job = Job(partial(_asking, folder))
            self._questions[job] = folder
            job.finished.connect(self._take_answer)
            job.start()
            # The dialog may be gone before the drive answers.
            leave(job)
        self._timer.start(drive.ANSWER_MS)

    @Slot()
    def _take_answer(self) -> None:
        job = self.sender()
        if isinstance(job, Job) and self._questions.pop(job, None) is not None and not self._questions:
            self._begin()

    def _say(self, reason: str) -> None:
        """Show what is wrong; with nothing to say no answer is waited for, and one that comes late is not heard."""
        if not reason:
            self._questions.clear()
        self.reason = reason
        self.text.setText(f"{reason} {self._advice}" if reason else "")
        self.setVisible(bool(reason))
        if reason:
            self.fell_silent.emit()


def _asking(folder: Path) -> Iterator[None]:
    """Come back once the drive has answered, whatever it says of the folder."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        next(entries, None)
    yield
