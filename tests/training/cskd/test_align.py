"""CFA: a network comes to see as its target does, goes on after a stop, and learns alike in two processes."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from engine.models.preprocess import Preprocess
from engine.types import EMBEDDING_SIZE
from tests.training.cskd import made, two_processes
from training.cskd import agreement, align, backbones, exported, facing, targets
from training.cskd.branched import Aligned, Branched
from training.cskd.calibration import Calibration
from training.cskd.familiarity import Familiarity
from training.cskd.views import Views
from training.data.labelled import Labelled
from training.data.mixture import Mixture


def test_what_the_tower_says_is_kept(tmp_path: Path, tower: Path, photos: Labelled) -> None:
    target = targets.load(str(tower))
    views = Views.of(photos.paths[30:34], crops=1, flawed=0)
    seen = targets.embeddings(tmp_path / "targets", target, views)
    assert np.allclose(seen[5], target.embed(target.prepare(views.rows[5].pixels())), atol=1e-2)
    moved = targets.shuffled(seen, views.per, 1)
    assert not (moved == seen).all(1).any()
    assert sorted(moved[:: views.per, 0].tolist()) == sorted(seen[:: views.per, 0].tolist())


def test_a_network_comes_to_see_as_its_target_does_and_not_as_a_shuffled_one(tmp_path: Path) -> None:
    random = np.random.default_rng(0)
    colours = random.integers(0, 256, (80, 3))
    pictures = [np.clip(colour + random.normal(0, 8, (16, 16, 3)), 0, 255).astype(np.uint8) for colour in colours]
    seen = ((colours / 127.5 - 1) @ random.standard_normal((3, 6))).astype(np.float16)
    how = replace(made.ALIGN, epochs=12, rate=3e-3)

    def agrees(values: np.ndarray, name: str) -> float:
        torch.manual_seed(0)
        network = Aligned(made.tiny("", None, Path(), None), 6)
        batches = align.Batches(
            pictures.__getitem__, values, Mixture((np.arange(64),), (1.0,), how.batch), Preprocess(size=how.size)
        )
        kept = align.align(network, batches, how, tmp_path / name, lambda _: {})
        found, _ = align.embed(kept, pictures.__getitem__, range(64, 80), Preprocess(size=how.size))
        return agreement.cosine(found, seen[64:])

    assert agrees(seen, "right") > agrees(targets.shuffled(seen, 1, 0), "shuffled") + 0.3


@pytest.mark.parametrize("interrupted_after", [1, 2])
def test_an_alignment_that_resumes_gives_what_an_unbroken_one_gives(tmp_path: Path, interrupted_after: int) -> None:
    def run(folder: Path, stop_after: int | None = None) -> Aligned:
        own = two_processes.batches()
        return align.align(two_processes.network(), own, two_processes.HOW, folder, lambda _: {}, stop_after=stop_after)

    unbroken = run(tmp_path / "unbroken")
    run(tmp_path / "broken", interrupted_after)
    resumed = run(tmp_path / "broken")
    for expected, got in zip(unbroken.parameters(), resumed.parameters(), strict=True):
        assert torch.equal(expected, got)


@pytest.mark.timeout(200)
def test_two_processes_align_as_one_does(tmp_path: Path) -> None:
    align.align(two_processes.network(), two_processes.batches(), two_processes.HOW, tmp_path / "alone", lambda _: {})
    command = [
        sys.executable,
        "-m",
        "accelerate.commands.launch",
        "--cpu",
        "--num_processes",
        "2",
        "--num_machines",
        "1",
    ]
    command += ["--mixed_precision", "no", "--dynamo_backend", "no", "--num_cpu_threads_per_process", "1"]
    command += ["--main_process_port", "0", str(Path(two_processes.__file__)), str(tmp_path / "both")]
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[3])}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=180, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    both, alone = (
        torch.load(tmp_path / name / "checkpoint.pt", weights_only=True)["network"] for name in ("both", "alone")
    )
    begun = two_processes.network().state_dict()
    assert all(torch.allclose(both[name], expected, atol=2e-4) for name, expected in alone.items())
    assert any(not torch.allclose(begun[name], expected, atol=1e-3) for name, expected in alone.items())


@pytest.mark.parametrize("doubled", [True, False])
def test_a_student_takes_over_what_was_aligned(doubled: bool) -> None:
    aligned = two_processes.network()
    x = facing.one_way(torch.randn(2, 3, 64, 64, generator=torch.Generator().manual_seed(0)))
    before = aligned(x)
    student = Branched(aligned, doubled).eval()
    said = student(x)
    assert torch.allclose(said.embedding, before, atol=1e-6)
    assert torch.allclose(said.people.sum(1), torch.ones(2))
    _, judged, seen = student.maps(x)
    assert torch.equal(judged, seen)
    for parameter in (student.judging or student.seeing).parameters():
        parameter.data.mul_(2)
    assert torch.equal(student(x).embedding, before) == doubled


@pytest.mark.parametrize(
    ("name", "places"),
    [
        ("timm:vit_tiny_patch16_224", 14),
        ("timm:deit3_small_patch16_224", 14),
        ("timm:levit_128s", 4),
        ("timm:swin_tiny_patch4_window7_224", 7),
        ("timm:mobilenetv3_small_050", 7),
    ],
)
def test_any_network_of_timm_gives_a_map(name: str, places: int) -> None:
    network = backbones.load(name)
    found = network.late(network.trunk(torch.zeros(1, 3, 224, 224)))
    assert found.shape == (1, network.features, places, places)
    assert not Branched(Aligned(network, 8)).judging


def test_a_transformer_can_be_a_student_that_is_written() -> None:
    torch.manual_seed(0)
    student = Branched(Aligned(backbones.load("timm:test_vit"), EMBEDDING_SIZE), doubled=False).eval()
    known = Familiarity(np.zeros(128, np.float32), np.eye(128, dtype=np.float32), 1.0)
    whole = exported.Exported(exported.rounded(student), Calibration(np.zeros(4)), known).eval()
    model = exported.to_file(whole, 160)
    off = exported.differences(whole, model, torch.randn(3, 3, 160, 160))
    assert off.keys() == set(exported.OUTPUTS)


def test_a_network_that_is_not_there_or_cannot_be_parted_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not parted"):
        backbones.load("timm:vit_tiny_patch16_224", split=3)
    with pytest.raises(ValueError, match="19 layers cannot be parted after 99"):
        backbones.load("mobilenet_v2", split=99)
    with pytest.raises(FileNotFoundError, match=r"gone\.tflite"):
        backbones.load("mobilenet_v2", "gone.tflite", tmp_path)


@pytest.mark.logs("No pretrained weights")
def test_an_encoder_of_open_clip_can_be_the_target(photos: Labelled) -> None:
    target = targets.load("open_clip:ViT-S-32-alt")
    first, second = (target.embed(target.prepare(photos.pixels(row))) for row in (0, 40))
    assert first.shape == (target.dimensions,)
    assert not np.allclose(first, second)
