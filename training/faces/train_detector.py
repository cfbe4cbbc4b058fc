"""Training and export of the detector."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from engine.models.face_detector import INPUT
from training.faces import targets
from training.faces.detector import Detector, Exported
from training.faces.photos import Splits
from training.faces.views import Views
from training.loop import Schedule, fit
from training.pack import to_onnx

VIEWS = 16
"""Views in a batch."""
STEPS = 250
"""Steps of an epoch."""
WATCHED = 32
"""Views of development on which every epoch is judged."""


def schedules(epochs: Sequence[int], seed: int) -> list[Schedule]:
    """One a stretch: fast at first, each later one from where the one before it ended, and slower."""
    rates = [3e-3] + [2e-3] * (len(epochs) - 1)
    return [
        Schedule(count, rate, rate, weight_decay=0.02, clip=5.0, seed=seed + i, save_every=120.0)
        for i, (count, rate) in enumerate(zip(epochs, rates, strict=True))
    ]


@dataclass(frozen=True, slots=True, eq=False)
class Batches:
    """Draws batches; a batch depends on seed, epoch and step alone."""

    views: Views
    seed: int
    count: int
    """Views in a batch."""

    def draw(self, epoch: int, step: int) -> targets.Batch:
        """The batch of one step."""
        random = np.random.default_rng([self.seed, epoch, step])
        return targets.batch([self.views.draw(random) for _ in range(self.count)])


def train(photos: Splits, plans: Sequence[Schedule], work: Path) -> Detector:
    """Train, or resume in `work`; every epoch is judged by its loss on development. Returns the moving average."""
    torch.manual_seed(plans[0].seed)
    detector = Detector()
    detector.to(memory_format=torch.channels_last)  # type: ignore[call-overload]  # missing in torch's stubs
    watched = Batches(Views(photos.development), plans[0].seed, WATCHED).draw(0, 0)

    @torch.no_grad()
    def evaluate(network: nn.Module) -> dict[str, float]:
        return {f"{name} of development": float(term) for name, term in targets.loss(network, watched).items()}

    for number, plan in enumerate(plans, 1):
        batches = Batches(Views(photos.learn), plan.seed, VIEWS)
        stretch = work / f"detector-{number}"
        kept = fit(detector, lambda _: False, targets.loss, batches.draw, STEPS, plan, stretch, evaluate)
        assert isinstance(kept, Detector)
        detector = kept.requires_grad_(True)
    return detector


def export(detector: Detector, size: int = INPUT) -> bytes:
    """faces.onnx: `pixels` uint8 [1, size, size, 3] to `scores`, `boxes`, `points`, as `Exported` gives them."""
    return to_onnx(Exported(detector, size), example(size), "pixels", ("scores", "boxes", "points"), batched=False)


def example(size: int = INPUT) -> Tensor:
    """An input of the exported network: noise."""
    return torch.randint(0, 256, (1, size, size, 3), dtype=torch.uint8, generator=torch.Generator().manual_seed(0))
