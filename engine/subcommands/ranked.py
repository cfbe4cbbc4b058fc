"""A shoot that was just ranked: where every subcommand begins that needs cards."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from engine.terminal import ctrl_c_cancels, follow, say
from engine.types import Phase

if TYPE_CHECKING:
    from engine import pipeline
    from engine.catalogue import Catalogue
    from engine.control import Control
    from engine.files.shoot import Shoot
    from engine.models.tower import Tower
    from engine.types import Card, ModelId


@dataclass(frozen=True, slots=True)
class RankedShoot:
    """What a run over the folders gave; its stores stay open for as long as it is used."""

    folders: tuple[str, ...]
    """As they were typed."""
    shoot: Shoot
    cards: tuple[Card, ...]
    """In order of rank, the unreadable ones last."""
    model: ModelId
    catalogue: Catalogue
    control: Control
    """Ctrl-C cancels it."""
    pixel_cap: int
    """Pixels from which a picture is refused."""
    jobs: int
    """Photos that are worked on at once."""

    @property
    def title(self) -> str:
        """The names of the folders."""
        return ", ".join(Path(folder).name or folder for folder in self.folders)

    @property
    def is_interrupted(self) -> bool:
        """Whether Ctrl-C ended the run; what was scored is saved."""
        return self.control.cancelled


@contextmanager
def ranked(options: argparse.Namespace, photos: Shoot | None = None, *, exact: bool = False) -> Iterator[RankedShoot]:
    """Rank `options.folders`, or `photos` that were named one by one, with progress on stderr; `exact` as in
    `pipeline.rank`.

    Raises what reading, the pack and the stores raise.
    """
    from engine import paths, pipeline
    from engine.control import Control
    from engine.files import shoot
    from engine.models import packs
    from engine.models.faces import Faces
    from engine.models.pack import Pack
    from engine.models.student import Student
    from engine.subcommands.arguments import settings

    found = shoot.read([Path(folder) for folder in options.folders]) if photos is None else photos
    if not found.photos:
        say(_emptiness(found))
    chosen = settings(options.data_dir)
    pack = Pack.open(packs.in_use(options.data_dir))
    student, faces = Student.load(pack, chosen.device), Faces.load(pack)
    control = Control()
    jobs = options.jobs or chosen.threads
    cap, gap = chosen.pixel_cap_mp * 1_000_000, chosen.burst_gap_seconds
    stores = pipeline.Catalogue.open(paths.cache_dir(options.data_dir), chosen.thumbnail_cache_mb << 20)
    with stores as catalogue, ctrl_c_cancels(control):
        last = follow(
            pipeline.rank(
                found,
                catalogue,
                student,
                jobs=jobs,
                control=control,
                pixel_cap=cap,
                grouping=partial(_grouping, options, found, catalogue, gap) if photos is None else pipeline.Grouping,
                faces=faces,
                exact=exact,
            )
        )
        if control.cancelled:
            total = len(found.photos)
            done = total if last.phase is Phase.COMPARING else last.done
            say(f"Interrupted: {done:,} of {total:,} photos are scored and saved. Run it again to go on.")
        typed = tuple(options.folders)
        yield RankedShoot(typed, found, last.cards, student.model_id, catalogue, control, cap, jobs)


def needed_tower(options: argparse.Namespace) -> Tower:
    """The tower of the pack that is used. Raises PackMissing, saying how to get one."""
    from engine import paths
    from engine.models import packs
    from engine.models.pack import Pack
    from engine.models.tower import Tower
    from engine.settings import FILE_NAME, load

    device = load(paths.data_dir(options.data_dir) / FILE_NAME).device
    return Tower.needed(Pack.open(packs.in_use(options.data_dir)), device)


def tower_in_use(options: argparse.Namespace) -> Tower | None:
    """The tower of the pack that is used, for what needs no pixels; None without one. Raises PackError."""
    from engine.models import packs
    from engine.models.pack import Pack
    from engine.models.tower import Tower

    return Tower.of(Pack.open(packs.in_use(options.data_dir)), "cpu")


def _emptiness(shoot: Shoot) -> str:
    """Where no photo was found, what was looked for, and what to do."""
    from engine.files.shoot import REJECTED

    where = " and ".join(map(str, shoot.folders))
    hold = (
        "holds no photo, nor do its subfolders" if len(shoot.folders) == 1 else "hold no photo, nor do their subfolders"
    )
    parts = [f"{where} {hold}: no JPEG, HEIC, AVIF, TIFF, PNG, WebP or RAW file (CR3, NEF, ARW, DNG ...)."]
    if shoot.videos:
        parts.append(f"Videos left out: {shoot.videos:,}.")
    if shoot.rejected:
        return " ".join([*parts, f"What lies in {REJECTED} comes back with `chinagraph rejected restore`."])
    return " ".join([*parts, "Name the folder that your photos lie in."])


def _grouping(options: argparse.Namespace, shoot: Shoot, catalogue: Catalogue, burst_gap: float) -> pipeline.Grouping:
    """What the photographer said about clocks and groups; a shoot is ranked without it where it cannot be read."""
    from engine import paths
    from engine.errors import StoreError
    from engine.pipeline import Grouping
    from engine.store.decisions import FILE_NAME, Decisions

    path = paths.data_dir(options.data_dir) / FILE_NAME
    if not path.exists():
        return Grouping(burst_gap)
    try:
        with closing(Decisions(path)) as decisions:
            known = catalogue.cache.known(shoot.photos, None)
            contents = {path: card.fingerprint for path, card in known.items()}
            decisions.open_shoot(
                [Path(folder) for folder in options.folders],
                [(photo, contents.get(photo.path)) for photo in shoot.photos],
            )
            return Grouping(burst_gap, decisions.clocks(), decisions.groups())
    except StoreError as error:
        say(f"Groups made by hand and corrected clocks are left out: {error}")
        return Grouping(burst_gap)
