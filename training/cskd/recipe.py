"""CSKD from end to end: sources, targets, alignment, teachers, student, calibration, files."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from engine.models.pack import STUDENT
from engine.models.preprocess import Preprocess
from engine.models.rank_adapter import ADAPTER
from engine.paths import resource
from engine.types import SCORES
from training import evaluate
from training.cskd import (
    agreement,
    align,
    attention,
    backbones,
    looks,
    shared_adapter,
    skd,
    sources,
    targets,
    teachers,
)
from training.cskd.branched import Aligned, Branched, Judge
from training.cskd.config import Asked, Config, Network
from training.cskd.finish import Finished, finish
from training.cskd.lessons import Lessons, Material
from training.cskd.sources import Sources
from training.cskd.views import Views
from training.data.crop_cache import CropCache
from training.data.labelled import Labelled
from training.data.mixture import Mixture

if TYPE_CHECKING:
    from accelerate import Accelerator

_WITHOUT_TARGET = 512
"""Dimensions of the embedding where there is no target to say."""
_LOOKED_AT = 32
"""Photos of val over which it is said where a transformer looks."""


@dataclass(frozen=True, slots=True)
class Order:
    """What to make, and from what."""

    config: Config
    data: Path
    tower: str | None
    """Folder with vision.onnx, or "open_clip:NAME:WEIGHTS"; None to learn without a target."""
    out: Path
    work: Path
    lookups: Path | None = None
    """Where what is looked up once is kept, if not in `work`: several trainings may share it."""
    accelerator: Accelerator | None = None
    """Of several processes, or of a GPU; None for this process and the CPU."""
    stop_after: int | None = None
    """Steps of the stage in hand after which to stop, as an interruption would."""

    @property
    def kept(self) -> Path:
        """Where what is looked up once is kept."""
        return self.work if self.lookups is None else self.lookups


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """Everything that is slow to look up, looked up."""

    order: Order
    sources: Sources
    views: Views
    """Of the photos to learn from, then of the unlabelled ones."""
    targets: NDArray[np.float16] | None
    """[views, D]"""
    val_targets: NDArray[np.float16] | None
    """[val photos, D]"""
    pixels: Callable[[int], NDArray[np.uint8]]
    """Row of a view to its pixels."""

    @property
    def dimensions(self) -> int:
        """Of the target's space."""
        return _WITHOUT_TARGET if self.targets is None else int(self.targets.shape[1])


def make(order: Order) -> dict[str, Any]:
    """Train, or go on, in `order.work`; write student.onnx and figures.json to `order.out`; returns the figures.

    Raises FileNotFoundError, PackError, CacheTooLarge or ValueError, naming what is missing or not understood.
    """
    config = order.config
    taken = _looks(order)
    # The first process looks everything up; the others find it.
    with nullcontext() if order.accelerator is None else order.accelerator.main_process_first():
        prepared = prepare(order)
    taught = None
    if config.teacher is not None:
        taught = learn(prepared, config.teacher.network, config.teacher.align, config.teacher.stages, None, "teacher")
    with nullcontext() if order.accelerator is None else order.accelerator.main_process_first():
        pseudo = pseudo_labels(prepared, taught)
    student = learn(prepared, config.student, config.align, config.stages, pseudo, "student")
    if not _is_first(order):
        return {}
    finished = Finished(
        student,
        config.student.size or config.stages[-1].size,
        prepared.sources,
        prepared.targets,
        prepared.val_targets,
        on_val=config.calibrate == "val",
        looks=taken,
    )
    found = finish(finished, order.out) | share(prepared)
    facts = {
        "config": asdict(config),
        "begun": backbones.pack_named(config.student.weights, order.data),
        "learned": len(prepared.sources.learn),
        "held": len(prepared.sources.held),
        "twins": prepared.sources.twins,
        "figures": found,
    }
    order.out.mkdir(parents=True, exist_ok=True)
    (order.out / "figures.json").write_text(json.dumps(facts, indent=1), encoding="utf-8")
    print(json.dumps(found, indent=1))
    print(f"{order.out / STUDENT} is written.")
    return found


def share(prepared: Prepared) -> dict[str, Any]:
    """The tower's adapter, fitted to the written student's embeddings too; figures of both, side by side.

    Nothing where there is no tower with an adapter.
    """
    order, found = prepared.order, prepared.sources
    if prepared.targets is None or prepared.val_targets is None or order.tower is None or order.config.shuffled:
        return {}
    tower = Path(order.tower)
    if not (tower / ADAPTER).exists():
        return {}
    seen = prepared.targets[prepared.views.whole(np.arange(len(found.learn)))]
    compared = shared_adapter.write(tower, order.out, found.learn, seen, found.val, prepared.val_targets)
    return {"side_by_side": compared}


