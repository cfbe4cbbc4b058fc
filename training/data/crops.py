"""Training views of a photo whose label stays true: cropped, mirrored, a patch hidden, recompressed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_PREVIEW_EDGE = 1620
"""Long edge, pixels, of the preview that most cameras embed."""
_GRAIN = 1.2
"""Deviation of the noise, grey levels at the size of the input."""
_ASPECTS = (1.0, 3 / 2, 4 / 3, 2 / 3, 3 / 4)


@dataclass(frozen=True, slots=True)
class Cropping:
    """How freely views are cropped."""

    whole: float
    """Share of the views that keep the whole frame."""
    least_area: float
    """Least share of the area that a view's aspect allows."""
    hidden: float
    """Share of the views that lose a patch, half of those in the lower left, where a phone prints its watermark."""


FREE = Cropping(whole=0.35, least_area=0.6, hidden=0.25)
GENTLE = Cropping(whole=0.75, least_area=0.85, hidden=0.1)
"""For the end of a training: what people judged, and what will be scored, is the whole frame."""


def view(pixels: NDArray[np.uint8], random: np.random.Generator, cropping: Cropping = FREE) -> NDArray[np.uint8]:
    """[H, W, 3] to a crop of it at one of the aspects of cameras, with a patch hidden now and then, and mirrored."""
    if random.random() >= cropping.whole:
        pixels = cropped(pixels, random, cropping.least_area)
    if random.random() < cropping.hidden:
        pixels = _hide(pixels, random)
    if random.random() < 0.5:
        pixels = pixels[:, ::-1]
    return np.ascontiguousarray(pixels)


def cropped(pixels: NDArray[np.uint8], random: np.random.Generator, least_area: float) -> NDArray[np.uint8]:
    """[H, W, 3] to a crop at one of the aspects of cameras that keeps at least this share of what the aspect allows."""
    height, width = pixels.shape[:2]
    aspect = float(random.choice(_ASPECTS))
    widest = min(width, height * aspect)
    side = np.sqrt(random.uniform(least_area, 1.0))
    w, h = max(int(widest * side), 1), max(int(widest / aspect * side), 1)
    x, y = int(random.integers(0, width - w + 1)), int(random.integers(0, height - h + 1))
    return pixels[y : y + h, x : x + w]


def recompressed(pixels: NDArray[np.uint8], random: np.random.Generator) -> NDArray[np.uint8]:
    """[H, W, 3] as the preview that a camera embeds would hold it: enlarged up to fourfold and through JPEG at 70-95.

    What is left of the blocks once that is shrunk again is below one grey level, yet on a clear sky a student that
    never saw it takes it for texture.
    """
    import cv2
    import simplejpeg

    height, width = pixels.shape[:2]
    factor = float(random.uniform(1.0, max(1.0, min(4.0, _PREVIEW_EDGE / max(height, width)))))
    size = (max(round(width * factor), 1), max(round(height * factor), 1))
    large = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_LANCZOS4), dtype=np.uint8)
    quality = int(random.integers(70, 96))
    packed = simplejpeg.encode_jpeg(large, quality, colorspace="RGB", colorsubsampling="420")
    return np.asarray(simplejpeg.decode_jpeg(packed, colorspace="RGB"))


def grained(pixels: NDArray[np.uint8], random: np.random.Generator) -> NDArray[np.uint8]:
    """[H, W, 3] with noise that nobody sees, of up to 1.2 grey levels.

    Clear skies and rendered gradients have none at all, and a student that never saw the one beside the other makes
    a point and more of the difference.
    """
    noise = random.standard_normal(pixels.shape, np.float32) * np.float32(random.uniform(0.0, _GRAIN))
    return np.asarray(np.clip(np.rint(pixels + noise), 0, 255), np.uint8)


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
