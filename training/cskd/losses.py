"""Losses on distributions over the ten AVA scores, on the order of photos, and on places in another space."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from engine.types import SCORES


def squared_emd(p: Tensor, q: Tensor) -> Tensor:
    """Squared earth mover's distance of distributions [B, 10], mean over the batch (NIMA, arXiv 1709.05424, eq. 1).

    (1/N) sum_k (CDF_p(k) - CDF_q(k))^2, N = 10.
    """
    return (p.cumsum(1) - q.cumsum(1)).square().mean()


def mean_score(distributions: Tensor) -> Tensor:
    """[B] means of distributions [B, 10], in single precision whatever autocast does to products of matrices: a score
    of 6 in bfloat16 is right to 0.03 points only.
    """
    return (distributions.float() * torch.from_numpy(SCORES).to(distributions.device)).sum(1)


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


def away(embedding: Tensor, target: Tensor, words: int = 0) -> Tensor:
    """1 - cosine of each embedding [B, D] and its target [B, D], mean over the batch: CFA's loss, 0 to 2.

    Of a target whose first `words` numbers stand for themselves (training.vila.halves) they count as much as all: their
    share of the length is small.
    """
    got, wanted = embedding.float(), target.float()
    whole = 1 - functional.cosine_similarity(got, wanted).mean()
    return (whole + away(got[:, :words], wanted[:, :words])) / 2 if words else whole


def relational(embedding: Tensor, target: Tensor, temperature: float = 0.05) -> Tensor:
    """How differently the batch lies around each embedding [B, D] and around its target [B, D].

    Row i of both is a distribution over the other targets j != i, softmax of cosine / temperature; the loss is the mean
    Kullback-Leibler divergence from the target's to the embedding's. Beside `away`, which a space whose points all lie
    near their mean makes small for any of them, this asks for the neighbours.
    """
    # Cosines over a small temperature: half precision would round neighbours together.
    with torch.autocast(embedding.device.type, enabled=False):
        wanted = functional.normalize(target.float(), dim=1)
        got = functional.normalize(embedding.float(), dim=1)
        own = torch.eye(len(wanted), dtype=torch.bool, device=wanted.device)
        p = (wanted @ wanted.T / temperature).masked_fill(own, -1e4).log_softmax(1)
        q = (got @ wanted.T / temperature).masked_fill(own, -1e4).log_softmax(1)
        return functional.kl_div(q, p, reduction="batchmean", log_target=True)


def degraded(worse: Tensor, clean: Tensor, margin: float, still: bool) -> Tensor:
    """Hinge on scores of degraded copies [B] that are not at least `margin` points below those of the photos [B].

    `still`: the photo's own score gets no gradient, as it has a label, and pulling it up to make room costs accuracy.
    Where this weighs much beside what people say, a network that cannot tell both apart yet lowers all scores then,
    until it learns nothing from people any more (docs/cskd.md has figures).
    """
    held = clean.detach() if still else clean
    return functional.relu(margin - (held - worse)).sum() / max(len(worse), 1)


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
