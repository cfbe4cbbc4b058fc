"""What EXIF says of a photo (Exif 2.32, CIPA DC-008), read with exifread and never with its maker note parser.

MakerNotes are skipped: a forged one keeps exifread's parser busy for ever.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.files import inner_xmp, upright
from engine.types import Metadata, Region

# exifread warns of every odd tag; a photographer can do nothing about it, and what is odd is None here.
logging.getLogger("exifread").setLevel(logging.CRITICAL)

_HEAD = 256 * 1024
"""Bytes of a file's head that hold its EXIF: an APP1 segment ends within 64 KB, RAW files put theirs a little later."""
_LARGEST_WEBP = 64 << 20
_FAILURES = (
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    OverflowError,
    ZeroDivisionError,
    RecursionError,
    EOFError,
    OSError,
    AssertionError,
    MemoryError,
)
_YEARS = range(1970, 2100)
_OFFSET = re.compile(r"[+-]\d\d:\d\d")
_MOST_READS = 20_000
"""Reads that exifread is allowed on one file; real ones take it a few hundred."""
_THUMBNAIL_CAP = 4_000_000
"""Pixels; a larger thumbnail is no quick one, and may be none at all."""
_BAR_EDGE = 1
"""Pixels that a thumbnail's compression smears across the edge of its bars."""
_AF_POINT = 0.1
"""Side of the square around a point that the camera focused on, as a share of the long edge: EXIF gives no size."""
_AF_LARGEST = 0.2
"""Share of the picture. A larger area says nothing: telephones write the middle where nobody aimed at anything."""
_MOST_PER_CENT = (12, 37, 62, 87)
"""The largest rating in per cent of one to four stars."""
_Tags = Mapping[str, Any]


class _Bounded(io.BytesIO):
    """Bytes that fail a reader who comes to no end: forged directories lead in circles, for minutes."""

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        self._left = _MOST_READS

    def read(self, size: int | None = -1, /) -> bytes:
        self._left -= 1
        if self._left < 0:
            raise OSError("its EXIF leads in circles")
        return super().read(size)


def read(data: bytes) -> Metadata:
    """EXIF of a file's bytes, and how it lies by the XMP inside where EXIF does not say. Never raises: what is absent,
    damaged or absurd is None."""
    tags = _tags(data, with_thumbnail=False)
    camera, orientation = _camera(tags), _orientation(tags, data)
    return Metadata(
        captured=_captured(tags),
        offset=_offset(tags),
        camera=camera,
        # exifread has no name for DNG's CameraSerialNumber.
        body=_text(tags, "EXIF BodySerialNumber", "Image Tag 0xC62F") or camera,
        lens=_text(tags, "EXIF LensModel"),
        exposure_time=_positive(tags, "EXIF ExposureTime", "Image ExposureTime"),
        aperture=_positive(tags, "EXIF FNumber", "Image FNumber"),
        iso=_whole(_positive(tags, "EXIF ISOSpeedRatings", "EXIF PhotographicSensitivity", "Image ISOSpeedRatings")),
        focal_length=_positive(tags, "EXIF FocalLength", "Image FocalLength"),
        exposure_bias=_number(tags, "EXIF ExposureBiasValue"),
        orientation=orientation,
        rating=_rating(tags),
        af=_af(tags, orientation),
    )


def of(path: Path) -> Metadata:
    """EXIF of a file, from its head alone; a WebP has it at its end. Raises OSError."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
        return read(head + file.read(_LARGEST_WEBP) if head.startswith(b"RIFF") else head)


def thumbnail(path: Path) -> NDArray[np.uint8] | None:
    """The thumbnail inside EXIF, [H, W, 3] RGB, upright, without the bars that fill it to 4:3; None if there is none.

    Reads the head of the file alone. Raises OSError if the file cannot be opened.
    """
    import simplejpeg

    with path.open("rb") as file:
        head = file.read(_HEAD)
    tags = _tags(head, with_thumbnail=True)
    data = tags.get("JPEGThumbnail")
    if not isinstance(data, bytes):
        return None
    try:
        stored_height, stored_width = simplejpeg.decode_jpeg_header(data)[:2]
        if stored_height * stored_width > _THUMBNAIL_CAP:
            return None
        pixels = simplejpeg.decode_jpeg(data, "RGB", strict=False)
    except ValueError:
        return None
    width, height = (_number(tags, name) for name in ("EXIF ExifImageWidth", "EXIF ExifImageLength"))
    if width and height:
        pixels = _without_bars(pixels, width / height)
    return upright.turn(pixels, _orientation(tags, head))


def stars_of_percent(percent: float) -> int | None:
    """0-5 stars of a rating in per cent as Windows gives it (tag 0x4749); None outside of 0-100."""
    if not 0 <= percent <= 100:
        return None
    return 0 if percent < 1 else 1 + sum(percent > most for most in _MOST_PER_CENT)


def _without_bars(pixels: NDArray[np.uint8], aspect: float) -> NDArray[np.uint8]:
    """The middle of a thumbnail at the picture's own aspect: cameras fill 160 x 120 with black above and below."""
    height, width = pixels.shape[:2]
    if not 0.2 < aspect < 5:
        return pixels
    tall, wide = min(height, round(width / aspect)), min(width, round(height * aspect))
    tall, wide = (side - 2 * _BAR_EDGE * (side < full) for side, full in ((tall, height), (wide, width)))
    top, left = (height - tall) // 2, (width - wide) // 2
    return pixels[top : top + tall, left : left + wide]


