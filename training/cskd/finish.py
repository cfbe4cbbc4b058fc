"""From a trained student to its file: rounded, calibrated, told what is familiar, exported, compared, judged."""

from __future__ import annotations

from collections.abc import Iterable
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
from training.cskd import agreement, exported, facing, skd, unusual
from training.cskd.branched import Branched
from training.cskd.calibration import Calibration, coverage, crossed, spreads
from training.cskd.familiarity import Familiarity, traits
from training.cskd.judged import covered
from training.cskd.looks import Looks
from training.cskd.sources import Sources
from training.evaluate import summary

_COMPARED = 16
"""Photos of val on which ONNX is compared with torch."""
_KNOWN = 3000
"""Photos that say what is familiar."""
_UNUSUAL = 300
"""Photos held out that are made unusual in each way."""


@dataclass(frozen=True, slots=True, eq=False)
class Finished:
    """A trained student and what is still needed of its training."""

    student: Branched
    size: int
    """Width and height of the input, pixels."""
    sources: Sources
    targets: NDArray[np.float16] | None
    val_targets: NDArray[np.float16] | None
    on_val: bool = False
    """Fit the spread on val, not on what was held out."""
    looks: Looks | None = None
    """What is taken over from the tower."""


def finish(trained: Finished, out: Path) -> dict[str, Any]:
    """Write student.onnx to `out`; returns the figures of that file on val. Raises ValueError if ONNX differs."""
    preprocess = Preprocess(size=trained.size)
    student = exported.rounded(trained.student.eval())
    val = trained.sources.val
    spare = val if trained.on_val else trained.sources.held
    said, _ = skd.predict(student, spare.pixels, len(spare), preprocess)
    calibration = Calibration.fit(said, spare.truth, spare.subset)
    looks = None if trained.looks is None else exported.rounded(trained.looks)
    whole = exported.Exported(student, calibration, known(student, trained.sources, preprocess), looks).eval()
    model = exported.to_file(whole, trained.size)
    inputs = torch.from_numpy(np.stack([preprocess.apply(val.pixels(i)) for i in range(min(len(val), _COMPARED))]))
    off = exported.differences(whole, model, inputs)
    out.mkdir(parents=True, exist_ok=True)
    (out / STUDENT).write_bytes(model)
    found = {"differences": off, "megabytes": len(model) / 1e6, **_judge(model, trained, preprocess)}
    if trained.on_val:
        wide = crossed(said, val.truth, val.subset, val.clusters())
        found["spread_crossed"] = covered(np.asarray(said @ SCORES), wide, val)
    return found


def known(student: Branched, sources: Sources, preprocess: Preprocess) -> Familiarity:
    """What is familiar: photos that were learned from, and as a limit those that were held out, as they are and as
    they would be at night, in high key and in black and white.
    """
    held = sources.held
    rows = np.random.default_rng(0).permutation(len(sources.learn))[:_KNOWN]
    learned = _traits(student, (sources.learn.pixels(int(row)) for row in rows), preprocess)
    limits = [_traits(student, (held.pixels(row) for row in range(len(held))), preprocess)]
    for change in unusual.KINDS.values():
        made = (change(held.pixels(row), np.random.default_rng(row)) for row in range(min(len(held), _UNUSUAL)))
        limits.append(_traits(student, made, preprocess))
    return Familiarity.fit(learned, limits)


@torch.no_grad()
def _traits(student: Branched, pictures: Iterable[NDArray[np.uint8]], preprocess: Preprocess) -> NDArray[np.float32]:
    inputs = (torch.from_numpy(preprocess.apply(pixels)[None]) for pixels in pictures)
    return np.concatenate([traits(student.trunk(facing.one_way(x))).numpy() for x in inputs])


def _judge(model: bytes, trained: Finished, preprocess: Preprocess) -> dict[str, Any]:
    val = trained.sources.val
    network = Network(STUDENT, model, asked="cpu", trial={"pixels": preprocess.apply(val.pixels(0))[None]})
    outputs = [network.run({"pixels": preprocess.apply(val.pixels(row))[None]}) for row in range(len(val))]
    distributions, embeddings, _, strangeness = (np.concatenate(part) for part in zip(*outputs, strict=True))
    scores = distributions @ SCORES
    wide = spreads(distributions)
    found: dict[str, Any] = dict(summary(scores, val.mos, val.subset, val.series))
    for name in np.unique(val.subset):
        own = val.subset == name
        found[f"coverage_{name}"] = coverage(scores[own], wide[own], val.truth[own])
        found[f"unfamiliar_{name}"] = float((strangeness[own] > 1).mean())
    found["spread"] = float(wide.mean())
    if trained.val_targets is not None:
        found["cosine"] = agreement.cosine(embeddings, trained.val_targets)
        found["retrieval"] = agreement.retrieval(embeddings, trained.val_targets)
    return found
