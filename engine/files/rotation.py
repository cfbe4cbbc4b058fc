"""A card turned as the photographer wants its photo: sides and every region with it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from engine.files import upright
from engine.turn import Turn
from engine.types import Card, Face, Reading, Region, Verdict


def turned(card: Card, turn: Turn) -> Card:
    """`card` with sides and regions as they lie in the photo turned so; the very card where they lie so already.

    What was measured stays what it is, and so does what the file says of its orientation.
    """
    by = turn.further(-card.turn)
    if by is Turn.NONE:
        return card
    sides = (card.width, card.height)
    width, height = sides if by is Turn.OVER else sides[::-1]
    area = card.metadata.af
    return replace(
        card,
        turn=turn,
        width=width,
        height=height,
        metadata=card.metadata if area is None else replace(card.metadata, af=region(area, by)),
        readings={name: _reading(reading, by) for name, reading in card.readings.items()},
        verdict=None if card.verdict is None else _verdict(card.verdict, by),
        faces=tuple(_face(face, by) for face in card.faces),
        subject=None if card.subject is None else replace(card.subject, region=region(card.subject.region, by)),
    )


def region(there: Region, turn: Turn) -> Region:
    """Where a region lies once the picture is turned."""
    return upright.turn_region(there, upright.TURNED[turn])


def _reading(reading: Reading, by: Turn) -> Reading:
    return reading if reading.region is None else replace(reading, region=region(reading.region, by))


def _verdict(verdict: Verdict, by: Turn) -> Verdict:
    seen = verdict.attention
    return verdict if seen is None else replace(verdict, attention=np.ascontiguousarray(np.rot90(seen, -by)))


def _face(face: Face, by: Turn) -> Face:
    points = (region(Region(x, y, 0.0, 0.0), by) for x, y in face.landmarks)
    return replace(face, region=region(face.region, by), landmarks=tuple((point.x, point.y) for point in points))
