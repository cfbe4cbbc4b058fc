"""What happens on a job's thread when a shoot is exported: planning, carrying out, the table."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from desktop.export_presets import ExportPreset, Table, Which
from engine.control import Control
from engine.errors import ChinagraphError
from engine.export import choice, files, manifest, table, volume
from engine.export import plan as plans
from engine.export.ledger import Ledger, Unfinished
from engine.export.outcome import Result, Status, Step
from engine.export.plan import Chosen, Order, Plan
from engine.export.rendition import Format, Rendition
from engine.export.tagging import Tagging
from engine.export.targets import Kind, Prospect, kind, prospect
from engine.export.template import Template
from engine.files import shoot
from engine.files.shoot import RAW, RENDERED
from engine.judge.selection import Goal, Selector
from engine.models.pack import Pack
from engine.settings import Settings
from engine.types import Card, Decision, Flag


def _at_once() -> None:
    """Nothing waits to be written."""


@dataclass(frozen=True, slots=True)
class Material:
    """A shoot as it stands at one moment: what there is to export from."""

    folders: tuple[Path, ...]
    cards: tuple[Card, ...]
    """All of the shoot."""
    decisions: Mapping[Path, Decision]
    selected: tuple[Path, ...]
    shown: tuple[Path, ...]
    home: Path
    """The data folder."""
    pack: Path
    """Folder of the model pack that the shoot was ranked with."""
    settings: Settings
    is_ranked: bool = True
    """Whether no run is on that would still change scores and ranks."""
    settle: Callable[[], None] = _at_once
    """Called on a job's thread; returns once every sidecar that waits is written."""

    @property
    def title(self) -> str:
        """What the shoot is called: its first folder."""
        return self.folders[0].resolve().name or str(self.folders[0])


@dataclass(frozen=True, slots=True)
class Planned:
    """What an export would do, and what there is to say about it."""

    plan: Plan
    preset: ExportPreset
    request: str
    """What was asked, for the ledger."""
    notes: tuple[str, ...] = ()
    prospects: Mapping[Kind, tuple[int, Prospect]] = field(default_factory=dict)
    """By kind of exported picture: how many there are, and what the program will read of them."""
    table: Path | None = None
    unfinished: Unfinished | None = None
    """The moves to this folder that an earlier run did not come to."""

    @property
    def photos(self) -> int:
        """How many photos would leave."""
        return len({operation.photo for operation in self.plan.operations})


@dataclass(frozen=True, slots=True)
class Report:
    """How an export ended."""

    planned: Planned
    result: Result
    table: Path | None = None
    """The table that was written."""
    trouble: str | None = None
    """Why it was not."""


class Planner:
    """Plans one export after the other; the comparison of photos that the best N ask for is made once for a shoot.

    For one job at a time.
    """

    def __init__(self) -> None:
        self._selector: Selector | None = None
        self._material: Material | None = None

    def steps(self, preset: ExportPreset, target: Path, material: Material) -> Iterator[Planned]:
        """The plan, as the only step.

        Raises UnusableInput for what cannot be, StoreError where the ledger cannot be read, PackError.
        """
        material.settle()
        order = ordered(preset, target, material)
        plans.check(order)
        place = _table_place(preset, target, material)
        if place is not None:
            table.check_place(place, material.folders)
        ledger = Ledger(material.home, target)
        chosen, notes = self._chosen(preset, material)
        chosen = _with_their_files(chosen, material.folders)
        planned = plans.plan(order, chosen, ledger.records())
        request = json.dumps({**asdict(preset), "folders": sorted(str(f.absolute()) for f in material.folders)})
        said = (*notes, *_rejected_among(preset, chosen))
        prospects = _prospects(preset, chosen)
        yield Planned(planned, preset, request, said, prospects, place, ledger.unfinished())

    def _chosen(self, preset: ExportPreset, material: Material) -> tuple[list[Chosen], tuple[str, ...]]:
        """The photos that leave, and what could not be had as asked."""
        cards, decisions = material.cards, material.decisions
        match preset.which:
            case Which.PICKS:
                return choice.kept(cards, decisions, material.settings.keeper_stars), ()
            case Which.STARS:
                return choice.starred(cards, decisions, choice.stars(f"{preset.least_stars}+")), ()
            case Which.BEST:
                selection = self._selector_of(material).best(Goal(preset.best))
                waiting = () if material.is_ranked else (_tr("The shoot is still being scored: the best may change."),)
                return choice.selected(selection, cards, decisions), (*selection.notes, *waiting)
        wanted = material.selected if preset.which is Which.SELECTED else material.shown
        by_path = {card.path: card for card in cards}
        return choice.given([by_path[path] for path in wanted if path in by_path], decisions, preset.which.value), ()

    def _selector_of(self, material: Material) -> Selector:
        if self._selector is None or self._material is not material:
            stars = material.settings.keeper_stars
            self._selector, self._material = Selector(material.cards, material.decisions, stars), material
        return self._selector