def _looks(order: Order) -> looks.Looks | None:
    """What the student takes over from the tower, if the recipe says so."""
    network = order.config.student
    if network.looks is None:
        return None
    if order.tower is None:
        raise ValueError("`looks` takes over what a tower has, and there is no tower. Name its folder with --tower.")
    return looks.of(Path(order.tower), backbones.load(network.backbone, network.looks, order.data))


def prepare(order: Order) -> Prepared:
    """Sources, views, and what the target sees in them."""
    config = order.config
    order.work.mkdir(parents=True, exist_ok=True)
    weights = config.twins_by or config.student.weights
    begun = backbones.load(config.student.backbone, weights, order.data, config.student.split)
    features = sources.pooled(
        torch.nn.Sequential(begun.trunk, begun.late),
        f"{config.student.backbone} {weights}",
        order.kept / "features",
        begun.features,
    )
    found = sources.gather(config, order.data, features)
    paths = [*found.learn.paths, *(path for folder in found.unlabelled for path in folder)]
    views = Views.of(paths, config.looks.crops, config.looks.flawed)
    _say(f"{len(found.learn)} photos to learn from, {len(found.held)} held out, {found.twins} twins left out")
    seen, judged = None, None
    if order.tower is not None:
        target = targets.load(order.tower)
        limit = config.looks.gigabytes * 1e9
        seen = targets.embeddings(order.kept / "targets", target, views, limit)
        judged = targets.embeddings(order.kept / "targets-val", target, Views.of(found.val.paths, 0, 0), limit)
    if config.shuffled and seen is not None:
        seen = targets.shuffled(seen, views.per, config.seed)
    cache = CropCache(order.kept / "pixels", config.cache_gigabytes * 1e9)
    return Prepared(order, found, views, seen, judged, lambda row: cache.pixels(views.rows[row]))


def learn(
    prepared: Prepared,
    network: Network,
    how: align.Alignment | None,
    stages: Sequence[skd.Stage],
    pseudo: NDArray[np.float32] | None,
    name: str,
) -> Branched:
    """Align a network, then let it learn through all stages; everything is kept in `work` under its name."""
    config, order = prepared.order.config, prepared.order
    torch.manual_seed(config.seed)
    aligned = Aligned(begun(network, order.data), prepared.dimensions)
    if how is not None and prepared.targets is not None:
        aligned = _align(prepared, aligned, how, order.work / f"{name}-align")
    torch.manual_seed(config.seed)
    student, former = Branched(aligned, network.doubled), list[Judge]()
    material = _material(prepared, pseudo)
    val = prepared.sources.val
    for number, stage in enumerate(stages):
        _say(f"{name}: stage {number + 1} of {len(stages)}, {stage.epochs} epochs at {stage.size} px")
        seed = config.seed + number
        if stage.judging is not None:
            anew = backbones.load(network.backbone, stage.judging, order.data, network.split).late
            former.append(student.judge_anew(anew, torch.from_numpy(material.labelled.people.mean(0))))
        lessons = Lessons(material, stage.portions, stage.size, seed, stage.gentle_from, *_place(order))

        def report(found: Branched, preprocess: Preprocess = lessons.preprocess) -> dict[str, float]:
            return progress(found, val, preprocess, prepared.val_targets)

        work = order.work / f"{name}-{number + 1}-at-{stage.size}"
        student = skd.distil(
            student, lessons, stage, config.weights, work, report, seed, order.accelerator, order.stop_after
        )
    if network.beside and former:
        student.judge_beside(former)
    return student.eval().cpu()


def begun(network: Network, data: Path) -> backbones.Backbone:
    """What a network is before it learns. Raises as `backbones.load`."""
    found = backbones.load(network.backbone, network.weights, data, network.split)
    if network.seeing is None:
        return found
    return replace(found, late=backbones.load(network.backbone, network.seeing, data, network.split).late)


def progress(
    student: Branched, val: Labelled, preprocess: Preprocess, seen: NDArray[np.float16] | None
) -> dict[str, float]:
    """What is logged after every epoch: agreement with people on val, and with the target."""
    distributions, embeddings = skd.predict(student, val.pixels, len(val), preprocess)
    found = evaluate.summary(distributions @ SCORES, val.mos, val.subset, val.series)
    if seen is not None:
        found["cosine"] = agreement.cosine(embeddings, seen)
        found["retrieval"] = agreement.retrieval(embeddings, seen)
    return found


def pseudo_labels(prepared: Prepared, taught: Branched | None) -> NDArray[np.float32] | None:
    """[views, 10]: what those who are asked agree on; None where nobody is."""
    config = prepared.order.config
    if not config.asked:
        return None
    known = prepared.views.whole(np.arange(len(prepared.sources.learn)))
    opinions = [_opinion(prepared, asked, taught, number) for number, asked in enumerate(config.asked)]
    for asked, opinion in zip(config.asked, opinions, strict=True):
        agrees = evaluate.correlation(opinion.mean[known], prepared.sources.learn.truth, "srcc")
        _say(f"asked {asked.kind}: SRCC {agrees:.3f} with people on the photos to learn from, weight {asked.weight}")
    return teachers.agreed(opinions, known, prepared.sources.learn.truth)


