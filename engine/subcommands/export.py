"""chinagraph export: copy or move the best, the picks or the starred photos; write the ranking as a table."""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import UnusableInput
from engine.subcommands import moved
from engine.subcommands.arguments import BROKEN, DONE, INTERRUPTED, Commands, add_folders, add_jobs, count
from engine.subcommands.decided import DecidedShoot, decided
from engine.terminal import ctrl_c_cancels, follow, say, write

if TYPE_CHECKING:
    from engine.control import Control
    from engine.export.ledger import Ledger
    from engine.export.manifest import Comparison, Ranking
    from engine.export.outcome import Result
    from engine.export.plan import Chosen, Order, Plan
    from engine.export.tagging import Tagging


def add(commands: Commands) -> argparse.ArgumentParser:
    """Declare it."""
    from engine.export.targets import Target

    parser = commands.add_parser("export", help="copy or move the best photos, or write the ranking as a table")
    add_folders(parser)
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--best", metavar="N", type=count, help="the best N photos of the shoot, chosen as one set")
    which.add_argument("--picks", action="store_true", help="the picks, and photos with the stars that make a keeper")
    which.add_argument("--stars", metavar="STARS", help='photos with so many stars: "4+" or "3"')
    parser.add_argument("--to", metavar="DIR", type=Path, help="where they go: a folder outside of the shoot")
    parser.add_argument("--move", action="store_true", help="move the originals instead of copying them")
    parser.add_argument("--rename", metavar="TEMPLATE", default=None, help='as in "{date:%%Y%%m%%d}-{seq:04}"')
    parser.add_argument("--clashes", choices=("number", "refuse"), default="number", help="what a taken name leads to")
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--jpeg", metavar="EDGE", type=count, help="JPEGs in sRGB, EDGE pixels long at most")
    size.add_argument("--webp", metavar="EDGE", type=count, help="the same as WebP")
    parser.add_argument("--quality", metavar="Q", type=count, help="of a JPEG or WebP, 1-100")
    parser.add_argument("--metadata", choices=("all", "none", "copyright"), help="what a JPEG or WebP keeps of EXIF")
    parser.add_argument("--xmp", choices=tuple(Target), help="let copies carry stars, flags and colours for a program")
    parser.add_argument("--table", metavar="FILE", type=Path, help="also write the whole ranking, as .csv or .json")
    parser.add_argument("--check", metavar="FILE", type=Path, help="compare the ranking with a table in JSON")
    parser.add_argument("--no-verify", action="store_true", help="do not read copies back and compare them")
    parser.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")
    parser.add_argument("--json", action="store_true", help="one JSON object a line, for programs")
    add_jobs(parser)
    return parser


def run(options: argparse.Namespace) -> int:
    """Do it; the exit code."""
    from engine.export import manifest, plan, table

    _check(options)
    folders = [Path(folder) for folder in options.folders]
    order = None if options.to is None else _order(options, folders)
    if order is not None:
        plan.check(order)
    if options.table is not None:
        table.check_place(options.table, folders)
    before = None if options.check is None else table.read_manifest(options.check)
    if order is not None and order.move and options.table is None and not options.dry_run:
        resumed = _resumed(options, order)
        if resumed is not None:
            return resumed
    with decided(options) as shoot:
        if shoot.is_interrupted:
            return INTERRUPTED
        done = _Done(DONE)
        if order is not None:
            done = _export(options, order, shoot)
        ranking = _ranking(options, shoot, done.result)
        if options.table is not None and not options.dry_run:
            table.write(options.table, ranking)
            say(f"Table: {options.table}")
        if before is not None:
            return max(done.code, _tell(manifest.compare(before, manifest.manifest(ranking))))
    return done.code


@dataclass(frozen=True, slots=True)
class _Done:
    code: int
    result: Result | None = None


def _check(options: argparse.Namespace) -> None:
    """Raise UnusableInput for options that make no sense, alone or together."""
    from engine.export import choice

    if options.stars is not None:
        choice.stars(options.stars)
    selected = options.best is not None or options.picks or options.stars is not None
    if selected and options.to is None:
        raise UnusableInput("--to DIR is missing: where the photos go.")
    if not (options.to or options.table or options.check):
        raise UnusableInput("nothing to do: --to DIR exports photos, --table FILE the ranking.")
    if options.to is not None and not selected:
        raise UnusableInput("--best N, --picks or --stars STARS is missing: which photos go.")
    rendered = options.jpeg is not None or options.webp is not None
    if not rendered and (options.quality is not None or options.metadata is not None):
        raise UnusableInput("--quality and --metadata are for --jpeg and --webp: copies are what the originals are.")


def _order(options: argparse.Namespace, folders: list[Path]) -> Order:
    from engine.export.plan import Clashes, Order
    from engine.export.rendition import QUALITY, Format, Policy, Rendition
    from engine.export.template import DEFAULT, Template

    edge, kind = (options.jpeg, Format.JPEG) if options.webp is None else (options.webp, Format.WEBP)
    policy = Policy(options.metadata or Policy.ALL)
    return Order(
        options.to.absolute(),
        tuple(folders),
        options.move,
        Template(DEFAULT if options.rename is None else options.rename),
        None if edge is None else Rendition(kind, edge, options.quality or QUALITY, policy),
        Clashes(options.clashes),
        not options.no_verify,
        None if options.xmp is None else _tagging(options.xmp, options.data_dir),
    )


