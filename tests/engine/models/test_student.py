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
        assert np.array_equal(alone.distribution, together[i].distribution)
        assert np.array_equal(alone.embedding, together[i].embedding)


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
