"""VILA's rank adapter, exactly (PAPERS, VILA: Rank adapter), and the map from its cosine to a score of 1-10."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

MARGIN = 0.1
ANCHOR = "good image"
_POINTS = 128
"""Of the isotonic map, at most."""


class Adapter(nn.Module):
    """v = normalize(x + W x + b), score v . t: the one residual matrix that learns what people prefer.

    x is the un-normalised image embedding and t the normalised embedding of "good image"; neither gets a gradient.
    W and b begin at 0, where the score is the cosine that the tower alone gives.
    """

    anchor: Tensor

    def __init__(self, anchor: Tensor) -> None:
        """`anchor` [D]: the text embedding of ANCHOR."""
        super().__init__()
        self.residual = nn.Linear(len(anchor), len(anchor))
        nn.init.zeros_(self.residual.weight)
        nn.init.zeros_(self.residual.bias)
        self.register_buffer("anchor", functional.normalize(anchor.detach().float(), dim=0))

    def forward(self, x: Tensor) -> Tensor:
        """Scores [B], -1 to 1, of image embeddings [B, D]."""
        x = x.detach()
        scores: Tensor = functional.normalize(x + self.residual(x), dim=1) @ self.anchor
        return scores


def hinge(scores: Tensor, truth: Tensor, groups: Tensor | None = None) -> Tensor:
    """mean_i sum_j relu(m * 1[y_i != y_j] - sign(y_i - y_j) (s_i - s_j)) over all ordered pairs of `scores` [B].

    `groups` [B], not in the paper: pairs count only inside a group.
    """
    sign = (truth[:, None] - truth[None, :]).sign()
    losses = functional.relu(MARGIN * sign.abs() - sign * (scores[:, None] - scores[None, :]))
    if groups is not None:
        losses = losses * (groups[:, None] == groups[None, :])
    return losses.sum(1).mean()


def train(
    adapter: Adapter,
    embeddings: Tensor,
    truth: Tensor,
    steps: int = 2000,
    batch: int = 128,
    rate: float = 1e-4,
    weight_decay: float = 0.01,
    seed: int = 0,
    groups: Tensor | None = None,
) -> Adapter:
    """Fit the adapter to embeddings [N, D] and what people thought of them, `truth` [N]. Seconds on a CPU.

    With `groups` [N] a batch has as many of each, and pairs count only inside one: photos of two collections were not
    judged side by side, and by number the larger collection's pairs would drown the other's.
    """
    pools = [torch.arange(len(truth))] if groups is None else _pools(groups)
    generator = torch.Generator().manual_seed(seed)
    optimiser = torch.optim.AdamW(adapter.parameters(), lr=rate, weight_decay=weight_decay)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, steps)
    for _ in range(steps):
        rows = torch.cat([_drawn(pool, batch // len(pools), generator) for pool in pools])
        loss = hinge(adapter(embeddings[rows]), truth[rows], None if groups is None else groups[rows])
        optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]  # torch does not annotate it
        optimiser.step()
        schedule.step()
    return adapter.eval()


def _pools(groups: Tensor) -> list[Tensor]:
    return [torch.where(groups == number)[0] for number in sorted(set(groups.tolist()))]


def _drawn(pool: Tensor, count: int, generator: torch.Generator) -> Tensor:
    return pool[torch.randperm(len(pool), generator=generator)[:count]]


@dataclass(frozen=True, slots=True, eq=False)
class Scale:
    """A rising map from the adapter's cosine to 1-10, straight between its points and level outside."""

    cosines: NDArray[np.float32]
    """[K], rising."""
    scores: NDArray[np.float32]
    """[K], 1-10, never falling."""

    @classmethod
    def fit(cls, cosines: NDArray[np.float32], scores: NDArray[np.float32]) -> Scale:
        """Isotonic regression of `scores` [N], 1-10, on `cosines` [N]."""
        from scipy.optimize import isotonic_regression

        order = np.argsort(cosines, kind="stable")
        fitted = isotonic_regression(scores[order].astype(np.float64)).x
        levels, starts = np.unique(fitted, return_index=True)
        middles = np.array([np.median(part) for part in np.split(cosines[order], starts[1:])])
        kept = np.unique(np.linspace(0, len(levels) - 1, min(_POINTS, len(levels))).round().astype(np.int64))
        return cls(middles[kept].astype(np.float32), np.clip(levels[kept], 1, 10).astype(np.float32))

    def __call__(self, cosines: NDArray[np.float32]) -> NDArray[np.float32]:
        return np.interp(cosines, self.cosines, self.scores).astype(np.float32)
