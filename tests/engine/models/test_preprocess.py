"""From pixels to a network's input."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from engine.errors import PackError
from engine.models.preprocess import Preprocess


def _picture(width: int, height: int) -> np.ndarray:
    x, y = np.linspace(0, 1, width), np.linspace(0, 1, height)
    waves = np.stack([np.sin(9 * x)[None] * np.cos(7 * y)[:, None], x[None] * y[:, None], x[None] + 0 * y[:, None]], -1)
    return np.round(127 + 100 * waves).clip(0, 255).astype(np.uint8)


@pytest.mark.parametrize("size", [(1, 1), (3, 900), (224, 224), (6000, 300), (1500, 1000)])
def test_any_picture_becomes_the_same_shape_and_range(size: tuple[int, int]) -> None:
    inputs = Preprocess().apply(_picture(*size))
    assert inputs.shape == (3, 224, 224)
    assert inputs.dtype == np.float32
    assert -1 <= inputs.min() <= inputs.max() <= 1


def test_the_whole_frame_is_stretched_and_nothing_is_cut_off() -> None:
    picture = np.zeros((100, 300, 3), np.uint8)
    picture[:, -3:] = 255
    inputs = Preprocess().apply(picture)
    assert inputs[:, :, 0].max() == -1
    assert inputs[:, :, -1].min() > 0.9


def test_shrinking_in_two_steps_changes_a_level_at_most() -> None:
    picture = _picture(3000, 2000)
    direct = np.asarray(Image.fromarray(picture).resize((224, 224), Image.Resampling.BILINEAR)).astype(int)
    assert np.abs(Preprocess().resize(picture).astype(int) - direct).max() <= 2


def test_mean_deviation_and_range_are_applied() -> None:
    white = np.full((4, 4, 3), 255, np.uint8)
    inputs = Preprocess(size=2, range=(0.0, 2.0), mean=(1.0, 0.5, 0.0), std=(1.0, 0.5, 4.0)).apply(white)
    assert np.allclose(inputs[:, 0, 0], [1.0, 3.0, 0.5])


def test_it_comes_back_from_json_as_it_went() -> None:
    preprocess = Preprocess(size=320, filter="bicubic")
    assert Preprocess.from_json(preprocess.to_json()) == preprocess


@pytest.mark.parametrize(
    "change", [{"fit": "crop"}, {"filter": "lanczos"}, {"antialias": False}, {"size": 0}, {"mean": [1]}, {"std": None}]
)
def test_what_this_version_cannot_do_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(PackError, match="preprocess"):
        Preprocess.from_json(Preprocess().to_json() | change)
