"""The hue of a colour cast: which word the readings of the photo bear out."""

from __future__ import annotations

from collections.abc import Mapping

from engine.judge.claims import Claim
from engine.types import Aspect, Polarity, Reading

HUES: Mapping[str, tuple[str, int]] = {
    "magenta": ("cast_green_magenta", 1),
    "green": ("cast_green_magenta", -1),
    "yellow": ("cast_blue_yellow", 1),
    "blue": ("cast_blue_yellow", -1),
}
"""Words for a cast: the reading that tells it, and the sign of that reading."""
_BESIDE = 0.5
"""Share of the larger of the two axes that the other must have for its word to be fair too: orange is both."""


def tells(claim: Claim) -> bool:
    """Whether a sentence with this claim names the hue of a cast."""
    return claim.aspect is Aspect.COLOUR and claim.polarity is not Polarity.PRAISE


def fair(readings: Mapping[str, Reading]) -> frozenset[str]:
    """The words that may be said of this photo's cast: towards them a reading lies outside its normal range, and no
    less than half as far off as the other one. All of them where a reading is absent.
    """
    if any(name not in readings for name, _ in HUES.values()):
        return frozenset(HUES)
    off = {word: sign * _from_middle(readings[name]) for word, (name, sign) in HUES.items()}
    largest = max(off.values())
    return frozenset(
        word for word, (name, _) in HUES.items() if off[word] >= max(_half(readings[name]), _BESIDE * largest)
    )


def _from_middle(reading: Reading) -> float:
    low, high = reading.normal
    return reading.value - (low + high) / 2


def _half(reading: Reading) -> float:
    low, high = reading.normal
    return (high - low) / 2
