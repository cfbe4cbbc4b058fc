"""The second look: a network that is shown single faces, and what the detector took for one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from engine.models.boxes import overlaps
from engine.models.face_refiner import CROP, WIDE, size
from engine.models.squares import square
from training.faces.detector import Separable
from training.faces.photos import Labelled, Splits
from training.faces.pseudo_labels import Labels, Pixels
from training.faces.targets import certainty
from training.faces.views import MIRRORED, spoilt
from training.loop import Schedule, fit
from training.pack import to_onnx

STEPS = 200
"""Steps of an epoch."""
CROPS = 96
"""Crops in a batch."""
_WIDTHS = (24, 48, 64, 96)
_LAST = 32
_HIDDEN = 128
_OF_FACES, _OF_PROPOSALS = 0.55, 0.35
"""Shares of the crops around YuNet's faces, and around what the detector proposed; the rest is anywhere."""
_SURE = 0.4
_SAME = 0.4
"""Overlap (IoU) from which what was proposed is one of YuNet's faces."""
_SCORE, _PLACES = 1.0, 4.0
_BETA = 0.02
_USUAL = (-0.33, -0.39, 0.33, 0.39, -0.15, -0.1, 0.15, -0.1, 0.0, 0.05, -0.12, 0.2, 0.12, 0.2)
"""Bias of the places at the start: a face from the front."""


