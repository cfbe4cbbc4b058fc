"""XMP inside a JPEG: the APP1 segment, and what does not fit into it (XMP specification part 3, 1.1.3).

Every other segment and the compressed pixels stay byte by byte, but for the multi-picture index (CIPA DC-007): it
counts bytes to the pictures behind the first, and is set right.
"""

from __future__ import annotations

import hashlib
import io
import re
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from engine.export.xml_text import Attribute, Document, Element, Refused
from engine.export.xmp import Packet
from engine.export.xmp_names import NAMESPACES, RDF

MAIN = b"http://ns.adobe.com/xap/1.0/\0"
EXTENSION = b"http://ns.adobe.com/xmp/extension/\0"
_EXTENDED = "xmpNote:HasExtendedXMP"
_LARGEST = 65_533
"""Bytes in a segment, without marker and length."""
_ROOM = _LARGEST - len(MAIN)
_CHUNK = 65_000
_NAME_OF_EXTENSION = 200
"""Bytes that naming an extension takes in the main packet, at most."""
_EXIF, _MPF = b"Exif\0\0", b"MPF\0"
_APP0, _APP1, _APP2, _SOS, _EOI = 0xE0, 0xE1, 0xE2, 0xDA, 0xD9
_STANDALONE = {0x01, *range(0xD0, 0xD9)}
_PADDING = re.compile(rb"\s+(?=<\?xpacket\s+end)")
_MP_ENTRIES, _MP_ENTRY = 0xB002, 16
_NO_EXTENSION = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="%s"></rdf:RDF></x:xmpmeta>' % RDF.encode()


@dataclass(frozen=True, slots=True)
class Segment:
    """One segment of a JPEG's head."""

    marker: int
    start: int
    """Where its marker begins."""
    payload: bytes

    def begins(self, name: bytes, marker: int = _APP1) -> bool:
        """Whether it is an application's segment of this name."""
        return self.marker == marker and self.payload.startswith(name)


def packets(file: BinaryIO) -> list[bytes]:
    """The main packet and, if it is whole, the extension. Reads no more than the head. Raises Refused."""
    segments = list(segments_in(file))
    main = next((s.payload[len(MAIN) :] for s in segments if s.begins(MAIN)), None)
    if main is None:
        return []
    extension = _extension(Packet(main), segments)
    return [main] if extension is None else [main, extension]


def embed(data: bytes, change: Callable[[Packet], None]) -> bytes:
    """The JPEG with its packet as `change` wants it, or with a new one. Raises Refused."""
    segments = list(segments_in(io.BytesIO(data)))
    old = next((s.payload[len(MAIN) :] for s in segments if s.begins(MAIN)), None)
    packet = Packet(old)
    change(packet)
    main, extension = packet.bytes(), None
    before = None if old is None else _extension(packet, segments)
    if before is not None:
        rest = Packet(before)
        for wanted in packet.changes():
            rest.remove(wanted.name)
        extension = rest.bytes()
    if len(main) > _ROOM:
        main = _PADDING.sub(b"\n", main)
    if len(main) > _ROOM:
        main, extension = _parted(main, extension)
    if extension is not None and extension != before:
        named = Packet(main)
        named.set(_EXTENDED, _digest(extension))
        main = named.bytes()
    if main == old:
        return data
    if len(main) > _ROOM:
        raise Refused("it is too large for a JPEG")
    return _put(data, segments, main, extension if extension != before else None)


def segments_in(file: BinaryIO) -> Iterator[Segment]:
    """The segments before the compressed pixels. Raises Refused."""
    file.seek(0)
    if file.read(2) != b"\xff\xd8":
        raise Refused("it is no JPEG")
    place = 2
    while True:
        head = file.read(4)
        if len(head) < 4 or head[0] != 0xFF:
            raise Refused("its segments cannot be followed")
        marker = head[1]
        if marker in (_SOS, _EOI):
            yield Segment(marker, place, b"")
            return
        if marker == 0xFF or marker in _STANDALONE:
            step = 1 if marker == 0xFF else 2
            file.seek(place + step)
            place += step
            continue
        length = int.from_bytes(head[2:], "big")
        payload = file.read(length - 2) if marker in (_APP1, _APP2) and length >= 2 else b""
        if length < 2 or (payload and len(payload) < length - 2):
            raise Refused("its segments cannot be followed")
        yield Segment(marker, place, payload)
        place += 2 + length
        file.seek(place)


def _extension(main: Packet, segments: list[Segment]) -> bytes | None:
    """The extension that the main packet names, put together; None where it is not whole."""
    digest = main.get(_EXTENDED)
    if not digest:
        return None
    parts: dict[int, bytes] = {}
    total = 0
    for segment in segments:
        if not segment.begins(EXTENSION):
            continue
        body = segment.payload[len(EXTENSION) :]
        if len(body) > 40 and body[:32].decode("latin-1") == digest:
            total, offset = struct.unpack(">II", body[32:40])
            parts[offset] = body[40:]
    whole = b"".join(parts[offset] for offset in sorted(parts))
    return whole if whole and len(whole) == total else None


