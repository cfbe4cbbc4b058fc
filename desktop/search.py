"""Finding photos by words: what was understood of them, and the photos that are most like them. Nothing waits here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from desktop.filters import SortKey, Words
from desktop.jobs import Job, in_words, let_go
from desktop.place import Place
from desktop.runs import Workshop
from engine.control import Control
from engine.judge.word_search import Query, search, understand
from engine.models.tower import Tower
from engine.seeing import Sightings
from engine.types import Card, Phase, Progress

NEAREST = 50
"""How many photos a search shows, unless something else is asked."""
CLEAR_MS = 100
"""A search that has found nothing after this shows no longer what was found for other words."""
TELL_SECONDS = 3.0
"""So often the photos found so far are shown, while the tower still looks at others."""


@dataclass(frozen=True, slots=True)
class Found:
    """How like each photo is that was looked at."""

    likeness: Mapping[Path, float]
    """Cosine, by photo."""
    problems: tuple[str, ...] = ()
    """Photos that could not be looked at, a sentence each."""


Step = Query | Progress | Found


def searching(text: str, cards: Sequence[Card], workshop: Workshop, control: Control) -> Iterator[Step]:
    """Understand the words, have the tower look at photos whose place in its space is not known yet, and compare.

    First comes the Query; where nothing of it is known, it is also the last. Raises PackError for a pack without a
    tower, or with one that cannot be used.
    """
    tower = workshop.judge.tower or Tower.needed(workshop.judge.pack)
    query = understand(tower.tokenizer, text)
    yield query
    if not query.text:
        return
    asked = tower.text.embed(query.text)
    cap, threads = workshop.settings.pixel_cap_mp * 1_000_000, workshop.settings.threads
    looking = Sightings(cards, workshop.catalogue, tower, control, cap, threads)
    told = monotonic()
    for progress in looking.steps():
        yield progress
        if progress.phase is Phase.FINISHED or monotonic() - told > TELL_SECONDS:
            hits = search(asked, looking.embeddings)
            yield Found({hit.path: hit.similarity for hit in hits}, tuple(looking.problems))
            told = monotonic()


class WordSearch(QObject):
    """One search at a time; a new one overtakes the one before. The model shows the photos found, the nearest first,
    until the filter is lifted: then the order is the one that was there before."""

    changed = Signal()
    """`text`, `query`, `error` or `is_busy` has changed."""
    progressed = Signal(object)
    """Progress: how many photos the tower has looked at."""
    ended = Signal()
    """The tower looks at nothing any more."""
    warned = Signal(str)

    def __init__(self, workshop: Workshop, place: Place, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workshop, self._place, self._model = workshop, place, place.model
        self._retired: set[Job] = set()
        self._likeness: Mapping[Path, float] = {}
        self._is_new = False
        self._job: Job | None = None
        self._control = Control()
        self._order_before: tuple[SortKey, bool] | None = None
        self.text = ""
        """What was searched for last; empty where nothing is."""
        self.query: Query | None = None
        """What was understood of it; None before that is known."""
        self.error = ""
        """Why there is nothing to be found."""
        self.nearest: int | None = NEAREST
        self._clearing = QTimer(self, singleShot=True, interval=CLEAR_MS)
        self._clearing.timeout.connect(self._lift)
        self._model.arranged.connect(self._follow)

    @property
    def order_before(self) -> tuple[SortKey, bool]:
        """The order that there is without a search, and whether it is turned round."""
        return self._order_before or (self._model.sort_key, self._model.descending)

    @property
    def is_busy(self) -> bool:
        """Whether something is being looked for."""
        return self._job is not None

    def ask(self, text: str, *, goes: bool = True) -> None:
        """Look for photos like these words, among all of the shoot; without words, leave. With `goes`, the photo most
        like them becomes the active one, unless they are the words of before."""
        text = " ".join(text.split())
        if not text:
            self.leave()
            return
        self._halt()
        if text != self.text and self._likeness:
            self._clearing.start()
        self._is_new = goes and (text != self.text or self._is_new)
        self.text, self.query, self.error = text, None, ""
        self._control = Control()
        # What the ranking thinks the best is looked at first: it is the likeliest to be wanted.
        cards = sorted(self._model.cards(), key=lambda card: (card.rank is None, card.rank or 0))
        self._job = Job(partial(searching, text, cards, self._workshop, self._control), self)
        self._job.progressed.connect(self._take)
        self._job.failed.connect(self._fail)
        self._job.finished.connect(self._finish)
        self._job.start()
        self.changed.emit()

    @Slot()
    def show_again(self) -> None:
        """The same folders were listed anew: what was found in them before still holds."""
        if self._likeness:
            self._model.liken(self._likeness)

    @Slot()
    def renew(self) -> None:
        """The photos of the shoot are others now, or more of them are known: what is on is looked for again. A search
        that is under way knows neither, and may have the tower look at photos that have a verdict meanwhile."""
        if self.text and self.query is not None and self.query.text:
            self.ask(self.text)

    @Slot()
    def change_tower(self) -> None:
        """Another pack: its tower understands words in its own way, so what is on is looked for anew."""
        text = self.text
        self.leave()
        if text:
            self.ask(text, goes=False)

    def show_nearest(self, nearest: int | None) -> None:
        """Show so many photos of a search; None shows all that were looked at."""
        self.nearest = nearest
        words = self._model.filter.words
        if words is not None:
            self._model.set_filter(replace(self._model.filter, words=replace(words, nearest=nearest)))
        self.changed.emit()

    def stop(self) -> None:
        """Look no further; what was found for these words stays, and what was looked at is remembered."""
        self._halt()
        self._is_new = False
        if self._clearing.isActive():
            self._lift()

    def _halt(self) -> None:
        """Nobody waits for the photo that the tower looks at."""
        job, self._job = self._job, None
        self._control.cancel()
        if job is not None:
            self._retired.add(job)
            self.ended.emit()
            self.changed.emit()

    def close(self) -> None:
        """Leave no thread behind."""
        self.stop()
        for job in self._retired:
            let_go(job)
        self._retired.clear()

    def leave(self) -> None:
        """Search no more: every photo that passes the other filters is shown, in the order that was there before."""
        self.stop()
        self._forget()

    def forget(self) -> None:
        """Another shoot, or none."""
        self.stop()
        self._forget()

    @Slot()
    def _follow(self) -> None:
        """The filter was lifted elsewhere."""
        if self._model.filter.words is None and self._order_before is not None:
            self.stop()
            self._forget()

    def _forget(self) -> None:
        self.text, self.query, self.error = "", None, ""
        self._lift()
        self.changed.emit()

    @Slot()
    def _lift(self) -> None:
        """No photo is shown as found any more; the order is the one without a search."""
        self._clearing.stop()
        before, self._order_before = self._order_before, None
        self._likeness = {}
        if self._model.filter.words is not None:
            self._model.set_filter(replace(self._model.filter, words=None))
        if before is not None and self._model.sort_key is SortKey.LIKENESS:
            self._model.arrange(*before)

    @Slot(object, object)
    def _take(self, job: Job, step: Step) -> None:
        if job is not self._job:
            return
        if isinstance(step, Query):
            self.query = step
            if not step.text:
                self._lift()
            self.changed.emit()
        elif isinstance(step, Found):
            self._show(step)
        else:
            self.progressed.emit(step)
            if step.note is not None:
                self.warned.emit(step.note)

    def _show(self, found: Found) -> None:
        self._clearing.stop()
        self._likeness = found.likeness
        self._model.liken(found.likeness)
        words = Words(self.text if self.query is None else self.query.text, self.nearest)
        if self._order_before is None:
            self._order_before = (self._model.sort_key, self._model.descending)
            self._model.set_filter(replace(self._model.filter, words=words))
            self._model.arrange(SortKey.LIKENESS)
        else:
            self._model.set_filter(replace(self._model.filter, words=words))
        if self._is_new:
            self._is_new = False
            self._place.go(0)
        self.changed.emit()

    @Slot(object, object)
    def _fail(self, job: Job, error: Exception) -> None:
        if job is self._job:
            self.error = in_words(error)
            self.changed.emit()

    @Slot()
    def _finish(self) -> None:
        job = self.sender()
        if job is self._job:
            self._job = None
            self.ended.emit()
            self.changed.emit()
        if isinstance(job, Job):
            self._retired.discard(job)
            let_go(job)
