"""RAW to pixels through LibRaw: the camera's own preview where it is large enough, else a half-size development."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.errors import UnreadablePhoto, UnsupportedFile
from engine.files import jpeg, upright
from engine.files.jpeg import Picture

if TYPE_CHECKING:
    import rawpy

_ORIENTATION = {0: 1, 3: 3, 5: 8, 6: 6}
"""LibRaw's `flip` to EXIF orientation."""
CheckSize = Callable[[tuple[int, int]], None]
"""Raises for a (width, height) that is too large to unpack."""
Take = Callable[[bytes], Picture | None]
"""Decodes a preview, or finds that it is not worth it."""


def picture(data: bytes, check: CheckSize, largest: bool = False) -> Picture:
    """Upright pixels of a RAW; `largest` wants the biggest preview, not the quickest sufficient one.

    `check` is asked before anything is unpacked, and raises what it likes. Raises UnsupportedFile, and OSError or
    ValueError on damage.
    """
    with _opened(data, check) as raw:
        # Developing at half size halves what LibRaw says of the sides.
        sides = _sides(raw)
        shown = _shown(raw, check, jpeg.whole if largest else jpeg.halved)
        if shown is not None:
            return shown
        developed = raw.postprocess(half_size=True, use_camera_wb=True, output_bps=8)
        return Picture(np.ascontiguousarray(developed), *sides, "raw half")


def sketch(data: bytes, check: CheckSize, edge: int) -> Picture | None:
    """The preview with fewer pixels, its long edge at least `edge`; None where `picture` takes no longer than that.

    Asks and raises as `picture` does.
    """
    with _opened(data, check) as raw:
        return _shown(raw, check, partial(jpeg.sketch, edge=edge))


@contextmanager
def _opened(data: bytes, check: CheckSize) -> Iterator[rawpy.RawPy]:
    """A RAW that may be unpacked; what LibRaw raises about it in the words of `picture`."""
    import rawpy

    try:
        with rawpy.imread(io.BytesIO(data)) as raw:
            check((raw.sizes.raw_width, raw.sizes.raw_height))
            yield raw
    except rawpy.LibRawFileUnsupportedError as cause:
        raise UnsupportedFile("it is of no kind of RAW that Chinagraph reads") from cause
    except rawpy.LibRawError as cause:
        raise ValueError(_words(cause)) from cause


def _sides(raw: rawpy.RawPy) -> tuple[int, int]:
    """Width and height of the upright photo."""
    width, height = raw.sizes.width, raw.sizes.height
    return (height, width) if _ORIENTATION.get(raw.sizes.flip, 1) in upright.SIDEWAYS else (width, height)


def _shown(raw: rawpy.RawPy, check: CheckSize, take: Take) -> Picture | None:
    """The camera's own preview, upright; None where it has none that is large enough."""
    preview = _preview(raw, check, take)
    if preview is None:
        return None
    lying = preview.shape[1] >= preview.shape[0]
    stored_lying = raw.sizes.width >= raw.sizes.height
    orientation = _ORIENTATION.get(raw.sizes.flip, 1) if lying == stored_lying else 1
    return Picture(upright.turn(preview, orientation), *_sides(raw), "preview")


def embedded_jpeg(data: bytes) -> bytes:
    """The embedded JPEG, whose EXIF stands in where the RAW's own cannot be read; empty without one."""
    import rawpy

    try:
        with rawpy.imread(io.BytesIO(data)) as raw:
            found = raw.extract_thumb()
            return bytes(found.data) if found.format == rawpy.ThumbFormat.JPEG else b""
    except rawpy.LibRawError:
        return b""


def _words(error: Exception) -> str:
    """LibRaw's message, which rawpy hands on as bytes."""
    said = error.args[0] if error.args else ""
    return said.decode(errors="replace") if isinstance(said, bytes) else str(said)


def _preview(raw: rawpy.RawPy, check: CheckSize, take: Take) -> NDArray[np.uint8] | None:
    import rawpy

    try:
        found = raw.extract_thumb()
    except rawpy.LibRawError:
        return None
    if found.format == rawpy.ThumbFormat.BITMAP:
        pixels = np.ascontiguousarray(found.data)
        return pixels if max(pixels.shape[:2]) >= jpeg.LEAST_EDGE else None
    try:
        embedded = bytes(found.data)
        check(jpeg.size(embedded))
        taken = take(embedded)
    except (OSError, ValueError, SyntaxError, UnreadablePhoto):
        return None
    return None if taken is None or max(taken.width, taken.height) < jpeg.LEAST_EDGE else taken.pixels
