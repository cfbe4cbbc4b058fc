"""XMP inside pictures: read from every kind, written into copies without touching a pixel."""

from __future__ import annotations

import hashlib
import io
import struct
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PIL.JpegImagePlugin import JpegImageFile
from PIL.MpoImagePlugin import MpoImageFile

from engine.errors import CannotEmbed, MalformedXmp
from engine.export import embedded
from engine.export.carriers import Said
from engine.export.embedded_jpeg import EXTENSION, MAIN
from engine.export.targets import Target
from engine.export.xmp import Packet
from engine.types import Colour, Decision, Flag
from tests import pictures, sidecars

SAID = Said.of(Decision(Flag.PICK, 4, Colour.GREEN))
MAKERS: dict[str, Callable[..., Path]] = {
    "jpg": pictures.jpeg, "tif": pictures.tiff, "dng": pictures.dng, "png": pictures.png, "webp": pictures.webp
}  # fmt: skip


def segments(data: bytes) -> list[bytes]:
    """The segments of a JPEG's head, then all that follows from SOS on."""
    found, at = [data[:2]], 2
    while data[at + 1] != 0xDA:
        end = at + 2 + struct.unpack_from(">H", data, at + 2)[0]
        found.append(data[at:end])
        at = end
    return [*found, data[at:]]


def app1(name: bytes, payload: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, 0xE1, len(name) + len(payload) + 2) + name + payload


def with_packet(jpeg: bytes, packet: bytes, extension: bytes = b"", chunk: int = 60_000) -> bytes:
    """A JPEG with a packet behind its first segment, and an extension in chunks, the last one first."""
    first, *rest = segments(jpeg)[1:]
    digest = hashlib.md5(extension).hexdigest().upper().encode()
    parts = [
        app1(EXTENSION, digest + struct.pack(">II", len(extension), at) + extension[at : at + chunk])
        for at in reversed(range(0, len(extension), chunk))
    ]
    return jpeg[:2] + first + app1(MAIN, packet.replace(b"DIGEST", digest)) + b"".join(parts) + b"".join(rest)


def inside(data: bytes, path: Path) -> list[Packet]:
    path.write_bytes(data)
    return embedded.packets(path)


def pixels(path: Path) -> np.ndarray:
    if path.suffix == ".dng":
        import rawpy

        with rawpy.imread(str(path)) as raw:
            return raw.raw_image.copy()
    with Image.open(path) as image:
        return np.asarray(image)


@pytest.mark.parametrize("said", [{}, {"progressive": True}, {"thumbnail": True}, {"mode": "L"}, {"orientation": 6}])
def test_a_jpeg_gets_a_segment_behind_exif_and_everything_else_stays(said, tmp_path):
    path = pictures.jpeg(tmp_path / "a.jpg", size=(96, 64), icc=b"profile" * 20, **said)
    before = path.read_bytes()
    after = embedded.embed(before, SAID, Target.ADOBE, path)
    old, new = segments(before), segments(after)
    added = [segment for segment in new if segment not in old]
    assert len(added) == 1 and added[0][4:].startswith(MAIN)
    assert [segment for segment in new if segment in old] == old
    assert new[-1] == old[-1], "the compressed pixels, and all behind them"
    assert new.index(added[0]) == 1 + max(n for n, s in enumerate(old) if s[4:10] == b"Exif\0\0")
    assert embedded.embed(after, SAID, Target.ADOBE, path) is after
    assert inside(after, tmp_path / "b.jpg")[0].get("xmp:Rating") == "4"


def test_a_packet_that_is_there_is_merged_into_where_it_stands(tmp_path):
    path = pictures.jpeg(tmp_path / "a.jpg", size=(96, 64))
    before = with_packet(path.read_bytes(), sidecars.lightroom())
    after = embedded.embed(before, SAID, Target.ADOBE, path)
    old, new = segments(before), segments(after)
    assert len(old) == len(new)
    assert [n for n, (one, other) in enumerate(zip(old, new, strict=True)) if one != other] == [2]
    (packet,) = inside(after, tmp_path / "b.jpg")
    assert (packet.get("xmp:Rating"), packet.get("crs:Exposure2012")) == ("4", "+0.35")
    assert len(packet.items("dc:subject")) == 2


