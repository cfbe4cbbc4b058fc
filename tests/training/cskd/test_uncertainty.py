"""How far a score may be off, and what is unlike a photo: calibrated, exported, and true of what was not seen."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from engine.types import SCORES
from training.cskd import judged, strangers, unusual
from training.cskd.calibration import COVERED, LEAST, Calibration, Predictive, coverage, crossed
from training.cskd.familiarity import Familiarity, Strangeness
from training.cskd.losses import distribution_around


def _said(count: int, seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(distributions, truth, subset): errors of one subset are wider, and wider for low scores."""
    random = np.random.default_rng(seed)
    mean = random.uniform(2.5, 8.5, count).astype(np.float32)
    said = distribution_around(mean, random.uniform(1.2, 1.8, count).astype(np.float32))
    error = random.normal(0, 0.5 + 0.1 * (8.5 - mean))
    return said, mean + error, np.where(random.random(count) < 0.7, "a", "b")


def test_the_interval_holds_what_it_says_on_others() -> None:
    said, truth, subset = _said(600, 0)
    predictive = Predictive(Calibration.fit(said, truth, subset))
    others, theirs, _ = _said(3000, 1)
    found = predictive(torch.from_numpy(others)).numpy()
    scores = found @ SCORES
    spreads = np.sqrt(found @ SCORES**2 - scores**2)
    assert coverage(scores, spreads, theirs) == pytest.approx(COVERED, abs=0.035)
    low, high = theirs < np.quantile(theirs, 0.25), theirs > np.quantile(theirs, 0.75)
    assert spreads[low].mean() > spreads[high].mean() + 0.1


def test_a_spread_that_is_said_of_a_photo_was_fitted_on_others() -> None:
    said, truth, subset = _said(600, 2)
    clusters = np.arange(600) // 4
    found = crossed(said, truth, subset, clusters)
    assert coverage(said @ SCORES, found, truth) == pytest.approx(COVERED, abs=0.035)
    own = clusters == clusters[7]
    other = np.where(own, truth + 9, truth)
    moved = crossed(said, other, subset, clusters) != found
    assert not moved[own].any() and moved.mean() > 0.5


def test_the_mean_does_not_move() -> None:
    random = torch.Generator().manual_seed(0)
    said = torch.rand(500, 10, generator=random) ** 6
    said = torch.cat([said / said.sum(1, keepdim=True), torch.eye(10)[[0, 9, 4]].clamp_min(1e-6)])
    said = said / said.sum(1, keepdim=True)
    for log in (-3.0, 0.0, 2.0):
        found = Predictive(Calibration(np.array([log, 0.0, 0.0, 0.0])))(said)
        scores = torch.from_numpy(SCORES)
        assert torch.allclose(found @ scores, said @ scores, atol=2e-2)
        assert torch.allclose((found @ scores)[:500], (said @ scores)[:500], atol=1e-4)
        assert torch.allclose(found.sum(1), torch.ones(503))
    narrow = Predictive(Calibration(np.array([-3.0, 0.0, 0.0, 0.0])))(said[:500])
    middle = narrow @ scores
    wide = (narrow @ scores**2 - middle**2).sqrt()
    assert wide.max() < LEAST + 0.1


def test_what_lies_off_the_known_is_strange() -> None:
    random = np.random.default_rng(0)
    turned = np.linalg.qr(random.standard_normal((12, 12)))[0] * np.array([5, 4, 3, 2, 1, 1, 1, 1, 0.2, 0.2, 0.2, 0.2])
    known, held, others = (random.standard_normal((n, 12)) @ turned.T for n in (800, 300, 300))
    found = Familiarity.fit(known, [held])
    assert (found.strangeness(others) > 1).mean() < 0.08
    wider = Familiarity.fit(known, [held, 1.5 * held])
    assert (wider.strangeness(1.5 * others) > 1).mean() < 0.08 and (wider.strangeness(others) > 1).mean() < 0.01
    odd = others + 3 * np.sign(turned[:, -1])
    assert judged.auroc(found.strangeness(odd), found.strangeness(others)) > 0.95
    inputs = torch.from_numpy(others.astype(np.float32))
    assert np.allclose(Strangeness(found)(inputs).numpy(), found.strangeness(others), rtol=1e-3)


def test_the_area_is_what_counting_pairs_gives() -> None:
    strange, known = np.array([3.0, 1.0, 2.0]), np.array([1.0, 0.5])
    pairs = [(s > k) + 0.5 * (s == k) for s in strange for k in known]
    assert judged.auroc(strange, known) == pytest.approx(np.mean(pairs))


@pytest.mark.parametrize("kind", sorted(strangers.KINDS))
def test_a_stranger_is_drawn_alike_for_a_seed(kind: str) -> None:
    first, second = strangers.made(kind, 3), strangers.made(kind, 4)
    assert first.shape == (*strangers.SIZE, 3)
    assert first.dtype == np.uint8
    assert np.array_equal(first, strangers.made(kind, 3))
    assert not np.array_equal(first, second)


def test_unusual_photos_are_what_they_are_called() -> None:
    from skimage import data

    photo, random = data.coffee()[::2, ::2], np.random.default_rng(0)
    assert unusual.night(photo, random).mean() < 0.6 * photo.mean()
    assert unusual.high_key(photo, random).mean() > photo.mean() + 20
    grey = unusual.black_and_white(photo, random)
    assert np.array_equal(grey[..., 0], grey[..., 2])
    assert grey.std() > 0.5 * photo.std()
