"""How far a picture lies from the photos that a student learned from: Mahalanobis' distance in its trunk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

ALLOWED = 0.03
"""Share of the photos of a kind to fit the limit on that lie beyond it."""
_SHRUNK = 0.05
"""Share of the mean variance that is mixed into the covariance."""
_EVEN = 1e-3


def traits(early: Tensor) -> Tensor:
    """[B, T] of the trunk's map: means and spreads over the places. Later maps know what a picture shows and no longer
    how it looks: they call a drawn document a document, and familiar.
    """
    mean = early.mean((2, 3))
    spread = ((early**2).mean((2, 3)) - mean**2).clamp_min(0).add(_EVEN).sqrt().log()
    return torch.cat([mean, spread], 1)


@dataclass(frozen=True, slots=True, eq=False)
class Familiarity:
    """Where photos lie: strangeness 1 is the limit, more is unfamiliar."""

    mean: NDArray[np.float32]
    """[T]"""
    matrix: NDArray[np.float32]
    """[T, K]: to K directions of unit variance."""
    limit: float

    @classmethod
    def fit(
        cls, known: NDArray[np.floating], held: Sequence[NDArray[np.floating]], directions: int = 512
    ) -> Familiarity:
        """`known` [N, T] traits of photos that were learned from; `held` kinds of others, [M, T] each, of none of which
        more than ALLOWED may lie beyond the limit.
        """
        x = known.astype(np.float64)
        mean, deviation = x.mean(0), x.std(0) + 1e-6
        scaled = (x - mean) / deviation
        values, vectors = np.linalg.eigh(scaled.T @ scaled / len(x))
        kept = np.argsort(values)[::-1][: min(directions, len(values), len(x) - 1)]
        floor = _SHRUNK * float(values.mean())
        matrix = vectors[:, kept] / np.sqrt(values[kept] + floor) / deviation[:, None]
        found = cls(mean.astype(np.float32), matrix.astype(np.float32), 1.0)
        limit = max(float(np.quantile(found.strangeness(kind), 1 - ALLOWED)) for kind in held)
        return cls(found.mean, found.matrix, limit)

    def strangeness(self, traits: NDArray[np.floating]) -> NDArray[np.float32]:
        """[N] of traits [N, T]."""
        whitened = (traits.astype(np.float64) - self.mean) @ self.matrix
        return np.asarray(np.sqrt((whitened**2).mean(1)) / self.limit, np.float32)


class Strangeness(nn.Module):
    """Traits [B, T] to how strange a picture is, [B]."""

    mean: Tensor
    matrix: Tensor

    def __init__(self, known: Familiarity) -> None:
        super().__init__()
        self.register_buffer("mean", torch.from_numpy(known.mean))
        self.register_buffer("matrix", torch.from_numpy(known.matrix / np.float32(known.limit)))

    def forward(self, traits: Tensor) -> Tensor:
        whitened = (traits - self.mean) @ self.matrix
        return (whitened**2).mean(1).sqrt()
