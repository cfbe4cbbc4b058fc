"""Write a digital negative: a Bayer mosaic with the tags that raw developers need (DNG Specification 1.4, Adobe)."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

WHITE_LEVEL = 16383
"""Of a 14-bit sensor."""
BLACK_LEVEL = 512
XYZ_TO_LINEAR_SRGB = (
    3.2404542,
    -1.5371385,
    -0.4985314,
    -0.9692660,
    1.8760108,
    0.0415560,
    0.0556434,
    -0.2040259,
    1.0572252,
)
"""The colours of a sensor whose filters are the sRGB primaries, seen under D65 (IEC 61966-2-1)."""
D65 = 21
"""EXIF LightSource of that white point."""
RGGB = bytes((0, 1, 1, 2))


@dataclass(frozen=True, slots=True)
class Shot:
    """What a digital negative says of its capture."""

    make: str
    model: str
    serial: str
    captured: datetime


def mosaic(light: NDArray[np.float32]) -> NDArray[np.uint16]:
    """What a sensor behind an RGGB filter records of `light`.

    `light` is [height, width, 3], linear sRGB, 0-1, with even height and width; the result is [height, width].
    """
    filtered = np.empty(light.shape[:2], dtype=np.float32)
    filtered[0::2, 0::2] = light[0::2, 0::2, 0]
    filtered[0::2, 1::2] = light[0::2, 1::2, 1]
    filtered[1::2, 0::2] = light[1::2, 0::2, 1]
    filtered[1::2, 1::2] = light[1::2, 1::2, 2]
    counts = BLACK_LEVEL + filtered.clip(0.0, 1.0) * (WHITE_LEVEL - BLACK_LEVEL)
    return counts.round().astype(np.uint16)


def encode(light: NDArray[np.float32], shot: Shot) -> bytes:
    """A whole DNG file of `light` ([height, width, 3], linear sRGB, 0-1, even height and width)."""
    import tifffile

    file = io.BytesIO()
    # The byte order is stated, so that the file is the same on every machine.
    with tifffile.TiffWriter(file, byteorder="<") as writer:
        writer.write(
            mosaic(light),
            photometric=tifffile.PHOTOMETRIC.CFA,
            metadata=None,
            software="Chinagraph",
            extratags=_tags(shot),
        )
    return file.getvalue()


def _tags(shot: Shot) -> list[tuple[int, int, int, object, bool]]:
    """(code, TIFF type, count, value, write once) in the form that tifffile takes."""
    byte, text, short, rational, signed_rational = 1, 2, 3, 5, 10
    model = f"{shot.make} {shot.model}"
    fraction = f"{shot.captured.microsecond // 1000:03}"
    matrix = tuple(part for value in XYZ_TO_LINEAR_SRGB for part in (round(value * 10_000_000), 10_000_000))
    return [
        (271, text, 0, shot.make, True),  # Make
        (272, text, 0, shot.model, True),  # Model
        (274, short, 1, 1, True),  # Orientation
        (33421, short, 2, (2, 2), True),  # CFARepeatPatternDim
        (33422, byte, 4, RGGB, True),  # CFAPattern
        (36867, text, 0, f"{shot.captured:%Y:%m:%d %H:%M:%S}", True),  # DateTimeOriginal, here as TIFF/EP has it
        (37521, text, 0, fraction, True),  # SubSecTimeOriginal
        (50706, byte, 4, bytes((1, 4, 0, 0)), True),  # DNGVersion
        (50707, byte, 4, bytes((1, 1, 0, 0)), True),  # DNGBackwardVersion
        (50708, text, 0, model, True),  # UniqueCameraModel
        (50714, short, 1, BLACK_LEVEL, True),  # BlackLevel
        (50717, short, 1, WHITE_LEVEL, True),  # WhiteLevel
        (50721, signed_rational, 9, matrix, True),  # ColorMatrix1
        (50728, rational, 3, (1, 1, 1, 1, 1, 1), True),  # AsShotNeutral
        (50735, text, 0, shot.serial, True),  # CameraSerialNumber
        (50778, short, 1, D65, True),  # CalibrationIlluminant1
    ]
