"""XMP inside TIFF and what is built like it (DNG, most RAW): tag 700 of the first directory (TIFF 6.0).

What is written goes to the end of the file, so that no picture in it moves.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import BinaryIO

from engine.export.xml_text import LARGEST, Refused
from engine.export.xmp import Packet

XMP = 700
_ORDERS = {b"II": "<", b"MM": ">"}
_BYTE, _UNDEFINED = 1, 7
_MOST_ENTRIES = 4096


def is_tiff(head: bytes) -> bool:
    """Whether a file that begins so is a TIFF whose structure is known here."""
    return head[:4] in (b"II*\0", b"MM\0*")


def packet(file: BinaryIO) -> bytes | None:
    """The packet of a TIFF, DNG or RAW; None without one. Raises Refused."""
    file.seek(0)
    head = file.read(8)
    order = _ORDERS.get(head[:2])
    if order is None or len(head) < 8:
        raise Refused("it is no TIFF")
    (directory,) = struct.unpack_from(f"{order}I", head, 4)
    file.seek(directory)
    count = int.from_bytes(file.read(2), "little" if order == "<" else "big")
    if count > _MOST_ENTRIES:
        raise Refused("its directory cannot be followed")
    entries = file.read(12 * count)
    for at in range(0, len(entries) - 11, 12):
        tag, kind, size, place = struct.unpack_from(f"{order}HHII", entries, at)
        if tag == XMP and kind in (_BYTE, _UNDEFINED) and 4 < size <= LARGEST:
            file.seek(place)
            return file.read(size).rstrip(b"\0") or None
    return None


def embed(data: bytes, change: Callable[[Packet], None]) -> bytes:
    """The file with its packet as `change` wants it, or with a new one. Raises Refused."""
    order = _ORDERS.get(data[:2])
    if order is None or not is_tiff(data[:4]):
        raise Refused("it is no TIFF of this kind")
    try:
        return _embedded(data, order, change)
    except struct.error as cause:
        raise Refused("its directory cannot be followed") from cause


def _embedded(data: bytes, order: str, change: Callable[[Packet], None]) -> bytes:
    (directory,) = struct.unpack_from(f"{order}I", data, 4)
    (count,) = struct.unpack_from(f"{order}H", data, directory)
    entries = [data[at : at + 12] for at in range(directory + 2, directory + 2 + 12 * count, 12)]
    tags = [struct.unpack_from(f"{order}HHII", entry) for entry in entries]
    old = next((at for at, (tag, *_) in enumerate(tags) if tag == XMP), None)
    before = None
    if old is not None:
        _, kind, size, place = tags[old]
        if kind not in (_BYTE, _UNDEFINED) or size <= 4 or place + size > len(data):
            raise Refused("its metadata cannot be found")
        before = data[place : place + size].rstrip(b"\0")
    wanted = Packet(before)
    change(wanted)
    after = wanted.bytes()
    if after == before:
        return data
    result = bytearray(data)
    if old is not None and len(after) <= tags[old][2]:
        size, place = tags[old][2:]
        result[place : place + size] = after.ljust(size)
        return bytes(result)
    result += b"\0" * (len(result) % 2)
    place = len(result)
    result += after + b"\0" * (len(after) % 2)
    if len(result) + 12 * (count + 2) > 0xFFFFFFFF:
        raise Refused("it is too large for more metadata")
    entry = struct.pack(f"{order}HHII", XMP, _BYTE if old is None else tags[old][1], len(after), place)
    if old is not None:
        at = directory + 2 + 12 * old
        result[at : at + 12] = entry
        return bytes(result)
    (following,) = struct.unpack_from(f"{order}I", data, directory + 2 + 12 * count)
    struct.pack_into(f"{order}I", result, 4, len(result))
    result += struct.pack(f"{order}H", count + 1)
    for one in sorted([*entries, entry], key=lambda one: int(struct.unpack_from(f"{order}H", one)[0])):
        result += one
    return bytes(result + struct.pack(f"{order}I", following))