def _opinion(prepared: Prepared, asked: Asked, taught: Branched | None, number: int) -> teachers.Opinion:
    order = prepared.order
    if asked.kind == "adapter":
        if prepared.targets is None or order.tower is None or order.config.shuffled:
            raise ValueError("The adapter of a tower was asked, and there is no tower. Name its folder with --tower.")
        return teachers.adapter(Path(order.tower) / ADAPTER, prepared.targets, asked.weight)
    judge: teachers.Judge
    if asked.kind == "pack":
        judge = teachers.PackJudge(_found(order, asked.path) if asked.path else resource("models", "starter"))
    elif asked.kind == "nima":
        judge = teachers.NimaJudge(_found(order, asked.path))
    elif asked.kind == "teacher" and taught is not None and order.config.teacher is not None:
        judge = teachers.TrainedJudge(taught, order.config.teacher.stages[-1].size)
    else:
        raise ValueError(f"{asked.kind}: nobody of this kind can be asked. docs/cskd.md names them.")
    return teachers.ask(judge, order.kept / f"asked-{number}-{asked.kind}", prepared.views, asked.weight)


def _found(order: Order, path: str) -> Path:
    """A path of the recipe: below the folder of the data, else as it stands."""
    return below if (below := order.data / path).exists() else Path(path)


def _material(prepared: Prepared, pseudo: NDArray[np.float32] | None) -> Material:
    config, found = prepared.order.config, prepared.sources
    free = _numbers(found)
    portions = max((stage.portions.unlabelled for stage in config.stages), default=0)
    weights = tuple(source.weight for source in config.unlabelled)
    return Material(
        found.learn,
        found.sets,
        tuple(source.weight for source in config.labelled),
        prepared.views,
        Mixture(free, weights, portions if any(len(rows) for rows in free) else 0, config.seed),
        prepared.pixels,
        prepared.targets,
        pseudo,
    )


def _numbers(found: Sources) -> tuple[NDArray[np.int64], ...]:
    """Numbers of the unlabelled photos of each folder, behind the labelled ones."""
    ends = len(found.learn) + np.cumsum([0, *(len(folder) for folder in found.unlabelled)])
    return tuple(np.arange(start, end) for start, end in zip(ends[:-1], ends[1:], strict=True))


def _align(prepared: Prepared, network: Aligned, how: align.Alignment, work: Path) -> Aligned:
    assert prepared.targets is not None
    config, found, per = prepared.order.config, prepared.sources, prepared.views.per
    photos = [*found.sets, *_numbers(found)]
    weights = [source.weight for source in (*config.labelled, *config.unlabelled)]
    rows = [(numbers[:, None] * per + np.arange(per)).ravel() for numbers in photos]
    preprocess = Preprocess(size=how.size)
    batches = align.Batches(
        prepared.pixels,
        prepared.targets,
        Mixture(rows, weights, how.batch, config.seed),
        preprocess,
        *_place(prepared.order),
    )
    val, seen = found.val, prepared.val_targets
    some = torch.from_numpy(np.stack([preprocess.apply(val.pixels(row)) for row in range(min(len(val), _LOOKED_AT))]))

    def report(aligned: Aligned) -> dict[str, float]:
        embeddings, features = align.embed(aligned, val.pixels, range(len(val)), preprocess)
        assert seen is not None
        return {
            "cosine": agreement.cosine(embeddings, seen),
            "retrieval": agreement.retrieval(embeddings, seen),
            "effective_rank": agreement.effective_rank(features),
            "spread": agreement.spread(features),
            **attention.of_learner(
                nn.Sequential(aligned.trunk, aligned.late), some.to(next(aligned.parameters()).device)
            ),
        }

    _say(f"aligning at {how.size} px: {batches.mixture.steps} steps an epoch, {how.epochs} epochs")
    work.mkdir(parents=True, exist_ok=True)
    before = work / "before.json"
    if _is_first(prepared.order) and not before.exists():
        before.write_text(json.dumps(report(network.eval())), encoding="utf-8")
    order = prepared.order
    return align.align(network, batches, how, work, report, config.seed, order.accelerator, order.stop_after)


def _place(order: Order) -> tuple[int, int]:
    """(number of this process, number of all)."""
    if order.accelerator is None:
        return 0, 1
    return order.accelerator.process_index, order.accelerator.num_processes


def _is_first(order: Order) -> bool:
    return _place(order)[0] == 0


def _say(text: str) -> None:
    print(text, flush=True)
