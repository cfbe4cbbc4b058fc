"""A camera that takes a photograph again: framing, focus, movement, exposure, noise, and the file that comes out."""

from __future__ import annotations

import io
from datetime import datetime
from fractions import Fraction
from functools import cache
from typing import cast

import numpy as np
from numpy.typing import NDArray
from PIL import ExifTags, Image, TiffImagePlugin

from engine.sample.scenes import Scene, Take

LONG_EDGE, SHORT_EDGE = 1536, 1024
"""Pixels of every frame."""
MAKE = "Chinagraph"
LENS = "Chinagraph 24-70mm F4"
FULL_WELL = 20_000.0
"""Electrons of a white pixel at `BASE_ISO`; it sets how noisy a frame is."""
BASE_ISO = 100
READ_NOISE = 6.0
"""Electrons."""
ON_ITS_SIDE = 8
"""EXIF orientation of a portrait frame: the camera was turned, and the pixels lie as the sensor read them."""


def project(photograph: NDArray[np.uint8], scene: Scene, take: Take) -> NDArray[np.float32]:
    """What the lens throws on the sensor, [height, width, 3], linear sRGB, 0-1, upright.

    `photograph` is [height, width, 3], sRGB. What lies outside of it is mirrored.
    """
    import cv2

    size = (SHORT_EDGE, LONG_EDGE) if scene.portrait else (LONG_EDGE, SHORT_EDGE)
    pixels = cv2.warpAffine(
        photograph,
        _framing(photograph.shape[1], photograph.shape[0], size, scene, take),
        size,
        flags=cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REFLECT_101,
    )
    light = _linear_of_byte()[pixels]
    if take.blur:
        light = cv2.filter2D(light, -1, disc(take.blur * LONG_EDGE))
    if take.shake:
        light = cv2.filter2D(light, -1, trail(take.shake * LONG_EDGE, take.direction))
    return cast("NDArray[np.float32]", light)


def expose(light: NDArray[np.float32], take: Take, generator: np.random.Generator) -> NDArray[np.float32]:
    """What the sensor counts, linear, 0-1: more or less light, photon and read noise, and white where it is full."""
    exposed = light * np.float32(2.0**take.ev)
    electrons = FULL_WELL * BASE_ISO / take.iso
    noise = generator.standard_normal(exposed.shape, dtype=np.float32)
    noise *= np.sqrt(exposed * np.float32(electrons) + np.float32(READ_NOISE**2)) / np.float32(electrons)
    return cast("NDArray[np.float32]", np.clip(exposed + noise, 0.0, 1.0))


def develop(light: NDArray[np.float32], scene: Scene, take: Take, captured: datetime) -> bytes:
    """The camera's JPEG with its EXIF; `light` is upright, linear, 0-1."""
    pixels = _byte_of_linear()[(light * 65535.0).astype(np.uint16)]
    if scene.portrait:
        pixels = np.rot90(pixels, -1)
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "JPEG", quality=90, exif=_exif(scene, take, captured))
    return file.getvalue()


def disc(radius: float) -> NDArray[np.float32]:
    """The picture of a point out of focus, [n, n], sums to 1; `radius` in pixels."""
    x, y = _grid(radius)
    return _normalised(np.clip(radius + 0.5 - np.hypot(x, y), 0.0, 1.0))


def trail(length: float, direction: float) -> NDArray[np.float32]:
    """What a camera that moves makes of a point, [n, n], sums to 1; `length` in pixels, `direction` in degrees."""
    x, y = _grid(length / 2)
    cos, sin = np.cos(np.radians(direction)), np.sin(np.radians(direction))
    along = np.clip(length / 2 + 0.5 - np.abs(x * cos + y * sin), 0.0, 1.0)
    across = np.clip(1.0 - np.abs(y * cos - x * sin), 0.0, 1.0)
    return _normalised(along * across)


def _framing(width: int, height: int, size: tuple[int, int], scene: Scene, take: Take) -> NDArray[np.float64]:
    """[2, 3], from pixels of the frame of `size` to pixels of the photograph."""
    scale = scene.width * width / size[0]
    cos, sin = scale * np.cos(np.radians(take.tilt)), scale * np.sin(np.radians(take.tilt))
    x = scene.centre[0] * width + take.dx * scale * size[0]
    y = scene.centre[1] * height + take.dy * scale * size[1]
    turn = np.array([[cos, sin], [-sin, cos]])
    return np.column_stack([turn, np.array([x, y]) - turn @ (np.array(size) / 2)])


def _exif(scene: Scene, take: Take, captured: datetime) -> Image.Exif:
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = MAKE
    exif[ExifTags.Base.Model] = scene.body.model
    exif[ExifTags.Base.Orientation] = ON_ITS_SIDE if scene.portrait else 1
    exif[ExifTags.Base.Software] = MAKE
    details = exif.get_ifd(ExifTags.IFD.Exif)
    details[ExifTags.Base.DateTimeOriginal] = f"{captured:%Y:%m:%d %H:%M:%S}"
    details[ExifTags.Base.SubsecTimeOriginal] = f"{captured.microsecond // 1000:03}"
    details[ExifTags.Base.OffsetTimeOriginal] = "+02:00"
    details[ExifTags.Base.ExposureTime] = _rational(scene.exposure_time * 2.0**take.ev)
    details[ExifTags.Base.FNumber] = _rational(4.0)
    details[ExifTags.Base.ISOSpeedRatings] = take.iso
    details[ExifTags.Base.ExposureBiasValue] = _rational(take.bias)
    details[ExifTags.Base.FocalLength] = _rational(50.0)
    details[ExifTags.Base.BodySerialNumber] = scene.body.serial
    details[ExifTags.Base.LensModel] = LENS
    return exif


def _rational(value: float) -> TiffImagePlugin.IFDRational:
    """As EXIF writes it, 1/250 rather than 0.004."""
    fraction = Fraction(value).limit_denominator(10_000)
    return TiffImagePlugin.IFDRational(fraction.numerator, fraction.denominator)


def _grid(reach: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Coordinates x and y, in pixels, of a kernel that reaches this far from its centre."""
    edge = int(np.ceil(reach + 1))
    y, x = np.mgrid[-edge : edge + 1, -edge : edge + 1].astype(np.float64)
    return x, y


def _normalised(kernel: NDArray[np.float64]) -> NDArray[np.float32]:
    return np.asarray(kernel / kernel.sum(), dtype=np.float32)


@cache
def _linear_of_byte() -> NDArray[np.float32]:
    """[256], the sRGB transfer function (IEC 61966-2-1)."""
    value = np.arange(256) / 255.0
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4).astype(np.float32)


@cache
def _byte_of_linear() -> NDArray[np.uint8]:
    """[65536], its inverse, for light in 65,535 steps."""
    light = np.arange(65536) / 65535.0
    value = np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)
    return (value * 255.0).round().astype(np.uint8)
