"""Photos that people judged, whatever the data set: where they lie, what was said of them, what may be compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engine.types import SCORES
from training.cskd.losses import distribution_around
from training.data import aadb, ava, biq2021, para

KINDS = ("biq2021", "ava", "aadb", "para")
_LEAST_VARIANCE = 0.25
_USUAL_DEVIATION = 1.4
"""Score points: how far the votes for a photo of AVA lie apart as a rule, for sets that give a mean alone."""


@dataclass(frozen=True, slots=True, eq=False)
class Labelled:
    """Photos with labels, one row a photo."""

    paths: tuple[Path, ...]
    subset: NDArray[np.str_]
    """Only inside a subset are scores compared: each set has observers and a scale of its own."""
    series: NDArray[np.int64]
    """Series number, unique over subsets; -1 stands alone."""
    split: NDArray[np.str_]
    """"train" or "val"."""
    people: NDArray[np.float32]
    """[N, 10]: how people's scores lie over 1 to 10."""
    teacher: NDArray[np.float32]
    """[N, 10]: the bins of a NIMA teacher; NaN where none has looked."""

    def __len__(self) -> int:
        return len(self.paths)

    @property
    def truth(self) -> NDArray[np.float32]:
        """[N] mean of what people said, 1-10."""
        return np.asarray(self.people @ SCORES, np.float32)

    @property
    def mos(self) -> NDArray[np.float32]:
        """[N] the same on 0-1."""
        return np.asarray((self.truth - 1) / 9, np.float32)

    def clusters(self) -> NDArray[np.int64]:
        """[N]: what a bootstrap or a split draws: the series, and every photo outside a series for itself."""
        alone = self.series < 0
        clusters = self.series.copy()
        clusters[alone] = self.series.max(initial=0) + 1 + np.arange(alone.sum())
        return clusters

    def pixels(self, row: int) -> NDArray[np.uint8]:
        """[h, w, 3] RGB, decoded now."""
        return read(self.paths[row])

    def where(self, keep: NDArray[np.bool_]) -> Labelled:
        """The photos at which `keep` [N] is true."""
        return Labelled(
            tuple(path for path, kept in zip(self.paths, keep, strict=True) if kept),
            self.subset[keep],
            self.series[keep],
            self.split[keep],
            self.people[keep],
            self.teacher[keep],
        )


def read(path: Path) -> NDArray[np.uint8]:
    """A picture file as [h, w, 3] RGB."""
    with Image.open(path) as image:
        return np.asarray(image.convert("RGB"))


def load(kind: str, folder: Path) -> Labelled:
    """A data set of KINDS as it is distributed, its test or val photos as "val".

    Raises FileNotFoundError with the path that is missing, ValueError for an unknown kind or a file of another form.
    """
    if kind == "biq2021":
        return _biq2021(biq2021.load(folder))
    if kind == "ava":
        found = ava.load(folder)
        paths = tuple(found.path(row) for row in range(len(found)))
        return _single("ava", paths, np.where(found.split == "test", "val", "train"), found.votes)
    if kind == "aadb":
        rated = aadb.load(folder)
        people = distribution_around(1 + 9 * rated.score, np.full(len(rated.score), _USUAL_DEVIATION, np.float32))
        return _single("aadb", rated.paths, rated.split, people)
    if kind == "para":
        judged = para.load(folder)
        # Votes stand on 1-5 in halves: their mean and deviation are kept, stretched to 1-10.
        return _single("para", judged.paths, judged.split, distribution_around(*judged.stretched()))
    raise ValueError(f"{kind}: no known data set. There are {', '.join(KINDS)}.")


def joined(sets: Sequence[Labelled]) -> Labelled:
    """Several sets as one; series stay apart."""
    series, above = [], 0
    for one in sets:
        series.append(np.where(one.series < 0, -1, one.series + above))
        above = int(max((numbers.max(initial=-1) for numbers in series), default=-1)) + 1
    return Labelled(
        tuple(path for one in sets for path in one.paths),
        np.concatenate([one.subset for one in sets]),
        np.concatenate(series),
        np.concatenate([one.split for one in sets]),
        np.concatenate([one.people for one in sets]),
        np.concatenate([one.teacher for one in sets]),
    )


def _biq2021(photos: biq2021.Photos) -> Labelled:
    """MOS is one number a photo: the target is a normal around it, as wide as the teacher's bins for this photo."""
    mean = photos.aesthetic @ SCORES
    deviation = np.sqrt(np.maximum(photos.aesthetic @ SCORES**2 - mean**2, _LEAST_VARIANCE))
    return Labelled(
        tuple(photos.folder / str(name) for name in photos.names),
        photos.subset,
        photos.series,
        photos.split,
        distribution_around((1 + 9 * photos.mos).astype(np.float32), deviation),
        (photos.aesthetic / photos.aesthetic.sum(1, keepdims=True)).astype(np.float32),
    )


def _single(name: str, paths: tuple[Path, ...], split: NDArray[np.str_], people: NDArray[np.float32]) -> Labelled:
    count = len(paths)
    nobody = np.full((count, 10), np.nan, np.float32)
    return Labelled(paths, np.full(count, name), np.full(count, -1, np.int64), split, people, nobody)
