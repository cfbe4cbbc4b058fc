"""A student that begins with that of a pack: it judges as that one did, and keeps this while it learns to see."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import numpy as np
import pytest
import torch
from torch import nn

from engine.models.pack import STUDENT, Pack
from engine.models.preprocess import Preprocess
from engine.models.student import Student
from engine.types import EMBEDDING_SIZE, SCORES
from tests.training.cskd import made
from training import pack as packs
from training.cskd import align, backbones, config, exported, facing, recipe, student
from training.cskd.branched import Aligned, Branched
from training.cskd.calibration import Calibration
from training.cskd.familiarity import Familiarity
from training.cskd.mobilenet import FEATURES, MobileNetV2
from training.data.mixture import Mixture
from training.vila import judges

Module = TypeVar("Module", bound=nn.Module)
SIDE = 64
FORMS = ("of one piece", "with late halves", "with one late half", "with a panel")


@torch.no_grad()
def written(form: str, folder: Path, seed: int = 0) -> Pack:
    """A pack whose student is of this form, with weights of no meaning."""
    torch.manual_seed(seed)
    if form == FORMS[0]:
        components, centre = torch.zeros(EMBEDDING_SIZE, FEATURES), torch.zeros(FEATURES)
        whole = student.Exported(student.Student(MobileNetV2()), MobileNetV2(), components, centre, SIDE)
        model = packs.export_student(_shaken(whole), SIDE)
    else:
        branched = Branched(Aligned(backbones.load("mobilenet_v2"), EMBEDDING_SIZE), form != FORMS[2])
        if form == FORMS[3]:
            late = backbones.load("mobilenet_v2").late
            branched.judge_beside([branched.judge_anew(late, torch.full((10,), 0.1))])
        _shaken(branched)
        known = Familiarity(np.zeros(192, np.float32), np.eye(192, dtype=np.float32), 1.0)
        parts = exported.Exported(exported.rounded(branched), Calibration(np.zeros(4)), known)
        model = exported.to_file(parts, SIDE)
    return packs.write(folder, "begun", "1.2", "test/1", {STUDENT: model}, Preprocess(size=SIDE), {})


def _shaken(network: Module) -> Module:
    """No two weights alike: the file would hold them once."""
    for weights in network.parameters():
        weights.add_(0.01 * torch.randn_like(weights))
    return network


@pytest.mark.parametrize("form", FORMS)
def test_it_judges_as_the_pack_does_and_still_does_once_it_has_learned_to_see(form: str, tmp_path: Path) -> None:
    pack = written(form, tmp_path / "first")
    # Packs that know no way round are asked, too.
    x = facing.one_way(torch.from_numpy(np.stack([pack.preprocess.apply(made.noise(seed)) for seed in range(4)])))
    expected = [verdict.distribution @ SCORES for verdict in Student.load(pack, "cpu").score(x.numpy())]
    judge = judges.student(pack.folder).eval()
    begun = backbones.load("mobilenet_v2", "first", tmp_path, 14)
    aligned = Aligned(begun, 6)
    before = aligned(x)

    seen = np.random.default_rng(0).standard_normal((4, 6)).astype(np.float16)
    how = align.Alignment(1, SIDE, 4, warm_up=1, bfloat16=False, average=0.0, trunk=False)
    mixture = Mixture((np.arange(4),), (1.0,), how.batch)
    batches = align.Batches(made.noise, seen, mixture, pack.preprocess)
    kept = align.align(aligned, batches, how, tmp_path / "work", lambda _: {})

    assert not torch.allclose(kept(x), before, atol=1e-3), "it has learned"
    doubled = form != FORMS[2]
    found = Branched(kept, doubled).eval()
    with torch.no_grad():
        assert (judge(x)[0].numpy() @ SCORES) == pytest.approx(expected, abs=1e-3)
        if form == FORMS[0]:
            assert (found(x).people.numpy() @ SCORES) == pytest.approx(expected, abs=1e-3)
        else:
            judged = judge.people.weight[:, :FEATURES]
            assert torch.equal(found.people.weight[:, :FEATURES], judged), "what it saw with is another now"


def test_it_may_see_with_layers_of_another_network(tmp_path: Path) -> None:
    for name, seed in (("first", 0), ("second", 1)):
        written(FORMS[0], tmp_path / name, seed)
    network = config.Network("mobilenet_v2", "first", seeing="second", split=7)
    found = recipe.begun(network, tmp_path)
    first, second = (backbones.load("mobilenet_v2", name, tmp_path, 7) for name in ("first", "second"))
    expected = ((found.trunk, first.trunk), (found.judging, first.late), (found.late, second.late))
    for own, other in expected:
        assert own is not None
        assert all(torch.equal(a, b) for a, b in zip(own.parameters(), other.parameters(), strict=True))
    assert len(found.trunk) == 7


def test_the_pack_that_a_student_began_with_is_named(tmp_path: Path) -> None:
    written(FORMS[0], tmp_path / "first")
    assert backbones.pack_named("first", tmp_path) == "begun 1.2"
    assert backbones.pack_named(None, tmp_path) is None
    assert backbones.pack_named("teachers/file.tflite", tmp_path) is None
