"""Clipping: what is lost at either end, in which channel, and where most of it lies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.sight import tiles
from engine.sight.light import Levels
from engine.types import Region

WHITE, BLACK = 254, 2
"""A pixel is clipped with a channel above the one, or all channels below the other (of 255, a step for rounding)."""
_STRIP = 64
"""Rows that are counted at a time."""
_SAMPLE = 512
"""Pixels of a long edge of which channels and places are looked at: further ones are skipped evenly."""


@dataclass(frozen=True, slots=True)
class Clipped:
    """A share of the pixels, 0-1, and the tile where most of them lie; None where there are none."""

    share: float
    region: Region | None = None


def find(pixels: NDArray[np.uint8], levels: Levels) -> dict[str, Clipped]:
    """What is clipped of [height, width, 3] pixels: "high", "low", and "red", "green", "blue" at the high end.

    `levels` are those of the grey picture. High and low are counted to the pixel, the rest on a sample; and only where
    something can be clipped, because counting takes most of the time of a reading.
    """
    import cv2

    total = pixels.shape[0] * pixels.shape[1]
    found = {name: Clipped(0.0) for name in ("high", "low", "red", "green", "blue")}
    if _brightest(pixels) > WHITE:
        channels = cv2.split(_sample(pixels))
        found["high"] = Clipped(_white(pixels) / total, _most(_largest(channels) > WHITE))
        for channel, name in zip(channels, ("red", "green", "blue"), strict=True):
            white = channel > WHITE
            found[name] = Clipped(float(white.mean()), _most(white))
    if levels[: BLACK + 1].any():
        black = sum(_up_to(BLACK, strip) for strip in _strips(pixels))
        found["low"] = Clipped(black / total, _most(_largest(cv2.split(_sample(pixels))) <= BLACK))
    return found


def _white(pixels: NDArray[np.uint8]) -> int:
    """How many pixels have a channel above WHITE."""
    bright = (strip for strip in _strips(pixels) if _brightest(strip) > WHITE)
    return sum(strip.shape[0] * strip.shape[1] - _up_to(WHITE, strip) for strip in bright)


def _strips(pixels: NDArray[np.uint8]) -> Iterator[NDArray[np.uint8]]:
    return (pixels[top : top + _STRIP] for top in range(0, pixels.shape[0], _STRIP))


def _up_to(level: int, pixels: NDArray[np.uint8]) -> int:
    """How many pixels have no channel above a level."""
    import cv2

    return cv2.countNonZero(cv2.inRange(pixels, (0, 0, 0), (level, level, level)))


def _brightest(pixels: NDArray[np.uint8]) -> float:
    import cv2

    return cv2.norm(pixels.reshape(pixels.shape[0], -1), cv2.NORM_INF)


def _largest(channels: Sequence[NDArray[Any]]) -> NDArray[np.uint8]:
    import cv2

    red, green, blue = channels
    return np.asarray(cv2.max(cv2.max(red, green), blue), dtype=np.uint8)


def _sample(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Pixels evenly spread, _SAMPLE along the long edge at most."""
    import cv2

    height, width = pixels.shape[:2]
    share = min(1.0, _SAMPLE / max(height, width))
    size = (max(1, round(width * share)), max(1, round(height * share)))
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_NEAREST), dtype=np.uint8)


def _most(is_clipped: NDArray[np.bool_]) -> Region | None:
    """The tile with most clipped pixels."""
    import cv2

    if not is_clipped.any():
        return None
    shape = tiles.shape_for(*is_clipped.shape)
    return tiles.region_of(*tiles.largest(tiles.means(is_clipped.view(np.uint8), cv2.NORM_L1, shape)), shape)
