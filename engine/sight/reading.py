"""Readings: what is measured on the one decoded picture, with unit, normal range, region and scale."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.sight import clipping, colour_cast, light, motion, noise, tiles, tilt
from engine.sight.tiles import Grid, Tiles
from engine.types import Frame, Reading, Region

TRUST = 0.3
"""Confidence below which a reading claims nothing: its value is 0."""
TILT_EDGE = 400
"""Long edge, pixels, from which the reduced picture is large enough to find tilt on."""
# The middle 90 % of 2,000 photos that people rated well, all of 256 pixels (docs/readings.md gives the command).
_NORMAL = {
    "sharpness": (54.6, 156.4),
    "exposure": (-1.86, 1.73),
    "contrast": (0.117, 0.314),
    "clipping_high": (0.0, 0.073),
    "clipping_low": (0.0, 0.009),
    "clipping_red": (0.0, 0.045),
    "clipping_green": (0.0, 0.017),
    "clipping_blue": (0.0, 0.034),
    "noise": (0.0, 1.99),
    "cast_green_magenta": (-2.4, 6.5),
    "cast_blue_yellow": (-4.1, 9.1),
    "tilt": (-0.6, 0.6),
    "motion": (0.0, 0.4),
    "motion_direction": (0.0, 180.0),
}
_NORMAL_EDGE = 256
_FALL = 0.6
"""Larger pictures are softer from pixel to pixel: sharpness may fall with this power of the long edge."""
_Grey = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """What was measured on a frame, and what is kept of it until its subject is known."""

    readings: dict[str, Reading]
    tiles: Tiles


@dataclass(frozen=True, slots=True)
class _Found:
    """One thing that was measured."""

    name: str
    value: float
    unit: str
    region: Region | None = None
    confidence: float | None = None
    reduced: float = 1.0
    """Width of the picture that it was measured on as a share of the frame's."""


def measure(frame: Frame) -> Measured:
    """Sharpness, light, clipping, noise, colour cast, tilt and motion of a frame, by name, and its tiles.

    All are finite, and the same pixels always give the same numbers. A reading with a confidence below TRUST is 0;
    the direction of a motion that is not claimed is left out.
    """
    import cv2

    grey = np.asarray(cv2.cvtColor(frame.pixels, cv2.COLOR_RGB2GRAY), dtype=np.uint8)
    detail = tiles.detail(grey)
    deviation = noise.deviation(grey, detail)
    coarse = reduced(grey, motion.REDUCED)
    found = [
        _sharpest(detail, deviation),
        *_light(frame, grey),
        _Found("noise", deviation, "grey levels"),
        *_cast(frame),
        _tilt(grey, coarse),
        *_motion(grey, coarse, deviation),
    ]
    kept = Tiles(detail, _luminance(coarse, detail.shape), deviation, frame.scale, max(grey.shape))
    return Measured({one.name: _reading(one, frame) for one in found}, kept)


def normal_sharpness(edge: int) -> tuple[float, float]:
    """The range in which nobody would remark on the sharpness of a picture with this long edge, pixels."""
    low, high = _NORMAL["sharpness"]
    return round(low * min(1.0, _NORMAL_EDGE / edge) ** _FALL, 1), high


def _reading(found: _Found, frame: Frame) -> Reading:
    edge = max(frame.pixels.shape[:2])
    claimed = found.confidence is None or found.confidence >= TRUST
    return Reading(
        found.name,
        round(found.value, 4) + 0.0 if claimed else 0.0,
        found.unit,
        normal_sharpness(edge) if found.name == "sharpness" else _NORMAL[found.name],
        found.region,
        round(frame.scale * found.reduced, 4),
        None if found.confidence is None else round(found.confidence, 4),
    )


def _sharpest(detail: Grid, deviation: float) -> _Found:
    """Deviation of the Laplacian in the tile where it is largest, and that tile (Pech-Pacheco et al., ICPR 2000)."""
    row, column = tiles.largest(detail)
    region = tiles.region_of(row, column, detail.shape)
    return _Found("sharpness", noise.less(float(detail[row, column]), deviation), "grey levels", region)


def _light(frame: Frame, grey: _Grey) -> Iterator[_Found]:
    levels = light.levels_of(grey)
    yield _Found("exposure", light.exposure(levels), "EV")
    yield _Found("contrast", light.contrast(levels), "share")
    for name, clipped in clipping.find(frame.pixels, levels).items():
        yield _Found(f"clipping_{name}", clipped.share, "share", clipped.region)


def _cast(frame: Frame) -> Iterator[_Found]:
    cast = colour_cast.find(frame.pixels)
    reduced = min(1.0, colour_cast.EDGE / max(frame.pixels.shape[:2]))
    yield _Found("cast_green_magenta", cast.a, "CIELAB", None, cast.confidence, reduced)
    yield _Found("cast_blue_yellow", cast.b, "CIELAB", None, cast.confidence, reduced)


def _tilt(grey: _Grey, coarse: _Grey) -> _Found:
    """On the reduced picture of large frames, else on every pixel."""
    is_large = max(coarse.shape) >= TILT_EDGE
    tilted = tilt.find(coarse if is_large else grey)
    return _Found("tilt", tilted.degrees, "degrees", None, tilted.confidence, 1 / motion.REDUCED if is_large else 1.0)


def _motion(grey: _Grey, coarse: _Grey, deviation: float) -> Iterator[_Found]:
    moved = motion.find(grey, coarse, deviation)
    yield _Found("motion", moved.strength, "share", None, moved.confidence)
    if moved.confidence >= TRUST:
        yield _Found("motion_direction", moved.degrees, "degrees", None, moved.confidence)


def reduced(grey: _Grey, times: int) -> _Grey:
    """The grey picture at 1/`times`, a power of two, averaged: halving repeatedly takes a third of the time."""
    import cv2

    while times > 1:
        height, width = (max(side // 2, 1) for side in grey.shape)
        even = grey[: max(2 * height, 1), : max(2 * width, 1)]
        grey = np.asarray(cv2.resize(even, (width, height), interpolation=cv2.INTER_AREA), dtype=np.uint8)
        times //= 2
    return grey


def _luminance(coarse: _Grey, shape: tuple[int, ...]) -> Grid:
    """Mean luminance of every tile in linear light, 0-1, from the reduced picture."""
    import cv2

    values = np.asarray(cv2.LUT(coarse, light.linear()), dtype=np.float32)
    return tiles.means(values, cv2.NORM_L1, (shape[0], shape[1]))
