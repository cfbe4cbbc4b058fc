"""What an export would do, file by file, before anything is done: the dry run, and what `files.run` carries out."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import UnusableInput
from engine.export import names, volume
from engine.export.ledger import Record
from engine.export.operation import Action, Operation, photos
from engine.export.rendition import Rendition
from engine.export.template import DEFAULT, Subject, Template
from engine.files.shoot import RAW, RENDERED, stamp
from engine.types import Card, Decision, FileStamp

if TYPE_CHECKING:
    from engine.export.tagging import Tagging

SAME_TIME_NS = 2_000_000_000
"""FAT keeps times to two seconds: copies whose times differ by no more may be the same."""
_XMP = ".xmp"
_SIDECAR_SIZE = 2048
"""Bytes that a new sidecar takes, about."""


class Clashes(StrEnum):
    """What becomes of a photo whose name is taken."""

    NUMBERED = "number"
    """Its files get "-2", "-3" ... behind their name."""
    REFUSED = "refuse"
    """It is left out, and the plan says so."""


@dataclass(frozen=True, slots=True)
class Order:
    """What somebody wants of an export, apart from the photos."""

    target: Path
    folders: tuple[Path, ...]
    """Of the shoot, as they were opened."""
    move: bool = False
    template: Template = field(default_factory=lambda: Template(DEFAULT))
    rendition: Rendition | None = None
    """None copies the files as they are."""
    clashes: Clashes = Clashes.NUMBERED
    verify: bool = True
    """Whether copies are flushed, read back and compared. A move to another volume always is."""
    tagging: Tagging | None = None
    """The metadata that copies leave with; None leaves them as they are."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A photo that shall leave."""

    card: Card
    decision: Decision
    why: str
    """Why it was chosen, in a few words."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Every operation of an export. Nothing has been touched."""

    order: Order
    operations: tuple[Operation, ...]
    """Files of one photo stand together; photos come in order of capture."""
    problems: tuple[str, ...] = ()
    """Photos that are left out, a sentence each."""
    free: int | None = None
    """Bytes of room at the target; None where the drive does not say."""
    chosen: Mapping[Path, Chosen] = field(default_factory=dict)
    """By primary path."""
    numbered: frozenset[Path] = frozenset()
    """Photos, by primary path, whose name was taken and that got a number behind it."""

    @property
    def size(self) -> int:
        """Bytes that will be written, estimated for renditions."""
        return sum(operation.size for operation in self.operations)

    @property
    def fits(self) -> bool:
        """Whether there is room, as far as the drive says."""
        return self.free is None or self.size <= self.free


def plan(order: Order, chosen: Sequence[Chosen], records: Mapping[str, Record] | None = None) -> Plan:
    """Plan an export; `records` say what earlier exports made at the target (`Ledger.records`).

    Raises UnusableInput where the target cannot be: inside the shoot, no folder, not to be written to.
    """
    check(order)
    planner = _Planner(order, records or {})
    in_order = sorted(chosen, key=_in_order_of_capture)
    for seq, one in enumerate(in_order, 1):
        planner.add(one, seq)
    by_path = {one.card.path: one for one in in_order}
    operations, problems = tuple(planner.operations), tuple(planner.problems)
    return Plan(order, operations, problems, volume.free(order.target), by_path, frozenset(planner.numbered))


def preview(order: Order, chosen: Sequence[Chosen]) -> list[tuple[Path, str]]:
    """(primary file, where it would go below the target, with "/") in order of capture; for a live preview.

    Photos that would be left out are not in it. Raises UnusableInput as `plan` does.
    """
    root = order.target
    wanted = plan(order, chosen)
    return [(one[0].photo, one[0].target.relative_to(root).as_posix()) for one in photos(wanted.operations)]


