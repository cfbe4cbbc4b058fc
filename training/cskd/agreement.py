"""How far two encoders agree on the same photos, and whether a space has collapsed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from training.cskd.targets import unit

NEAREST = 10
"""Neighbours that are compared."""


def cosine(ours: NDArray[np.floating], theirs: NDArray[np.floating]) -> float:
    """Mean cosine of the two embeddings [N, D] of the same photo."""
    return float((unit(ours) * unit(theirs)).sum(1).mean())


def retrieval(ours: NDArray[np.floating], theirs: NDArray[np.floating], nearest: int = NEAREST) -> float:
    """Share of the `nearest` photos to each photo that both find, 0-1: nearest / (N - 1) by chance."""
    mine, other = _neighbours(ours, nearest), _neighbours(theirs, nearest)
    return float(np.mean([len(np.intersect1d(a, b)) for a, b in zip(mine, other, strict=True)]) / mine.shape[1])


def crossed(ours: NDArray[np.floating], theirs: NDArray[np.floating]) -> float:
    """How often the photo nearest to our embedding, among all of theirs, is the photo itself."""
    likeness = unit(ours) @ unit(theirs).T
    return float(np.mean(likeness.argmax(1) == np.arange(len(likeness))))


def effective_rank(features: NDArray[np.floating]) -> float:
    """exp of the entropy of the singular values of features [N, D], mean taken off (Roy and Vetterli, 2007): 1 to D."""
    centred = np.asarray(features, np.float64) - np.mean(features, 0, dtype=np.float64)
    values = np.linalg.svd(centred, compute_uv=False)
    shares = values / max(float(values.sum()), 1e-12)
    shares = shares[shares > 0]
    return float(np.exp(-(shares * np.log(shares)).sum()))


def spread(features: NDArray[np.floating]) -> float:
    """Mean deviation of the dimensions of unit vectors, times the root of their number: 1 where they fill the sphere,
    0 where all photos fall on one point.
    """
    vectors = unit(features)
    return float(vectors.std(0).mean() * np.sqrt(vectors.shape[1]))


def _neighbours(embeddings: NDArray[np.floating], nearest: int) -> NDArray[np.int64]:
    likeness = unit(embeddings) @ unit(embeddings).T
    np.fill_diagonal(likeness, -2)
    return np.asarray(np.argsort(-likeness, axis=1)[:, : min(nearest, len(likeness) - 1)], np.int64)