def _tags(data: bytes, with_thumbnail: bool) -> _Tags:
    import exifread
    from exifread.core.exceptions import ExifError

    try:
        found: _Tags = exifread.process_file(_Bounded(data), details=False, extract_thumbnail=with_thumbnail)
    except (*_FAILURES, ExifError):
        return {}
    return found


def _text(tags: _Tags, *names: str) -> str | None:
    for name in names:
        text = str(tags.get(name, "")).replace("\0", " ").strip()
        if text and text.isprintable():
            return text
    return None


def _number(tags: _Tags, *names: str) -> float | None:
    for name in names:
        try:
            value = float(tags[name].values[0])
        except _FAILURES:
            continue
        if np.isfinite(value):
            return value
    return None


def _numbers(tags: _Tags, name: str) -> list[float]:
    """All values of a tag; none where it is absent or damaged."""
    try:
        return [float(value) for value in tags[name].values]
    except _FAILURES:
        return []


def _positive(tags: _Tags, *names: str) -> float | None:
    value = _number(tags, *names)
    return value if value is not None and value > 0 else None


def _whole(value: float | None) -> int | None:
    return None if value is None else round(value)


def _orientation(tags: _Tags, data: bytes) -> int:
    value = _number(tags, "Image Orientation")
    if value is None:
        return inner_xmp.orientation(data)
    return int(value) if value in upright.ORIENTATIONS else 1


def _rating(tags: _Tags) -> int | None:
    value = _number(tags, "Image Rating")
    if value is not None and value in range(6):
        return int(value)
    # exifread has no name for RatingPercent.
    percent = _number(tags, "Image Tag 0x4749")
    return None if percent is None else stars_of_percent(percent)


def _af(tags: _Tags, orientation: int) -> Region | None:
    """Where the subject is in the upright picture: SubjectArea (0x9214: point, circle or rectangle, all by the middle),
    else SubjectLocation (0xA214). None where it lies outside of the picture or spans most of it."""
    width, height = (_positive(tags, name) for name in ("EXIF ExifImageWidth", "EXIF ExifImageLength"))
    values = _numbers(tags, "EXIF SubjectArea") or _numbers(tags, "EXIF SubjectLocation")
    if width is None or height is None or len(values) not in (2, 3, 4):
        return None
    x, y, *size = values
    wide, high = (size * 2)[:2] if size else [_AF_POINT * max(width, height)] * 2
    inside = 0 < x < width and 0 < y < height and 0 < wide <= width and 0 < high <= height
    if not inside or wide * high > _AF_LARGEST * width * height:
        return None
    left, right = (min(max(edge / width, 0.0), 1.0) for edge in (x - wide / 2, x + wide / 2))
    top, bottom = (min(max(edge / height, 0.0), 1.0) for edge in (y - high / 2, y + high / 2))
    return upright.turn_region(Region(left, top, right - left, bottom - top), orientation)


def _camera(tags: _Tags) -> str | None:
    """Make and model as people say it; most models name their make already."""
    make, model = _text(tags, "Image Make"), _text(tags, "Image Model")
    if make is None or model is None:
        return model or make
    brand = make.split()[0]
    if set(make.casefold().split()) & set(model.casefold().split()):
        return " ".join(model.split())
    return " ".join([brand.title() if brand.isupper() and len(brand) > 3 else brand, *model.split()])


def _captured(tags: _Tags) -> datetime | None:
    """Local time of exposure with sub-seconds; None for "0000:00:00", the future's far end and other nonsense."""
    pairs = (
        ("EXIF DateTimeOriginal", "EXIF SubSecTimeOriginal"),
        ("EXIF DateTimeDigitized", "EXIF SubSecTimeDigitized"),
        ("Image DateTimeOriginal", "Image SubSecTimeOriginal"),  # TIFF/EP, as DNG has it
        ("Image DateTime", "EXIF SubSecTime"),
    )
    for name, fraction_name in pairs:
        try:
            moment = datetime.strptime((_text(tags, name) or "")[:19], "%Y:%m:%d %H:%M:%S")
        except ValueError:
            continue
        if moment.year not in _YEARS:
            continue
        fraction = _text(tags, fraction_name) or ""
        return moment.replace(microsecond=int(fraction[:6].ljust(6, "0"))) if fraction.isdecimal() else moment
    return None


def _offset(tags: _Tags) -> str | None:
    text = _text(tags, "EXIF OffsetTimeOriginal", "EXIF OffsetTime") or ""
    return text if _OFFSET.fullmatch(text) else None
