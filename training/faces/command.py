"""The recipes of faces on the command line."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import _SubParsersAction

NAMES = ("faces", "faces-evaluate")


def add(recipes: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare both recipes."""
    make = recipes.add_parser("faces", help="train what finds faces and tells open eyes, and write the networks")
    make.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder of the networks and figures.json")
    make.add_argument(
        "--epochs",
        type=int,
        nargs=4,
        metavar="N",
        help="of both stretches of the detector, the second look, the eyes (default: 14 9 25 20)",
    )
    make.add_argument("--seed", type=int, default=0)
    judge = recipes.add_parser("faces-evaluate", help="print how well a folder's networks find faces and tell eyes")
    judge.add_argument("--pack", type=Path, required=True, metavar="DIR", help="a pack, or what `faces` wrote")
    for recipe in (make, judge):
        recipe.add_argument("--data", type=Path, required=True, metavar="DIR", help="holds biq2021/ and eye-state/")
        recipe.add_argument("--teachers", type=Path, metavar="DIR", help="YuNet and MobileNetV2 (default: in DATA)")
        recipe.add_argument("--work", type=Path, default=Path("runs/faces"), metavar="DIR", help="where it resumes")


def run(options: argparse.Namespace) -> None:
    """Run one of NAMES."""
    from training.faces import recipe

    teachers = options.teachers or options.data / "teachers"
    if options.recipe == "faces-evaluate":
        recipe.evaluate(options.data, teachers, options.pack, options.work)
        return
    epochs = tuple(options.epochs) if options.epochs else recipe.EPOCHS
    recipe.make(options.data, teachers, options.out, options.work, epochs, options.seed)
