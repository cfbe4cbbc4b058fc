"""Critiques of the photo that is looked at, written on a job's thread, the newest request first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QObject, QTimer, Signal, Slot

from desktop.cards import DECIDED, CardModel
from desktop.jobs import Job, let_go
from desktop.runs import Workshop
from engine.critic import Critic, Written
from engine.errors import PackError
from engine.files import rotation
from engine.turn import Turn
from engine.types import Card

REST_MS = 300
"""A photo is written about when it was the active one for so long."""
KEPT = 500
"""Critiques in memory; the others are in the cache."""


class Critiques(QObject):
    """Has the active photo described, and keeps what was said.

    A pack without a tower writes nothing: then `is_able` is False, and no thread is started. The pack is first looked
    at when a photo rests.
    """

    arrived = Signal(object)
    """str: `of` gives something new for the photo of this fingerprint."""
    warned = Signal(str)

    def __init__(
        self, workshop: Workshop, model: CardModel, selection: QItemSelectionModel, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._workshop, self._model, self._selection = workshop, model, selection
        self._critic: Critic | None = None
        self._job: Job | None = None
        self._is_closed = False
        self.is_looked_for = False
        """Whether the pack was asked for a tower."""
        self._kept: OrderedDict[str, Written] = OrderedDict()
        self._resting = QTimer(self, singleShot=True, interval=REST_MS)
        self._resting.timeout.connect(self._ask)
        selection.currentChanged.connect(self._rest)
        model.dataChanged.connect(self._look)

    @property
    def is_able(self) -> bool:
        """Whether the pack writes critiques; False until a photo was looked at."""
        return self._critic is not None

    def of(self, card: Card) -> Written | None:
        """What was said of a photo of this content, or why nothing could be; None while nobody has asked for it."""
        written = self._kept.get(card.fingerprint or "")
        return written if written is None or card.turn is Turn.NONE else _turned(written, card.turn)

    def is_awaited(self, card: Card) -> bool:
        """Whether it is being written."""
        return self.is_able and card.error is None and card.verdict is not None and self.of(card) is None

    def forget(self) -> None:
        """Another shoot, or none: nothing is wanted any more. What was said of a content stays true."""
        self._resting.stop()
        if self._critic is not None:
            self._critic.withdraw()

    @Slot()
    def renew(self) -> None:
        """Another pack: what this one said is forgotten, and a tower is looked for anew."""
        self._end()
        self._critic, self.is_looked_for = None, False
        self._kept.clear()

    def close(self) -> None:
        """End the thread; what is being written is given up."""
        self._is_closed = True
        self._end()

    def _end(self) -> None:
        self._resting.stop()
        if self._critic is not None:
            self._critic.close()
        job, self._job = self._job, None
        let_go(job)

    @Slot(QModelIndex, QModelIndex)
    def _rest(self, *_change: QModelIndex) -> None:
        if self._critic is not None:
            self._critic.withdraw()
        if not self._is_closed:
            self._resting.start()

    def _look(self, first: QModelIndex, last: QModelIndex, roles: Sequence[int]) -> None:
        """The active photo was scored, or measured anew."""
        index = self._selection.currentIndex()
        if (
            tuple(roles) != DECIDED
            and index.isValid()
            and first.row() <= index.row() <= last.row()
            and not self._is_closed
        ):
            self._resting.start()

    @Slot()
    def _ask(self) -> None:
        index = self._selection.currentIndex()
        if not index.isValid() or index.row() >= self._model.rowCount():
            return
        card = self._model.card(index.row())
        if card.error is None and card.verdict is not None and self.of(card) is None and self._begin():
            assert self._critic is not None
            self._critic.ask(rotation.turned(card, Turn.NONE))

    def _begin(self) -> bool:
        """Look for a tower, once, and let somebody wait for requests; whether there is one."""
        if self.is_looked_for:
            return self._critic is not None
        self.is_looked_for = True
        settings = self._workshop.settings
        try:
            tower = self._workshop.judge.tower
        except PackError as error:
            self.warned.emit(str(error))
            return False
        if tower is None:
            return False
        self._critic = Critic(self._workshop.catalogue, tower, settings.pixel_cap_mp * 1_000_000)
        self._job = Job(self._critic.written, self)
        self._job.progressed.connect(self._take)
        self._job.start()
        return True

    @Slot(object, object)
    def _take(self, job: Job, written: Written) -> None:
        if job is not self._job or written.fingerprint is None:
            return
        self._kept[written.fingerprint] = written
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        if written.note is not None:
            self.warned.emit(written.note)
        self.arrived.emit(written.fingerprint)


def _turned(written: Written, turn: Turn) -> Written:
    """What was said of the upright file, with the regions where they lie in the photo turned so."""
    if written.critique is None:
        return written
    sentences = tuple(
        sentence if sentence.region is None else replace(sentence, region=rotation.region(sentence.region, turn))
        for sentence in written.critique.sentences
    )
    return replace(written, critique=replace(written.critique, sentences=sentences))
