"""A written student.onnx, judged on val as the engine runs it: coverage of the spread, strangers, robustness."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from engine.models.device import Network
from engine.models.preprocess import Preprocess
from engine.types import SCORES
from training.cskd import robust, strangers, unusual
from training.cskd.calibration import coverage, spreads
from training.data.labelled import Labelled
from training.evaluate import bootstrap

_EACH = 150
"""Strangers of each kind, and photos made unusual in each way."""


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """student.onnx, asked directly: strangeness is a number here, where a verdict says yes or no."""

    network: Network
    preprocess: Preprocess

    @classmethod
    def load(cls, file: Path) -> Judged:
        """Raises FileNotFoundError without the file, PackError if it cannot be run."""
        network = Network(str(file), file.read_bytes(), asked="cpu", trial=None)
        return cls(network, Preprocess(size=network.shapes["pixels"][2]))

    def outputs(self, pixels: Sequence[NDArray[np.uint8]]) -> list[NDArray[np.float32]]:
        """All outputs for some pictures."""
        return self.network.run({"pixels": np.stack([self.preprocess.apply(each) for each in pixels])})

    def scores(self, pixels: Sequence[NDArray[np.uint8]]) -> NDArray[np.float32]:
        """[N], 1-10."""
        return np.asarray(self.outputs(pixels)[0] @ SCORES, np.float32)

    def strangeness(self, pixels: Sequence[NDArray[np.uint8]]) -> NDArray[np.float32]:
        """[N]; above 1 is unfamiliar."""
        return self.outputs(pixels)[3]


def figures(file: Path, photos: Labelled) -> dict[str, Any]:
    """What docs/cskd.md reports beside the figures of the card, ready for JSON."""
    judged = Judged.load(file)
    return {
        "spread": spread(judged, photos),
        "unfamiliar": unfamiliar(judged, photos),
        "robust": robust.figures(judged.scores, photos),
    }


def spread(judged: Judged, photos: Labelled) -> dict[str, Any]:
    """What `covered` says of the file's own spreads."""
    said = np.concatenate([judged.outputs([photos.pixels(row)])[0] for row in range(len(photos))])
    return covered(np.asarray(said @ SCORES), spreads(said), photos)


def covered(scores: NDArray[np.floating], wide: NDArray[np.floating], photos: Labelled) -> dict[str, Any]:
    """Share of the photos in their 80 % interval, by subset, with an interval by series; and the spread's mean.

    `scores` and spreads `wide`, [N], of the photos.
    """
    clusters = photos.clusters()
    found: dict[str, Any] = {}
    for name in np.unique(photos.subset):
        own = np.flatnonzero(photos.subset == name)

        def inside(rows: NDArray[np.int64], own: NDArray[np.int64] = own) -> float:
            return coverage(scores[own[rows]], wide[own[rows]], photos.truth[own[rows]])

        interval = bootstrap(inside, clusters[own])
        found[f"coverage {name}"] = [round(v, 4) for v in (interval.value, interval.low, interval.high)]
        found[f"spread {name}"] = float(wide[own].mean())
        error = np.abs(scores[own] - photos.truth[own])
        found[f"SRCC of spread and error {name}"] = float(stats.spearmanr(wide[own], error)[0])
    return found


def unfamiliar(judged: Judged, photos: Labelled) -> dict[str, Any]:
    """AUROC of each kind of stranger against val; share of photos, as they are and made unusual, that are flagged."""
    known = np.concatenate([judged.strangeness([photos.pixels(row)]) for row in range(len(photos))])
    found: dict[str, Any] = {}
    every = []
    for kind in strangers.KINDS:
        strange = np.concatenate([judged.strangeness([strangers.made(kind, seed)]) for seed in range(_EACH)])
        every.append(strange)
        found[f"AUROC {kind}"] = auroc(strange, known)
        found[f"flagged {kind}"] = float((strange > 1).mean())
    found["AUROC"] = auroc(np.concatenate(every), known)
    for name in np.unique(photos.subset):
        found[f"false flags {name}"] = float((known[photos.subset == name] > 1).mean())
    rows = np.random.default_rng(0).permutation(len(photos))[:_EACH]
    for name, change in unusual.KINDS.items():
        pictures = [change(photos.pixels(int(row)), np.random.default_rng(int(row))) for row in rows]
        found[f"false flags {name}"] = float(np.mean([float(judged.strangeness([each])[0]) > 1 for each in pictures]))
    return found


def auroc(strange: NDArray[np.floating], known: NDArray[np.floating]) -> float:
    """How often a stranger is stranger than a photo, 0-1; ties count half."""
    ranks = stats.rankdata(np.concatenate([strange, known]))
    first = float(ranks[: len(strange)].sum()) - len(strange) * (len(strange) + 1) / 2
    return first / (len(strange) * len(known))
