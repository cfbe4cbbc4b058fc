"""What views and panels say of a card in words."""

from __future__ import annotations

from engine.types import Card, Colour, Decision, Flag, GroupKind, Metadata

TIMES = "\N{MULTIPLICATION SIGN}"
"""Between width and height."""


def file_name(card: Card) -> str:
    """The name of the primary file as text, whatever bytes it has."""
    return card.path.name.encode("utf-8", "replace").decode()


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
    """What group a photo stands in: "Burst of 8, number 2 in it"; None for a photo on its own."""
    if size < 2:
        return None
    kind = "Bracket" if card.group_kind is GroupKind.BRACKET else "Burst"
    if scores_hidden or card.rank_in_group is None:
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
