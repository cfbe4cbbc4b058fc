"""Rename templates: "{date:%Y%m%d}/{seq:04}-{original}" and a photo give the name of its copy."""

from __future__ import annotations

import re
import string
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from engine.errors import UnusableInput
from engine.export import names
from engine.types import Card, Decision

DEFAULT = "{original}"
FIELDS = {
    "shoot": "the name of the folder that was opened",
    "folder": "the sub-folders in which the photo lies below it",
    "date": "capture time by the corrected clock; {date:%Y%m%d-%H%M%S} says how",
    "seq": "1, 2, 3 ... in order of capture; {seq:04} fills up with zeros",
    "camera": "make and model",
    "stars": "0-5",
    "rank": "the photo's place in the ranking",
    "original": "the photo's own name without its ending",
}
"""Every field, with what it stands for."""
STAND_INS = {"date": "undated", "camera": "unknown camera", "rank": "unranked"}
"""What a field gives where nothing is known."""

_DATE_FORM = "%Y-%m-%d"
_SAMPLE_TIME = datetime(2026, 5, 1, 12, 30, 45)
_DIRECTIVES = frozenset("aAbBdfGHIjmMpSuUVwWyY%")
"""Those of strftime that every platform knows, and that give no "/" of their own."""
_DRIVE = re.compile("[A-Za-z]:")
_DOTS = re.compile(r"[. ]*\.[. ]*")


@dataclass(frozen=True, slots=True)
class Subject:
    """What a template is filled in with."""

    card: Card
    decision: Decision
    shoot: str
    """Name of the folder that was opened."""
    folder: str
    """Where the photo lies below it, with "/"; empty at its top."""
    seq: int
    """Place in the export, from 1, in order of capture."""


@dataclass(frozen=True, slots=True)
class _Piece:
    literal: str
    field: str | None
    form: str


class Template:
    """A template that was understood."""

    def __init__(self, text: str) -> None:
        """Raises UnusableInput for an unknown field, a form that its field cannot have, and a place outside."""
        self.text = text
        try:
            parsed = list(string.Formatter().parse(text))
        except ValueError as error:
            raise _wrong(text, f"{error}. A brace that shall stay is written twice") from error
        self._pieces = tuple(_piece(text, *part) for part in parsed)
        _check_place(text, self._path(_sample))
        if not {piece.field for piece in self._pieces} & {"seq", "original", "date", "rank"}:
            raise _wrong(text, "every photo would get the same name; put {original} or {seq:04} into it")

    def name(self, subject: Subject) -> str:
        """Where the photo's copy goes below the target: "/" between folders, every part legal, without an ending."""
        path = self._path(lambda piece: _value(piece, subject))
        return "/".join(names.legal(part) for part in path.split("/") if part)

    def _path(self, fill: Callable[[_Piece], str]) -> str:
        return "".join(piece.literal + ("" if piece.field is None else fill(piece)) for piece in self._pieces)


def _piece(text: str, literal: str, field: str | None, form: str | None, conversion: str | None) -> _Piece:
    if "\\" in literal or "\\" in (form or ""):
        raise _wrong(text, 'folders are parted by "/" on every system, not by "\\"')
    if field is None:
        return _Piece(literal, None, "")
    if field not in FIELDS:
        known = ", ".join(f"{{{name}}}" for name in FIELDS)
        raise _wrong(text, f"{{{field}}} is not known; there are {known}")
    piece = _Piece(literal, field, form or "")
    if conversion is not None:
        raise _wrong(text, f'"!{conversion}" cannot follow {{{field}}}')
    if field == "date":
        _check_date(text, piece.form)
    try:
        _sample(piece)
    except (ValueError, TypeError, OverflowError) as error:
        raise _wrong(text, f'{{{field}}} cannot be written as "{piece.form}" ({error})') from error
    return piece


def _check_date(text: str, form: str) -> None:
    for found in re.finditer("%(.?)", form):
        if found[1] not in _DIRECTIVES:
            raise _wrong(text, f'"{found[0]}" is no part of a date here; %Y, %m, %d, %H, %M and %S are')


def _check_place(text: str, sample: str) -> None:
    """Raise UnusableInput where the template itself would lead out of the target."""
    if sample.startswith("/") or _DRIVE.match(sample):
        raise _wrong(text, "it must stay below the folder that is exported to, without a drive or a leading /")
    if any(_DOTS.fullmatch(part) for part in sample.split("/")):
        raise _wrong(text, 'it must stay below the folder that is exported to, without "." and ".." as folders')
    if sample.endswith("/"):
        raise _wrong(text, "it ends in a folder; the photo's name is missing behind it")


def _sample(piece: _Piece) -> str:
    """The field of a photo of which all is known."""
    if piece.field == "date":
        return _SAMPLE_TIME.strftime(piece.form or _DATE_FORM)
    number = piece.field in ("seq", "stars", "rank")
    return format(1, piece.form) if number else format(piece.field or "", piece.form)


def _value(piece: _Piece, subject: Subject) -> str:
    card = subject.card
    field = piece.field or ""
    if field == "date":
        return STAND_INS[field] if card.captured is None else card.captured.strftime(piece.form or _DATE_FORM)
    values: dict[str, int | str | None] = {
        "shoot": names.part(subject.shoot),
        "folder": subject.folder,
        "seq": subject.seq,
        "camera": names.part(card.metadata.camera) if card.metadata.camera else None,
        "stars": subject.decision.stars,
        "rank": card.rank,
        "original": names.part(card.path.stem),
    }
    value = values[field]
    return STAND_INS[field] if value is None else format(value, piece.form)


def _wrong(text: str, reason: str) -> UnusableInput:
    return UnusableInput(f"The template {text!r} cannot be used: {reason}.")
