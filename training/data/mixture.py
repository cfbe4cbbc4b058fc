"""Several sources in shuffled rounds, each with its share of every batch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Mixture:
    """Rows of several sources; what is drawn depends on seed, epoch and step alone."""

    sources: Sequence[NDArray[np.int64]]
    """Rows of each source."""
    weights: Sequence[float]
    """Of each source; their sum is every batch."""
    count: int
    """Rows of a batch."""
    seed: int = 0

    @property
    def shares(self) -> tuple[int, ...]:
        """Rows of a batch that each source gives: largest remainders, a source that has rows at least one."""
        weights = np.array([w if len(s) else 0.0 for s, w in zip(self.sources, self.weights, strict=True)], np.float64)
        if not weights.sum() or not self.count:
            return (0,) * len(self.sources)
        wanted = weights / weights.sum() * self.count
        shares = np.maximum(np.floor(wanted), weights > 0).astype(np.int64)
        while shares.sum() < self.count:
            shares[np.argmax(wanted - shares)] += 1
        while shares.sum() > self.count:
            shares[np.argmax(shares)] -= 1
        return tuple(int(share) for share in shares)

    @property
    def steps(self) -> int:
        """Of an epoch: one round through the source that takes longest."""
        return max(
            (len(source) // share for source, share in zip(self.sources, self.shares, strict=True) if share), default=0
        )

    def draw(self, epoch: int, step: int) -> NDArray[np.int64]:
        """[count] rows. Each source is gone through in rounds, each in an order of its own; none of a round is lost."""
        before = epoch * self.steps + step
        parts = [np.empty(0, np.int64)]
        for number, (source, share) in enumerate(zip(self.sources, self.shares, strict=True)):
            places = np.arange(before * share, (before + 1) * share)
            for round_ in np.unique(places // max(len(source), 1)):
                order = np.random.default_rng([self.seed, number, int(round_)]).permutation(source)
                parts.append(order[places[places // len(source) == round_] % len(source)])
        return np.concatenate(parts)
