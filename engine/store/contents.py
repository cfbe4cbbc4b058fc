"""What files contain, by fingerprint: from the cache where they are unchanged, else by reading them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from engine.errors import UnreadablePhoto
from engine.files import decode

if TYPE_CHECKING:
    from engine.store.cache import Cache
    from engine.types import Photo

KNOWN_AT_ONCE = 2000
"""Photos that are looked up in the cache in one go."""


def contents(photos: Sequence[Photo], cache: Cache) -> Iterator[tuple[Photo, str | None, str | None]]:
    """For every photo its fingerprint, or why it cannot be read. Those that the cache knows are not read.

    Raises StoreError.
    """
    for start in range(0, len(photos), KNOWN_AT_ONCE):
        part = photos[start : start + KNOWN_AT_ONCE]
        known = cache.known(part, None)
        for photo in part:
            yield photo, *_content(photo, known[photo.path].fingerprint if photo.path in known else None)


def _content(photo: Photo, known: str | None) -> tuple[str | None, str | None]:
    if known is not None:
        return known, None
    try:
        return decode.fingerprint(decode.read(photo)), None
    except UnreadablePhoto as error:
        return None, str(error)
