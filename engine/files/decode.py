"""From a file to a Frame: the one picture that is decoded of a photo in a run."""

from __future__ import annotations

import errno
import hashlib
import os
import struct
import zlib
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from engine.errors import (
    ChangedFile,
    DamagedFile,
    EmptyFile,
    ForbiddenFile,
    PictureTooLarge,
    UnreadablePhoto,
    UnsupportedFile,
    VanishedFile,
)
from engine.files import jpeg, metadata, picture, raw, upright
from engine.files.jpeg import Picture
from engine.files.shoot import RAW, stamp_of
from engine.types import Frame, Metadata, Photo

PIXEL_CAP = 160_000_000
"""Pixels from which a picture is refused: more than any camera's, less than a gigabyte once decoded."""
_BOMB = (40_000_000, 0.01)
"""A picture of more pixels in fewer bytes a pixel is no photograph: JPEGs of a clear sky take ten times as many."""
_HEIF_BOMB = (12_000_000, 0.002)
"""The same for HEIC and AVIF, which pack more tightly and take 10 bytes of memory a pixel to decode."""
_DAMAGE = (
    OSError,
    ValueError,
    SyntaxError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    EOFError,
    OverflowError,
    ZeroDivisionError,
    RuntimeError,
    struct.error,
    zlib.error,
)
"""What decoders raise on damaged files; Pillow's plugins use all of them."""
_JPEG = b"\xff\xd8\xff"
"""A JPEG is known by its content, whatever its name; a RAW by its name, since most RAWs are TIFFs inside."""
_TRY_AGAIN = "Copy it from the card again, or remove it from the shoot."


def read(photo: Photo) -> bytes:
    """All bytes of the primary file, opened read-only.

    Raises EmptyFile, VanishedFile, ForbiddenFile, ChangedFile (since the folder was listed, or while it was read), or
    DamagedFile when the drive cannot read it.
    """
    path = photo.path
    try:
        with path.open("rb") as file:
            before = stamp_of(os.fstat(file.fileno()))
            data = file.read()
            after = stamp_of(os.fstat(file.fileno()))
    except FileNotFoundError as cause:
        raise VanishedFile(f"{path} is not there any more. Connect its drive or restore it, then retry.") from cause
    except PermissionError as cause:
        raise ForbiddenFile(
            f"{path} may not be read ({cause.strerror}). Change its permissions, then retry."
        ) from cause
    except OSError as cause:
        if cause.errno in (errno.ENODEV, errno.ENXIO, errno.ENOTDIR, errno.ESTALE, errno.ELOOP):
            raise VanishedFile(
                f"{path} cannot be reached ({cause.strerror}). Connect its drive, then retry."
            ) from cause
        raise DamagedFile(f"{path} could not be read from its drive ({cause.strerror}). {_TRY_AGAIN}") from cause
    if not (photo.stamp == before == after and len(data) == after.size):
        raise ChangedFile(f"{path} changed while it was being read. Wait until it is written, then retry.")
    if not data:
        raise EmptyFile(f"{path} is empty (0 bytes). {_TRY_AGAIN}")
    return data


def fingerprint(data: bytes) -> str:
    """BLAKE2b of a file's bytes, 20 bytes in hex: what a verdict is filed under."""
    return hashlib.blake2b(data, digest_size=20).hexdigest()


def decode(data: bytes, photo: Photo, pixel_cap: int = PIXEL_CAP, mark: str | None = None) -> Frame:
    """The picture for a run, upright and in sRGB: an embedded preview of at least 1,600 px, else half scale, else all.

    `mark` is the fingerprint where the caller has it already. Raises UnsupportedFile, DamagedFile or PictureTooLarge,
    naming the file.
    """
    return _frame(data, photo, pixel_cap, mark, large=False)


def open(photo: Photo, pixel_cap: int = PIXEL_CAP) -> Frame:  # noqa: A001  # decode.open reads like what it does
    """`read`, then `decode`. Raises UnreadablePhoto."""
    return decode(read(photo), photo, pixel_cap)


def full(photo: Photo, pixel_cap: int = PIXEL_CAP) -> Frame:
    """Every pixel of the photo, or the largest preview of a RAW; for the loupe. Raises UnreadablePhoto."""
    return _frame(read(photo), photo, pixel_cap, None, large=True)


