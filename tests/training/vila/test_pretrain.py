"""Pretraining: both losses by hand, batches, resume, and two processes that learn as one does."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch

from tests.training.vila import two_processes
from training.loop import Schedule
from training.vila import pretrain
from training.vila.pretrain import Batches, Captions, Learner

SCHEDULE = Schedule(epochs=3, rate=5e-3, head_rate=5e-3, warm_up=2, average=0.5, bfloat16=False)


def test_captioning_is_the_cross_entropy_of_the_next_word_without_padding() -> None:
    logits = torch.zeros(1, 3, 4)
    logits[0, 0, 2] = 5.0
    ids = torch.tensor([[1, 2, 3, 0]])
    first = -torch.log_softmax(logits[0, 0], 0)[2]
    assert torch.isclose(pretrain.captioning(logits, ids), (first + np.log(4)) / 2)


def test_contrastive_is_the_symmetric_infonce() -> None:
    image, text = torch.tensor([[2.0, 0.0], [0.0, 3.0]]), torch.tensor([[1.0, 0.0], [1.0, 1.0]])
    cosines = torch.tensor([[1.0, 0.5**0.5], [0.0, 0.5**0.5]]) * 10
    by_hand = [-torch.log_softmax(rows, 1).diagonal().mean() for rows in (cosines, cosines.T)]
    assert torch.isclose(pretrain.contrastive(image, text, torch.tensor(10.0)), sum(by_hand) / 2)


def test_captions_are_cut_and_padded() -> None:
    captions = Captions.encode(["7 8", "7 8 9 10 11"], lambda text: [int(w) for w in text.split()], 1, 2, 5)
    assert captions.ids.tolist() == [[1, 7, 8, 2, 0], [1, 7, 8, 9, 2]]
    ids, lengths = captions.take(np.array([0]))
    assert ids.tolist() == [[1, 7, 8, 2]]
    assert lengths.tolist() == [4]


def test_an_epoch_meets_every_picture_once_and_processes_share_a_batch() -> None:
    whole = two_processes.batches()
    met = torch.cat([whole.draw(1, step).kind for step in range(whole.steps)])
    assert sorted(met.tolist()) == list(range(two_processes.PICTURES))
    halves = [two_processes.batches(process, 2).draw(1, 0) for process in (0, 1)]
    assert sorted(torch.cat([half.kind for half in halves]).tolist()) == sorted(whole.draw(1, 0).kind.tolist())
    assert not torch.equal(whole.draw(0, 0).kind, whole.draw(1, 0).kind)


def test_judges_and_places_are_hidden_while_it_learns_and_only_then() -> None:
    learner = Learner(two_processes.learner().tower, (((0, 2), (3, 4)),))
    batch = two_processes.batches().draw(0, 0)
    batch = batch._replace(inputs=torch.ones_like(batch.inputs))
    seen: list[torch.Tensor] = []
    learner.tower.backbone.register_forward_pre_hook(lambda _, inputs: seen.append(inputs[0]))
    torch.manual_seed(3)
    learner.train()(batch)
    learner.eval()(batch)
    learner.keep_eyes().train()(batch)
    learning, judging, writing = seen
    assert float(writing.amax(2).min()) == 1, "a decoder learns to write of whole pictures"
    assert torch.equal(judging, batch.inputs)
    places = learning.amax(2)
    assert 0 < float((places == 0).float().mean()) < 0.6
    hides = (learning * places[..., None] == 0).all(1)
    assert bool((hides[:, 0] == hides[:, 3]).all())
    assert 0 < float(hides[:, 0].float().mean()) < 1


def test_the_eyes_stay_as_they_are_while_only_words_are_learned(tmp_path: Path) -> None:
    learner = two_processes.learner()
    first = pretrain.pretrain(learner, two_processes.batches(), _longer(2), tmp_path / "all", lambda _: {})
    before, unpractised = {name: value.clone() for name, value in first.state_dict().items()}, _losses(first)
    after = pretrain.pretrain(first.keep_eyes(), two_processes.batches(), _longer(4), tmp_path / "words", lambda _: {})
    changed = {name for name, value in after.state_dict().items() if not torch.equal(value, before[name])}
    assert changed and all(name.startswith(("tower.text.", "tower.log_scale")) for name in changed)
    assert _losses(after)["captioning"] < unpractised["captioning"]


def test_it_learns_to_match_and_to_write(tmp_path: Path) -> None:
    learner = two_processes.learner()
    before = _losses(learner)
    kept = pretrain.pretrain(learner, two_processes.batches(), _longer(80), tmp_path, lambda _: {})
    after = _losses(kept)
    assert after["captioning"] < before["captioning"] * 0.7
    assert after["contrastive"] < before["contrastive"] / 2


@pytest.mark.parametrize("interrupted_after", [3, 4])
def test_a_run_that_resumes_gives_what_an_unbroken_one_gives(tmp_path: Path, interrupted_after: int) -> None:
    def run(folder: Path, stop_after: int | None = None) -> Learner:
        made = two_processes.learner()
        return pretrain.pretrain(made, two_processes.batches(), SCHEDULE, folder, lambda _: {}, stop_after=stop_after)

    unbroken = run(tmp_path / "unbroken")
    run(tmp_path / "broken", interrupted_after)
    resumed = run(tmp_path / "broken")
    for expected, got in zip(unbroken.parameters(), resumed.parameters(), strict=True):
        assert torch.equal(expected, got)


@pytest.mark.timeout(200)
def test_two_processes_learn_what_one_learns_from_the_same_batches(tmp_path: Path) -> None:
    schedule, folder = two_processes.SCHEDULE, tmp_path / "alone"
    pretrain.pretrain(two_processes.learner(), two_processes.batches(), schedule, folder, lambda _: {})
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
    both = torch.load(tmp_path / "both" / "checkpoint.pt", weights_only=True)["network"]
    begun = two_processes.learner().state_dict()
    single = torch.load(folder / "checkpoint.pt", weights_only=True)["network"]
    for name, expected in single.items():
        # A bias of all keys changes no attention: its gradient is rounding, which Adam enlarges.
        if not name.endswith("key.bias"):
            assert torch.allclose(both[name], expected, atol=2e-4), name
    assert any(not torch.allclose(begun[name], expected, atol=1e-2) for name, expected in single.items())


def _longer(epochs: int) -> Schedule:
    return Schedule(epochs=epochs, rate=5e-3, head_rate=5e-3, warm_up=5, average=0.9, bfloat16=False)


def _losses(learner: Learner) -> dict[str, float]:
    with torch.no_grad():
        return {name: float(term) for name, term in learner.eval()(two_processes.batches().draw(0, 0)).items()}


def test_batches_of_nothing_have_no_steps() -> None:
    empty = Captions(np.zeros((0, 4), np.int64), np.zeros(0, np.int64))
    nothing = np.zeros(0, np.float32)
    assert Batches(lambda rows: torch.zeros(len(rows)), [empty], nothing, nothing.astype(np.int64)).steps == 0
