"""Those whose word is taken where people said nothing: an ensemble of judges, each brought to people's scale."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import torch
from numpy.typing import NDArray

from engine.models.pack import STUDENT, Pack
from engine.models.preprocess import Preprocess
from engine.models.student import Student
from engine.types import SCORES
from training.cskd.branched import Branched
from training.cskd.losses import distribution_around
from training.cskd.targets import unit
from training.cskd.views import Views
from training.data import row_cache

_LEAST_VARIANCE = 0.25


class Judge(Protocol):
    """A network that says how people's scores of a picture would lie."""

    name: str
    """Names it, its weights included."""

    def prepare(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        """[h, w, 3] RGB to what `say` takes: what another thread can do meanwhile."""

    def say(self, prepared: NDArray[np.float32]) -> NDArray[np.float32]:
        """[10], summing to 1."""


class PackJudge:
    """The student of a pack."""

    def __init__(self, folder: Path) -> None:
        """Raises PackError or what it is the base of."""
        pack = Pack.open(folder)
        self._student = Student.load(pack, "cpu")
        self.name = f"pack {pack.files[STUDENT]}"

    def prepare(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        return self._student.preprocess.apply(pixels)[None]

    def say(self, prepared: NDArray[np.float32]) -> NDArray[np.float32]:
        return self._student.score(prepared)[0].distribution


class NimaJudge:
    """NIMA MobileNet from its TFLite file."""

    def __init__(self, file: Path) -> None:
        """Raises FileNotFoundError without the file."""
        from training.vila import nima

        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        self._network = nima.MobileNetV1().eval()
        self._head = nima.load_nima(self._network, file)
        self.name = f"nima {digest}"

    def prepare(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        return Preprocess(size=224).apply(pixels)[None]

    @torch.no_grad()
    def say(self, prepared: NDArray[np.float32]) -> NDArray[np.float32]:
        pooled = self._network(torch.from_numpy(prepared)).mean((2, 3))
        said: NDArray[np.float32] = self._head(pooled).softmax(1)[0].numpy()
        return said


class TrainedJudge:
    """A student, or a larger teacher, that this recipe trained."""

    def __init__(self, network: Branched, size: int) -> None:
        self._network = network.eval()
        self._preprocess = Preprocess(size=size)
        digest = hashlib.sha256()
        for value in network.state_dict().values():
            digest.update(value.contiguous().cpu().numpy().tobytes())
        self.name = f"trained at {size} {digest.hexdigest()}"

    def prepare(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        return self._preprocess.apply(pixels)[None]

    @torch.no_grad()
    def say(self, prepared: NDArray[np.float32]) -> NDArray[np.float32]:
        said: NDArray[np.float32] = self._network(torch.from_numpy(prepared)).people[0].numpy()
        return said


@dataclass(frozen=True, slots=True, eq=False)
class Opinion:
    """What one judge says of all views."""

    mean: NDArray[np.float32]
    """[views], on whatever scale."""
    deviation: NDArray[np.float32] | None
    """[views] points; None from one who gives a score alone."""
    weight: float


def ask(judge: Judge, folder: Path, views: Views, weight: float) -> Opinion:
    """What a judge says of all views, from `folder` or computed now."""
    rows = views.rows
    bins = row_cache.rows(
        folder,
        row_cache.Order(judge.name, len(SCORES)),
        [view.key for view in rows],
        lambda row: judge.prepare(rows[row].pixels()),
        judge.say,
    ).astype(np.float32)
    bins /= bins.sum(1, keepdims=True)
    mean = bins @ SCORES
    return Opinion(mean, np.sqrt(np.maximum(bins @ SCORES**2 - mean**2, _LEAST_VARIANCE)), weight)


def adapter(file: Path, embeddings: NDArray[np.floating], weight: float) -> Opinion:
    """What the tower's rank adapter says, read off the embeddings [views, D] that it was trained on.

    Raises FileNotFoundError without the file.
    """
    from safetensors.numpy import load

    parts = load(file.read_bytes())
    x = np.asarray(embeddings, np.float32)
    cosines = unit(x + x @ parts["weight"].T + parts["bias"]) @ parts["anchor"]
    return Opinion(np.interp(cosines, parts["points"], parts["scores"]).astype(np.float32), None, weight)


def agreed(opinions: Sequence[Opinion], known: NDArray[np.int64], truth: NDArray[np.float32]) -> NDArray[np.float32]:
    """[views, 10]: distributions around the weighted mean of all, each first brought to people's scale.

    `known` are views whose `truth` people said: a straight line through them maps each judge's score to theirs, so that
    one who agrees less with people also says less. Raises ValueError without any opinion.
    """
    if not opinions:
        raise ValueError("Nobody was asked. Name at least one teacher.")
    weights = np.array([opinion.weight for opinion in opinions], np.float64)
    scaled = np.stack([_line(opinion.mean[known], truth)(opinion.mean) for opinion in opinions])
    mean = (weights[:, None] * scaled).sum(0) / weights.sum()
    wide = [opinion.deviation for opinion in opinions if opinion.deviation is not None]
    deviation = np.mean(wide, 0) if wide else np.full(len(mean), 1.4, np.float32)
    return distribution_around(mean.astype(np.float32), np.asarray(deviation, np.float32))


def _line(
    said: NDArray[np.float32], truth: NDArray[np.float32]
) -> Callable[[NDArray[np.float32]], NDArray[np.float64]]:
    """The straight line from what a judge says to the truth, least squares."""
    slope = float(np.cov(said, truth, bias=True)[0, 1] / max(float(said.var()), 1e-9))
    return lambda scores: float(truth.mean()) + slope * (scores.astype(np.float64) - float(said.mean()))
