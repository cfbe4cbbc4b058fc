"""How a picture lies by the XMP inside it, for files whose EXIF says nothing of that.

EXIF goes before XMP where both say it, as browsers, ImageMagick, ExifTool and Pillow have it: programs that rotate a
picture often leave the packet behind as it was. RAW, TIFF and HEIC state it by themselves, and are not asked.
"""

from __future__ import annotations

import io
import re
import struct

from engine.files import upright

_ORIENTATION = 0x0112
_SPACE = b"http://ns.adobe.com/xap/1.0/\0"
"""What the main packet of a JPEG begins with (XMP Specification Part 3, 1.1.3)."""
_APP1 = b"\xff\xe1"
_HEAD = 256 * 1024
"""Bytes of a JPEG's head that its packet begins in."""
_SAYS = re.compile(rb"""tiff:Orientation(?:\s*=\s*["']|>)\s*([1-8])\s*["'<]""")
_BY_PILLOW = {b"\x89PNG": "PNG", b"RIFF": "WEBP"}


def orientation(data: bytes) -> int:
    """1-8 as in EXIF; 1 where the bytes of a file say nothing, or nothing that makes sense. Never raises."""
    if data.startswith(b"\xff\xd8\xff"):
        found = _SAYS.search(_packet(data))
        return 1 if found is None else int(found[1])
    kind = _BY_PILLOW.get(data[:4])
    return 1 if kind is None else _by_pillow(data, kind)


def _packet(data: bytes) -> bytes:
    """Of a JPEG, from its head alone; empty where there is none."""
    at = data.find(_SPACE, 0, _HEAD)
    if at < 4 or data[at - 4 : at - 2] != _APP1:
        return b""
    return data[at : at - 2 + int.from_bytes(data[at - 2 : at], "big")]


def _by_pillow(data: bytes, kind: str) -> int:
    """As the library that decodes these kinds has it, from what stands before the pixels of a PNG."""
    from PIL import Image

    from engine.files import pillow

    pillow.set_up()
    try:
        with Image.open(io.BytesIO(data), formats=[kind]) as image:
            # Not `image.getexif`: that of a PNG decodes every pixel in case EXIF stands behind them.
            found = Image.Image.getexif(image).get(_ORIENTATION, 1)
    except (SyntaxError, ValueError, KeyError, TypeError, OSError, struct.error, Image.DecompressionBombError):
        return 1
    return found if found in upright.ORIENTATIONS else 1
