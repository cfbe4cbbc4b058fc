"""Photos in the space of a pack's tower: the pixels that it is shown, and the embeddings of a whole shoot."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine import prepare
from engine.catalogue import Catalogue
from engine.control import Control
from engine.errors import ChangedFile, StoreError, UnreadablePhoto
from engine.files import decode
from engine.models.embedding import Embedding
from engine.pace import Pace
from engine.types import Card, Phase, Progress

if TYPE_CHECKING:
    from engine.models.tower import Tower

BATCH = 8
"""Photos that one transaction saves, and one step tells of."""


def pixels(card: Card, catalogue: Catalogue, pixel_cap: int = decode.PIXEL_CAP) -> NDArray[np.uint8]:
    """[h, w, 3] RGB that the tower is shown of a photo which was scored: its thumbnail.

    Where the thumbnail is gone it is made anew, so that the tower sees the same pixels every time. Raises
    UnreadablePhoto, also for a file that has changed since it was scored.
    """
    data = _stored(card, catalogue)
    if data is None:
        try:
            frame = decode.open(card.photo, pixel_cap)
        except (OSError, MemoryError) as cause:
            raise UnreadablePhoto(
                f"{card.path} could not be read ({str(cause) or 'not enough memory'}). Close other programs and retry."
            ) from cause
        if frame.fingerprint != card.fingerprint:
            raise ChangedFile(f"{card.path} has changed since it was scored. Rank the shoot again.")
        data = _thumbnail(frame.pixels)
        with contextlib.suppress(StoreError):
            catalogue.thumbnails.put([(frame.fingerprint, data)])
    return _decoded(data)


def shown(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """What `pixels` gives of a photo whose decoded picture is `picture`, [h, w, 3] RGB."""
    return _decoded(_thumbnail(picture))


class Sightings:
    """The embeddings of a shoot's photos in the space of a tower, from where they are cheapest.

    A student that lives in the space has said where the photos lie that it judged. Its word is taken even where the
    tower has seen the photo too: their cosines differ, and a ranking shall come from one pair of eyes. The tower looks
    at pictures without such a verdict, once, and what it saw is remembered. Both stand in one ranking only while a
    student is at work on photos that another pack had measured: when it is done, all of them have its verdict.
    """

    def __init__(
        self,
        cards: Sequence[Card],
        catalogue: Catalogue,
        tower: Tower,
        control: Control | None = None,
        pixel_cap: int = decode.PIXEL_CAP,
        jobs: int = 2,
    ) -> None:
        """`cards` were measured; those that were not yet, or cannot be, are passed over. `jobs` are looked at side by
        side."""
        self._cards = [card for card in cards if card.error is None and card.fingerprint is not None]
        self._catalogue = catalogue
        self._tower = tower
        self._control = control or Control()
        self._pixel_cap = pixel_cap
        self._jobs = max(jobs, 1)
        self._judged = {
            card.fingerprint or "": card.verdict
            for card in self._cards
            if card.verdict is not None and card.verdict.space == tower.space
        }
        self._seen: dict[str, Embedding] = {}
        self.problems: list[str] = []
        """Photos that could not be looked at, a sentence each."""

    @property
    def embeddings(self) -> Mapping[Path, Embedding]:
        """By photo, as far as they are known; whole after the last step."""
        points = self._seen | {
            mark: Embedding(verdict.embedding.astype(np.float32), verdict.space)
            for mark, verdict in self._judged.items()
        }
        return {card.path: points[mark] for card in self._cards if (mark := card.fingerprint or "") in points}

    def steps(self) -> Iterator[Progress]:
        """Look at every photo that is not known; each batch is saved before its step. The last is FINISHED.

        A cancelled run ends without it. A cache that cannot be used is told in a note, once, and nothing is lost but
        time. Raises PackError.
        """
        waiting, note = self._waiting()
        total, pace, said = len(self._cards), Pace(), {note}
        settled = total - len(waiting)
        yield Progress(Phase.SEEING, settled, total, note=note)
        with ThreadPoolExecutor(self._jobs, "looking") as pool:
            for start in range(0, len(waiting), BATCH):
                note = self._kept(dict(filter(None, pool.map(self._look, waiting[start : start + BATCH]))))
                if self._control.cancelled:
                    return
                done = min(start + BATCH, len(waiting))
                pace.mark(done, done)
                left = pace.seconds_left(len(waiting) - done)
                told = None if note in said else note
                said.add(note)
                yield Progress(Phase.SEEING, settled + done, total, pace.rate, left, note=told)
        yield Progress(Phase.FINISHED, total, total)

    def _waiting(self) -> tuple[list[Card], str | None]:
        """(one card of each picture that is not known, why the cache could not be asked)."""
        unjudged = {mark: card for card in self._cards if (mark := card.fingerprint or "") not in self._judged}
        if not unjudged:
            return [], None
        try:
            self._seen = self._catalogue.cache.embeddings(list(unjudged), self._tower.space)
        except StoreError as error:
            return list(unjudged.values()), str(error)
        return [card for mark, card in unjudged.items() if mark not in self._seen], None

    def _look(self, card: Card) -> tuple[str, Embedding] | None:
        """Fingerprint and embedding; None for a photo that cannot be looked at, and when nobody waits any more."""
        self._control.wait()
        if self._control.cancelled:
            return None
        try:
            picture = pixels(card, self._catalogue, self._pixel_cap)
        except UnreadablePhoto as error:
            self.problems.append(str(error))
            return None
        return card.fingerprint or "", self._tower.vision.see(picture).embedding

    def _kept(self, fresh: Mapping[str, Embedding]) -> str | None:
        """Keep what was seen; why the cache could not."""
        self._seen.update(fresh)
        try:
            self._catalogue.cache.record_embeddings(fresh)
        except StoreError as error:
            return str(error)
        return None


def _thumbnail(picture: NDArray[np.uint8]) -> bytes:
    return prepare.thumbnail(prepare.halved(picture, 2 * prepare.THUMBNAIL_EDGE))


def _decoded(data: bytes) -> NDArray[np.uint8]:
    import simplejpeg

    return np.asarray(simplejpeg.decode_jpeg(data, colorspace="RGB"), np.uint8)


def _stored(card: Card, catalogue: Catalogue) -> bytes | None:
    """The thumbnail, if there is one; a store that cannot be asked has none."""
    try:
        return catalogue.thumbnails.get(card.fingerprint or "")
    except StoreError:
        return None
