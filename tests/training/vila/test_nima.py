"""MobileNetV1 takes the weights of a NIMA teacher, and fine-tunes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from engine.models.preprocess import Preprocess
from tests.training import biq
from training.cskd.distil import Stage
from training.data import biq2021
from training.loop import Schedule
from training.vila import tune
from training.vila.nima import FEATURES, MobileNetV1, load_nima

TEACHERS = Path(__file__).parents[4] / "shared" / "data" / "teachers"


def test_its_last_map_is_a_thirty_second_of_the_picture() -> None:
    assert MobileNetV1()(torch.zeros(1, 3, 64, 96)).shape == (1, FEATURES, 2, 3)


@pytest.mark.skipif(not TEACHERS.is_dir(), reason="the teachers are not here")
def test_it_gives_what_the_teacher_gives(capfd: pytest.CaptureFixture[str]) -> None:
    from ai_edge_litert.interpreter import Interpreter

    file = TEACHERS / "nima_mobilenet_aesthetic.tflite"
    network = MobileNetV1()
    head = load_nima(network, file)
    pixels = np.random.default_rng(0).uniform(-1, 1, (1, 224, 224, 3)).astype(np.float32)
    theirs = Interpreter(str(file))
    theirs.allocate_tensors()
    theirs.set_tensor(theirs.get_input_details()[0]["index"], pixels)
    theirs.invoke()
    expected = theirs.get_tensor(theirs.get_output_details()[0]["index"])
    with torch.no_grad():
        got = head(network(torch.from_numpy(pixels).permute(0, 3, 1, 2)).mean((2, 3))).softmax(1).numpy()
    assert np.abs(got - expected).max() < 2e-3  # TFLite rounds activations to int8 on the way


def test_a_backbone_learns_to_judge_and_resumes(tmp_path: Path) -> None:
    photos = biq2021.load(biq.write(tmp_path / "biq"))
    learn, val = photos.where(photos.split == "train"), photos.where(photos.split == "val")
    schedule = Schedule(epochs=4, rate=1e-3, head_rate=3e-3, warm_up=2, average=0.5, bfloat16=False)
    torch.manual_seed(0)
    start = tune.Judge(_small(), 12)
    before = tune.predict(start.eval(), tune.Files(val), Preprocess(size=32))
    kept = tune.tune(start, learn, val, (Stage(32, schedule, free=0.5),), tmp_path / "work")
    after = tune.predict(kept.eval(), tune.Files(val), Preprocess(size=32))
    truth = 1 + 9 * val.mos
    assert np.abs(after - truth).mean() < np.abs(before - truth).mean()
    again = tune.tune(tune.Judge(_small(), 12), learn, val, (Stage(32, schedule, free=0.5),), tmp_path / "work")
    assert np.allclose(tune.predict(again.eval(), tune.Files(val), Preprocess(size=32)), after, atol=1e-5)


def _small() -> torch.nn.Module:
    return torch.nn.Sequential(torch.nn.Conv2d(3, 12, 8, 8), torch.nn.ReLU())
