"""VILA's score of photos that a student has judged in the tower's space: no photo is looked at again."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from engine.types import Card

if TYPE_CHECKING:
    from engine.models.tower import Tower


def scores(cards: Iterable[Card], tower: Tower) -> dict[Path, float]:
    """1-10, by photo. Photos whose verdict lies in another space have none; no photo has one where the tower's adapter
    was not made for its student. Raises PackError.
    """
    judged = [
        (card.path, card.verdict) for card in cards if card.verdict is not None and card.verdict.space == tower.space
    ]
    if not judged or tower.adapter.length is None:
        return {}
    found = tower.adapter.scores(tower.adapter.cosines([verdict for _, verdict in judged]))
    return {path: float(score) for (path, _), score in zip(judged, found, strict=True)}
