"""Agreement with people, on numbers small enough to check by hand."""

from __future__ import annotations

import numpy as np
import pytest

from training.evaluate import bootstrap, bootstrap_pairs, correlation, pair_accuracy, pairs, regret

SERIES = np.array([0, 0, 0, 1, 1, -1])
MOS = np.array([0.1, 0.25, 0.8, 0.5, 0.55, 0.9], np.float32)


def test_pairs_are_of_one_series_and_of_the_gap_that_is_asked_for() -> None:
    assert {tuple(pair) for pair in pairs(SERIES, MOS)} == {(1, 0), (2, 0), (2, 1)}
    assert {tuple(pair) for pair in pairs(SERIES, MOS, 0.1, 0.2)} == {(1, 0)}
    assert {tuple(pair) for pair in pairs(SERIES, MOS, 0.4, 1.1)} == {(2, 0), (2, 1)}


def test_a_tie_is_half_a_right_answer() -> None:
    chosen = pairs(SERIES, MOS)
    assert pair_accuracy(MOS, chosen) == 1
    assert pair_accuracy(-MOS, chosen) == 0
    assert pair_accuracy(np.zeros(6), chosen) == 0.5


def test_regret_is_what_the_wrong_favourite_costs() -> None:
    hits, lost = regret(np.array([0.0, 9.0, 1.0, 1.0, 2.0, 0.0]), MOS, SERIES)
    assert hits == 0.5
    assert lost == pytest.approx((0.55 + 0.0) / 2)


def test_rank_correlation_ignores_the_scale_and_linear_correlation_does_not() -> None:
    scores = np.exp(10 * MOS)
    assert correlation(scores, MOS, "srcc") == pytest.approx(1)
    assert correlation(scores, MOS, "plcc") < 0.95


def test_a_bootstrap_that_draws_series_is_wider_than_one_that_draws_frames() -> None:
    random = np.random.default_rng(0)
    level = np.repeat(random.normal(size=12), 10)
    truth = level + 0.05 * random.normal(size=120)
    scores = level + np.repeat(random.normal(size=12), 10)

    def metric(rows: np.ndarray) -> float:
        return correlation(scores[rows], truth[rows], "plcc")

    by_series = bootstrap(metric, np.repeat(np.arange(12), 10), rounds=300)
    by_frame = bootstrap(metric, np.arange(120), rounds=300)
    assert by_series.low < by_series.value < by_series.high
    assert by_series.high - by_series.low > 1.5 * (by_frame.high - by_frame.low)


def test_the_interval_of_pairs_holds_their_accuracy() -> None:
    random = np.random.default_rng(1)
    series = np.repeat(np.arange(20), 6)
    mos = random.uniform(0, 1, 120).astype(np.float32)
    scores = mos + 0.3 * random.normal(size=120)
    interval = bootstrap_pairs(scores, mos, series)
    assert interval.value == pytest.approx(pair_accuracy(scores, pairs(series, mos)))
    assert interval.low < interval.value < interval.high < 1
