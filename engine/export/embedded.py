"""XMP inside pictures: read from originals without reading their pixels, written into exported copies alone."""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import BinaryIO, TypeAlias

from engine.errors import CannotEmbed, MalformedXmp
from engine.export import embedded_chunks, embedded_jpeg, embedded_tiff
from engine.export.carriers import Said, say
from engine.export.targets import EMBEDDED, PRESETS, Kind, Target, kind
from engine.export.xml_text import LARGEST, Refused
from engine.export.xmp import Packet

_TIFF_LIKE = (b"II*\0", b"MM\0*", b"IIU\0", b"IIRO", b"IIRS", b"MMOR")
"""TIFF, and the RAW of Panasonic and Olympus, which are TIFF under another number."""
_FUJIFILM, _FUJIFILM_JPEG = b"FUJIFILMCCD-RAW", 84
_CANON_XMP = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
_MOST_BOXES = 64
_Change: TypeAlias = Callable[[Packet], None]
_EMBED: Mapping[Kind, Callable[[bytes, _Change], bytes]] = {
    Kind.DNG: embedded_tiff.embed,
    Kind.JPEG: embedded_jpeg.embed,
    Kind.PNG: embedded_chunks.embed_png,
    Kind.TIFF: embedded_tiff.embed,
    Kind.WEBP: embedded_chunks.embed_webp,
}


def packets(path: Path) -> list[Packet]:
    """The packets inside a picture, the main one first; none where there are none or the kind is not known here.

    Raises MalformedXmp where there is one that cannot be read, OSError.
    """
    try:
        with path.open("rb") as file:
            return [Packet(found) for found in _found(file, path)]
    except (Refused, struct.error) as cause:
        raise MalformedXmp(f"The metadata inside {path} cannot be read: {cause}. It was left alone.") from cause


def embed(data: bytes, said: Said, target: Target, path: Path) -> bytes:
    """The bytes of a picture with what is said merged into its packet; pixels and all else stay byte by byte.

    `path` tells the kind, and is named in errors. Raises CannotEmbed for a kind that nothing is written into (RAW but
    DNG, HEIC ...: `targets.prospect` says what travels instead), MalformedXmp where what is inside cannot be merged.
    """
    what = kind(path)
    if what not in EMBEDDED:
        raise CannotEmbed(
            f"{path}: nothing is written into {what.value}. Its metadata travels in the sidecar beside it."
        )
    preset = PRESETS[target]
    try:
        return _EMBED[what](data, lambda packet: say(packet, said, preset.adds, preset.rejects_by_rating))
    except Refused as cause:
        raise MalformedXmp(
            f"Nothing was written into a copy of {path}: {cause}. Export it without metadata inside."
        ) from cause


def _found(file: BinaryIO, path: Path) -> list[bytes]:
    head = file.read(16)
    one: bytes | None = None
    if head.startswith(b"\xff\xd8\xff"):
        return embedded_jpeg.packets(file)
    if head[:4] in _TIFF_LIKE:
        one = embedded_tiff.packet(file)
    elif head.startswith(_FUJIFILM):
        return _fujifilm(file)
    elif head.startswith(embedded_chunks.PNG):
        one = embedded_chunks.png_packet(file)
    elif embedded_chunks.is_webp(head):
        one = embedded_chunks.webp_packet(file)
    elif head[4:12] == b"ftypcrx ":
        one = _canon(file)
    elif head[4:8] == b"ftyp":
        one = _heif(path)
    return [] if one is None else [one]


def _fujifilm(file: BinaryIO) -> list[bytes]:
    """Of the JPEG that a RAF holds."""
    import io

    file.seek(_FUJIFILM_JPEG)
    place, size = struct.unpack(">II", file.read(8))
    file.seek(place)
    return embedded_jpeg.packets(io.BytesIO(file.read(min(size, LARGEST))))


def _canon(file: BinaryIO) -> bytes | None:
    """Of a CR3: a box of its own (ISO 14496-12)."""
    place = 0
    for _ in range(_MOST_BOXES):
        file.seek(place)
        head = file.read(32)
        if len(head) < 16:
            return None
        size = int.from_bytes(head[:4], "big")
        header = 8
        if size == 1:
            size, header = int.from_bytes(head[8:16], "big"), 16
        if size < header:
            return None
        if head[4:8] == b"uuid" and head[header : header + 16] == _CANON_XMP and size <= LARGEST:
            file.seek(place + header + 16)
            return file.read(size - header - 16).rstrip(b"\0") or None
        place += size
    return None


def _heif(path: Path) -> bytes | None:
    """Of HEIC and AVIF, through the library that reads their pixels."""
    from PIL import Image

    from engine.files import pillow

    pillow.set_up()
    pillow.learn_heif()
    try:
        with Image.open(path, formats=("HEIF", "AVIF")) as image:
            found = image.info.get("xmp")
    except (SyntaxError, ValueError, EOFError) as cause:
        raise Refused("its structure cannot be followed") from cause
    return found.rstrip(b"\0") if isinstance(found, bytes) and found else None
