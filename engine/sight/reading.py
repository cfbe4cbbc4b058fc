"""Readings: what is measured on the one decoded picture, with unit, normal range, region and scale."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.types import Frame, Reading, Region

_TILES = 16
"""Tiles along the long edge, in which sharpness and noise are looked for."""
_WHITE, _BLACK = 254, 2
"""A pixel is clipped with a channel above the one, or all channels below the other (of 255, a step for rounding)."""
_MIDDLE_GREY = 0.18
_GREY_RANGE = (8, 247)
"""Tiles whose mean lies outside are clipped, and show no noise."""
_FLAT = 0.1
"""Share of the tiles that counts as flat: what varies there is noise."""
# The middle 90 % of 2,000 photos that people rated well, all of 256 pixels (docs/readings.md gives the command).
_NORMAL = {
    "sharpness": (54.6, 156.4),
    "exposure": (-1.86, 1.73),
    "clipping_high": (0.0, 0.073),
    "clipping_low": (0.0, 0.009),
    "noise": (0.0, 1.99),
}
_NORMAL_EDGE = 256
_FALL = 0.6
"""Larger pictures are softer from pixel to pixel: sharpness may fall with this power of the long edge."""
_Grey = NDArray[np.uint8]
_Tiles = NDArray[np.float32]
_Integers = NDArray[np.integer[Any]]


def measure(frame: Frame) -> dict[str, Reading]:
    """Sharpness, exposure, clipping at both ends and noise of a frame, by name.

    Sharpness is that of the sharpest tile, which is its region; the others are of the whole frame. All are finite, and
    the same pixels always give the same numbers.
    """
    import cv2

    grey = np.asarray(cv2.cvtColor(frame.pixels, cv2.COLOR_RGB2GRAY), dtype=np.uint8)
    detail = _detail(grey)
    noise = _noise(grey, detail)
    sharpness, region = _sharpest(detail, noise)
    levels = _levels(grey)
    high, low = _clipping(frame.pixels, levels)
    values: tuple[tuple[str, float, str, Region | None], ...] = (
        ("sharpness", sharpness, "grey levels", region),
        ("exposure", _exposure(levels), "EV", None),
        ("clipping_high", high, "share", None),
        ("clipping_low", low, "share", None),
        ("noise", noise, "grey levels", None),
    )
    return {
        name: Reading(name, round(value, 4), unit, _normal(name, frame), where, round(frame.scale, 4))
        for name, value, unit, where in values
    }


def _normal(name: str, frame: Frame) -> tuple[float, float]:
    """The range in which nobody would remark on a reading of this frame."""
    low, high = _NORMAL[name]
    if name == "sharpness":
        low = round(low * min(1.0, _NORMAL_EDGE / max(frame.pixels.shape[:2])) ** _FALL, 1)
    return low, high


def _detail(grey: _Grey) -> _Tiles:
    """Variance of the 4-neighbour Laplacian in about square tiles, [rows, columns], _TILES along the long edge."""
    import cv2

    return _tiles(np.asarray(cv2.Laplacian(grey, cv2.CV_16S), dtype=np.int16), cv2.NORM_L2SQR)


def _sharpest(detail: _Tiles, noise: float) -> tuple[float, Region]:
    """Deviation of the Laplacian in the tile where it is largest, and that tile (Pech-Pacheco et al., ICPR 2000).

    Noise of deviation n adds 20 n^2 to the variance of the Laplacian, which is taken off.
    """
    row, column = np.unravel_index(int(np.argmax(detail)), detail.shape)
    rows, columns = detail.shape
    region = Region(float(column) / columns, float(row) / rows, 1 / columns, 1 / rows)
    return float(np.sqrt(max(float(detail[row, column]) - 20 * noise**2, 0.0))), region


def _noise(grey: _Grey, detail: _Tiles) -> float:
    """Deviation of the noise (Immerkaer, CVIU 1996, eq. 3): sqrt(pi / 2) / 6 * mean |N * I|, median over flat tiles.

    N is the difference of two Laplacians, blind to constant and linear grey. The flattest tenth of the unclipped tiles
    keeps texture out.
    """
    import cv2

    mean = _tiles(grey, cv2.NORM_L1)
    seen = np.argwhere((mean > _GREY_RANGE[0]) & (mean < _GREY_RANGE[1]))
    flattest = seen[np.argsort(detail[tuple(seen.T)], kind="stable")][: max(round(len(seen) * _FLAT), 1)]
    second = np.array([1, -2, 1], np.float32)
    strengths = [
        float(np.abs(cv2.sepFilter2D(tile, cv2.CV_32F, second, second)).mean())
        for tile in (_tile(grey, int(row), int(column), detail.shape) for row, column in flattest)
    ]
    return float(np.sqrt(np.pi / 2) / 6 * np.median(strengths)) if strengths else 0.0


def _tile(values: _Integers, row: int, column: int, shape: tuple[int, ...]) -> _Integers:
    """The pixels of one tile of a grid of `shape`, a view."""
    (height, width), (rows, columns) = values.shape, shape
    top, bottom = row * height // rows, -(-(row + 1) * height // rows)
    left, right = column * width // columns, -(-(column + 1) * width // columns)
    return values[top:bottom, left:right]


def _tiles(values: _Integers, norm: int) -> _Tiles:
    """Means over the tiles of |value| (cv2.NORM_L1) or of value squared (cv2.NORM_L2SQR), [rows, columns] float32.

    A norm for each tile takes a thirtieth of the time of one resize to the grid.
    """
    import cv2

    height, width = values.shape
    side = max(max(height, width) / _TILES, 1.0)
    shape = (max(round(height / side), 1), max(round(width / side), 1))
    means = np.empty(shape, np.float32)
    for row, column in np.ndindex(shape):
        tile = _tile(values, row, column, shape)
        means[row, column] = cv2.norm(tile, norm) / tile.size
    return means


def _levels(grey: _Grey) -> NDArray[np.float32]:
    """[256]: how many pixels have each grey level."""
    import cv2

    return np.asarray(cv2.calcHist([grey], [0], None, [256], [0, 256]), dtype=np.float32).ravel()


def _exposure(levels: NDArray[np.float32]) -> float:
    """Mean luminance in stops above middle grey (18 %); grey levels are made linear as sRGB is (IEC 61966-2-1)."""
    luminance = float(levels @ _linear() / levels.sum())
    return float(np.log2(max(luminance, 1e-4) / _MIDDLE_GREY))


def _linear() -> NDArray[np.float64]:
    """[256]: linear light, 0-1, of the sRGB levels."""
    level = np.arange(256) / 255
    return np.where(level <= 0.04045, level / 12.92, ((level + 0.055) / 1.055) ** 2.4)


def _clipping(pixels: NDArray[np.uint8], levels: NDArray[np.float32]) -> tuple[float, float]:
    """Shares of the pixels that are clipped at the (high, low) end; `levels` as of `_levels`.

    Counting takes most of the time of a reading, so it is done only where something can be clipped.
    """
    import cv2

    total = pixels.shape[0] * pixels.shape[1]
    unclipped, black = total, 0
    if cv2.norm(pixels.reshape(pixels.shape[0], -1), cv2.NORM_INF) > _WHITE:
        unclipped = cv2.countNonZero(cv2.inRange(pixels, (0, 0, 0), (_WHITE, _WHITE, _WHITE)))
    if levels[: _BLACK + 1].any():
        black = cv2.countNonZero(cv2.inRange(pixels, (0, 0, 0), (_BLACK, _BLACK, _BLACK)))
    return 1 - unclipped / total, black / total
