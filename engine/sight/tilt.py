"""Tilt: by how much the straight lines of a picture miss the level and the plumb line."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

WIDEST = 15.0
"""Degrees; lines further off are meant to be oblique."""
_BIN = 0.25
"""Degrees."""
_NEAR = 1.0
"""Degrees around the peak that count as one direction."""
_WINDOW = 5
"""Pixels along the side of the window in which an edge has to be straight."""
_STRAIGHT = 0.92
"""Coherence of the structure tensor from which a window has one edge only."""
_LEAST_STEP = 3.0
"""Grey levels a pixel; weaker edges are noise."""
_SURE_SHARE, _SURE_LENGTH = 0.45, 0.4
"""Of a tilt without doubt: share of the edges that have it, length of its longest line as a share of the long edge."""
_Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Tilt:
    """Degrees that the picture is turned clockwise, and how far that can be trusted, 0-1; 0 and 0 where lines lack."""

    degrees: float
    confidence: float


@dataclass(frozen=True, slots=True, eq=False)
class _Edges:
    """Pixels on straight edges: [n] each."""

    degrees: _Floats
    """Turn of the edge, clockwise, from the nearest of level and plumb, -45 to 45."""
    is_level: NDArray[np.bool_]
    weight: _Floats
    x: NDArray[np.intp]
    y: NDArray[np.intp]


def find(grey: NDArray[np.uint8]) -> Tilt:
    """The tilt of a grey picture, best reduced to a long edge of 500 to 1,000 pixels.

    The direction that most straight edges near level and plumb share, after the orientation histogram of the structure
    tensor (Bigun and Granlund, ICCV 1987). It can be trusted as far as it stands out from the other directions and as
    one line of it is long: a horizon, a wall. Slopes and converging walls remain what they are: lines that lean.
    """
    if min(grey.shape) < 3 * _WINDOW:
        return Tilt(0.0, 0.0)
    edges = _straight_edges(grey)
    near_axis = np.abs(edges.degrees) <= WIDEST
    total = float(edges.weight[near_axis].sum())
    if total <= 0:
        return Tilt(0.0, 0.0)
    peak = _peak(edges.degrees[near_axis], edges.weight[near_axis])
    on_peak = np.abs(edges.degrees - peak) <= _NEAR
    weight = edges.weight[on_peak]
    degrees = float((edges.degrees[on_peak] * weight).sum() / weight.sum())
    by_chance = 2 * _NEAR / (2 * WIDEST)
    share = (float(weight.sum()) / total - by_chance) / (_SURE_SHARE - by_chance)
    length = _longest(edges, on_peak, degrees) / (_SURE_LENGTH * max(grey.shape))
    return Tilt(degrees, float(min(max(share, 0.0), 1.0) * min(length, 1.0)))


def _straight_edges(grey: NDArray[np.uint8]) -> _Edges:
    import cv2

    across, down = (cv2.Scharr(grey, cv2.CV_32F, *axes, scale=1 / 32) for axes in ((1, 0), (0, 1)))
    xx, yy, xy = (
        cv2.boxFilter(product, cv2.CV_32F, (_WINDOW, _WINDOW))
        for product in (across * across, down * down, across * down)
    )
    energy, difference, twice = xx + yy, xx - yy, 2 * xy
    straight = difference * difference + twice * twice > (_STRAIGHT**2) * energy * energy
    straight &= energy > _LEAST_STEP**2
    straight[:_WINDOW] = straight[-_WINDOW:] = straight[:, :_WINDOW] = straight[:, -_WINDOW:] = False
    position = np.flatnonzero(straight)
    y, x = np.divmod(position, grey.shape[1])
    strength, *doubled = (part.ravel()[position] for part in (energy, difference, twice))
    normal = np.degrees(np.arctan2(doubled[1], doubled[0])) / 2
    turn = np.asarray((normal + 45) % 90 - 45, dtype=np.float32)
    return _Edges(turn, np.abs(normal) > 45, np.sqrt(strength), x, y)


def _peak(degrees: _Floats, weight: _Floats) -> float:
    """The direction around which most edges lie."""
    bins = round(2 * WIDEST / _BIN)
    counts, limits = np.histogram(degrees, bins, (-WIDEST, WIDEST), weights=weight)
    width = round(_NEAR / _BIN)
    window = np.concatenate([np.arange(1, width + 1), np.arange(width + 1, 0, -1)]).astype(float)
    smooth = np.convolve(counts, window, mode="same")
    return float(limits[int(np.argmax(smooth))]) + _BIN / 2


def _longest(edges: _Edges, on_peak: NDArray[np.bool_], degrees: float) -> int:
    """Pixels of the longest line in that direction, gaps left out."""
    along, off = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    longest = 0
    for family in (on_peak & edges.is_level, on_peak & ~edges.is_level):
        x, y = edges.x[family], edges.y[family]
        if not len(x):
            continue
        level = bool(edges.is_level[family][0])
        distance = y * along - x * off if level else x * along + y * off
        position = x if level else y
        row = np.round((distance - distance.min()) / 2).astype(np.intp)
        fullest = int(np.argmax(np.bincount(row)))
        longest = max(longest, len(np.unique(position[row == fullest])))
    return longest
