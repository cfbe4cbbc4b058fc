"""Training views of a photo whose label stays true: crops at the aspects of cameras, mirrored, with corners hidden."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_ASPECTS = (1.0, 3 / 2, 4 / 3, 2 / 3, 3 / 4)
_WHOLE = 0.35  # of the views keep the whole frame
_LEAST_AREA = 0.6
_HIDDEN = 0.25  # of the views lose a patch, half of those the lower left corner, where a phone prints its watermark


def view(pixels: NDArray[np.uint8], random: np.random.Generator) -> NDArray[np.uint8]:
    """[H, W, 3] to a crop of it, at one of the aspects of cameras and at least 60 % of the area that aspect allows."""
    if random.random() >= _WHOLE:
        pixels = _crop(pixels, random)
    if random.random() < _HIDDEN:
        pixels = _hide(pixels, random)
    if random.random() < 0.5:
        pixels = pixels[:, ::-1]
    return np.ascontiguousarray(pixels)


def _crop(pixels: NDArray[np.uint8], random: np.random.Generator) -> NDArray[np.uint8]:
    height, width = pixels.shape[:2]
    aspect = float(random.choice(_ASPECTS))
    widest = min(width, height * aspect)
    side = np.sqrt(random.uniform(_LEAST_AREA, 1.0))
    w, h = max(int(widest * side), 1), max(int(widest / aspect * side), 1)
    x, y = int(random.integers(0, width - w + 1)), int(random.integers(0, height - h + 1))
    return pixels[y : y + h, x : x + w]


def _hide(pixels: NDArray[np.uint8], random: np.random.Generator) -> NDArray[np.uint8]:
    height, width = pixels.shape[:2]
    w, h = int(width * random.uniform(0.1, 0.45)), int(height * random.uniform(0.1, 0.45))
    if random.random() < 0.5:
        x, y = 0, height - h
    else:
        x, y = int(random.integers(0, width - w + 1)), int(random.integers(0, height - h + 1))
    hidden = pixels.copy()
    hidden[y : y + h, x : x + w] = pixels.reshape(-1, 3).mean(0).astype(np.uint8)
    return hidden
