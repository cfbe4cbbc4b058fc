"""Colour cast: what a grey thing would look like in the light of the picture."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.sight.light import MIDDLE_GREY, linear

_Pixels = NDArray[Any]
EDGE = 256
"""Long edge, pixels, of the picture that it is found on."""
_NORM = 6
"""Minkowski norm of Finlayson and Trezzi: between the mean (1), which large surfaces mislead, and the brightest."""
_SEEN = (12, 250)
"""Pixels whose largest channel lies outside are too dark to have a colour, or clipped."""
_APART = 12.0
"""Distance in a*, b* between the two estimates at which they no longer tell anything."""
_DARK = 1e-6
"""Linear light without a colour."""
_LEAST_SEEN = 0.05
"""Share of pixels with a colour below which nothing can be said."""


@dataclass(frozen=True, slots=True)
class Cast:
    """a* and b* (CIELAB, D65) that middle grey has in this light, and how far that can be trusted, 0-1."""

    a: float
    b: float
    confidence: float


def find(pixels: NDArray[np.uint8]) -> Cast:
    """The cast of [height, width, 3] sRGB pixels; 0, 0 with confidence 0 where hardly a pixel has a colour.

    The mean of two estimates of the light: shades of grey (Finlayson and Trezzi, Color Imaging Conference 2004), from
    the pixels, and grey edge (van de Weijer, Gevers and Gijsenij, IEEE TIP 16(9), 2007), from their differences. Where
    they agree it is the light; where they do not it may be the things: that is the confidence.
    """
    import cv2

    small = _reduced(pixels)
    largest = cv2.max(cv2.max(small[:, :, 0], small[:, :, 1]), small[:, :, 2])
    seen = ((largest >= _SEEN[0]) & (largest <= _SEEN[1])).view(np.uint8)
    if float(seen.mean()) < _LEAST_SEEN:
        return Cast(0.0, 0.0, 0.0)
    by_shades = _middle_grey_in([_powered(cv2.LUT(small, linear()), seen)])
    by_edges = _middle_grey_in([_powered(*steps) for steps in _steps(small, seen)])
    if by_shades is None or by_edges is None:
        return Cast(*(by_shades or (0.0, 0.0)), 0.0)
    a, b = ((first + second) / 2 for first, second in zip(by_shades, by_edges, strict=True))
    return Cast(a, b, max(0.0, 1.0 - math.dist(by_shades, by_edges) / _APART))


def _reduced(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The picture with a long edge of EDGE at most; of large ones, pixels are skipped before the rest is averaged."""
    import cv2

    for edge, method in ((2 * EDGE, cv2.INTER_NEAREST), (EDGE, cv2.INTER_AREA)):
        height, width = pixels.shape[:2]
        share = edge / max(height, width)
        if share < 1:
            size = (max(1, round(width * share)), max(1, round(height * share)))
            pixels = np.asarray(cv2.resize(pixels, size, interpolation=method), dtype=np.uint8)
    return pixels


def _steps(small: _Pixels, seen: _Pixels) -> Iterator[tuple[_Pixels, _Pixels]]:
    """Differences in linear light between neighbours, down and across, and which of them lie between pixels seen."""
    import cv2

    light = cv2.LUT(small, linear())
    if len(small) > 1:
        yield cv2.absdiff(light[1:], light[:-1]), seen[1:] & seen[:-1]
    if small.shape[1] > 1:
        yield cv2.absdiff(light[:, 1:], light[:, :-1]), seen[:, 1:] & seen[:, :-1]


def _powered(values: _Pixels, seen: _Pixels) -> NDArray[np.float64]:
    """[3]: sum of each channel of [h, w, 3] to the power of _NORM, over the pixels seen."""
    import cv2

    count = cv2.countNonZero(seen)
    return np.asarray(cv2.mean(cv2.pow(values, _NORM), seen)[:3], dtype=np.float64) * count


def _middle_grey_in(sums: list[NDArray[np.float64]]) -> tuple[float, float] | None:
    """a*, b* of middle grey in the light with these Minkowski sums of linear RGB; None in the dark."""
    import cv2

    light = np.sum(sums, axis=0) ** (1 / _NORM) if sums else np.zeros(3)
    luminance = float(light @ (0.2126, 0.7152, 0.0722))
    if luminance <= _DARK:
        return None
    grey = np.array([[light * MIDDLE_GREY / luminance]], np.float32)
    _, a, b = cv2.cvtColor(grey, cv2.COLOR_LRGB2Lab)[0, 0]
    return float(a), float(b)
