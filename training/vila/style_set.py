"""A set to judge styles by: photos brought into those of AVA's fourteen styles that can be made of any photo.

What needs another subject or another place to stand cannot be made: long exposure, macro, silhouettes, the rule of
thirds and vanishing points are left out, and nothing is said of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from training.vila import kernels
from training.vila.zero_shot import STYLES

_Pixels = NDArray[np.uint8]
_LUMA = np.array([0.2126, 0.7152, 0.0722], np.float32)


def photos(untouched: Sequence[_Pixels], seed: int) -> tuple[list[_Pixels], NDArray[np.bool_]]:
    """(pictures, labels [N, 14] in the order of STYLES): each photo as it is, and in one style drawn by chance."""
    random = np.random.default_rng(seed)
    pictures, labels = list(untouched), np.zeros((2 * len(untouched), len(STYLES)), bool)
    for row, pixels in enumerate(untouched):
        style = list(MADE)[int(random.integers(len(MADE)))]
        pictures.append(MADE[style](pixels, random))
        labels[len(untouched) + row, STYLES.index(style)] = True
    return pictures, labels


def _negative(pixels: _Pixels) -> _Pixels:
    return 255 - pixels


def _duotone(pixels: _Pixels, random: np.random.Generator) -> _Pixels:
    """Two inks: the dark and the bright one of opposite hues, mixed by luminance."""
    hue = random.uniform(0, 2 * np.pi)
    dark, bright = _ink(hue, 45.0), _ink(hue + np.pi, 225.0)
    grey = (pixels.astype(np.float32) @ _LUMA)[..., None] / 255
    return _bytes(dark * (1 - grey) + bright * grey)


def _complementary(pixels: _Pixels, random: np.random.Generator) -> _Pixels:
    """The colours of the photo, each moved to the nearer of two opposite hues."""
    import cv2

    lab = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2LAB), np.float32)
    axis = random.uniform(0, np.pi)
    along = (lab[..., 1] - 128) * np.cos(axis) + (lab[..., 2] - 128) * np.sin(axis)
    along -= np.median(along)
    along = 45 * np.tanh(along / 6)
    lab[..., 1], lab[..., 2] = 128 + along * np.cos(axis), 128 + along * np.sin(axis)
    return np.asarray(cv2.cvtColor(_bytes(lab), cv2.COLOR_LAB2RGB), np.uint8)


def _hdr(pixels: _Pixels) -> _Pixels:
    """Local contrast pulled up and global contrast down, with full colours: tone mapping as one knows it."""
    import cv2

    lab = cv2.cvtColor(pixels, cv2.COLOR_RGB2LAB)
    side = max(pixels.shape[:2]) / 512
    equal = cv2.createCLAHE(clipLimit=4.0, tileGridSize=(8, 8)).apply(np.ascontiguousarray(lab[..., 0]))
    soft = cv2.GaussianBlur(equal, (0, 0), 12 * side)
    mapped = 128 + 1.6 * (lab.astype(np.float32) - 128)
    mapped[..., 0] = equal + 0.8 * (equal.astype(np.float32) - soft)
    return np.asarray(cv2.cvtColor(_bytes(mapped), cv2.COLOR_LAB2RGB), np.uint8)


def _grain(pixels: _Pixels, random: np.random.Generator) -> _Pixels:
    """The grain of fast film: of luminance alone, coarser than a pixel."""
    import cv2

    grain = cv2.GaussianBlur(random.standard_normal(pixels.shape[:2]).astype(np.float32), (0, 0), 0.8)
    return _bytes(pixels.astype(np.float32) + (26 / max(float(grain.std()), 1e-6)) * grain[..., None])


def _light_on_white(pixels: _Pixels) -> _Pixels:
    """Everything light, the borders fading into white."""
    height, width = pixels.shape[:2]
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j].astype(np.float32)
    fade = np.clip((np.hypot(x, y) - 0.45) / 0.35, 0, 1)[..., None]
    light = 255 - (255 - pixels.astype(np.float32)) * 0.45
    return _bytes(light * (1 - fade) + 255 * fade)


def _motion_blur(pixels: _Pixels, random: np.random.Generator) -> _Pixels:
    import cv2

    length = 30 * max(pixels.shape[:2]) / 512
    return np.asarray(cv2.filter2D(pixels, -1, kernels.line(length, float(random.uniform(0, np.pi)))), np.uint8)


def _shallow(pixels: _Pixels, random: np.random.Generator) -> _Pixels:
    """Sharp around a place near the middle, and ever softer away from it."""
    import cv2

    height, width = pixels.shape[:2]
    at_x, at_y = random.uniform(-0.35, 0.35, 2)
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j].astype(np.float32)
    away = np.clip((np.hypot(x - at_x, y - at_y) - 0.4) / 0.4, 0, 1)[..., None]
    radius = 9 * max(height, width) / 512
    soft = cv2.filter2D(pixels, -1, kernels.disc(radius)).astype(np.float32)
    return _bytes(pixels * (1 - away) + soft * away)


def _soft_focus(pixels: _Pixels) -> _Pixels:
    """A sharp picture under its own glow."""
    import cv2

    glow = cv2.GaussianBlur(pixels, (0, 0), 9 * max(pixels.shape[:2]) / 512).astype(np.float32)
    both = 255 - (255 - pixels.astype(np.float32)) * (255 - glow) / 255
    return _bytes(0.45 * pixels + 0.55 * both)


def _ink(hue: float, level: float) -> NDArray[np.float32]:
    third = 2 * np.pi / 3
    return np.asarray(level + 70 * np.cos(hue - third * np.arange(3)), np.float32)


def _bytes(levels: NDArray[np.floating]) -> _Pixels:
    return np.asarray(np.clip(np.rint(levels), 0, 255), np.uint8)


MADE: dict[str, Callable[[_Pixels, np.random.Generator], _Pixels]] = {
    "complementary colors": _complementary,
    "duotones": _duotone,
    "hdr": lambda pixels, _: _hdr(pixels),
    "image grain": _grain,
    "light on white": lambda pixels, _: _light_on_white(pixels),
    "motion blur": _motion_blur,
    "negative image": lambda pixels, _: _negative(pixels),
    "shallow dof": _shallow,
    "soft focus": lambda pixels, _: _soft_focus(pixels),
}
"""The styles that can be made, by their name in AVA-Style."""
