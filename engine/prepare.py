"""What happens to one photo on a decoding thread: from its file to everything that the student and the stores need."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.errors import ChangedFile, ForbiddenFile, PictureTooLarge, StoreError, UnreadablePhoto, VanishedFile
from engine.files import decode
from engine.sight import reading, subject, subject_reading
from engine.sight.tiles import Tiles
from engine.types import Card, Face, Frame, ModelId, Photo, Verdict

if TYPE_CHECKING:
    from engine.models.faces import Faces
    from engine.models.preprocess import Preprocess
    from engine.store.cache import Cache

THUMBNAIL_EDGE = 512
"""Long edge of a stored thumbnail, pixels; smaller pictures keep their size."""
THUMBNAIL_QUALITY = 85
ENOUGH = 0.8
"""Short edge of a thumbnail, as a share of the student's input, from which a new student may look at it instead of the
file. Flatter pictures have too few rows: `benchmarks/thumbnail_scores.py`."""


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """One photo after its only decode of a run."""

    card: Card
    """Without a verdict, unless it came from the cache."""
    thumbnail: bytes | None = None
    """JPEG, upright sRGB, long edge `THUMBNAIL_EDGE`."""
    inputs: NDArray[np.float32] | None = None
    """[3, size, size]; None where there is nothing to score."""
    cached: bool = False
    """The same bytes were scored before, under another name."""
    approximate: bool = False
    """Everything but the verdict was known, and `inputs` are made of the thumbnail."""
    lasting: bool = True
    """Whether the next run may rely on it. By then a missing or locked file may be well, and the limit that a picture
    exceeded another."""
    tiles: Tiles | None = None
    """Kept where nobody knows the subject before the student has looked."""

    def judged(self, verdict: Verdict | None) -> Card:
        """The card with its verdict, and with the subject that the student looked at where no other was known."""
        if verdict is not None and self.approximate:
            verdict = replace(verdict, approximate=True)
        if self.tiles is None:
            return replace(self.card, verdict=verdict)
        where = subject.found(None if verdict is None else verdict.attention, self.tiles)
        readings = {**self.card.readings, **subject_reading.from_tiles(self.tiles, where)}
        return replace(self.card, verdict=verdict, subject=where, readings=readings)


def prepare(
    photo: Photo,
    cache: Cache,
    model: ModelId | None,
    preprocess: Preprocess | None,
    pixel_cap: int = decode.PIXEL_CAP,
    faces: Faces | None = None,
) -> Prepared:
    """Read one photo and, unless its bytes are known, decode, measure and shrink it. A bad file's card says why.

    Raises PackError where `faces` cannot be run.
    """
    try:
        data = decode.read(photo)
        mark = decode.fingerprint(data)
        known = _known(cache, mark, model)
        if known is not None and not is_approximate(known):
            return Prepared(replace(known, photo=photo), cached=True)
        frame = decode.decode(data, photo, pixel_cap, mark)
    except UnreadablePhoto as error:
        lasting = not isinstance(error, VanishedFile | ChangedFile | ForbiddenFile | PictureTooLarge)
        return Prepared(Card(photo, error=str(error)), lasting=lasting)
    except (OSError, MemoryError) as error:
        cause = str(error) or "not enough memory"
        sentence = f"{photo.path} could not be read ({cause}). Close other programs and retry."
        return Prepared(Card(photo, error=sentence), lasting=False)
    card, kept = _measured(photo, frame, () if faces is None else faces.find(frame.pixels))
    # Thumbnail and student share the first halving: only decoding costs more than shrinking a large picture.
    small = halved(frame.pixels, 2 * THUMBNAIL_EDGE)
    inputs = None if preprocess is None else preprocess.apply(small)
    return Prepared(card, thumbnail(small), inputs, tiles=kept)


def from_thumbnail(card: Card, data: bytes, preprocess: Preprocess) -> Prepared | None:
    """What a new student needs of a photo that was measured before, off its thumbnail; its file is not touched.

    None where the thumbnail shows too little for this student: the file must be read.
    """
    import simplejpeg

    pixels = np.asarray(simplejpeg.decode_jpeg(data, colorspace="RGB"), np.uint8)
    is_whole = pixels.shape[:2] == (card.height, card.width)
    if not is_whole and min(pixels.shape[:2]) < ENOUGH * preprocess.size:
        return None
    return Prepared(card, inputs=preprocess.apply(pixels), approximate=True)


def _measured(photo: Photo, frame: Frame, faces: tuple[Face, ...]) -> tuple[Card, Tiles | None]:
    """The card of a decoded photo; and its tiles, where neither faces nor camera say what the subject is."""
    whole = reading.measure(frame)
    faces = subject_reading.faces(frame, faces, whole.tiles)
    where = subject.known(faces, frame.metadata)
    on_subject = {} if where is None else subject_reading.measure(frame, where, whole.tiles)
    card = Card(
        photo,
        metadata=frame.metadata,
        width=frame.width,
        height=frame.height,
        fingerprint=frame.fingerprint,
        source=frame.source,
        readings={**whole.readings, **on_subject},
        faces=faces,
        subject=where,
    )
    return card, whole.tiles if where is None else None


def is_approximate(card: Card) -> bool:
    """Whether its verdict was read off the thumbnail."""
    return card.verdict is not None and card.verdict.approximate


def halved(pixels: NDArray[np.uint8], edge: int) -> NDArray[np.uint8]:
    """[h, w, 3], halved by averaging 2 x 2 pixels as often as that leaves a long edge of at least `edge` pixels."""
    import cv2

    while max(pixels.shape[:2]) >= 2 * edge and min(pixels.shape[:2]) >= 2:
        height, width = pixels.shape[0] // 2, pixels.shape[1] // 2
        even = pixels[: 2 * height, : 2 * width]
        pixels = np.asarray(cv2.resize(even, (width, height), interpolation=cv2.INTER_AREA), dtype=np.uint8)
    return pixels


def thumbnail(pixels: NDArray[np.uint8]) -> bytes:
    """The JPEG that is stored of a picture, [h, w, 3] RGB."""
    import cv2
    import simplejpeg

    pixels = halved(pixels, THUMBNAIL_EDGE)
    height, width = pixels.shape[:2]
    share = min(1.0, THUMBNAIL_EDGE / max(width, height))
    size = (max(1, round(width * share)), max(1, round(height * share)))
    small = pixels if share == 1.0 else cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
    return bytes(simplejpeg.encode_jpeg(np.ascontiguousarray(small), THUMBNAIL_QUALITY, colorspace="RGB"))


def _known(cache: Cache, fingerprint: str, model: ModelId | None) -> Card | None:
    """What the cache has for these bytes; a cache that cannot be asked knows nothing."""
    try:
        return cache.by_fingerprint(fingerprint, model)
    except StoreError:
        return None
