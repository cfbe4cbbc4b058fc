"""Siblings of a burst compared by what was measured, in words that say so."""

from __future__ import annotations

from collections.abc import Sequence

from engine.judge import people
from engine.judge.evidence import sharpness, softest_face
from engine.types import Card, EyeState, Reading

CLEARLY = 1.1
"""A subject is called sharper from this factor on."""
_STOPS = 0.2
"""Exposures further apart than this many EV are told apart."""
_CLIPPED = 0.01
"""A share of clipped pixels larger by this is told."""


def reason(best: Card, siblings: Sequence[Card]) -> str | None:
    """Why `best` is suggested: what was measured against the next best of its `siblings`, by merit.

    "measured: sharper on the subject than IMG_0412 (0.81, 0.62), eyes open". Where nothing measured tells them apart,
    it says that the score decides. None without a sibling that has a merit, and where `best` has none.
    """
    rivals = [card for card in siblings if card.path != best.path and card.merit is not None]
    if best.merit is None or not rivals:
        return None
    rival = max(rivals, key=lambda card: (card.merit or 0.0, str(card.path)))
    name = rival.path.stem.encode("utf-8", "replace").decode()
    found = [words for words in (_sharper(best, rival, name), *_others(best, rival)) if words]
    if found:
        return "measured: " + ", ".join(found)
    return f"measured: as good as {name}; the score decides ({best.merit:.2f}, {rival.merit:.2f})"


def differences(card: Card, other: Card) -> tuple[str, ...]:
    """What was measured of `card` against `other`, the weightiest first; empty where nothing tells them apart.

    ("softer on the subject (28.50, 41.00)", "eyes open").
    """
    word, numbers = _compared(sharpness(card), sharpness(other))
    found = [f"{word} on the subject {numbers}" if word else None, *_others(card, other)]
    return tuple(words for words in found if words)


def _sharper(best: Card, rival: Card, name: str) -> str | None:
    """Sharper, or softer where other things decided: nothing that speaks against the suggestion is left out."""
    word, numbers = _compared(sharpness(best), sharpness(rival))
    return f"{word} on the subject than {name} {numbers}" if word else None


def _compared(mine: Reading | None, other: Reading | None) -> tuple[str | None, str]:
    """("sharper" or "softer" or None, both values); None too where the two were not measured alike."""
    if mine is None or other is None or (mine.name, mine.scale) != (other.name, other.scale):
        return None, ""
    numbers = f"({mine.value:.2f}, {other.value:.2f})"
    if mine.value >= CLEARLY * other.value and mine.value > 0:
        return "sharper", numbers
    return ("softer" if other.value >= CLEARLY * mine.value else None), numbers


def _worst_face(best: Card, rival: Card) -> str | None:
    word, numbers = _compared(softest_face(best), softest_face(rival))
    return f"its softest face {word} {numbers}" if word else None


def _others(best: Card, rival: Card) -> list[str | None]:
    return [
        _worst_face(best, rival),
        _eyes(best, rival),
        _exposure(best.readings.get("subject_exposure"), rival.readings.get("subject_exposure")),
        _clipping(best.readings.get("clipping_high"), rival.readings.get("clipping_high")),
    ]


def _eyes(best: Card, rival: Card) -> str | None:
    mine, other = people.eyes(best.faces), people.eyes(rival.faces)
    if mine is other or EyeState.CLOSED not in (mine, other):
        return None
    return {EyeState.OPEN: "eyes open", EyeState.CLOSED: "but a blink"}.get(mine or EyeState.UNKNOWN)


def _exposure(mine: Reading | None, other: Reading | None) -> str | None:
    """Told where one of the two lies outside of the normal range."""
    if mine is None or other is None or abs(mine.value - other.value) < _STOPS:
        return None
    off, rival_off = (max(r.normal[0] - r.value, r.value - r.normal[1], 0.0) for r in (mine, other))
    if off == rival_off:
        return None
    kind = "better" if off < rival_off else "worse"
    return f"subject {kind} exposed ({mine.value:+.1f}, {other.value:+.1f} EV)"


def _clipping(mine: Reading | None, other: Reading | None) -> str | None:
    if mine is None or other is None or abs(mine.value - other.value) < _CLIPPED:
        return None
    if mine.value < other.value:
        return "no clipping" if mine.value < _CLIPPED / 10 else f"less clipping ({mine.value:.0%}, {other.value:.0%})"
    return f"more clipping ({mine.value:.0%}, {other.value:.0%})"
