"""What a distance in a student's space means: equal evidence that two photos are of one series is an equal distance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.judge.bursts import REACH
from engine.types import EMBEDDING_SIZE
from engine.yardstick import MOST, Yardstick
from training.cskd.judged import Judged
from training.data.labelled import Labelled

CHANCES = (0.98, 0.95, 0.9, 0.8, 0.65, 0.5, 0.35, 0.2, 0.1, 0.05, 0.02)
"""That two photos are of one series, if half of all pairs were. Where hardly a pair is, distances say no more about it:
there the map is a straight line to its end."""
SHARES = (0.1, 0.25, 0.5, 0.75)
"""The same where nearly every pair is: of the pairs of one series that are nearer than at the first of CHANCES, so many
are nearer still."""
REFERENCE = (0.073, 0.128, 0.227, 0.35, 0.511, 0.568, 0.611, 0.656, 0.698, 0.731, 0.762, 0.801, 0.84, 0.875, 0.918)
"""Cosine distances at SHARES and CHANCES in the space that the engine's limits are stated in: `measure` of the student
of the starter pack 1.4.0 on the 1,078 photos of BIQ2021 to learn from that stand in a series. A constant, as the limits
are: it is true of them, not of any pack."""
APART = 50
"""Photos of two series are told apart for certain if so many lie between them: neighbours in a folder may be of one
subject although their labels say otherwise."""
_LEAST = 1e-4
_GRID = np.linspace(_LEAST, MOST - _LEAST, 20_000)


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """A logistic regression: log odds of one series = terms . described(distance); it never rises with the distance."""

    terms: NDArray[np.float64]
    """[4], all but the first 0 or more."""

    @classmethod
    def fit(cls, same: NDArray[np.floating], other: NDArray[np.floating]) -> Evidence:
        """From distances of pairs inside series [N] and of pairs of different ones [M]; both sides weigh the same."""
        from scipy.optimize import minimize

        inside, outside = described(same), described(other)

        def unlikely(terms: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
            pro, con = inside @ terms, outside @ terms
            loss = np.logaddexp(0, -pro).mean() + np.logaddexp(0, con).mean()
            wrong = np.exp(-np.logaddexp(0, pro)), np.exp(-np.logaddexp(0, -con))
            return float(loss), wrong[1] @ outside / len(outside) - wrong[0] @ inside / len(inside)

        bounds = [(None, None), (0, None), (0, None), (0, None)]
        found = minimize(unlikely, np.array([0.0, 1.0, 1.0, 1.0]), jac=True, method="L-BFGS-B", bounds=bounds)
        return cls(np.asarray(found.x, np.float64))

    def distances(self, chances: Sequence[float]) -> NDArray[np.float64]:
        """[len(chances)] at which the chance is so large; `chances` fall. NaN where it never is."""
        asked = np.array(chances, np.float64)
        return np.interp(-np.log(asked / (1 - asked)), -described(_GRID) @ self.terms, _GRID, np.nan, np.nan)


def described(distances: NDArray[np.floating]) -> NDArray[np.float64]:
    """[N, 4] of cosine distances [N]: 1, and three ways to fall with them."""
    d = np.clip(distances.astype(np.float64), _LEAST, MOST - _LEAST)
    return np.stack([np.ones_like(d), -np.log(d), -d, np.log(MOST - d)], axis=1)


def fit(student: Path, photos: Labelled) -> dict[str, list[float]]:
    """`likeness` of a pack with this student.onnx, from photos to learn from that stand in series, in order of capture.

    Raises FileNotFoundError, PackError, or ValueError where series are too few or the space does not tell them apart.
    """
    photos = photos.where(photos.series >= 0)
    return fitted(embeddings(student, photos), photos.series)


def fitted(vectors: NDArray[np.floating], series: NDArray[np.int64]) -> dict[str, list[float]]:
    """The same from embeddings of length 1, [N, D], of photos in series [N]. Raises ValueError."""
    points = measure(vectors, series)
    known = ~np.isnan(points)
    if known[len(SHARES) :].sum() < 2:
        raise ValueError(
            "In this space distances do not tell whether photos are of one series: there is no map to fit."
        )
    kept, values = points[known].round(5), np.array(REFERENCE)[known]
    # Of pairs that are copies, several points would be 0.
    rises = np.diff(kept, prepend=0.0) > 0
    return Yardstick((0.0, *kept[rises].tolist(), MOST), (0.0, *values[rises].tolist(), MOST)).to_json()


def measure(vectors: NDArray[np.floating], series: NDArray[np.int64]) -> NDArray[np.float64]:
    """[len(SHARES) + len(CHANCES)] distances at these, rising; NaN where a chance is never so large.

    Raises ValueError where there are no pairs.
    """
    same, other = pairs(vectors, series)
    reached = Evidence.fit(same, other).distances(CHANCES)
    near = same[same < reached[0]]
    return np.concatenate([np.quantile(near, SHARES) if len(near) else np.full(len(SHARES), np.nan), reached])


def pairs(vectors: NDArray[np.floating], series: NDArray[np.int64]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Distances of the pairs that bursts compare inside series, and of pairs of different series that lie APART.

    `vectors` [N, D] are of length 1 and in order of capture. Raises ValueError where there are none of either.
    """
    unit = vectors.astype(np.float32)
    distances = 1.0 - unit @ unit.T
    ahead = [np.diagonal(distances, step)[series[step:] == series[:-step]] for step in range(1, REACH + 1)]
    same = np.concatenate(ahead)
    other = distances[np.triu(series[:, None] != series[None, :], APART + 1)]
    if not (len(same) and len(other)):
        raise ValueError(f"{len(same)} pairs inside series and {len(other)} of different ones: too few to compare.")
    return same, other


def embeddings(student: Path, photos: Labelled) -> NDArray[np.float32]:
    """[N, EMBEDDING_SIZE] by a student.onnx. Raises FileNotFoundError or PackError."""
    judged = Judged.load(student)
    found = [judged.outputs([photos.pixels(row)])[1] for row in range(len(photos))]
    return np.concatenate(found) if found else np.zeros((0, EMBEDDING_SIZE), np.float32)
