"""chinagraph backup: the decisions about a shoot as one portable file beside it, and back."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.errors import UnusableInput
from engine.subcommands.arguments import BROKEN, DONE, Commands, add_folders
from engine.subcommands.typed import Typed
from engine.terminal import say, write

if TYPE_CHECKING:
    from engine.files.shoot import Shoot
    from engine.store.decisions import Decisions
    from engine.store.restoring import Restoration
    from engine.types import Photo

SCHEMA = 1


def add(commands: Commands) -> argparse.ArgumentParser:
    """Declare it."""
    parser = commands.add_parser("backup", help="write the decisions into one file beside the shoot, or read it")
    parser.add_argument("action", choices=("write", "read"), help="read takes over what nobody decided here")
    add_folders(parser)
    parser.add_argument("--to", metavar="FILE", type=Path, help="write: another file than the one in FOLDER")
    parser.add_argument("--from", metavar="FILE", type=Path, dest="source", help="read: the same")
    parser.add_argument("--prefer", choices=("here", "file"), help="read: who is right where both decided differently")
    parser.add_argument("--dry-run", action="store_true", help="read: say what would be taken over, and do nothing")
    parser.add_argument("--json", action="store_true", help="read: one JSON object a line, for programs")
    return parser


def run(options: argparse.Namespace) -> int:
    """Do it; the exit code."""
    from engine.files import shoot

    writes = options.action == "write"
    file = _file(options, options.to if writes else options.source)
    found = shoot.read([Path(folder) for folder in options.folders])
    return _write(options, found, file) if writes else _read(options, found, file)


def _file(options: argparse.Namespace, named: Path | None) -> Path:
    """Where the backup lies. Raises UnusableInput for options that make no sense."""
    from engine.store.portable import FILE_NAME

    for_reading = [options.source, options.prefer, options.dry_run, options.json]
    if options.action == "write" and any(for_reading):
        raise UnusableInput("--from, --prefer, --dry-run and --json are for `backup read`.")
    if options.action == "read" and options.to is not None:
        raise UnusableInput("--to is for `backup write`; --from names the file to read.")
    if named is None and len(options.folders) > 1:
        option = "--to" if options.action == "write" else "--from"
        raise UnusableInput(f"{option} FILE is missing: several folders have no one place for the backup.")
    return named or Path(options.folders[0]) / FILE_NAME


def _write(options: argparse.Namespace, found: Shoot, file: Path) -> int:
    from engine.store import portable

    with closing(_opened(options)) as store:
        store.open_shoot(found.folders, [(photo, None) for photo in found.photos])
        known = _contents(options, found.photos)
        store.identify([(photo, known[photo.path]) for photo in found.photos if photo.path in known])
        kept = portable.gather(store, found.folders, found.photos, known)
        clocks = store.clocks()
    portable.write(file, found.folders, portable.Backup(kept, clocks))
    say(f"{_photos(len(kept))}{f' and {_clocks(len(clocks))}' if clocks else ''} in {file}.")
    return DONE


def _read(options: argparse.Namespace, found: Shoot, file: Path) -> int:
    from engine.store import portable, restoring
    from engine.store.decisions import Origin

    backup = portable.read(file)
    sizes = {one.size for one in backup.photos}
    with closing(_opened(options)) as store:
        store.open_shoot(found.folders, [(photo, None) for photo in found.photos])
        known = _contents(options, [photo for photo in found.photos if photo.stamp.size in sizes])
        store.identify([(photo, known[photo.path]) for photo in found.photos if photo.path in known])
        planned = restoring.plan(store, backup, found.folders, found.photos, known)
        marks, clocks = [*planned.marks], {**planned.clocks}
        if options.prefer == "file":
            marks += [conflict.theirs for conflict in planned.conflicts]
            clocks |= {body: there for body, (_, there) in planned.clock_conflicts.items()}
        if not options.dry_run:
            store.mark(marks, Origin.IMPORTED)
            for body, offset in clocks.items():
                store.set_clock(body, offset)
    write(_json_lines(options, planned) if options.json else _sentences(options, planned))
    verb = "would get" if options.dry_run else "got"
    photos = _photos(len({mark.photo.path for mark in marks}))
    return _told(options, planned, f"{photos} {verb} decisions from {file}", clocks)


def _told(options: argparse.Namespace, planned: Restoration, taken: str, clocks: Mapping[str, timedelta]) -> int:
    """One sentence for all of it; the exit code."""
    left = 0 if options.prefer is not None else len(planned.conflicts) + len(planned.clock_conflicts)
    told = [taken]
    told += [f"{_clocks(len(clocks))} {'would be ' if options.dry_run else ''}corrected"] * bool(clocks)
    told += [f"{planned.same:,} fields were the same"]
    told += [f"{left:,} conflicts are left as they are here"] * bool(left)
    told += [f"{_photos(len(planned.missing))} not found here"] * bool(planned.missing)
    say("; ".join(told) + ".")
    return BROKEN if left else DONE


def _opened(options: argparse.Namespace) -> Decisions:
    from engine import paths
    from engine.store.decisions import FILE_NAME, Decisions

    home = paths.data_dir(options.data_dir)
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UnusableInput(f"The data folder {home} cannot be made: {error.strerror}.") from error
    return Decisions(home / FILE_NAME)


def _contents(options: argparse.Namespace, photos: Sequence[Photo]) -> dict[Path, str]:
    """The content of photos, as far as they can be read; the others are said."""
    from engine import paths
    from engine.catalogue import Catalogue
    from engine.store.contents import contents

    known = {}
    with Catalogue.open(paths.cache_dir(options.data_dir)) as catalogue:
        for photo, content, problem in contents(photos, catalogue.cache):
            if content is not None:
                known[photo.path] = content
            elif problem is not None:
                say(problem)
    return known


def _rows(options: argparse.Namespace, planned: Restoration) -> Iterator[dict[str, Any]]:
    """What becomes of each field; the paths are not texts yet."""
    taken = "would be taken over" if options.dry_run else "taken over"
    settled = {None: "conflict", "here": "kept", "file": taken}[options.prefer]
    for mark in planned.marks:
        yield {"status": taken, "path": mark.photo.path, "field": mark.field, "here": None, "there": mark.new}
    for one in planned.conflicts:
        row = {"status": settled, "path": one.photo.path, "field": one.field, "here": one.here, "there": one.there}
        yield {**row, "here_time": one.here_time, "there_time": one.there_time}
    for lost in planned.missing:
        yield {"status": "not found", "path": Path(lost.place), "there_time": lost.time}
    for body, offset in planned.clocks.items():
        yield {"status": taken, "field": "clock", "body": body, "here": None, "there": offset.total_seconds()}
    for body, (mine, theirs) in planned.clock_conflicts.items():
        offsets = {"here": mine.total_seconds(), "there": theirs.total_seconds()}
        yield {"status": settled, "field": "clock", "body": body, **offsets}


def _json_lines(options: argparse.Namespace, planned: Restoration) -> Iterator[str]:
    typed = Typed(options.folders)
    for row in _rows(options, planned):
        rest = {name: row.get(name) for name in ("field", "body", "here", "there", "here_time", "there_time")}
        path = typed.fields("path", row["path"]) if "path" in row else {"path": None}
        line = {"schema": SCHEMA, "status": row["status"], **path, **rest}
        yield json.dumps(line, allow_nan=False)


def _sentences(options: argparse.Namespace, planned: Restoration) -> Iterator[str]:
    """Conflicts and photos that are not here; what went well is counted only."""
    from engine.report import printable

    typed = Typed(options.folders)
    for one in planned.conflicts:
        path, here, there = typed.path(one.photo.path), one.here or "none", one.there or "none"
        when = f"{one.here_time[:16]} here, {one.there_time[:16]} in the backup"
        yield printable(f"{path}: {one.field} is {here} here and {there} in the backup ({when})")
    for lost in planned.missing:
        yield printable(f"{lost.place}: no file here has this content")
    for body, (mine, theirs) in planned.clock_conflicts.items():
        yield printable(f"The clock of {body} is corrected by {_offset(mine)} here and {_offset(theirs)} in the backup")


def _offset(offset: timedelta) -> str:
    return f"-{-offset}" if offset < timedelta(0) else f"+{offset}"


def _clocks(count: int) -> str:
    return "1 clock" if count == 1 else f"{count:,} clocks"


def _photos(count: int) -> str:
    return "1 photo" if count == 1 else f"{count:,} photos"
