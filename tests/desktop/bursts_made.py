"""Bursts, sets and faces made by hand, for tests that need no file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from engine.types import Card, EyeState, Face, GroupKind, Reading, Region, Subject, SubjectSource
from tests.desktop.stage import imagined

OPEN = (EyeState.OPEN, EyeState.OPEN)
CLOSED = (EyeState.CLOSED, EyeState.CLOSED)
UNKNOWN = (EyeState.UNKNOWN, EyeState.UNKNOWN)


def in_groups(*groups: tuple[str, GroupKind, Sequence[int]]) -> list[Card]:
    """Ranked cards in order of their ranks: (group, kind, ranks of its members, the best first)."""
    cards = imagined(max(rank for _, _, ranks in groups for rank in ranks))
    for name, kind, ranks in groups:
        for place, rank in enumerate(ranks, 1):
            cards[rank - 1] = replace(cards[rank - 1], group=name, group_kind=kind, rank_in_group=place)
    return cards


def face(
    x: float, y: float, *, size: float = 0.2, eyes: tuple[EyeState, EyeState] = OPEN, sharpness: float = 20.0
) -> Face:
    """A face around (x, y), its eyes a little above and beside the middle."""
    region = Region(x - size / 2, y - size / 2, size, size)
    left, right = (x - size / 5, y - size / 8), (x + size / 5, y - size / 8)
    return Face(region, 0.9, (left, right, (x, y), left, right), eyes, sharpness)


def with_faces(card: Card, *faces: Face) -> Card:
    """The card with these faces, and its subject at the eyes of the first."""
    subject = Subject(Region(*faces[0].landmarks[0], 0.1, 0.05), SubjectSource.EYES) if faces else None
    return replace(card, faces=faces, subject=subject)


def with_sharpness(card: Card, value: float) -> Card:
    """The card with this sharpness on the subject."""
    reading = Reading("subject_sharpness", value, "grey levels", (5.0, 60.0), Region(0.4, 0.4, 0.1, 0.1), 0.5)
    return replace(card, readings={**card.readings, "subject_sharpness": reading})


def path_of(number: int) -> Path:
    """Where `in_groups` has the photo of a rank."""
    return Path(f"/nowhere/IMG_{number - 1:06}.jpg")
