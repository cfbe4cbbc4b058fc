"""Losses on distributions over the ten AVA scores, and on the order of photos."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.types import SCORES


def squared_emd(p: Tensor, q: Tensor) -> Tensor:
    """Squared earth mover's distance of distributions [B, 10], mean over the batch (NIMA, arXiv 1709.05424, eq. 1).

    (1/N) sum_k (CDF_p(k) - CDF_q(k))^2, N = 10.
    """
    return (p.cumsum(1) - q.cumsum(1)).square().mean()


def order(scores: Tensor, truth: Tensor, together: Tensor, sharpness: float = 3.0) -> Tensor:
    """Soft Bradley-Terry loss on the pairs of a batch.

    `scores` and `truth` [B] are on 1-10; `together` [B, B] says which photos may be compared. The probability that i
    beats j is sigmoid(sharpness * (s_i - s_j)), its target the same of the truth, so that equal photos pull together
    and clear pairs apart. What no score could avoid (the target's entropy) is taken off: the least loss is 0.
    """
    pairs = torch.triu(together, diagonal=1)
    if not pairs.any():
        return scores.sum() * 0
    logits = sharpness * (scores[:, None] - scores[None, :])[pairs]
    wanted = torch.sigmoid(sharpness * (truth[:, None] - truth[None, :])[pairs])
    entropy = torch.special.entr(wanted) + torch.special.entr(1 - wanted)
    loss: Tensor = torch.nn.functional.binary_cross_entropy_with_logits(logits, wanted, reduction="none") - entropy
    return loss.mean()


def distribution_around(mean: NDArray[np.float32], deviation: NDArray[np.float32]) -> NDArray[np.float32]:
    """[N, 10]: normals cut to the ten scores, each with exactly `mean` [N], 1-10, and about `deviation` [N], points.

    Cutting a normal at 1 and 10 moves its mean, so its centre is searched by bisection until the mean is right; means
    are kept in 1.1-9.9, the outermost that a distribution with any width reaches.
    """
    wanted = np.clip(mean.astype(np.float64), 1.1, 9.9)
    low, high = np.full(len(wanted), -60.0), np.full(len(wanted), 71.0)
    width = deviation.astype(np.float64)
    for _ in range(60):
        centre = (low + high) / 2
        below = _cut_normal(centre, width) @ SCORES < wanted
        low, high = np.where(below, centre, low), np.where(below, high, centre)
    return _cut_normal((low + high) / 2, width).astype(np.float32)


def _cut_normal(centre: NDArray[np.float64], width: NDArray[np.float64]) -> NDArray[np.float64]:
    exponent = -0.5 * ((SCORES[None, :] - centre[:, None]) / width[:, None]) ** 2
    weights = np.exp(exponent - exponent.max(1, keepdims=True))
    return np.asarray(weights / weights.sum(1, keepdims=True))
