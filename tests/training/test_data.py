"""Loaders, views and twins."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

from tests.training import biq
from training.data import biq2021, crops, twins


def test_the_set_is_read_as_it_is_distributed(tmp_path: Path) -> None:
    photos = biq2021.load(biq.write(tmp_path))
    assert len(photos) == biq.SERIES * biq.FRAMES + biq.SINGLES
    assert set(photos.subset) == {"ss01", "ss03"}
    assert (photos.series[photos.subset == "ss03"] == -1).all()
    assert np.allclose(photos.aesthetic.sum(1), 1, atol=1e-3)
    pixels = biq2021.decode(photos)
    assert pixels[0].shape == (64, 64, 3)
    assert len(pixels) == len(photos)


def test_series_stay_together_in_a_bootstrap_and_single_photos_stand_alone(tmp_path: Path) -> None:
    photos = biq2021.load(biq.write(tmp_path))
    clusters = photos.clusters()
    assert len(np.unique(clusters)) == biq.SERIES + biq.SINGLES
    assert len(np.unique(clusters[photos.series == 3])) == 1


def test_a_view_keeps_most_of_the_photo_and_the_same_seed_gives_the_same_view() -> None:
    picture = np.random.default_rng(0).integers(0, 256, (200, 300, 3), dtype=np.uint8)
    for seed in range(60):
        view = crops.view(picture, np.random.default_rng(seed))
        height, width = view.shape[:2]
        assert 0.6 < width / height < 1.6
        assert height * width > 0.25 * 200 * 300
        assert np.array_equal(view, crops.view(picture, np.random.default_rng(seed)))


def test_a_gentle_view_is_nearly_the_whole_frame() -> None:
    picture = np.random.default_rng(0).integers(0, 256, (200, 200, 3), dtype=np.uint8)
    sizes = [crops.view(picture, np.random.default_rng(seed), crops.GENTLE).shape[:2] for seed in range(200)]
    assert np.mean([size == (200, 200) for size in sizes]) > 0.65
    assert min(height * width for height, width in sizes) > 0.85 * 200 * 133 * 0.98


def test_the_lower_left_corner_is_hidden_now_and_then() -> None:
    picture = np.zeros((100, 100, 3), np.uint8)
    picture[80:, :20] = 255
    seen = [bool((crops.view(picture, np.random.default_rng(seed)) == 255).any()) for seed in range(200)]
    assert 0.4 < np.mean(seen) < 0.95


def test_a_recompressed_view_holds_the_same_picture_in_at_most_the_size_of_a_preview() -> None:
    picture = np.linspace(40, 200, 90, dtype=np.uint8)[:, None, None] * np.ones((1, 60, 3), np.uint8)
    sizes = set()
    for seed in range(8):
        copy = crops.recompressed(picture, np.random.default_rng(seed))
        assert np.array_equal(copy, crops.recompressed(picture, np.random.default_rng(seed)))
        back = np.asarray(Image.fromarray(copy).resize((60, 90), Image.Resampling.BOX))
        assert np.abs(back.astype(float) - picture).mean() < 3
        sizes.add(copy.shape[0])
    assert min(sizes) >= 90
    assert 180 < max(sizes) <= 360
    assert max(crops.recompressed(np.zeros((1600, 20, 3), np.uint8), np.random.default_rng(0)).shape) <= 1620


def test_grain_is_there_and_nobody_sees_it() -> None:
    picture = np.full((80, 80, 3), 120, np.uint8)
    grains = [crops.grained(picture, np.random.default_rng(seed)).astype(float) - 120 for seed in range(20)]
    assert max(grain.std() for grain in grains) > 0.8
    assert max(grain.std() for grain in grains) < 1.3
    assert max(abs(grain.mean()) for grain in grains) < 0.1


def test_near_copies_are_twins_and_other_photos_are_not() -> None:
    random = np.random.default_rng(2)
    features = random.normal(size=(50, 64)).astype(np.float32)
    others = np.concatenate([features[:5] * 3 + 0.05, random.normal(size=(40, 64)).astype(np.float32)])
    assert twins.of(features, others).tolist() == [True] * 5 + [False] * 45
