"""A backbone of the tower learns to judge before it is frozen: the "tower fine-tuned too" of VILA, for small networks.

Batches, losses and views are those of the student (training.cskd.distil).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor, nn

from engine.models.preprocess import Preprocess
from engine.types import SCORES
from training.cskd import distil
from training.data.biq2021 import Photos
from training.loop import Schedule, fit

SIZES = (224, 384)
"""Widths and heights of the input, pixels, from stage to stage."""


class Judge(nn.Module):
    """[B, 3, S, S] in -1..1 to what people would say and what the teacher would say, each [B, 10] and summing to 1."""

    def __init__(self, backbone: nn.Module, features: int, head: nn.Linear | None = None, dropout: float = 0.2) -> None:
        """`features`: channels of the backbone's last map; `head`: a NIMA head to begin both heads with."""
        super().__init__()
        self.backbone = backbone
        self.dropout = nn.Dropout(dropout)
        self.people = nn.Linear(features, 10)
        self.teacher = nn.Linear(features, 10)
        for mine in (self.people, self.teacher):
            if head is not None:
                mine.load_state_dict(head.state_dict())

    def features(self, x: Tensor) -> Tensor:
        """[B, features], pooled."""
        last: Tensor = self.backbone(x)
        return last.mean((2, 3)).float()

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """(people, teacher)."""
        features = self.dropout(self.features(x))
        return self.people(features).float().softmax(1), self.teacher(features).float().softmax(1)


@dataclass(frozen=True, slots=True)
class Files(Sequence[NDArray[np.uint8]]):
    """Photos decoded when they are asked for: slower than in memory, and none of it."""

    photos: Photos

    def __len__(self) -> int:
        return len(self.photos)

    def __getitem__(self, index: int) -> NDArray[np.uint8]:  # type: ignore[override]  # slices are never asked for
        with Image.open(self.photos.folder / str(self.photos.names[index])) as image:
            return np.asarray(image.convert("RGB"))


def stages(epochs: Sequence[int], seed: int) -> tuple[distil.Stage, ...]:
    """`epochs` [2] at each of SIZES."""
    return (
        distil.Stage(SIZES[0], Schedule(epochs=epochs[0], rate=2e-4, head_rate=5e-4, seed=seed), free=0.75),
        distil.Stage(
            SIZES[1], Schedule(epochs=epochs[1], rate=1e-4, head_rate=2e-4, warm_up=100, seed=seed + 1), 0.0, copies=8
        ),
    )


def tune(judge: Judge, learn: Photos, val: Photos, recipe: Sequence[distil.Stage], work: Path) -> Judge:
    """Train through all stages, each with its resume in `work`; val is reported after every epoch, never chosen on."""
    judge.backbone.to(memory_format=torch.channels_last)  # type: ignore[call-overload]  # missing in torch's stubs
    for stage in recipe:
        batches = distil.Batches(learn, Files(learn), stage)

        def evaluate(network: nn.Module, preprocess: Preprocess = batches.preprocess) -> dict[str, float]:
            assert isinstance(network, Judge)
            return distil.summary(predict(network, Files(val), preprocess), val)

        kept = fit(
            judge,
            lambda name: not name.startswith("backbone"),
            distil.loss,
            batches.draw,
            batches.steps,
            stage.schedule,
            work / f"at-{stage.size}",
            evaluate,
        )
        assert isinstance(kept, Judge)
        judge = kept.requires_grad_(True)
    return judge


@torch.no_grad()
def predict(
    judge: Judge, pixels: Sequence[NDArray[np.uint8]], preprocess: Preprocess, batch: int = 16
) -> NDArray[np.float32]:
    """[N] scores, 1-10."""
    found = []
    for start in range(0, len(pixels), batch):
        rows = range(start, min(start + batch, len(pixels)))
        inputs = torch.from_numpy(np.stack([preprocess.apply(pixels[i]) for i in rows]))
        people, _ = judge(inputs.contiguous(memory_format=torch.channels_last))
        found.append(people.numpy() @ SCORES)
    return np.concatenate(found).astype(np.float32)
