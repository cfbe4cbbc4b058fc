"""From a recipe's sources to what is learned from, what is held out, and what is judged on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from engine.models.preprocess import Preprocess
from training.cskd.config import Config
from training.data import labelled, row_cache, twins
from training.data.labelled import Labelled

SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff"})
_TWIN_SIZE = 224
_SPLIT = 20261121


@dataclass(frozen=True, slots=True, eq=False)
class Sources:
    """All photos of a recipe."""

    learn: Labelled
    sets: tuple[NDArray[np.int64], ...]
    """Rows of `learn` of each data set."""
    held: Labelled
    """Of the same sets, not learned from; for calibration alone."""
    val: Labelled
    """Judged on, and used for nothing else."""
    unlabelled: tuple[tuple[Path, ...], ...]
    """Photos of each folder."""
    twins: int
    """Photos left out because they nearly equal one of val."""


def gather(config: Config, data: Path, features: Callable[[Sequence[Path]], NDArray[np.float32]]) -> Sources:
    """Read every source below `data`; `features` gives [N, F] of photos, by which twins of val are found.

    Raises FileNotFoundError with the path that is missing, ValueError for a set of another form or without photos.
    """
    sets = [labelled.load(source.kind, data / source.folder) for source in config.labelled]
    every = labelled.joined(sets)
    number = np.concatenate([np.full(len(one), i) for i, one in enumerate(sets)])
    left = np.concatenate(
        [np.isin(one.subset, source.leave_out) for one, source in zip(sets, config.labelled, strict=True)]
    )
    val = every.split == "val"
    offered = np.flatnonzero(~val & ~left)
    if not len(offered):
        raise ValueError(f"{data}: no photo to learn from is there. Name the folder that holds the data sets.")
    judged = {path.resolve() for path, kept in zip(every.paths, val, strict=True) if kept}
    free = [_pictures(data / source.folder, judged) for source in config.unlabelled]
    paths = [every.paths[row] for row in offered] + [path for folder in free for path in folder]
    twin = _twins(paths, [path for path, kept in zip(every.paths, val, strict=True) if kept], config.twins, features)
    own = offered[~twin[: len(offered)]]
    own = own[_drawn(every.where(np.isin(np.arange(len(every)), own)), config.share)]
    held = _drawn(every.where(np.isin(np.arange(len(every)), own)), config.held)
    learn, kept = own[~held], own[held]
    if not len(learn) or not len(kept):
        raise ValueError(
            f"{data}: {len(learn)} photos are left to learn from and {len(kept)} to calibrate with, {int(twin.sum())} "
            "twins of val left out. Take more photos, hold out another share (held), or raise `twins`."
        )
    ends = np.cumsum([len(offered), *(len(folder) for folder in free)])
    return Sources(
        every.where(np.isin(np.arange(len(every)), learn)),
        tuple(np.flatnonzero(number[learn] == i) for i in range(len(sets))),
        every.where(np.isin(np.arange(len(every)), kept)),
        every.where(val),
        tuple(
            tuple(path for path, bad in zip(folder, twin[start:], strict=False) if not bad)
            for folder, start in zip(free, ends[:-1], strict=True)
        ),
        int(twin.sum()),
    )


def pooled(network: nn.Module, name: str, folder: Path, width: int) -> Callable[[Sequence[Path]], NDArray[np.float32]]:
    """Photos to their features [N, width] by `network`, kept in `folder` under its `name`."""
    preprocess = Preprocess(size=_TWIN_SIZE)

    @torch.no_grad()
    def say(prepared: NDArray[np.float32]) -> NDArray[np.float32]:
        last = network(torch.from_numpy(prepared))
        found: NDArray[np.float32] = last.mean((2, 3))[0].numpy()
        return found

    def features(paths: Sequence[Path]) -> NDArray[np.float32]:
        keys = ["/".join(path.parts[-3:]) for path in paths]
        order = row_cache.Order(name, width, 8e9)
        network.eval()
        rows = row_cache.rows(folder, order, keys, lambda row: preprocess.apply(labelled.read(paths[row]))[None], say)
        return np.asarray(rows, np.float32)

    return features


def _pictures(folder: Path, judged: set[Path]) -> tuple[Path, ...]:
    """The pictures below a folder, those of val left out."""
    if not folder.is_dir():
        raise FileNotFoundError(f"{folder}: no such folder. Name a folder of photos, or leave this source away.")
    found = sorted(path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES)
    return tuple(path for path in found if path.resolve() not in judged)


def _twins(
    paths: Sequence[Path],
    judged: Sequence[Path],
    likeness: float,
    features: Callable[[Sequence[Path]], NDArray[np.float32]],
) -> NDArray[np.bool_]:
    if likeness >= 1 or not judged:
        return np.zeros(len(paths), bool)
    found = features([*paths, *judged])
    return twins.of(found[: len(paths)], found[len(paths) :], likeness)


def _drawn(photos: Labelled, share: float) -> NDArray[np.bool_]:
    """Whole series, of each subset about `share` of the photos; the same ones whatever the seed of a training."""
    drawn = np.zeros(len(photos), bool)
    clusters = photos.clusters()
    for subset in np.unique(photos.subset):
        own = photos.subset == subset
        order = np.random.default_rng(_SPLIT).permutation(np.unique(clusters[own]))
        sizes = np.array([int((clusters == cluster).sum()) for cluster in order])
        chosen = order[np.cumsum(sizes) <= share * own.sum()]
        drawn |= own & np.isin(clusters, chosen)
    return drawn