def _tagging(program: str, data_dir: Path | None) -> Tagging:
    from engine.export.tagging import Tagging
    from engine.export.targets import Target
    from engine.models import packs
    from engine.models.pack import Pack

    model = Pack.open(packs.in_use(data_dir)).model_id
    return Tagging(Target(program), f"{model.name} {model.version}")


def _export(options: argparse.Namespace, order: Order, shoot: DecidedShoot) -> _Done:
    from engine.export.plan import plan

    ledger = _ledger(options, order)
    wanted = plan(order, _chosen(options, shoot), ledger.records())
    if options.dry_run:
        code = moved.tell_plan(wanted.operations, wanted.problems, options.json)
        say(f"{moved.counted(len(wanted.operations))}, {wanted.size:,} bytes{_room(wanted)}. Nothing was done.")
        return _Done(code if wanted.fits else BROKEN)
    return _carried_out(options, wanted, ledger, shoot.control)


def _chosen(options: argparse.Namespace, shoot: DecidedShoot) -> list[Chosen]:
    from engine.export import choice
    from engine.judge.selection import Goal, select

    if options.best is not None:
        selection = select(shoot.cards, shoot.decisions, Goal(options.best), shoot.keeper_stars)
        for note in selection.notes:
            say(note)
        return choice.selected(selection, shoot.cards, shoot.decisions)
    if options.picks:
        return choice.kept(shoot.cards, shoot.decisions, shoot.keeper_stars)
    return choice.starred(shoot.cards, shoot.decisions, choice.stars(options.stars))


def _carried_out(options: argparse.Namespace, wanted: Plan, ledger: Ledger, control: Control) -> _Done:
    from engine.export import files
    from engine.export.outcome import Step

    last = follow(files.run(wanted, ledger, _request(options), control))
    result = last.result if isinstance(last, Step) else None
    if result is None:
        return _Done(INTERRUPTED)
    verb = "moved" if wanted.order.move else "exported"
    return _Done(moved.tell_result(result, options.json, f"{{files}} {verb} to {wanted.order.target}"), result)


def _resumed(options: argparse.Namespace, order: Order) -> int | None:
    """Go on with a move that was interrupted, if this asks for the same; the exit code, None if there is none."""
    from engine.control import Control
    from engine.export import volume
    from engine.export.plan import Plan

    ledger = _ledger(options, order)
    left = ledger.unfinished()
    if left is None:
        return None
    if left.request != _request(options):
        say(f"An earlier, different move to {order.target} was interrupted. It is not gone on with.")
        return None
    say(f"Going on with the move to {order.target} that was interrupted.")
    control = Control()
    with ctrl_c_cancels(control):
        wanted = Plan(order, left.operations, free=volume.free(order.target))
        return _carried_out(options, wanted, ledger, control).code


def _ledger(options: argparse.Namespace, order: Order) -> Ledger:
    from engine import paths
    from engine.export.ledger import Ledger

    return Ledger(paths.data_dir(options.data_dir), order.target)


def _request(options: argparse.Namespace) -> str:
    """What was asked, so that the same command goes on with it."""
    asked = {name: getattr(options, name) for name in ("best", "picks", "stars", "rename", "clashes")}
    asked["folders"] = sorted(str(Path(folder).absolute()) for folder in options.folders)
    return json.dumps(asked, sort_keys=True)


def _room(wanted: Plan) -> str:
    if wanted.free is None:
        return ""
    return f" of {wanted.free:,} that are free" if wanted.fits else f", but only {wanted.free:,} are free"


def _ranking(options: argparse.Namespace, shoot: DecidedShoot, result: Result | None) -> Ranking:
    from engine import paths
    from engine.export.manifest import Ranking
    from engine.export.outcome import Status
    from engine.models import packs
    from engine.models.pack import Pack
    from engine.settings import FILE_NAME, load

    chosen = load(paths.data_dir(options.data_dir) / FILE_NAME)
    exported: dict[Path, list[Path]] = {}
    for outcome in () if result is None else result.outcomes:
        if outcome.status in (Status.DONE, Status.THERE):
            exported.setdefault(outcome.operation.photo, []).append(outcome.operation.target)
    settings = {"burst_gap_seconds": chosen.burst_gap_seconds, "pixel_cap_mp": chosen.pixel_cap_mp}
    preprocessing = Pack.open(packs.in_use(options.data_dir)).preprocess.to_json()
    folders = tuple(options.folders)
    return Ranking(folders, shoot.cards, shoot.decisions, shoot.model, preprocessing, settings, exported)


def _tell(comparison: Comparison) -> int:
    write(moved.lines([*comparison.causes, *comparison.effects]))
    say("The ranking is the same." if comparison.is_same else "The ranking is another one.")
    return DONE if comparison.is_same else BROKEN
