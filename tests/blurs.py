"""Photographs, and what goes wrong in a camera, done to pixels: defocus, motion, a turn, a light of another colour."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]


def photograph(name: str, times: int = 1) -> Pixels:
    """One of scikit-image's, [height, width, 3], enlarged `times` as a soft lens would show it."""
    import cv2
    from skimage import data

    pixels = getattr(data, name)()
    pixels = pixels if pixels.ndim == 3 else pixels[:, :, None].repeat(3, axis=2)
    return np.ascontiguousarray(cv2.resize(pixels, None, fx=times, fy=times, interpolation=cv2.INTER_CUBIC))


def grey(pixels: Pixels) -> Pixels:
    """[height, width]."""
    import cv2

    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY))


def defocused(pixels: Pixels, radius: float) -> Pixels:
    """Out of focus by a disc of `radius` pixels."""
    reach, fine = int(np.ceil(radius)) + 1, 8
    steps = (np.arange((2 * reach + 1) * fine) + 0.5) / fine - reach - 0.5
    disc = (steps[:, None] ** 2 + steps**2 <= radius**2).astype(np.float32)
    side = 2 * reach + 1
    return _spread(pixels, disc.reshape(side, fine, side, fine).mean(axis=(1, 3)))


def moved(pixels: Pixels, length: float, degrees: float) -> Pixels:
    """Moved by `length` pixels during exposure, `degrees` counter-clockwise from level."""
    reach = int(np.ceil(length / 2)) + 1
    path = np.zeros((2 * reach + 1, 2 * reach + 1), np.float32)
    for step in np.linspace(-length / 2, length / 2, 200):
        x, y = reach + step * np.cos(np.radians(degrees)), reach - step * np.sin(np.radians(degrees))
        left, top = int(x), int(y)
        for column, wide in ((left, 1 - x + left), (left + 1, x - left)):
            for row, high in ((top, 1 - y + top), (top + 1, y - top)):
                path[row, column] += wide * high
    return _spread(pixels, path)


def turned(pixels: Pixels, degrees: float, keep: float = 0.7) -> Pixels:
    """Turned clockwise; the middle of it, `keep` of each side, so that no corner is empty."""
    import cv2

    height, width = pixels.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, 1)
    whole = cv2.warpAffine(pixels, matrix, (width, height), flags=cv2.INTER_LINEAR)
    top, left = round(height * (1 - keep) / 2), round(width * (1 - keep) / 2)
    return np.ascontiguousarray(whole[top : height - top, left : width - left])


def noisy(pixels: Pixels, deviation: float, seed: int = 0) -> Pixels:
    """With noise of its own in every channel."""
    noise = np.random.default_rng(seed).normal(scale=deviation, size=pixels.shape)
    return (pixels + noise).round().clip(0, 255).astype(np.uint8)


def lit(pixels: Pixels, red: float, green: float, blue: float) -> Pixels:
    """In a light with these strengths, in linear light."""
    level = pixels / 255
    light = np.where(level <= 0.04045, level / 12.92, ((level + 0.055) / 1.055) ** 2.4) * (red, green, blue)
    light = light.clip(0, 1)
    shown = np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)
    return (shown * 255).round().astype(np.uint8)


def _spread(pixels: Pixels, kernel: NDArray[np.float32]) -> Pixels:
    import cv2

    blurred = cv2.filter2D(pixels.astype(np.float32), -1, kernel / kernel.sum(), borderType=cv2.BORDER_REFLECT)
    return blurred.round().clip(0, 255).astype(np.uint8)
