"""decode: the one picture of a run, the whole picture, draft and sketch; and the reasons where there is none."""

from __future__ import annotations

import hashlib
import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.errors import (
    ChangedFile,
    DamagedFile,
    EmptyFile,
    ForbiddenFile,
    PictureTooLarge,
    UnsupportedFile,
    VanishedFile,
)
from engine.files import colour, decode, jpeg, shoot
from engine.types import Frame, Photo
from tests import pictures


def photo(path: Path) -> Photo:
    return Photo(path, (path,), shoot.stamp(path))


def opened(path: Path) -> Frame:
    return decode.open(photo(path))


def difference(first: np.ndarray, second: np.ndarray) -> float:
    """Mean, in levels, of two pictures of which the larger is shrunk to the smaller."""
    height, width = min(first.shape[:2], second.shape[:2])
    same = [Image.fromarray(pixels).resize((width, height), Image.Resampling.BOX) for pixels in (first, second)]
    return float(np.abs(np.asarray(same[0], int) - np.asarray(same[1], int)).mean())


def test_a_small_jpeg_is_decoded_whole(tmp_path):
    frame = opened(pictures.jpeg(tmp_path / "a.jpg", size=(480, 320)))
    assert (frame.source, frame.width, frame.height, frame.scale) == ("full", 480, 320, 1.0)
    assert frame.pixels.shape == (320, 480, 3)
    assert difference(frame.pixels, pictures.scene((480, 320))) < 4


@pytest.mark.parametrize(("size", "half"), [((3200, 400), (200, 1600)), ((401, 3201), (1601, 201))])
def test_a_large_jpeg_is_decoded_at_half_scale(size, half, tmp_path):
    frame = opened(pictures.jpeg(tmp_path / "a.jpg", size=size))
    assert (frame.source, frame.width, frame.height) == ("half", *size)
    assert frame.pixels.shape[:2] == half
    assert frame.scale == pytest.approx(0.5, abs=0.01)
    assert difference(frame.pixels, pictures.scene(size)) < 4


def test_half_scale_begins_where_it_leaves_1600_pixels(tmp_path):
    assert opened(pictures.jpeg(tmp_path / "a.jpg", size=(3199, 300))).source == "full"


def test_a_preview_of_the_multi_picture_format_stands_in_for_the_picture(tmp_path):
    path = pictures.mpf_jpeg(tmp_path / "a.jpg")
    frame = opened(path)
    assert (frame.source, frame.width, frame.height) == ("preview", 4000, 400)
    assert max(frame.pixels.shape) == 1620
    assert difference(frame.pixels, 255 - pictures.scene((4000, 400))) < 4, "the preview is the one in negative"
    whole = decode.full(photo(path))
    assert (whole.source, whole.pixels.shape) == ("full", (400, 4000, 3))
    assert difference(whole.pixels, pictures.scene((4000, 400))) < 4


def test_a_preview_that_is_too_small_is_left_alone(tmp_path):
    assert opened(pictures.mpf_jpeg(tmp_path / "a.jpg", preview=1500)).source == "half"


def test_a_damaged_multi_picture_index_does_no_harm(tmp_path):
    data = bytearray(pictures.mpf_jpeg(tmp_path / "a.jpg").read_bytes())
    index = data.index(b"MPF\0")
    for torn in range(index + 4, index + 80, 3):
        path = tmp_path / "torn.jpg"
        path.write_bytes(data[:torn] + b"\xee" + data[torn + 1 :])
        assert opened(path).source in ("half", "preview")


@pytest.mark.parametrize("orientation", [*range(1, 9), 99])
@pytest.mark.parametrize("size", [(480, 320), (3300, 200)])
def test_jpegs_are_turned_upright(size, orientation, tmp_path):
    frame = opened(pictures.jpeg(tmp_path / "a.jpg", size=size, orientation=orientation))
    assert (frame.width, frame.height) == size
    assert frame.pixels.flags.c_contiguous
    shown = pictures.scene(size)
    assert difference(frame.pixels, shown) < 4 < difference(frame.pixels, shown[::-1, ::-1])
    assert frame.metadata.orientation == (orientation if orientation <= 8 else 1)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_tiffs_are_turned_upright(orientation, tmp_path):
    frame = opened(pictures.tiff(tmp_path / "a.tif", orientation=orientation))
    assert np.array_equal(frame.pixels, pictures.scene())


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_heics_are_turned_upright_once(orientation, tmp_path):
    frame = opened(pictures.heic(tmp_path / "a.heic", orientation=orientation))
    assert (frame.width, frame.height) == pictures.SIZE
    assert difference(frame.pixels, pictures.scene()) < 4
    assert frame.metadata.captured == pictures.CAPTURED


