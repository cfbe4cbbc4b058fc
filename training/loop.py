"""The one training loop: seed, precision, moving average, resume, log, evaluate, save."""

from __future__ import annotations

import copy
import json
import math
import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor, nn
from tqdm import tqdm

if TYPE_CHECKING:
    from accelerate import Accelerator

Batch = Any
_LOOK_AHEAD = 4


@dataclass(frozen=True, slots=True)
class Schedule:
    """How long and how fast to learn."""

    epochs: int
    rate: float
    """Peak learning rate of AdamW."""
    head_rate: float
    """Peak learning rate of the parameters that start from nothing."""
    weight_decay: float = 0.01
    warm_up: int = 200
    """Steps from zero to the peak; then a cosine to zero."""
    clip: float = 1.0
    """Largest norm of the gradient."""
    average: float = 0.998
    """Decay of the exponential moving average of the weights, which is what is evaluated and kept."""
    seed: int = 0
    bfloat16: bool = True
    save_every: float = 600.0
    """Seconds between checkpoints inside an epoch."""


def fit(
    network: nn.Module,
    head: Callable[[str], bool],
    loss: Callable[[nn.Module, Batch], dict[str, Tensor]],
    batch: Callable[[int, int], Batch],
    steps: int,
    schedule: Schedule,
    folder: Path,
    evaluate: Callable[[nn.Module], dict[str, float]],
    stop_after: int | None = None,
    accelerator: Accelerator | None = None,
) -> nn.Module:
    """Train `network`; returns its moving average.

    `batch(epoch, step)` must depend on its arguments alone, so that a run that resumes gives what an unbroken one
    gives. `loss` returns the terms of the loss, already weighted; their sum is minimised. `head(name)` says which
    parameters take `head_rate`. Checkpoints and `log.jsonl` go to `folder`; a checkpoint found there is continued.
    `stop_after` ends the run after that many steps, as an interruption would. With an `accelerator` each of its
    processes draws batches of its own and gradients are averaged over them; the first one logs and saves.
    """
    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(schedule.seed)
    network.train()
    first = accelerator is None or accelerator.is_main_process
    if accelerator is not None:
        network.to(accelerator.device)
    average = copy.deepcopy(network).eval().requires_grad_(False)
    optimiser = _optimiser(network, head, schedule)
    checkpoint = folder / "checkpoint.pt"
    done, total = _resume(checkpoint, network, average, optimiser), steps * schedule.epochs
    called = network if accelerator is None else accelerator.prepare_model(network)
    saved = time.monotonic()
    progress = tqdm(total=total, initial=done, unit="step", mininterval=10, dynamic_ncols=True, disable=not first)
    with torch.random.fork_rng(devices=[]), progress:
        for step, data in _ahead(batch, done, total, steps):
            _set_rates(optimiser, step, total, schedule)
            terms = _update(called, network, average, optimiser, loss, data, schedule, accelerator)
            progress.update()
            last = (step + 1) % steps == 0
            if first and step % 50 == 0:
                _log(folder, step=step, **{k: float(v) for k, v in terms.items()})
            if first and last:
                _log(folder, step=step, epoch=(step + 1) // steps, **evaluate(average))
            if first and (last or time.monotonic() - saved > schedule.save_every or step + 1 == stop_after):
                _save(checkpoint, step + 1, network, average, optimiser)
                saved = time.monotonic()
            if step + 1 == stop_after:
                break
    if first:
        (folder / "schedule.json").write_text(json.dumps(asdict(schedule), indent=1))
    return average


def _resume(path: Path, network: nn.Module, average: nn.Module, optimiser: torch.optim.Optimizer) -> int:
    """Take up the checkpoint, if there is one; returns the steps that are done."""
    if not path.exists():
        return 0
    state = torch.load(path, weights_only=True)
    network.load_state_dict(state["network"])
    average.load_state_dict(state["average"])
    optimiser.load_state_dict(state["optimiser"])
    torch.set_rng_state(state["rng"])
    return int(state["step"])


def _optimiser(network: nn.Module, head: Callable[[str], bool], schedule: Schedule) -> torch.optim.AdamW:
    groups: dict[bool, list[nn.Parameter]] = {False: [], True: []}
    for name, parameter in network.named_parameters():
        groups[head(name)].append(parameter)
    return torch.optim.AdamW(
        [
            {"params": groups[False], "lr": schedule.rate, "peak": schedule.rate},
            {"params": groups[True], "lr": schedule.head_rate, "peak": schedule.head_rate},
        ],
        weight_decay=schedule.weight_decay,
    )


def _set_rates(optimiser: torch.optim.Optimizer, step: int, total: int, schedule: Schedule) -> None:
    if step < schedule.warm_up:
        factor = (step + 1) / schedule.warm_up
    else:
        factor = 0.5 * (1 + math.cos(math.pi * (step - schedule.warm_up) / max(total - schedule.warm_up, 1)))
    for group in optimiser.param_groups:
        group["lr"] = group["peak"] * factor


def _update(
    called: nn.Module,
    network: nn.Module,
    average: nn.Module,
    optimiser: torch.optim.Optimizer,
    loss: Callable[[nn.Module, Batch], dict[str, Tensor]],
    data: Batch,
    schedule: Schedule,
    accelerator: Accelerator | None,
) -> dict[str, Tensor]:
    """`called` is `network`, or what averages its gradients over processes."""
    if accelerator is not None:
        from accelerate.utils import send_to_device

        data = send_to_device(data, accelerator.device)
    device = "cpu" if accelerator is None else accelerator.device.type
    with torch.autocast(device, torch.bfloat16, enabled=schedule.bfloat16):
        terms = loss(called, data)
    optimiser.zero_grad(set_to_none=True)
    torch.stack(list(terms.values())).sum().backward()  # type: ignore[no-untyped-call]  # torch does not annotate it
    nn.utils.clip_grad_norm_(network.parameters(), schedule.clip)
    optimiser.step()
    with torch.no_grad():
        for kept, new in zip(average.parameters(), network.parameters(), strict=True):
            kept.lerp_(new, 1 - schedule.average)
        # What batch norm has seen goes with the weights that it saw.
        for seen, latest in zip(average.buffers(), network.buffers(), strict=True):
            seen.copy_(latest.lerp(seen, schedule.average) if seen.is_floating_point() else latest)
    return {name: term.detach() for name, term in terms.items()}


def _ahead(batch: Callable[[int, int], Batch], done: int, total: int, steps: int) -> Iterator[tuple[int, Batch]]:
    """Batches from `done` to `total`, a few of them made ahead on a thread."""
    with ThreadPoolExecutor(1) as pool:
        waiting: list[Future[Batch]] = []
        for step in range(done, total):
            while len(waiting) < _LOOK_AHEAD and step + len(waiting) < total:
                waiting.append(pool.submit(batch, *divmod(step + len(waiting), steps)))
            yield step, waiting.pop(0).result()


def _save(path: Path, step: int, network: nn.Module, average: nn.Module, optimiser: torch.optim.Optimizer) -> None:
    part = path.with_suffix(".part")
    with part.open("wb") as file:
        torch.save(
            {
                "step": step,
                "network": network.state_dict(),
                "average": average.state_dict(),
                "optimiser": optimiser.state_dict(),
                "rng": torch.get_rng_state(),
            },
            file,
        )
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def _log(folder: Path, **values: float) -> None:
    with (folder / "log.jsonl").open("a") as file:
        file.write(json.dumps(values) + "\n")
