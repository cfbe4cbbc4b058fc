"""How a picture lies where only the XMP inside says so: turned as by EXIF, which goes before it where both speak."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, PngImagePlugin

from engine.files import decode, inner_xmp, metadata, shoot
from engine.types import Photo
from tests import pictures

SPACE = "http://ns.adobe.com/tiff/1.0/"
ATTRIBUTE = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description xmlns:tiff="{}" tiff:Orientation="{}"/></x:xmpmeta>'
ELEMENT = "<rdf:Description xmlns:tiff='{}'><tiff:Orientation>2</tiff:Orientation></rdf:Description>"


def packet(orientation: object) -> bytes:
    return ATTRIBUTE.format(SPACE, orientation).encode()


def lying(mode: str = "RGB") -> Image.Image:
    """The scene as a camera on its side would store it: orientation 6."""
    return Image.fromarray(pictures.scene()).transpose(Image.Transpose.ROTATE_90).convert(mode)


def jpeg(path: Path, said: bytes, exif: int | None = None) -> Path:
    more = {} if exif is None else {"exif": pictures.exif(orientation=exif).tobytes()}
    lying().save(path, "JPEG", quality=95, subsampling=0, xmp=said, **more)
    return path


def png(path: Path, said: bytes) -> Path:
    chunks = PngImagePlugin.PngInfo()
    chunks.add_itxt("XML:com.adobe.xmp", said.decode(), zip=True)
    lying().save(path, "PNG", pnginfo=chunks)
    return path


def webp(path: Path, said: bytes) -> Path:
    lying().save(path, "WEBP", lossless=True, xmp=said)
    return path


@pytest.mark.parametrize("write", [jpeg, png, webp])
def test_it_turns_the_picture_where_exif_is_silent(tmp_path: Path, write: Callable[[Path, bytes], Path]) -> None:
    path = write(tmp_path / f"a.{write.__name__}", packet(6))
    photo = Photo(path, (path,), shoot.stamp(path))
    frame = decode.open(photo)
    assert np.abs(frame.pixels.astype(int) - pictures.scene()).mean() < 3
    assert (frame.width, frame.height) == pictures.SIZE
    assert frame.metadata.orientation == metadata.of(path).orientation == 6
    assert decode.draft(photo, 64).shape[1] > decode.draft(photo, 64).shape[0]


def test_exif_goes_before_it(tmp_path: Path) -> None:
    for stated in (1, 8):
        assert metadata.of(jpeg(tmp_path / "a.jpg", packet(6), exif=stated)).orientation == stated


def test_an_element_says_it_too(tmp_path: Path) -> None:
    assert metadata.of(jpeg(tmp_path / "a.jpg", ELEMENT.format(SPACE).encode())).orientation == 2


@pytest.mark.parametrize("said", ["0", "9", "66", "x", "", "-6"])
def test_nonsense_says_nothing(tmp_path: Path, said: str) -> None:
    assert metadata.of(jpeg(tmp_path / "a.jpg", packet(said))).orientation == 1


def test_words_that_stand_in_no_packet_say_nothing(tmp_path: Path) -> None:
    data = jpeg(tmp_path / "a.jpg", packet(6)).read_bytes()
    assert inner_xmp.orientation(data) == 6
    at = data.index(b"\xff\xe1")
    assert inner_xmp.orientation(data[:at] + b"\xff\xe2" + data[at + 2 :]) == 1
    assert inner_xmp.orientation(data[: at + 40]) == 1, "cut short"
    assert inner_xmp.orientation(data[: at + 2] + b"\0\0" + data[at + 4 :]) == 1, "a length of nothing"
    for torn in (b"", b"\xff\xd8\xff", b"RIFF", b"\x89PNG", b"RIFF\xff\xff\xff\xffWEBPVP8X"):
        assert inner_xmp.orientation(torn) == 1
