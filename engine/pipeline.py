"""The one way from files to ranked cards."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from engine import closer, memory, migration
from engine.catalogue import Catalogue
from engine.control import Attention, Control
from engine.errors import StoreError
from engine.files import decode
from engine.files.shoot import Shoot
from engine.judge.clock import corrected
from engine.judge.grouping import BURST_GAP, group
from engine.judge.merit import ranked
from engine.judge.scenes import scenes
from engine.lookahead import LookAhead
from engine.migration import KNOWN_AT_ONCE
from engine.pace import Pace
from engine.prepare import Prepared, is_approximate, prepare
from engine.types import Card, Phase, Photo, Progress, Verdict

if TYPE_CHECKING:
    from engine.models.faces import Faces
    from engine.models.student import Student

__all__ = ["Attention", "Catalogue", "Control", "Grouping", "rank", "regroup"]

BATCH = 16
"""Photos that one transaction saves, and that the student sees at once on an accelerator."""
CPU_BATCH = 1
"""Photos that the student sees at once on a CPU. More only spill its caches: at 320 px, one at a time takes 14.7 ms a
photo, two at a time take 17.1 ms and 58 MB more."""
PATIENCE = 0.5
"""Seconds after which a batch goes on although it is not full, so that the screen follows a slow card."""
WATCH = 0.1
"""Seconds between two looks at `Control` while a photo is being decoded."""


@dataclass(frozen=True, slots=True)
class Grouping:
    """What the photographer says about groups."""

    burst_gap: float = BURST_GAP
    """Seconds; `judge.grouping.group` says what it bounds."""
    clocks: Mapping[str, timedelta] = field(default_factory=dict)
    """What the clock of each body is corrected by, by `judge.clock.body`."""
    by_hand: Mapping[Path, str] = field(default_factory=dict)
    """Groups made by hand: photo -> group."""


def regroup(cards: Sequence[Card], grouping: Grouping) -> tuple[Card, ...]:
    """The cards of a whole shoot, grouped and ranked anew from what is known of them, best first; reads no file."""
    right = corrected(cards, grouping.clocks)
    groups = group(right, grouping.burst_gap, grouping.by_hand)
    scene_of = scenes(right, groups)
    return tuple(replace(card, scene=scene_of.get(card.path)) for card in ranked(right, groups))


def rank(
    shoot: Shoot,
    catalogue: Catalogue,
    student: Student | None,
    *,
    jobs: int = 2,
    attention: Attention | None = None,
    control: Control | None = None,
    pixel_cap: int = decode.PIXEL_CAP,
    grouping: Callable[[], Grouping] = Grouping,
    faces: Faces | None = None,
    exact: bool = False,
) -> Iterator[Progress]:
    """Score, group and rank a shoot; every photo arrives as a card in some step, and all of them, ranked, in the last.

    Photos that the cache knows arrive first, without their files being touched. The rest is read once each, by
    `jobs` threads, what `attention` names before all else. Each batch is saved before it is yielded: a run that is
    cancelled, killed or closed loses the batch in flight at most, and the next one goes on from there. A photo that
    cannot be read is a card with an error. A store that cannot be written to is told once in a note, and the run
    goes on. Without a student, photos are measured and shown but not ranked. Pictures of more than `pixel_cap` pixels
    are refused. `grouping` is asked when all photos are scored. `faces` finds faces; without
    it, nobody's eyes are the subject. At the end the leaders of bursts are decoded once more, whole, to see which of
    them is sharp on the subject.

    Photos that another student has judged are not decoded again: this one looks at their thumbnails, and its verdicts
    are approximate. `exact` reads the files of these, and of those that were read off thumbnails before; one that
    cannot be read keeps what it has. Meanwhile the ranking of before stands: its photos come in the last step alone,
    and others come without their verdicts, so that nobody sees two students, or two ways to look, in one ranking.

    A cancelled run ends without a step of `Phase.FINISHED`. Nothing is raised for a single photo.
    """
    run = _Run(shoot, catalogue, student, jobs, attention or Attention(), control or Control())
    run.pixel_cap, run.grouping, run.faces, run.exact = pixel_cap, grouping, faces, exact
    yield from run.listing()
    run.hold_back()
    yield from run.known()
    yield from run.fresh()
    yield from run.comparing()
    yield from run.ranking()


class _Run:
    """One pass over a shoot. Everything but `prepare` happens on the thread that draws the steps."""

    def __init__(
        self,
        shoot: Shoot,
        catalogue: Catalogue,
        student: Student | None,
        jobs: int,
        attention: Attention,
        control: Control,
    ) -> None:
        self.shoot = shoot
        self.catalogue = catalogue
        self.student = student
        self.model = student.model_id if student else None
        self.jobs = jobs
        self.attention = attention
        self.control = control
        self.pixel_cap = decode.PIXEL_CAP
        self.grouping: Callable[[], Grouping] = Grouping
        self.faces: Faces | None = None
        self.exact = False
        self.cards: dict[Path, Card] = {}
        self.held: set[Path] = set()
        self.measured: dict[Path, Card] = {}
        self.approximate: dict[Path, Card] = {}
        self.settled = 0
        self.scored = 0
        self.pace = Pace()
        self.told: set[type[StoreError]] = set()
        self.rebuilt: set[str] = set()
        self.device = student.device if student else None

    def listing(self) -> Iterator[Progress]:
        """Say what was found, and what was left out."""
        yield self._step(Phase.LISTING)
        if self.shoot.videos:
            videos = "1 video is" if self.shoot.videos == 1 else f"{self.shoot.videos:,} videos are"
            yield self._step(Phase.LISTING, note=f"{videos} left out: Chinagraph ranks photos only.")
        for problem in (*self.shoot.problems, *self._rebuilt()):
            yield self._step(Phase.LISTING, note=problem)

    def hold_back(self) -> None:
        """Settle whether a ranking stands that this run is to take the place of."""
        with contextlib.suppress(StoreError):  # `known` asks the same store, and tells.
            self.held = migration.held(self.shoot.photos, self.catalogue.cache, self.model, self.exact)

    def known(self) -> Iterator[Progress]:
        """Photos whose file is the one that was scored before."""
        photos = self.shoot.photos
        for start in range(0, len(photos), KNOWN_AT_ONCE):
            if self.control.cancelled:
                return
            note = None
            found: dict[Path, Card] = {}
            try:
                found = self.catalogue.cache.known(photos[start : start + KNOWN_AT_ONCE], self.model)
            except StoreError as error:
                note = self._told(error)
            if self.exact:
                self.approximate.update((path, card) for path, card in found.items() if is_approximate(card))
                found = {path: card for path, card in found.items() if path not in self.approximate}
            self.cards.update(found)
            if found or note:
                yield self._step(Phase.SCORING, tuple(found.values()), note)

    def fresh(self) -> Iterator[Progress]:
        """Photos that must be read."""
        waiting = [photo for photo in self.shoot.photos if photo.path not in self.cards]
        if not waiting:
            return
        if self.model is not None and not self.exact:
            self._remember(waiting)
        self.pace = Pace()
        with LookAhead(waiting, self._prepare, self.jobs, self.attention) as ahead:
            yield self._step(Phase.SCORING)
            while not ahead.exhausted and not self.control.cancelled:
                if self.control.paused:
                    yield from self._hold()
                else:
                    yield from self._settle(self._gather(ahead))
            if self.control.cancelled:
                yield from self._settle(ahead.finished())

    def comparing(self) -> Iterator[Progress]:
        """A closer look at the leaders of bursts, saved a batch at a time."""
        if self.control.cancelled or self.student is None:
            return
        cards = list(self.cards.values())
        asked = self.grouping()
        right = corrected(cards, asked.clocks)
        wanting = closer.wanting(right, group(right, asked.burst_gap, asked.by_hand))
        done = 0
        # What was scored leaves a hundred megabytes behind, which a photo in every pixel would come on top of.
        memory.release()
        for batch in _batches(closer.looked(wanting, self.jobs, self.pixel_cap, self.control)):
            cards = [closer.measured(self.cards[card.path], card) for card in batch]
            self.cards.update((card.path, card) for card in cards)
            done += len(cards)
            step = self._step(Phase.COMPARING, tuple(cards), self._kept(cards))
            yield replace(step, done=done, total=len(wanting))

    def ranking(self) -> Iterator[Progress]:
        """Group and rank the whole shoot, unless the run was cancelled."""
        if self.control.cancelled:
            return
        yield self._step(Phase.RANKING)
        yield self._step(Phase.FINISHED, regroup(list(self.cards.values()), self.grouping()))

    def _remember(self, photos: Sequence[Photo]) -> None:
        """Find the photos of which this student needs no more than the thumbnail."""
        faces = "" if self.faces is None else self.faces.sha256
        for start in range(0, len(photos), KNOWN_AT_ONCE):
            part = photos[start : start + KNOWN_AT_ONCE]
            with contextlib.suppress(StoreError):  # They are read anew.
                self.measured.update(migration.measured(part, self.catalogue.cache, faces))

    def _prepare(self, photo: Photo) -> Prepared:
        self.attention.give_way()
        preprocess = self.student.preprocess if self.student else None
        measured = self.measured.pop(photo.path, None)
        if measured is not None and preprocess is not None:
            found = migration.prepared(measured, self.catalogue, preprocess)
            if found is not None:
                return found
        made = prepare(photo, self.catalogue.cache, self.model, preprocess, self.pixel_cap, self.faces)
        if made.card.error is not None and photo.path in self.approximate:
            return Prepared(self.approximate[photo.path], cached=True, lasting=False)
        return made

    def _hold(self) -> Iterator[Progress]:
        self.pace.pause()
        yield self._step(Phase.SCORING)
        self.control.wait()
        self.pace.resume()

    def _gather(self, ahead: LookAhead) -> list[Prepared]:
        """Up to a batch of photos: fewer at the end, when time is up, and when the run is to pause or stop."""
        batch: list[Prepared] = []
        until = time.monotonic() + PATIENCE
        while len(batch) < BATCH and not (self.control.cancelled or self.control.paused or ahead.exhausted):
            prepared = ahead.take(WATCH)
            if prepared is not None:
                batch.append(prepared)
            if batch and time.monotonic() > until:
                break
        return batch

    def _settle(self, batch: Sequence[Prepared]) -> Iterator[Progress]:
        """Score a batch, save it, and pass it on."""
        if not batch:
            return
        verdicts = iter(self._scores(batch))
        cards = [p.judged(p.card.verdict if p.inputs is None else next(verdicts)) for p in batch]
        note = self._save(batch, cards) or self._fallen_back() or " ".join(self._rebuilt()) or None
        self.cards.update((card.path, card) for card in cards)
        self.settled += len(batch)
        self.scored += sum(not prepared.cached for prepared in batch)
        self.pace.mark(self.settled, self.scored)
        yield self._step(Phase.SCORING, tuple(cards), note)

    def _scores(self, batch: Sequence[Prepared]) -> list[Verdict]:
        inputs = [prepared.inputs for prepared in batch if prepared.inputs is not None]
        verdicts: list[Verdict] = []
        while self.student and len(verdicts) < len(inputs):
            self.attention.give_way()
            size = CPU_BATCH if self.student.device.name == "CPU" else BATCH
            verdicts.extend(self.student.score(np.stack(inputs[len(verdicts) : len(verdicts) + size])))
        return verdicts

    def _save(self, batch: Sequence[Prepared], cards: Sequence[Card]) -> str | None:
        """Thumbnails first: a photo that is in the cache is not decoded again, so its thumbnail must be there."""
        pictures = [(p.card.fingerprint, p.thumbnail) for p in batch if p.card.fingerprint and p.thumbnail]
        lasting = [(card, prepared) for card, prepared in zip(cards, batch, strict=True) if prepared.lasting]
        known = [card for card, prepared in lasting if prepared.cached]
        approximate = [card for card, prepared in lasting if prepared.approximate]
        read = [card for card, prepared in lasting if not (prepared.cached or prepared.approximate)]
        try:
            self.catalogue.thumbnails.put(pictures)
            if self.model is not None and approximate:
                self.catalogue.cache.record_verdicts(approximate, self.model)
        except StoreError as error:
            return self._told(error)
        return self._kept(known) or self._kept(read, "" if self.faces is None else self.faces.sha256)

    def _kept(self, cards: Sequence[Card], faces: str | None = None) -> str | None:
        """Record cards; the note on what stands against it."""
        try:
            if cards:
                self.catalogue.cache.record(cards, self.model, faces)
        except StoreError as error:
            return self._told(error)
        return None

    def _rebuilt(self) -> list[str]:
        """Notes on stores that were built anew since the last look."""
        fresh = [note for note in self.catalogue.notes if note not in self.rebuilt]
        self.rebuilt.update(fresh)
        return fresh

    def _told(self, error: StoreError) -> str | None:
        """The note for a store that failed; None for a kind that the user has been told of in this run."""
        if type(error) in self.told:
            return None
        self.told.add(type(error))
        return f"Scores are shown but cannot be saved: {error}"

    def _fallen_back(self) -> str | None:
        """The note for a device that failed in mid-run; the student has gone on with another."""
        if self.student is None or self.student.device == self.device:
            return None
        self.device = self.student.device
        return self.device.note or f"Scoring goes on with {self.device.name}."

    def _step(self, phase: Phase, cards: tuple[Card, ...] = (), note: str | None = None) -> Progress:
        total = len(self.shoot.photos)
        working = phase is Phase.SCORING
        if self.held and phase is not Phase.FINISHED:
            cards = tuple(migration.unjudged(card) for card in cards if card.path not in self.held)
        return Progress(
            phase,
            done=len(self.cards),
            total=total,
            rate=self.pace.rate if working else None,
            seconds_left=self.pace.seconds_left(total - len(self.cards)) if working else None,
            cards=cards,
            note=note,
        )


def _batches(cards: Iterator[Card]) -> Iterator[list[Card]]:
    """BATCH cards at a time, fewer at the end."""
    while batch := list(islice(cards, BATCH)):
        yield batch
