"""The recipe of the student on the command line."""

from __future__ import annotations

import argparse
import json
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from accelerate import Accelerator

    from training.cskd.config import Config

NAMES = ("cskd", "cskd-evaluate", "cskd-ablate", "cskd-attention")


def add(recipes: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the recipes."""
    make = recipes.add_parser("cskd", help="align a student with a tower, distil it, and write student.onnx")
    _recipe(make)
    make.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder of the files")
    make.add_argument("--work", type=Path, default=Path("runs/cskd"), metavar="DIR", help="where it resumes")
    ablate = recipes.add_parser("cskd-ablate", help="train the recipe without each of its parts, and tabulate")
    _recipe(ablate)
    ablate.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder of the curves, as pictures")
    ablate.add_argument("--work", type=Path, default=Path("runs/ablation"), metavar="DIR", help="where it resumes")
    ablate.add_argument("--seeds", type=int, nargs="+", default=[0, 1, 2])
    judge = recipes.add_parser("cskd-evaluate", help="print coverage, familiarity and robustness of a student.onnx")
    judge.add_argument("--data", type=Path, required=True, metavar="DIR", help="BIQ2021: ss01/, ss03/, labels.csv")
    judge.add_argument("--student", type=Path, required=True, metavar="FILE", help="student.onnx")
    judge.add_argument("--out", type=Path, metavar="DIR", help="what `cskd` wrote: figures for CARD.md are kept there")
    judge.add_argument(
        "--teachers", type=Path, metavar="DIR", help="TFLite teachers: a regression on them is judged beside it"
    )
    judge.add_argument("--work", type=Path, default=Path("runs/ridge"), metavar="DIR", help="where their features lie")
    look = recipes.add_parser("cskd-attention", help="print how far and how evenly the tower's pooler looks")
    look.add_argument("--work", type=Path, required=True, metavar="DIR", help="where `training vila` worked")


def _recipe(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--config", type=Path, required=True, metavar="FILE.toml", help="the recipe")
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="what the recipe's folders lie below")
    parser.add_argument(
        "--leave-out",
        action="append",
        default=[],
        metavar="SUBSET",
        help="learn from no photo of this subset; whoever is asked has to do without it too",
    )
    parser.add_argument(
        "--tower",
        dest="target",
        metavar="DIR",
        help="folder with vision.onnx and adapter.safetensors, or open_clip:NAME:WEIGHTS; none: no target",
    )


def run(options: argparse.Namespace) -> int:
    """Run one; returns the exit code."""
    from engine.errors import PackError
    from training.data.row_cache import CacheTooLarge

    try:
        _RUN[options.recipe](options)
    except (CacheTooLarge, PackError, FileNotFoundError, ValueError) as cause:
        print(f"{cause}", file=sys.stderr)
        return 2
    return 0


def _make(options: argparse.Namespace) -> None:
    from training.cskd import recipe

    order = recipe.Order(_config(options), options.data, options.target, options.out, options.work)
    recipe.make(replace(order, accelerator=_accelerator()))


def _config(options: argparse.Namespace) -> Config:
    from training.cskd import config

    found = config.load(options.config)
    left = tuple(options.leave_out)
    return replace(
        found, labelled=tuple(replace(source, leave_out=source.leave_out + left) for source in found.labelled)
    )


def _accelerator() -> Accelerator | None:
    """Where there is a GPU, or where `accelerate launch` started this process beside others."""
    import torch

    if not torch.cuda.is_available() and int(os.environ.get("WORLD_SIZE", "1")) < 2:
        return None
    from accelerate import Accelerator

    return Accelerator(cpu=not torch.cuda.is_available())


def _ablate(options: argparse.Namespace) -> None:
    from training.cskd import ablation, recipe

    order = recipe.Order(_config(options), options.data, options.target, options.out, options.work)
    results = ablation.run(order, options.seeds)
    for figure in ("srcc_ss03", "srcc_ss01", "retrieval"):
        ablation.curves(results, options.work, figure, options.out / f"{figure}.png")
    print("\n".join(ablation.table(results)))


def _evaluate(options: argparse.Namespace) -> None:
    from training.cskd import report

    control = report.Control(options.teachers, options.work) if options.teachers else None
    found = report.judge(options.student, options.data, control)
    print(json.dumps(found, indent=1))
    if options.out is not None:
        report.write(options.out, found)


def _attention(options: argparse.Namespace) -> None:
    from training.cskd import attention

    print(json.dumps(attention.tower(options.work), indent=1))


_RUN = {"cskd": _make, "cskd-ablate": _ablate, "cskd-evaluate": _evaluate, "cskd-attention": _attention}
