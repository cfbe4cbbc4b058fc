"""What is done to a model pack on a job's thread: comparing its files, and measuring how fast it is here. No Qt."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from engine import pipeline
from engine.control import Control
from engine.files.shoot import Shoot
from engine.models.device import Device
from engine.models.faces import Faces
from engine.models.pack import Pack
from engine.models.student import Student
from engine.settings import Settings
from engine.types import Phase

MEASURED = 48
"""Photos of a measurement: some seconds."""


@dataclass(frozen=True, slots=True)
class Going:
    """How far it is."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Verified:
    """Every file is as it was published."""

    files: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Measured:
    """What a run over photos of the open shoot came to, nothing of it in the cache."""

    photos: int
    seconds: float
    device: Device

    @property
    def rate(self) -> float:
        """Photos a second, read from the disk to ranked."""
        return self.photos / max(self.seconds, 1e-6)


def verifying(folder: Path, control: Control) -> Iterator[Going | Verified]:
    """Compare every file of a pack with its SHA-256. Raises PackError, naming the first that differs."""
    pack = Pack.open(folder)
    size = 0
    for done, name in enumerate(pack.files):
        yield Going(done, len(pack.files))
        if control.cancelled:
            return
        size += len(pack.read(name))
    yield Verified(len(pack.files), size)


def measuring(folder: Path, shoot: Shoot, settings: Settings, control: Control) -> Iterator[Going | Measured]:
    """Score some photos of a shoot as a run does, into a cache that is thrown away. Raises PackError, StoreError."""
    step = max(len(shoot.photos) // MEASURED, 1)
    some = replace(shoot, photos=shoot.photos[::step][:MEASURED])
    total = len(some.photos)
    yield Going(0, total)
    pack = Pack.open(folder)
    student, faces = Student.load(pack, settings.device), Faces.load(pack)
    with (
        tempfile.TemporaryDirectory(prefix="chinagraph-") as scratch,
        pipeline.Catalogue.open(Path(scratch)) as catalogue,
    ):
        start = time.perf_counter()
        run = pipeline.rank(
            some,
            catalogue,
            student,
            jobs=settings.threads,
            control=control,
            pixel_cap=settings.pixel_cap_mp * 1_000_000,
            faces=faces,
        )
        for progress in run:
            if progress.phase is Phase.SCORING:
                yield Going(progress.done, total)
        if not control.cancelled:
            yield Measured(total, time.perf_counter() - start, student.device)
