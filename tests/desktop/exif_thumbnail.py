"""JPEGs that carry a thumbnail in their EXIF, as cameras write them."""

from __future__ import annotations

import struct

_LONG, _SHORT = 4, 3
_COMPRESSION, _OFFSET, _LENGTH, _ORIENTATION = 0x0103, 0x0201, 0x0202, 0x0112


def with_thumbnail(data: bytes, thumbnail: bytes, orientation: int = 1) -> bytes:
    """`data`, a bare JPEG, with an EXIF segment (Exif 2.32, 4.5) that holds `thumbnail`, a JPEG of less than 60 kB."""
    first_at = 8
    second_at = first_at + 2 + 12 + 4
    thumbnail_at = second_at + 2 + 3 * 12 + 4
    first = _directory([(_ORIENTATION, _SHORT, orientation)], second_at)
    second = _directory(
        [(_COMPRESSION, _SHORT, 6), (_OFFSET, _LONG, thumbnail_at), (_LENGTH, _LONG, len(thumbnail))], 0
    )
    exif = b"Exif\0\0II*\0" + struct.pack("<I", first_at) + first + second + thumbnail
    return data[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + data[2:]


def _directory(entries: list[tuple[int, int, int]], following: int) -> bytes:
    rows = b"".join(struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in entries)
    return struct.pack("<H", len(entries)) + rows + struct.pack("<I", following)
