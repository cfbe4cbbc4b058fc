"""Every other kind of picture to pixels, through Pillow: PNG, TIFF, WebP, GIF, BMP, HEIC, AVIF ..."""

from __future__ import annotations

import io
import struct

import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

from engine.errors import UnsupportedFile
from engine.files import colour, pillow, upright
from engine.files.jpeg import LEAST_EDGE, Picture

_KINDS = ("AVIF", "BMP", "GIF", "HEIF", "JPEG", "JPEG2000", "PNG", "PPM", "TGA", "TIFF", "WEBP")
"""What Pillow may open: others of its readers run programs (EPS) or fetch what a file names."""
_DEEP = {"I;16", "I;16B", "I;16L", "I;16N", "I", "F"}
_BAND = 256
"""Rows that are converted at a time; even, so that halving meets at their edges."""
_BACKDROP = (255, 255, 255)
"""What shines through transparent pixels: paper."""
_ORIENTATION = 0x0112


def size(data: bytes) -> tuple[int, int]:
    """Width and height as stored, from the header alone. Raises UnsupportedFile if Pillow knows no such kind."""
    with _open(data) as image:
        return image.size


def halved(data: bytes) -> Picture:
    """The picture for a run: half scale if that leaves LEAST_EDGE, else all pixels. Raises as `whole` does."""
    return _picture(data, 2)


def whole(data: bytes) -> Picture:
    """Upright pixels of the first frame. Raises UnsupportedFile, or what Pillow raises on damage."""
    return _picture(data, 1)


def _picture(data: bytes, factor: int) -> Picture:
    with _open(data) as image:
        image.load()
        # Asked after loading: pillow_heif and Pillow's TIFF have turned the picture by then and say so here.
        orientation = _orientation(image)
        factor = factor if max(image.size) >= factor * LEAST_EDGE else 1
        pixels = _srgb(image, factor)
        width, height = image.size[::-1] if orientation in upright.SIDEWAYS else image.size
    return Picture(upright.turn(pixels, orientation), width, height, "half" if factor == 2 else "full")


def _srgb(image: Image.Image, factor: int) -> NDArray[np.uint8]:
    """[H, W, 3] at 1/`factor`, as stored, in sRGB. Band by band, so that the picture never lies in memory twice."""
    width, height = image.size
    profile = image.info.get("icc_profile")
    pixels = np.empty((-(-height // factor), -(-width // factor), 3), np.uint8)
    deepest = _deepest(image)
    for top in range(0, height, _BAND):
        band = _on_paper(_plain(image.crop((0, top, width, min(top + _BAND, height))), deepest))
        band = colour.to_srgb(band.reduce(factor), profile if isinstance(profile, bytes) else None)
        pixels[top // factor : top // factor + band.height] = np.asarray(band)
    return pixels


def _orientation(image: Image.Image) -> int:
    """As EXIF in the picture says; damaged EXIF says nothing."""
    try:
        orientation = image.getexif().get(_ORIENTATION, 1)
    except (SyntaxError, ValueError, KeyError, TypeError, OSError, struct.error):
        return 1
    return orientation if orientation in upright.ORIENTATIONS else 1


def exif(data: bytes) -> bytes:
    """The EXIF block, a TIFF in itself, of kinds of file that exifread does not know; empty without one.

    Raises as `size` does.
    """
    with _open(data) as image:
        found = image.info.get("exif")
        return found.removeprefix(b"Exif\0\0") if isinstance(found, bytes) else b""


def _open(data: bytes) -> Image.Image:
    pillow.set_up()
    pillow.learn_heif()
    try:
        return Image.open(io.BytesIO(data), formats=_KINDS)
    except UnidentifiedImageError as cause:
        raise UnsupportedFile("it is of no kind of picture that Chinagraph reads") from cause


def _deepest(image: Image.Image) -> float:
    """The white of a deep picture: 65,535 for whole numbers, for fractions 1 or the largest there is."""
    return 65535.0 if image.mode != "F" else max(float(np.nanmax(image.getextrema())), 1.0)


def _plain(band: Image.Image, deepest: float) -> Image.Image:
    """As RGB, L, CMYK or RGBA in eight bits."""
    if band.mode in _DEEP:
        values = np.nan_to_num(np.asarray(band).astype(np.float32)).clip(0, deepest)
        return Image.fromarray((values * (255 / deepest)).round().astype(np.uint8))
    if band.mode in ("LA", "PA", "RGBa", "La") or "transparency" in band.info:
        return band.convert("RGBA")
    return band if band.mode in ("RGB", "RGBA", "L", "CMYK") else band.convert("RGB")


def _on_paper(image: Image.Image) -> Image.Image:
    """What a transparent picture looks like on `_BACKDROP`; others as they are."""
    if image.mode != "RGBA":
        return image
    backdrop = Image.new("RGB", image.size, _BACKDROP)
    backdrop.paste(image, mask=image)
    return backdrop
