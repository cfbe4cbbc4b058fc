"""Palette: which colours a photo has, where, and how strong they are."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

COLOURS = ("red", "orange", "yellow", "green", "teal", "blue", "purple", "pink")
_HUES = (40.0, 70.0, 100.0, 165.0, 225.0, 290.0, 335.0, 375.0)
"""Degrees in CIELAB's a*, b* at which each colour ends; the first begins at 15."""
_COLOURED = 14.0
"""Chroma from which a pixel has a colour."""
_EDGE = 96
LAYOUT = (*COLOURS, "black", "grey", "white", "chroma", "strongest", "top blue", "top grey", "bottom green", "warm")
"""What `measure` gives, in this order: shares 0-1 of the pixels, and two chromas (CIELAB)."""


def measure(pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    """[17] by LAYOUT, of [h, w, 3] sRGB."""
    import cv2

    small = np.asarray(cv2.resize(pixels, (_EDGE, _EDGE), interpolation=cv2.INTER_AREA), np.float32) / 255
    lightness, a, b = np.moveaxis(np.asarray(cv2.cvtColor(small, cv2.COLOR_RGB2LAB), np.float32), 2, 0)
    chroma = np.hypot(a, b)
    hue = np.digitize((np.degrees(np.arctan2(b, a)) - 15) % 360 + 15, _HUES[:-1])
    has_colour = (chroma >= _COLOURED) & (lightness > 8)
    shares = [float((has_colour & (hue == number)).mean()) for number in range(len(COLOURS))]
    neutral = ~has_colour
    top, bottom = slice(0, _EDGE // 3), slice(_EDGE // 2, None)
    blue = (hue == COLOURS.index("blue")) | (hue == COLOURS.index("teal"))
    return np.asarray(
        [
            *shares,
            float((neutral & (lightness < 25)).mean()),
            float((neutral & (lightness >= 25) & (lightness < 80)).mean()),
            float((neutral & (lightness >= 80)).mean()),
            float(chroma.mean()),
            float(np.percentile(chroma, 95)),
            float((has_colour & blue & (lightness > 40))[top].mean()),
            float((neutral & (lightness > 60))[top].mean()),
            float((has_colour & (hue == COLOURS.index("green")))[bottom].mean()),
            float((has_colour & (hue <= COLOURS.index("yellow"))).mean()),
        ],
        np.float32,
    )
