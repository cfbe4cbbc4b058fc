"""chinagraph doctor: say what is installed and whether it works."""

from __future__ import annotations

import argparse
import json

from engine.subcommands.arguments import BROKEN, DONE, Commands, settings
from engine.terminal import write


def add(commands: Commands) -> argparse.ArgumentParser:
    """Declare it."""
    parser = commands.add_parser("doctor", help="say what is installed and whether it works")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    return parser


def run(options: argparse.Namespace) -> int:
    """Do it; the exit code."""
    from engine import doctor

    findings = doctor.examine(options.data_dir, settings(options.data_dir).device)
    write([json.dumps(findings)] if options.json else doctor.sentences(findings))
    return BROKEN if findings["problems"] else DONE
