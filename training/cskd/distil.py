"""The first student: MobileNetV2 learning from people (BIQ2021) and from a teacher (NIMA MobileNet).

What people said is one number a photo, so it is made a distribution: the normal cut to the ten scores whose mean is
exactly 1 + 9 * MOS and whose deviation is the teacher's own for that photo. The student's head learns that; a second
head, left out of the pack, learns the teacher's bins as they are. Inside series and inside each subset a soft
Bradley-Terry loss learns the order. Views are small and cropped freely at first, larger and hardly cropped at the end,
where some stand beside a recompressed copy of themselves with a grain, which must get the same score.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from engine.models.preprocess import Preprocess
from engine.types import SCORES
from training import evaluate
from training.cskd import losses
from training.cskd.mobilenet import MobileNetV2, load_imagenet
from training.cskd.student import Student
from training.data import biq2021, crops, twins
from training.evaluate import members_by_series
from training.loop import Schedule, fit

_SERIES = 4
_PER_SERIES = 4
_SINGLES = 32
_PEOPLE, _TEACHER, _IN_SERIES, _ACROSS, _STEADY = 10.0, 3.0, 1.0, 1.0, 5.0


@dataclass(frozen=True, slots=True)
class Batch:
    """Forty-eight views, copies of some of them, and their labels."""

    inputs: Tensor
    """[B, 3, S, S]"""
    people: Tensor
    """[B, 10]"""
    teacher: Tensor
    """[B, 10]"""
    truth: Tensor
    """[B], 1-10"""
    series: Tensor
    """[B], -1 alone"""
    subset: Tensor
    """[B]"""
    copies: int
    """How many of the views, the last ones, are recompressed copies of the first ones."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One stretch of a training."""

    size: int
    """Width and height of the input, pixels."""
    schedule: Schedule
    free: float
    """Share of the epochs, the first ones, whose views are cropped freely."""
    copies: int = 0
    """Views of a batch that are there a second time, recompressed; half of the views then get a grain."""


SIZES = (224, 256, 320)
"""Widths and heights of the input, pixels, from stage to stage."""
_COPIES = (0, 0, 12)
"""Recompressed copies in a batch, from stage to stage."""


def stages(epochs: Sequence[int], seed: int) -> tuple[Stage, ...]:
    """The recipe: `epochs` [3] at each of SIZES. Small pictures teach quickly, large ones show focus."""
    first = Stage(SIZES[0], Schedule(epochs=epochs[0], rate=2e-4, head_rate=1e-3, seed=seed), free=0.75)
    later = [
        Stage(size, Schedule(epochs=count, rate=1e-4, head_rate=2e-4, warm_up=100, seed=seed + i), 0.0, copies)
        for i, (size, count, copies) in enumerate(zip(SIZES[1:], epochs[1:], _COPIES[1:], strict=True), 1)
    ]
    return (first, *later)


@dataclass(frozen=True, slots=True, eq=False)
class Distilled:
    """A finished run: the student, and the photos that it learned from or was kept from."""

    student: Student
    preprocess: Preprocess
    photos: biq2021.Photos
    pixels: Sequence[NDArray[np.uint8]]
    """Of `photos`, decoded."""
    learn: NDArray[np.bool_]
    """[N]: which photos it learned from."""
    twins: int
    """How many photos were left out because they nearly equal one of val."""
    imagenet: MobileNetV2
    """The backbone as it was before it learned to judge."""
    features: NDArray[np.float32]
    """[N, 1280]: its pooled features of `photos`."""


class Batches:
    """Draws batches: sixteen photos of four series, the rest from all other photos in a shuffled round."""

    def __init__(
        self,
        photos: biq2021.Photos,
        pixels: Sequence[NDArray[np.uint8]],
        stage: Stage,
    ) -> None:
        self.photos, self.pixels, self.seed = photos, pixels, stage.schedule.seed
        self.copies = stage.copies
        self.preprocess = Preprocess(size=stage.size)
        self.gentle_from = round(stage.schedule.epochs * stage.free)
        self.truth = (1 + 9 * photos.mos).astype(np.float32)
        mean = photos.aesthetic @ SCORES
        deviation = np.sqrt(np.maximum(photos.aesthetic @ SCORES**2 - mean**2, 0.25))
        self.people = losses.distribution_around(self.truth, deviation)
        self.teacher = photos.aesthetic / photos.aesthetic.sum(1, keepdims=True)
        self.series = [m for m in members_by_series(photos.series) if len(m) >= _PER_SERIES]
        in_series = np.isin(np.arange(len(photos)), np.concatenate([np.empty(0, np.int64), *self.series]))
        self.singles = np.flatnonzero(~in_series)
        self.subset = np.unique(photos.subset, return_inverse=True)[1]

    @property
    def steps(self) -> int:
        """Steps of an epoch: one round through the photos that stand in no large series."""
        return len(self.singles) // _SINGLES

    def draw(self, epoch: int, step: int) -> Batch:
        """The batch of one step; depends on seed, epoch and step alone."""
        order = np.random.default_rng([self.seed, epoch]).permutation(self.singles)
        random = np.random.default_rng([self.seed, epoch, step])
        rows = [order[step * _SINGLES : (step + 1) * _SINGLES]]
        for number in random.permutation(len(self.series))[:_SERIES]:
            rows.append(random.choice(self.series[number], _PER_SERIES, replace=False))
        chosen = np.concatenate(rows)
        cropping = crops.GENTLE if epoch >= self.gentle_from else crops.FREE
        cut = [crops.view(self.pixels[i], random, cropping) for i in chosen]
        cut += [crops.recompressed(pixels, random) for pixels in cut[: self.copies]]
        resized = [self.preprocess.resize(pixels) for pixels in cut]
        if self.copies:
            originals = len(chosen)
            resized = [
                crops.grained(pixels, random) if i >= originals or random.random() < 0.5 else pixels
                for i, pixels in enumerate(resized)
            ]
        views = np.stack(resized)
        chosen = np.concatenate([chosen, chosen[: self.copies]])
        return Batch(
            torch.from_numpy(self.preprocess.normalise(views)).contiguous(memory_format=torch.channels_last),
            torch.from_numpy(self.people[chosen]),
            torch.from_numpy(self.teacher[chosen]),
            torch.from_numpy(self.truth[chosen]),
            torch.from_numpy(self.photos.series[chosen]),
            torch.from_numpy(self.subset[chosen]),
            self.copies,
        )


