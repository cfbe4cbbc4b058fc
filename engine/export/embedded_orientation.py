"""The EXIF orientation of an exported copy (Exif 2.32, tag 0x0112): most programs look there before they look at XMP.

Two bytes change where the tag stands; a JPEG without EXIF gets a block that says nothing else. Every pixel stays.
"""

from __future__ import annotations

import io
import struct

from engine.export import embedded_jpeg, embedded_tiff
from engine.export.xml_text import Refused

_TAG, _SHORT = 0x0112, 3
_EXIF = b"Exif\0\0"
_SOI = 2


def oriented(data: bytes, orientation: int) -> bytes:
    """A JPEG, TIFF or DNG that says it lies so; any other file, and one that has no place for it, as it is."""
    if embedded_tiff.is_tiff(data):
        return _patched(data, 0, orientation)
    if not data.startswith(b"\xff\xd8\xff"):
        return data
    try:
        segments = list(embedded_jpeg.segments_in(io.BytesIO(data)))
    except Refused:
        return data
    block = next((segment for segment in segments if segment.begins(_EXIF)), None)
    if block is not None:
        return _patched(data, block.start + 4 + len(_EXIF), orientation)
    return data if any(segment.begins(b"MPF\0", 0xE2) for segment in segments) else _with_block(data, orientation)


def _patched(data: bytes, start: int, orientation: int) -> bytes:
    """The tag of the first directory of the TIFF that begins at `start`, set anew."""
    order = {b"II": "<", b"MM": ">"}.get(data[start : start + 2])
    if order is None:
        return data
    try:
        (directory,) = struct.unpack_from(f"{order}I", data, start + 4)
        (count,) = struct.unpack_from(f"{order}H", data, start + directory)
        for at in range(start + directory + 2, start + directory + 2 + 12 * count, 12):
            tag, kind, values = struct.unpack_from(f"{order}HHI", data, at)
            if (tag, kind, values) == (_TAG, _SHORT, 1):
                return data[: at + 8] + struct.pack(f"{order}H", orientation) + data[at + 10 :]
    except struct.error:
        return data
    return data


def _with_block(data: bytes, orientation: int) -> bytes:
    """A JPEG with an EXIF block that has this one tag, behind its first marker."""
    block = _EXIF + struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, _TAG, _SHORT, 1, orientation, 0, 0)
    return data[:_SOI] + struct.pack(">BBH", 0xFF, 0xE1, len(block) + 2) + block + data[_SOI:]
