"""python -m training: the recipes."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from training.cskd import command as cskd
from training.faces import command as faces
from training.vila import command as vila

if TYPE_CHECKING:
    from argparse import _SubParsersAction

# Before torch is imported: two of its threads collapse when another process is busy, unless they wait passively.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

SUBSETS = ("ss01", "ss03")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one recipe; returns the exit code."""
    options = _parser().parse_args(arguments)
    for name in ("data", "teachers", "photos", "faces", "tower"):
        folder = getattr(options, name, None)
        if folder is not None and not folder.is_dir():
            print(f"{folder}: no such folder. Name the folder that holds the data.", file=sys.stderr)
            return 2
    from training.memory import keep_freed_pages

    keep_freed_pages()
    if options.recipe in cskd.NAMES:
        return cskd.run(options)
    if options.recipe in vila.NAMES:
        return vila.run(options)
    if options.recipe in faces.NAMES:
        faces.run(options)
        return 0
    return _RUN[options.recipe](options)


def _starter(options: argparse.Namespace) -> int:
    from engine.errors import PackError
    from training import starter

    try:
        starter.make(
            starter.Parts(options.student, options.tower, options.faces), options.data, options.out, _without(options)
        )
    except (PackError, FileNotFoundError, ValueError) as cause:
        print(f"{cause}", file=sys.stderr)
        return 2
    return 0


def _without(options: argparse.Namespace) -> list[tuple[str, Path]]:
    return [(name, Path(path)) for name, _, path in (text.partition("=") for text in options.without)]


def _distil(options: argparse.Namespace) -> int:
    from training.cskd.distil import stages
    from training.first_pack import make

    make(
        options.data,
        options.teachers or options.data.parent / "teachers",
        options.out,
        options.work,
        stages(options.epochs, options.seed),
        tuple(options.leave_out),
        _without(options),
        options.faces,
        options.tower,
    )
    return 0


def _evaluate(options: argparse.Namespace) -> int:
    from training.starter import evaluate

    evaluate(options.data, options.pack)
    return 0


def _parity(options: argparse.Namespace) -> int:
    from engine.models.pack import Pack
    from engine.models.student import Student
    from training import parity

    student = Student.load(Pack.open(options.pack), "cpu")
    print("\n".join(parity.lines(parity.differences(student, [options.photos]))))
    return 0


_RUN = {"starter": _starter, "distil": _distil, "evaluate": _evaluate, "parity": _parity}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    recipes = parser.add_subparsers(dest="recipe", required=True)
    _add_starter(recipes)
    distil = recipes.add_parser("distil", help="train the student of the starter packs 1.x and write the pack")
    distil.add_argument("--data", type=Path, required=True, metavar="DIR", help="BIQ2021: ss01/, ss03/, labels.csv")
    distil.add_argument("--teachers", type=Path, metavar="DIR", help="TFLite teachers (default: beside DATA)")
    distil.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder of the pack")
    distil.add_argument("--work", type=Path, default=Path("runs/distil"), metavar="DIR", help="where it resumes")
    distil.add_argument(
        "--epochs",
        type=int,
        nargs=3,
        default=(16, 6, 3),
        metavar=("N224", "N256", "N320"),
        help="epochs at 224, 256 and 320 px (default: 16 6 3)",
    )
    distil.add_argument("--seed", type=int, default=0)
    distil.add_argument("--leave-out", action="append", default=[], choices=SUBSETS, help="learn without this subset")
    distil.add_argument(
        "--without",
        action="append",
        default=[],
        metavar="SUBSET=FIGURES.json",
        help="figures.json of a run that left SUBSET out, or tower.json of a tower that did, for CARD.md",
    )
    distil.add_argument("--faces", type=Path, metavar="DIR", help="put what `training faces` wrote there into the pack")
    distil.add_argument("--tower", type=Path, metavar="DIR", help="put what `training vila` wrote there into the pack")
    judge = recipes.add_parser("evaluate", help="print the figures of a pack's student on val")
    judge.add_argument("--data", type=Path, required=True, metavar="DIR")
    judge.add_argument("--pack", type=Path, required=True, metavar="DIR")
    parity = recipes.add_parser("parity", help="compare the scores of whole, half-scale and preview decoding")
    parity.add_argument("--photos", type=Path, required=True, metavar="DIR", help="large JPEGs")
    parity.add_argument("--pack", type=Path, required=True, metavar="DIR")
    cskd.add(recipes)
    faces.add(recipes)
    vila.add(recipes)
    return parser


def _add_starter(recipes: _SubParsersAction[argparse.ArgumentParser]) -> None:
    make = recipes.add_parser(
        "starter", help="put student, tower and faces together as the starter pack, with its card"
    )
    make.add_argument("--data", type=Path, required=True, metavar="DIR", help="BIQ2021: ss01/, ss03/, labels.csv")
    make.add_argument("--student", type=Path, required=True, metavar="DIR", help="what `training cskd` wrote")
    make.add_argument("--tower", type=Path, required=True, metavar="DIR", help="what `training vila` wrote, or a pack")
    make.add_argument("--faces", type=Path, metavar="DIR", help="what `training faces` wrote, or a pack")
    make.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder of the pack")
    make.add_argument(
        "--without",
        action="append",
        default=[],
        metavar="SUBSET=FIGURES.json",
        help="figures.json of a student, or tower.json of a tower, that learned without SUBSET, for CARD.md",
    )


if __name__ == "__main__":
    sys.exit(main())
