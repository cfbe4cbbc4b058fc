"""The clocks of the bodies: which body took a photo, and what its clock must be corrected by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import timedelta

from engine.types import Card, Metadata


def body(metadata: Metadata) -> str | None:
    """The body that took a photo, as people can read it: camera and serial number. None where EXIF names neither.

    Two models that carry the same serial number are two bodies; bodies of one model without serial numbers cannot be
    told apart.
    """
    serial = None if metadata.body == metadata.camera else metadata.body
    return " ".join(part for part in (metadata.camera, serial) if part) or None


def corrected(cards: Iterable[Card], offsets: Mapping[str, timedelta]) -> list[Card]:
    """The cards with the clock offsets of their bodies, in the same order; a body without one is right."""
    result = []
    for card in cards:
        offset = offsets.get(body(card.metadata) or "", timedelta(0))
        result.append(card if offset == card.clock_offset else replace(card, clock_offset=offset))
    return result


def matched(reference: Card, other: Card) -> timedelta:
    """The offset of `other`'s body for which both photos were taken at the same moment, to the microsecond.

    The clock of `reference` is taken as it is corrected now. Raises ValueError, which says what to do instead, where
    a photo has no capture time, where EXIF does not name the second body, and for two photos of one body.
    """
    for card in (reference, other):
        if card.metadata.captured is None:
            raise ValueError(f"{card.path.name} has no capture time. Choose another photo of that camera.")
    if body(other.metadata) is None:
        raise ValueError(f"{other.path.name} does not say which camera took it. Choose another photo.")
    if body(reference.metadata) == body(other.metadata):
        raise ValueError(f"{reference.path.name} and {other.path.name} are from one camera. Choose photos of two.")
    assert reference.captured is not None
    assert other.metadata.captured is not None
    return reference.captured - other.metadata.captured
