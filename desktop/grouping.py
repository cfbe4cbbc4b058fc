"""Groups made by hand and clocks that are corrected: the shoot is grouped anew, on a job's thread."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from desktop.cards import CardModel
from desktop.jobs import Job, in_words, let_go
from desktop.runs import Workshop, regrouping
from engine.types import Card


class Grouping(QObject):
    """Has the cards of the model grouped and ranked again whenever a group was made by hand or a clock was set.

    While a run is on (`held`) it waits for its end, since the run will group and rank the shoot itself.
    """

    renewed = Signal()
    """The shoot stands in its new groups."""
    warned = Signal(str)

    def __init__(self, workshop: Workshop, model: CardModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workshop = workshop
        self._model = model
        self._job: Job | None = None
        self._is_wanted = False
        self._is_held = False

    @property
    def clocks(self) -> dict[str, timedelta]:
        """What the clocks of the shoot's bodies are corrected by, by `engine.judge.clock.body`; zeros are left out."""
        return self._workshop.decisions.clocks()

    def set_clocks(self, offsets: Mapping[str, timedelta]) -> None:
        """Correct the clocks of these bodies, and group anew. Raises ValueError for an offset of some decades."""
        for body, offset in offsets.items():
            self._workshop.decisions.set_clock(body, offset)
        self.renew()

    @Slot()
    def renew(self) -> None:
        """Group the shoot anew, now or when the run that is on has ended."""
        self._is_wanted = True
        self._start()

    def hold(self) -> None:
        """A run begins: what is under way is dropped, what is wanted waits."""
        self._is_held = True
        self._is_wanted = self._is_wanted or self._job is not None
        self._drop()

    @Slot()
    def release(self) -> None:
        """The run has ended."""
        self._is_held = False
        self._start()

    def forget(self) -> None:
        """Another shoot, or none: nothing is wanted any more."""
        self._drop()
        self._is_wanted = False

    def _start(self) -> None:
        if self._is_held or not self._is_wanted or self._job is not None:
            return
        self._is_wanted = False
        self._job = Job(partial(regrouping, self._model.cards(), self._workshop), self)
        self._job.progressed.connect(self._show)
        self._job.failed.connect(self._fail)
        self._job.finished.connect(self._finish)
        self._job.start()

    @Slot(object, object)
    def _show(self, job: Job, cards: tuple[Card, ...]) -> None:
        if job is self._job:
            self._model.update(cards)
            self._model.resort()
            self.renewed.emit()

    @Slot(object, object)
    def _fail(self, job: Job, error: Exception) -> None:
        if job is self._job:
            self.warned.emit(in_words(error))

    @Slot()
    def _finish(self) -> None:
        if self.sender() is self._job:
            self._drop()
            self._start()

    def _drop(self) -> None:
        job, self._job = self._job, None
        let_go(job)
