"""chinagraph xmp: decisions into sidecars, and what files say into decisions."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from engine.settings import XMP_TARGETS
from engine.subcommands.arguments import BROKEN, DONE, INTERRUPTED, Commands, add_folders
from engine.subcommands.opened import OpenedShoot, opened
from engine.terminal import ctrl_c_cancels, say, write

if TYPE_CHECKING:
    from engine.export.rating_import import Conflict, Import, Statement
    from engine.export.sidecar import Outcome
    from engine.export.targets import Target
    from engine.store.action import Mark
    from engine.types import Photo

SCHEMA = 1


def add(commands: Commands) -> argparse.ArgumentParser:
    """Declare it."""
    parser = commands.add_parser("xmp", help="write decisions into sidecars, or take over what files say")
    parser.add_argument("action", choices=("write", "read"), help="decisions to files, or files to decisions")
    add_folders(parser)
    parser.add_argument(
        "--for",
        dest="targets",
        metavar="PROGRAM",
        action="append",
        choices=XMP_TARGETS,
        help=f"the program that shall read sidecars, or wrote them: {', '.join(XMP_TARGETS)}; may be repeated",
    )
    parser.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")
    parser.add_argument("--json", action="store_true", help="one JSON object a line, for programs")
    return parser


def run(options: argparse.Namespace) -> int:
    """Do it; the exit code."""
    with opened(options) as shoot:
        return _write(options, shoot) if options.action == "write" else _read(options, shoot)


def _write(options: argparse.Namespace, shoot: OpenedShoot) -> int:
    from engine.control import Control
    from engine.export import xmp_write
    from engine.export.sidecar import Names, Status
    from engine.export.targets import Target

    targets = [Target(name) for name in dict.fromkeys(options.targets or [shoot.settings.xmp_target])]
    photos, control = shoot.shoot.photos, Control()
    said = xmp_write.sayings(shoot.store, photos, shoot.known, shoot.model)
    with ctrl_c_cancels(control):
        outcomes = list(xmp_write.write(photos, said, targets, Names(photos), dry_run=options.dry_run, control=control))
    if options.json:
        write(map(_outcome_json, outcomes))
    else:
        write(line for outcome in outcomes for line in _outcome_lines(outcome))
    written = {outcome.photo for outcome in outcomes if outcome.status in (Status.WRITTEN, Status.PLANNED)}
    _warn(targets, [photo for photo in photos if photo.path in written])
    counts = {status: sum(outcome.status is status for outcome in outcomes) for status in Status}
    parts = [f"{counts[status]:,} {status.value}" for status in Status if counts[status]]
    say(f"Sidecars: {', '.join(parts) or 'none, as nothing was decided'}.")
    if control.cancelled:
        return INTERRUPTED
    return BROKEN if counts[Status.FAILED] else DONE


def _read(options: argparse.Namespace, shoot: OpenedShoot) -> int:
    from dataclasses import replace

    from engine.export import rating_import
    from engine.export.sidecar import Names
    from engine.export.targets import PRESETS, Target

    photos = shoot.shoot.photos
    known = {path: card.metadata for path, card in shoot.known.items()}
    namings = {PRESETS[Target(name)].naming for name in options.targets or XMP_TARGETS}
    said = rating_import.read_all(photos, Names(photos, namings), known.get)
    decided = {path: touched.fields for path, touched in shoot.store.decided().items()}
    found = rating_import.plan(said, shoot.store.of, decided)
    contents = {path: card.fingerprint for path, card in shoot.known.items()}
    if not options.dry_run:
        rating_import.apply(
            shoot.store, [replace(mark, fingerprint=contents.get(mark.photo.path)) for mark in found.marks]
        )
        shoot.store.flush()
    _tell_import(options, found)
    return DONE


def _tell_import(options: argparse.Namespace, found: Import) -> None:
    from engine.report import printable

    done = "would be imported" if options.dry_run else "imported"
    if options.json:
        write(_mark_json("planned" if options.dry_run else "imported", mark, found) for mark in found.marks)
        write(map(_conflict_json, found.conflicts))
        write(_json("problem", error=_text(problem)) for problem in found.problems)
    else:
        write(
            printable(f"{mark.photo.path}: {mark.field} {mark.new} {done} ({_said(_sources(found, mark))})")
            for mark in found.marks
        )
        write(printable(_conflict_line(conflict)) for conflict in found.conflicts)
        for problem in found.problems:
            say(printable(problem))
    say(
        f"{len(found.marks):,} {done}, {len(found.conflicts):,} in conflict and left as they are, "
        f"{len(found.problems):,} problems."
    )


def _warn(targets: Iterable[Target], photos: Iterable[Photo]) -> None:
    """Say once for each kind of file what a program will not read of it."""
    from engine.export.targets import kind_of, prospect

    kinds = sorted({kind_of(photo) for photo in photos})
    said = [prospect(target, kind) for target in targets for kind in kinds]
    for sentence in dict.fromkeys(f"{one.sentence} {one.warning}" for one in said if one.warning):
        say(sentence)


def _outcome_lines(outcome: Outcome) -> Iterable[str]:
    from engine.export.sidecar import Status
    from engine.report import printable

    if outcome.status is Status.FAILED:
        yield printable(f"failed: {outcome.error}")
    elif outcome.changes:
        changes = ", ".join(f"{change.name} {change.old or '-'} -> {change.new or '-'}" for change in outcome.changes)
        yield printable(f"{outcome.status.value}: {outcome.sidecar}: {changes}")


def _outcome_json(outcome: Outcome) -> str:
    return json.dumps(
        {
            "schema": SCHEMA,
            "status": outcome.status.value,
            "photo": _text(os.fspath(outcome.photo)),
            "sidecar": _text(os.fspath(outcome.sidecar)),
            "changes": [{"name": change.name, "old": change.old, "new": change.new} for change in outcome.changes],
            "error": None if outcome.error is None else _text(outcome.error),
        }
    )


def _mark_json(status: str, mark: Mark, found: Import) -> str:
    return _json(status, mark.photo.path, mark.field, mark.new, None, _sources(found, mark))


def _conflict_json(conflict: Conflict) -> str:
    return _json("conflict", conflict.photo.path, conflict.field, None, conflict.decided, conflict.statements)


def _json(
    status: str,
    photo: Path | None = None,
    field: str | None = None,
    value: object = None,
    decided: object = None,
    statements: Iterable[Statement] = (),
    error: str | None = None,
) -> str:
    sources = [
        {"source": s.source.value, "path": _text(os.fspath(s.path)), "name": s.name, "value": s.value}
        for s in statements
    ]
    return json.dumps(
        {
            "schema": SCHEMA,
            "status": status,
            "photo": None if photo is None else _text(os.fspath(photo)),
            "field": field,
            "value": value,
            "decided": decided,
            "sources": sources,
            "error": error,
        }
    )


def _conflict_line(conflict: Conflict) -> str:
    here = "" if conflict.decided is None else f"decided: {conflict.decided}; "
    return f"{conflict.photo.path}: {conflict.field} in conflict: {here}{_said(conflict.statements)}"


def _said(statements: Iterable[Statement]) -> str:
    return "; ".join(f"{s.path.name} {s.name}: {s.value}" for s in statements)


def _sources(found: Import, mark: Mark) -> tuple[Statement, ...]:
    return found.sources[mark.photo.path, mark.field]


def _text(value: str) -> str:
    return os.fsencode(value).decode("utf-8", errors="replace")
