"""Where the student looked at photos that were scored on another day: found out anew while somebody asks why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QItemSelectionModel, QObject, QTimer, Slot

from desktop.cards import CardModel
from desktop.jobs import Job, let_go
from desktop.runs import Workshop
from engine import seeing
from engine.errors import ChinagraphError
from engine.files import rotation
from engine.turn import Turn
from engine.types import Card

REST_MS = 150
"""Photos that are gone through faster are not looked at."""


class AttentionMaps(QObject):
    """Brings the maps of the photos on the screen, one at a time, the active one first.

    They are kept with the cards in the model, and nowhere else. While a run goes on nothing is asked: what it scores
    has its map, and the rest follows.
    """

    def __init__(
        self, workshop: Workshop, model: CardModel, selection: QItemSelectionModel, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._workshop, self._model, self._selection = workshop, model, selection
        self._beside: tuple[Card, ...] = ()
        self._is_wanted = self._is_held = False
        self._failed: set[str] = set()
        """Contents of which there is no map to be had."""
        self._job: Job | None = None
        self._at: Card | None = None
        self._resting = QTimer(self, singleShot=True, interval=REST_MS)
        self._resting.timeout.connect(self._start)
        selection.currentChanged.connect(self._rest)

    def want(self, wanted: bool) -> None:
        """Whether somebody asks why."""
        self._is_wanted = wanted
        self._rest()

    @Slot(object)
    def show_beside(self, cards: Sequence[Card]) -> None:
        """These stand on the screen beside the active photo."""
        self._beside = tuple(cards)
        self._rest()

    @Slot()
    def hold(self) -> None:
        """A run begins: the student is its own."""
        self._is_held = True
        self._drop()

    @Slot()
    def release(self) -> None:
        """It has ended."""
        self._is_held = False
        self._failed.clear()
        self._rest()

    def close(self) -> None:
        """Want nothing any more, and leave no thread behind."""
        self._is_held = True
        self._drop()

    # How

    @Slot()
    def _rest(self) -> None:
        if self._is_wanted and not self._is_held:
            self._resting.start()

    @Slot()
    def _start(self) -> None:
        card = self._next()
        if card is None or self._job is not None or self._is_held:
            return
        self._at = card
        upright = rotation.turned(card, Turn.NONE)
        self._job = Job(partial(_looking, upright, self._workshop), self, in_background=True)
        self._job.progressed.connect(self._take)
        self._job.finished.connect(self._finish)
        self._job.start()

    def _next(self) -> Card | None:
        """The first photo on the screen that has a verdict and no map."""
        if not self._is_wanted or self._model.scores_hidden:
            return None
        index = self._selection.currentIndex()
        active = [self._model.card(index.row())] if 0 <= index.row() < self._model.rowCount() else []
        shown = (self._model.find(card.path) for card in (*active, *self._beside))
        return next((card for card in shown if card is not None and self._lacks(card)), None)

    def _lacks(self, card: Card) -> bool:
        return card.verdict is not None and card.verdict.attention is None and card.fingerprint not in self._failed

    @Slot(object, object)
    def _take(self, job: Job, attention: NDArray[np.float32]) -> None:
        """The card may be another one by now: of the same content, it has the same map."""
        before = self._at
        now = None if before is None or job is not self._job else self._model.find(before.path)
        if before is None or now is None or now.verdict is None or now.fingerprint != before.fingerprint:
            return
        upright = rotation.turned(now, Turn.NONE)
        self._model.update([replace(upright, verdict=replace(now.verdict, attention=attention))])

    @Slot()
    def _finish(self) -> None:
        if self.sender() is not self._job:
            return
        at, self._at = self._at, None
        now = None if at is None else self._model.find(at.path)
        if now is not None and self._lacks(now):
            self._failed.add(now.fingerprint or "")
        self._drop()
        self._rest()

    def _drop(self) -> None:
        self._resting.stop()
        job, self._job = self._job, None
        let_go(job)


def _looking(card: Card, workshop: Workshop) -> Iterator[NDArray[np.float32]]:
    """[rows, columns], 0-1, as the only step; none for a photo or a pack that cannot be read, and for a student that
    does not say. Of the upright file."""
    verdict, cap = card.verdict, workshop.settings.pixel_cap_mp * 1_000_000
    try:
        pixels = seeing.pixels(card, workshop.catalogue, cap)
        student = workshop.judge.student
        (seen,) = student.score(student.preprocess.apply(pixels)[np.newaxis])
    except ChinagraphError:
        # Whatever is wrong is told where the photo is shown or scored: here it only means that there is no map.
        return
    if seen.attention is not None and verdict is not None and seen.space == verdict.space:
        yield seen.attention
