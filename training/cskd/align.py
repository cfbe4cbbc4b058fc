"""CFA: a network learns to see as the target sees, from photos without labels (PAPERS: CSKD, alignment)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from engine.models.preprocess import Preprocess
from training.cskd import losses
from training.cskd.branched import Aligned
from training.cskd.paced import Paced
from training.data.mixture import Mixture
from training.loop import fit

if TYPE_CHECKING:
    from accelerate import Accelerator


@dataclass(frozen=True, slots=True)
class Alignment(Paced):
    """How a network is aligned."""

    epochs: int = 4
    """Rounds through all views."""
    size: int = 192
    """Width and height of the input, pixels."""
    batch: int = 64
    """Views of a batch, all processes together."""
    rate: float = 3e-4
    head_rate: float = 1e-3
    weight_decay: float = 0.01
    warm_up: int = 100
    away: float = 1.0
    """Weight of 1 - cosine."""
    words: int = 0
    """Numbers of the target, the first ones, that words reach and that count as much as all; 0 where all are alike."""
    relational: float = 0.5
    """Weight of the likeness of neighbourhoods."""
    bfloat16: bool = True
    trunk: bool = True
    """Whether the trunk learns too; one that has learned to judge is better left alone."""
    average: float = 0.99
    """Decay of the moving average: short, or the random beginning of the projector would stay in it."""


class Batch(NamedTuple):
    """Views and where the target sees them."""

    inputs: Tensor
    """[B, 3, S, S]"""
    target: Tensor
    """[B, D], un-normalised."""


@dataclass(frozen=True, slots=True, eq=False)
class Batches:
    """Views of several sources in their shares; a process draws its own part of each batch."""

    pixels: Callable[[int], NDArray[np.uint8]]
    """Row of a view to [h, w, 3] RGB."""
    targets: NDArray[np.float16]
    """[views, D]"""
    mixture: Mixture
    """Of rows of views."""
    preprocess: Preprocess
    process: int = 0
    processes: int = 1

    def draw(self, epoch: int, step: int) -> Batch:
        """The batch of one step; depends on seed, epoch and step alone. Half of the views are mirrored: whatever the
        target makes of a mirror, left and right do not matter for what it stands for here.
        """
        rows = self.mixture.draw(epoch, step)
        mirrored = np.random.default_rng([self.mixture.seed, epoch, step]).random(len(rows)) < 0.5
        mine = slice(self.process, None, self.processes)
        views = [
            self.preprocess.resize(np.ascontiguousarray(self.pixels(row)[:, ::-1]) if turned else self.pixels(row))
            for row, turned in zip(rows[mine].tolist(), mirrored[mine], strict=True)
        ]
        inputs = torch.from_numpy(self.preprocess.normalise(np.stack(views)))
        target = torch.from_numpy(np.stack([self.targets[row] for row in rows[mine]]).astype(np.float32))
        return Batch(inputs.contiguous(memory_format=torch.channels_last), target)


def align(
    network: Aligned,
    batches: Batches,
    how: Alignment,
    work: Path,
    evaluate: Callable[[Aligned], dict[str, float]],
    seed: int = 0,
    accelerator: Accelerator | None = None,
    stop_after: int | None = None,
) -> Aligned:
    """Align `network`, or go on with what stands in `work`; returns the moving average, ready to be trained on."""

    def loss(called: nn.Module, batch: Batch) -> dict[str, Tensor]:
        embedding = called(batch.inputs)
        return {
            "away": how.away * losses.away(embedding, batch.target, how.words),
            "relational": how.relational * losses.relational(embedding, batch.target),
        }

    def judged(found: nn.Module) -> dict[str, float]:
        assert isinstance(found, Aligned)
        return evaluate(found)

    network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]  # missing in torch's stubs
    learning = ("trunk", "late", "project") if how.trunk else ("late", "project")
    for name, parameter in network.named_parameters():
        parameter.requires_grad_(name.startswith(learning))
    kept = fit(
        network,
        lambda name: name.startswith("project"),
        loss,
        batches.draw,
        batches.mixture.steps,
        how.schedule(seed),
        work,
        judged,
        stop_after,
        accelerator,
    )
    assert isinstance(kept, Aligned)
    return kept.requires_grad_(True)


@torch.no_grad()
def embed(
    network: Aligned,
    pixels: Callable[[int], NDArray[np.uint8]],
    rows: Sequence[int] | NDArray[np.int64],
    preprocess: Preprocess,
    batch: int = 32,
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """(embeddings [N, D] un-normalised, pooled features [N, F]) of pictures by an aligned network."""
    embeddings, features = [], []
    device = next(network.parameters()).device
    for start in range(0, len(rows), batch):
        inputs = np.stack([preprocess.apply(pixels(int(row))) for row in rows[start : start + batch]])
        pooled = network.features(torch.from_numpy(inputs).to(device).contiguous(memory_format=torch.channels_last))
        features.append(pooled.cpu().numpy())
        embeddings.append(network.project(pooled).float().cpu().numpy())
    return np.concatenate(embeddings), np.concatenate(features)
