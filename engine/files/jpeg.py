"""JPEG to pixels: at half scale through the DCT, or from the preview that the camera put beside the picture."""

from __future__ import annotations

import io
import re
import struct
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PIL.ExifTags import IFD
from PIL.JpegImagePlugin import JpegImageFile
from PIL.MpoImagePlugin import MpoImageFile

from engine.files import colour, pillow

LEAST_EDGE = 1600
"""Long edge, pixels, that a picture needs to stand in for the original in a run."""
_MPF = b"MPF\0"
_MPF_WITHIN = 256 * 1024
"""Bytes from a file's start in which its multi-picture index stands, behind EXIF and maker's notes."""
_ENTRIES = 0xB002
_PREVIEW = "Large Thumbnail"  # MPF (CIPA DC-007) classes 0x010001 and 0x010002, as Pillow names them
_TORN = ("premature end", "bad huffman", "instead of rst")
"""What libjpeg says when pixels are missing or wrong; its other warnings are harmless, all but this one:"""
_LEFT_OVER = re.compile(r"(\d+) extraneous bytes")
_PADDING = 16
"""Bytes too many that some cameras leave. A decoder that lost its place in a bad sector stops early and leaves more."""
_SHAPE_TOLERANCE = 0.01
"""By how much width to height may differ: sides are rounded to whole pixels, by some cameras to blocks of eight."""
_INTEROPERABILITY_INDEX, _ADOBE_RGB = 1, "R03"  # DCF 2.0, 3.2.2


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """Pixels as stored, not yet upright."""

    pixels: NDArray[np.uint8]
    """[H, W, 3], RGB, sRGB."""
    width: int
    """Of the original as stored, pixels."""
    height: int
    source: str
    """As in `Frame.source`; "draft" for one that only a screen is to see."""


def size(data: bytes) -> tuple[int, int]:
    """Width and height as stored, from the header alone. Raises OSError or SyntaxError if it is none."""
    with _open(data) as image:
        return image.size


def halved(data: bytes) -> Picture:
    """The picture for a run: a preview of at least LEAST_EDGE, else half scale, else (small pictures) all pixels.

    Raises OSError, ValueError or SyntaxError on damage; a truncated file is damage.
    """
    width, height = size(data)
    preview = _preview(data)
    if preview is not None:
        return Picture(_decode(preview, 1, within=data), width, height, "preview")
    if max(width, height) >= 2 * LEAST_EDGE:
        return Picture(_decode(data, 2), width, height, "half")
    return Picture(_decode(data, 1), width, height, "full")


def whole(data: bytes) -> Picture:
    """Every pixel. Raises as `halved` does."""
    width, height = size(data)
    return Picture(_decode(data, 1), width, height, "full")


def at_least(data: bytes, edge: int) -> NDArray[np.uint8]:
    """The quickest picture whose long edge is at least `edge` where the original's is. Raises as `halved` does."""
    return (sketch(data, edge) or whole(data)).pixels


def sketch(data: bytes, edge: int) -> Picture | None:
    """The quickest picture whose long edge is at least `edge`: the camera's preview, or fewer pixels through the DCT.

    None where nothing less than `whole` is as large. Raises as `halved` does.
    """
    width, height = size(data)
    preview = _preview(data)
    if preview is not None and max(size(preview)) >= edge and _is_alike(size(preview), (width, height)):
        return Picture(_decode(preview, _factor(preview, edge), within=data), width, height, "preview")
    factor = _factor(data, edge)
    return None if factor == 1 else Picture(_decode(data, factor), width, height, "draft")


def _open(data: bytes) -> JpegImageFile:
    pillow.set_up()
    return JpegImageFile(io.BytesIO(data))


def _factor(data: bytes, edge: int) -> int:
    """The most that a JPEG can be scaled down by, keeping `edge` pixels along its long edge where it has them."""
    longest = max(size(data))
    return next((factor for factor in (8, 4, 2) if longest // factor >= edge), 1)


def _is_alike(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two pictures (width, height) have the same shape: some cameras put black bars beside their preview."""
    across, down = one[0] * other[1], one[1] * other[0]
    return abs(across - down) <= _SHAPE_TOLERANCE * down


def _preview(data: bytes) -> bytes | None:
    """A preview of at least LEAST_EDGE, smaller than the picture, that the multi-picture format lists.

    Gain maps and further frames of other classes are not previews.
    """
    if _MPF not in data[:_MPF_WITHIN]:
        return None
    with _open(data) as image:
        start, least = image.info.get("mpoffset"), max(image.size)
        try:
            # A damaged index raises each of these in Pillow; the picture itself may be sound.
            entries = (MpoImageFile.adopt(image).mpinfo or {}).get(_ENTRIES) or ()
        except (SyntaxError, ValueError, KeyError, IndexError, TypeError, AssertionError, OSError):
            return None
    if start is None:
        return None
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


def _decode(data: bytes, factor: int, within: bytes | None = None) -> NDArray[np.uint8]:
    """[H, W, 3] RGB in sRGB at 1/`factor`; Pillow takes what simplejpeg cannot (CMYK, odd but harmless headers).

    A preview has the colours of the picture `within` which it lies, unless it says otherwise.
    """
    import simplejpeg

    with _open(data) as image:
        profile, mode = _profile(image), image.mode
        if profile is None and within is not None:
            with _open(within) as whole_picture:
                profile = _profile(whole_picture)
        least = [-(-side // factor) for side in image.size]
        if mode != "CMYK":
            try:
                pixels = simplejpeg.decode_jpeg(data, "RGB", min_width=least[0], min_height=least[1])
                if colour.is_srgb(profile) or mode != "RGB":
                    return np.asarray(pixels, dtype=np.uint8)
                return np.asarray(colour.to_srgb(Image.fromarray(pixels), profile))
            except ValueError as cause:
                if _tells_of_damage(str(cause).casefold()):
                    raise
        image.draft(None if mode == "CMYK" else "RGB", (least[0], least[1]))
        return np.asarray(colour.to_srgb(image, profile))


def _tells_of_damage(warning: str) -> bool:
    left_over = _LEFT_OVER.search(warning)
    return any(sign in warning for sign in _TORN) or (left_over is not None and int(left_over[1]) > _PADDING)


def _profile(image: JpegImageFile) -> bytes | None:
    """The ICC profile that a JPEG carries, or Adobe RGB's where only EXIF's interoperability index speaks of it."""
    profile = image.info.get("icc_profile")
    if isinstance(profile, bytes) and profile:
        return profile
    # Parsing EXIF takes longer than finding out that it cannot hold the index.
    if _ADOBE_RGB.encode() not in image.info.get("exif", b""):
        return None
    try:
        index = image.getexif().get_ifd(IFD.Interop).get(_INTEROPERABILITY_INDEX)
    except (SyntaxError, ValueError, KeyError, TypeError, OSError, struct.error):
        return None
    return colour.adobe_rgb() if str(index).startswith(_ADOBE_RGB) else None
