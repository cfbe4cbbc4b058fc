"""The grid of about square tiles over a picture, and what is kept of each once the pixels are gone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.types import Region

LONG_EDGE = 16
"""Tiles along the long edge."""
Grid = NDArray[np.float32]
"""[rows, columns], one number a tile."""
Values = NDArray[np.integer[Any]] | NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True, eq=False)
class Tiles:
    """What is kept of a frame until the student has said where the subject is: some kilobytes."""

    detail: Grid
    """Variance of the Laplacian (4 neighbours) of the grey picture, noise and all, squared grey levels."""
    light: Grid
    """Mean luminance in linear light, 0-1."""
    noise: float
    """Deviation of the noise of the whole frame, grey levels."""
    scale: float
    """`Frame.scale` of the picture they are of."""
    edge: int
    """Long edge of that picture, pixels."""


def shape_for(height: int, width: int) -> tuple[int, int]:
    """(rows, columns) of the grid over a picture."""
    side = max(max(height, width) / LONG_EDGE, 1.0)
    return max(round(height / side), 1), max(round(width / side), 1)


def tile(values: Values, row: int, column: int, shape: tuple[int, ...]) -> Values:
    """The pixels of one tile of a grid of `shape`, a view."""
    (height, width), (rows, columns) = values.shape, shape
    return values[slice(*span(row, rows, height)), slice(*span(column, columns, width))]


def span(place: int, count: int, length: int) -> tuple[int, int]:
    """(first, end) pixel of the `place`-th of `count` tiles beside each other along `length` pixels."""
    return place * length // count, -(-(place + 1) * length // count)


def region_of(row: int, column: int, shape: tuple[int, ...]) -> Region:
    """Where a tile lies."""
    rows, columns = shape
    return Region(column / columns, row / rows, 1 / columns, 1 / rows)


def largest(grid: Grid) -> tuple[int, int]:
    """(row, column) of the tile with the largest number, the first one of equals."""
    row, column = np.unravel_index(int(np.argmax(grid)), grid.shape)
    return int(row), int(column)


def means(values: Values, norm: int, shape: tuple[int, int]) -> Grid:
    """Means over the tiles of |value| (cv2.NORM_L1) or of value squared (cv2.NORM_L2SQR).

    A norm for each tile takes a thirtieth of the time of one resize to the grid.
    """
    import cv2

    found = np.empty(shape, np.float32)
    for row, column in np.ndindex(shape):
        part = tile(values, row, column, shape)
        found[row, column] = cv2.norm(part, norm) / part.size
    return found


def detail(grey: NDArray[np.uint8]) -> Grid:
    """Variance of the 4-neighbour Laplacian in every tile of a grey picture.

    A row of tiles at a time: of what a processor's cache holds, it takes half the time.
    """
    import cv2

    rows, columns = shape_for(*grey.shape)
    found = np.empty((rows, columns), np.float32)
    for row in range(rows):
        top, bottom = span(row, rows, grey.shape[0])
        above = min(top, 1)
        values = np.asarray(cv2.Laplacian(grey[top - above : bottom + 1], cv2.CV_16S), dtype=np.int16)
        found[row] = means(values[above : above + bottom - top], cv2.NORM_L2SQR, (1, columns))
    return found


def over(grid: Grid, region: Region) -> float:
    """Mean of the tiles under a region, each counted by how much of it the region covers."""
    rows, columns = grid.shape
    down = _covered(region.y * rows, (region.y + region.h) * rows, rows)
    across = _covered(region.x * columns, (region.x + region.w) * columns, columns)
    weights = np.outer(down, across)
    return float((grid * weights).sum() / weights.sum())


def _covered(start: float, end: float, count: int) -> NDArray[np.float64]:
    """[count]: how much of each of a row of tiles lies between `start` and `end`; at least one is touched."""
    edges = np.arange(count)
    share: NDArray[np.float64] = np.clip(np.minimum(edges + 1, end) - np.maximum(edges, start), 0.0, 1.0)
    if share.sum() <= 0:
        share[min(max(int(start), 0), count - 1)] = 1.0
    return share
