"""Distances of distributions and the loss on order."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from engine.types import SCORES
from training.cskd.losses import distribution_around, order, squared_emd


def test_squared_emd_is_nimas_formula() -> None:
    p, q = torch.zeros(1, 10), torch.zeros(1, 10)
    p[0, 2], q[0, 5] = 1, 1
    assert squared_emd(p, q).item() == pytest.approx(3 / 10)
    assert squared_emd(p, p).item() == 0


def test_a_made_distribution_has_exactly_the_mean_that_people_gave() -> None:
    mean = np.linspace(1.1, 9.9, 45).astype(np.float32)
    for width in (0.5, 1.3, 3.0):
        made = distribution_around(mean, np.full_like(mean, width))
        assert np.allclose(made.sum(1), 1, atol=1e-5)
        assert np.allclose(made @ SCORES, mean, atol=1e-4)
        assert (made >= 0).all()


def test_a_made_distribution_is_as_wide_as_asked_away_from_the_ends() -> None:
    made = distribution_around(np.array([5.5], np.float32), np.array([1.4], np.float32))
    assert np.sqrt(made @ SCORES**2 - (made @ SCORES) ** 2)[0] == pytest.approx(1.4, abs=0.02)


def test_order_costs_nothing_where_scores_are_the_truth_and_pulls_the_better_up() -> None:
    truth = torch.tensor([3.0, 5.0, 5.0, 8.0])
    together = torch.ones(4, 4, dtype=torch.bool)
    assert order(truth, truth, together).item() == pytest.approx(0, abs=1e-6)
    scores = torch.tensor([5.0, 5.0, 5.0, 5.0], requires_grad=True)
    order(scores, truth, together).backward()
    assert scores.grad is not None
    assert scores.grad[0] > 0 > scores.grad[3]


def test_photos_that_may_not_be_compared_have_no_say() -> None:
    scores = torch.tensor([5.0, 2.0], requires_grad=True)
    loss = order(scores, torch.tensor([1.0, 9.0]), torch.eye(2, dtype=torch.bool))
    loss.backward()
    assert loss.item() == 0
    assert scores.grad is not None
    assert not scores.grad.any()
