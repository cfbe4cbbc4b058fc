"""The first student's recipe on a tiny data set: batches, losses, a few steps, export, pack, card."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch

from engine.models.pack import Pack
from engine.models.preprocess import Preprocess
from engine.models.student import Student as PackedStudent
from tests.training import biq
from training import card, figures, first_pack, pack
from training.cskd import distil
from training.cskd.mobilenet import FEATURES, MobileNetV2
from training.cskd.student import Exported, Student
from training.data import biq2021
from training.loop import Schedule, fit

PREPROCESS = Preprocess(size=32)
TEXT = Path(first_pack.__file__).with_name("first_card.md")
SCHEDULE = Schedule(epochs=12, rate=1e-3, head_rate=3e-3, warm_up=2, average=0.5, seed=3, bfloat16=False)
STAGE = distil.Stage(32, SCHEDULE, free=0.5)


@pytest.fixture(scope="module")
def photos(tmp_path_factory: pytest.TempPathFactory) -> biq2021.Photos:
    return biq2021.load(biq.write(tmp_path_factory.mktemp("biq")))


@pytest.fixture(scope="module")
def pixels(photos: biq2021.Photos) -> list[np.ndarray]:
    return biq2021.decode(photos)


@pytest.fixture
def student() -> Student:
    torch.manual_seed(0)
    return Student(MobileNetV2())


def test_a_batch_holds_series_and_single_photos_and_depends_on_its_step_alone(
    photos: biq2021.Photos, pixels: list[np.ndarray]
) -> None:
    batches = distil.Batches(photos, pixels, STAGE)
    batch = batches.draw(1, 1)
    assert batch.inputs.shape == (48, 3, 32, 32)
    assert (batch.series >= 0).sum() == 16
    assert len(set(batch.series[batch.series >= 0].tolist())) == 4
    assert torch.equal(batch.inputs, batches.draw(1, 1).inputs)
    assert not torch.equal(batch.inputs, batches.draw(1, 0).inputs)
    assert torch.allclose(batch.people @ torch.arange(1.0, 11.0), batch.truth, atol=0.11)


def test_copies_are_the_first_views_recompressed_and_must_score_alike(
    photos: biq2021.Photos, pixels: list[np.ndarray], student: Student
) -> None:
    batch = distil.Batches(photos, pixels, replace(STAGE, copies=5)).draw(1, 1)
    assert batch.inputs.shape == (53, 3, 32, 32)
    assert torch.equal(batch.truth[48:], batch.truth[:5])
    moved = (batch.inputs[48:] - batch.inputs[:5]).abs().mean((1, 2, 3))
    apart = (batch.inputs[48:] - batch.inputs[5:10]).abs().mean((1, 2, 3))
    assert moved.min() > 0
    assert moved.max() < apart.min() / 2
    assert distil.loss(student.eval(), batch)["steady"] > 0
    same = replace(batch, inputs=torch.cat([batch.inputs[:48], batch.inputs[:5]]))
    assert distil.loss(student, same)["steady"].item() == pytest.approx(0, abs=1e-9)


def test_without_series_it_learns_from_single_photos_alone(photos: biq2021.Photos, pixels: list[np.ndarray]) -> None:
    single = photos.subset == "ss03"
    chosen = [p for p, kept in zip(pixels, single, strict=True) if kept]
    batch = distil.Batches(photos.where(single), chosen, STAGE).draw(0, 0)
    assert (batch.series == -1).all()


def test_a_few_steps_lower_the_loss(
    photos: biq2021.Photos, pixels: list[np.ndarray], student: Student, tmp_path: Path
) -> None:
    batches = distil.Batches(photos, pixels, STAGE)
    before = sum(term.item() for term in distil.loss(student.eval(), batches.draw(9, 0)).values())
    kept = fit(
        student,
        lambda name: not name.startswith("backbone"),
        distil.loss,
        batches.draw,
        batches.steps,
        SCHEDULE,
        tmp_path,
        lambda _: {},
    )
    after = sum(term.item() for term in distil.loss(kept, batches.draw(9, 0)).values())
    assert after < 0.8 * before


def test_the_pack_it_writes_gives_what_torch_gives(
    photos: biq2021.Photos, pixels: list[np.ndarray], student: Student, tmp_path: Path
) -> None:
    features = torch.randn(600, FEATURES, generator=torch.Generator().manual_seed(1))
    exported = Exported(student.eval(), MobileNetV2().eval(), *pack.principal_components(features, 512), 32)
    model = pack.export_student(exported, 32)
    assert max(entry.version for entry in onnx.load_from_string(model).opset_import) <= 17
    inputs = torch.from_numpy(np.stack([PREPROCESS.apply(p) for p in pixels[:9]]))
    assert pack.difference(exported, model, inputs) < pack.TOLERANCE
    written = pack.write(tmp_path / "pack", "tiny", "1", "test/1", {"student.onnx": model}, PREPROCESS, {"by": "test"})
    loaded = PackedStudent.load(Pack.open(written.folder), "cpu")
    val = photos.where(photos.split == "val")
    found = figures.figures(loaded, val, [p for p, s in zip(pixels, photos.split, strict=True) if s == "val"])
    facts = {
        "version": "1",
        "space": "test/1",
        "opset": 17,
        "command": "train",
        "photos": len(val),
        "ss01": 1,
        "ss03": 2,
        "twins": 3,
        "difference": 1e-7,
        "megabytes": 1.0,
        "size": 32,
    }
    text = card.write(TEXT, facts, found, {"ss01": {"command": "train without", "figures": found}}).decode()
    assert "| srcc ss03 |" in text
    assert "### Without ss01\n\n`train without`" in text
    assert "{" not in text


def test_principal_components_keep_the_largest_directions() -> None:
    random = torch.Generator().manual_seed(0)
    features = torch.randn(500, 6, generator=random) * torch.tensor([9.0, 5.0, 0.1, 0.1, 0.1, 0.1]) + 4
    components, centre = pack.principal_components(features, 2)
    assert torch.allclose(centre, features.mean(0), atol=1e-4)
    assert components.abs()[0, 0] > 0.99
    assert components.abs()[1, 1] > 0.99
