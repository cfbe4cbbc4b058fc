"""Subject: where a photo's subject is, and what says so."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.sight import tiles
from engine.sight.tiles import Grid, Tiles
from engine.types import Face, Metadata, Region, Subject, SubjectSource

CONFIDENT = 0.75
"""Confidence from which a face decides where the subject is: nearly all of those are faces (docs/faces.md)."""
_BESIDE, _ABOVE = 0.2, 0.15
"""What an eye band adds around the middles of the eyes, in widths and heights of the face: brows and lids."""
_HALF = 0.5
"""Tiles above this share of the map's peak belong to what the student looked at."""
_REACH = 2
"""Tiles from the peak at which the subject ends, whatever the map says: less than a third of the long edge."""


def known(faces: Sequence[Face], metadata: Metadata) -> Subject | None:
    """What can be known before the student ran: the eyes of the largest confident face, else the AF point, else None.

    In groups the largest face gives the region; which frame is best is decided by the worst prominent face, whose
    sharpness and eyes `Face` has.
    """
    confident = [face for face in faces if face.confidence >= CONFIDENT and eye_band(face) is not None]
    if confident:
        band = eye_band(max(confident, key=lambda face: face.region.w * face.region.h))
        return None if band is None else Subject(band, SubjectSource.EYES)
    return None if metadata.af is None else Subject(metadata.af, SubjectSource.AF)


def found(attention: NDArray[np.float32] | None, kept: Tiles) -> Subject:
    """Where the student looked, else the sharpest tile; both end at edges of tiles.

    `attention` is `Verdict.attention`: the subject is the tiles above half of its peak that hang together with the
    peak, two tiles from it at most. A map that is zero everywhere, or not finite, says nothing.
    """
    shape = kept.detail.shape
    if attention is not None and attention.size and np.isfinite(attention).all() and float(attention.max()) > 0:
        return Subject(_around_peak(_on_tiles(attention, shape)), SubjectSource.ATTENTION)
    return Subject(tiles.region_of(*tiles.largest(kept.detail), shape), SubjectSource.SHARPEST)


def eye_band(face: Face) -> Region | None:
    """The upright rectangle around both eyes of a face, held at the picture's edges; None where it lies outside."""
    (left, right), (top, bottom) = (sorted(eye[axis] for eye in face.landmarks[:2]) for axis in (0, 1))
    beside, above = _BESIDE * face.region.w, _ABOVE * face.region.h
    x, end = (min(max(edge, 0.0), 1.0) for edge in (left - beside, right + beside))
    y, foot = (min(max(edge, 0.0), 1.0) for edge in (top - above, bottom + above))
    return Region(x, y, end - x, foot - y) if end > x and foot > y else None


def _on_tiles(attention: NDArray[np.float32], shape: tuple[int, ...]) -> Grid:
    import cv2

    rows, columns = shape
    is_finer = attention.shape[0] > rows or attention.shape[1] > columns
    method = cv2.INTER_AREA if is_finer else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(attention.astype(np.float32), (columns, rows), interpolation=method), np.float32)


def _around_peak(looked: Grid) -> Region:
    """The box around the tiles that hang together with the peak."""
    import cv2

    row, column = tiles.largest(looked)
    near = (looked >= _HALF * looked[row, column]).astype(np.uint8)
    near[: max(row - _REACH, 0)] = near[row + _REACH + 1 :] = 0
    near[:, : max(column - _REACH, 0)] = near[:, column + _REACH + 1 :] = 0
    _, labels = cv2.connectedComponents(near, connectivity=4)
    down, across = np.nonzero(labels == labels[row, column])
    rows, columns = looked.shape
    top, left = int(down.min()), int(across.min())
    tall, wide = int(down.max()) + 1 - top, int(across.max()) + 1 - left
    return Region(left / columns, top / rows, wide / columns, tall / rows)
