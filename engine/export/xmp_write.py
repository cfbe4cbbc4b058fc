"""Decisions into the sidecars of a shoot: all at once, or those that a crash kept from being written."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from engine.control import Control
from engine.errors import MetadataError
from engine.export import sidecar, transfer
from engine.export.carriers import Said, hear
from engine.export.sidecar import Names, Outcome, Status
from engine.export.targets import PRESETS, Target
from engine.files import metadata
from engine.types import Card, Photo

if TYPE_CHECKING:
    from engine.store.decisions import Decisions

_THREADS = 16
"""Sidecars in flight. They wait for the disk, which takes what waits together in one go."""
_BATCH = 512


def sayings(
    store: Decisions, photos: Iterable[Photo], cards: Mapping[Path, Card] | None = None, model: str | None = None
) -> dict[Path, Said]:
    """What there is to write of photos of the open shoot, by path: those of which something was ever decided.

    `cards` add scores, `model` says whose. Raises StoreError.
    """
    wanted = {photo.path: photo for photo in photos}
    said: dict[Path, Said] = {}
    for path, touched in store.decided(wanted.keys()).items():
        card = (cards or {}).get(path)
        turns = "turn" in touched.fields | touched.taken_back
        verdict = None if card is None else card.verdict
        said[path] = Said(
            store.of(path),
            touched.fields,
            touched.taken_back,
            None if verdict is None else verdict.score,
            None if card is None or verdict is None else card.merit,
            None if verdict is None else model,
            _orientation(path, card) if turns else 1,
        )
    return said


def write(
    photos: Iterable[Photo],
    said: Mapping[Path, Said],
    targets: Sequence[Target],
    names: Names,
    *,
    dry_run: bool = False,
    sync: bool = True,
    control: Control | None = None,
) -> Iterator[Outcome]:
    """Write the sidecars of photos for each target: an outcome for each, photo by photo, in order.

    Nothing that fails keeps the others from being written, and nothing is raised for it. With `sync` what was written
    survives a power failure once this ends.
    """
    steering = control or Control()
    waiting = (photo for photo in photos if photo.path in said)
    folders: set[Path] = set()
    with ThreadPoolExecutor(_THREADS, "sidecars") as pool:
        while batch := list(islice(waiting, _BATCH)):
            if not dry_run:
                fresh = {photo.path.parent for photo in batch} - folders
                _sweep(fresh)
                folders |= fresh
            steering.wait()
            if steering.cancelled:
                break

            def one(photo: Photo) -> list[Outcome]:
                return _photo(photo, said[photo.path], targets, names, dry_run, sync)

            for outcomes in pool.map(one, batch):
                yield from outcomes
    if sync:
        for folder in folders:
            with suppress(OSError):
                transfer.sync_folder(folder)


def pending(photos: Iterable[Photo], said: Mapping[Path, Said], targets: Sequence[Target], names: Names) -> list[Photo]:
    """Photos whose decisions a crash or a failure kept out of their sidecars.

    What another program wrote since is not overwritten so: a photo of which somebody says otherwise is a conflict, and
    is not among them.
    """
    left = []
    for photo in photos:
        if photo.path not in said or _is_contradicted(photo, said[photo.path], targets, names):
            continue
        outcomes = _photo(photo, said[photo.path], targets, names, True, False)
        if any(outcome.status is Status.PLANNED for outcome in outcomes):
            left.append(photo)
    return left


def _photo(
    photo: Photo, said: Said, targets: Sequence[Target], names: Names, dry_run: bool, sync: bool
) -> list[Outcome]:
    presets = [PRESETS[target] for target in targets]
    return [
        sidecar.write(path, said, preset, photo.path, dry_run=dry_run, sync=sync)
        for preset in presets
        for path in names.of(photo, preset.naming)
    ]


def _orientation(path: Path, card: Card | None) -> int:
    """What the file itself says of how it lies; a file that cannot be read says nothing."""
    if card is not None:
        return card.metadata.orientation
    with suppress(OSError):
        return metadata.of(path).orientation
    return 1


def _is_contradicted(photo: Photo, said: Said, targets: Sequence[Target], names: Names) -> bool:
    for target in targets:
        for path in names.of(photo, PRESETS[target].naming):
            try:
                heard = hear(sidecar.read(path), said.states)
            except (OSError, MetadataError):
                continue
            for name in said.fields:
                others = {voice.value for voice in heard.voices if voice.field == name}
                if others - {getattr(said.decision, name)} and not heard.stands(name):
                    return True
    return False


def _sweep(folders: Collection[Path]) -> None:
    """Remove what a killed program left half written."""
    for folder in folders:
        with suppress(OSError):
            transfer.sweep(folder)
