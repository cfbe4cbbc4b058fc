"""Metadata in words: values, what was taken over, what disagrees."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from desktop.language import QT_TRANSLATE_NOOP
from engine.export.rating_import import Conflict, Source, Statement
from engine.export.xmp import Change as Property
from engine.report import printable
from engine.store.action import Value
from engine.store.decisions import Change
from engine.turn import Turn
from engine.types import Colour, Flag

FIELDS = {
    "flag": QT_TRANSLATE_NOOP("metadata", "Flag"),
    "stars": QT_TRANSLATE_NOOP("metadata", "Stars"),
    "colour": QT_TRANSLATE_NOOP("metadata", "Colour"),
    "turn": QT_TRANSLATE_NOOP("metadata", "Rotation"),
}
_OURS = "chinagraph:"
_VALUES = {
    Flag.PICK: QT_TRANSLATE_NOOP("metadata", "pick"),
    Flag.REJECT: QT_TRANSLATE_NOOP("metadata", "reject"),
    Flag.NONE: QT_TRANSLATE_NOOP("metadata", "no flag"),
    Colour.NONE: QT_TRANSLATE_NOOP("metadata", "no colour"),
    Colour.RED: QT_TRANSLATE_NOOP("metadata", "red"),
    Colour.YELLOW: QT_TRANSLATE_NOOP("metadata", "yellow"),
    Colour.GREEN: QT_TRANSLATE_NOOP("metadata", "green"),
    Colour.BLUE: QT_TRANSLATE_NOOP("metadata", "blue"),
    Colour.PURPLE: QT_TRANSLATE_NOOP("metadata", "purple"),
}
_TURNS = {
    Turn.NONE: QT_TRANSLATE_NOOP("metadata", "not rotated"),
    Turn.RIGHT: QT_TRANSLATE_NOOP("metadata", "rotated right"),
    Turn.OVER: QT_TRANSLATE_NOOP("metadata", "upside down"),
    Turn.LEFT: QT_TRANSLATE_NOOP("metadata", "rotated left"),
}
_SOURCES = {
    Source.SIDECAR: QT_TRANSLATE_NOOP("metadata", "sidecar"),
    Source.EMBEDDED: QT_TRANSLATE_NOOP("metadata", "XMP inside"),
    Source.EXIF: QT_TRANSLATE_NOOP("metadata", "EXIF of the camera"),
}


def value_words(value: Value | None) -> str:
    """ "3 stars", "pick", "red", "not decided" """
    if value is None:
        return _tr("not decided")
    if isinstance(value, Flag | Colour):
        return _tr(_VALUES[value])
    if isinstance(value, Turn):
        return _tr(_TURNS[value])
    return _tr("%n stars", int(value)) if value else _tr("no stars")


def field_words(name: str) -> str:
    """What a field of a decision is called: "Stars"."""
    return _tr(FIELDS[name])


def theirs(conflict: Conflict) -> list[Value]:
    """What the files say, each value once, in order of precedence, without what was decided."""
    values = dict.fromkeys(statement.value for statement in conflict.statements)
    return [value for value in values if value != conflict.decided]


def speakers(conflict: Conflict, value: Value) -> list[Statement]:
    """Who says so."""
    return [statement for statement in conflict.statements if statement.value == value]


def source_words(statement: Statement) -> str:
    """ "IMG_0412.xmp (sidecar), xmp:Rating" """
    return printable(f"{statement.path.name} ({_tr(_SOURCES[statement.source])}), {statement.name}")


def taken_over_words(changes: Sequence[Change]) -> str:
    """ "20 photos took over what their files say: 18 ratings, 2 colours. Ctrl+Z takes it back." """
    photos = len({change.path for change in changes})
    counts = {name: sum(change.field == name for change in changes) for name in FIELDS}
    parts = ", ".join(_counted(name, count) for name, count in counts.items() if count)
    who = _tr("%Ln photos took over what their files say", photos)
    return _tr("{}: {}. Ctrl+Z takes it back.").format(who, parts)


def disagreement_words(photos: int) -> str:
    """ "12 photos disagree with their files. Nothing was changed." """
    return _tr("%Ln photos disagree with their files. Nothing was changed.", photos)


def property_words(changes: Iterable[Property]) -> str:
    """ "xmp:Rating 3 to 4, xmp:Label none to Red, our own record" """
    parts = [
        _tr("{} {} to {}").format(change.name, change.old or _tr("none"), change.new or _tr("none"))
        for change in changes
        if not change.name.startswith(_OURS)
    ]
    has_ours = any(change.name.startswith(_OURS) for change in changes)
    return ", ".join([*parts, *[_tr("our own record")] * has_ours])


def file_words(path: Path) -> str:
    """The name of a file, printable whatever bytes it has."""
    return printable(path.name)


def _counted(name: str, count: int) -> str:
    return {
        "flag": _tr("%Ln flags", count),
        "stars": _tr("%Ln ratings", count),
        "colour": _tr("%Ln colours", count),
        "turn": _tr("%Ln rotations", count),
    }[name]


def _tr(text: str, count: int = -1) -> str:
    return QCoreApplication.translate("metadata", text, None, count)
