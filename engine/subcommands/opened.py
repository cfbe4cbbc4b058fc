"""A shoot that is listed and whose decisions are open: all that subcommands need that look at no picture."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from engine.terminal import say

if TYPE_CHECKING:
    from engine.catalogue import Catalogue
    from engine.files.shoot import Shoot
    from engine.settings import Settings
    from engine.store.decisions import Decisions
    from engine.types import Card


@dataclass(frozen=True, slots=True)
class OpenedShoot:
    """What lies in the folders and what was decided about it."""

    shoot: Shoot
    store: Decisions
    """With this shoot open."""
    known: Mapping[Path, Card]
    """By path, photos that are as they were when they were ranked, with the score that the bundled pack gave then."""
    model: str | None
    """Name and version of that pack; None where it cannot be used."""
    settings: Settings


@contextmanager
def opened(options: argparse.Namespace) -> Iterator[OpenedShoot]:
    """List `options.folders` and open the decisions about them. Raises UnusableInput, StoreError."""
    from engine import paths
    from engine.catalogue import Catalogue
    from engine.files import shoot
    from engine.store.decisions import FILE_NAME, Decisions
    from engine.subcommands.arguments import settings

    folders = [Path(folder) for folder in options.folders]
    found = shoot.read(folders)
    for problem in found.problems:
        say(problem)
    chosen = settings(options.data_dir)
    database = paths.data_dir(options.data_dir) / FILE_NAME
    with Catalogue.open(paths.cache_dir(options.data_dir)) as catalogue, closing(Decisions(database)) as store:
        known, model = _known(catalogue, found, options.data_dir)
        store.open_shoot(folders, [(photo, _fingerprint(known.get(photo.path))) for photo in found.photos])
        yield OpenedShoot(found, store, known, model, chosen)


def _known(catalogue: Catalogue, found: Shoot, data_dir: Path | None) -> tuple[dict[Path, Card], str | None]:
    from engine.errors import PackError
    from engine.models import packs
    from engine.models.pack import Pack

    known = catalogue.cache.known(found.photos, None)
    try:
        model = Pack.open(packs.in_use(data_dir)).model_id
    except PackError as error:
        say(f"{error} No scores are written.")
        return known, None
    return known | catalogue.cache.known(found.photos, model), f"{model.name} {model.version}"


def _fingerprint(card: Card | None) -> str | None:
    return None if card is None else card.fingerprint
