"""Photos that are nearly the same picture, found by their features, so that none stands on both sides of a split."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

LIKENESS = 0.9
"""Cosine of pooled ImageNet features from which two photos count as twins."""


def of(features: NDArray[np.float32], others: NDArray[np.float32], likeness: float = LIKENESS) -> NDArray[np.bool_]:
    """[N]: which rows of `features` [N, D] have a twin among `others` [M, D]."""

    def unit(x: NDArray[np.float32]) -> NDArray[np.float32]:
        return np.asarray(x / np.linalg.norm(x, axis=1, keepdims=True))

    return np.asarray((unit(features) @ unit(others).T).max(1) > likeness)
