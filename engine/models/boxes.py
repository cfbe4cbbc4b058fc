"""Boxes, NumPy alone: how much two overlap, and which of several on one thing stays."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Boxes = NDArray[np.float32]


def overlaps(boxes: Boxes, others: Boxes) -> NDArray[np.float32]:
    """[N, M]: intersection over union of `boxes` [N, 4] and `others` [M, 4], each left, top, right, bottom."""
    low = np.maximum(boxes[:, None, :2], others[None, :, :2])
    high = np.minimum(boxes[:, None, 2:], others[None, :, 2:])
    shared = np.clip(high - low, 0, None).prod(2)
    areas = [np.clip(b[:, 2:] - b[:, :2], 0, None).prod(1) for b in (boxes, others)]
    return np.asarray(shared / np.maximum(areas[0][:, None] + areas[1][None, :] - shared, 1e-12), np.float32)


def suppress(boxes: Boxes, scores: NDArray[np.float32], limit: float) -> NDArray[np.int64]:
    """Rows that stay, best first: none overlaps a better one by more than `limit` (greedy non-maximum suppression)."""
    left = np.argsort(-scores, kind="stable")
    kept = []
    while len(left):
        best, left = left[0], left[1:]
        kept.append(best)
        left = left[overlaps(boxes[best : best + 1], boxes[left])[0] <= limit]
    return np.array(kept, np.int64)
