"""Noise: what varies from pixel to pixel where nothing is seen."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from engine.sight.tiles import Grid, means, tile

GREY_RANGE = (8, 247)
"""Tiles whose mean lies outside are clipped, and show no noise."""
_FLAT = 0.1
"""Share of the tiles that counts as flat: what varies there is noise."""
GAIN = 20.0
"""Noise of deviation n adds GAIN * n ** 2 to the variance of the 4-neighbour Laplacian: 4 * 4 + 4."""


def deviation(grey: NDArray[np.uint8], detail: Grid) -> float:
    """Deviation of the noise (Immerkaer, CVIU 1996, eq. 3): sqrt(pi / 2) / 6 * mean |N * I|, median over flat tiles.

    N is the difference of two Laplacians, blind to constant and linear grey. The flattest tenth of the unclipped tiles
    keeps texture out; `detail` is the variance of the Laplacian in each tile.
    """
    import cv2

    mean = means(grey, cv2.NORM_L1, (detail.shape[0], detail.shape[1]))
    seen = np.argwhere((mean > GREY_RANGE[0]) & (mean < GREY_RANGE[1]))
    flattest = seen[np.argsort(detail[tuple(seen.T)], kind="stable")][: max(round(len(seen) * _FLAT), 1)]
    second = np.array([1, -2, 1], np.float32)
    strengths = [
        float(np.abs(cv2.sepFilter2D(part, cv2.CV_32F, second, second)).mean())
        for part in (tile(grey, int(row), int(column), detail.shape) for row, column in flattest)
    ]
    return float(np.sqrt(np.pi / 2) / 6 * np.median(strengths)) if strengths else 0.0


def less(variance: float, deviation_of_noise: float) -> float:
    """Deviation of the Laplacian where its variance is known, without what noise added to it; 0 at least."""
    return math.sqrt(max(variance - GAIN * deviation_of_noise**2, 0.0))
