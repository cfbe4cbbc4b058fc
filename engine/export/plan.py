"""What an export would do, file by file, before anything is done: the dry run, and what `files.run` carries out."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TypeAlias

from engine.errors import UnusableInput
from engine.export import names, volume
from engine.export.ledger import Record
from engine.export.operation import Action, Operation, photos
from engine.export.rendition import Rendition
from engine.export.template import DEFAULT, Subject, Template
from engine.files.shoot import JPEG, stamp
from engine.types import Card, Decision, FileStamp

SAME_TIME_NS = 2_000_000_000
"""FAT keeps times to two seconds: copies whose times differ by no more may be the same."""
Packet: TypeAlias = Callable[[Card, Decision, bytes], bytes]
"""A JPEG's bytes to the same picture with our metadata inside; the compressed pixels stay byte by byte."""


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
    packet: Packet | None = None
    """What is put into copies of JPEGs; None leaves them as they are."""


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
    return Plan(order, tuple(planner.operations), tuple(planner.problems), volume.free(order.target), by_path)


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
    if order.move and (order.rendition is not None or order.packet is not None):
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

    def add(self, one: Chosen, seq: int) -> None:
        """Plan one photo, or say why not."""
        path = one.card.path
        sources = self._sources(one.card)
        if len({names.key(ending) for ending in sources}) < len(self._members(one.card)):
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
                for ending, relative in wanted.items():
                    member = sources[ending]
                    self.operations.append(self._operation(one, member, stamps[member], relative, relative in there))
                return
        taken = names.in_one(name, sources)[next(iter(sources))]
        self.problems.append(f"{path} is left out: the name {taken} is taken. Choose another template or folder.")

    def _operation(self, one: Chosen, member: Path, mark: FileStamp, relative: str, is_there: bool) -> Operation:
        target = self._order.target / relative
        card = one.card
        action = Action.KEEP if is_there else self._action(member, target)
        size = mark.size if action in (Action.COPY, Action.EMBED, Action.CARRY) else 0
        if action is Action.RENDER and self._order.rendition is not None:
            size = self._order.rendition.bytes_about(card.width, card.height)
        known = card.fingerprint if member == card.path and mark == card.photo.stamp else None
        return Operation(action, member, target, size, mark, one.why, card.path, known, self._recipe(one, member))

    def _action(self, member: Path, target: Path) -> Action:
        if self._order.rendition is not None:
            return Action.RENDER
        if self._order.move:
            return Action.MOVE if self._device(member.parent) == self._device(target.parent) else Action.CARRY
        if self._order.packet is not None and member.suffix.lower() in JPEG:
            return Action.EMBED
        return Action.COPY

    def _recipe(self, one: Chosen, member: Path) -> str:
        """How the file at the target comes from its source: equal recipes give equal files."""
        how = self._order.rendition
        parts = ["copy"] if how is None else [how.format, str(how.edge), str(how.quality), how.policy]
        if self._order.packet is not None and (how is not None or member.suffix.lower() in JPEG):
            parts += ["with", one.decision.flag, str(one.decision.stars), one.decision.colour]
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
        recipe = self._recipe(one, member)
        if recipe == "copy":
            return found.size == source.size
        record = self._records.get(relative)
        return record is not None and record == Record(relative, member.absolute(), source, recipe, found.size)

    def _members(self, card: Card) -> tuple[Path, ...]:
        return card.photo.files if self._order.rendition is None else (card.path,)

    def _sources(self, card: Card) -> dict[str, Path]:
        how = self._order.rendition
        return {names.suffix(m) if how is None else how.format.suffix: m for m in self._members(card)}

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
