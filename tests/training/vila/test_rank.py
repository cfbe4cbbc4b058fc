"""The rank adapter: its loss by hand, its beginning, what gets a gradient, and that it learns; the map to 1-10."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch.nn import functional

from training.vila import rank


def test_the_hinge_is_summed_over_all_ordered_pairs_and_ties_cost_nothing() -> None:
    scores, truth = torch.tensor([0.5, 0.3, 0.4]), torch.tensor([5.0, 5.0, 7.0])
    # 0 and 1 tie. 2 should beat 0: 0.1 - (0.4 - 0.5) = 0.2; 2 should beat 1: 0.1 - 0.1 = 0. Each from both sides.
    assert rank.hinge(scores, truth).item() == pytest.approx((0.2 + 0.0 + 0.2) / 3)
    assert rank.hinge(scores, truth, torch.tensor([0, 1, 1])).item() == pytest.approx(0, abs=1e-6)


def test_it_begins_where_the_tower_alone_is_and_has_the_paper_s_parameters() -> None:
    torch.manual_seed(0)
    anchor, x = torch.randn(768), torch.randn(4, 768) * 5
    adapter = rank.Adapter(anchor)
    assert torch.allclose(adapter(x), functional.cosine_similarity(x, anchor[None]), atol=1e-6)
    assert sum(p.numel() for p in adapter.parameters()) == 590_592


def test_neither_picture_nor_anchor_gets_a_gradient() -> None:
    anchor, x = torch.randn(8, requires_grad=True), torch.randn(5, 8, requires_grad=True)
    adapter = rank.Adapter(anchor)
    rank.hinge(adapter(x), torch.arange(5.0)).backward()
    assert x.grad is None
    assert anchor.grad is None
    assert adapter.residual.weight.grad is not None
    assert adapter.residual.weight.grad.abs().sum() > 0


def test_it_learns_an_order() -> None:
    torch.manual_seed(1)
    x = torch.randn(400, 16)
    truth = x @ torch.randn(16)
    adapter = rank.train(rank.Adapter(torch.randn(16)), x[:300], truth[:300], steps=300, batch=64, rate=0.01)
    scores = adapter(x[300:]).detach()
    assert torch.corrcoef(torch.stack([scores, truth[300:]]))[0, 1] > 0.9


def test_a_small_collection_is_ordered_as_well_as_a_large_one() -> None:
    torch.manual_seed(2)
    x = torch.randn(2000, 16)
    groups = (torch.arange(2000) < 200).long()
    # What is good in one collection says nothing in the other, and all of one scores higher.
    truth = torch.where(groups == 1, 20 + x @ torch.randn(16), x @ torch.randn(16))
    x[groups == 1, 0] += 3

    def ordered(groups_told: torch.Tensor | None) -> float:
        torch.manual_seed(0)
        adapter = rank.train(rank.Adapter(torch.randn(16)), x, truth, 300, 64, rate=0.01, groups=groups_told)
        scores = adapter(x[groups == 1]).detach()
        return float(torch.corrcoef(torch.stack([scores, truth[groups == 1]]))[0, 1])

    assert ordered(groups) > ordered(None) + 0.1


def test_the_map_to_scores_rises_and_keeps_means() -> None:
    random = np.random.default_rng(0)
    cosines = random.uniform(-0.5, 0.8, 3000).astype(np.float32)
    scores = (5 + 4 * np.tanh(3 * cosines) + random.normal(0, 0.5, 3000)).clip(1, 10).astype(np.float32)
    scale = rank.Scale.fit(cosines, scores)
    assert np.all(np.diff(scale.cosines) > 0)
    assert np.all(np.diff(scale.scores) >= 0)
    assert len(scale.scores) <= 128
    grid = np.linspace(-0.4, 0.7, 12).astype(np.float32)
    assert np.abs(scale(grid) - (5 + 4 * np.tanh(3 * grid))).max() < 0.3
    assert scale(np.array([-9.0, 9.0])).tolist() == [scale.scores[0], scale.scores[-1]]