class Refiner(nn.Module):
    """uint8 [B, CROP, CROP], grey, to [B, 15]: the logit of a face, then its box and its points.

    Places are shares of the crop from its middle. Light and contrast are taken out first.
    """

    def __init__(self) -> None:
        super().__init__()
        first, second, third, last = _WIDTHS
        self.layers = nn.Sequential(
            nn.Conv2d(1, first, 5, 2, 2, bias=False),
            nn.BatchNorm2d(first),
            nn.ReLU(inplace=True),
            Separable(first, second),
            Separable(second, third, 2),
            Separable(third, third),
            Separable(third, last, 2),
            Separable(last, last),
            nn.Conv2d(last, _LAST, 1, bias=False),
            nn.BatchNorm2d(_LAST),
            nn.ReLU(inplace=True),
            nn.Flatten(),
            nn.Linear(_LAST * (CROP // 8) ** 2, _HIDDEN),
            nn.ReLU(inplace=True),
        )
        self.said = nn.Linear(_HIDDEN, 1 + len(_USUAL))
        nn.init.normal_(self.said.weight, std=0.01)
        with torch.no_grad():
            self.said.bias.copy_(torch.tensor((0.0, *_USUAL)))

    def forward(self, crops: Tensor) -> Tensor:
        x = crops.float()[:, None]
        x = x - x.mean((2, 3), keepdim=True)
        x = x / (x.square().mean((2, 3), keepdim=True) + 25.0).sqrt()
        said: Tensor = self.said(self.layers(x))
        return said


class Exported(nn.Module):
    """What landmarks.onnx holds: `crops` uint8 [B, CROP, CROP] to `scores` [B], `boxes` [B, 4] and `points` [B, 10]."""

    def __init__(self, network: Refiner) -> None:
        super().__init__()
        self.network = network

    def forward(self, crops: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        said = self.network(crops)
        return said[:, 0].sigmoid(), said[:, 1:5], said[:, 5:]


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Crops and their truth."""

    crops: Tensor
    """uint8 [B, CROP, CROP]"""
    truth: Tensor
    """[B]: how much of a face is there, 0-1."""
    places: Tensor
    """[B, 14]: box and points, in shares of the crop from its middle."""


class Crops:
    """Draws crops around faces and around what is none."""

    def __init__(self, photos: Labelled, proposals: Sequence[Labels], seed: int) -> None:
        """`proposals`: what the detector sees in each of `photos`. Raises ValueError if no photo has a face."""
        self.photos, self.proposals, self.seed = photos, proposals, seed
        self.faces = [
            (i, int(j)) for i, faces in enumerate(photos.labels) for j in np.flatnonzero(faces.scores >= _SURE)
        ]
        self.proposed = [(i, j) for i, seen in enumerate(proposals) for j in range(len(seen))]
        if not self.faces:
            raise ValueError("YuNet sees no face in any of these photos. Name the folder that holds BIQ2021.")

    def draw(self, epoch: int, step: int) -> Batch:
        """The batch of one step; depends on seed, epoch and step alone."""
        random = np.random.default_rng([self.seed, epoch, step])
        drawn = [self._draw(random) for _ in range(CROPS)]
        crops, truth, places = (np.stack(part) for part in zip(*drawn, strict=True))
        return Batch(torch.from_numpy(crops), torch.from_numpy(truth), torch.from_numpy(places))

    def _draw(self, random: np.random.Generator) -> tuple[NDArray[np.uint8], np.float32, NDArray[np.float32]]:
        kind = random.random()
        if kind < _OF_FACES or (kind < _OF_FACES + _OF_PROPOSALS and not self.proposed):
            row, number = self.faces[int(random.integers(len(self.faces)))]
            box = self.photos.labels[row].boxes[number]
        elif kind < _OF_FACES + _OF_PROPOSALS:
            row, number = self.proposed[int(random.integers(len(self.proposed)))]
            box = self.proposals[row].boxes[number]
        else:
            row = int(random.integers(len(self.photos)))
            corner, side = random.uniform(0, 0.9, 2), np.exp(random.uniform(np.log(0.03), np.log(0.6)))
            box = np.concatenate([corner, corner + side]).astype(np.float32)
        return self._crop(row, box, random)

    def _crop(
        self, row: int, box: NDArray[np.float32], random: np.random.Generator
    ) -> tuple[NDArray[np.uint8], np.float32, NDArray[np.float32]]:
        """A crop near `box`, and what YuNet says is in it."""
        pixels, faces = self.photos.pixels[row], self.photos.labels[row]
        edge = max(pixels.shape[:2])
        length = float(size(box[None] * edge)[0])
        centre = (box[:2] + box[2:]) / 2 * edge + random.uniform(-0.1, 0.1, 2) * length
        side = length * WIDE * float(np.exp(random.uniform(-0.2, 0.2)))
        angle = float(random.normal(0, 0.2)) if random.random() < 0.6 else 0.0
        crop = square(pixels, centre.astype(np.float32), side, angle, CROP)
        mirror = random.random() < 0.5
        truth, places = np.float32(0), np.zeros(14, np.float32)
        alike = overlaps(box[None], faces.boxes)[0]
        if alike.max(initial=0) >= _SAME:
            own = int(alike.argmax())
            truth = np.float32(certainty(faces.scores[own]))
            places = _places(faces.boxes[own] * edge, faces.points[own] * edge, centre, side, angle)
        if mirror:
            crop = crop[:, ::-1]
            places = _mirrored(places)
        return _aged(np.ascontiguousarray(crop), random), truth, places


def _places(
    box: NDArray[np.float32], points: NDArray[np.float32], centre: NDArray[np.float64], side: float, angle: float
) -> NDArray[np.float32]:
    """[14] of a face in a crop: in shares of `side` from `centre`, turned back by `angle`."""
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    middle = turn @ ((box[:2] + box[2:]) / 2 - centre) / side
    half = np.sqrt(turn**2 @ ((box[2:] - box[:2]) / 2 / side) ** 2)
    moved = (points - centre) / side @ turn.T
    return np.concatenate([middle - half, middle + half, moved.reshape(-1)]).astype(np.float32)


def _mirrored(places: NDArray[np.float32]) -> NDArray[np.float32]:
    left, top, right, bottom = places[:4]
    points = places[4:].reshape(5, 2)[MIRRORED] * np.array([-1, 1], np.float32)
    return np.concatenate([[-right, top, -left, bottom], points.reshape(-1)]).astype(np.float32)


def _aged(crop: Pixels, random: np.random.Generator) -> NDArray[np.uint8]:
    """Smaller, softer, darker, grainier."""
    import cv2

    if random.random() < 0.3:
        side = int(random.integers(14, CROP))
        small = cv2.resize(crop, (side, side), interpolation=cv2.INTER_AREA)
        crop = np.asarray(cv2.resize(small, (CROP, CROP), interpolation=cv2.INTER_LINEAR), np.uint8)
    return spoilt(np.repeat(crop[:, :, None], 3, 2), random)[:, :, 1]


def loss(network: nn.Module, batch: Batch) -> dict[str, Tensor]:
    """Cross entropy of the score, smooth L1 of the places where there is a face; weighted."""
    said = network(batch.crops).float()
    score = functional.binary_cross_entropy_with_logits(said[:, 0], batch.truth)
    places = functional.smooth_l1_loss(said[:, 1:], batch.places, beta=_BETA, reduction="none").sum(1)
    return {
        "score": _SCORE * score,
        "places": _PLACES * (batch.truth * places).sum() / batch.truth.sum().clamp(min=1.0),
    }


def schedule(epochs: int, seed: int) -> Schedule:
    """Trained from nothing; too small for bfloat16 to pay."""
    return Schedule(epochs, rate=3e-3, head_rate=3e-3, weight_decay=0.02, clip=5.0, seed=seed, bfloat16=False)


def train(photos: Splits, proposed: Sequence[Labels], watched: Sequence[Labels], plan: Schedule, work: Path) -> Refiner:
    """Train, or resume in `work`; every epoch is judged by its loss on development. Returns the moving average.

    `proposed`: what the detector sees in the photos to learn from; `watched`: in those of development.
    """
    torch.manual_seed(plan.seed)
    crops = Crops(photos.learn, proposed, plan.seed)
    judged = Crops(photos.development, watched, plan.seed).draw(0, 0)

    @torch.no_grad()
    def evaluate(network: nn.Module) -> dict[str, float]:
        return {f"{name} of development": float(term) for name, term in loss(network, judged).items()}

    kept = fit(Refiner(), lambda _: False, loss, crops.draw, STEPS, plan, work, evaluate)
    assert isinstance(kept, Refiner)
    return kept


def export(network: Refiner) -> bytes:
    """landmarks.onnx."""
    return to_onnx(Exported(network), example(), "crops", ("scores", "boxes", "points"))


def example() -> Tensor:
    """An input of the exported network: noise."""
    shape = (2, CROP, CROP)
    return torch.randint(0, 256, shape, dtype=torch.uint8, generator=torch.Generator().manual_seed(0))
