"""SKD: a student learns from labels and from what teachers say (CSKD, semi-supervised knowledge distillation)."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from engine.models.preprocess import Preprocess
from training.cskd import losses
from training.cskd.branched import Branched, Said, is_new
from training.cskd.lessons import Lesson, Lessons, Portions
from training.cskd.paced import Paced
from training.loop import fit

if TYPE_CHECKING:
    from accelerate import Accelerator


@dataclass(frozen=True, slots=True)
class Weights:
    """Of the terms of the loss."""

    people: float = 10.0
    """Squared EMD to what people said."""
    teacher: float = 3.0
    """Squared EMD of the second head to the NIMA teacher's bins."""
    pseudo: float = 3.0
    """Squared EMD to what the teachers of the recipe say."""
    series: float = 1.0
    """Order inside series."""
    across: float = 1.0
    """Order inside each subset."""
    steady: float = 5.0
    """Squared move of the score under recompression."""
    degraded: float = 2.0
    """Hinge on degraded copies that do not score lower."""
    margin: float = 0.2
    """By how many points they should: mild, or it costs accuracy on whole photos."""
    still: bool = False
    """Whether a photo's own score stays while its copy's is lowered: for a network that judges well already."""
    away: float = 1.0
    """1 - cosine to the target."""
    words: int = 0
    """Numbers of the target, the first ones, that words reach and that count as much as all; 0 where all are alike."""
    relational: float = 0.3
    """Likeness of neighbourhoods."""


@dataclass(frozen=True, slots=True)
class Stage(Paced):
    """One stretch of a training."""

    size: int
    """Width and height of the input, pixels."""
    epochs: int
    rate: float = 2e-4
    head_rate: float = 1e-3
    weight_decay: float = 0.01
    warm_up: int = 200
    free: float = 0.0
    """Share of the epochs, the first ones, whose views are cropped freely."""
    portions: Portions = field(default_factory=Portions)
    judging: str | None = None
    """Weights, below the folder of the data, that the layers which judge begin this stage with, and the heads from
    nothing: for those that know their photos by heart and take nothing more from them. None to go on."""
    trunk: bool = True
    """Whether the trunk learns too."""
    seeing: bool = True
    """Whether the layers that see, and the projector behind them, learn too; else the embedding stays what it is, as
    long as the trunk does."""
    weights: Weights | None = None
    """Of the terms of the loss in this stage; None for those of the recipe."""
    kept: float = 1.0
    """How far the weights go from where they begin to where they end: between both a network that knew its trade before
    is often better than at either (WiSE-FT, Wortsman et al., arXiv 2109.01903)."""
    bfloat16: bool = True
    average: float = 0.998

    @property
    def gentle_from(self) -> int:
        """The epoch from which views are hardly cropped."""
        return round(self.epochs * self.free)


def terms(said: Said, lesson: Lesson, weights: Weights) -> dict[str, Tensor]:
    """The terms of the loss, weighted; those that a lesson has nothing for are 0."""
    learned = len(lesson.people)
    people = said.people[:learned]
    scores = losses.mean_score(said.people)
    own = scores[:learned]
    truth = losses.mean_score(lesson.people)
    same_series = (lesson.series[:, None] == lesson.series[None, :]) & (lesson.series[:, None] >= 0)
    worse = scores[learned : learned + len(lesson.clean)]
    return {
        "people": weights.people * losses.squared_emd(people, lesson.people),
        "teacher": weights.teacher * _where_said(losses.squared_emd, said.teacher[:learned], lesson.teacher),
        "pseudo": weights.pseudo * _where_said(losses.squared_emd, said.people, lesson.pseudo),
        "series": weights.series * losses.order(own, truth, same_series),
        "across": weights.across * _across(own, truth, lesson.subset, same_series),
        "steady": weights.steady * _moved(own, lesson.copies),
        "degraded": weights.degraded * losses.degraded(worse, own[lesson.clean], weights.margin, weights.still),
        "away": weights.away * _where_said(partial(losses.away, words=weights.words), said.embedding, lesson.target),
        "relational": weights.relational * _where_said(losses.relational, said.embedding, lesson.target),
    }


def _where_said(loss: Callable[[Tensor, Tensor], Tensor], got: Tensor, wanted: Tensor) -> Tensor:
    """`loss` over the rows for which there is something to learn."""
    known = ~wanted.isnan().any(1)
    return loss(got[known], wanted[known]) if bool(known.any()) else got.sum() * 0


def _across(scores: Tensor, truth: Tensor, subset: Tensor, same_series: Tensor) -> Tensor:
    """Order inside each subset, each counting the same: by number, the larger one's pairs would drown the rest."""
    found = [
        losses.order(scores, truth, (own[:, None] & own[None, :]) & ~same_series)
        for own in (subset == number for number in set(subset.tolist()))
    ]
    return torch.stack(found).mean()


def _moved(scores: Tensor, copies: int) -> Tensor:
    if not copies:
        return scores.sum() * 0
    return (scores[len(scores) - copies :] - scores[:copies]).square().mean()


def distil(
    student: Branched,
    lessons: Lessons,
    stage: Stage,
    weights: Weights,
    work: Path,
    evaluate: Callable[[Branched], dict[str, float]],
    seed: int = 0,
    accelerator: Accelerator | None = None,
    stop_after: int | None = None,
) -> Branched:
    """One stage, or the rest of it, if it was begun in `work`; returns the moving average, ready to be trained on."""
    begun = copy.deepcopy(student)

    def loss(called: nn.Module, lesson: Lesson) -> dict[str, Tensor]:
        return terms(called(lesson.inputs), lesson, stage.weights or weights)

    def judged(found: nn.Module) -> dict[str, float]:
        assert isinstance(found, Branched)
        return evaluate(found)

    student.to(memory_format=torch.channels_last)  # type: ignore[call-overload]  # missing in torch's stubs
    student.trunk.requires_grad_(stage.trunk)
    student.seeing.requires_grad_(stage.seeing)
    student.project.requires_grad_(stage.seeing)
    kept = fit(
        student,
        is_new,
        loss,
        lessons.draw,
        lessons.steps,
        stage.schedule(seed),
        work,
        judged,
        stop_after,
        accelerator,
    )
    assert isinstance(kept, Branched)
    return between(begun, kept, stage.kept).requires_grad_(True)


@torch.no_grad()
def between(begun: Branched, learned: Branched, kept: float) -> Branched:
    """`learned`, its weights moved back towards those of `begun`: `kept`, 0 to 1, of the way remains."""
    device = next(learned.parameters()).device
    for last, first in zip(learned.parameters(), begun.to(device).parameters(), strict=True):
        last.lerp_(first, 1 - kept)
    return learned


@torch.no_grad()
def predict(
    student: Branched,
    pixels: Callable[[int], NDArray[np.uint8]],
    count: int,
    preprocess: Preprocess,
    batch: int = 32,
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """(distributions [N, 10], embeddings [N, D] un-normalised) of pictures 0 to `count` - 1, in single precision."""
    distributions, embeddings = [], []
    device = next(student.parameters()).device
    for start in range(0, count, batch):
        inputs = np.stack([preprocess.apply(pixels(row)) for row in range(start, min(start + batch, count))])
        said = student(torch.from_numpy(inputs).to(device).contiguous(memory_format=torch.channels_last))
        distributions.append(said.people.cpu().numpy())
        embeddings.append(said.embedding.cpu().numpy())
    return np.concatenate(distributions), np.concatenate(embeddings)
