"""Every other kind of picture to pixels, through Pillow: PNG, TIFF, WebP, GIF, BMP, HEIC, AVIF ..."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image, UnidentifiedImageError

from engine.errors import UnsupportedFile
from engine.files import colour, pillow, upright
from engine.files.jpeg import Picture

_DEEP = {"I;16", "I;16B", "I;16L", "I;16N", "I", "F"}
_DEEPEST = 65535.0
_BACKDROP = (255, 255, 255)
"""What shines through transparent pixels: paper."""
_ORIENTATION = 0x0112


def size(data: bytes) -> tuple[int, int]:
    """Width and height as stored, from the header alone. Raises UnsupportedFile if Pillow knows no such kind."""
    with _open(data) as image:
        return image.size


def picture(data: bytes) -> Picture:
    """Upright pixels of the first frame. Raises UnsupportedFile, or what Pillow raises on damage."""
    with _open(data) as image:
        image.load()
        # Asked after loading: pillow_heif and Pillow's TIFF have turned the picture by then and say so here.
        orientation = image.getexif().get(_ORIENTATION, 1)
        profile = image.info.get("icc_profile")
        converted = colour.to_srgb(_plain(image), profile if isinstance(profile, bytes) else None)
        pixels = upright.turn(np.asarray(converted), orientation if orientation in upright.ORIENTATIONS else 1)
        return Picture(pixels, pixels.shape[1], pixels.shape[0], "full")


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
        return Image.open(io.BytesIO(data))
    except UnidentifiedImageError as cause:
        raise UnsupportedFile("it is of no kind of picture that Chinagraph reads") from cause


def _plain(image: Image.Image) -> Image.Image:
    """The first frame as RGB, L or CMYK in eight bits, transparent parts on paper."""
    if image.mode in _DEEP:
        values = np.asarray(image).astype(np.float32)
        deepest = _DEEPEST if image.mode != "F" else max(float(values.max(initial=0)), 1.0)
        return Image.fromarray((values.clip(0, deepest) * (255 / deepest)).round().astype(np.uint8))
    if image.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in image.info:
        layer = image.convert("RGBA")
        backdrop = Image.new("RGBA", image.size, _BACKDROP)
        return Image.alpha_composite(backdrop, layer).convert("RGB")
    return image if image.mode in ("RGB", "L", "CMYK") else image.convert("RGB")
