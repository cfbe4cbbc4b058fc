"""What goes into the log of decisions: acts of the photographer, and what they are about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Literal, TypeAlias, get_args

from engine.turn import Turn
from engine.types import Colour, Decision, Flag, Photo

Field: TypeAlias = Literal["flag", "stars", "colour", "group", "turn"]
FIELDS: tuple[Field, ...] = get_args(Field)
Value: TypeAlias = Flag | int | Colour | str | Turn
"""`group` is a text without control characters; "" gives the photo back to the machine's grouping."""


class Origin(StrEnum):
    """Where a change of a decision comes from."""

    KEY = "key"
    BULK = "bulk"
    ACCEPTED = "accepted"
    """A suggestion that the photographer turned into a decision."""
    IMPORTED = "imported"
    UNDO = "undo"
    REDO = "redo"


@dataclass(frozen=True, slots=True)
class Shown:
    """What the photographer saw of a photo when it was decided."""

    rank: int | None
    score: float | None
    """1-10."""
    taste: str | None
    """Name and version of the taste; None for the base ranking."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One field of one photo's decision, as it shall be."""

    photo: Photo
    fingerprint: str | None
    field: Field
    new: Value
    shown: Shown | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one photo's decision, before and after."""

    path: Path
    field: Field
    old: Value
    new: Value


@dataclass(frozen=True, slots=True)
class Entry:
    """A change as the log has it: the photo by location (bytes), not as the user typed it."""

    location: bytes
    fingerprint: str | None
    field: Field
    old: Value
    new: Value
    shown: Shown | None = None


@dataclass(slots=True, eq=False)
class Action:
    """One act: everything in it is done, undone and redone together."""

    shoot: bytes
    """The folders that were opened together."""
    origin: Origin
    time: str
    """UTC, ISO 8601."""
    entries: tuple[Entry, ...] | None
    """None for an action of an earlier run until its entries are fetched from the log."""
    about: Action | None = None
    """The action that an undo or a redo names."""
    id: int | None = None
    """Row in the log; None until it is written."""


@dataclass(frozen=True, slots=True)
class View:
    """Somebody looked at a photo."""

    location: bytes
    fingerprint: str | None
    view: str
    time: str


@dataclass(frozen=True, slots=True)
class Identity:
    """A photo that is remembered under `known_as` lies at `location` now, with this content."""

    known_as: bytes
    location: bytes
    fingerprint: str | None


@dataclass(frozen=True, slots=True)
class ShootMoved:
    """The shoot of the folders `known_as` is the one of `folders` now: undo, redo and clocks go on there."""

    known_as: bytes
    folders: bytes


@dataclass(frozen=True, slots=True)
class ClockSet:
    """The photographer said what a body's clock must be corrected by, in one shoot."""

    shoot: bytes
    """The folders that were opened together."""
    body: str
    offset: timedelta
    time: str
    """UTC, ISO 8601."""


Record: TypeAlias = Action | View | Identity | ClockSet | ShootMoved
"""What waits to be written, in the order in which it happened."""


class History:
    """What undo and redo would take next: two stacks that follow from the log alone."""

    def __init__(self, actions: Iterable[Action] = ()) -> None:
        self.undoable: list[Action] = []
        self.redoable: list[Action] = []
        for action in actions:
            self.add(action)

    def add(self, action: Action) -> None:
        """Take in the next action of the log."""
        if action.about is None:
            self.undoable.append(action)
            self.redoable.clear()
        elif action.origin is Origin.UNDO:
            _move(action.about, self.undoable, self.redoable)
        else:
            _move(action.about, self.redoable, self.undoable)

    def follow(self, earlier: History) -> None:
        """Go on where another history ended. What that one could redo is overtaken by anything done since."""
        if not self.undoable and not self.redoable:
            self.redoable[:0] = earlier.redoable
        self.undoable[:0] = earlier.undoable


def _move(action: Action, source: list[Action], target: list[Action]) -> None:
    """From one stack onto the other. Two programs on one shoot may have named an action twice."""
    if action in source:
        source.remove(action)
        target.append(action)


def changed(decision: Decision, field: Field, new: Value) -> Decision:
    """`decision` with one field changed. Raises ValueError for a value that the field cannot have."""
    match field, new:
        case "flag", Flag():
            return replace(decision, flag=new)
        case "colour", Colour():
            return replace(decision, colour=new)
        case "turn", Turn():
            return replace(decision, turn=new)
        case "stars", int() if 0 <= new <= 5 and not isinstance(new, Turn):
            return replace(decision, stars=new)
        # Flags and colours are texts too, and no groups.
        case "group", str() if not isinstance(new, StrEnum) and new.isprintable():
            return replace(decision, group=new)
    raise ValueError(f"{field} cannot be {new!r}")


def value(field: Field, stored: object) -> Value:
    """A value of the log as what it was. Raises ValueError for one that the field cannot have."""
    if field == "stars":
        return int(str(stored))
    if field == "turn":
        return Turn(int(str(stored)))
    if field == "group":
        return str(stored)
    return Flag(str(stored)) if field == "flag" else Colour(str(stored))


def now() -> str:
    """The moment, UTC, ISO 8601."""
    return datetime.now(UTC).isoformat()
