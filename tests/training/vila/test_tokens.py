"""Frozen networks as eyes, and the cache of what they see."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch

from engine.models.pack import Pack
from engine.models.preprocess import Preprocess
from engine.models.student import Student
from engine.types import SCORES
from tests.packs import tiny
from training.cskd import facing
from training.cskd.mobilenet import FEATURES, MobileNetV2
from training.vila import judges, nima, tokens, tune
from training.vila.frozen import SIDE, SIZE, Frozen
from training.vila.tokens import CacheTooLarge, cache

STARTER = Path(__file__).parents[3] / "resources" / "models" / "starter"


def _pixels(row: int) -> np.ndarray:
    return np.random.default_rng(row).integers(0, 256, (40, 60, 3), dtype=np.uint8)


def _resized(rows: range) -> torch.Tensor:
    return torch.from_numpy(np.stack([Preprocess(size=SIZE).resize(_pixels(row)) for row in rows]))


@pytest.fixture(scope="module")
def eyes() -> Frozen:
    torch.manual_seed(0)
    own = [tune.Judge(MobileNetV2(), FEATURES), tune.Judge(nima.MobileNetV1(), nima.FEATURES)]
    made = Frozen(MobileNetV2(), own, components=20).eval()
    made.fit([_resized(range(3)), _resized(range(3, 5))])
    return made


@torch.no_grad()
def test_components_have_unit_variance_and_stand_where_the_judges_are_said_to(eyes: Frozen) -> None:
    seen = eyes(_resized(range(5)))
    assert seen.shape == (5, SIDE**2, eyes.channels)
    assert seen[:, :, :20].square().mean() == pytest.approx(1, abs=0.05)
    assert seen.flatten(0, 1).mean(0).abs().max() < 0.05
    (first, last), (said, end) = eyes.judged[0]
    assert (last - first, end - said) == (20, 10)
    with torch.no_grad():
        kept = eyes.judges[0].backbone.layers[0].conv.bias.clone()
        eyes.judges[0].backbone.layers[0].conv.bias += 1
        moved = (eyes(_resized(range(5))) - seen).abs().amax((0, 1)) > 0
        eyes.judges[0].backbone.layers[0].conv.bias.copy_(kept)
    assert set(np.flatnonzero(moved)) <= {*range(first, last), *range(said, end)}
    assert moved.sum() == 30


def test_the_cache_holds_what_torch_gives_goes_on_and_takes_over(eyes: Frozen, tmp_path: Path) -> None:
    asked: list[int] = []

    def pixels(stop: int | None = None) -> Callable[[int], np.ndarray]:
        def one(row: int) -> np.ndarray:
            if row == stop:
                raise KeyboardInterrupt
            asked.append(row)
            return _pixels(row)

        return one

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tokens, "_TOGETHER", 2)
        with pytest.raises(KeyboardInterrupt):
            cache(tmp_path, eyes, ["a", "b", "c", "d", "e"], pixels(stop=4))
    asked.clear()
    some, turned = (cache(tmp_path, eyes, keys, pixels()) for keys in (["d", "b"], ["b", "d"]))
    assert torch.equal(some.take([0, 1]), turned.take([1, 0]))
    assert asked == [], "a cache that holds more is used"
    kept = cache(tmp_path, eyes, ["a", "b", "c", "d", "e"], pixels())
    assert asked == [4]
    with torch.no_grad():
        expected = eyes(_resized(range(5)))
    assert torch.allclose(kept.take([0, 4]), expected[[0, 4]], atol=0.02, rtol=2e-3)
    asked.clear()
    other = cache(tmp_path, eyes, ["e", "new", "a"], lambda row: pixels()(row + 10))
    assert asked == [11]
    assert torch.equal(other.take([2]), torch.from_numpy(kept.values[:1].astype(np.float32)))
    asked.clear()
    assert torch.equal(cache(tmp_path, eyes, ["e", "new", "a"], pixels()).take([0, 1]), other.take([0, 1]))
    assert asked == []


@torch.no_grad()
def test_judges_can_be_hidden_from_tokens_and_from_the_networks(eyes: Frozen, tmp_path: Path) -> None:
    seen = cache(tmp_path, eyes, ["a", "b"], _pixels).take([0, 1])
    ranges = [channels for judge in eyes.judged for channels in judge]
    blind = cache(tmp_path, eyes, ["a", "b"], _pixels).without(ranges).take([0, 1])
    judged = torch.zeros(eyes.channels, dtype=torch.bool)
    for first, end in ranges:
        judged[first:end] = True
    assert blind[:, :, judged].abs().max() == 0 and seen[:, :, judged].abs().max() > 0
    assert torch.equal(blind[:, :, ~judged], seen[:, :, ~judged])
    hidden = copy.deepcopy(eyes).hide_judges()
    assert torch.allclose(hidden(_resized(range(2))), blind, atol=0.02, rtol=2e-3)


def test_too_large_a_cache_is_refused_before_anything_is_made(eyes: Frozen, tmp_path: Path) -> None:
    with pytest.raises(CacheTooLarge, match=r"The tokens of 1000 pictures take 0\.\d GB, and 0\.0 GB are allowed"):
        cache(tmp_path / "none", eyes, [str(i) for i in range(1000)], _pixels, limit=1e6)
    assert not (tmp_path / "none").exists()


@torch.no_grad()
def test_the_student_of_a_pack_judges_as_the_pack_does() -> None:
    judge = judges.student(STARTER).eval()
    packed = Student.load(Pack.open(STARTER), "cpu")
    # A pack judges a photo one way round; who looks through its student keeps to the photo's own.
    inputs = facing.one_way(torch.from_numpy(packed.preprocess.apply(_pixels(1))[None]))
    expected = packed.score(inputs.numpy())[0].distribution @ SCORES
    got = (judge(inputs)[0].numpy() @ SCORES)[0]
    assert got == pytest.approx(expected, abs=1e-3)


def test_a_student_of_another_kind_is_refused(tmp_path: Path) -> None:
    folder = tiny(tmp_path / "pack", "test/1")
    with pytest.raises(ValueError, match="weights of a student are missing, backbone"):
        judges.student(folder)
