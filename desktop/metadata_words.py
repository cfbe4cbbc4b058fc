"""Metadata in words: values, what was taken over, what disagrees. No Qt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from engine.export.rating_import import Conflict, Source, Statement
from engine.export.xmp import Change as Property
from engine.report import printable
from engine.store.action import Value
from engine.store.decisions import Change
from engine.turn import Turn
from engine.types import Colour, Flag

FIELDS = {"flag": "Flag", "stars": "Stars", "colour": "Colour", "turn": "Rotation"}
_NOUNS = {"flag": "flag", "stars": "rating", "colour": "colour", "turn": "rotation"}
_OURS = "chinagraph:"
_FLAGS = {Flag.PICK: "pick", Flag.REJECT: "reject", Flag.NONE: "no flag"}
_TURNS = {Turn.NONE: "not rotated", Turn.RIGHT: "rotated right", Turn.OVER: "upside down", Turn.LEFT: "rotated left"}
_SOURCES = {Source.SIDECAR: "sidecar", Source.EMBEDDED: "XMP inside", Source.EXIF: "EXIF of the camera"}


def value_words(value: Value | None) -> str:
    """ "3 stars", "pick", "red", "not decided" """
    if value is None:
        return "not decided"
    if isinstance(value, Flag):
        return _FLAGS[value]
    if isinstance(value, Colour):
        return "no colour" if value is Colour.NONE else value.value
    if isinstance(value, Turn):
        return _TURNS[value]
    return "1 star" if value == 1 else "no stars" if value == 0 else f"{value} stars"


def theirs(conflict: Conflict) -> list[Value]:
    """What the files say, each value once, in order of precedence, without what was decided."""
    values = dict.fromkeys(statement.value for statement in conflict.statements)
    return [value for value in values if value != conflict.decided]


def speakers(conflict: Conflict, value: Value) -> list[Statement]:
    """Who says so."""
    return [statement for statement in conflict.statements if statement.value == value]


def source_words(statement: Statement) -> str:
    """ "IMG_0412.xmp (sidecar), xmp:Rating" """
    return printable(f"{statement.path.name} ({_SOURCES[statement.source]}), {statement.name}")


def taken_over_words(changes: Sequence[Change]) -> str:
    """ "20 photos took over what their files say: 18 ratings, 2 colours. Ctrl+Z takes it back." """
    photos = len({change.path for change in changes})
    counts = {name: sum(change.field == name for change in changes) for name in FIELDS}
    parts = ", ".join(_counted(count, _NOUNS[name]) for name, count in counts.items() if count)
    who = "1 photo took over what its files say" if photos == 1 else f"{photos:,} photos took over what their files say"
    return f"{who}: {parts}. Ctrl+Z takes it back."


def disagreement_words(photos: int) -> str:
    """ "12 photos disagree with their files. Nothing was changed." """
    who = "1 photo disagrees with its files" if photos == 1 else f"{photos:,} photos disagree with their files"
    return f"{who}. Nothing was changed."


def property_words(changes: Iterable[Property]) -> str:
    """ "xmp:Rating 3 to 4, xmp:Label none to Red, our own record" """
    parts = [
        f"{change.name} {change.old or 'none'} to {change.new or 'none'}"
        for change in changes
        if not change.name.startswith(_OURS)
    ]
    has_ours = any(change.name.startswith(_OURS) for change in changes)
    return ", ".join([*parts, *["our own record"] * has_ours])


def file_words(path: Path) -> str:
    """The name of a file, printable whatever bytes it has."""
    return printable(path.name)


def _counted(count: int, noun: str) -> str:
    return f"1 {noun}" if count == 1 else f"{count:,} {noun}s"
