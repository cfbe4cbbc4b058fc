"""The eyes' training: splits without the same person twice, what is no eye, a few steps, export, judgement."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from engine.models.eyes import CROP, ORDER
from engine.types import EyeState
from tests.training import drawn_faces
from training.faces import eye_crops, eyes
from training.faces.eye_crops import EyeCrops, EyeViews
from training.loop import Schedule, fit
from training.pack import TOLERANCE, difference


@pytest.fixture
def drawn() -> EyeCrops:
    random = np.random.default_rng(3)
    closed = np.arange(40) % 2 == 1
    return EyeCrops([drawn_faces.eye(random, bool(shut)) for shut in closed], closed)


def test_neighbours_stand_on_one_side_of_the_split() -> None:
    parts = eye_crops._parts(726, shut=False)
    assert {0, 1, 2} <= set(parts.tolist())
    assert 0.1 < (parts == 2).mean() < 0.3
    judging = np.flatnonzero(parts > 0)
    learned = np.flatnonzero(parts == 0)
    assert np.abs(judging[:, None] - learned[None, :]).min() > 6
    test, development = np.flatnonzero(parts == 2), np.flatnonzero(parts == 1)
    assert np.abs(test[:, None] - development[None, :]).min() > 6


def test_a_crop_like_one_that_judges_is_not_learned_from(tmp_path: Path) -> None:
    random = np.random.default_rng(7)
    pictures = random.integers(0, 256, (240, 24, 24), dtype=np.uint8)
    parts = eye_crops._parts(240, shut=False)
    learned, judging = np.flatnonzero(parts == 0)[0], np.flatnonzero(parts == 2)[0]
    pictures[learned] = pictures[judging][:, ::-1]
    for name in ("open", "closed"):
        (tmp_path / name).mkdir()
        for number, picture in enumerate(pictures):
            noise = random.integers(0, 256, (24, 24), dtype=np.uint8)
            Image.fromarray(picture if name == "open" else noise).save(tmp_path / name / f"{number:04}.jpg", quality=98)
    splits = eye_crops.load(tmp_path)
    assert int((~splits.learn.closed).sum()) == int((parts == 0).sum()) - 1
    assert int((~splits.test.closed).sum()) == int((parts == 2).sum())
    with pytest.raises(FileNotFoundError, match="open"):
        eye_crops.load(tmp_path / "open")


def test_what_is_drawn_is_a_crop_of_each_state(drawn: EyeCrops) -> None:
    views = EyeViews(drawn, drawn_faces.photos(4))
    for state in ORDER:
        for seed in range(30):
            crop, again = (views.draw(state, np.random.default_rng(seed)) for _ in range(2))
            assert crop.shape == (CROP, CROP)
            assert crop.dtype == np.uint8
            assert np.array_equal(crop, again)


def test_a_few_steps_tell_drawn_eyes_and_onnx_says_what_torch_says(drawn: EyeCrops, tmp_path: Path) -> None:
    batches = eyes.Batches(EyeViews(drawn, drawn_faces.photos(4)), seed=0)
    schedule = Schedule(1, rate=5e-3, head_rate=5e-3, warm_up=5, average=0.8, bfloat16=False)
    torch.manual_seed(0)
    start = eyes.EyeNet()
    with torch.no_grad():
        before = float(eyes.loss(start, batches.draw(9, 0))["state"])
    kept = fit(start, lambda _: False, eyes.loss, batches.draw, 40, schedule, tmp_path, lambda _: {})
    assert isinstance(kept, eyes.EyeNet)
    with torch.no_grad():
        assert float(eyes.loss(kept, batches.draw(9, 0))["state"]) < 0.7 * before
    model = eyes.export(kept)
    assert difference(eyes.Exported(kept), model, eyes.example(), "crops") < TOLERANCE
    found = eyes.probabilities(model, [eye_crops.plain(picture) for picture in drawn.pictures])
    assert found.sum(1) == pytest.approx(np.ones(40), abs=1e-5)
    assert (found[:, 0] > found[:, 1]).tolist() == (~drawn.closed).tolist()


def test_accuracy_is_of_what_is_told_and_both_kinds_count_the_same() -> None:
    closed = np.array([False] * 6 + [True] * 2)
    crops = EyeCrops([np.zeros((4, 4), np.uint8)] * 8, closed)
    told = [0, 0, 0, 0, 1, 2, 1, 2]  # rows of ORDER
    judged = eyes.judge(np.eye(3, dtype=np.float32)[told], crops)
    assert judged["balanced_accuracy"] == pytest.approx((4 / 5 + 1) / 2)
    assert judged["unknown"] == pytest.approx(2 / 8)
    assert judged["balanced_accuracy_unknown_wrong"] == pytest.approx((4 / 6 + 1 / 2) / 2)
    nothing = eyes.judge(np.eye(3, dtype=np.float32)[[ORDER.index(EyeState.UNKNOWN)] * 8], crops)
    assert nothing["unknown"] == 1
    assert np.isnan(nothing["balanced_accuracy"])
