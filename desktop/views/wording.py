"""What views and panels say of a card in words."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from unicodedata import category

from PySide6.QtCore import QCoreApplication

from desktop.cards import CardModel
from desktop.language import QT_TRANSLATE_NOOP, decimal, grouped
from engine.types import Card, Colour, Decision, Flag, GroupKind, Metadata

KINDS = {
    GroupKind.SINGLE: QT_TRANSLATE_NOOP("wording", "Photo"),
    GroupKind.BURST: QT_TRANSLATE_NOOP("wording", "Burst"),
    GroupKind.BRACKET: QT_TRANSLATE_NOOP("wording", "Bracket"),
    GroupKind.PANORAMA: QT_TRANSLATE_NOOP("wording", "Panorama"),
}
_SIZES = {
    GroupKind.BURST: QT_TRANSLATE_NOOP("wording", "burst of {}"),
    GroupKind.BRACKET: QT_TRANSLATE_NOOP("wording", "bracket of {}"),
    GroupKind.PANORAMA: QT_TRANSLATE_NOOP("wording", "panorama of {}"),
    GroupKind.SINGLE: QT_TRANSLATE_NOOP("wording", "group of {}"),
}
_FLAGS = {Flag.PICK: QT_TRANSLATE_NOOP("wording", "pick"), Flag.REJECT: QT_TRANSLATE_NOOP("wording", "reject")}
_LABELS = {
    Colour.RED: QT_TRANSLATE_NOOP("wording", "red label"),
    Colour.YELLOW: QT_TRANSLATE_NOOP("wording", "yellow label"),
    Colour.GREEN: QT_TRANSLATE_NOOP("wording", "green label"),
    Colour.BLUE: QT_TRANSLATE_NOOP("wording", "blue label"),
    Colour.PURPLE: QT_TRANSLATE_NOOP("wording", "purple label"),
}

BREAKS = frozenset({"Cc", "Zl", "Zp"})
"""Unicode's categories of control characters and of what separates lines and paragraphs."""
TURNS = frozenset(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))))
"""Unicode's embeddings, overrides and isolates: with one of them "gpj.exe" can look like "exe.jpg"."""
TIMES = "\N{MULTIPLICATION SIGN}"
"""Between width and height."""


def file_name(card: Card) -> str:
    """The name of the primary file as text of one line, whatever bytes it has."""
    return _on_one_line(card.path.name)


def shown_name(path: Path) -> str:
    """A file's name without its suffix, printable whatever bytes it has."""
    return _on_one_line(path.stem)


def literal(text: str) -> str:
    """A name as a button or a box to tick shows it: there a single ampersand would be the mark of a letter for Alt."""
    return text.replace("&", "&&")


def _on_one_line(name: str) -> str:
    """A name with "?" for what no encoding has, what begins a line, and what turns the direction of what follows.

    What joins the parts of an emoji stays, which str.isprintable would take for a control character.
    """
    text = name.encode("utf-8", "replace").decode()
    return "".join("?" if category(sign) in BREAKS or sign in TURNS else sign for sign in text)


def short_reason(card: Card, error: str | None = None) -> str:
    """Why a photo cannot be read (`error`, else the card's), without the file's name in front."""
    reason = (error or card.error or "").strip()
    for prefix in (str(card.path), card.path.name):
        if reason.startswith(prefix):
            rest = reason[len(prefix) :]
            reason = f"The file{rest}" if rest.startswith(" ") else rest.lstrip(":, ")
            break
    return reason[:1].upper() + reason[1:] if reason else _tr("Cannot be read")


def describe_decision(decision: Decision) -> str:
    """The decision in words: "pick, 3 stars, red label"; "no decision" where none was made."""
    parts = []
    if decision.flag is not Flag.NONE:
        parts.append(_tr(_FLAGS[decision.flag]))
    if decision.stars:
        parts.append(_tr("%n stars", decision.stars))
    if decision.colour is not Colour.NONE:
        parts.append(_tr(_LABELS[decision.colour]))
    return ", ".join(parts) or _tr("no decision")


