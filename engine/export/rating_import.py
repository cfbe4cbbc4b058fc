"""What files say of photos, taken over as decisions; where they differ, or a decision does, somebody is asked.

Precedence, which only orders what is shown and what is suggested: the sidecar named in full, the sidecar under the
stem, XMP inside the picture, EXIF.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import MetadataError
from engine.export import embedded, sidecar
from engine.export.carriers import NOTHING, RECORD, Heard, hear
from engine.export.sidecar import Names
from engine.files import metadata
from engine.files.shoot import RAW, RENDERED
from engine.store.action import Field, Mark, Origin, Value
from engine.types import Decision, Metadata, Photo

if TYPE_CHECKING:
    from engine.store.decisions import Change, Decisions

_THREADS = 4
_BATCH = 256


class Source(StrEnum):
    """Where a file says something, in order of precedence."""

    SIDECAR = "sidecar"
    EMBEDDED = "embedded XMP"
    EXIF = "EXIF"


@dataclass(frozen=True, slots=True)
class Statement:
    """What one property of one file says of one field."""

    source: Source
    path: Path
    name: str
    """The property: "xmp:Rating"."""
    field: Field
    value: Value
    ours: bool = False
    """Chinagraph wrote it, and nobody has said otherwise since."""
    changed: bool = False
    """Chinagraph wrote something else there: another program has changed it since."""


@dataclass(frozen=True, slots=True)
class Imported:
    """All that the files of a photo say."""

    photo: Photo
    statements: tuple[Statement, ...] = ()
    """In order of precedence."""
    problems: tuple[str, ...] = ()
    """Files that could not be read, and words that mean nothing here, a sentence each."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field of which not everybody says the same. Nothing is taken over until somebody chooses."""

    photo: Photo
    field: Field
    statements: tuple[Statement, ...]
    decided: Value | None
    """What was decided in Chinagraph; None where nothing was."""
    suggested: Value
    """The decision, else the first by precedence."""


@dataclass(frozen=True, slots=True)
class Import:
    """What taking over would do."""

    marks: tuple[Mark, ...]
    conflicts: tuple[Conflict, ...]
    problems: tuple[str, ...]
    sources: Mapping[tuple[Path, str], tuple[Statement, ...]]
    """(path, field) of each mark -> who says so."""


def read(photo: Photo, names: Names, known: Metadata | None = None) -> Imported:
    """What the sidecars, the XMP inside and the EXIF of a photo say; `known` spares reading its EXIF. Never raises."""
    statements: list[Statement] = []
    problems: list[str] = []
    facts = known if known is not None else _exif(photo.path)
    for path in names.existing(photo):
        try:
            heard = hear(sidecar.read(path), None if facts is None else facts.orientation)
        except (MetadataError, OSError) as error:
            problems.append(_problem(path, error))
            continue
        statements += _statements(Source.SIDECAR, path, heard)
        problems += [f"{path}: {text} means none of Chinagraph's colours or stars." for text in heard.unknown]
    for path in photo.files:
        if path.suffix.lower() in RENDERED | RAW:
            found, wrong = _inside(path)
            statements += found
            problems += wrong
    if facts is not None and facts.rating:
        statements.append(Statement(Source.EXIF, photo.path, "Rating", "stars", facts.rating))
    return Imported(photo, tuple(statements), tuple(problems))


def read_all(
    photos: Iterable[Photo], names: Names, known: Callable[[Path], Metadata | None] = lambda _: None
) -> Iterator[Imported]:
    """`read` for many photos, in order."""
    waiting = iter(photos)
    with ThreadPoolExecutor(_THREADS, "rating-import") as pool:
        while batch := list(islice(waiting, _BATCH)):
            yield from pool.map(lambda photo: read(photo, names, known(photo.path)), batch)


def plan(
    imported: Iterable[Imported],
    decision_of: Callable[[Path], Decision],
    decided: Mapping[Path, Collection[str]],
) -> Import:
    """What can be taken over without asking, and what has to be asked.

    `decided` says which fields were decided in Chinagraph, by path. They are never overwritten: a file that says
    otherwise is a conflict, unless it says what Chinagraph itself wrote there, which is only not up to date.
    """
    marks: list[Mark] = []
    conflicts: list[Conflict] = []
    problems: list[str] = []
    sources: dict[tuple[Path, str], tuple[Statement, ...]] = {}
    for one in imported:
        problems += one.problems
        path = one.photo.path
        for name, nothing in NOTHING.items():
            now: Value | None = getattr(decision_of(path), name) if name in decided.get(path, ()) else None
            voices = _voices(one.statements, name, now)
            values = {statement.value for statement in voices}
            if now is not None and values <= {now}:
                continue
            if len(values) > 1 or (now is not None and values):
                suggested = voices[0].value if now is None else now
                conflicts.append(Conflict(one.photo, voices[0].field, voices, now, suggested))
            elif values - {nothing}:
                marks.append(Mark(one.photo, None, voices[0].field, voices[0].value))
                sources[path, name] = voices
    return Import(tuple(marks), tuple(conflicts), tuple(problems), sources)


def resolve(conflict: Conflict, value: Value) -> Mark:
    """The mark that ends a conflict by `value`."""
    return Mark(conflict.photo, None, conflict.field, value)


def apply(store: Decisions, marks: Iterable[Mark]) -> tuple[Change, ...]:
    """Take marks over as one action, which one undo takes back; what changed."""
    return store.mark(list(marks), Origin.IMPORTED)


def _voices(statements: Iterable[Statement], name: str, now: Value | None) -> tuple[Statement, ...]:
    """The statements that count for a field, `now` being what was decided.

    What Chinagraph wrote does not speak against what was decided since. That nothing is set says something only where
    something was: where Chinagraph wrote it, or as no stars in a sidecar against stars elsewhere.
    """
    about = [s for s in statements if s.field == name and not (s.ours and now is not None)]
    set_ones = [s for s in about if s.value != NOTHING[name]]
    cleared = [
        s
        for s in about
        if s.value == NOTHING[name]
        and (s.changed or (name == "stars" and s.source is Source.SIDECAR and now is None and set_ones))
    ]
    return tuple(s for s in about if s in set_ones or s in cleared)


def _statements(source: Source, path: Path, heard: Heard) -> Iterator[Statement]:
    for voice in heard.voices:
        stands = heard.stands(voice.field)
        changed = voice.field in heard.record and not stands
        yield Statement(source, path, voice.name, voice.field, voice.value, stands, changed)
    # What a target has no word for, and the stars of a reject, stand in Chinagraph's own record alone.
    for field, value in heard.record.items():
        spoken = {voice.value for voice in heard.voices if voice.field == field}
        if heard.stands(field) and value not in spoken and value != NOTHING[field]:
            carrier = RECORD[field]
            yield Statement(source, path, carrier.name, carrier.field, value, ours=True)


def _inside(path: Path) -> tuple[list[Statement], list[str]]:
    try:
        found = embedded.packets(path)
    except (MetadataError, OSError) as error:
        return [], [_problem(path, error)]
    statements = [s for packet in found for s in _statements(Source.EMBEDDED, path, hear(packet))]
    # Cameras write that there are no stars into every picture.
    return [s for s in statements if s.value != NOTHING[s.field]], []


def _exif(path: Path) -> Metadata | None:
    try:
        return metadata.of(path)
    except OSError:
        return None


def _problem(path: Path, error: Exception) -> str:
    if isinstance(error, OSError):
        return f"{path} cannot be read ({error.strerror}). Check its permissions, and that its drive is connected."
    return str(error)
