"""How far the score may be off: a spread that was fitted on photos nobody learned from, put into the distribution."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from engine.types import SCORES

COVERED = 0.8
"""Share of the photos whose MOS the interval score +- REACH x spread is to hold."""
REACH = 1.2816
"""Half-width of the interval that holds COVERED of a normal, in deviations."""
LEAST, MOST = 0.5, 3.0
"""Points: ten whole scores cannot say less; more is never meant."""
FOLDS = 5
_STEPS = 24
_SOFT = 1.0


def described(distributions: NDArray[np.floating]) -> NDArray[np.float64]:
    """[N, 4] of distributions [N, 10]: 1, the mean from the middle, its square, the deviation."""
    mean = distributions.astype(np.float64) @ SCORES
    variance = distributions.astype(np.float64) @ (SCORES**2) - mean**2
    return np.stack([np.ones_like(mean), mean - 5.5, (mean - 5.5) ** 2, np.sqrt(np.maximum(variance, 1e-9))], 1)


@dataclass(frozen=True, slots=True, eq=False)
class Calibration:
    """log spread = terms . described(distribution)."""

    terms: NDArray[np.float64]
    """[4]"""

    @classmethod
    def fit(
        cls, distributions: NDArray[np.floating], truth: NDArray[np.floating], subset: NDArray[np.str_]
    ) -> Calibration:
        """From photos held out: what the student said [N, 10] and people's means [N], 1-10.

        The likeliest normal errors first, each subset counting the same; then widened or narrowed as a whole until
        COVERED of them lie inside. A few photos tell little: the terms beside the first are held back towards 0.
        """
        from scipy.optimize import minimize

        x = described(distributions)
        error = distributions.astype(np.float64) @ SCORES - truth
        counts = {name: int((subset == name).sum()) for name in np.unique(subset)}
        weight = np.array([1 / (len(counts) * counts[name]) for name in subset])

        def unlikely(terms: NDArray[np.float64]) -> float:
            log = x @ terms
            return float(weight @ (log + 0.5 * (error * np.exp(-log)) ** 2) + _SOFT / len(x) * (terms[1:] ** 2).sum())

        begin = np.array([np.log(max(float(np.sqrt(weight @ error**2)), 1e-3)), 0.0, 0.0, 0.0])
        terms = np.asarray(minimize(unlikely, begin, method="Nelder-Mead", options={"maxiter": 4000}).x)
        reached = np.abs(error) / (REACH * np.exp(x @ terms))
        order = np.argsort(reached)
        within = np.cumsum(weight[order])
        wide = float(reached[order][min(int(np.searchsorted(within, COVERED)), len(order) - 1)])
        return cls(terms + np.array([np.log(max(wide, 1e-3)), 0, 0, 0]))


class Predictive(nn.Module):
    """Distributions [B, 10] to normals on the ten scores with the same mean and the calibrated deviation."""

    terms: Tensor
    scores: Tensor

    def __init__(self, calibration: Calibration) -> None:
        super().__init__()
        self.register_buffer("terms", torch.from_numpy(calibration.terms).float())
        self.register_buffer("scores", torch.from_numpy(SCORES))

    def forward(self, p: Tensor) -> Tensor:
        mean = (p * self.scores).sum(1, keepdim=True)
        deviation = ((p * self.scores**2).sum(1, keepdim=True) - mean**2).clamp_min(1e-9).sqrt()
        off = mean - 5.5
        log = self.terms[0] + self.terms[1] * off + self.terms[2] * off**2 + self.terms[3] * deviation
        # Near an end there is no room for more.
        room = torch.minimum(mean - 1, 10 - mean).clamp_min(LEAST)
        wide = torch.minimum(log.exp().clamp(LEAST, MOST), room)
        return self._normal(mean, wide)

    def _normal(self, mean: Tensor, wide: Tensor) -> Tensor:
        """Whole scores and the two ends move the mean of a normal: its centre is found by Newton's steps."""
        centre = mean
        for _ in range(_STEPS):
            found = self._cut(centre, wide)
            got = (found * self.scores).sum(1, keepdim=True)
            variance = (found * self.scores**2).sum(1, keepdim=True) - got**2
            step = (mean - got) * wide**2 / variance.clamp_min(1e-3)
            centre = centre + step.clamp(-1.0, 1.0)
        return self._cut(centre, wide)

    def _cut(self, centre: Tensor, wide: Tensor) -> Tensor:
        found: Tensor = (-0.5 * ((self.scores - centre) / wide) ** 2).softmax(1)
        return found


def crossed(
    distributions: NDArray[np.floating],
    truth: NDArray[np.floating],
    subset: NDArray[np.str_],
    clusters: NDArray[np.int64],
) -> NDArray[np.float32]:
    """[N] spreads, each of a fit on photos of the other folds: what a fit on all of them is worth on others.

    As for `Calibration.fit`; photos of one cluster [N] stay together in one of FOLDS.
    """
    names = np.unique(clusters)
    fold = np.random.default_rng(0).permutation(len(names))[np.searchsorted(names, clusters)] % FOLDS
    found = np.empty(len(truth), np.float32)
    for number in range(FOLDS):
        own = fold == number
        fitted = Calibration.fit(distributions[~own], truth[~own], subset[~own])
        said = Predictive(fitted)(torch.from_numpy(distributions[own].astype(np.float32))).numpy()
        found[own] = spreads(said)
    return found


def spreads(said: NDArray[np.floating]) -> NDArray[np.float32]:
    """[N] deviations of distributions [N, 10], points."""
    mean = said @ SCORES
    return np.asarray(np.sqrt(np.maximum(said @ SCORES**2 - mean**2, 0)), np.float32)


def coverage(scores: NDArray[np.floating], spreads: NDArray[np.floating], truth: NDArray[np.floating]) -> float:
    """Share of the photos whose truth [N] lies in score +- REACH x spread, 0-1."""
    return float(np.mean(np.abs(scores - truth) <= REACH * spreads))
