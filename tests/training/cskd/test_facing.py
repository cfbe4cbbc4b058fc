"""A photo and its mirror are judged alike, by the student in torch and by its file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch

from engine.models.device import Network
from engine.models.pack import STUDENT
from engine.types import EMBEDDING_SIZE
from tests.training.cskd import made
from training.cskd import exported, facing
from training.cskd.branched import Aligned, Branched
from training.cskd.calibration import Calibration
from training.cskd.familiarity import Familiarity

SIDE = 32


def tiny() -> Branched:
    torch.manual_seed(0)
    return Branched(Aligned(made.tiny("", None, Path(), None), EMBEDDING_SIZE)).eval()


def pictures(count: int = 6) -> torch.Tensor:
    torch.manual_seed(1)
    return torch.rand(count, 3, SIDE, SIDE) * 2 - 1


def test_the_brighter_side_comes_to_the_right_whichever_it_was() -> None:
    x = pictures()
    x[0, :, :, : SIDE // 2] += 1
    x[1, :, :, SIDE // 2 :] += 1
    assert facing.to_the_left(x)[:2].tolist() == [True, False]
    assert torch.equal(facing.one_way(x), facing.one_way(x.flip(3)))
    assert torch.equal(facing.turned(facing.one_way(x), facing.to_the_left(x)), x)


def test_a_mirrored_photo_scores_the_same_but_teaches_something_else() -> None:
    student, x = tiny(), pictures()
    with torch.no_grad():
        asked, mirrored = student(x), student(x.flip(3))
        assert torch.equal(asked.people, mirrored.people)
        assert torch.equal(asked.embedding, mirrored.embedding)
        student.train()
        student.dropout.p = 0.0
        assert not torch.allclose(student(x).people, student(x.flip(3)).people, atol=1e-6)


def test_the_file_says_the_same_of_both_and_shows_where_it_looked_in_each() -> None:
    student, x = tiny(), pictures()
    known = Familiarity(np.zeros(24, np.float32), np.eye(24, dtype=np.float32), 1.0)
    whole = exported.Exported(student, Calibration(np.zeros(4)), known).eval()
    network = Network(STUDENT, exported.to_file(whole, SIDE), {"pixels": x[:1].numpy()}, "cpu")
    asked, mirrored = network.run({"pixels": x.numpy()}), network.run({"pixels": x.flip(3).numpy()})
    for name, own, other in zip(exported.OUTPUTS, asked, mirrored, strict=True):
        expected = own[..., ::-1] if name == "attention" else own
        assert np.allclose(other, expected, atol=1e-5), name
    assert not np.allclose(asked[2], asked[2][..., ::-1], atol=1e-3)
    assert max(exported.differences(whole, exported.to_file(whole, SIDE), x).values()) < 1e-3