def _with_their_files(chosen: Sequence[Chosen], folders: Sequence[Path]) -> list[Chosen]:
    """Sidecars that were written since the shoot was listed leave with their photos."""
    photos = shoot.renewed([one.card.photo for one in chosen], folders)
    return [replace(one, card=replace(one.card, photo=photo)) for one, photo in zip(chosen, photos, strict=True)]


def ordered(preset: ExportPreset, target: Path, material: Material) -> Order:
    """What is asked of the engine. Raises UnusableInput and PackError."""
    rendition = tagging = None
    if not preset.move and preset.format is not None:
        rendition = Rendition(preset.format, preset.edge, preset.quality, preset.policy)
    if not preset.move and preset.program is not None:
        model = Pack.open(material.pack).model_id
        tagging = Tagging(preset.program, f"{model.name} {model.version}")
    template = Template(preset.template)
    return Order(target, material.folders, preset.move, template, rendition, preset.clashes, preset.verify, tagging)


def resumed(planned: Planned) -> Planned:
    """What going on with the moves that an earlier run did not come to would do."""
    left = planned.unfinished
    assert left is not None
    order = Order(planned.plan.order.target, planned.plan.order.folders, move=True)
    plan = Plan(order, left.operations, free=volume.free(order.target))
    return Planned(plan, ExportPreset(move=True), left.request)


def carrying_out(planned: Planned, material: Material, control: Control) -> Iterator[Step | Report]:
    """Do what was planned, then write the table; the last step is the `Report`.

    Raises UnusableInput where the target cannot be used at all, StoreError where the ledger cannot be kept.
    """
    if planned.plan.order.move:
        material.settle()
    ledger = Ledger(material.home, planned.plan.order.target)
    for step in files.run(planned.plan, ledger, planned.request, control):
        yield step
        if step.result is not None:
            yield _reported(planned, material, step.result)


def _reported(planned: Planned, material: Material, result: Result) -> Report:
    if planned.table is None or result.cancelled:
        return Report(planned, result)
    try:
        table.write(planned.table, _ranking(material, result))
    except ChinagraphError as error:
        return Report(planned, result, trouble=str(error))
    return Report(planned, result, planned.table)


def _ranking(material: Material, result: Result) -> manifest.Ranking:
    """The whole shoot in order of rank, with where each photo went. Raises PackError."""
    pack = Pack.open(material.pack)
    exported: dict[Path, list[Path]] = {}
    for outcome in result.outcomes:
        if outcome.status in (Status.DONE, Status.THERE):
            exported.setdefault(outcome.operation.photo, []).append(outcome.operation.target)
    chosen = material.settings
    settings = {"burst_gap_seconds": chosen.burst_gap_seconds, "pixel_cap_mp": chosen.pixel_cap_mp}
    cards = sorted(material.cards, key=lambda card: (card.rank is None, card.rank or 0))
    folders = tuple(str(folder) for folder in material.folders)
    return manifest.Ranking(
        folders, cards, material.decisions, pack.model_id, pack.preprocess.to_json(), settings, exported
    )


def _table_place(preset: ExportPreset, target: Path, material: Material) -> Path | None:
    """Where the table goes: beside the copies, under the name of the shoot."""
    return None if preset.table is None else target / f"{material.title} ranking.{Table(preset.table).value}"


def _rejected_among(preset: ExportPreset, chosen: Sequence[Chosen]) -> tuple[str, ...]:
    """Rejected photos leave only where somebody pointed at them, and then it is said."""
    count = sum(one.decision.flag is Flag.REJECT for one in chosen)
    if preset.which not in (Which.SELECTED, Which.SHOWN) or not count:
        return ()
    return (_tr("%Ln of them are rejected.", count),)


def _prospects(preset: ExportPreset, chosen: Sequence[Chosen]) -> dict[Kind, tuple[int, Prospect]]:
    """What the program will read, for every kind of picture that is exported, the most frequent first."""
    if preset.program is None or preset.move:
        return {}
    counts: dict[Kind, int] = {}
    for one in chosen:
        for what in _kinds(preset.format, one.card):
            counts[what] = counts.get(what, 0) + 1
    in_order = sorted(counts, key=lambda what: -counts[what])
    return {what: (counts[what], prospect(preset.program, what, exported=True)) for what in in_order}


def _kinds(rendered: Format | None, card: Card) -> list[Kind]:
    if rendered is not None:
        return [Kind.JPEG if rendered is Format.JPEG else Kind.WEBP]
    return [kind(path) for path in card.photo.files if path.suffix.lower() in RAW | RENDERED]


def _tr(text: str, count: int = -1) -> str:
    return QCoreApplication.translate("exporting", text, None, count)
