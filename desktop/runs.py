"""What happens on a job's thread while a shoot is listed and scored. No Qt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from desktop.filtering import Columns
from engine import pipeline, sample
from engine.control import Attention, Control
from engine.errors import PackError, StoreError, UnusableInput
from engine.export import rejected
from engine.files import shoot as shoots
from engine.files.shoot import Shoot
from engine.migration import Standing, standing
from engine.models.device import Device
from engine.models.faces import Faces
from engine.models.pack import Pack
from engine.models.student import Student
from engine.models.tower import Tower
from engine.prepare import is_approximate
from engine.settings import Settings
from engine.store.decisions import Decisions
from engine.types import Card, Decision, Progress


@dataclass(frozen=True, slots=True)
class Listed:
    """A shoot as it can be shown at once: cards without a verdict where the cache knows none."""

    shoot: Shoot
    cards: tuple[Card, ...]
    """In the order of `shoot.photos`."""
    columns: Columns
    decisions: Mapping[Path, Decision]
    notes: tuple[str, ...] = ()
    """What became of rejected photos that a killed program was moving."""


@dataclass(frozen=True, slots=True)
class Ready:
    """The student is loaded, or is not and `reason` says why."""

    device: str | None
    reason: str | None = None
    finds_faces: bool = False
    """Whether the pack has something that finds faces."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A step of the run over a shoot."""

    progress: Progress
    decisions: Mapping[Path, Decision] = field(default_factory=dict)
    """Of photos that were recognised by their bytes: moved or renamed since they were decided about."""


class Judge:
    """The student, the faces and the tower of one pack, loaded when they are first needed and kept from shoot to shoot.

    Only one job at a time may use student and faces; the tower may be asked for from any thread.
    """

    def __init__(self, folder: Path, device: str) -> None:
        self.folder = folder
        self._device = device
        self._pack: Pack | None = None
        self._student: Student | None = None
        self._faces: Faces | None = None
        self._tower: Tower | None = None
        self._loading = Lock()

    def again(self) -> Judge:
        """Another one of the same pack, for where a job that does not end still has this one."""
        return Judge(self.folder, self._device)

    @property
    def device(self) -> Device | None:
        """What the student runs on; None while it is not loaded."""
        return None if self._student is None else self._student.device

    @property
    def pack(self) -> Pack:
        """The pack. Raises PackError."""
        if self._pack is None:
            self._pack = Pack.open(self.folder)
        return self._pack

    @property
    def student(self) -> Student:
        """The student. Raises PackError."""
        if self._student is None:
            self._student = Student.load(self.pack, self._device)
        return self._student

    @property
    def faces(self) -> Faces | None:
        """What finds faces; None for a pack that does not. Raises PackError."""
        if self._faces is None:
            self._faces = Faces.load(self.pack)
        return self._faces

    @property
    def tower(self) -> Tower | None:
        """What writes critiques and finds photos by words; None for a pack that has none. Raises PackError."""
        with self._loading:
            if self._tower is None:
                self._tower = Tower.of(self.pack, self._device)
            return self._tower


@dataclass(slots=True)
class Workshop:
    """What a run works with. The settings may become others: they hold for the next run."""

    catalogue: pipeline.Catalogue
    decisions: Decisions
    judge: Judge
    settings: Settings

    def grouping(self) -> pipeline.Grouping:
        """What the photographer says about groups and clocks of the open shoot, as it stands."""
        gap = self.settings.burst_gap_seconds
        return pipeline.Grouping(gap, self.decisions.clocks(), self.decisions.groups())


def listing(
    folders: Sequence[Path],
    workshop: Workshop,
    retry: Sequence[Path] = (),
    control: Control | None = None,
    *,
    before: Shoot | None = None,
) -> Iterator[Listed]:
    """List a shoot, with all that is known of it; what the cache says of the paths in `retry` is forgotten first. One
    that was cancelled while a drive did not answer leaves the decisions to the shoot that is open by then.

    A move of rejected photos that a killed program had begun is brought to its end before.

    Raises:
        UnusableInput: a folder is missing or is no folder; or the shoot as it was listed `before` is gone.
        StoreError: the decisions cannot be read.
    """
    if retry:
        workshop.catalogue.cache.forget(retry)
    reason = None if before is None else shoots.absence(before)
    if reason is not None:
        raise UnusableInput(reason)
    shoot = shoots.read(folders)
    notes = _recovered(folders) if shoot.rejected else []
    if notes:
        shoot = shoots.read(folders)
    known = _known(shoot, workshop)
    cards = tuple(known.cards.get(photo.path) or Card(photo) for photo in shoot.photos)
    if control is not None and control.cancelled:
        return
    decisions = workshop.decisions.open_shoot(folders, [(card.photo, card.fingerprint) for card in cards])
    if known.is_earlier:
        ranked = {card.path: card for card in pipeline.regroup(cards, workshop.grouping())}
        cards = tuple(ranked[photo.path] for photo in shoot.photos)
    columns = Columns(cards)
    columns.see(workshop.decisions.looked_at())
    yield Listed(shoot, cards, columns, decisions, tuple(notes))


def scoring(shoot: Shoot, workshop: Workshop, attention: Attention, control: Control) -> Iterator[Ready | Scored]:
    """Score and rank a shoot; without a usable pack the photos are measured and shown all the same. What a new pack
    read off thumbnails is ranked first, and then again, off the files."""
    student: Student | None = None
    faces: Faces | None = None
    try:
        student, faces = workshop.judge.student, workshop.judge.faces
        yield Ready(student.device.name, student.device.note, faces is not None)
    except PackError as error:
        yield Ready(None, str(error))
    chosen = workshop.settings
    for exact in (False, True):
        steps = pipeline.rank(
            shoot,
            workshop.catalogue,
            student,
            jobs=chosen.threads,
            attention=attention,
            control=control,
            pixel_cap=chosen.pixel_cap_mp * 1_000_000,
            grouping=workshop.grouping,
            faces=faces,
            exact=exact,
        )
        cards: tuple[Card, ...] = ()
        for progress in steps:
            cards = progress.cards
            found = [(card.photo, card.fingerprint) for card in cards if card.fingerprint is not None]
            yield Scored(progress, workshop.decisions.identify(found) if found and not control.cancelled else {})
        if control.cancelled or not any(map(is_approximate, cards)):
            break
    if student is not None:
        student.rest()
        yield Ready(student.device.name, None, faces is not None)


def regrouping(cards: Sequence[Card], workshop: Workshop) -> Iterator[tuple[Card, ...]]:
    """Group and rank the cards of the open shoot again, by the clocks and the groups that were set by hand."""
    yield pipeline.regroup(cards, workshop.grouping())


def sampling(folder: Path) -> Iterator[Path]:
    """Make the sample shoot where it is not there yet. Raises UnusableInput where it cannot be written."""
    yield sample.make(folder)


def _recovered(folders: Sequence[Path]) -> list[str]:
    """Bring a move of rejected photos that was cut short to its end; the shoot opens even where that cannot be."""
    try:
        return rejected.recover(folders)
    except StoreError as error:
        return [str(error)]


def _known(shoot: Shoot, workshop: Workshop) -> Standing:
    """What the cache knows of the shoot; nothing where the pack or the cache cannot be used, which scoring will say."""
    try:
        model = workshop.judge.pack.model_id
    except PackError:
        model = None
    try:
        return standing(shoot.photos, workshop.catalogue.cache, model)
    except StoreError:
        return Standing({}, is_earlier=False)