def loss(network: nn.Module, batch: Batch) -> dict[str, Tensor]:
    """The four terms, weighted, and a fifth where there are copies."""
    people, teacher = network(batch.inputs)
    scores = people @ torch.from_numpy(SCORES)
    moved = scores[len(scores) - batch.copies :] - scores[: batch.copies]
    steady = {"steady": _STEADY * moved.square().mean()} if batch.copies else {}
    same_series = (batch.series[:, None] == batch.series[None, :]) & (batch.series[:, None] >= 0)
    # Each subset counts the same: by their number, the pairs of the larger one would drown the smaller one's.
    across = [
        losses.order(scores, batch.truth, (own[:, None] & own[None, :]) & ~same_series)
        for own in (batch.subset == number for number in set(batch.subset.tolist()))
    ]
    return {
        "people": _PEOPLE * losses.squared_emd(people, batch.people),
        "teacher": _TEACHER * losses.squared_emd(teacher, batch.teacher),
        "series": _IN_SERIES * losses.order(scores, batch.truth, same_series),
        "across": _ACROSS * torch.stack(across).mean(),
        **steady,
    }


@torch.no_grad()
def predict(
    network: Student, pixels: Sequence[NDArray[np.uint8]], preprocess: Preprocess, batch: int = 64
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """(distributions [N, 10], pooled features [N, 1280]) in single precision."""
    distributions, features = [], []
    for start in range(0, len(pixels), batch):
        inputs = np.stack([preprocess.apply(p) for p in pixels[start : start + batch]])
        pooled = network.features(torch.from_numpy(inputs).contiguous(memory_format=torch.channels_last))
        features.append(pooled.numpy())
        distributions.append(network.people(pooled).softmax(1).numpy())
    return np.concatenate(distributions), np.concatenate(features)


def run(data: Path, teachers: Path, work: Path, recipe: Sequence[Stage], leave_out: tuple[str, ...] = ()) -> Distilled:
    """The whole recipe: photos without twins of val, training with resume in `work`, every epoch judged on val.

    `leave_out` names subsets not to learn from; val stays whole. Val is only reported: the last epoch's moving average
    is what is kept.
    """
    photos = biq2021.load(data)
    pixels = biq2021.decode(photos)
    backbone = MobileNetV2()
    load_imagenet(backbone, teachers / "mobilenet_v2_1.0_224_imagenet.tflite")
    torch.manual_seed(recipe[0].schedule.seed)
    imagenet = copy.deepcopy(backbone).eval()
    student = Student(backbone)
    student.backbone.to(memory_format=torch.channels_last)  # type: ignore[call-overload]  # missing in torch's stubs
    _, features = predict(student.eval(), pixels, Preprocess())
    val = photos.split == "val"
    offered = (photos.split == "train") & ~np.isin(photos.subset, leave_out)
    learn = offered & ~twins.of(features, features[val])
    print(f"{learn.sum()} photos to learn from ({(offered & ~learn).sum()} twins of val left out), {val.sum()} in val")
    for stage in recipe:
        learned = [p for p, kept in zip(pixels, learn, strict=True) if kept]
        batches = Batches(photos.where(learn), learned, stage)
        judged = [p for p, kept in zip(pixels, val, strict=True) if kept]
        student = _train(student, batches, stage, work / f"at-{stage.size}", photos.where(val), judged)
    made = Preprocess(size=recipe[-1].size)
    left_out = int((offered & ~learn).sum())
    return Distilled(student, made, photos, pixels, learn, left_out, imagenet, features)


def _train(
    student: Student,
    batches: Batches,
    stage: Stage,
    work: Path,
    photos: biq2021.Photos,
    pixels: Sequence[NDArray[np.uint8]],
) -> Student:
    """One stage; returns the moving average, ready to be trained on."""

    def evaluate(network: nn.Module) -> dict[str, float]:
        assert isinstance(network, Student)
        return summary(predict(network, pixels, batches.preprocess)[0] @ SCORES, photos)

    kept = fit(
        student,
        lambda name: not name.startswith("backbone"),
        loss,
        batches.draw,
        batches.steps,
        stage.schedule,
        work,
        evaluate,
    )
    assert isinstance(kept, Student)
    return kept.requires_grad_(True)


def summary(scores: NDArray[np.float32], photos: biq2021.Photos) -> dict[str, float]:
    """SRCC by subset and pair accuracy inside series."""
    return evaluate.summary(scores, photos.mos, photos.subset, photos.series)
