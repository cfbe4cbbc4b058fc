"""Files that were made to harm whoever opens them.

bomb, claiming           kilobytes that would unpack to gigabytes; so in dng_, text_ and thumbnail_bomb
forged_maker_note        a JPEG whose MakerNote claims to hold gigabytes of values
circular_exif            a JPEG whose EXIF directory points at itself, thousands of times
"""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

from PIL import Image

from tests import pictures

_LONG, _SHORT = 4, 3
_EXIF_DIRECTORY, _INTEROPERABILITY_DIRECTORY = 0x8769, 0xA005


def bomb(path: Path, size: tuple[int, int] = (13_000, 13_000)) -> Path:
    """A black PNG of one bit a pixel: some KB that unpack to 3 bytes a pixel."""
    width, height = size
    packer = zlib.compressobj(9)
    row = bytes(1 + -(-width // 8))
    packed = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    head = struct.pack(">LLBBBBB", width, height, 1, 0, 0, 0, 0)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", packed) + _chunk(b"IEND", b""))
    return path


def claiming(path: Path, side: int) -> Path:
    """The JPEG, GIF, BMP, WebP or TIFF that the suffix names, whose header claims `side` x `side` pixels."""
    small, kind = Image.fromarray(pictures.scene((64, 48))), Image.registered_extensions()[path.suffix]
    small.save(path, kind, **({"lossless": True} if kind == "WEBP" else {}))
    data = bytearray(path.read_bytes())
    if kind == "JPEG":
        struct.pack_into(">HH", data, data.index(b"\xff\xc0") + 5, side, side)
    elif kind == "GIF":
        struct.pack_into("<HH", data, 6, side, side)
        struct.pack_into("<HH", data, data.index(b",\0\0\0\0") + 5, side, side)
    elif kind == "BMP":
        struct.pack_into("<LL", data, 18, side, side)
    elif kind == "WEBP":
        # VP8L: a byte 0x2f, then width - 1 and height - 1 in 14 bits each.
        bits = struct.unpack_from("<L", data, 21)[0] >> 28 << 28
        struct.pack_into("<L", data, 21, bits | (side - 1) << 14 | side - 1)
    else:
        _resize_tiff(data, side)
    path.write_bytes(data)
    return path


def text_bomb(path: Path, unpacked: int = 500_000_000) -> Path:
    """A PNG with a comment of a few hundred KB that unpacks to `unpacked` bytes."""
    pictures.png(path, size=(64, 48))
    data = path.read_bytes()
    packer = zlib.compressobj(9)
    zeros = bytes(1_000_000)
    packed = b"".join(packer.compress(zeros) for _ in range(unpacked // len(zeros))) + packer.flush()
    comment = _chunk(b"zTXt", b"Comment\0\0" + packed)
    path.write_bytes(data[:33] + comment + data[33:])
    return path


def thumbnail_bomb(path: Path, side: int = 60_000) -> Path:
    """A JPEG whose EXIF thumbnail claims `side` x `side` pixels."""
    data = bytearray(pictures.jpeg(path, thumbnail=True).read_bytes())
    frame = data.index(b"\xff\xc0", data.index(b"\xff\xd8", 2))
    struct.pack_into(">HH", data, frame + 5, side, side)
    path.write_bytes(data)
    return path


def dng_bomb(path: Path, side: int = 40_000) -> Path:
    """A RAW whose header claims `side` x `side` pixels."""
    data = bytearray(pictures.dng(path).read_bytes())
    _resize_tiff(data, side)
    path.write_bytes(data)
    return path


def forged_maker_note(path: Path, entries: int = 4000, count: int = 0x0FFF_FFFF) -> Path:
    """A JPEG of a "Canon" whose MakerNote is a directory of `entries` values of `count` numbers each."""
    entry = struct.pack("<HHLL", 0x0001, _SHORT, count, 8)
    note = struct.pack("<H", entries) + entry * entries + bytes(4)
    return pictures.jpeg(path, make="Canon", model="Canon EOS 5D", further={0x927C: note})


def circular_exif(path: Path, entries: int = 4000) -> Path:
    """A JPEG whose EXIF directory holds `entries` pointers (0xA005, interoperability) to itself."""
    at = 26
    pointer = struct.pack("<HHLL", _INTEROPERABILITY_DIRECTORY, _LONG, 999, at)
    first = struct.pack("<H", 1) + struct.pack("<HHLL", _EXIF_DIRECTORY, _LONG, 1, at) + bytes(4)
    directory = struct.pack("<H", entries) + pointer * entries + bytes(4)
    information = b"Exif\0\0II*\0" + struct.pack("<L", 8) + first + directory
    Image.fromarray(pictures.scene((64, 48))).save(path, "JPEG", exif=information)
    return path


def _resize_tiff(data: bytearray, side: int) -> None:
    """Let the first directory of a TIFF claim `side` x `side` pixels."""
    first = struct.unpack_from("<L", data, 4)[0]
    for entry in range(first + 2, first + 2 + 12 * struct.unpack_from("<H", data, first)[0], 12):
        if struct.unpack_from("<H", data, entry)[0] in (0x0100, 0x0101):
            struct.pack_into("<HHLL", data, entry, *struct.unpack_from("<H", data, entry), _LONG, 1, side)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">L", len(body)) + kind + body + struct.pack(">L", zlib.crc32(kind + body))
