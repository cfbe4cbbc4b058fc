"""What subcommands share: exit codes, kinds of arguments, the settings."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from engine.terminal import say

if TYPE_CHECKING:
    from engine.settings import Settings

DONE = 0
"""The command did what it says; unreadable photos do not change that."""
BROKEN = 1
"""Something of Chinagraph's own is broken: a pack, a database."""
UNUSABLE = 2
"""The arguments ask for something that cannot be."""
INTERRUPTED = 130
"""Ctrl-C; what was done is saved."""


class Commands(Protocol):
    """Where a subcommand adds itself; argparse has no public name for it."""

    def add_parser(self, name: str, *, help: str) -> argparse.ArgumentParser:  # noqa: A002  # argparse calls it so
        """The parser of the subcommand `name`."""


def add_folders(parser: argparse.ArgumentParser) -> None:
    """The folders of a shoot."""
    parser.add_argument("folders", metavar="FOLDER", nargs="+", help="several folders are one shoot")


def add_jobs(parser: argparse.ArgumentParser) -> None:
    """How many photos are decoded at once."""
    parser.add_argument("--jobs", metavar="N", type=count, help="photos decoded at once")


def count(text: str) -> int:
    """A whole number of at least 1."""
    try:
        number = int(text)
    except ValueError:
        number = 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"a whole number of at least 1 is needed, not {text!r}")
    return number


def settings(data_dir: Path | None) -> Settings:
    """The settings of the data dir; what is wrong in their file is said."""
    from engine import paths
    from engine.settings import FILE_NAME, load

    chosen = load(paths.data_dir(data_dir) / FILE_NAME)
    for warning in chosen.warnings:
        say(warning)
    return chosen