def _parted(main: bytes, extension: bytes | None) -> tuple[bytes, bytes]:
    """The main packet and its extension, once the largest properties have moved from the one to the other."""
    packet, rest = Packet(main), Packet(extension or _NO_EXTENSION)
    too_much = len(packet.document.data) + _NAME_OF_EXTENSION - _ROOM
    moving: set[int] = set()
    for place in sorted(_movable(packet), key=lambda place: place.start - place.end):
        if too_much <= 0:
            break
        moving.add(place.start)
        too_much -= place.end - place.start
    moved = b"".join(_moved(packet.document, description, moving) for description in packet.descriptions)
    edits = [(place.start, place.end, b"") for place in _movable(packet) if place.start in moving]
    rdf = rest.rdf
    if rdf.is_empty_tag:
        raise Refused("its extension is empty")
    return packet.document.edited(edits), rest.document.edited([(rdf.inside, rdf.inside, moved)])


def _movable(packet: Packet) -> Iterator[Attribute | Element]:
    """Properties that may stand in an extension: those that we and the specification do not need in the main packet."""
    kept = (RDF, NAMESPACES["xmpNote"], NAMESPACES["xmp"], NAMESPACES["chinagraph"])
    for description in packet.descriptions:
        places: list[Attribute | Element] = [*description.attributes, *description.children]
        for place in places:
            if place.name.partition(" ")[0] not in kept and " " in place.name:
                yield place


def _moved(document: Document, description: Element, moving: set[int]) -> bytes:
    """A description that has the moving properties of another, and every prefix that they may need."""
    attributes = b"".join(document.data[a.start : a.end] for a in description.attributes if a.start in moving)
    children = b"".join(document.data[c.start : c.end] for c in description.children if c.start in moving)
    if not attributes and not children:
        return b""
    scope = b"".join(
        b' %s="%s"' % (f"xmlns:{prefix}".encode() if prefix else b"xmlns", uri.encode())
        for prefix, uri in description.prefixes.items()
    )
    prefix = description.tag.rpartition(b":")[0]
    about = b' %s:about=""' % prefix if prefix else b""
    return b"<%s%s%s%s>%s</%s>" % (description.tag, about, scope, attributes, children, description.tag)


def _digest(extension: bytes) -> str:
    return hashlib.md5(extension, usedforsecurity=False).hexdigest().upper()


def _put(data: bytes, segments: list[Segment], main: bytes, extension: bytes | None) -> bytes:
    """The file with the main packet in place of the old one, else behind EXIF; with the extension, if it is new."""
    fresh = _segment(MAIN + main)
    if extension is not None:
        name = EXTENSION + _digest(extension).encode()
        for offset in range(0, len(extension), _CHUNK):
            sizes = struct.pack(">II", len(extension), offset)
            fresh += _segment(name + sizes + extension[offset : offset + _CHUNK])
    old = next((at for at, segment in enumerate(segments) if segment.begins(MAIN)), None)
    home = _behind_exif(segments) if old is None else old
    parts = [data[: segments[0].start]]
    index: Segment | None = None
    grown_before = 0
    for at, segment in enumerate(segments):
        if at == home:
            parts.append(fresh)
        end = segments[at + 1].start if at + 1 < len(segments) else len(data)
        if at == old or (extension is not None and segment.begins(EXTENSION)):
            continue
        if segment.begins(_MPF, _APP2):
            index, grown_before = segment, sum(map(len, parts)) - segment.start
        parts.append(data[segment.start : end])
    result = b"".join(parts)
    grown = len(result) - len(data)
    return result if index is None else _reindexed(result, index, grown_before, grown)


def _segment(payload: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, _APP1, len(payload) + 2) + payload


def _behind_exif(segments: list[Segment]) -> int:
    """The number of the segment before which a new packet stands: behind JFIF and EXIF."""
    at = 0
    for number, segment in enumerate(segments):
        if segment.marker == _APP0 or segment.begins(_EXIF):
            at = number + 1
        elif segment.marker != _APP1:
            break
    return at


def _reindexed(data: bytes, index: Segment, grown_before: int, grown: int) -> bytes:
    """The multi-picture index with the size of the first picture, and the way to those behind it, as they are now."""
    body = index.payload[len(_MPF) :]
    order = {b"II": "<", b"MM": ">"}.get(body[:2])
    try:
        if order is None:
            raise Refused("its multi-picture index cannot be followed")
        (directory,) = struct.unpack_from(f"{order}I", body, 4)
        (count,) = struct.unpack_from(f"{order}H", body, directory)
        entries = [struct.unpack_from(f"{order}HHII", body, directory + 2 + 12 * at) for at in range(count)]
        patched = bytearray(body)
        for tag, _, size, place in entries:
            if tag != _MP_ENTRIES:
                continue
            for entry in range(place, place + size, _MP_ENTRY):
                length, offset = struct.unpack_from(f"{order}II", body, entry + 4)
                if offset == 0:
                    struct.pack_into(f"{order}I", patched, entry + 4, length + grown)
                else:
                    struct.pack_into(f"{order}I", patched, entry + 8, offset + grown - grown_before)
    except struct.error as cause:
        raise Refused("its multi-picture index cannot be followed") from cause
    start = index.start + grown_before + 4 + len(_MPF)
    return data[:start] + bytes(patched) + data[start + len(body) :]
