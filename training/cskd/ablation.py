"""What each part of CSKD is worth: the same recipe without it, three seeds each, all with the same number of views."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from engine.models.preprocess import Preprocess
from training.cskd import recipe, skd
from training.cskd.config import Config
from training.cskd.recipe import Order, Prepared

RESULTS = "ablation.json"


@dataclass(frozen=True, slots=True)
class Trial:
    """One training of one variant."""

    variant: str
    seed: int
    config: Config

    @property
    def key(self) -> str:
        """Names it in RESULTS and in the working folder."""
        return f"{self.variant}, seed {self.seed}"


def variants(config: Config) -> Mapping[str, Config]:
    """A whole recipe, and the same without some of its parts; `config` has all of them."""
    alone = replace(config.weights, away=0.0, relational=0.0)
    untaught = replace(config.weights, pseudo=0.0, degraded=0.0)
    stages = _labelled(config.stages)
    labels = replace(config, align=None, asked=(), weights=replace(alone, pseudo=0.0, degraded=0.0), stages=stages)
    others = tuple(asked for asked in config.asked if asked.kind != "adapter")
    return {
        "labels only": labels,
        "labels and pseudo-labels": replace(config, align=None, weights=alone),
        "labels and CFA": replace(labels, align=config.align, weights=untaught),
        "CFA with a shuffled target": replace(config, shuffled=True, asked=others),
        "all": config,
        "all, random beginning": replace(config, student=replace(config.student, weights=None)),
    }


def run(order: Order, seeds: Sequence[int]) -> dict[str, Any]:
    """Train every variant with every seed, or go on with those that are missing; returns RESULTS of `order.work`."""
    order.work.mkdir(parents=True, exist_ok=True)
    file = order.work / RESULTS
    results: dict[str, Any] = json.loads(file.read_text()) if file.exists() else {}
    for seed in seeds:
        for name, config in variants(order.config).items():
            trial = Trial(name, seed, replace(config, seed=seed))
            if trial.key in results:
                continue
            print(f"--- {trial.key}", flush=True)
            results[trial.key] = {"variant": name, "seed": seed, **_train(order, trial)}
            part = file.with_suffix(".part")
            part.write_text(json.dumps(results, indent=1), encoding="utf-8")
            part.replace(file)
    return results


def table(results: Mapping[str, Any]) -> list[str]:
    """Markdown: a line for each variant, mean and deviation over its seeds."""
    names = list(dict.fromkeys(one["variant"] for one in results.values()))
    figures = [name for name in next(iter(results.values())) if name not in ("variant", "seed", "folder")]
    lines = [
        f"| variant | {' | '.join(name.replace('_', ' ') for name in figures)} |",
        "| --- |" + " --- |" * len(figures),
    ]
    for name in names:
        own = [one for one in results.values() if one["variant"] == name]
        cells = [_cell([one[figure] for one in own if figure in one]) for figure in figures]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return lines


def curves(results: Mapping[str, Any], work: Path, figure: str, out: Path) -> None:
    """Learning curves of `figure` as a picture: a line for each variant, its seeds as a band around it."""
    from matplotlib.figure import Figure

    drawn = Figure(figsize=(7.5, 4.5), layout="constrained")
    axes = drawn.add_subplot()
    for name in dict.fromkeys(one["variant"] for one in results.values()):
        logged = [_logged(work / one["folder"], figure) for one in results.values() if one["variant"] == name]
        shortest = min(len(line) for line in logged)
        if not shortest:
            continue
        lines = np.array([line[:shortest] for line in logged])
        epochs = np.linspace(0, 1, shortest + 1)[1:]
        (line,) = axes.plot(epochs, lines.mean(0), label=name)
        axes.fill_between(epochs, lines.min(0), lines.max(0), color=line.get_color(), alpha=0.15, linewidth=0)
    axes.set_xlabel("share of the training")
    axes.set_ylabel(f"{figure.replace('_', ' ')} on val")
    axes.legend(fontsize=8)
    axes.grid(alpha=0.3)
    out.parent.mkdir(parents=True, exist_ok=True)
    drawn.savefig(out, dpi=120)


def _train(order: Order, trial: Trial) -> dict[str, Any]:
    folder = trial.key.replace(", ", "-").replace(" ", "-")
    own = replace(order, config=trial.config, work=order.work / folder, lookups=order.kept)
    prepared = recipe.prepare(own)
    stages = matched(order.config, trial.config, prepared)
    pseudo = recipe.pseudo_labels(prepared, None)
    student = recipe.learn(prepared, trial.config.student, trial.config.align, stages, pseudo, "student")
    val = prepared.sources.val
    found = recipe.progress(student, val, Preprocess(size=stages[-1].size), prepared.val_targets)
    return {**found, "folder": folder}


def matched(whole: Config, config: Config, prepared: Prepared) -> tuple[skd.Stage, ...]:
    """The stages of a variant, longer where it has no alignment, so that it sees as many views as the whole recipe."""
    learned = len(prepared.sources.learn)
    if config.align is not None or whole.align is None:
        return config.stages
    aligned = whole.align.epochs * len(prepared.views.rows) * (whole.align.size / whole.stages[-1].size) ** 2
    spent = sum(stage.epochs * learned * _views(stage) / stage.portions.singles for stage in whole.stages)
    return tuple(replace(stage, epochs=round(stage.epochs * (1 + aligned / spent))) for stage in config.stages)


def _labelled(stages: Sequence[skd.Stage]) -> tuple[skd.Stage, ...]:
    """Stages that show as many views, all of them labelled: more series where degraded copies stood."""
    found = []
    for stage in stages:
        portions = stage.portions
        more = (portions.degraded + portions.spoiled + portions.unlabelled) // portions.per_series
        labelled = replace(portions, series=portions.series + more, degraded=0, spoiled=0, unlabelled=0)
        found.append(replace(stage, portions=labelled))
    return tuple(found)


def _views(stage: skd.Stage) -> int:
    """Of a batch."""
    own = stage.portions
    return own.series * own.per_series + own.singles + own.copies + own.degraded + own.spoiled + own.unlabelled


def _logged(folder: Path, figure: str) -> list[float]:
    """A figure after every epoch of a student's stages, in order."""
    found = []
    for log in sorted(folder.glob("student-[0-9]*/log.jsonl")):
        rows = [json.loads(line) for line in log.read_text().splitlines()]
        found += [float(row[figure]) for row in rows if figure in row]
    return found


def _cell(values: Sequence[float]) -> str:
    if not values:
        return ""
    return f"{np.mean(values):.3f} \N{PLUS-MINUS SIGN} {np.std(values):.3f}"
