"""The recipe of the student on the command line."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import _SubParsersAction

NAMES = ("cskd",)


def add(recipes: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the recipe."""
    make = recipes.add_parser("cskd", help="align a student with a tower, distil it, and write student.onnx")
    make.add_argument("--config", type=Path, required=True, metavar="FILE.toml", help="the recipe")
    make.add_argument("--data", type=Path, required=True, metavar="DIR", help="what the recipe's folders lie below")
    make.add_argument(
        "--tower",
        dest="target",
        metavar="DIR",
        help="folder with vision.onnx and adapter.safetensors, or open_clip:NAME:WEIGHTS; none: no target",
    )
    make.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder of the files")
    make.add_argument("--work", type=Path, default=Path("runs/cskd"), metavar="DIR", help="where it resumes")


def run(options: argparse.Namespace) -> int:
    """Run it; returns the exit code."""
    from engine.errors import PackError
    from training.cskd import config, recipe
    from training.data.row_cache import CacheTooLarge

    try:
        order = recipe.Order(config.load(options.config), options.data, options.target, options.out, options.work)
        recipe.make(order)
    except (CacheTooLarge, PackError, FileNotFoundError, ValueError) as cause:
        print(f"{cause}", file=sys.stderr)
        return 2
    return 0
