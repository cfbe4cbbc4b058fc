"""chinagraph rejected: move rejected photos out of the way, take them back, or empty them into the trash."""

from __future__ import annotations

import argparse
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import UnusableInput
from engine.subcommands import moved
from engine.subcommands.arguments import INTERRUPTED, Commands, add_folders
from engine.terminal import ctrl_c_cancels, follow, say

if TYPE_CHECKING:
    from engine.export.rejected import Plan
    from engine.types import Photo

_SUMMARIES = {
    "move": "{files} moved to _Rejected",
    "restore": "{files} back in the shoot",
    "trash": "{files} in the trash",
}


def add(commands: Commands) -> argparse.ArgumentParser:
    """Declare it."""
    parser = commands.add_parser("rejected", help="move rejected photos out of the way, back, or to the trash")
    parser.add_argument(
        "action",
        choices=tuple(_SUMMARIES),
        help="move them to _Rejected in their folder, restore them, or bring _Rejected to the system's trash",
    )
    add_folders(parser)
    parser.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")
    parser.add_argument("--yes", action="store_true", help="do it on a removable drive too")
    parser.add_argument("--json", action="store_true", help="one JSON object a line, for programs")
    return parser


def run(options: argparse.Namespace) -> int:
    """Do it; the exit code."""
    from engine.control import Control
    from engine.export import rejected, trash
    from engine.export.outcome import Step

    folders = [Path(folder) for folder in options.folders]
    if not options.dry_run:
        for sentence in rejected.recover(folders):
            say(sentence)
    wanted = _plan(options, folders)
    if options.dry_run:
        code = moved.tell_plan(wanted.operations, wanted.problems, options.json)
        say(f"{moved.counted(len(wanted.operations))}. Nothing was done.")
        return code
    if wanted.asks_twice is not None and not options.yes:
        raise UnusableInput(f"{wanted.asks_twice} Say --yes if it shall be done.")
    control = Control()
    with ctrl_c_cancels(control):
        last = follow((trash if options.action == "trash" else rejected).run(wanted, control))
    result = last.result if isinstance(last, Step) else None
    return INTERRUPTED if result is None else moved.tell_result(result, options.json, _SUMMARIES[options.action])


def _plan(options: argparse.Namespace, folders: list[Path]) -> Plan:
    from engine.export import rejected, trash

    if options.action == "restore":
        return rejected.restore_plan(folders)
    if options.action == "trash":
        return trash.plan(folders)
    return rejected.plan(folders, _rejects(options, folders))


def _rejects(options: argparse.Namespace, folders: list[Path]) -> list[Photo]:
    """The rejected photos of the shoot, found by path, else by what the cache knows of their bytes."""
    from engine import paths
    from engine.catalogue import Catalogue
    from engine.files import shoot
    from engine.store.decisions import FILE_NAME, Decisions
    from engine.types import Flag

    found = shoot.read(folders).photos
    with Catalogue.open(paths.cache_dir(options.data_dir)) as catalogue:
        known = catalogue.cache.known(found, None)
    with closing(Decisions(paths.data_dir(options.data_dir) / FILE_NAME)) as store:
        contents = [(photo, known[photo.path].fingerprint if photo.path in known else None) for photo in found]
        decisions = store.open_shoot(folders, contents)
    return [photo for photo in found if photo.path in decisions and decisions[photo.path].flag is Flag.REJECT]