def draft(photo: Photo, edge: int) -> NDArray[np.uint8]:
    """The quickest upright picture, [H, W, 3] RGB, whose long edge is at least `edge` where the original's is.

    Raises UnreadablePhoto.
    """
    data = read(photo)
    if not data.startswith(_JPEG):
        return decode(data, photo).pixels
    try:
        _check_size(jpeg.size(data), data, photo, PIXEL_CAP)
        return upright.turn(jpeg.at_least(data, edge), metadata.read(data).orientation)
    except _DAMAGE as cause:
        raise _damaged(photo, cause) from cause


def sketch(photo: Photo, edge: int) -> Picture | None:
    """The quickest upright picture whose long edge is at least `edge`, of the shape and in the colours of `full`.

    None where nothing is quicker than `full`, or as large. Raises UnreadablePhoto.
    """
    data = read(photo)
    check = partial(_check_size, data=data, photo=photo, pixel_cap=PIXEL_CAP)
    try:
        if data.startswith(_JPEG):
            check(jpeg.size(data))
            taken = jpeg.sketch(data, edge)
            return None if taken is None else _upright(taken, metadata.read(data).orientation)
        return raw.sketch(data, check, edge) if photo.path.suffix.lower() in RAW else None
    except UnsupportedFile as cause:
        raise UnsupportedFile(f"{photo.path} cannot be shown: {cause}. Remove it from the shoot.") from cause
    except _DAMAGE as cause:
        raise _damaged(photo, cause) from cause


def _frame(data: bytes, photo: Photo, pixel_cap: int, mark: str | None, large: bool) -> Frame:
    def check(sides: tuple[int, int]) -> None:
        _check_size(sides, data, photo, pixel_cap)

    known = metadata.read(data)
    try:
        if data.startswith(_JPEG):
            check(jpeg.size(data))
            taken = _upright(jpeg.whole(data) if large else jpeg.halved(data), known.orientation)
        elif photo.path.suffix.lower() in RAW:
            taken = raw.picture(data, check, largest=large)
            known = _instead(known, raw.embedded_jpeg, data)
        else:
            check(picture.size(data))
            taken = picture.whole(data) if large else picture.halved(data)
            known = _instead(known, picture.exif, data)
    except UnsupportedFile as cause:
        raise UnsupportedFile(f"{photo.path} cannot be shown: {cause}. Remove it from the shoot.") from cause
    except _DAMAGE as cause:
        raise _damaged(photo, cause) from cause
    return Frame(taken.pixels, taken.width, taken.height, taken.source, mark or fingerprint(data), known)


def _instead(known: Metadata, block: Callable[[bytes], bytes], data: bytes) -> Metadata:
    """`known`, or where it knows neither time nor camera, what the EXIF says that `block` finds in a file's bytes."""
    if known.captured is not None or known.camera is not None:
        return known
    found = block(data)
    if not found:
        return known
    said = metadata.read(found)
    return said if said.orientation != 1 else replace(said, orientation=known.orientation)


def _upright(taken: Picture, orientation: int) -> Picture:
    sides = (taken.width, taken.height)
    width, height = sides[::-1] if orientation in upright.SIDEWAYS else sides
    return Picture(upright.turn(taken.pixels, orientation), width, height, taken.source)


def _check_size(sides: tuple[int, int], data: bytes, photo: Photo, pixel_cap: int) -> None:
    width, height = sides
    pixels = width * height
    if pixels > pixel_cap:
        raise PictureTooLarge(
            f"{photo.path} has {pixels / 1e6:,.0f} megapixels ({width} x {height}), more than the limit of "
            f"{pixel_cap / 1e6:,.0f}. Export a smaller copy of it, or remove it from the shoot."
        )
    least_pixels, bytes_per_pixel = _HEIF_BOMB if data[4:8] == b"ftyp" else _BOMB
    if pixels > least_pixels and len(data) < pixels * bytes_per_pixel:
        raise PictureTooLarge(
            f"{photo.path} would unpack {len(data) / 1e3:,.0f} KB to {pixels / 1e6:,.0f} megapixels, which no photo "
            "does. Remove it from the shoot."
        )


def _damaged(photo: Photo, cause: Exception) -> UnreadablePhoto:
    if isinstance(cause, UnreadablePhoto):
        return cause
    reason = str(cause).strip().split("\n")[0] or type(cause).__name__
    return DamagedFile(f"{photo.path} is damaged ({reason}). {_TRY_AGAIN}")
