"""RAW to pixels through LibRaw: the camera's own preview where it is large enough, else a half-size development."""

from __future__ import annotations

import io
from collections.abc import Callable
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


def picture(data: bytes, check: CheckSize, largest: bool = False) -> Picture:
    """Upright pixels of a RAW; `largest` wants the biggest preview, not the quickest sufficient one.

    `check` is asked before anything is unpacked, and raises what it likes. Raises UnsupportedFile, and OSError or
    ValueError on damage.
    """
    import rawpy

    try:
        with rawpy.imread(io.BytesIO(data)) as raw:
            check((raw.sizes.raw_width, raw.sizes.raw_height))
            orientation = _ORIENTATION.get(raw.sizes.flip, 1)
            sides = (raw.sizes.width, raw.sizes.height)
            width, height = sides[::-1] if orientation in upright.SIDEWAYS else sides
            preview = _preview(raw, check, largest)
            if preview is not None:
                lying = preview.shape[1] >= preview.shape[0]
                stored_lying = sides[0] >= sides[1]
                pixels = upright.turn(preview, orientation if lying == stored_lying else 1)
                return Picture(pixels, width, height, "preview")
            developed = raw.postprocess(half_size=True, use_camera_wb=True, output_bps=8)
            return Picture(np.ascontiguousarray(developed), width, height, "raw half")
    except rawpy.LibRawFileUnsupportedError as cause:
        raise UnsupportedFile("it is of no kind of RAW that Chinagraph reads") from cause
    except rawpy.LibRawError as cause:
        raise ValueError(_words(cause)) from cause


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


def _preview(raw: rawpy.RawPy, check: CheckSize, largest: bool) -> NDArray[np.uint8] | None:
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
        taken = jpeg.whole(embedded) if largest else jpeg.halved(embedded)
    except (OSError, ValueError, SyntaxError, UnreadablePhoto):
        return None
    return taken.pixels if max(taken.width, taken.height) >= jpeg.LEAST_EDGE else None
