"""From a trained student to its file: rounded, calibrated, told what is familiar, exported, compared, judged."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from engine.models.device import Network
from engine.models.pack import STUDENT
from engine.models.preprocess import Preprocess
from engine.types import SCORES
from training.cskd import agreement, exported, skd
from training.cskd.branched import Branched
from training.cskd.calibration import Calibration, coverage
from training.cskd.familiarity import Familiarity, traits
from training.cskd.sources import Sources
from training.evaluate import summary

_COMPARED = 16
"""Photos of val on which ONNX is compared with torch."""
_KNOWN = 3000
"""Photos that say what is familiar."""


@dataclass(frozen=True, slots=True, eq=False)
class Finished:
    """A trained student and what is still needed of its training."""

    student: Branched
    size: int
    """Width and height of the input, pixels."""
    sources: Sources
    targets: NDArray[np.float16] | None
    val_targets: NDArray[np.float16] | None


def finish(trained: Finished, out: Path) -> dict[str, Any]:
    """Write student.onnx to `out`; returns the figures of that file on val. Raises ValueError if ONNX differs."""
    preprocess = Preprocess(size=trained.size)
    student = exported.rounded(trained.student.eval())
    held, val = trained.sources.held, trained.sources.val
    said, _ = skd.predict(student, held.pixels, len(held), preprocess)
    calibration = Calibration.fit(said, held.truth, held.subset)
    whole = exported.Exported(student, calibration, known(student, trained.sources, preprocess)).eval()
    model = exported.to_file(whole, trained.size)
    inputs = torch.from_numpy(np.stack([preprocess.apply(val.pixels(i)) for i in range(min(len(val), _COMPARED))]))
    off = exported.differences(whole, model, inputs)
    out.mkdir(parents=True, exist_ok=True)
    (out / STUDENT).write_bytes(model)
    return {"differences": off, "megabytes": len(model) / 1e6, **_judge(model, trained, preprocess)}


@torch.no_grad()
def known(student: Branched, sources: Sources, preprocess: Preprocess) -> Familiarity:
    """What is familiar: photos that were learned from, and as a limit those that were held out."""
    rows = np.random.default_rng(0).permutation(len(sources.learn))[:_KNOWN]
    learned = np.concatenate([_traits(student, sources.learn.pixels(int(row)), preprocess) for row in rows])
    limit = np.concatenate([_traits(student, sources.held.pixels(row), preprocess) for row in range(len(sources.held))])
    return Familiarity.fit(learned, limit)


def _traits(student: Branched, pixels: NDArray[np.uint8], preprocess: Preprocess) -> NDArray[np.float32]:
    early = student.trunk(torch.from_numpy(preprocess.apply(pixels)[None]))
    found: NDArray[np.float32] = traits(early).numpy()
    return found


def _judge(model: bytes, trained: Finished, preprocess: Preprocess) -> dict[str, Any]:
    val = trained.sources.val
    network = Network(STUDENT, model, asked="cpu", trial={"pixels": preprocess.apply(val.pixels(0))[None]})
    outputs = [network.run({"pixels": preprocess.apply(val.pixels(row))[None]}) for row in range(len(val))]
    distributions, embeddings, _, strangeness = (np.concatenate(part) for part in zip(*outputs, strict=True))
    scores = distributions @ SCORES
    spreads = np.sqrt(np.maximum(distributions @ SCORES**2 - scores**2, 0))
    found: dict[str, Any] = dict(summary(scores, val.mos, val.subset, val.series))
    for name in np.unique(val.subset):
        own = val.subset == name
        found[f"coverage_{name}"] = coverage(scores[own], spreads[own], val.truth[own])
        found[f"unfamiliar_{name}"] = float((strangeness[own] > 1).mean())
    found["spread"] = float(spreads.mean())
    if trained.val_targets is not None:
        found["cosine"] = agreement.cosine(embeddings, trained.val_targets)
        found["retrieval"] = agreement.retrieval(embeddings, trained.val_targets)
    return found