def big(size: int) -> str:
    return "".join(f"<rdf:li>{n:0183}</rdf:li>" for n in range(size // 200))


def extended(size: int, said: str = "") -> bytes:
    masks = f"<crs:Masks><rdf:Seq>{big(size)}</rdf:Seq></crs:Masks>"
    scope = 'xmlns:crs="http://ns.adobe.com/camera-raw-settings/1.0/"'
    description = f" {scope} {said}>{masks}</rdf:Description></rdf:RDF>"
    return sidecars.attributes().replace("/></rdf:RDF>", description).encode()


NAMED = ' xmlns:xmpNote="http://ns.adobe.com/xmp/note/" xmpNote:HasExtendedXMP="DIGEST"'
MAIN_OF_EXTENDED = sidecars.attributes(rating=2).replace("/></rdf:RDF>", f"{NAMED}/></rdf:RDF>").encode()


def test_an_extension_is_read_and_stays_byte_by_byte(tmp_path):
    path = pictures.jpeg(tmp_path / "a.jpg", size=(96, 64))
    extension = extended(200_000)
    before = with_packet(path.read_bytes(), MAIN_OF_EXTENDED, extension)
    main, rest = inside(before, tmp_path / "b.jpg")
    assert main.get("xmp:Rating") == "2"
    assert rest.document.source == extension
    after = embedded.embed(before, SAID, Target.ADOBE, path)
    main, rest = inside(after, tmp_path / "b.jpg")
    assert main.get("xmp:Rating") == "4" and rest.document.source == extension
    assert [s for s in segments(after) if EXTENSION in s[:60]] == [s for s in segments(before) if EXTENSION in s[:60]]
    torn = before.replace(EXTENSION, b"x" * len(EXTENSION), 1)
    assert len(inside(torn, tmp_path / "c.jpg")) == 1, "an extension that is not whole is none"


def test_what_stands_in_the_extension_is_not_said_twice(tmp_path):
    path = pictures.jpeg(tmp_path / "a.jpg", size=(96, 64))
    extension = extended(70_000, 'xmp:Label="Red"')
    after = embedded.embed(with_packet(path.read_bytes(), MAIN_OF_EXTENDED, extension), SAID, Target.ADOBE, path)
    main, rest = inside(after, tmp_path / "b.jpg")
    assert main.get("xmp:Label") == "Green" and not rest.has("xmp:Label")
    assert rest.document.source.count(b"<rdf:li>") == extension.count(b"<rdf:li>")


@pytest.mark.parametrize("extension", [b"", extended(70_000)])
def test_a_packet_that_outgrows_its_segment_is_parted(extension, tmp_path):
    path = pictures.jpeg(tmp_path / "a.jpg", size=(96, 64))
    lean = sidecars.lightroom().replace(b" " * 100 + b"\n", b"")
    if extension:
        lean = lean.replace(b"   crs:Version", NAMED.encode() + b"\n   crs:Version")
    room = 65_533 - len(MAIN) - len(lean) - 120
    full = lean.replace(b"   <crs:Look", f"<crs:Big><rdf:Seq>{big(room)}</rdf:Seq></crs:Big>\n   <crs:Look".encode())
    before = with_packet(path.read_bytes(), full, extension)
    told = everything(inside(before, tmp_path / "b.jpg"))
    after = embedded.embed(before, SAID, Target.ADOBE, path)
    assert all(len(segment) <= 65_537 for segment in segments(after)[:-1])
    main, rest = inside(after, tmp_path / "c.jpg")
    assert main.get("xmp:Rating") == "4" and main.get("chinagraph:Flag") == "pick"
    now = everything([main, rest])
    assert {name for name in told if told[name] != now[name]} <= {"Rating", "Label", "LabelColor", "HasExtendedXMP"}
    assert now.keys() - told.keys() <= {"pick", "good", "HasExtendedXMP", "Flag", "Stars", "Colour"}
    assert segments(after)[-1] == segments(before)[-1]
    found = sidecars.exiftool(tmp_path / "c.jpg")
    assert found["XMP-xmp:Rating"] == 4
    assert [value for name, value in found.items() if name.endswith(("Warning", "Error"))] == []


def everything(packets: list[Packet]) -> dict[str, list[str]]:
    """What packets say together, by local name."""
    said: dict[str, list[str]] = {}
    for packet in packets:
        for name, values in sidecars.meaning(packet.document.source).items():
            if not name.endswith("}about"):
                said.setdefault(name.rpartition("}")[2], []).extend(values)
    return said


def test_padding_makes_room_before_anything_is_parted(tmp_path):
    path = pictures.jpeg(tmp_path / "a.jpg", size=(96, 64))
    room = 65_533 - len(MAIN)
    padded = sidecars.lightroom().replace(b" " * 100, b" " * (room - len(sidecars.lightroom()) + 100))
    assert len(padded) == room
    after = embedded.embed(with_packet(path.read_bytes(), padded), SAID, Target.ADOBE, path)
    (packet,) = inside(after, tmp_path / "b.jpg")
    assert packet.get("xmp:Rating") == "4" and len(packet.document.source) < 4000


@pytest.mark.parametrize("late", [False, True])
def test_pictures_behind_the_first_are_still_found(late, tmp_path):
    path = pictures.mpf_jpeg(tmp_path / "a.jpg", size=(800, 400), preview=400)
    before = path.read_bytes()
    if late:  # a packet behind the index, which then is the one that moves the pictures
        head = segments(before)
        at = next(n for n, segment in enumerate(head) if segment[4:8] == b"MPF\0")
        packet = app1(MAIN, sidecars.attributes(rating=1).encode())
        before = b"".join([*head[: at + 1], packet, *head[at + 1 :]])
        moved = embedded.embed(b"".join(head), SAID, Target.ADOBE, path)
        assert second(moved) == second(b"".join(head))
        before = shifted(before, len(packet))
    after = embedded.embed(before, SAID, Target.ADOBE, path)
    assert len(after) != len(before)
    assert second(after) == second(before)
    assert second(after)[:3] == b"\xff\xd8\xff"


def second(data: bytes) -> bytes:
    """The second picture of a multi-picture JPEG."""
    base, (first, entry) = index(data)
    place = base + entry["DataOffset"]
    end = first["Size"]
    assert data[end - 2 : end] == b"\xff\xd9", "the first picture ends where the index says"
    return data[place : place + entry["Size"]]


def index(data: bytes) -> tuple[int, list[dict[str, int]]]:
    """(place that the multi-picture index counts from, its entries)."""
    with JpegImageFile(io.BytesIO(data)) as image:
        base = image.info["mpoffset"]
        return base, MpoImageFile.adopt(image).mpinfo[0xB002]


def shifted(data: bytes, by: int) -> bytes:
    """`data` with the index of its pictures set right after `by` bytes came in behind it."""
    at = data.index(b"MPF\0") + 4
    order = {b"II": "<", b"MM": ">"}[data[at : at + 2]]
    patched = bytearray(data)
    for number, entry in enumerate(index(data)[1]):
        sizes = struct.pack(f"{order}II", entry["Size"], entry["DataOffset"])
        place = data.index(sizes, at)
        size = entry["Size"] + (by if number == 0 else 0)
        struct.pack_into(f"{order}II", patched, place, size, entry["DataOffset"] + (by if number else 0))
    return bytes(patched)


@pytest.mark.parametrize("kind", MAKERS)
def test_every_kind_carries_it_and_shows_the_same_pixels(kind, tmp_path):
    path = MAKERS[kind](tmp_path / f"a.{kind}", size=(96, 64))
    assert embedded.packets(path) == []
    shown = pixels(path)
    before = path.read_bytes()
    after = embedded.embed(before, SAID, Target.ADOBE, path)
    assert path.read_bytes() == before, "the original is never written to"
    (packet,) = inside(after, path)
    assert (packet.get("xmp:Rating"), packet.get("xmpDM:pick")) == ("4", "1")
    assert np.array_equal(pixels(path), shown)
    assert embedded.embed(after, SAID, Target.ADOBE, path) is after
    (again,) = inside(embedded.embed(after, Said.of(Decision(stars=5)), Target.ADOBE, path), path)
    assert (again.get("xmp:Rating"), again.get("xmpDM:pick")) == ("5", "1")
    assert np.array_equal(pixels(path), shown)


@pytest.mark.parametrize("kind", MAKERS)
def test_what_exiftool_put_inside_is_merged_into(kind, tmp_path):
    path = MAKERS[kind](tmp_path / f"a.{kind}", size=(96, 64))
    sidecars.need("exiftool")
    sidecars.exiftool_write(path, "-XMP-xmp:Rating=2", "-XMP-dc:Subject=one", "-XMP-crs:Clarity=5")
    shown = pixels(path)
    (before,) = embedded.packets(path)
    assert before.get("xmp:Rating") == "2"
    (after,) = inside(embedded.embed(path.read_bytes(), SAID, Target.ADOBE, path), path)
    assert (after.get("xmp:Rating"), after.items("dc:subject"), after.get("crs:Clarity")) == ("4", ("one",), "5")
    assert np.array_equal(pixels(path), shown)


def test_a_transparent_webp_stays_transparent(tmp_path):
    path = tmp_path / "a.webp"
    picture = np.zeros((20, 30, 4), np.uint8)
    picture[:, 10:] = 200
    for lossless in (True, False):
        Image.fromarray(picture).save(path, lossless=lossless)
        shown = pixels(path)
        path.write_bytes(embedded.embed(path.read_bytes(), SAID, Target.ADOBE, path))
        assert np.array_equal(pixels(path), shown) and shown.shape[2] == 4


def test_a_packed_text_of_a_png_is_unpacked(tmp_path):
    path = pictures.png(tmp_path / "a.png", size=(32, 24))
    data = path.read_bytes()
    body = b"XML:com.adobe.xmp\0\x01\0\0\0" + zlib.compress(sidecars.lightroom())
    chunk = struct.pack(">I", len(body)) + b"iTXt" + body + struct.pack(">I", zlib.crc32(b"iTXt" + body))
    (packet,) = inside(data[:33] + chunk + data[33:], path)
    assert packet.get("xmp:Rating") == "2"
    (packet,) = inside(embedded.embed(path.read_bytes(), SAID, Target.ADOBE, path), path)
    assert (packet.get("xmp:Rating"), packet.get("crs:Version")) == ("4", "15.4")


def test_heic_is_read_and_not_written(tmp_path):
    path = tmp_path / "a.heic"
    pictures.heic(path, size=(64, 48))
    assert embedded.packets(path) == []
    from engine.files import pillow

    pillow.learn_heif()
    with Image.open(path) as image:
        image.save(path, xmp=sidecars.lightroom())
    (packet,) = embedded.packets(path)
    assert packet.get("xmp:Rating") == "2"
    with pytest.raises(CannotEmbed, match="sidecar"):
        embedded.embed(path.read_bytes(), SAID, Target.ADOBE, path)
    with pytest.raises(CannotEmbed, match="RAW"):
        embedded.embed(b"II*\0", SAID, Target.ADOBE, Path("a.nef"))


def test_raw_of_canon_and_fujifilm_are_read(tmp_path):
    jpeg = with_packet(pictures.jpeg(tmp_path / "p.jpg", size=(32, 24)).read_bytes(), sidecars.lightroom(rating=3))
    raf = b"FUJIFILMCCD-RAW 0201".ljust(84, b"\0") + struct.pack(">II", 100, len(jpeg)) + bytes(8) + jpeg
    assert inside(raf, tmp_path / "a.raf")[0].get("xmp:Rating") == "3"
    xmp = sidecars.lightroom(rating=5)
    box = struct.pack(">I", 24 + len(xmp)) + b"uuid" + bytes.fromhex("be7acfcb97a942e89c71999491e3afac") + xmp
    cr3 = struct.pack(">I", 16) + b"ftypcrx " + bytes(4) + struct.pack(">I", 12) + b"moov" + bytes(4) + box
    assert inside(cr3, tmp_path / "a.cr3")[0].get("xmp:Rating") == "5"
    assert inside(cr3[:40], tmp_path / "b.cr3") == []


@pytest.mark.parametrize("kind", MAKERS)
def test_damage_and_entities_inside_are_named_and_nothing_is_written(kind, tmp_path):
    path = MAKERS[kind](tmp_path / f"a.{kind}", size=(96, 64))
    whole = embedded.embed(path.read_bytes(), SAID, Target.ADOBE, path)
    for wrong in (whole.replace(b"<rdf:RDF", b"<!DOCTYP"), whole.replace(b"<rdf:RDF", b"<rdf:RD>")):
        path.write_bytes(wrong)
        with pytest.raises(MalformedXmp, match=path.name):
            embedded.packets(path)
        with pytest.raises(MalformedXmp, match=path.name):
            embedded.embed(wrong, SAID, Target.ADOBE, path)


@pytest.mark.parametrize("kind", MAKERS)
def test_torn_files_raise_what_they_should_and_never_hang(kind, tmp_path):
    path = MAKERS[kind](tmp_path / f"a.{kind}", size=(96, 64))
    whole = embedded.embed(path.read_bytes(), SAID, Target.ADOBE, path)
    random = np.random.default_rng(5)
    for size in [*range(0, 64, 3), *random.integers(64, len(whole), 60)]:
        torn = whole[: int(size)]
        for data in (torn, torn + random.bytes(200)):
            path.write_bytes(data)
            for task in (
                lambda: embedded.packets(path),
                lambda data=data: embedded.embed(data, SAID, Target.ADOBE, path),
            ):
                with suppress(MalformedXmp):
                    task()
