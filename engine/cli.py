"""The command line: parse, call, print. docs/cli.md is its contract."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import NoReturn

from engine.errors import ChinagraphError, UnusableInput
from engine.subcommands import backup, critique, doctor, export, find, models, rank, rejected, select, xmp
from engine.subcommands.arguments import BROKEN, DONE, INTERRUPTED, UNUSABLE, add_folders
from engine.terminal import say

__all__ = ["BROKEN", "DONE", "INTERRUPTED", "UNUSABLE", "main", "parse", "run"]

SUBCOMMANDS = (rank, select, critique, find, export, xmp, rejected, backup, doctor, models)
"""In the order of the help."""


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        print(f"{self.prog}: {message}. `{self.prog} --help` shows what can be asked.", file=sys.stderr)
        raise SystemExit(UNUSABLE)


def parse(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """Parse the arguments of `chinagraph`: `command` is None or "open" where a window is meant.

    Raises:
        SystemExit: 2 after one line on stderr; 0 after --help and --version.
    """
    parser = _Parser(
        "chinagraph", description="Rank a shoot, group its bursts, and cull it. Alone it opens the window."
    )
    parser.add_argument("--version", action="version", version=f"chinagraph {version('chinagraph')}")
    _add_data_dir(parser, default=None)
    parser.set_defaults(folders=[], do=None)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    opening = commands.add_parser("open", help="open a shoot in the window")
    add_folders(opening)
    _add_data_dir(opening, default=argparse.SUPPRESS)
    for subcommand in SUBCOMMANDS:
        added = subcommand.add(commands)
        added.set_defaults(do=subcommand.run)
        _add_data_dir(added, default=argparse.SUPPRESS)
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """Parse and run a subcommand; the result is the exit code. The window belongs to the desktop."""
    return run(parse(arguments))


def run(options: argparse.Namespace) -> int:
    """Run a parsed subcommand; the result is the exit code."""
    try:
        if options.do is None:
            raise UnusableInput("nothing to do without a window. `chinagraph --help` shows what can be asked.")
        return int(options.do(options))
    except UnusableInput as error:
        say(f"chinagraph: {error}")
        return UNUSABLE
    except ChinagraphError as error:
        say(f"chinagraph: {error}")
        return BROKEN
    except KeyboardInterrupt:
        say("Interrupted.")
        return INTERRUPTED


def _add_data_dir(parser: argparse.ArgumentParser, default: object) -> None:
    """Before or after the subcommand: only the first parser may state that it was not given."""
    parser.add_argument(
        "--data-dir",
        metavar="DIR",
        type=Path,
        default=default,
        help="keep all that Chinagraph stores in DIR (also CHINAGRAPH_DATA_DIR)",
    )


if __name__ == "__main__":
    sys.exit(main())
