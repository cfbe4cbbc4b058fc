"""The training loop learns, resumes as if nothing had happened, and keeps the moving average."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch
from torch import Tensor, nn

from training.loop import Schedule, fit

STEPS = 10


def _batch(epoch: int, step: int) -> tuple[Tensor, Tensor]:
    generator = torch.Generator().manual_seed(1000 * epoch + step)
    x = torch.randn(16, 4, generator=generator)
    return x, x @ torch.tensor([[1.0], [-2.0], [0.5], [3.0]])


def _loss(network: nn.Module, batch: tuple[Tensor, Tensor]) -> dict[str, Tensor]:
    x, y = batch
    return {"squares": (network(x) - y).square().mean()}


def _train(folder: Path, stop_after: int | None = None, epochs: int = 3) -> nn.Module:
    torch.manual_seed(7)
    network = nn.Sequential(nn.Linear(4, 8), nn.Dropout(0.1), nn.Linear(8, 1))
    schedule = Schedule(epochs=epochs, rate=0.02, head_rate=0.05, warm_up=3, average=0.9, bfloat16=False)
    return fit(
        network, lambda name: name.startswith("2"), _loss, _batch, STEPS, schedule, folder, _evaluate, stop_after
    )


def _evaluate(network: nn.Module) -> dict[str, float]:
    with torch.no_grad():
        return {"error": float(_loss(network, _batch(99, 0))["squares"])}


def test_it_learns_and_logs_every_epoch(tmp_path: Path) -> None:
    _train(tmp_path, epochs=12)
    lines = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text().splitlines()]
    errors = [line["error"] for line in lines if "epoch" in line]
    assert len(errors) == 12
    assert errors[-1] < errors[0] / 4


@pytest.mark.parametrize("interrupted_after", [4, 10, 17])
def test_a_run_that_resumes_gives_what_an_unbroken_one_gives(tmp_path: Path, interrupted_after: int) -> None:
    unbroken = _train(tmp_path / "unbroken")
    _train(tmp_path / "broken", stop_after=interrupted_after)
    resumed = _train(tmp_path / "broken")
    for expected, got in zip(unbroken.parameters(), resumed.parameters(), strict=True):
        assert torch.equal(expected, got)


def test_no_half_written_checkpoint_is_left(tmp_path: Path) -> None:
    _train(tmp_path, stop_after=2)
    assert {path.name for path in tmp_path.iterdir()} == {"checkpoint.pt", "log.jsonl", "schedule.json"}
