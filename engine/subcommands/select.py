"""chinagraph select: propose the best N of a shoot, with reasons."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from engine.errors import UnusableInput
from engine.subcommands.arguments import DONE, INTERRUPTED, Commands, add_folders, add_jobs, count
from engine.subcommands.decided import DecidedShoot, decided
from engine.subcommands.typed import Typed
from engine.terminal import say, write

if TYPE_CHECKING:
    from engine.judge.goal import Goal
    from engine.judge.selection import Selection

SCHEMA = 1


def add(commands: Commands) -> argparse.ArgumentParser:
    """Declare it."""
    parser = commands.add_parser("select", help="propose the best N photos, chosen as one set, with reasons")
    add_folders(parser)
    parser.add_argument("--best", metavar="N", type=count, required=True, help="how many photos")
    parser.add_argument("--per-burst", metavar="K", type=count, help="photos of one burst at most, keepers aside")
    parser.add_argument("--cover-scenes", action="store_true", help="every scene has at least one photo")
    parser.add_argument("--min-score", metavar="S", type=float, help="the lowest score, 1-10, keepers aside")
    parser.add_argument("--json", action="store_true", help="one JSON object a line, for programs")
    add_jobs(parser)
    return parser


def run(options: argparse.Namespace) -> int:
    """Do it; the exit code."""
    from engine.judge.selection import select

    wanted = goal(options)
    with decided(options) as shoot:
        if shoot.is_interrupted:
            return INTERRUPTED
        selection = select(shoot.cards, shoot.decisions, wanted, shoot.keeper_stars)
        say(f"{len(selection.choices):,} of {len(shoot.cards):,} photos chosen.")
        for note in selection.notes:
            say(note)
        write(_json_lines(shoot, selection) if options.json else _table(shoot, selection))
    return DONE


def goal(options: argparse.Namespace) -> Goal:
    """What was asked for. Raises UnusableInput for a score that no photo can have."""
    from engine.judge.goal import Goal

    try:
        return Goal(options.best, options.per_burst, options.cover_scenes, options.min_score)
    except ValueError as error:
        raise UnusableInput(str(error)) from error


def _json_lines(shoot: DecidedShoot, selection: Selection) -> Iterator[str]:
    """The chosen photos, then the others; each in order of rank, the unreadable ones last."""
    typed = Typed(shoot.folders)
    choices = {choice.path: choice for choice in selection.choices}
    for card in sorted(shoot.cards, key=lambda card: card.path not in choices):
        choice = choices.get(card.path)
        runner_up = None if choice is None else choice.runner_up
        line = {
            "schema": SCHEMA,
            **typed.fields("path", card.path),
            "chosen": choice is not None,
            "reason": selection.left_out[card.path] if choice is None else choice.reason,
            **({"runner_up": None} if runner_up is None else typed.fields("runner_up", runner_up)),
            "group": card.group,
            "scene": card.scene,
        }
        yield json.dumps(line, allow_nan=False)


def _table(shoot: DecidedShoot, selection: Selection) -> Iterator[str]:
    """The chosen photos for people: the file, then why, then who would take its place."""
    from engine.report import printable

    typed = Typed(shoot.folders)
    files = [printable(typed.path(choice.path)) for choice in selection.choices]
    width = max(map(len, files), default=0)
    for file, choice in zip(files, selection.choices, strict=True):
        instead = "" if choice.runner_up is None else printable(f"; runner-up {choice.runner_up.name}")
        yield f"{file.ljust(width)}  {choice.reason}{instead}"
