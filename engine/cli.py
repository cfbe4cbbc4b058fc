"""The command line: parse, call, print. docs/cli.md is its contract."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from engine.errors import ChinagraphError, UnusableInput
from engine.terminal import ctrl_c_cancels, follow, say, write

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
    parser.set_defaults(folders=[])
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")

    opening = commands.add_parser("open", help="open a shoot in the window")
    _add_folders(opening)

    ranking = commands.add_parser("rank", help="rank a shoot and print the ranking")
    _add_folders(ranking)
    ranking.add_argument("--top", metavar="N", type=_count, help="print the N best photos only")
    ranking.add_argument("--json", action="store_true", help="one JSON object a line, for programs")
    ranking.add_argument("--jobs", metavar="N", type=_count, help="photos decoded at once")
    ranking.add_argument("--sheet", metavar="FILE", type=Path, help="also draw the ranked contact sheet, a JPEG or PNG")

    doctor = commands.add_parser("doctor", help="say what is installed and whether it works")
    doctor.add_argument("--json", action="store_true", help="one JSON object")

    models = commands.add_parser("models", help="list or verify the model packs")
    models.add_argument("action", choices=("list", "verify"), help="verify compares every file with its SHA-256")
    models.add_argument("--json", action="store_true", help="one JSON object a line")

    for command in (opening, ranking, doctor, models):
        _add_data_dir(command, default=argparse.SUPPRESS)
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """Parse and run a subcommand; the result is the exit code. The window belongs to the desktop."""
    return run(parse(arguments))


def run(options: argparse.Namespace) -> int:
    """Run a parsed subcommand; the result is the exit code."""
    commands: dict[str, Callable[[argparse.Namespace], int]] = {"rank": _rank, "doctor": _doctor, "models": _models}
    try:
        if options.command not in commands:
            raise UnusableInput("nothing to do without a window. `chinagraph --help` shows what can be asked.")
        return commands[options.command](options)
    except UnusableInput as error:
        say(f"chinagraph: {error}")
        return UNUSABLE
    except ChinagraphError as error:
        say(f"chinagraph: {error}")
        return BROKEN
    except KeyboardInterrupt:
        say("Interrupted.")
        return INTERRUPTED


def _rank(options: argparse.Namespace) -> int:
    from engine import paths, pipeline
    from engine.control import Control
    from engine.export import contact_sheet
    from engine.files import shoot
    from engine.models.pack import Pack
    from engine.models.student import Student
    from engine.report import Report

    if options.sheet is not None:
        contact_sheet.check_place(options.sheet, [Path(folder) for folder in options.folders])
    found = shoot.read([Path(folder) for folder in options.folders])
    chosen = _settings(options.data_dir)
    student = Student.load(Pack.open(paths.resource("models", "starter")), chosen.device)
    control = Control()
    jobs = options.jobs or chosen.threads
    cap, gap = chosen.pixel_cap_mp * 1_000_000, chosen.burst_gap_seconds
    stores = pipeline.Catalogue.open(paths.cache_dir(options.data_dir), chosen.thumbnail_cache_mb << 20)
    with stores as catalogue, ctrl_c_cancels(control):
        last = follow(
            pipeline.rank(found, catalogue, student, jobs=jobs, control=control, pixel_cap=cap, burst_gap=gap)
        )
        if options.sheet is not None and not control.cancelled:
            title = ", ".join(Path(folder).name or folder for folder in options.folders)
            contact_sheet.write(options.sheet, title, last.cards, catalogue.thumbnails.get)
            say(f"Contact sheet: {options.sheet}")
    if control.cancelled:
        say(f"Interrupted: {last.done:,} of {last.total:,} photos are scored and saved. Run it again to go on.")
        return INTERRUPTED
    report = Report(last.cards, options.folders, student.model_id, options.top)
    say(report.summary())
    write(report.json_lines() if options.json else report.table())
    return DONE


def _doctor(options: argparse.Namespace) -> int:
    from engine import doctor

    findings = doctor.examine(options.data_dir, _settings(options.data_dir).device)
    write([json.dumps(findings)] if options.json else doctor.sentences(findings))
    return BROKEN if findings["problems"] else DONE


def _models(options: argparse.Namespace) -> int:
    from engine import doctor

    packs = [doctor.pack(folder, options.action == "verify") for folder in doctor.pack_folders(options.data_dir)]
    write(map(json.dumps, packs) if options.json else map(doctor.pack_sentence, packs))
    return BROKEN if any(pack["error"] for pack in packs) else DONE


def _add_folders(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folders", metavar="FOLDER", nargs="+", help="several folders are one shoot")


def _add_data_dir(parser: argparse.ArgumentParser, default: object) -> None:
    """Before or after the subcommand: only the first parser may state that it was not given."""
    parser.add_argument(
        "--data-dir",
        metavar="DIR",
        type=Path,
        default=default,
        help="keep all that Chinagraph stores in DIR (also CHINAGRAPH_DATA_DIR)",
    )


def _count(text: str) -> int:
    """A whole number of at least 1."""
    try:
        count = int(text)
    except ValueError:
        count = 0
    if count < 1:
        raise argparse.ArgumentTypeError(f"a whole number of at least 1 is needed, not {text!r}")
    return count


def _settings(data_dir: Path | None) -> Settings:
    """The settings of the data dir; what is wrong in their file is said."""
    from engine import paths, settings

    chosen = settings.load(paths.data_dir(data_dir) / settings.FILE_NAME)
    for warning in chosen.warnings:
        say(warning)
    return chosen


if __name__ == "__main__":
    sys.exit(main())
