"""A photo as a smaller JPEG or WebP in sRGB, with as much of its metadata as shall leave."""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from PIL import Image, ImageCms
from PIL.ExifTags import IFD, Base

from engine.errors import UnreadablePhoto, UnusableInput
from engine.files import decode, picture, pillow, raw, upright
from engine.files.shoot import RAW
from engine.turn import Turn
from engine.types import Metadata, Photo

BYTES_A_PIXEL = 0.25
"""Of a rendition, about: for an estimate of the room it takes."""
QUALITY = 85
EDGES = range(16, 65536)
WEBP_EDGE = 16383
"""The longest edge that WebP has room for."""
_SEGMENT = 65_000
"""Bytes of EXIF that one segment of a JPEG has room for."""
_RIGHTS = (Base.Artist, Base.Copyright)
_ABOUT = (
    Base.ImageDescription, Base.Make, Base.Model, Base.Software, Base.DateTime, Base.HostComputer, Base.Rating,
    Base.RatingPercent, Base.XPTitle, Base.XPComment, Base.XPAuthor, Base.XPKeywords, Base.XPSubject,
)  # fmt: skip
"""Tags of the first directory that speak of the photo, and not of how the original is stored."""
_BAD_EXIF = (SyntaxError, ValueError, KeyError, TypeError, OSError, OverflowError, struct.error)


class Format(StrEnum):
    """What a photo is rendered as."""

    JPEG = "jpeg"
    WEBP = "webp"

    @property
    def suffix(self) -> str:
        """The ending of such files."""
        return ".jpg" if self is Format.JPEG else ".webp"


class Policy(StrEnum):
    """How much of a photo's EXIF its rendition carries."""

    ALL = "all"
    """Everything but the maker's note and the thumbnail, the place included."""
    NONE = "none"
    COPYRIGHT = "copyright"
    """Artist and copyright alone."""


@dataclass(frozen=True, slots=True)
class Rendition:
    """How photos are rendered."""

    format: Format
    edge: int
    """The longest edge, pixels, at most: nothing is enlarged."""
    quality: int = QUALITY
    """1-100."""
    policy: Policy = Policy.ALL

    def __post_init__(self) -> None:
        """Raises UnusableInput for a size or quality that cannot be."""
        most = WEBP_EDGE if self.format is Format.WEBP else EDGES[-1]
        if not EDGES[0] <= self.edge <= most:
            raise UnusableInput(f"A {self.format} of {self.edge} px cannot be made; {EDGES[0]} to {most} px can.")
        if not 1 <= self.quality <= 100:
            raise UnusableInput(f"A quality of {self.quality} cannot be; 1 to 100 can.")

    def bytes_about(self, width: int | None, height: int | None) -> int:
        """The size of the rendition of a picture of these sides (3:2 where unknown), bytes, roughly."""
        wide, high = (width, height) if width and height else (3, 2)
        scale = self.edge / max(wide, high)
        if width and height:
            scale = min(scale, 1.0)
        return int(wide * high * scale**2 * BYTES_A_PIXEL)


def render(photo: Photo, how: Rendition, turn: Turn = Turn.NONE) -> bytes:
    """The file: upright pixels, turned as the photographer wants them, of orientation 1, in sRGB with its profile.

    Raises UnreadablePhoto.
    """
    frame = decode.full(photo)
    image = Image.fromarray(upright.turn(frame.pixels, upright.TURNED[turn]))
    image.thumbnail((how.edge, how.edge), Image.Resampling.LANCZOS)
    exif = _exif(photo, how.policy, frame.metadata, image.size)
    file = io.BytesIO()
    options = {"quality": how.quality, "icc_profile": _srgb(), "exif": exif}
    if how.format is Format.JPEG:
        image.save(file, "JPEG", optimize=True, subsampling="4:4:4" if how.quality >= 90 else "4:2:0", **options)
    else:
        image.save(file, "WEBP", method=4, **options)
    return file.getvalue()


@cache
def _srgb() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def _exif(photo: Photo, policy: Policy, known: Metadata, size: tuple[int, int]) -> bytes:
    """What the policy lets through of the original's EXIF, with what is true of the rendition; may be empty."""
    if policy is Policy.NONE:
        return b""
    original = _original(photo)
    leaving = Image.Exif()
    for tag in _RIGHTS if policy is Policy.COPYRIGHT else (*_RIGHTS, *_ABOUT):
        if tag in original:
            leaving[tag] = original[tag]
    if policy is Policy.ALL:
        _tell_all(leaving, original, known, size)
    return _packed(leaving) if len(leaving) else b""


def _tell_all(leaving: Image.Exif, original: Image.Exif, known: Metadata, size: tuple[int, int]) -> None:
    details = dict(original.get_ifd(IFD.Exif))
    for tag in (Base.MakerNote, Base.ExifInteroperabilityOffset):
        details.pop(tag, None)
    if known.captured is not None and Base.DateTimeOriginal not in details:
        details[Base.DateTimeOriginal] = f"{known.captured:%Y:%m:%d %H:%M:%S}"
    if known.camera is not None and Base.Model not in leaving:
        leaving[Base.Model] = known.camera
    details[Base.ColorSpace] = 1  # sRGB
    details[Base.ExifImageWidth], details[Base.ExifImageHeight] = size
    leaving[Base.Orientation] = 1
    leaving.get_ifd(IFD.Exif).update(details)
    place = original.get_ifd(IFD.GPSInfo)
    if place:
        leaving.get_ifd(IFD.GPSInfo).update(place)


def _packed(exif: Image.Exif) -> bytes:
    """As bytes; what cannot be written, or not in one segment of a JPEG, makes way for the plain facts."""
    try:
        packed = exif.tobytes()
    except _BAD_EXIF:
        packed = b""
    if 0 < len(packed) <= _SEGMENT:
        return packed
    plain = Image.Exif()
    for tag in (Base.Orientation, Base.Make, Base.Model, *_RIGHTS):
        value = exif.get(tag)
        if isinstance(value, int) or (isinstance(value, str) and len(value) < 1000):
            plain[tag] = value
    return plain.tobytes()


def _original(photo: Photo) -> Image.Exif:
    """EXIF of the photo's primary file; empty where there is none that can be read."""
    pillow.set_up()
    found = Image.Exif()
    try:
        data = decode.read(photo)
        if data.startswith((b"II*\0", b"MM\0*")):
            found.load(data)
            return found
        if photo.path.suffix.lower() in RAW and not data.startswith(b"\xff\xd8\xff"):
            data = raw.embedded_jpeg(data)
        if data:
            found.load(picture.exif(data))
    except (*_BAD_EXIF, UnreadablePhoto):
        return Image.Exif()
    return found
