"""What a learned score must beat: one measured number a photo, with nothing learned."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray


def laplacian(pixels: NDArray[np.uint8]) -> float:
    """Logarithm of the variance of the Laplacian of the grey picture [H, W, 3]: sharpness alone."""
    import cv2

    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    return float(np.log(cv2.Laplacian(grey, cv2.CV_64F).var() + 1e-6))


def exposure(pixels: NDArray[np.uint8]) -> float:
    """Minus the distance of the mean grey value from the middle, in stops of display gamma 2.2: exposure alone."""
    mean = max(float(pixels.mean()), 1.0) / 255
    return -abs(2.2 * math.log2(mean / 0.46))


def hide_lower_left(pixels: NDArray[np.uint8], share: float = 0.2) -> NDArray[np.uint8]:
    """The picture with the lower left rectangle of `share` of its area, and of its aspect, in mid grey.

    That corner carries a phone's watermark in one subset; a score that reads it would fall.
    """
    height, width = pixels.shape[:2]
    side = np.sqrt(share)
    hidden = pixels.copy()
    hidden[height - round(height * side) :, : round(width * side)] = 128
    return hidden
