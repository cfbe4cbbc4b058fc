"""picture: half scale as for JPEGs, little memory, and only Pillow's own readers of pictures."""

from __future__ import annotations

import struct
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.errors import DamagedFile, PictureTooLarge, UnsupportedFile
from engine.files import decode, shoot
from engine.types import Photo
from tests import pictures

LIMIT = 300_000_000
"""Bytes that a whole process may take for one file of a few kilobytes."""
LARGEST = (6_000, 6_600)
"""Just below what is refused for its few bytes."""
OPEN = """
import sys
from pathlib import Path
from engine.files import decode, shoot
from engine.types import Photo
path = Path(sys.argv[1])
print(decode.open(Photo(path, (path,), shoot.stamp(path))).pixels.shape)
# Not getrusage: its peak begins with that of the process which started this one.
print(*(line.split()[1] for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")))
"""


def photo(path: Path) -> Photo:
    return Photo(path, (path,), shoot.stamp(path))


def plain(path: Path, mode: str) -> Path:
    """A PNG of one colour."""
    Image.new(mode, LARGEST).save(path, compress_level=1)
    return path


FLAT: dict[str, Callable[[Path], Path]] = {
    "palette.png": lambda path: plain(path, "P"),
    "transparent.png": lambda path: plain(path, "RGBA"),
    "deep.png": lambda path: plain(path, "I;16"),
}


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="peak memory is asked for as Linux knows it")
@pytest.mark.parametrize("name", FLAT)
def test_the_largest_flat_picture_that_opens_stays_below_300_mb(name, tmp_path):
    path = FLAT[name](tmp_path / name)
    done = subprocess.run([sys.executable, "-c", OPEN, str(path)], capture_output=True, text=True, check=True)
    shape, peak = done.stdout.splitlines()
    assert shape == str((LARGEST[1] // 2, LARGEST[0] // 2, 3))
    assert int(peak) * 1024 < LIMIT


def test_a_heic_of_kilobytes_that_claims_a_large_picture_is_refused(tmp_path):
    path = pictures.heic(tmp_path / "a.heic", size=(64, 64))
    data = bytearray(path.read_bytes())
    extents = data.index(b"ispe") + 8  # ImageSpatialExtentsProperty (ISO/IEC 23008-12, 6.5.3)
    assert struct.unpack_from(">2L", data, extents) == (64, 64)
    struct.pack_into(">2L", data, extents, 4_000, 3_200)
    path.write_bytes(data)
    with pytest.raises(PictureTooLarge):
        decode.open(photo(path))


@pytest.mark.parametrize(("mode", "size"), [("RGB", (3201, 303)), ("I;16", (3200, 257)), ("P", (3201, 300))])
def test_large_pictures_are_halved_by_averages_and_whole_in_the_loupe(mode, size, tmp_path):
    one = photo(pictures.png(tmp_path / "a.png", mode, size=size))
    frame, whole = decode.open(one), decode.full(one)
    assert (frame.source, frame.width, frame.height) == ("half", *size)
    assert (whole.source, whole.pixels.shape[:2]) == ("full", size[::-1])
    assert frame.pixels.shape == (-(-size[1] // 2), -(-size[0] // 2), 3)
    even = whole.pixels[: size[1] // 2 * 2, : size[0] // 2 * 2].astype(np.float32)
    means = even.reshape(size[1] // 2, 2, size[0] // 2, 2, 3).mean((1, 3))
    assert np.abs(frame.pixels[: size[1] // 2, : size[0] // 2] - means).max() <= 1


def test_transparent_parts_lie_on_paper_at_every_scale(tmp_path):
    for size in ((400, 300), (3200, 300)):
        pixels = decode.open(photo(pictures.png(tmp_path / "a.png", "RGBA", size=size))).pixels
        middle = pixels.shape[1] // 2
        assert (pixels[:, : middle - 1] == 255).all()
        assert pixels[:, middle + 1 :].mean() < 200


def test_postscript_is_not_run(tmp_path):
    path = tmp_path / "a.jpg"
    path.write_bytes(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 100 100\n%%EndComments\nshowpage\n")
    with pytest.raises(UnsupportedFile):
        decode.open(photo(path))


def test_a_jpeg_under_the_name_of_a_raw_opens(tmp_path):
    assert decode.open(photo(pictures.jpeg(tmp_path / "IMG_1.CR2"))).source == "full"


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("size", [(900, 600), (3300, 400)])
def test_a_bad_sector_in_a_jpeg_is_damage(seed, size, tmp_path):
    path = pictures.jpeg(tmp_path / "a.jpg", size=size)
    data = bytearray(path.read_bytes())
    # No byte is 255: there is no marker in it, and a decoder reads on without a sign of trouble.
    data[len(data) // 2 : len(data) // 2 + 512] = np.random.default_rng(seed).integers(0, 255, 512, np.uint8).tobytes()
    path.write_bytes(data)
    with pytest.raises(DamagedFile):
        decode.open(photo(path))


def test_padding_before_the_end_of_a_jpeg_is_none(tmp_path):
    path = pictures.jpeg(tmp_path / "a.jpg")
    pixels = decode.open(photo(path)).pixels
    data = path.read_bytes()
    path.write_bytes(data[:-2] + bytes(8) + data[-2:])
    assert np.abs(decode.open(photo(path)).pixels.astype(int) - pixels).max() <= 2
