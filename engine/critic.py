"""The critic: writes about photos that somebody looks at, the newest request first, one at a time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from engine import seeing
from engine.catalogue import Catalogue
from engine.errors import PackError, StoreError, UnreadablePhoto
from engine.files import decode
from engine.judge import critique
from engine.types import Card, Critique

if TYPE_CHECKING:
    from engine.models.tower import Tower

WAITING = 32
"""Requests that are kept; of more, the oldest are forgotten: nobody looks at those photos any more."""


@dataclass(frozen=True, slots=True)
class Written:
    """What became of one request."""

    path: Path
    fingerprint: str | None
    critique: Critique | None
    error: str | None = None
    """Why there is none: the file or the pack, the cause, what to do."""
    note: str | None = None
    """Why it could not be remembered; it will be written again next time."""


def describe(
    card: Card,
    catalogue: Catalogue,
    tower: Tower,
    pixel_cap: int = decode.PIXEL_CAP,
    wanted: Callable[[], bool] = lambda: True,
) -> Written | None:
    """The critique of a scored photo: the one that is remembered for its content and this tower, else a new one.

    None as soon as it is not `wanted` any more. An unreadable photo, or a pack that cannot be used, is an error in the
    result; nothing is raised.
    """
    if card.error is not None or card.fingerprint is None:
        missing = f"{card.path} was not scored yet. Rank its folder first."
        return Written(card.path, card.fingerprint, None, card.error or missing)
    note = None
    try:
        known = catalogue.cache.critique(card.fingerprint, tower.model_id, critique.rules())
        if known is not None:
            return Written(card.path, card.fingerprint, known)
    except StoreError as error:
        note = str(error)
    try:
        seen = tower.vision.see(seeing.pixels(card, catalogue, pixel_cap))
        if not wanted():
            return None
        found = critique.write(tower, seen, card.readings, card.subject)
    except (UnreadablePhoto, PackError) as error:
        return Written(card.path, card.fingerprint, None, str(error))
    try:
        catalogue.cache.record_embeddings({card.fingerprint: seen.embedding})
        catalogue.cache.record_critique(card.fingerprint, found)
    except StoreError as error:
        note = str(error)
    return Written(card.path, card.fingerprint, found, note=note)


class Critic:
    """Requests from any thread; one thread draws `written`. The tower's files are loaded with the first request."""

    def __init__(self, catalogue: Catalogue, tower: Tower, pixel_cap: int = decode.PIXEL_CAP) -> None:
        self._catalogue = catalogue
        self._tower = tower
        self._pixel_cap = pixel_cap
        self._changed = threading.Condition()
        self._asked: dict[Path, Card] = {}
        self._at: Card | None = None
        self._closed = False

    def ask(self, card: Card) -> None:
        """Have a photo described, before all that was asked earlier. Asked twice, it is written once."""
        with self._changed:
            if self._at is not None and (self._at.path, self._at.fingerprint) == (card.path, card.fingerprint):
                return
            self._asked.pop(card.path, None)
            self._asked[card.path] = card
            while len(self._asked) > WAITING:
                del self._asked[next(iter(self._asked))]
            self._changed.notify()

    def withdraw(self, *paths: Path) -> None:
        """Forget requests, the one in work too; without paths, all of them."""
        with self._changed:
            for path in paths or tuple(self._asked):
                self._asked.pop(path, None)
            if not paths or (self._at is not None and self._at.path in paths):
                self._at = None

    def close(self) -> None:
        """End `written`; what is in work is given up at the next step. There is no way back."""
        with self._changed:
            self._asked.clear()
            self._at, self._closed = None, True
            self._changed.notify_all()

    def written(self) -> Iterator[Written]:
        """What became of each request, as it is done; waits for the next one until `close`."""
        while (card := self._next()) is not None:
            is_wanted = partial(self._is_at, card)
            found = describe(card, self._catalogue, self._tower, self._pixel_cap, is_wanted)
            with self._changed:
                is_still_wanted = is_wanted()
                self._at = None
            if found is not None and is_still_wanted:
                yield found

    def _is_at(self, card: Card) -> bool:
        return self._at is card

    def _next(self) -> Card | None:
        with self._changed:
            while not self._asked and not self._closed:
                self._changed.wait()
            if self._closed:
                return None
            _, self._at = self._asked.popitem()
            return self._at
