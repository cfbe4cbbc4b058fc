"""How well scores agree with people: SRCC, PLCC, pair accuracy, regret, with intervals bootstrapped by series."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import stats

Scores = NDArray[np.floating]
Metric = Callable[[NDArray[np.int64]], float]

GAPS = ((0.1, 0.2), (0.2, 0.4), (0.4, 1.01))
"""Differences of MOS (0-1) between which pairs are reported; a pair below 0.1 has no clear winner."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A value with its 95 % bootstrap interval."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.3f} [{self.low:.3f}, {self.high:.3f}]"


def correlation(scores: Scores, mos: Scores, kind: Literal["srcc", "plcc"]) -> float:
    """Spearman's or Pearson's correlation, -1 to 1."""
    function = stats.spearmanr if kind == "srcc" else stats.pearsonr
    return float(function(scores, mos)[0])


def pairs(
    series: NDArray[np.int64], mos: Scores, low: float = GAPS[0][0], high: float = GAPS[-1][1]
) -> NDArray[np.int64]:
    """[P, 2] indices (better, worse) of photos of one series whose MOS differ by `low` (included) to `high`."""
    found = []
    for members in members_by_series(series):
        difference = mos[members][:, None] - mos[members][None, :]
        better, worse = np.nonzero((difference >= low) & (difference < high))
        found.append(np.stack([members[better], members[worse]], 1))
    return np.concatenate(found) if found else np.empty((0, 2), np.int64)


def pair_accuracy(scores: Scores, better_worse: NDArray[np.int64]) -> float:
    """Share of pairs in which the better photo has the higher score; equal scores count half."""
    difference = scores[better_worse[:, 0]] - scores[better_worse[:, 1]]
    return float(np.mean((difference > 0) + 0.5 * (difference == 0)))


def regret(scores: Scores, mos: Scores, series: NDArray[np.int64]) -> tuple[float, float]:
    """(hit rate, mean regret): how often the top of a series by score is the top by MOS, and the MOS lost where not."""
    hits, losses = [], []
    for members in members_by_series(series):
        chosen = members[np.argmax(scores[members])]
        losses.append(float(mos[members].max() - mos[chosen]))
        hits.append(losses[-1] == 0.0)
    return float(np.mean(hits)), float(np.mean(losses))


def members_by_series(series: NDArray[np.int64]) -> Iterator[NDArray[np.int64]]:
    """Indices of every series of at least two photos."""
    for number in np.unique(series[series >= 0]):
        members = np.flatnonzero(series == number)
        if len(members) > 1:
            yield members


def bootstrap(
    metric: Callable[[NDArray[np.int64]], float], clusters: NDArray[np.int64], rounds: int = 1000, seed: int = 0
) -> Interval:
    """`metric(indices)` over all photos, with an interval from drawing whole clusters with replacement."""
    order = np.argsort(clusters, kind="stable")
    _, starts = np.unique(clusters[order], return_index=True)
    groups = np.split(order, starts[1:])
    random = np.random.default_rng(seed)
    values = []
    for _ in range(rounds):
        drawn = random.integers(0, len(groups), len(groups))
        values.append(metric(np.concatenate([groups[i] for i in drawn])))
    low, high = np.nanpercentile(values, [2.5, 97.5])
    return Interval(metric(np.arange(len(clusters))), float(low), float(high))


def bootstrap_pairs(
    scores: Scores,
    mos: Scores,
    series: NDArray[np.int64],
    low: float = GAPS[0][0],
    high: float = GAPS[-1][1],
    rounds: int = 1000,
) -> Interval:
    """Pair accuracy inside series with an interval from drawing whole series with replacement."""
    right, count = [], []
    for members in members_by_series(series):
        local = pairs(np.zeros(len(members), np.int64), mos[members], low, high)
        if len(local):
            right.append(pair_accuracy(scores[members], local) * len(local))
            count.append(len(local))
    if not count:
        return Interval(float("nan"), float("nan"), float("nan"))
    won, total = np.array(right), np.array(count)
    drawn = np.random.default_rng(0).integers(0, len(won), (rounds, len(won)))
    values = won[drawn].sum(1) / total[drawn].sum(1)
    return Interval(float(won.sum() / total.sum()), *(float(v) for v in np.percentile(values, [2.5, 97.5])))


def summary(scores: Scores, mos: Scores, subset: NDArray[np.str_], series: NDArray[np.int64]) -> dict[str, float]:
    """SRCC by subset and pair accuracy inside series, without intervals: for the log of a training."""
    found = {
        f"srcc_{name}": correlation(scores[subset == name], mos[subset == name], "srcc")
        for name in np.unique(subset)
        if (subset == name).sum() > 1
    }
    chosen = pairs(series, mos)
    return {**found, "pairs": pair_accuracy(scores, chosen)} if len(chosen) else found
