"""One window's work: the shoot that is open, what is being done to it, and what the photographer decides."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QObject, QTimer, Signal, Slot

from desktop.attention_maps import AttentionMaps
from desktop.cards import CardModel
from desktop.choosing import Choosing
from desktop.critiques import Critiques
from desktop.culling import Culling
from desktop.grouping import Grouping
from desktop.jobs import SLOW, Job, in_words, let_go
from desktop.metadata import Metadata
from desktop.packs import Packs
from desktop.place import Place
from desktop.preferences import Preferences
from desktop.runs import Judge, Listed, Ready, Scored, Workshop, listing, sampling, scoring
from desktop.search import WordSearch
from desktop.seeing import Seeing
from desktop.thumbnails import ThumbnailLoader
from engine import paths, pipeline, sample
from engine.control import Attention, Control
from engine.errors import ChinagraphError, StoreError
from engine.files.shoot import Shoot
from engine.settings import FILE_NAME, Settings, load
from engine.store.decisions import Decisions
from engine.types import Card, Phase

GATHER_MS = 100
"""Steps of a run are gathered this long before the model is updated once."""
FIRST_PAINT_MS = 1500
"""The run starts when the visible thumbnails are there, and at the latest after this."""


class Session(QObject):
    """Opens folders and runs the engine over them.

    `model`, `selection` (its current index is the active photo) and `thumbnails` are what the views share. `culling`
    passes marks to the decisions, `grouping` has the shoot grouped anew, `choosing` suggests selections,
    `metadata` reads and writes what travels with the files.
    """

    leaving = Signal()
    """Another shoot is about to be opened; this one still stands."""
    opening = Signal(object)
    """tuple[Path, ...]: these folders are being listed."""
    opened = Signal(object)
    """Shoot: its cards are in the model."""
    progressed = Signal(object)
    """Progress, gathered: the latest phase and numbers. The cards are in the model already."""
    ended = Signal()
    """Nothing runs any more."""
    pause_changed = Signal(bool)
    device_found = Signal(str)
    """Where the student runs, "CPU"; empty when there is no student."""
    faces_sought = Signal(bool)
    """Whether the pack finds faces."""
    said = Signal(str)
    """A short answer to what the user did."""
    warned = Signal(str)
    """Something the user must know, as a sentence with cause and next step."""
    unusable = Signal(str)
    """The folders cannot be shown at all, and why."""
    _store_failed = Signal(str)

    def __init__(
        self, data_dir: Path | None = None, *, pack: Path | None = None, parent: QObject | None = None
    ) -> None:
        """Raises StoreError and UnusableInput where the data folder cannot be used."""
        super().__init__(parent)
        self._data_dir = data_dir
        self.home = paths.data_dir(data_dir)
        settings = load(self.home / FILE_NAME)
        self._decisions = Decisions(self.home / "decisions.sqlite", on_failure=self._tell_store_failure)
        try:
            self._catalogue = pipeline.Catalogue.open(paths.cache_dir(data_dir), settings.thumbnail_cache_mb << 20)
        except ChinagraphError:
            self._decisions.close()
            raise
        judge = Judge(pack or Packs.chosen(settings, data_dir), settings.device)
        self._workshop = Workshop(self._catalogue, self._decisions, judge, settings)
        self.preferences = Preferences(self._workshop, self.home, self)
        self.packs = Packs(self._workshop, self)
        self.thumbnails = ThumbnailLoader(self._catalogue.thumbnails, self)
        self.model = CardModel(self.thumbnails, self)
        self.model.scores_hidden = settings.scores_hidden
        self.selection = QItemSelectionModel(self.model, self)
        self.place = Place(self.model, self.selection, self)
        self.culling = Culling(self._decisions, self.place, self)
        self.grouping = Grouping(self._workshop, self.model, self)
        self.choosing = Choosing(self.culling, self.model, self.preferences, self.home, self)
        self.metadata = Metadata(self._workshop, self.culling, self.model, self.preferences, self.home)
        self.critiques = Critiques(self._workshop, self.model, self.selection, self)
        self.maps = AttentionMaps(self._workshop, self.model, self.selection, self)
        self.search = WordSearch(self._workshop, self.place, self)
        self.seeing = Seeing(self.culling, self)
        self.attention = Attention()
        self.folders: tuple[Path, ...] = ()
        self.shoot: Shoot | None = None
        self._job: Job | None = None
        self._control = Control()
        self._closed = False
        self._is_begun = self._is_late = self._is_listed = False
        self._attended: list[Path] = []
        self._steps: list[Ready | Scored] = []
        self._gathering = self._timer(GATHER_MS, self._show_steps)
        self._waiting = self._timer(FIRST_PAINT_MS, self._start_scoring)
        self.thumbnails.settled.connect(self._start_when_painted)
        self.selection.currentChanged.connect(self._watch)
        self._store_failed.connect(self.warned)
        self._connect_parts()

    # The shoot

    def open(self, folders: Sequence[Path]) -> None:
        """Show these folders as one shoot and start to rank it. What runs is cancelled; what it has scored is saved."""
        self.leaving.emit()
        self._stop()
        self.folders, self.shoot = tuple(folders), None
        self.culling.is_open = False
        for part in (self.grouping, self.choosing, self.metadata, self.critiques, self.search):
            part.forget()
        self.thumbnails.clear()
        self.model.load([], {})
        self._list()

    def open_sample(self) -> None:
        """Make the sample shoot in the data folder, where it is not there yet, and open it."""
        self._stop()
        folder = sample.default_folder(self._data_dir)
        self._run(Job(partial(sampling, folder), self), self._open_made, self._finish_making)
        self.opening.emit((folder,))

    def retry(self, failed: Sequence[Path] = ()) -> None:
        """List the same folders again and read the `failed` photos once more. The active photo stays."""
        if self.folders:
            self._stop()
            self._list(failed)

    def save(self) -> None:
        """Wait until every decision is on disk. Raises the StoreError that stands against it."""
        if not self._closed:
            self._decisions.flush()

    def close(self) -> None:
        """Stop everything, save, and leave no thread or timer behind. Raises StoreError for decisions that are lost."""
        if self._closed:
            return
        self._closed = True
        self._stop()
        self.grouping.forget()
        self.choosing.close()
        self.metadata.forget()
        self.critiques.close()
        self.maps.close()
        self.search.close()
        self.seeing.stop()
        self.thumbnails.close()
        self._catalogue.close()
        self._decisions.close()

    # The run

    @property
    def is_running(self) -> bool:
        """Whether a shoot is being listed or scored, or waits for its first paint to be."""
        return self._job is not None or self._waiting.isActive()

    @property
    def is_paused(self) -> bool:
        """Whether the run holds still."""
        return self._control.paused

    def pause(self) -> None:
        """Hold the run after the photo in flight."""
        if self.is_running and not self.is_paused:
            self._control.pause()
            self.pause_changed.emit(True)

    def resume(self) -> None:
        """Let a paused run go on."""
        if self.is_paused:
            self._control.resume()
            self.pause_changed.emit(False)

    def cancel(self) -> None:
        """End the run; what it has scored is saved."""
        if self.is_running:
            self._stop()
            self.ended.emit()

    def attend(self, cards: Iterable[Card]) -> None:
        """Say what stands on the screen: it is scored before all else, the active photo first."""
        self._attended = [card.path for card in cards]
        self._look_at_active()

    # The photos

    @property
    def settings(self) -> Settings:
        """What holds for the next run, and for the window at once."""
        return self.preferences.settings

    @property
    def active(self) -> Card | None:
        """The photo that a mark hits."""
        return self.place.active

    def look(self, view: str) -> None:
        """Say which view is on the screen: "grid", "loupe", "compare" or "survey"."""
        self.seeing.look(view)

    # How

    def _connect_parts(self) -> None:
        parts = (self.culling, self.grouping, self.choosing, self.metadata, self.critiques, self.search)
        for part in (*parts, self.preferences):
            part.warned.connect(self.warned)
        self.culling.decided.connect(self.begin)
        self.culling.groups_changed.connect(self.grouping.renew)
        self.ended.connect(self.grouping.release)
        self.ended.connect(self.choosing.renew)
        self.ended.connect(self.search.renew)
        self.opened.connect(self.search.show_again)
        self.packs.changed.connect(self.search.change_tower)
        self.grouping.renewed.connect(self.choosing.renew)

    @Slot()
    def begin(self) -> None:
        """From now on the active photo is the photographer's choice."""
        self._is_begun = True

    def _timer(self, milliseconds: int, slot: Callable[[], None]) -> QTimer:
        timer = QTimer(self, singleShot=True, interval=milliseconds)
        timer.timeout.connect(slot)
        return timer

    def _list(self, retry: Sequence[Path] = ()) -> None:
        self._is_listed = False
        steps = partial(listing, self.folders, self._workshop, tuple(retry), self._control, before=self.shoot)
        self._run(Job(steps, self), self._show_listed, self._finish_listing)
        self.opening.emit(self.folders)
        if self._is_late:
            self.warned.emit(SLOW)

    @Slot()
    def _start_when_painted(self) -> None:
        if self._waiting.isActive():
            self._waiting.stop()
            self._start_scoring()

    @Slot()
    def _start_scoring(self) -> None:
        assert self.shoot is not None
        self.metadata.look()
        steps = partial(scoring, self.shoot, self._workshop, self.attention, self._control)
        self._run(Job(steps, self, in_background=True), self._gather, self._finish_scoring)

    def _run(self, job: Job, take: Callable[[Job, Any], None], finish: Callable[[], None]) -> None:
        self._job = job
        self.grouping.hold()
        job.progressed.connect(take)
        job.failed.connect(self._fail)
        job.finished.connect(finish)
        job.start()

    def _stop(self) -> None:
        """Cancel what runs and give it a moment to save its last batch; its late signals are not listened to."""
        was_paused = self.is_paused
        self._waiting.stop()
        self._control.cancel()
        job, self._job = self._job, None
        self._is_late = not let_go(job)
        if self._is_late:
            self._workshop.judge = self._workshop.judge.again()
        self._gathering.stop()
        self._show_steps()
        self._control = Control()
        if was_paused:
            self.pause_changed.emit(False)

    @Slot(object, object)
    def _open_made(self, job: Job, folder: Path) -> None:
        if job is self._job:
            self.open([folder])

    @Slot()
    def _finish_making(self) -> None:
        """Reached only where it could not be made; what could be is open by now."""
        if self._let_go():
            self.ended.emit()

    @Slot(object, object)
    def _show_listed(self, job: Job, listed: Listed) -> None:
        if job is not self._job:
            return
        if self.shoot is None:
            self.model.load(listed.cards, listed.decisions, listed.columns)
            self._is_begun = False
        else:
            self.model.reload(listed.cards, listed.decisions, listed.columns)
        self.shoot, self._is_listed = listed.shoot, True
        self.culling.is_open = True
        self.choosing.take_up(self.folders)
        self.metadata.take_up(listed.shoot, self.folders)
        self.culling.undo_changed.emit()
        self.opened.emit(listed.shoot)
        for note in listed.notes:
            self.warned.emit(note)

    @Slot(object, object)
    def _gather(self, job: Job, step: Ready | Scored) -> None:
        if job is self._job:
            self._steps.append(step)
            if not self._gathering.isActive():
                self._gathering.start()

    @Slot()
    def _show_steps(self) -> None:
        """Update the model once with all that has been gathered."""
        steps, self._steps = self._steps, []
        for ready in (step for step in steps if isinstance(step, Ready)):
            self.device_found.emit(ready.device or "")
            self.faces_sought.emit(ready.finds_faces)
            if ready.reason is not None:
                self.warned.emit(ready.reason)
        scored = [step for step in steps if isinstance(step, Scored)]
        if not scored:
            return
        cards = {card.path: card for step in scored for card in step.progress.cards}
        self.model.update(cards.values())
        for step in scored:
            self.model.decide(step.decisions)
            if step.progress.note is not None:
                self.warned.emit(step.progress.note)
        self.thumbnails.renew(list(cards.values()))
        if any(step.progress.phase is Phase.FINISHED for step in scored):
            self._settle_order()
        self.progressed.emit(scored[-1].progress)

    def _settle_order(self) -> None:
        """Show the ranked order. Who has begun to cull keeps the active photo; for others it is the best one."""
        self.model.resort()
        if not self._is_begun:
            self.place.go(0)

    @Slot(object, object)
    def _fail(self, job: Job, error: Exception) -> None:
        if job is self._job:
            tell = self.unusable if self.shoot is None else self.warned
            tell.emit(in_words(error))

    @Slot()
    def _finish_listing(self) -> None:
        """Scoring leaves the processors to the first thumbnails, then follows."""
        if not self._let_go():
            return
        if self._is_listed and self.shoot is not None and self.shoot.photos:
            self._waiting.start()
        else:
            self.ended.emit()

    @Slot()
    def _finish_scoring(self) -> None:
        if self._let_go():
            self._gathering.stop()
            self._show_steps()
            self.ended.emit()

    def _let_go(self) -> bool:
        """Drop the job whose thread has ended; False for one that was given up before."""
        job = self.sender()
        if not isinstance(job, Job) or job is not self._job:
            return False
        self._job = None
        let_go(job)
        return True

    def _look_at_active(self) -> None:
        active = self.active
        self.attention.look_at(dict.fromkeys([*([active.path] if active else []), *self._attended]))

    @Slot(QModelIndex, QModelIndex)
    def _watch(self, *_change: QModelIndex) -> None:
        self.begin()
        self._look_at_active()
        self.seeing.begin()

    def _tell_store_failure(self, error: StoreError) -> None:
        """Called on the decisions' own thread."""
        self._store_failed.emit(str(error))
