"""Colours of a picture into sRGB, by the ICC profile that it carries."""

from __future__ import annotations

import io
import struct
from functools import cache, lru_cache

from PIL import Image, ImageCms

_ICC_HEADER = 128
_D50 = (63190, 65536, 54061)
"""The white of every ICC profile, in 1/65536 of XYZ."""
_ADOBE_GAMMA = 563
"""In 1/256: 2.19921875 (Adobe RGB (1998) Color Image Encoding, 4.3.4.2)."""
_ADOBE_COLUMNS = {
    b"rXYZ": (39960, 20389, 1276),
    b"gXYZ": (13453, 41003, 3989),
    b"bXYZ": (9777, 4143, 48797),
    b"wtpt": _D50,
}
"""Its primaries, adapted to D50, in 1/65536 of XYZ."""


def to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """`image` (RGB, L or CMYK) as RGB in sRGB. Without a usable profile it counts as sRGB."""
    if profile:
        transform = _transform(profile, image.mode)
        if transform is not None:
            converted = ImageCms.applyTransform(image, transform)
            if converted is not None:
                return converted
    return image if image.mode == "RGB" else image.convert("RGB")


def is_srgb(profile: bytes | None) -> bool:
    """Whether pixels of this profile can be shown as they are."""
    return not profile or _transform(profile, "RGB") is None


@cache
def adobe_rgb() -> bytes:
    """An ICC profile (ICC.1:2001-04, matrix and curves) of Adobe RGB (1998), for files that only say they are in it."""
    curve = b"curv" + bytes(4) + struct.pack(">LH", 1, _ADOBE_GAMMA) + bytes(2)
    parts = {tag: b"XYZ " + bytes(4) + struct.pack(">3l", *xyz) for tag, xyz in _ADOBE_COLUMNS.items()}
    parts |= dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve)
    name = b"Adobe RGB (1998) compatible\0"
    parts[b"desc"] = b"desc" + bytes(4) + struct.pack(">L", len(name)) + name + bytes(78 + -(len(name) + 2) % 4)
    table, body = struct.pack(">L", len(parts)), b""
    start = _ICC_HEADER + len(table) + 12 * len(parts)
    for tag, part in parts.items():
        table += tag + struct.pack(">LL", start + len(body), len(part))
        body += part
    head = struct.pack(">L4xL4s4s4s", start + len(body), 0x02400000, b"mntr", b"RGB ", b"XYZ ")
    head += struct.pack(">6H4s28x3l", 2026, 1, 1, 0, 0, 0, b"acsp", *_D50)
    return head.ljust(_ICC_HEADER, b"\0") + table + body


@lru_cache(maxsize=32)
def _transform(profile: bytes, mode: str) -> ImageCms.ImageCmsTransform | None:
    """From `profile` to sRGB; None where it is sRGB already or cannot be used for pixels of `mode`."""
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if mode == "RGB" and "srgb" in ImageCms.getProfileDescription(source).casefold():
            return None
        target = ImageCms.createProfile("sRGB")
        return ImageCms.buildTransform(source, target, mode, "RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return None
