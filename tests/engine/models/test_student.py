"""The bundled student, as the application runs it."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from engine import paths
from engine.models.pack import Pack
from engine.models.student import Student
from engine.types import EMBEDDING_SIZE


@pytest.fixture(scope="module")
def student() -> Student:
    return Student.load(Pack.open(paths.resource("models", "starter")), "cpu")


def test_a_verdict_is_a_distribution_and_a_unit_vector(student: Student) -> None:
    inputs = (
        np.random.default_rng(0)
        .uniform(-1, 1, (3, 3, student.preprocess.size, student.preprocess.size))
        .astype(np.float32)
    )
    for verdict in student.score(inputs):
        assert verdict.distribution.shape == (10,)
        assert verdict.distribution.min() >= 0
        assert verdict.distribution.sum() == pytest.approx(1, abs=1e-5)
        assert 1 <= verdict.score <= 10
        assert verdict.embedding.dtype == np.float16
        assert np.linalg.norm(verdict.embedding.astype(np.float32)) == pytest.approx(1, abs=1e-3)
        assert verdict.space == student.model_id.space
    assert verdict.embedding.shape == (EMBEDDING_SIZE,)


def test_a_photo_is_scored_alike_alone_and_in_any_batch(student: Student) -> None:
    inputs = (
        np.random.default_rng(1)
        .uniform(-1, 1, (5, 3, student.preprocess.size, student.preprocess.size))
        .astype(np.float32)
    )
    together = student.score(inputs)
    for i in range(5):
        (alone,) = student.score(inputs[i : i + 1])
        # How products of matrices are split over a batch moves their last bits.
        assert np.allclose(alone.distribution, together[i].distribution, atol=1e-5)
        assert np.allclose(alone.embedding, together[i].embedding, atol=1e-4)


def test_a_photo_and_its_mirror_score_the_same(student: Student) -> None:
    from skimage import data

    for picture in (data.coffee(), data.astronaut(), data.chelsea()):
        inputs = np.stack([student.preprocess.apply(each) for each in (picture, picture[:, ::-1].copy())])
        own, mirrored = student.score(inputs)
        assert mirrored.distribution == pytest.approx(own.distribution, abs=1e-4)
        assert mirrored.attention == pytest.approx(own.attention[:, ::-1], abs=1e-3)


def test_a_blurred_picture_scores_lower_than_the_sharp_one(student: Student) -> None:
    import cv2
    from skimage import data

    sharp = data.coffee()
    blurred = cv2.GaussianBlur(sharp, (0, 0), 6)
    inputs = np.stack([student.preprocess.apply(picture) for picture in (sharp, blurred)])
    first, second = student.score(inputs)
    assert first.score > second.score + 0.5


def test_the_pack_runs_where_there_is_no_torch() -> None:
    code = (
        "import sys\n"
        "sys.modules['torch'] = None\n"
        "import numpy as np\n"
        "from engine import paths\n"
        "from engine.models.pack import Pack\n"
        "from engine.models.student import Student\n"
        "pack = Pack.open(paths.resource('models', 'starter'))\n"
        "pack.verify()\n"
        "student = Student.load(pack, 'cpu')\n"
        "picture = np.zeros((40, 60, 3), np.uint8)\n"
        "print(student.score(student.preprocess.apply(picture)[None])[0].score)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert 1 <= float(done.stdout) <= 10


@pytest.mark.parametrize("outputs", [2, 3, 4])
def test_older_packs_say_less(outputs: int) -> None:
    import torch
    from torch import Tensor, nn

    from engine.models.device import Network
    from engine.models.preprocess import Preprocess
    from engine.types import ModelId
    from training.pack import to_onnx

    class Strange(nn.Module):
        """The brighter, the stranger: 1 at the middle."""

        def forward(self, x: Tensor) -> tuple[Tensor, ...]:
            light = x.mean((1, 2, 3))
            embedding = nn.functional.normalize(light[:, None] + torch.arange(1.0, 513.0), dim=1)
            said = (light[:, None] * torch.arange(10.0)).softmax(1)
            return (said, embedding, x.mean(1)[:, ::8, ::8], 1 + light)[:outputs]

    names = ("distribution", "embedding", "attention", "strangeness")[:outputs]
    model = to_onnx(Strange(), torch.zeros(1, 3, 16, 16), "pixels", names)
    inputs = np.stack([np.full((3, 16, 16), value, np.float32) for value in (-0.5, 0.5)])
    network = Network("student.onnx", model, {"pixels": inputs[:1]}, "cpu")
    dark, bright = Student(network, Preprocess(size=16), ModelId("tiny", "1", "tiny/1", "")).score(inputs)
    assert (dark.attention is None) == (outputs == 2)
    assert (dark.unfamiliar, bright.unfamiliar) == ((False, True) if outputs == 4 else (None, None))
