"""python -m training: the recipes."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from training.cskd import command as cskd
from training.faces import command as faces
from training.vila import command as vila

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
    run = faces.run if options.recipe in faces.NAMES else _RUN[options.recipe]
    run(options)
    return 0


def _distil(options: argparse.Namespace) -> None:
    from training.cskd.distil import stages
    from training.starter import make

    without = [text.split("=", 1) for text in options.without]
    make(
        options.data,
        options.teachers or options.data.parent / "teachers",
        options.out,
        options.work,
        stages(options.epochs, options.seed),
        tuple(options.leave_out),
        [(name, Path(path)) for name, path in without],
        options.faces,
        options.tower,
    )


def _evaluate(options: argparse.Namespace) -> None:
    from training.starter import evaluate

    evaluate(options.data, options.pack)


def _parity(options: argparse.Namespace) -> None:
    from engine.models.pack import Pack
    from engine.models.student import Student
    from training import parity

    student = Student.load(Pack.open(options.pack), "cpu")
    print("\n".join(parity.lines(parity.differences(student, [options.photos]))))


_RUN = {"distil": _distil, "evaluate": _evaluate, "parity": _parity}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    recipes = parser.add_subparsers(dest="recipe", required=True)
    distil = recipes.add_parser("distil", help="train the starter pack's student and write the pack")
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


if __name__ == "__main__":
    sys.exit(main())
