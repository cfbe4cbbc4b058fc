"""Taking decisions over from a backup: which photo each is about, and where both sides decided differently."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path, PurePosixPath

from engine.store.action import Field, Value
from engine.store.decision_log import Decided
from engine.store.decisions import Decisions, Mark
from engine.store.portable import Backup, Kept, placed
from engine.types import Photo


@dataclass(frozen=True, slots=True)
class Conflict:
    """One field of one photo that was decided here and in the backup, differently."""

    photo: Photo
    fingerprint: str
    field: Field
    here: Value
    here_time: str
    """Of the last decision about the photo here; UTC, ISO 8601."""
    there: Value
    there_time: str

    @property
    def theirs(self) -> Mark:
        """What to mark to have it as the backup has it."""
        return Mark(self.photo, self.fingerprint, self.field, self.there)


@dataclass(frozen=True, slots=True)
class Restoration:
    """What a backup would change in the open shoot."""

    marks: tuple[Mark, ...]
    """Fields that nobody decided here."""
    conflicts: tuple[Conflict, ...]
    same: int
    """Fields that are the same on both sides."""
    missing: tuple[Kept, ...]
    """Photos of the backup of which no file here has the content."""
    clocks: Mapping[str, timedelta]
    """By body, where no clock is corrected here; `store.set_clock` does it."""
    clock_conflicts: Mapping[str, tuple[timedelta, timedelta]]
    """(here, there) by body, where they differ."""


def plan(
    store: Decisions,
    backup: Backup,
    folders: Sequence[Path],
    photos: Sequence[Photo],
    contents: Mapping[Path, str],
) -> Restoration:
    """Compare a backup with the open shoot. Nothing is changed; `store.mark(marks, Origin.IMPORTED)` does it.

    A photo is the one of the same content, among several the one in the same place, else of the same file name. A field
    that was decided here, if only cleared, is never overruled. Raises StoreError.
    """
    pairs = list(_pairs(backup.photos, folders, photos, contents))
    decided, times = store.decided(), store.times()
    marks: list[Mark] = []
    conflicts: list[Conflict] = []
    same = 0
    for one, photo in pairs:
        made, touched = store.of(photo.path), decided.get(photo.path, Decided())
        for field, there in one.fields.items():
            here: Value = getattr(made, field)
            if here == there:
                same += 1
            elif field in touched.fields:
                time = times[photo.path]
                conflicts.append(Conflict(photo, one.fingerprint, field, here, time, there, one.time))
            else:
                marks.append(Mark(photo, one.fingerprint, field, there))
    found = {id(one) for one, _ in pairs}
    missing = tuple(one for one in backup.photos if id(one) not in found)
    set_here = store.clocks()
    return Restoration(
        tuple(marks),
        tuple(conflicts),
        same + sum(set_here.get(body) == offset for body, offset in backup.clocks.items()),
        missing,
        {body: offset for body, offset in backup.clocks.items() if body not in set_here},
        {
            body: (set_here[body], offset)
            for body, offset in backup.clocks.items()
            if set_here.get(body, offset) != offset
        },
    )


def _pairs(
    kept: Sequence[Kept], folders: Sequence[Path], photos: Sequence[Photo], contents: Mapping[Path, str]
) -> Iterator[tuple[Kept, Photo]]:
    """Each photo and each entry once."""
    files: dict[str, list[Photo]] = defaultdict(list)
    for photo in photos:
        if photo.path in contents:
            files[contents[photo.path]].append(photo)
    entries: dict[str, list[Kept]] = defaultdict(list)
    for one in kept:
        entries[one.fingerprint].append(one)
    for content, alike in entries.items():
        yield from _matched(alike, files[content], folders)


def _matched(alike: list[Kept], files: list[Photo], folders: Sequence[Path]) -> Iterator[tuple[Kept, Photo]]:
    """Entries and files of one content: by place, then by name, then in order."""
    tests: tuple[Callable[[Kept, Photo], bool], ...] = (
        lambda one, photo: (one.folder, one.place) == placed(photo.path, folders),
        lambda one, photo: PurePosixPath(one.place).name == photo.path.name,
        lambda _one, _photo: True,
    )
    for fits in tests:
        for one in list(alike):
            photo = next((photo for photo in files if fits(one, photo)), None)
            if photo is not None:
                files.remove(photo)
                alike.remove(one)
                yield one, photo
