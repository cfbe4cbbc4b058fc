"""JPEG to pixels: at half scale through the DCT, or from the preview that the camera put beside the picture."""

from __future__ import annotations

import io
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PIL.JpegImagePlugin import JpegImageFile

from engine.files import colour

LEAST_EDGE = 1600
"""Long edge, pixels, that a picture needs to stand in for the original in a run."""
_MPF = b"MPF\0"
_MPF_WITHIN = 256 * 1024
"""Bytes from a file's start in which its multi-picture index stands, behind EXIF and maker's notes."""
_PREVIEW = "Large Thumbnail"  # MPF (CIPA DC-007) classes 0x010001 and 0x010002, as Pillow names them


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """Pixels as stored, not yet upright."""

    pixels: NDArray[np.uint8]
    """[H, W, 3], RGB, sRGB."""
    width: int
    """Of the original as stored, pixels."""
    height: int
    source: str
    """As in `Frame.source`."""


def size(data: bytes) -> tuple[int, int]:
    """Width and height as stored, from the header alone. Raises OSError or SyntaxError if it is none."""
    with JpegImageFile(io.BytesIO(data)) as image:
        return image.size


def halved(data: bytes) -> Picture:
    """The picture for a run: a preview of at least LEAST_EDGE, else half scale, else (small pictures) all pixels.

    Raises OSError, ValueError or SyntaxError on damage; a truncated file is damage.
    """
    width, height = size(data)
    preview = _preview(data)
    if preview is not None:
        return Picture(_decode(preview, 1), width, height, "preview")
    if max(width, height) >= 2 * LEAST_EDGE:
        return Picture(_decode(data, 2), width, height, "half")
    return Picture(_decode(data, 1), width, height, "full")


def whole(data: bytes) -> Picture:
    """Every pixel. Raises as `halved` does."""
    width, height = size(data)
    return Picture(_decode(data, 1), width, height, "full")


def at_least(data: bytes, edge: int) -> NDArray[np.uint8]:
    """The quickest picture whose long edge is at least `edge` where the original's is. Raises as `halved` does."""
    preview = _preview(data)
    data = data if preview is None else preview
    longest = max(size(data))
    return _decode(data, next((factor for factor in (8, 4, 2) if longest // factor >= edge), 1))


def _preview(data: bytes) -> bytes | None:
    """A preview of at least LEAST_EDGE, smaller than the picture, that the multi-picture format lists.

    Gain maps and further frames of other classes are not previews.
    """
    if _MPF not in data[:_MPF_WITHIN]:
        return None
    with Image.open(io.BytesIO(data), formats=("JPEG", "MPO")) as image:
        entries = (getattr(image, "mpinfo", None) or {}).get(0xB002) or ()
        start = int(image.info.get("mpoffset", 0))
        least = max(image.size)
    for entry in entries:
        if _PREVIEW in str(entry["Attribute"]["MPType"]):
            part = data[start + entry["DataOffset"] : start + entry["DataOffset"] + entry["Size"]]
            try:
                longest = max(size(part))
            except (OSError, SyntaxError):
                continue
            if LEAST_EDGE <= longest < least:
                return part
    return None


def _decode(data: bytes, factor: int) -> NDArray[np.uint8]:
    """[H, W, 3] RGB in sRGB at 1/`factor`; Pillow takes what simplejpeg cannot (CMYK, odd but harmless headers)."""
    import simplejpeg

    with JpegImageFile(io.BytesIO(data)) as image:
        profile, mode = image.info.get("icc_profile"), image.mode
        least = [-(-side // factor) for side in image.size]
        if mode != "CMYK":
            try:
                pixels = simplejpeg.decode_jpeg(data, "RGB", min_width=least[0], min_height=least[1])
                if colour.is_srgb(profile) or mode != "RGB":
                    return np.asarray(pixels, dtype=np.uint8)
                return np.asarray(colour.to_srgb(Image.fromarray(pixels), profile))
            except ValueError as cause:
                if "premature end" in str(cause).casefold():
                    raise
        image.draft(None if mode == "CMYK" else "RGB", (least[0], least[1]))
        return np.asarray(colour.to_srgb(image, profile))
