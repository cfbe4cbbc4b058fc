"""A catalogue that another model has judged: what it shows, whole, until the new model has judged it too.

A new model reads its verdicts off the thumbnails, where these show enough, so that no file is decoded again. Such a
verdict is approximate and gives way to that of the file when the file is read. Verdicts of two models, or approximate
and exact ones, never stand in one ranking while it is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from engine import prepare
from engine.errors import StoreError
from engine.prepare import Prepared
from engine.types import Card, ModelId, Photo

if TYPE_CHECKING:
    from engine.catalogue import Catalogue
    from engine.models.preprocess import Preprocess
    from engine.store.cache import Cache

KNOWN_AT_ONCE = 2000
"""Photos that are looked up in the cache in one go."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What the cache can show of a shoot at once."""

    cards: dict[Path, Card]
    """Unchanged photos, as far as they were measured: with the verdict of one model, or without one."""
    is_earlier: bool
    """Whether that is another model than the one that is used: its ranking is to be shown until the run has ended."""


def judge(photos: Sequence[Photo], cache: Cache, model: ModelId | None) -> ModelId | None:
    """Whose verdicts to show: those of `model`, or of another while that has judged more photos. Raises StoreError."""
    judged = {} if model is None else cache.judges(photos)
    return max(judged, key=lambda one: (judged[one], one == model), default=model)


def standing(photos: Sequence[Photo], cache: Cache, model: ModelId | None) -> Standing:
    """What is known of unchanged photos; `model` is the one that is used. Raises StoreError."""
    found = judge(photos, cache, model)
    known = _known(photos, cache, found)
    rest = [photo for photo in photos if photo.path not in known]
    return Standing(known | _known(rest, cache, None), found != model)


def held(photos: Sequence[Photo], cache: Cache, model: ModelId | None, exact: bool) -> set[Path]:
    """The photos whose ranking a run is to take the place of: by another model, or, for a run that reads their files,
    with approximate verdicts among them. Raises StoreError."""
    found = judge(photos, cache, model)
    if found == model and not exact:
        return set()
    known = _known(photos, cache, found)
    if found == model and not any(map(prepare.is_approximate, known.values())):
        return set()
    return {path for path, card in known.items() if card.verdict is not None}


def measured(photos: Sequence[Photo], cache: Cache, faces: str) -> dict[Path, Card]:
    """The cards of unchanged photos that lack nothing but a verdict; `faces` is the `Faces.sha256` in use, or empty.

    Raises StoreError.
    """
    same = cache.measured_with(photos, faces)
    return {path: card for path, card in cache.known(photos, None).items() if path in same and card.error is None}


def prepared(card: Card, catalogue: Catalogue, preprocess: Preprocess) -> Prepared | None:
    """What the student needs of a measured photo, off its thumbnail; None where the file must be read."""
    try:
        data = catalogue.thumbnails.get(card.fingerprint or "")
    except StoreError:
        return None
    return None if data is None else prepare.from_thumbnail(card, data, preprocess)


def unjudged(card: Card) -> Card:
    """The card as it is shown beside others that another model has judged."""
    return replace(card, verdict=None, merit=None, rank=None, rank_in_group=None)


def _known(photos: Sequence[Photo], cache: Cache, model: ModelId | None) -> dict[Path, Card]:
    found: dict[Path, Card] = {}
    for start in range(0, len(photos), KNOWN_AT_ONCE):
        found |= cache.known(photos[start : start + KNOWN_AT_ONCE], model)
    return found
