"""Light: exposure and contrast, from how many pixels have each grey level."""

from __future__ import annotations

import math
from functools import cache

import numpy as np
from numpy.typing import NDArray

MIDDLE_GREY = 0.18
_DARKEST = 1e-4
"""Linear light below which a picture counts as black: 10.8 stops below middle grey."""
Levels = NDArray[np.float32]
"""[256]: how many pixels have each grey level."""


def levels_of(grey: NDArray[np.uint8]) -> Levels:
    """[256]: how many pixels have each grey level."""
    import cv2

    return np.asarray(cv2.calcHist([grey], [0], None, [256], [0, 256]), dtype=np.float32).ravel()


def exposure(levels: Levels) -> float:
    """Mean luminance in stops above middle grey (18 %)."""
    return stops(float(levels @ linear() / levels.sum()))


def stops(luminance: float) -> float:
    """Linear light, 0-1, as stops above middle grey."""
    return math.log2(max(luminance, _DARKEST) / MIDDLE_GREY)


def contrast(levels: Levels) -> float:
    """RMS contrast (Peli, JOSA A 7(10), 1990, eq. 4): deviation of the grey levels as a share of white, 0-0.5."""
    shares = levels / levels.sum()
    level = np.arange(256) / 255
    mean = float(shares @ level)
    return math.sqrt(max(float(shares @ (level - mean) ** 2), 0.0))


@cache
def linear() -> NDArray[np.float32]:
    """[256]: linear light, 0-1, of the sRGB levels (IEC 61966-2-1)."""
    level = np.arange(256) / 255
    light = np.where(level <= 0.04045, level / 12.92, ((level + 0.055) / 1.055) ** 2.4).astype(np.float32)
    light.flags.writeable = False
    return light
