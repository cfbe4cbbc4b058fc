"""Squares cut out of a picture, turned and brought to one size: what the networks of single faces and eyes look at."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_SPARE = 2.0
"""What a square is reduced to before it is turned, in widths of the result."""


class Source:
    """A picture that is looked at more than once: what was sampled from it for one look is there for the next."""

    def __init__(self, pixels: NDArray[np.uint8]) -> None:
        """`pixels` are [h, w, 3] RGB, and stay as they are."""
        self.pixels = pixels
        self._sampled: dict[int, NDArray[np.uint8]] = {}

    def sampled(self, edge: int) -> NDArray[np.uint8]:
        """The picture with a long edge of `edge` pixels at most, as `sampled` makes it."""
        if edge not in self._sampled:
            self._sampled[edge] = sampled(self.pixels, edge / max(self.pixels.shape[:2]))
        return self._sampled[edge]


def square(
    pixels: NDArray[np.uint8], centre: NDArray[np.float32], side: float, angle: float, size: int
) -> NDArray[np.uint8]:
    """[size, size], grey, of the square of `side` pixels around `centre` in [h, w, 3] RGB, turned by `angle`.

    The angle is in radians, clockwise; `centre` counts from the outer corner of the first pixel. What lies outside the
    picture repeats its edge.
    """
    import cv2

    height, width = pixels.shape[:2]
    reach = side * 0.75
    low = np.clip(np.floor(centre - reach), 0, (width - 1, height - 1)).astype(int)
    high = np.clip(np.ceil(centre + reach), low + 1, (width, height)).astype(int)
    # Turning samples single pixels, so what is large is reduced before.
    around = cv2.cvtColor(reduced(pixels[low[1] : high[1], low[0] : high[0]], size * _SPARE / side), cv2.COLOR_RGB2GRAY)
    ratio = np.array(around.shape[::-1]) / (high - low)
    axes = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]) * side / size
    middle = (size - 1) / 2
    # From a pixel of the crop to one of what was cut out; warpAffine counts from the centres of their first pixels.
    linear = axes * ratio[:, None]
    offset = (centre - low) * ratio - 0.5 - linear @ np.array([middle, middle])
    matrix = np.column_stack([linear, offset])
    how = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return np.asarray(
        cv2.warpAffine(around, matrix, (size, size), flags=how, borderMode=cv2.BORDER_REPLICATE), np.uint8
    )


def reduced(pixels: NDArray[np.uint8], factor: float) -> NDArray[np.uint8]:
    """[h, w, 3], contiguous but for its rows, made smaller by `factor`; as it is from a factor of 1 on.

    Averaging all of millions of pixels takes longer than a network does, so far reductions average four out of many.
    """
    if factor >= 1:
        return pixels
    height, width = (max(round(length * factor), 1) for length in pixels.shape[:2])
    return averaged(sampled(pixels, 2 * factor), width, height)


def averaged(pixels: NDArray[np.uint8], width: int, height: int) -> NDArray[np.uint8]:
    """[h, w, 3] averaged to [height, width, 3]."""
    import cv2

    return np.asarray(cv2.resize(pixels, (width, height), interpolation=cv2.INTER_AREA), np.uint8)


def sampled(pixels: NDArray[np.uint8], factor: float) -> NDArray[np.uint8]:
    """[h, w, 3] made smaller by `factor` from four pixels each, however many there are; as it is from 1 on."""
    import cv2

    if factor >= 1:
        return pixels
    height, width = (max(round(length * factor), 1) for length in pixels.shape[:2])
    return np.asarray(cv2.resize(pixels, (width, height), interpolation=cv2.INTER_LINEAR), np.uint8)