def kind_name(kind: GroupKind) -> str:
    """What a group is called: "Burst"."""
    return _tr(KINDS[kind])


def group_size(kind: GroupKind, size: int) -> str:
    """ "burst of 6", with a capital where the language wants one."""
    return _tr(_SIZES[kind]).format(grouped(size))


def describe_group(card: Card, size: int, *, scores_hidden: bool) -> str | None:
    """What group a photo stands in: "Burst of 8, number 2 in it"; None for a photo on its own."""
    kind = _place_in_group(card, size, scores_hidden=scores_hidden)
    return None if kind is None else f"{kind[:1].upper()}{kind[1:]}"


def _place_in_group(card: Card, size: int, *, scores_hidden: bool) -> str | None:
    """The same within a sentence. The frames of a bracket or a panorama are no rivals and have no number."""
    if size < 2:
        return None
    kind = group_size(card.group_kind, size)
    if scores_hidden or card.rank_in_group is None or card.group_kind is not GroupKind.BURST:
        return kind
    return _tr("{}, number {} in it").format(kind, card.rank_in_group)


def describe(card: Card, decision: Decision, size: int, *, scores_hidden: bool) -> str:
    """A photo in one sentence, for people who listen to the screen."""
    parts = [file_name(card)]
    if card.error is not None:
        parts.append(_tr("cannot be read: {}").format(short_reason(card)))
    elif not scores_hidden:
        if card.rank is not None:
            parts.append(_tr("rank {}").format(card.rank))
        if card.verdict is not None:
            parts.append(_tr("base score {}").format(decimal(card.verdict.score)))
    parts.append(describe_decision(decision))
    group = _place_in_group(card, size, scores_hidden=scores_hidden)
    if group is not None:
        parts.append(group)
    return ", ".join(parts)


def describe_row(model: CardModel, row: int) -> str:
    """The photo in a row and its place, for people who listen to the screen."""
    card = model.card(row)
    text = describe(card, model.decision(row), model.size(card), scores_hidden=model.scores_hidden)
    stack = ", " + _tr("closed stack") if model.is_closed(card) else ""
    place = None if model.scores_hidden else model.number_of(card.path)
    suggested = "" if place is None else ", " + _tr("suggested as number {}").format(place)
    at = _tr("{} of {}").format(grouped(row + 1), grouped(model.rowCount()))
    return f"{text}{stack}{suggested}; {at}"


def describe_exposure(metadata: Metadata) -> str:
    """The exposure as photographers write it: "1/250 s, f/2.8, ISO 400, 85 mm"; empty where EXIF says nothing."""
    parts = []
    if metadata.exposure_time:
        parts.append(shutter(metadata.exposure_time))
    if metadata.aperture:
        parts.append(f"f/{metadata.aperture:g}")
    if metadata.iso:
        parts.append(f"ISO {metadata.iso}")
    if metadata.focal_length:
        parts.append(f"{metadata.focal_length:g} mm")
    return ", ".join(parts)


def shutter(seconds: float) -> str:
    """An exposure time: "1/250 s", "0.8 s", "30 s"."""
    if seconds <= 0.35:
        return f"1/{round(1 / seconds)} s"
    return f"{seconds:.2g} s"


def format_offset(offset: timedelta) -> str:
    """A clock's correction: "+1:00:00", "\N{MINUS SIGN}2 d 0:03:20.5", "0:00:00"."""
    sign = "\N{MINUS SIGN}" if offset < timedelta(0) else "+" if offset else ""
    size = abs(offset)
    minutes, seconds = divmod(size.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    days = f"{size.days} d " if size.days else ""
    tenths = f".{size.microseconds // 1000:03d}".rstrip("0") if size.microseconds >= 1000 else ""
    return f"{sign}{days}{hours}:{minutes:02}:{seconds:02}{tenths}"


def _tr(text: str, count: int = -1) -> str:
    return QCoreApplication.translate("wording", text, None, count)
