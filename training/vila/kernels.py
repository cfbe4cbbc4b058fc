"""Kernels of blur, and gains of light: what flaws.py puts into photos. Every kernel sums to 1."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_FINER = 4
"""Kernels are drawn this many times as large and averaged, so that an edge between two pixels counts in part."""
Kernel = NDArray[np.float32]
"""[side, side], side odd."""


def disc(radius: float) -> Kernel:
    """An open aperture out of focus; `radius` in pixels."""
    x, y = _grid(radius)
    return _averaged((np.hypot(x, y) <= max(radius, 0.5)).astype(np.float32))


def gaussian(deviation: float) -> Kernel:
    """`deviation` in pixels."""
    x, y = _grid(3 * deviation)
    return _averaged(np.exp(-(x**2 + y**2) / (2 * max(deviation, 0.1) ** 2)))


def polygon(radius: float, blades: int, turn: float) -> Kernel:
    """A stopped-down aperture: a regular polygon with as much area as the disc of `radius` pixels, turned by `turn`."""
    # Area of a regular polygon with circumradius R: n R^2 sin(2 pi / n) / 2.
    outer = max(radius, 0.5) * np.sqrt(2 * np.pi / (blades * np.sin(2 * np.pi / blades)))
    x, y = _grid(float(outer))
    half = np.pi / blades
    within = (np.arctan2(y, x) - turn) % (2 * half) - half
    return _averaged((np.hypot(x, y) * np.cos(within) <= outer * np.cos(half)).astype(np.float32))


def line(length: float, direction: float) -> Kernel:
    """A straight path of `length` pixels in `direction` (radians), at an even pace."""
    steps = np.linspace(-0.5, 0.5, max(int(length * _FINER), 2)) * length
    return _path(steps * np.cos(direction), steps * np.sin(direction))


def bent(length: float, direction: float, bend: float, share: float) -> Kernel:
    """A path of `length` pixels at an even pace that turns once, by `bend` (radians), after `share` of its way."""
    steps = max(int(length * _FINER), 4)
    turned = np.arange(steps) >= share * steps
    angle = direction + np.where(turned, bend / 2, -bend / 2)
    x, y = np.cumsum(np.cos(angle)) * length / steps, np.cumsum(np.sin(angle)) * length / steps
    return _path(x - (x.max() + x.min()) / 2, y - (y.max() + y.min()) / 2)


def shake(length: float, direction: float, random: np.random.Generator) -> Kernel:
    """The path of a shaken camera: about `length` pixels long, curved, at an uneven pace."""
    steps = max(int(length * _FINER), 8)
    wander = np.cumsum(random.normal(0, 1, steps)) / np.sqrt(steps)
    angle = direction + random.choice([-1, 1]) * random.uniform(0.6, 1.4) * np.linspace(-0.5, 0.5, steps) + 0.6 * wander
    pace = 1 + 0.6 * np.sin(np.linspace(0, random.uniform(2, 6), steps) + random.uniform(0, 6))
    pace *= length / pace.sum()
    x, y = np.cumsum(pace * np.cos(angle)), np.cumsum(pace * np.sin(angle))
    return _path(x - (x.max() + x.min()) / 2, y - (y.max() + y.min()) / 2)


def gains(a: float, b: float) -> NDArray[np.float32]:
    """[3] gains of linear red, green and blue: middle grey gets this a* and b* (CIELAB, D65) at the same luminance."""
    # CIE 15:2004: f(Y/Yn) of L* = 50 for all three of a grey; a* = 500 (fx - fy), b* = 200 (fy - fz).
    middle = (50 + 16) / 116
    xyz = np.array([0.95047, 1.0, 1.08883]) * np.array([middle + a / 500, middle, middle - b / 200]) ** 3
    to_rgb = np.array([[3.2404542, -1.5371385, -0.4985314], [-0.969266, 1.8760108, 0.041556],
                       [0.0556434, -0.2040259, 1.0572252]])  # fmt: skip
    return np.asarray(np.maximum(to_rgb @ xyz, 1e-3) / middle**3, np.float32)


def _path(x: NDArray[np.float64], y: NDArray[np.float64]) -> Kernel:
    """What a point that goes along (x, y), in pixels from the middle, leaves behind."""
    reach = int(np.ceil(max(np.abs(x).max(), np.abs(y).max()))) + 1
    side = 2 * reach + 1
    kernel = np.zeros((side + 1, side + 1))
    columns, rows = np.floor(x).astype(int), np.floor(y).astype(int)
    right, down = x - columns, y - rows
    for across, down_by, weight in (
        (0, 0, (1 - right) * (1 - down)),
        (1, 0, right * (1 - down)),
        (0, 1, (1 - right) * down),
        (1, 1, right * down),
    ):
        np.add.at(kernel, (rows + reach + down_by, columns + reach + across), weight)
    return np.asarray(kernel[:side, :side] / kernel[:side, :side].sum(), np.float32)


def _grid(radius: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """x and y, pixels from the middle, _FINER to the pixel, over all that `radius` reaches."""
    reach = max(int(np.ceil(radius)), 1)
    places = (np.arange((2 * reach + 1) * _FINER) + 0.5) / _FINER - reach - 0.5
    x, y = np.meshgrid(places, places)
    return x, y


def _averaged(fine: NDArray[np.floating]) -> Kernel:
    side = fine.shape[0] // _FINER
    kernel = fine.reshape(side, _FINER, side, _FINER).mean((1, 3))
    return np.asarray(kernel / kernel.sum(), np.float32)
