"""Shoots for the tests, made on the spot: real JPEGs with EXIF, as a camera would leave them."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
from PIL import Image, ImageFilter
from PIL.TiffImagePlugin import IFDRational

START = datetime(2026, 5, 1, 12, 0, 0)
SIZE = (480, 320)
READABLE, UNREADABLE = 9, 2
"""Photos of `small_shoot`."""


def write_photo(
    path: Path,
    scene: int,
    seconds: float | None = 0.0,
    *,
    blur: float = 0.0,
    bias: float = 0.0,
    body: str = "1001",
    size: tuple[int, int] = SIZE,
) -> Path:
    """One JPEG: `scene` is what it shows, `seconds` after `START` its capture, `blur` the focus error in pixels."""
    random = np.random.default_rng(scene)
    coarse = Image.fromarray(random.integers(0, 256, (9, 13, 3), dtype=np.uint8)).resize(size, Image.Resampling.BICUBIC)
    fine = Image.fromarray(random.integers(0, 256, (80, 120, 3), dtype=np.uint8)).resize(size, Image.Resampling.BICUBIC)
    picture = Image.blend(coarse, fine, 0.3).point(lambda value: value * 2.0**bias)
    if blur:
        picture = picture.filter(ImageFilter.GaussianBlur(blur))
    path.parent.mkdir(parents=True, exist_ok=True)
    picture.save(path, "JPEG", quality=90, exif=_exif(seconds, bias, body))
    return path


def small_shoot(folder: Path) -> Path:
    """A burst, a bracket, two singles of another body, one without a time; sidecar, video; an empty and a torn file."""
    for number, blur in enumerate((2.0, 0.0, 4.0)):
        write_photo(folder / f"burst{number}.jpg", 1, 0.25 * number, blur=blur)
    for number, bias in enumerate((0.0, -1.0, 1.0)):
        write_photo(folder / "evening" / f"bracket{number}.jpg", 2, 100 + 0.5 * number, bias=bias)
    write_photo(folder / "single1.jpg", 3, 0.1, body="2002")
    write_photo(folder / "single2.jpg", 4, 200.0, body="2002")
    write_photo(folder / "timeless.jpg", 5, None)
    (folder / "burst0.xmp").write_text("<x/>")
    (folder / "clip.mp4").write_bytes(b"\0\0\0\x18ftypmp42")
    (folder / "empty.jpg").write_bytes(b"")
    whole = (folder / "single1.jpg").read_bytes()
    (folder / "torn.jpg").write_bytes(whole[: len(whole) // 3])
    return folder


def many(folder: Path, count: int, size: tuple[int, int] = SIZE) -> Path:
    """`count` photos of different scenes, a minute apart."""
    for number in range(count):
        write_photo(folder / f"p{number:03}.jpg", number, 60.0 * number, size=size)
    return folder


def hollow(path: Path) -> None:
    """Overwrite a file with zeros behind its stamp's back: whoever still decoded it would fail."""
    before = path.stat()
    with path.open("r+b") as file:
        file.write(bytes(before.st_size))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def _exif(seconds: float | None, bias: float, body: str) -> Image.Exif:
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "Chinagraph", "Testcam"
    details = exif.get_ifd(0x8769)
    details[0xA431] = body
    details[0x9204] = IFDRational(round(bias * 3), 3)
    if seconds is not None:
        moment = START + timedelta(seconds=seconds)
        details[0x9003] = f"{moment:%Y:%m:%d %H:%M:%S}"
        details[0x9291] = f"{moment.microsecond // 1000:03}"
    return exif
