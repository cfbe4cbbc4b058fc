"""The whole recipe of the student, by one command, on a tiny data set and a tiny tower."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnx
import pytest
from safetensors.numpy import load

from engine.models.device import Network
from engine.models.preprocess import Preprocess
from engine.models.student import Student
from engine.types import ModelId
from tests.training.cskd import made
from training.__main__ import main
from training.cskd import config, recipe
from training.data.labelled import Labelled

TOML = """
held = 0.2
twins = 1.0
cache_gigabytes = 0.1
[student]
backbone = "tiny"
[[labelled]]
kind = "biq2021"
folder = "biq2021"
[[unlabelled]]
folder = "biq2021/ss03"
weight = 0.5
[align]
epochs = 1
size = 32
batch = 16
warm_up = 2
bfloat16 = false
[[asked]]
kind = "adapter"
[[stages]]
size = 32
epochs = 1
warm_up = 2
bfloat16 = false
[stages.portions]
series = 2
per_series = 3
singles = 10
degraded = 4
unlabelled = 4
"""


@pytest.fixture
def command(tmp_path: Path, data: Path, tower: Path) -> list[str]:
    (tmp_path / "recipe.toml").write_text(TOML)
    parts = ["cskd", "--config", tmp_path / "recipe.toml", "--data", data, "--tower", tower]
    return [str(part) for part in [*parts, "--out", tmp_path / "out", "--work", tmp_path / "work"]]


def test_one_command_writes_a_student_that_the_engine_runs(
    tmp_path: Path, command: list[str], photos: Labelled
) -> None:
    assert main(command) == 0
    facts = json.loads((tmp_path / "out" / "figures.json").read_text())
    assert facts["learned"] + facts["held"] + facts["twins"] == (photos.split == "train").sum()
    assert {"srcc_ss01", "srcc_ss03", "pairs", "coverage_ss03", "cosine", "retrieval"} <= facts["figures"].keys()
    model = (tmp_path / "out" / "student.onnx").read_bytes()
    assert max(entry.version for entry in onnx.load_from_string(model).opset_import) <= 17
    preprocess = Preprocess(size=32)
    inputs = np.stack([preprocess.apply(photos.pixels(row)) for row in range(3)])
    network = Network("student.onnx", model, {"pixels": inputs[:1]}, "cpu")
    verdict = Student(network, preprocess, ModelId("tiny", "1", "tiny/1", "")).score(inputs)[1]
    assert np.linalg.norm(verdict.embedding.astype(np.float32)) == pytest.approx(1, abs=1e-3)
    assert verdict.distribution.sum() == pytest.approx(1, abs=1e-5)

    both = facts["figures"]["side_by_side"]
    assert {"adapter"} == set(both["tower"]) == set(both["student"]), "this tower reads no words"
    assert set(both["tower"]["adapter"]) == {"ss01", "ss03"}
    assert 0 <= both["retrieval"] <= 1 and 0 <= both["crossed"] <= 1
    parts = load((tmp_path / "out" / "adapter.safetensors").read_bytes())
    assert parts["weight"].any() and parts["length"].shape == (1,) and parts["length"] > 1


def test_a_recipe_that_was_stopped_goes_on_with_the_same_result(tmp_path: Path, data: Path, tower: Path) -> None:
    order = recipe.Order(made.recipe(), data, str(tower), tmp_path / "out", tmp_path / "work")
    unbroken = recipe.make(order)
    broken = replace(order, work=tmp_path / "again", stop_after=3)
    prepared = recipe.prepare(broken)
    recipe.learn(prepared, broken.config.student, made.ALIGN, broken.config.stages, None, "student")
    assert (tmp_path / "again" / "student-align" / "checkpoint.pt").exists()
    # The stage behind it began from an alignment that was cut short: it does not count.
    shutil.rmtree(tmp_path / "again" / "student-1-at-32")
    assert recipe.make(replace(broken, stop_after=None)) == unbroken


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"labelled": (config.Source("nowhere", "biq2021"),)}, "nowhere"),
        ({"labelled": (config.Source("biq2021", "tea"),)}, "no known data set"),
        ({"asked": (config.Asked("oracle"),)}, "nobody of this kind"),
        ({"student": config.Network("abacus")}, "no known network"),
        ({"unlabelled": (config.Source("nowhere"),)}, "nowhere"),
    ],
)
def test_what_cannot_be_used_is_named(
    tmp_path: Path, data: Path, tower: Path, change: dict[str, object], said: str
) -> None:
    order = recipe.Order(made.recipe(**change), data, str(tower), tmp_path / "out", tmp_path / "work")
    with pytest.raises((ValueError, FileNotFoundError), match=said):
        recipe.make(order)
    assert not (tmp_path / "out").exists()


def test_what_is_taken_over_from_a_tower_needs_one_before_anything_is_learned(tmp_path: Path, data: Path) -> None:
    config_ = made.recipe(student=config.Network("tiny", looks="imagenet.tflite"), align=None)
    with pytest.raises(ValueError, match="Name its folder with --tower"):
        recipe.make(recipe.Order(config_, data, None, tmp_path / "out", tmp_path / "work"))
    assert not (tmp_path / "work").exists()


def test_a_key_that_no_recipe_has_is_named(
    tmp_path: Path, command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "recipe.toml").write_text(TOML.replace("epochs = 1", "epoch = 1", 1))
    assert main(command) == 2
    assert "epoch" in capsys.readouterr().err
    command[command.index("--tower") + 1] = str(tmp_path / "none")
    (tmp_path / "recipe.toml").write_text(TOML)
    assert main(command) == 2
    assert "no tower is there" in capsys.readouterr().err


def test_the_recipes_that_come_along_are_understood() -> None:
    folder = Path(recipe.__file__).parent
    found = [config.load(file) for file in sorted(folder.glob("*.toml"))]
    assert found
    assert all(one.stages and one.labelled for one in found)


def test_a_subset_can_be_left_out_and_is_judged_on_all_the_same(
    tmp_path: Path, command: list[str], data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    left = (config.Source("biq2021", "biq2021", leave_out=("ss01",)),)
    prepared = recipe.prepare(recipe.Order(made.recipe(labelled=left), data, None, tmp_path / "out", tmp_path / "work"))
    assert set(prepared.sources.learn.subset) | set(prepared.sources.held.subset) == {"ss03"}
    assert set(prepared.sources.val.subset) == {"ss01", "ss03"}
    assert main([*command, "--leave-out", "ss01", "--leave-out", "ss03"]) == 2
    assert "no photo to learn from is there" in capsys.readouterr().err


def test_photos_of_val_teach_nothing_even_from_a_folder(tmp_path: Path, data: Path, photos: Labelled) -> None:
    order = recipe.Order(
        made.recipe(unlabelled=(config.Source("biq2021/ss03"), config.Source("biq2021/ss01"))),
        data,
        None,
        tmp_path / "out",
        tmp_path / "work",
    )
    prepared = recipe.prepare(order)
    val = {path.name for path, split in zip(photos.paths, photos.split, strict=True) if split == "val"}
    names = {f"{view.path.parent.name}/{view.path.name}" for view in prepared.views.rows}
    judged = {
        f"{p.parent.name}/{p.name}" for p, split in zip(photos.paths, photos.split, strict=True) if split == "val"
    }
    assert val
    assert names & judged == set()
    assert len(prepared.sources.unlabelled) == 2
    own = {int(n) for n in prepared.sources.held.series if n >= 0} & {int(n) for n in prepared.sources.learn.series}
    assert own == set()
