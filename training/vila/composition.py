"""Composition: where the subject stands, how much is empty, whether the halves mirror each other, what is in focus."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_HALF = 0.5
"""Share of the map's peak from which a place belongs to what was looked at."""
_COARSE = 3.0
"""Grey levels that neighbours of a 32 x 32 picture differ by where there is something to be sharp."""
_DARK = 80.0
"""Grey level below which a subject is dark."""
_FLAT = 0.12
"""Detail of a tile, as a share of the sharpest ones', below which it is empty."""
_Map = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Composition:
    """How a photo is composed; places and shares are 0-1."""

    x: float
    """Of the subject, from the left."""
    y: float
    """From the top."""
    extent: float
    """Share of the frame that was looked at: small for a subject that stands out."""
    symmetry: float
    """Correlation of the left half with the mirrored right one, what rows have in common taken off; -1 to 1."""
    empty: float
    """Share of tiles with nothing in them."""
    busy: float
    """Share of tiles with much detail."""
    soft: float
    """Share of the tiles with coarse detail that lack fine detail: what lies out of focus."""
    subject_detail: float
    """Detail of the subject as a share of the sharpest tiles'."""
    backlight: float
    """Grey levels by which the surroundings are brighter than the subject; 0 for a subject that is not dark."""


def of(attention: NDArray[np.floating], detail: NDArray[np.floating], light: NDArray[np.integer]) -> Composition:
    """From where the student looked [16, 16], deviations of the Laplacian by tile [16, 16], a grey picture [32, 32]."""
    looked, fine = np.asarray(attention, np.float32), np.asarray(detail, np.float32)
    grey = np.asarray(light, np.float32)
    near = _around_peak(looked)
    x, y = _centre(looked * near)
    sharpest = max(float(np.percentile(fine, 95)), 1e-3)
    relative = fine / sharpest
    coarse = _coarse(grey)
    on_subject, textured = near > 0, coarse > _COARSE
    outside = textured & ~on_subject
    return Composition(
        x,
        y,
        float(on_subject.mean()),
        _symmetry(grey),
        float((relative < _FLAT).mean()),
        float((relative > 0.4).mean()),
        float((relative[outside] < 0.3).mean()) if outside.sum() > 20 else 0.0,
        float(np.percentile(relative[on_subject], 75)),
        _backlight(grey, on_subject),
    )


def _around_peak(looked: _Map) -> _Map:
    """1 where the map hangs together with its peak above half of it."""
    import cv2

    row, column = np.unravel_index(int(looked.argmax()), looked.shape)
    _, labels = cv2.connectedComponents((looked >= _HALF * looked.max()).astype(np.uint8), connectivity=4)
    return np.asarray(labels == labels[row, column], np.float32)


def _centre(weights: _Map) -> tuple[float, float]:
    rows, columns = weights.shape
    total = float(weights.sum())
    x = float((weights.sum(0) * (np.arange(columns) + 0.5)).sum()) / columns
    y = float((weights.sum(1) * (np.arange(rows) + 0.5)).sum()) / rows
    return (x / total, y / total) if total > 0 else (0.5, 0.5)


def _symmetry(grey: _Map) -> float:
    """0 where there is too little in the picture to mirror."""
    rest = grey - grey.mean(1, keepdims=True)
    energy = float((rest**2).mean())
    return float((rest * rest[:, ::-1]).mean() / energy) if energy > 100 else 0.0


def _coarse(grey: _Map) -> _Map:
    """[16, 16]: by how much the parts of each tile, and its neighbours, differ."""
    down, across = np.gradient(grey)
    steps = np.hypot(down, across)
    return np.asarray(steps.reshape(16, 2, 16, 2).mean((1, 3)), np.float32)


def _backlight(grey: _Map, on_subject: NDArray[np.bool_]) -> float:
    inside = np.kron(on_subject, np.ones((2, 2), bool))
    if inside.all():
        return 0.0
    of_subject = float(np.median(grey[inside]))
    return float(np.percentile(grey[~inside], 75)) - of_subject if of_subject < _DARK else 0.0