def check(order: Order) -> None:
    """Raise UnusableInput where nothing could be exported so."""
    target = order.target
    if order.move and (order.rendition is not None or order.tagging is not None):
        raise UnusableInput("Originals are moved as they are: smaller pictures and embedded metadata are for copies.")
    if os.path.lexists(target) and not target.is_dir():
        raise UnusableInput(f"{target} is no folder. Name a folder, there or not, to export to.")
    for folder in order.folders:
        if volume.is_inside(target, folder):
            raise UnusableInput(f"{target} lies in the shoot {folder}. Name a folder outside of it to export to.")
    if volume.is_read_only(target):
        raise UnusableInput(f"{target} cannot be written to. Allow writing there, or name another folder.")


def _in_order_of_capture(one: Chosen) -> tuple[bool, datetime, bytes]:
    captured = one.card.captured
    return (captured is None, captured or datetime.min, os.fsencode(one.card.path))


class _Planner:
    """Gives every photo its names, one after the other."""

    def __init__(self, order: Order, records: Mapping[str, Record]) -> None:
        self._order = order
        self._records = records
        self._taken = names.Taken(order.target)
        self._folders = sorted(order.folders, key=lambda folder: -len(folder.parts))
        self._places: dict[str, str | None] = {}
        self._devices: dict[Path, int] = {}
        self.operations: list[Operation] = []
        self.problems: list[str] = []
        self.numbered: set[Path] = set()

    def add(self, one: Chosen, seq: int) -> None:
        """Plan one photo, or say why not."""
        path = one.card.path
        sources = self._sources(one)
        if sources is None:
            self.problems.append(f"{path} has two files whose names differ in case alone. Rename one of them.")
            return
        try:
            stamps = {member: stamp(member) for member in sources.values()}
            linked = [member for member in stamps if member.is_symlink()] if self._order.move else []
        except OSError as error:
            self.problems.append(f"{error.filename} cannot be examined ({error.strerror}). Read the shoot again.")
            return
        if linked:
            self.problems.append(f"{linked[0]} is a link to a file elsewhere and cannot be moved. Copy it instead.")
            return
        name = self._order.template.name(self._subject(one, seq))
        wrong = self._misplaced(name.rpartition("/")[0])
        if wrong is not None:
            self.problems.append(f"{path} {wrong}")
            return
        self._place(one, name, sources, stamps)

    def _place(self, one: Chosen, name: str, sources: Mapping[str, Path], stamps: Mapping[Path, FileStamp]) -> None:
        """The first free name, numbered if it has to be."""
        path = one.card.path
        most = names.NUMBERED_TO if self._order.clashes is Clashes.NUMBERED else 1
        for number in range(1, most + 1):
            wanted = names.in_one(name, sources, number)
            relatives = list(wanted.values())
            there = [r for ending, r in wanted.items() if self._is_there(one, r, sources[ending], stamps)]
            if self._taken.is_free(relatives, path, there):
                self._taken.take(relatives, path)
                if number > 1:
                    self.numbered.add(path)
                for ending, relative in wanted.items():
                    member = sources[ending]
                    action = Action.KEEP if relative in there else self._action(ending, member, relative)
                    self.operations.append(self._operation(one, action, member, stamps[member], relative))
                return
        taken = names.in_one(name, sources)[next(iter(sources))]
        self.problems.append(f"{path} is left out: the name {taken} is taken. Choose another template or folder.")

    def _operation(self, one: Chosen, action: Action, member: Path, mark: FileStamp, relative: str) -> Operation:
        size = 0 if action in (Action.MOVE, Action.KEEP) else mark.size
        if action is Action.RENDER and self._order.rendition is not None:
            size = self._order.rendition.bytes_about(one.card.width, one.card.height)
        elif action is Action.SIDECAR:
            size = _SIDECAR_SIZE
        known = one.card.fingerprint if member == one.card.path and mark == one.card.photo.stamp else None
        target, recipe = self._order.target / relative, self._recipe(one, member, relative)
        return Operation(action, member, target, size, mark, one.why, one.card.path, known, recipe)

    def _action(self, ending: str, member: Path, relative: str) -> Action:
        if self._order.rendition is not None:
            return Action.RENDER
        if self._order.move:
            parent = (self._order.target / relative).parent
            return Action.MOVE if self._device(member.parent) == self._device(parent) else Action.CARRY
        return self._copying(ending, member)

    def _copying(self, ending: str, member: Path) -> Action:
        """How a file is copied that is to have this ending."""
        tagging = self._order.tagging
        if tagging is None:
            return Action.COPY
        if tagging.goes_inside(member):
            return Action.EMBED
        if ending.lower().endswith(_XMP):
            return Action.MERGE if member.suffix.lower() == _XMP else Action.SIDECAR
        return Action.COPY

    def _recipe(self, one: Chosen, member: Path, relative: str) -> str:
        """How the file at the target comes from its source: equal recipes give equal files."""
        how, tagging = self._order.rendition, self._order.tagging
        parts = ["copy"] if how is None else [how.format, str(how.edge), str(how.quality), how.policy]
        if how is not None and one.decision.turn:
            parts.append(f"turned {one.decision.turn:d}")
        if tagging is not None and (
            how is not None or self._copying(names.suffix(Path(relative)), member) != Action.COPY
        ):
            parts.append(tagging.recipe(one.card, one.decision))
        return " ".join(parts)

    def _is_there(self, one: Chosen, relative: str, member: Path, stamps: Mapping[Path, FileStamp]) -> bool:
        """Whether an earlier export left this very file there; the run compares plain copies once more."""
        lying = self._taken.lying(relative)
        if lying is None or lying.name != relative.rpartition("/")[2] or self._order.move:
            return False
        try:
            found = stamp(lying)
        except OSError:
            return False
        source = stamps[member]
        if abs(found.mtime_ns - source.mtime_ns) > SAME_TIME_NS:
            return False
        recipe = self._recipe(one, member, relative)
        if recipe == "copy":
            return found.size == source.size
        record = self._records.get(relative)
        return record is not None and record == Record(relative, member.absolute(), source, recipe, found.size)

    def _sources(self, one: Chosen) -> dict[str, Path] | None:
        """Ending at the target -> the file that it is made from; None where two files would get one ending."""
        how, tagging = self._order.rendition, self._order.tagging
        if how is not None:
            return {how.format.suffix: one.card.path}
        files = one.card.photo.files
        sources = {names.suffix(member): member for member in files}
        endings = {names.key(ending) for ending in sources}
        if len(endings) < len(files):
            return None
        if tagging is not None:
            pictures = [path for path in files if path.suffix.lower() in RAW | RENDERED]
            fresh = tagging.endings(pictures, one.decision)
            sources |= {ending: path for ending, path in fresh.items() if names.key(ending) not in endings}
        return sources

    def _subject(self, one: Chosen, seq: int) -> Subject:
        parent = one.card.path.parent
        root = next((folder for folder in self._folders if parent.is_relative_to(folder)), parent)
        shoot = root.name or root.resolve().name
        return Subject(one.card, one.decision, shoot, "/".join(parent.relative_to(root).parts), seq)

    def _misplaced(self, folder: str) -> str | None:
        """What is wrong with a sub-folder of the target, if anything is: a link may lead anywhere."""
        if folder not in self._places:
            place = self._order.target / folder
            wrong = None
            if not volume.is_inside(place, self._order.target):
                wrong = f"would leave {self._order.target} through a link at {folder}. Choose another template."
            elif any(volume.is_inside(place, shoot) for shoot in self._order.folders):
                wrong = f"would land in the shoot, at {folder}. Choose another template or folder."
            self._places[folder] = wrong
        return self._places[folder]

    def _device(self, folder: Path) -> int:
        if folder not in self._devices:
            self._devices[folder] = volume.device(folder)
        return self._devices[folder]
