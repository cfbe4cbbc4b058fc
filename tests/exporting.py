"""Exports for the tests: a shoot with every kind of member, cards without a student, and a run to its end."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from engine.control import Control
from engine.export import files
from engine.export.ledger import Ledger
from engine.export.outcome import Result, Status
from engine.export.plan import Chosen, Order, Plan, plan
from engine.export.template import Template
from engine.files import decode, metadata, shoot
from engine.types import Card, Decision, Photo
from tests import pictures


def members(folder: Path) -> Path:
    """RAW + JPEG + both kinds of sidecar + audio note; a JPEG alone in a sub-folder; a RAW alone without a time."""
    (folder / "day 2").mkdir(parents=True)
    pictures.jpeg(folder / "IMG_1.JPG", seed=1, size=(240, 160))
    pictures.dng(folder / "IMG_1.DNG", seed=1, size=(96, 64))
    (folder / "IMG_1.xmp").write_text("<x:xmpmeta/>")
    (folder / "IMG_1.DNG.xmp").write_text("<x:xmpmeta> </x:xmpmeta>")
    (folder / "IMG_1.WAV").write_bytes(b"RIFF" * 100)
    pictures.jpeg(folder / "day 2" / "IMG_1.JPG", seed=2, size=(160, 240), captured="2026:05:02 08:00:00")
    pictures.jpeg(folder / "IMG_9.JPG", seed=3, size=(240, 160), captured=None)
    return folder


def card(photo: Photo, **known: Any) -> Card:
    """What a run would know of a photo, without a verdict."""
    data = photo.path.read_bytes()
    return Card(photo, metadata.read(data), fingerprint=decode.fingerprint(data), **known)


def chosen(folder: Path, decide: Callable[[Photo], Decision] = lambda _: Decision()) -> list[Chosen]:
    """Every photo of a folder."""
    found = shoot.read([folder]).photos
    return [Chosen(card(photo, rank=rank), decide(photo), "pick") for rank, photo in enumerate(found, 1)]


def order(folder: Path, target: Path, template: str = "{original}", **wanted: Any) -> Order:
    """An order for one folder."""
    return Order(target, (folder,), template=Template(template), **wanted)


def planned(folder: Path, target: Path, ledger: Ledger | None = None, **wanted: Any) -> Plan:
    """A plan for all photos of a folder."""
    return plan(order(folder, target, **wanted), chosen(folder), ledger.records() if ledger else None)


def done(wanted: Plan, ledger: Ledger, control: Control | None = None) -> Result:
    """Carry a plan out to its end."""
    result = list(files.run(wanted, ledger, control=control))[-1].result
    assert result is not None
    return result


def statuses(result: Result) -> dict[str, Status]:
    """What became of each file, by name at the target."""
    root = {outcome.operation.target: outcome.status for outcome in result.outcomes}
    return {target.name: status for target, status in root.items()}


def tree(folder: Path) -> list[str]:
    """Every file below a folder, hidden ones too."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())
