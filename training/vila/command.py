"""The recipes of the tower on the command line."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from training.vila.pairs import Sources
    from training.vila.recipe import Order

NAMES = ("vila", "vila-evaluate")


def add(recipes: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare both recipes."""
    make = recipes.add_parser("vila", help="train the starter pack's tower, decoder and adapter, and write their files")
    make.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder of the files")
    _add_training(make)
    judge = recipes.add_parser("vila-evaluate", help="judge the critiques, the word search and the styles of a pack")
    judge.add_argument("--count", type=int, default=60, help="photos a kind of flaw (default: 60)")
    judge.add_argument("--seed", type=int, default=7)
    judge.add_argument("--out", type=Path, metavar="DIR", help="what `vila` wrote: figures for CARD.md are kept there")
    for recipe in (make, judge):
        recipe.add_argument("--data", type=Path, required=True, metavar="DIR", help="holds biq2021/ and teachers/")
        recipe.add_argument("--teachers", type=Path, metavar="DIR", help="TFLite teachers (default: in DATA)")
        recipe.add_argument("--pack", type=Path, required=True, metavar="DIR", help="with the student to look through")
        recipe.add_argument("--work", type=Path, default=Path("runs/vila"), metavar="DIR", help="where it resumes")
        recipe.add_argument("--facts", type=Path, metavar="DIR", help="where what was measured of the photos is kept")
        recipe.add_argument("--leave-out", action="append", default=[], help="learn without this source of pairs")
        recipe.add_argument(
            "--held-out",
            type=int,
            metavar="FOLD",
            help="the fold not learned from, 0 to 4; of such a tower word search alone is judged, on the fold too",
        )


def _add_training(make: argparse.ArgumentParser) -> None:
    make.add_argument(
        "--tune-epochs",
        type=int,
        nargs=2,
        default=(7, 2),
        metavar=("N224", "N384"),
        help="epochs in which NIMA's network learns to judge (default: 7 2; 0 0 leaves it as it is)",
    )
    make.add_argument(
        "--epochs",
        type=int,
        nargs=2,
        default=(4, 6),
        metavar=("ALL", "WORDS"),
        help="of pretraining: in which everything learns, then only the text's side (default: 4 6)",
    )
    make.add_argument("--flawed", type=int, default=2, help="copies of a photo with flaws (default: 2)")
    make.add_argument(
        "--hide-judges",
        action="store_true",
        help="see nothing through the networks that learned to judge from the photos",
    )
    make.add_argument("--seed", type=int, default=0)
    make.add_argument("--cache-gigabytes", type=float, default=12.0, help="largest size of the tokens (default: 12)")


def run(options: argparse.Namespace) -> int:
    """Run one of NAMES; returns the exit code."""
    from engine.errors import PackError
    from training.vila import recipe
    from training.vila.pairs import Sources
    from training.vila.tokens import CacheTooLarge

    photos, teachers = options.data / "biq2021", options.teachers or options.data / "teachers"
    for folder in (photos, teachers):
        if not folder.is_dir():
            print(f"{folder}: no such folder. Name the folder that holds the data.", file=sys.stderr)
            return 2
    sources = Sources(photos, teachers, options.pack, options.facts or options.work / "facts", tuple(options.leave_out))
    try:
        if options.recipe == "vila-evaluate":
            _judge(options, sources)
        else:
            recipe.make(_order(options, sources))
    except (CacheTooLarge, PackError, FileNotFoundError, ValueError) as cause:
        print(f"{cause}", file=sys.stderr)
        return 2
    return 0


def _order(options: argparse.Namespace, sources: Sources) -> Order:
    from training.vila.recipe import Order

    return Order(
        sources,
        options.out,
        options.work,
        tuple(options.tune_epochs),
        tuple(options.epochs),
        options.seed,
        options.held_out,
        options.flawed,
        options.hide_judges,
        options.cache_gigabytes * 1e9,
    )


def _judge(options: argparse.Namespace, sources: Sources) -> None:
    from training.vila import report

    found = report.judge(options.pack, report.Asked(sources, options.count, options.seed, held_out=options.held_out))
    print("\n".join(report.lines(found)))
    if options.out is not None:
        report.write(options.out, found)
