"""chinagraph rank: rank a shoot and print the ranking."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import PackError, StoreError
from engine.subcommands.arguments import DONE, INTERRUPTED, Commands, add_folders, add_jobs, count
from engine.subcommands.decided import with_decisions
from engine.subcommands.ranked import RankedShoot, ranked, tower_in_use
from engine.terminal import say, write

if TYPE_CHECKING:
    from engine.types import Card


def add(commands: Commands) -> argparse.ArgumentParser:
    """Declare it."""
    parser = commands.add_parser("rank", help="rank a shoot and print the ranking")
    add_folders(parser)
    parser.add_argument("--top", metavar="N", type=count, help="print the N best photos only")
    parser.add_argument("--json", action="store_true", help="one JSON object a line, for programs")
    add_jobs(parser)
    parser.add_argument("--exact", action="store_true", help="read the files of photos scored off their thumbnails")
    parser.add_argument("--sheet", metavar="FILE", type=Path, help="also draw the ranked contact sheet, a JPEG or PNG")
    return parser


def run(options: argparse.Namespace) -> int:
    """Do it; the exit code."""
    from engine.export import contact_sheet
    from engine.prepare import is_approximate
    from engine.report import Report

    if options.sheet is not None:
        contact_sheet.check_place(options.sheet, [Path(folder) for folder in options.folders])
    with ranked(options, exact=options.exact) as run_over:
        if run_over.is_interrupted:
            return INTERRUPTED
        if options.sheet is not None:
            cards = _turned(options, run_over)
            contact_sheet.write(options.sheet, run_over.title, cards, run_over.catalogue.thumbnails.get)
            say(f"Contact sheet: {options.sheet}")
    vila = _vila(options, run_over.cards) if options.json else {}
    report = Report(run_over.cards, options.folders, run_over.model, options.top, vila)
    say(report.summary())
    approximate = sum(map(is_approximate, run_over.cards))
    if approximate:
        say(f"Scored off thumbnails, as another pack had measured them before: {approximate:,}. Exact scores: --exact")
    write(report.json_lines() if options.json else report.table())
    return DONE


def _vila(options: argparse.Namespace, cards: Sequence[Card]) -> Mapping[Path, float]:
    """VILA's scores, as far as the pack has them; a tower that cannot be used costs nothing else."""
    from engine.judge.vila_score import scores

    try:
        tower = tower_in_use(options)
        return {} if tower is None else scores(cards, tower)
    except PackError as error:
        say(f"score_vila is left out: {error}")
        return {}


def _turned(options: argparse.Namespace, run_over: RankedShoot) -> tuple[Card, ...]:
    """The cards as the photographer turned the photos, where the decisions can be read."""
    try:
        with with_decisions(options, run_over) as shoot:
            return shoot.turned
    except StoreError as error:
        say(f"The contact sheet is drawn without the decisions: {error}")
        return run_over.cards
