"""What views and panels say of a card in words."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from desktop.cards import CardModel
from engine.types import Card, Colour, Decision, Flag, GroupKind, Metadata

KINDS = {
    GroupKind.SINGLE: "Photo",
    GroupKind.BURST: "Burst",
    GroupKind.BRACKET: "Bracket",
    GroupKind.PANORAMA: "Panorama",
}
"""What groups are called. Each has an icon of that name in lower case."""

TIMES = "\N{MULTIPLICATION SIGN}"
"""Between width and height."""


def file_name(card: Card) -> str:
    """The name of the primary file as text, whatever bytes it has."""
    return card.path.name.encode("utf-8", "replace").decode()


def shown_name(path: Path) -> str:
    """A file's name without its suffix, printable whatever bytes it has."""
    return path.stem.encode("utf-8", "replace").decode()


def short_reason(card: Card, error: str | None = None) -> str:
    """Why a photo cannot be read (`error`, else the card's), without the file's name in front."""
    reason = (error or card.error or "").strip()
    for prefix in (str(card.path), card.path.name):
        if reason.startswith(prefix):
            rest = reason[len(prefix) :]
            reason = f"The file{rest}" if rest.startswith(" ") else rest.lstrip(":, ")
            break
    return reason[:1].upper() + reason[1:] if reason else "Cannot be read"


def describe_decision(decision: Decision) -> str:
    """The decision in words: "pick, 3 stars, red label"; "no decision" where none was made."""
    parts = []
    if decision.flag is not Flag.NONE:
        parts.append(decision.flag.value)
    if decision.stars:
        parts.append("1 star" if decision.stars == 1 else f"{decision.stars} stars")
    if decision.colour is not Colour.NONE:
        parts.append(f"{decision.colour.value} label")
    return ", ".join(parts) or "no decision"


def describe_group(card: Card, size: int, *, scores_hidden: bool) -> str | None:
    """What group a photo stands in: "Burst of 8, number 2 in it"; None for a photo on its own. The frames of a bracket
    or a panorama are no rivals and have no number."""
    if size < 2:
        return None
    kind = KINDS[card.group_kind]
    if scores_hidden or card.rank_in_group is None or card.group_kind is not GroupKind.BURST:
        return f"{kind} of {size}"
    return f"{kind} of {size}, number {card.rank_in_group} in it"


def describe(card: Card, decision: Decision, size: int, *, scores_hidden: bool) -> str:
    """A photo in one sentence, for people who listen to the screen."""
    parts = [file_name(card)]
    if card.error is not None:
        parts.append(f"cannot be read: {short_reason(card)}")
    elif not scores_hidden:
        if card.rank is not None:
            parts.append(f"rank {card.rank}")
        if card.verdict is not None:
            parts.append(f"base score {card.verdict.score:.1f}")
    parts.append(describe_decision(decision))
    group = describe_group(card, size, scores_hidden=scores_hidden)
    if group is not None:
        parts.append(group.lower())
    return ", ".join(parts)


def describe_row(model: CardModel, row: int) -> str:
    """The photo in a row and its place, for people who listen to the screen."""
    card = model.card(row)
    text = describe(card, model.decision(row), model.size(card), scores_hidden=model.scores_hidden)
    stack = ", closed stack" if model.is_closed(card) else ""
    number = None if model.scores_hidden else model.number_of(card.path)
    suggested = "" if number is None else f", suggested as number {number:,}"
    return f"{text}{stack}{suggested}; {row + 1} of {model.rowCount()}"


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
