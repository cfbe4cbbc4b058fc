"""What was measured for and against a frame of a burst, beside its siblings, in points of merit."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from engine.judge import people
from engine.types import Card, EyeState, Reading

FULL, HALF = "subject_sharpness_full", "subject_sharpness"
"""Sharpness on the subject: at full resolution for the leaders of a burst, on the decoded picture for all."""
SHARPNESS = 0.25
"""Points that a frame loses which is a factor of 2 ** SOFT, or more, softer on the subject than the sharpest."""
SOFT = 0.5
EYES = 0.3
"""Points that a blink costs."""
EXPOSURE = 0.15
"""Points that a subject costs whose exposure lies a stop, or more, outside of the normal range."""


@dataclass(frozen=True, slots=True)
class Against:
    """What a frame loses, in points of merit."""

    sharpness: float = 0.0
    eyes: float = 0.0
    exposure: float = 0.0

    @property
    def points(self) -> float:
        """All of it."""
        return self.sharpness + self.eyes + self.exposure


@dataclass(frozen=True, slots=True)
class Sharpest:
    """The largest sharpness in a burst, by what was measured and at which scale: only equal scales are compared."""

    values: Mapping[tuple[str, float], float]

    @classmethod
    def of(cls, cards: Iterable[Card]) -> Sharpest:
        """Over the frames of one burst."""
        values: dict[tuple[str, float], float] = {}
        for card in cards:
            for reading in (card.readings.get(FULL), card.readings.get(HALF), softest_face(card)):
                if reading is not None:
                    key = (reading.name, reading.scale)
                    values[key] = max(values.get(key, 0.0), reading.value)
        return cls(values)

    def softness(self, reading: Reading | None) -> float:
        """By how many factors of two it is softer than the sharpest measured alike; 0 is the sharpest, or unknown."""
        best = 0.0 if reading is None else self.values.get((reading.name, reading.scale), 0.0)
        if reading is None or best <= 0.0:
            return 0.0
        return math.log2(best / reading.value) if reading.value > 0.0 else math.inf


def against(card: Card, sharpest: Sharpest) -> Against:
    """What counts against a frame in a burst whose sharpest frames are `sharpest`."""
    return Against(
        sharpness=SHARPNESS * min(max(map(sharpest.softness, (sharpness(card), softest_face(card)))) / SOFT, 1.0),
        eyes=EYES if people.eyes(card.faces) is EyeState.CLOSED else 0.0,
        exposure=EXPOSURE * min(_beyond(card.readings.get("subject_exposure")), 1.0),
    )


def sharpness(card: Card) -> Reading | None:
    """The closest measurement of how sharp the subject is: at full resolution, else on the decoded picture."""
    return card.readings.get(FULL) or card.readings.get(HALF)


def softest_face(card: Card) -> Reading | None:
    """Of a photo of several people: how sharp the prominent face is whose eyes are least so. None for other photos.

    The subject is the largest face; in a group the worst one decides, and it need not be that one.
    """
    picture = card.readings.get(HALF)
    worst = people.softest(card.faces)
    if picture is None or worst is None or worst.sharpness is None or len(people.prominent(card.faces)) < 2:
        return None
    return Reading("softest_face", worst.sharpness, picture.unit, picture.normal, worst.region, picture.scale)


def _beyond(reading: Reading | None) -> float:
    """How far a reading lies outside of its normal range, in its unit."""
    if reading is None:
        return 0.0
    low, high = reading.normal
    return max(low - reading.value, reading.value - high, 0.0)
