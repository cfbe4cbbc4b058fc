"""What the student learns from at each step: labels, pseudo-labels, copies that must score alike or lower, targets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.models.preprocess import Preprocess
from training.cskd.views import Views, spoiled
from training.data import crops
from training.data.labelled import Labelled
from training.data.mixture import Mixture
from training.evaluate import members_by_series

UNSEEN = -1
"""In place of a row of views: nobody has looked at this picture."""


class Lesson(NamedTuple):
    """One batch: labelled views, then recompressed copies of the first of them, degraded copies, unlabelled views."""

    inputs: Tensor
    """[B, 3, S, S]"""
    people: Tensor
    """[L, 10]: of the labelled views and the recompressed copies."""
    teacher: Tensor
    """[L, 10]; NaN where no teacher has looked."""
    series: Tensor
    """[L], -1 alone."""
    subset: Tensor
    """[L]"""
    pseudo: Tensor
    """[B, 10]: what the teachers say; NaN where none was asked."""
    target: Tensor
    """[B, D]: where the target sees it; NaN where it was not asked."""
    copies: int
    """How many of the L are recompressed copies of the first ones."""
    clean: Tensor
    """[G]: which of the labelled views each of the degraded ones, behind L, is a copy of."""


@dataclass(frozen=True, slots=True)
class Portions:
    """How many views of each sort a batch has."""

    series: int = 4
    """Series that give `per_series` photos each."""
    per_series: int = 4
    singles: int = 32
    copies: int = 0
    """Views that are there a second time, recompressed; half of the views then get a grain."""
    mirrored: float = 0.0
    """Share of these copies that are mirrored too."""
    degraded: int = 12
    """Copies with a flaw that the target and the teachers have looked at: one of a photo's fixed views."""
    spoiled: int = 0
    """Copies with a flaw of any kind and strength, put in on the spot: nobody has looked at them."""
    flaws: tuple[str, ...] = ()
    """Kinds of these flaws; one that is named twice is drawn twice as often. None named: all, alike."""
    unlabelled: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Material:
    """Everything that is learned from; photos are numbered, the labelled ones first."""

    labelled: Labelled
    sets: tuple[NDArray[np.int64], ...]
    """Numbers of the labelled photos of each data set."""
    weights: tuple[float, ...]
    """Of the data sets."""
    views: Views
    """Of all photos, labelled or not."""
    unlabelled: Mixture
    """Of the unlabelled photos' numbers."""
    pixels: Callable[[int], NDArray[np.uint8]]
    """Row of `views` to [h, w, 3] RGB."""
    targets: NDArray[np.float16] | None
    """[views, D]; None to learn without a target."""
    pseudo: NDArray[np.float32] | None
    """[views, 10]; None to learn without teachers."""


class Lessons:
    """Draws batches; what is drawn depends on seed, epoch and step alone."""

    def __init__(
        self,
        material: Material,
        portions: Portions,
        size: int,
        seed: int,
        gentle_from: int,
        process: int = 0,
        processes: int = 1,
    ) -> None:
        """`gentle_from`: the epoch from which views are hardly cropped; each process draws lessons of its own."""
        self.material, self.portions, self.seed = material, portions, seed
        self.gentle_from = gentle_from
        self.process, self.processes = process, processes
        self.preprocess = Preprocess(size=size)
        photos = material.labelled
        self.series = [m for m in members_by_series(photos.series) if len(m) >= portions.per_series]
        together = np.concatenate([np.empty(0, np.int64), *self.series]) if portions.series else np.empty(0, np.int64)
        singles = [rows[~np.isin(rows, together)] for rows in material.sets]
        self.singles = Mixture(singles, material.weights, portions.singles, seed)
        self.subset = np.unique(photos.subset, return_inverse=True)[1]

    @property
    def steps(self) -> int:
        """Steps of an epoch: one round through the photos that stand in no large series, by all processes together."""
        return self.singles.steps // self.processes

    def draw(self, epoch: int, step: int) -> Lesson:
        """The batch of one step of this process."""
        own = step * self.processes + self.process
        random = np.random.default_rng([self.seed, epoch, own])
        chosen = self._labelled(epoch, own, random)
        count = min(self.portions.copies, len(chosen))
        cropping = crops.GENTLE if epoch >= self.gentle_from else crops.FREE
        whole = self.material.views.whole(chosen)
        cut = [crops.view(self.material.pixels(int(row)), random, cropping) for row in whole]
        cut += [_mirrored(crops.recompressed(pixels, random), random, self.portions.mirrored) for pixels in cut[:count]]
        clean = random.permutation(len(chosen))[: self.portions.degraded if self.material.views.flawed else 0]
        flawed = self.material.views.flaw(chosen[clean], random)
        cut += [_mirrored(self.material.pixels(int(row)), random) for row in flawed]
        worse = random.permutation(len(chosen))[: self.portions.spoiled]
        cut += [spoiled(cut[row], random, self.portions.flaws) for row in worse]
        free = self._unlabelled(epoch, own)
        cut += [_mirrored(self.material.pixels(int(row)), random) for row in free]
        looked = np.concatenate([whole, whole[:count], flawed, np.full(len(worse), UNSEEN), free])
        learned = np.concatenate([chosen, chosen[:count]])
        photos = self.material.labelled
        return Lesson(
            self._inputs(cut, len(chosen), count, random),
            torch.from_numpy(photos.people[learned]),
            torch.from_numpy(photos.teacher[learned]),
            torch.from_numpy(photos.series[learned]),
            torch.from_numpy(self.subset[learned]),
            _rows(self.material.pseudo, looked, 10),
            _rows(self.material.targets, looked, 1),
            count,
            torch.from_numpy(np.concatenate([clean, worse])),
        )

    def _labelled(self, epoch: int, own: int, random: np.random.Generator) -> NDArray[np.int64]:
        rows = [self.singles.draw(epoch, own)]
        for number in random.permutation(len(self.series))[: self.portions.series]:
            rows.append(random.choice(self.series[number], self.portions.per_series, replace=False))
        return np.concatenate(rows)

    def _unlabelled(self, epoch: int, own: int) -> NDArray[np.int64]:
        """Rows of views, any kind, of unlabelled photos."""
        numbers = self.material.unlabelled.draw(epoch, own)
        random = np.random.default_rng([self.seed, 1, epoch, own])
        return numbers * self.material.views.per + random.integers(0, self.material.views.per, len(numbers))

    def _inputs(self, cut: list[NDArray[np.uint8]], originals: int, copies: int, random: np.random.Generator) -> Tensor:
        resized = [self.preprocess.resize(pixels) for pixels in cut]
        if copies:
            # Copies always have a grain, the photos every other time: it must not tell them apart.
            for i in range(originals + copies):
                if i >= originals or random.random() < 0.5:
                    resized[i] = crops.grained(resized[i], random)
        inputs = torch.from_numpy(self.preprocess.normalise(np.stack(resized)))
        return inputs.contiguous(memory_format=torch.channels_last)


def _mirrored(pixels: NDArray[np.uint8], random: np.random.Generator, share: float = 0.5) -> NDArray[np.uint8]:
    return np.ascontiguousarray(pixels[:, ::-1]) if random.random() < share else pixels


def _rows(values: NDArray[np.floating] | None, rows: NDArray[np.int64], width: int) -> Tensor:
    if values is None:
        return torch.full((len(rows), width), float("nan"))
    unseen = np.full(values.shape[1], np.nan)
    return torch.from_numpy(np.stack([unseen if row == UNSEEN else values[row] for row in rows]).astype(np.float32))