@pytest.mark.parametrize("mode", ["RGB", "RGB;16", "RGBA", "P"])
def test_pngs_of_every_depth_show_their_colours(mode, tmp_path):
    pixels = opened(pictures.png(tmp_path / "a.png", mode)).pixels
    shown = pictures.scene()
    if mode == "RGBA":
        shown[:, : shown.shape[1] // 2] = 255
    assert difference(pixels, shown) < (6 if mode == "P" else 0.6)


@pytest.mark.parametrize("mode", ["L", "LA", "I;16", "1"])
def test_grey_pngs_are_grey(mode, tmp_path):
    pixels = opened(pictures.png(tmp_path / "a.png", mode)).pixels
    grey = np.asarray(Image.fromarray(pictures.scene()).convert("1" if mode == "1" else "L").convert("RGB")).copy()
    if mode == "LA":
        grey[:, : grey.shape[1] // 2] = 255
    assert difference(pixels, grey) < 0.6


def test_a_dark_16_bit_grey_picture_stays_dark(tmp_path):
    Image.fromarray(np.full((8, 8), 300, np.uint16)).save(tmp_path / "dark.png")
    assert opened(tmp_path / "dark.png").pixels.max() == 1


@pytest.mark.parametrize("mode", ["RGB", "RGB;16", "L", "CMYK"])
def test_tiffs_of_every_depth_open(mode, tmp_path):
    pixels = opened(pictures.tiff(tmp_path / "a.tif", mode)).pixels
    grey = np.asarray(Image.fromarray(pictures.scene()).convert("L").convert("RGB"))
    assert difference(pixels, grey if mode == "L" else pictures.scene()) < 1


@pytest.mark.parametrize("kind", ["GIF", "PNG", "WEBP"])
def test_of_an_animation_the_first_frame_is_shown(kind, tmp_path):
    pixels = opened(pictures.animated(tmp_path / f"a.{kind.lower()}", kind)).pixels
    assert difference(pixels, pictures.scene((180, 120))) < 8 < difference(pixels, pictures.scene((180, 120), seed=1))


@pytest.mark.parametrize("options", [{"mode": "L"}, {"mode": "CMYK"}, {"progressive": True}])
def test_jpegs_of_every_kind_open_at_every_scale(options, tmp_path):
    for size in ((480, 320), (3400, 300)):
        path = pictures.jpeg(tmp_path / "a.jpg", size=size, **options)
        shown = pictures.scene(size)
        if options.get("mode") == "L":
            shown = np.asarray(Image.fromarray(shown).convert("L").convert("RGB"))
        frame = opened(path)
        assert (frame.width, frame.height) == size
        assert difference(frame.pixels, shown) < 5
        assert decode.full(photo(path)).pixels.shape == (size[1], size[0], 3)


@pytest.mark.parametrize("kind", ["webp", "avif"])
def test_what_telephones_write_opens_and_says_when(kind, tmp_path):
    frame = opened(getattr(pictures, kind)(tmp_path / f"a.{kind}"))
    assert difference(frame.pixels, pictures.scene()) < 6
    assert frame.metadata.captured == pictures.CAPTURED


def wide(shown: np.ndarray) -> np.ndarray:
    """A scene whose levels are Adobe RGB's, in sRGB."""
    return np.asarray(colour.to_srgb(Image.fromarray(shown), colour.adobe_rgb()))


@pytest.mark.parametrize("size", [(480, 320), (3300, 200)])
def test_a_profile_is_heeded_at_every_scale(size, tmp_path):
    pixels = opened(pictures.jpeg(tmp_path / "a.jpg", size=size, icc=colour.adobe_rgb())).pixels
    shown = pictures.scene(size)
    assert difference(pixels, wide(shown)) < 4 < difference(wide(shown), shown)


def test_adobe_rgb_is_heeded_where_only_exif_speaks_of_it(tmp_path):
    path = pictures.jpeg(tmp_path / "a.jpg", interoperability="R03")
    assert difference(opened(path).pixels, wide(pictures.scene())) < 4
    path = pictures.jpeg(tmp_path / "b.jpg", interoperability="R98", model="R03")
    assert difference(opened(path).pixels, pictures.scene()) < 4


def test_a_raw_shows_its_preview_where_that_is_large_enough(tmp_path):
    frame = opened(pictures.dng(tmp_path / "a.dng", preview=1600))
    assert (frame.source, frame.width, frame.height) == ("preview", *pictures.SIZE)
    assert difference(frame.pixels, 255 - pictures.scene()) < 5


@pytest.mark.parametrize("preview", [None, 300])
def test_a_raw_is_developed_at_half_size_where_it_has_no_sufficient_preview(preview, tmp_path):
    frame = opened(pictures.dng(tmp_path / "a.dng", preview=preview))
    assert (frame.source, frame.width, frame.height) == ("raw half", *pictures.SIZE)
    assert frame.pixels.shape[:2] == (160, 240)
    assert np.corrcoef(frame.pixels.ravel(), np.asarray(shrunk(pictures.scene())).ravel())[0, 1] > 0.9
    assert frame.metadata.camera == "Chinagraph Testcam"


def shrunk(pixels: np.ndarray) -> Image.Image:
    return Image.fromarray(pixels).reduce(2)


@pytest.mark.parametrize(("edge", "factor"), [(500, 8), (1000, 4), (2000, 2), (2100, 1), (9000, 1)])
def test_a_draft_is_as_small_as_it_may_be(edge, factor, tmp_path):
    path = pictures.jpeg(tmp_path / "a.jpg", size=(4000, 400), orientation=6)
    pixels = decode.draft(photo(path), edge)
    assert max(pixels.shape) == 4000 // factor
    assert pixels.shape[1] > pixels.shape[0]
    assert difference(pixels, pictures.scene((4000, 400))) < 6


def test_a_draft_larger_than_the_preview_comes_from_the_picture(tmp_path):
    path = pictures.mpf_jpeg(tmp_path / "a.jpg")
    assert max(decode.draft(photo(path), 400).shape) == 810 // 2
    assert max(decode.draft(photo(path), 1900).shape) == 2000


def test_a_draft_of_other_kinds_is_their_picture(tmp_path):
    assert np.array_equal(decode.draft(photo(pictures.png(tmp_path / "a.png")), 100), pictures.scene())


@pytest.mark.parametrize(("edge", "long_edge", "source"), [(400, 405, "preview"), (1700, 2000, "draft")])
def test_a_sketch_is_the_quickest_that_is_large_enough_and_says_what_it_stands_for(edge, long_edge, source, tmp_path):
    sketch = decode.sketch(photo(pictures.mpf_jpeg(tmp_path / "a.jpg")), edge)
    assert (max(sketch.pixels.shape), sketch.source, sketch.width, sketch.height) == (long_edge, source, 4000, 400)


def test_a_sketch_is_upright_and_in_the_colours_of_the_whole(tmp_path):
    path = pictures.jpeg(tmp_path / "a.jpg", size=(2000, 1000), orientation=6, icc=colour.adobe_rgb())
    sketch, full = decode.sketch(photo(path), 400), decode.full(photo(path))
    assert (sketch.width, sketch.height) == (full.width, full.height)
    shrunk_full = np.asarray(Image.fromarray(full.pixels).resize(sketch.pixels.shape[1::-1], Image.Resampling.BOX))
    assert difference(sketch.pixels, shrunk_full) < 4


def test_a_preview_with_bars_beside_the_picture_is_no_sketch(tmp_path):
    path = pictures.mpf_jpeg(tmp_path / "a.jpg", bars=20)
    assert decode.sketch(photo(path), 400).source == "draft"


def test_there_is_no_sketch_where_every_pixel_is_as_quick(tmp_path):
    assert decode.sketch(photo(pictures.jpeg(tmp_path / "a.jpg", size=(1000, 400))), 600) is None
    assert decode.sketch(photo(pictures.png(tmp_path / "a.png")), 100) is None
    assert decode.sketch(photo(pictures.dng(tmp_path / "a.dng")), 100) is None


def test_the_sketch_of_a_raw_is_its_preview_with_fewer_pixels(tmp_path):
    sketch = decode.sketch(photo(pictures.dng(tmp_path / "a.dng", preview=1620)), 700)
    assert (max(sketch.pixels.shape), sketch.source) == (810, "preview")
    assert (sketch.width, sketch.height) == pictures.SIZE


def test_content_counts_more_than_the_name(tmp_path):
    assert difference(opened(pictures.png(tmp_path / "really_a_png.jpg")).pixels, pictures.scene()) == 0
    path = pictures.jpeg(tmp_path / "a.jpg").rename(tmp_path / "really_a_jpeg.png")
    assert difference(opened(path).pixels, pictures.scene()) < 4


def test_the_fingerprint_is_of_the_files_bytes_and_can_be_handed_in(tmp_path):
    path = pictures.jpeg(tmp_path / "a.jpg")
    data = path.read_bytes()
    assert opened(path).fingerprint == hashlib.blake2b(data, digest_size=20).hexdigest() == decode.fingerprint(data)
    assert decode.decode(data, photo(path), mark="known").fingerprint == "known"


def test_the_same_bytes_give_the_same_pixels(tmp_path):
    path = pictures.jpeg(tmp_path / "a.jpg", size=(3300, 300))
    assert np.array_equal(opened(path).pixels, opened(path).pixels)


def test_a_file_that_is_gone_says_so(tmp_path):
    lost = photo(pictures.jpeg(tmp_path / "a.jpg"))
    lost.path.unlink()
    with pytest.raises(VanishedFile, match=r"a\.jpg is not there any more"):
        decode.read(lost)


def test_an_empty_file_says_so(tmp_path):
    with pytest.raises(EmptyFile, match="0 bytes"):
        opened(pictures.empty(tmp_path / "a.jpg"))


def test_a_file_that_changed_since_the_listing_says_so(tmp_path):
    listed = photo(pictures.jpeg(tmp_path / "a.jpg"))
    pictures.jpeg(listed.path, seed=1)
    with pytest.raises(ChangedFile, match="changed"):
        decode.read(listed)


def test_a_file_that_grows_while_it_is_read_says_so(tmp_path, monkeypatch):
    listed = photo(pictures.jpeg(tmp_path / "a.jpg"))
    status = os.fstat

    def grow_first(descriptor: int) -> os.stat_result:
        before = status(descriptor)
        with listed.path.open("ab") as file:
            file.write(b"more")
        return before

    monkeypatch.setattr(os, "fstat", grow_first)
    with pytest.raises(ChangedFile, match="changed while it was being read"):
        decode.read(listed)


def test_a_file_that_may_not_be_read_says_so(tmp_path, monkeypatch):
    locked = photo(pictures.jpeg(tmp_path / "a.jpg"))

    def refuse(path: Path, mode: str) -> object:
        raise PermissionError(13, "Permission denied", str(path))

    # Permissions do not bind root, as whom tests may run.
    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(ForbiddenFile, match="Permission denied"):
        decode.read(locked)


@pytest.mark.parametrize("cause", [5, 40])
def test_a_failing_drive_says_so(cause, tmp_path, monkeypatch):
    listed = photo(pictures.jpeg(tmp_path / "a.jpg"))

    def fail(path: Path, mode: str) -> object:
        raise OSError(cause, os.strerror(cause), str(path))

    monkeypatch.setattr(Path, "open", fail)
    with pytest.raises((DamagedFile, VanishedFile), match=r"a\.jpg (could not be read|cannot be reached)"):
        decode.read(listed)


def test_the_cap_is_the_callers_to_set(tmp_path):
    path = pictures.jpeg(tmp_path / "a.jpg", size=(400, 300))
    with pytest.raises(PictureTooLarge, match="400 x 300"):
        decode.open(photo(path), pixel_cap=100_000)
    assert decode.open(photo(path), pixel_cap=120_000).width == 400


def test_a_raw_is_told_from_what_only_has_its_name(tmp_path):
    with pytest.raises(UnsupportedFile, match="no kind of RAW"):
        opened(pictures.text(tmp_path / "a.nef"))


def test_previews_are_at_least_as_large_as_stated():
    assert jpeg.LEAST_EDGE == 1600


def test_a_photo_with_another_stamp_is_not_read(tmp_path):
    listed = photo(pictures.jpeg(tmp_path / "a.jpg"))
    with pytest.raises(ChangedFile):
        decode.read(replace(listed, stamp=replace(listed.stamp, mtime_ns=1)))
