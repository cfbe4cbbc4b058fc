"""A small shoot of real files with everything that views need: cards, model, selection, thumbnails."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import numpy as np
from PIL import Image
from PySide6.QtCore import QItemSelectionModel

from desktop.cards import CardModel
from desktop.thumbnails import ThumbnailLoader
from engine.files import shoot
from engine.types import Card, Decision, GroupKind, Metadata, Photo, Reading, Region, Verdict

SIZE = (1200, 800)
MARK = (0.75, 0.25)
"""Where every photo has a red square of 40 pixels, as shares: its sharpest part."""
METADATA = Metadata(
    captured=datetime(2026, 5, 1, 12, 0, 0, 250000),
    offset="+02:00",
    camera="Chinagraph Testcam",
    exposure_time=1 / 250,
    aperture=2.8,
    iso=400,
    focal_length=85.0,
    exposure_bias=-0.3,
)


@dataclass(frozen=True)
class Stage:
    """What views are built from."""

    model: CardModel
    selection: QItemSelectionModel
    thumbnails: ThumbnailLoader

    def activate(self, row: int) -> None:
        """Make the photo in a row the active one."""
        self.selection.setCurrentIndex(self.model.index(row), QItemSelectionModel.SelectionFlag.ClearAndSelect)

    @property
    def row(self) -> int:
        """The row of the active photo; -1 for none."""
        return self.selection.currentIndex().row()

    def decide(self, row: int, decision: Decision) -> None:
        """Have a decision shown."""
        self.model.decide({self.model.card(row).path: decision})

    def change(self, row: int, **fields: object) -> Card:
        """Put another card in a row, as a run would."""
        card = replace(self.model.card(row), **fields)
        self.model.update([card])
        return card


@contextmanager
def stage(cards: list[Card]) -> Iterator[Stage]:
    """The cards as a model in order of their ranks; at the end no thread is left."""
    thumbnails = ThumbnailLoader()
    model = CardModel(thumbnails)
    model.load(cards, {})
    yield Stage(model, QItemSelectionModel(model), thumbnails)
    thumbnails.close()


def photographed(folder: Path, count: int) -> list[Card]:
    """Cards of JPEGs on disk: grey, each lighter than the one before, with a red square at MARK."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        picture = Image.new("RGB", SIZE, (40 + 10 * number,) * 3)
        left, top = round(MARK[0] * SIZE[0]) - 20, round(MARK[1] * SIZE[1]) - 20
        picture.paste((230, 20, 20), (left, top, left + 40, top + 40))
        picture.save(folder / f"IMG_{number:04}.jpg", quality=95)
    return [judged(photo, number + 1, SIZE) for number, photo in enumerate(shoot.read([folder]).photos)]


def imagined(count: int) -> list[Card]:
    """Cards without files, for what depends on their number alone."""
    stamp = shoot.stamp(Path(__file__))
    paths = (Path(f"/nowhere/IMG_{number:06}.jpg") for number in range(count))
    return [judged(Photo(path, (path,), stamp), number + 1, SIZE) for number, path in enumerate(paths)]


def judged(photo: Photo, rank: int, size: tuple[int, int]) -> Card:
    """A ranked card; pairs of neighbours form bursts."""
    verdict = Verdict(spread_around(7.2 - 0.1 * (rank % 30)), np.zeros(512, np.float16), "test")
    region = Region(MARK[0] - 0.02, MARK[1] - 0.02, 0.04, 0.04)
    readings = {
        "sharpness": Reading("sharpness", 0.8, "", (0.3, 1.0), region, 0.5),
        "exposure": Reading("exposure", -1.6, "EV", (-1.0, 1.0), None, 0.5),
        "clipping_high": Reading("clipping_high", 0.013, "share", (0.0, 0.02), None, 0.5),
    }
    return Card(
        photo,
        METADATA,
        *size,
        fingerprint=f"{rank:040x}",
        source="half",
        readings=readings,
        verdict=verdict,
        merit=verdict.score,
        rank=rank,
        group=f"g{(rank - 1) // 2}",
        group_kind=GroupKind.BURST,
        rank_in_group=(rank - 1) % 2 + 1,
    )


def spread_around(mean: float) -> np.ndarray:
    """A distribution over the ten scores with its peak near `mean`."""
    weights = np.exp(-((np.arange(1, 11) - mean) ** 2) / 2)
    return (weights / weights.sum()).astype(np.float32)
