"""chinagraph rank: rank a shoot and print the ranking."""

from __future__ import annotations

import argparse
from pathlib import Path

from engine.subcommands.arguments import DONE, INTERRUPTED, Commands, add_folders, add_jobs, count
from engine.subcommands.decided import DecidedShoot, decided
from engine.subcommands.ranked import ranked
from engine.terminal import say, write


def add(commands: Commands) -> argparse.ArgumentParser:
    """Declare it."""
    parser = commands.add_parser("rank", help="rank a shoot and print the ranking")
    add_folders(parser)
    parser.add_argument("--top", metavar="N", type=count, help="print the N best photos only")
    parser.add_argument("--json", action="store_true", help="one JSON object a line, for programs")
    add_jobs(parser)
    parser.add_argument("--sheet", metavar="FILE", type=Path, help="also draw the ranked contact sheet, a JPEG or PNG")
    return parser


def run(options: argparse.Namespace) -> int:
    """Do it; the exit code."""
    from engine.export import contact_sheet
    from engine.report import Report

    if options.sheet is not None:
        contact_sheet.check_place(options.sheet, [Path(folder) for folder in options.folders])
    with ranked(options) if options.sheet is None else decided(options) as run_over:
        if run_over.is_interrupted:
            return INTERRUPTED
        if isinstance(run_over, DecidedShoot):
            thumbnail = run_over.catalogue.thumbnails.get
            contact_sheet.write(options.sheet, run_over.title, run_over.turned, thumbnail)
            say(f"Contact sheet: {options.sheet}")
    report = Report(run_over.cards, options.folders, run_over.model, options.top)
    say(report.summary())
    write(report.json_lines() if options.json else report.table())
    return DONE
