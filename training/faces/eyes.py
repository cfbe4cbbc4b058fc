"""The network that tells an open eye from a closed one, its training, and how well it does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from engine.models.device import Network
from engine.models.eyes import CROP, EYES, ORDER, decided
from engine.types import EyeState
from training.faces.detector import Separable
from training.faces.eye_crops import Crops, EyeCrops, EyeSplits, EyeViews, plain, states
from training.faces.judge import interval
from training.faces.photos import Labelled
from training.loop import Schedule, fit
from training.pack import to_onnx

STEPS = 150
"""Steps of an epoch."""
_OF_EACH = (20, 20, 24)
"""Crops in a batch, in ORDER."""
_SMOOTHING = 0.05
_WIDTHS = (16, 32, 64, 96)
_DRAWS = 500
SIDES = (8, 12, 16, 20, 24, 32)
"""Widths of a crop, pixels, at which accuracy is told: what a photo has of an eye."""


class EyeNet(nn.Module):
    """uint8 [B, CROP, CROP], grey, to logits [B, 3] in ORDER. Light and contrast are taken out first."""

    def __init__(self) -> None:
        super().__init__()
        first, second, third, last = _WIDTHS
        self.layers = nn.Sequential(
            nn.Conv2d(1, first, 3, padding=1, bias=False),
            nn.BatchNorm2d(first),
            nn.ReLU(inplace=True),
            Separable(first, second, 2),
            Separable(second, second),
            Separable(second, third, 2),
            Separable(third, third),
            Separable(third, last, 2),
            Separable(last, last),
        )
        self.dropout = nn.Dropout(0.2)
        self.state = nn.Linear(last, len(ORDER))

    def forward(self, crops: Tensor) -> Tensor:
        x = crops.float()[:, None]
        x = x - x.mean((2, 3), keepdim=True)
        x = x / (x.square().mean((2, 3), keepdim=True) + 25.0).sqrt()
        state: Tensor = self.state(self.dropout(self.layers(x).mean((2, 3))))
        return state


class Exported(nn.Module):
    """What eyes.onnx holds: `crops` uint8 [B, CROP, CROP] to `states` [B, 3], probabilities in ORDER."""

    def __init__(self, network: EyeNet) -> None:
        super().__init__()
        self.network = network

    def forward(self, crops: Tensor) -> Tensor:
        logits: Tensor = self.network(crops)
        return logits.softmax(1)


@dataclass(frozen=True, slots=True, eq=False)
class Batches:
    """Draws batches; a batch depends on seed, epoch and step alone."""

    views: EyeViews
    seed: int

    def draw(self, epoch: int, step: int) -> tuple[Tensor, Tensor]:
        """(crops uint8 [B, CROP, CROP], states [B])."""
        random = np.random.default_rng([self.seed, epoch, step])
        crops = [
            self.views.draw(state, random) for state, count in zip(ORDER, _OF_EACH, strict=True) for _ in range(count)
        ]
        return torch.from_numpy(np.stack(crops)), torch.arange(len(ORDER)).repeat_interleave(torch.tensor(_OF_EACH))


def schedule(epochs: int, seed: int) -> Schedule:
    """Trained from nothing; too small for bfloat16 to pay."""
    return Schedule(epochs, rate=3e-3, head_rate=3e-3, weight_decay=0.02, clip=5.0, seed=seed, bfloat16=False)


def loss(network: nn.Module, batch: tuple[Tensor, Tensor]) -> dict[str, Tensor]:
    """Cross entropy, smoothed: it must not be surer than it can know."""
    crops, truth = batch
    return {"state": functional.cross_entropy(network(crops), truth, label_smoothing=_SMOOTHING)}


def train(eyes: EyeSplits, photos: Labelled, plan: Schedule, work: Path) -> EyeNet:
    """Train, or resume in `work`; every epoch is judged on development. Returns the moving average."""
    torch.manual_seed(plan.seed)

    def evaluate(network: nn.Module) -> dict[str, float]:
        assert isinstance(network, EyeNet)
        told = judge(probabilities(export(network), [plain(p) for p in eyes.development.pictures]), eyes.development)
        return {name: value for name, value in told.items() if isinstance(value, float)}

    batches = Batches(EyeViews(eyes.learn, photos), plan.seed)
    kept = fit(EyeNet(), lambda _: False, loss, batches.draw, STEPS, plan, work, evaluate)
    assert isinstance(kept, EyeNet)
    return kept


def export(network: EyeNet) -> bytes:
    """eyes.onnx."""
    return to_onnx(Exported(network), example(), "crops", ("states",))


def example() -> Tensor:
    """An input of the exported network: noise."""
    shape = (2, CROP, CROP)
    return torch.randint(0, 256, shape, dtype=torch.uint8, generator=torch.Generator().manual_seed(0))


def probabilities(model: bytes, crops: Sequence[Crops]) -> NDArray[np.float32]:
    """[N, 3] of eyes.onnx."""
    inputs = np.stack(crops)
    return Network(EYES, model, {"crops": inputs[:1]}, "cpu").run({"crops": inputs})[0]


def judge(found: NDArray[np.float32], eyes: EyeCrops) -> dict[str, float | list[float]]:
    """Balanced accuracy of what is told, with an interval; the share that is not; and where "cannot tell" is wrong."""
    told = np.array([ORDER.index(state) for state in decided(found)])
    truth = states(eyes.closed)
    random = np.random.default_rng(0)
    draws = [random.integers(0, len(truth), len(truth)) for _ in range(_DRAWS)]
    drawn = [_balanced(told[rows], truth[rows]) for rows in draws]
    unknown = ORDER.index(EyeState.UNKNOWN)
    return {
        "eyes": len(truth),
        "balanced_accuracy": _balanced(told, truth),
        "balanced_accuracy_interval": interval(drawn),
        "unknown": float((told == unknown).mean()),
        "balanced_accuracy_unknown_wrong": float(np.mean([(told[truth == k] == k).mean() for k in set(truth)])),
    }


def _balanced(told: NDArray[np.int64], truth: NDArray[np.int64]) -> float:
    """Mean over open and closed of the share told rightly, among what is told."""
    known = told != ORDER.index(EyeState.UNKNOWN)
    shares = [float((told[known & (truth == k)] == k).mean()) for k in (0, 1) if (known & (truth == k)).any()]
    return float(np.mean(shares)) if shares else float("nan")


def figures(model: bytes, eyes: EyeCrops, photos: Labelled, count: int = 400) -> dict[str, Any]:
    """`judge` at full size and at SIDES, and how often what is no eye, or behind dark glass, is called unknown."""
    views, random = EyeViews(eyes, photos), np.random.default_rng(0)
    nothing = probabilities(model, [views.draw(EyeState.UNKNOWN, random) for _ in range(count)])
    smaller = {
        str(side): judge(probabilities(model, [plain(p, side) for p in eyes.pictures]), eyes)[
            "balanced_accuracy_unknown_wrong"
        ]
        for side in SIDES
    }
    return {
        **judge(probabilities(model, [plain(p) for p in eyes.pictures]), eyes),
        "by_side": smaller,
        "unknown_of_made_unknowns": float(np.mean([s is EyeState.UNKNOWN for s in decided(nothing)])),
    }
