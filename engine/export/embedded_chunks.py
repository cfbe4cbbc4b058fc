"""XMP inside PNG (an iTXt chunk, XMP specification part 3, 1.1.5) and WebP (an "XMP " chunk of its RIFF)."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO

from engine.export.xml_text import LARGEST, Refused
from engine.export.xmp import Packet

PNG = b"\x89PNG\r\n\x1a\n"
_KEYWORD = b"XML:com.adobe.xmp\0"
_XMP_FLAG, _ALPHA_FLAG = 0x04, 0x10
_VP8L_ALPHA = 1 << 28


def is_webp(head: bytes) -> bool:
    """Whether a file that begins so is a WebP."""
    return head[:4] == b"RIFF" and head[8:12] == b"WEBP"


def png_packet(file: BinaryIO) -> bytes | None:
    """The packet of a PNG, if it stands before the pixels or behind them. Raises Refused."""
    for name, _, body in _png_chunks(file):
        if name == b"iTXt" and body.startswith(_KEYWORD):
            return _text(body)
    return None


def embed_png(data: bytes, change: Callable[[Packet], None]) -> bytes:
    """The PNG with its packet as `change` wants it, or with a new one before its pixels. Raises Refused."""
    old: tuple[int, int] | None = None
    first_pixels = 0
    before = None
    for name, start, body in _png_chunks(io.BytesIO(data)):
        end = start + 12 + int.from_bytes(data[start : start + 4], "big")
        if name == b"iTXt" and body.startswith(_KEYWORD) and old is None:
            old, before = (start, end), _text(body)
        if name == b"IDAT" and not first_pixels:
            first_pixels = start
    if not first_pixels:
        raise Refused("it holds no pixels")
    wanted = Packet(before)
    change(wanted)
    after = wanted.bytes()
    if after == before:
        return data
    body = _KEYWORD + b"\0\0\0\0" + after
    chunk = struct.pack(">I", len(body)) + b"iTXt" + body + struct.pack(">I", zlib.crc32(b"iTXt" + body))
    start, end = old or (first_pixels, first_pixels)
    return data[:start] + chunk + data[end:]


def webp_packet(file: BinaryIO) -> bytes | None:
    """The packet of a WebP; None without one. Raises Refused."""
    for name, start, size in _riff_chunks(file):
        if name == b"XMP " and size <= LARGEST:
            file.seek(start + 8)
            return file.read(size).rstrip(b"\0") or None
    return None


def embed_webp(data: bytes, change: Callable[[Packet], None]) -> bytes:
    """The WebP with its packet as `change` wants it, or with a new one at its end. Raises Refused."""
    chunks = list(_riff_chunks(io.BytesIO(data)))
    bodies = [(name, data[start + 8 : start + 8 + size]) for name, start, size in chunks]
    before = next((body.rstrip(b"\0") for name, body in bodies if name == b"XMP "), None)
    wanted = Packet(before)
    change(wanted)
    after = wanted.bytes()
    if after == before:
        return data
    if before is None:
        bodies = [*_extended(bodies), (b"XMP ", after)]
    else:
        bodies = [(name, after if name == b"XMP " else body) for name, body in bodies]
    riff = b"WEBP" + b"".join(
        name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2) for name, body in bodies
    )
    return b"RIFF" + struct.pack("<I", len(riff)) + riff


def _png_chunks(file: BinaryIO) -> Iterator[tuple[bytes, int, bytes]]:
    """(name, start, body if it may be our text); ends with IEND. Raises Refused."""
    file.seek(0)
    if file.read(8) != PNG:
        raise Refused("it is no PNG")
    place = 8
    while True:
        head = file.read(8)
        if len(head) < 8:
            raise Refused("its chunks cannot be followed")
        size, name = int.from_bytes(head[:4], "big"), head[4:]
        yield name, place, file.read(size) if name == b"iTXt" and size <= LARGEST else b""
        if name == b"IEND":
            return
        place += 12 + size
        file.seek(place)


def _text(body: bytes) -> bytes:
    """The text of an iTXt chunk, unpacked. Raises Refused."""
    packed, rest = body[len(_KEYWORD)], body[len(_KEYWORD) + 2 :]
    text = rest.split(b"\0", 2)[-1]
    if not packed:
        return text
    try:
        return zlib.decompressobj().decompress(text, LARGEST)
    except zlib.error as cause:
        raise Refused("its text cannot be unpacked") from cause


def _riff_chunks(file: BinaryIO) -> Iterator[tuple[bytes, int, int]]:
    """(name, start, size of its body). Raises Refused."""
    file.seek(0)
    head = file.read(12)
    if not is_webp(head):
        raise Refused("it is no WebP")
    place, end = 12, 8 + int.from_bytes(head[4:8], "little")
    while place + 8 <= end:
        file.seek(place)
        head = file.read(8)
        if len(head) < 8:
            raise Refused("its chunks cannot be followed")
        size = int.from_bytes(head[4:], "little")
        yield head[:4], place, size
        place += 8 + size + size % 2


def _extended(bodies: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """The chunks of a WebP that says it has XMP: in the extended form, which a plain one is brought into."""
    if not bodies:
        raise Refused("it holds no picture")
    name, body = bodies[0]
    if name == b"VP8X" and len(body) == 10:
        return [(name, bytes([body[0] | _XMP_FLAG]) + body[1:]), *bodies[1:]]
    if name == b"VP8 " and body[3:6] == b"\x9d\x01\x2a":
        width, height = (side & 0x3FFF for side in struct.unpack_from("<HH", body, 6))
        flags = _XMP_FLAG
    elif name == b"VP8L" and body[:1] == b"\x2f" and len(body) >= 5:
        (bits,) = struct.unpack_from("<I", body, 1)
        width, height = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        flags = _XMP_FLAG | (_ALPHA_FLAG if bits & _VP8L_ALPHA else 0)
    else:
        raise Refused("its picture cannot be found")
    sides = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return [(b"VP8X", bytes([flags, 0, 0, 0]) + sides), *bodies]
