"""A control: a ridge regression from what two frozen networks see to people's scores. A student that was distilled for
hours has to be better than what takes minutes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from torch import nn

from training.cskd.mobilenet import FEATURES, MobileNetV2, load_imagenet
from training.cskd.sources import pooled
from training.data.labelled import Labelled
from training.evaluate import correlation
from training.vila import nima
from training.vila.judges import IMAGENET, NIMA

Frozen = Mapping[str, tuple[nn.Module, int]]
"""Networks by name, each with the channels of its last map."""
_STRENGTHS = tuple(10.0**power for power in range(-3, 4))
"""Of the penalty, in mean variances of a feature."""
_FOLDS = 5


def networks(teachers: Path) -> Frozen:
    """ImageNet's MobileNetV2 and NIMA's MobileNet. Raises ValueError if a file holds another network."""
    content, judge = MobileNetV2(), nima.MobileNetV1()
    load_imagenet(content, teachers / IMAGENET)
    nima.load_nima(judge, teachers / NIMA)
    return {IMAGENET: (content, FEATURES), NIMA: (judge, nima.FEATURES)}


def scores(frozen: Frozen, learn: Labelled, val: Labelled, work: Path) -> NDArray[np.float32]:
    """[val photos], 1-10, learned from `learn`; what the networks see is kept in `work`.

    The strength of the penalty is the one that is best on folds of `learn`, by series, as the mean SRCC of its subsets.
    """
    paths = [*learn.paths, *val.paths]
    seen = [pooled(network, name, work / Path(name).stem, width)(paths) for name, (network, width) in frozen.items()]
    x = np.concatenate(seen, 1).astype(np.float64)
    known, asked = x[: len(learn)], x[len(learn) :]
    fold = learn.clusters() % _FOLDS
    guesses = np.empty((len(_STRENGTHS), len(learn)))
    for number in range(_FOLDS):
        guesses[:, fold == number] = _ridge(known[fold != number], learn.truth[fold != number], known[fold == number])
    best = int(np.argmax([_agreement(guess, learn) for guess in guesses]))
    return np.asarray(_ridge(known, learn.truth, asked)[best], np.float32)


def _ridge(x: NDArray[np.float64], y: NDArray[np.float32], asked: NDArray[np.float64]) -> NDArray[np.float64]:
    """[strengths, M]: what is said of `asked` [M, F], learned from `x` [N, F] and `y` [N]."""
    mean, deviation = x.mean(0), x.std(0) + 1e-6
    scaled = (x - mean) / deviation
    values, vectors = np.linalg.eigh(scaled.T @ scaled / len(x))
    aim = vectors.T @ (scaled.T @ (y - y.mean()) / len(x))
    shown = ((asked - mean) / deviation) @ vectors
    return np.stack([shown @ (aim / (np.maximum(values, 0) + strength)) + y.mean() for strength in _STRENGTHS])


def _agreement(guess: NDArray[np.float64], photos: Labelled) -> float:
    subsets: Sequence[str] = np.unique(photos.subset).tolist()
    own = [photos.subset == name for name in subsets]
    return float(np.mean([correlation(guess[rows], photos.mos[rows], "srcc") for rows in own]))
