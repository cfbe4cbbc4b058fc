"""Smaller pictures: size, orientation, colour, and what metadata leaves with them."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageCms
from PIL.ExifTags import IFD, Base

from engine.errors import UnusableInput
from engine.export.rendition import Format, Policy, Rendition, render
from engine.files import metadata, shoot
from engine.files.colour import adobe_rgb
from engine.types import Photo
from tests import pictures


def photo(path: Path) -> Photo:
    return Photo(path, (path,), shoot.stamp(path))


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def told(path: Path, orientation: int = 6, kind: str = "JPEG", **more: object) -> Path:
    """A picture whose EXIF says everything that a policy might or might not let through."""
    exif = pictures.exif(orientation=orientation, lens="50mm F1.4")
    exif[Base.Artist], exif[Base.Copyright], exif[Base.ImageDescription] = "Ada", "(c) Ada", "the cake"
    exif.get_ifd(IFD.GPSInfo).update({1: "N", 2: (52.0, 30.0, 0.0)})
    exif.get_ifd(IFD.Exif)[Base.MakerNote] = b"secret" * 10
    Image.fromarray(pictures.scene((300, 200))).save(path, kind, exif=exif.tobytes(), **more)
    return path


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("format_", Format)
@pytest.mark.parametrize("policy", Policy)
def test_pixels_are_upright_and_no_viewer_turns_them_again(orientation, format_, policy, tmp_path):
    path = pictures.jpeg(tmp_path / "a.jpg", size=(240, 160), orientation=orientation)
    image = opened(render(photo(path), Rendition(format_, 120, 90, policy)))
    assert image.format == format_.upper()
    assert image.size == (120, 80)
    assert image.getexif().get(Base.Orientation, 1) == 1
    shown = np.asarray(Image.fromarray(pictures.scene((240, 160))).resize((120, 80), Image.Resampling.LANCZOS))
    assert np.abs(np.asarray(image.convert("RGB")).astype(float) - shown).mean() < 6


def test_nothing_is_enlarged(tmp_path):
    path = pictures.jpeg(tmp_path / "a.jpg", size=(240, 160))
    assert opened(render(photo(path), Rendition(Format.JPEG, 4000))).size == (240, 160)


def test_colours_are_brought_into_srgb_and_said_to_be(tmp_path):
    grey = np.full((64, 64, 3), (60, 160, 60), np.uint8)
    path = tmp_path / "a.jpg"
    Image.fromarray(grey).save(path, quality=95, icc_profile=adobe_rgb())
    image = opened(render(photo(path), Rendition(Format.JPEG, 64, 95)))
    red, green, _ = np.asarray(image)[32, 32]
    assert green > 155 and red < 20, "this green lies at the edge of sRGB"
    profile = ImageCms.ImageCmsProfile(io.BytesIO(image.info["icc_profile"]))
    assert "sRGB" in ImageCms.getProfileDescription(profile)


@pytest.mark.parametrize("format_", Format)
@pytest.mark.parametrize("kind", ["JPEG", "TIFF", "WEBP"])
def test_all_lets_everything_through_but_what_would_be_wrong(kind, format_, tmp_path):
    path = told(tmp_path / f"a.{kind.lower()}", kind=kind)
    exif = opened(render(photo(path), Rendition(format_, 100, policy=Policy.ALL))).getexif()
    details = exif.get_ifd(IFD.Exif)
    assert (exif[Base.Artist], exif[Base.Model], exif[Base.ImageDescription]) == ("Ada", "Testcam", "the cake")
    assert details[Base.DateTimeOriginal] == f"{pictures.CAPTURED:%Y:%m:%d %H:%M:%S}"
    assert details[Base.LensModel] == "50mm F1.4"
    assert details[Base.ColorSpace] == 1
    assert (details[Base.ExifImageWidth], details[Base.ExifImageHeight]) == (67, 100)
    assert exif.get_ifd(IFD.GPSInfo)[1] == "N"
    assert Base.MakerNote not in details
    assert not exif.get_ifd(IFD.IFD1), "a thumbnail of what was cut away"


@pytest.mark.parametrize("format_", Format)
def test_copyright_lets_only_the_author_through(format_, tmp_path):
    data = render(photo(told(tmp_path / "a.jpg")), Rendition(format_, 100, policy=Policy.COPYRIGHT))
    exif = opened(data).getexif()
    assert dict(exif) == {Base.Artist: "Ada", Base.Copyright: "(c) Ada"}
    assert b"Testcam" not in data and b"cake" not in data


@pytest.mark.parametrize("format_", Format)
def test_none_lets_nothing_through(format_, tmp_path):
    data = render(photo(told(tmp_path / "a.jpg")), Rendition(format_, 100, policy=Policy.NONE))
    assert not dict(opened(data).getexif())
    assert b"Exif" not in data and b"Ada" not in data


def test_a_raw_tells_what_it_knows(tmp_path):
    path = pictures.dng(tmp_path / "a.dng", size=(96, 64))
    data = render(photo(path), Rendition(Format.JPEG, 40, policy=Policy.ALL))
    known = metadata.read(data)
    assert (known.camera, known.captured, known.orientation) == (
        metadata.read(path.read_bytes()).camera, pictures.CAPTURED.replace(microsecond=known.captured.microsecond), 1
    )  # fmt: skip


def test_exif_that_no_jpeg_has_room_for_makes_way(tmp_path):
    path = told(tmp_path / "a.webp", kind="WEBP")
    exif = Image.Exif()
    exif[Base.Artist], exif[Base.ImageDescription] = "Ada", "x" * 70_000
    Image.fromarray(pictures.scene((60, 40))).save(path, "WEBP", exif=exif.tobytes())
    kept = opened(render(photo(path), Rendition(Format.JPEG, 40, policy=Policy.ALL))).getexif()
    assert kept[Base.Artist] == "Ada" and Base.ImageDescription not in kept


def test_damaged_exif_does_not_stop_a_rendition(tmp_path):
    data = bytearray(told(tmp_path / "a.jpg", orientation=1).read_bytes())
    start = data.index(b"Exif\0\0") + 6
    data[start + 4 : start + 8] = b"\xff\xff\xff\x7f"
    (tmp_path / "a.jpg").write_bytes(data)
    for policy in Policy:
        assert opened(render(photo(tmp_path / "a.jpg"), Rendition(Format.JPEG, 100, policy=policy))).size == (100, 67)


@pytest.mark.parametrize(("edge", "quality"), [(15, 80), (70_000, 80), (100, 0), (100, 101)])
def test_sizes_and_qualities_that_cannot_be_are_refused(edge, quality):
    with pytest.raises(UnusableInput):
        Rendition(Format.JPEG, edge, quality)
    with pytest.raises(UnusableInput):
        Rendition(Format.WEBP, 16_384)
