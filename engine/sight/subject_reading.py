"""Readings of the subject: sharpness and exposure, from the pixels or, once those are gone, from the tiles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from engine.sight import light, noise, subject, tiles
from engine.sight.reading import normal_sharpness
from engine.sight.tiles import Tiles
from engine.types import Face, Frame, Reading, Region, Subject

NORMAL_EXPOSURE = (-1.57, 1.39)
"""EV; the middle 90 % of well-rated photos, measured in the sharpest tile (docs/readings.md)."""
_LEAST_SIDE = 4
"""Pixels; a smaller region is widened, since fewer show nothing."""
_Pixels = NDArray[np.uint8]


def measure(frame: Frame, where: Subject, kept: Tiles) -> dict[str, Reading]:
    """`subject_sharpness` and `subject_exposure` from the pixels; `kept` are the tiles of the same frame.

    Sharpness is the deviation of the Laplacian over the region without what the frame's noise adds, grey levels, as
    that of the sharpest tile; a region of whole tiles gives what `from_tiles` gives. Exposure is in EV from middle
    grey, as the frame's.
    """
    part = _cut(frame.pixels, where.region)
    return _readings(_sharpness(part, kept.noise), _exposure(part), where.region, kept)


def from_tiles(kept: Tiles, where: Subject) -> dict[str, Reading]:
    """The same for a subject that was found after the pixels had gone: tiles count by how much is covered of them."""
    sharpness = noise.less(tiles.over(kept.detail, where.region), kept.noise)
    return _readings(sharpness, light.stops(tiles.over(kept.light, where.region)), where.region, kept)


def faces(frame: Frame, seen: Sequence[Face], kept: Tiles) -> tuple[Face, ...]:
    """The faces with the sharpness of their eye bands, measured as the subject's; None where the eyes lie outside."""
    return tuple(replace(face, sharpness=_of_eyes(frame, face, kept)) for face in seen)


def pixels_of(region: Region, height: int, width: int) -> tuple[slice, slice]:
    """(rows, columns) of a region in a picture, _LEAST_SIDE pixels each where the picture has them."""
    return _span(region.y, region.h, height), _span(region.x, region.w, width)


def _readings(sharpness: float, exposure: float, region: Region, kept: Tiles) -> dict[str, Reading]:
    scale = round(kept.scale, 4)
    return {
        name: Reading(name, round(value, 4), unit, normal, region, scale)
        for name, value, unit, normal in (
            ("subject_sharpness", sharpness, "grey levels", normal_sharpness(kept.edge)),
            ("subject_exposure", exposure, "EV", NORMAL_EXPOSURE),
        )
    }


def _of_eyes(frame: Frame, face: Face, kept: Tiles) -> float | None:
    band = subject.eye_band(face)
    return None if band is None else round(_sharpness(_cut(frame.pixels, band), kept.noise), 4)


def _cut(pixels: _Pixels, region: Region) -> _Pixels:
    return pixels[pixels_of(region, *pixels.shape[:2])]


def _sharpness(part: _Pixels, deviation: float) -> float:
    import cv2

    detail = np.asarray(cv2.Laplacian(_grey(part), cv2.CV_16S), dtype=np.int16)
    return noise.less(cv2.norm(detail, cv2.NORM_L2SQR) / detail.size, deviation)


def _exposure(part: _Pixels) -> float:
    return light.exposure(light.levels_of(_grey(part)))


def _grey(part: _Pixels) -> _Pixels:
    import cv2

    return np.asarray(cv2.cvtColor(np.ascontiguousarray(part), cv2.COLOR_RGB2GRAY), dtype=np.uint8)


def _span(start: float, length: float, count: int) -> slice:
    first, last = int(start * count), -int(-(start + length) * count // 1)
    missing = max(_LEAST_SIDE - (last - first), 0)
    first = max(min(first - missing // 2, count - _LEAST_SIDE), 0)
    return slice(first, min(max(last, first + _LEAST_SIDE), count))
