"""chinagraph models: list or verify the model packs."""

from __future__ import annotations

import argparse
import json

from engine.subcommands.arguments import BROKEN, DONE, Commands
from engine.terminal import write


def add(commands: Commands) -> argparse.ArgumentParser:
    """Declare it."""
    parser = commands.add_parser("models", help="list or verify the model packs")
    parser.add_argument("action", choices=("list", "verify"), help="verify compares every file with its SHA-256")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    return parser


def run(options: argparse.Namespace) -> int:
    """Do it; the exit code."""
    from engine import doctor
    from engine.models import packs

    found = [doctor.pack(folder, options.action == "verify") for folder in packs.folders(options.data_dir)]
    write(map(json.dumps, found) if options.json else map(doctor.pack_sentence, found))
    return BROKEN if any(pack["error"] for pack in found) else DONE
