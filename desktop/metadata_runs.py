"""What happens on a job's thread when metadata is read from files and written to sidecars. No Qt."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from desktop.runs import Workshop
from engine.control import Control
from engine.errors import PackError, StoreError
from engine.export import rating_import, xmp_write
from engine.export.carriers import NOTHING, Said
from engine.export.rating_import import Import, Imported
from engine.export.sidecar import Names, Outcome, Status
from engine.export.targets import Kind, Prospect, Target, kind_of, prospect
from engine.types import Card, Photo

EACH = 64
"""Photos between two steps."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """The photos of the open shoot with their sidecars, and where decisions and scores stand."""

    photos: tuple[Photo, ...]
    names: Names
    workshop: Workshop

    @classmethod
    def of(cls, photos: Sequence[Photo], workshop: Workshop) -> Shelf:
        """Settle which sidecars belong to which photo."""
        return cls(tuple(photos), Names(photos), workshop)

    def sayings(self, photos: Sequence[Photo]) -> dict[Path, Said]:
        """What there is to write of photos, scores included. From any thread. Raises StoreError."""
        known, model = self._known(photos)
        return xmp_write.sayings(self.workshop.decisions, photos, known, model)

    def metadata(self) -> Mapping[Path, Card]:
        """What the cache knows of the photos, so that their EXIF need not be read; nothing where it cannot be used."""
        return self._known(self.photos)[0]

    def _known(self, photos: Sequence[Photo]) -> tuple[dict[Path, Card], str | None]:
        try:
            model = self.workshop.judge.pack.model_id
        except PackError:
            model = None
        try:
            known = self.workshop.catalogue.cache.known(photos, model)
        except StoreError:
            known = {}
        return known, None if model is None else f"{model.name} {model.version}"


# Reading


@dataclass(frozen=True, slots=True)
class Looked:
    """How many photos have been looked into."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Found:
    """What the files say."""

    found: Import


@dataclass(frozen=True, slots=True)
class Pending:
    """Photos whose decisions a crash or a failure kept out of their sidecars."""

    photos: tuple[Photo, ...]


def reading(shelf: Shelf, live: Target | None, control: Control) -> Iterator[Looked | Found | Pending]:
    """What sidecars, pictures and cameras say of a shoot; where sidecars are `live`, also which of them are behind.

    Nothing is taken over here. Cancelled, it ends without a result. Raises StoreError.
    """
    cards = shelf.metadata()
    known = {path: card.metadata for path, card in cards.items()}
    said: list[Imported] = []
    walk = rating_import.read_all(shelf.photos, shelf.names, known.get)
    while batch := list(islice(walk, EACH)):
        said += batch
        yield Looked(len(said), len(shelf.photos))
        control.wait()
        if control.cancelled:
            return
    store = shelf.workshop.decisions
    decided: dict[Path, Collection[str]] = {path: touched.fields for path, touched in store.decided().items()}
    yield Found(rating_import.plan(said, store.of, decided))
    if live is not None:
        sayings = shelf.sayings(shelf.photos)
        yield Pending(tuple(xmp_write.pending(shelf.photos, sayings, [live], shelf.names)))


# Writing


@dataclass(frozen=True, slots=True)
class Wrote:
    """A step of writing, or of the dry run."""

    done: int
    total: int
    """Photos of which something was decided."""
    outcomes: tuple[Outcome, ...]
    """Since the last step."""


@dataclass(frozen=True, slots=True)
class Writing:
    """What writing came to, or would come to."""

    target: Target
    photos: int
    """Photos that were meant."""
    decided: int
    """Those of them of which something was ever decided."""
    dry_run: bool
    outcomes: tuple[Outcome, ...] = ()
    cancelled: bool = False
    prospects: Mapping[Kind, tuple[int, Prospect]] = field(default_factory=dict)
    """By type of file, the most frequent first: how many of the decided photos, and what the program will read."""

    def having(self, *statuses: Status) -> list[Outcome]:
        """The outcomes of these statuses."""
        return [outcome for outcome in self.outcomes if outcome.status in statuses]


def writing(
    shelf: Shelf, photos: Sequence[Photo], target: Target, control: Control, *, dry_run: bool
) -> Iterator[Wrote | Writing]:
    """Write the sidecars of photos for one program, or say what would be written. Raises StoreError."""
    said = shelf.sayings(photos)
    meant = [photo for photo in photos if photo.path in said]
    outcomes: list[Outcome] = []
    done: dict[Path, None] = {}
    steps = xmp_write.write(meant, said, [target], shelf.names, dry_run=dry_run, control=control)
    while batch := tuple(islice(steps, EACH)):
        outcomes += batch
        done |= dict.fromkeys(outcome.photo for outcome in batch)
        yield Wrote(len(done), len(meant), batch)
    worth = [photo for photo in meant if said[photo.path].fields & NOTHING.keys()]
    cancelled = control.cancelled and len(done) < len(meant)
    yield Writing(target, len(photos), len(worth), dry_run, tuple(outcomes), cancelled, _prospects(target, worth))


def _prospects(target: Target, photos: Iterable[Photo]) -> dict[Kind, tuple[int, Prospect]]:
    counts: dict[Kind, int] = {}
    for photo in photos:
        what = kind_of(photo)
        counts[what] = counts.get(what, 0) + 1
    in_order = sorted(counts, key=lambda what: -counts[what])
    return {what: (counts[what], prospect(target, what)) for what in in_order}
