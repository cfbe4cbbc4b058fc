"""Photos, cards and models to remember."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from engine.types import (
    Card,
    EyeState,
    Face,
    FileStamp,
    Metadata,
    ModelId,
    Photo,
    Reading,
    Region,
    Subject,
    SubjectSource,
    Verdict,
)

MakePhoto = Callable[..., Photo]
MakeCard = Callable[..., Card]


@pytest.fixture
def shoot(tmp_path: Path) -> Path:
    folder = tmp_path / "shoot"
    folder.mkdir()
    return folder


@pytest.fixture
def photo(shoot: Path) -> MakePhoto:
    """`photo("a.jpg")` is a file of the shoot with its stamp; `photo("a.jpg", b"...")` writes it first."""

    def make(name: str, data: bytes | None = None) -> Photo:
        path = shoot / name
        if data is not None or not path.exists():
            path.write_bytes(data if data is not None else b"picture")
        stat = path.stat()
        return Photo(path, (path,), FileStamp(stat.st_size, stat.st_mtime_ns, stat.st_ino))

    return make


@pytest.fixture
def model() -> ModelId:
    return ModelId("student", "1", "space/1", "ab" * 32)


FACE = Face(
    Region(0.25, 0.125, 0.25, 0.5),
    0.9375,
    ((0.3, 0.25), (0.4, 0.25), (0.35, 0.375), (0.3, 0.5), (0.4, 0.5)),
    (EyeState.OPEN, EyeState.UNKNOWN),
    31.5,
)


@pytest.fixture
def card(model: ModelId) -> MakeCard:
    """A card with everything measured and scored."""

    def make(photo: Photo, fingerprint: str = "f" * 40, score: int = 7, **changes: object) -> Card:
        distribution = np.zeros(10, np.float32)
        distribution[score - 1] = 1
        embedding = np.linspace(-1, 1, 512).astype(np.float16)
        made = Card(
            photo=photo,
            metadata=Metadata(
                datetime(2026, 5, 4, 3, 2, 1, 987000),
                "+02:00",
                "Canon EOS R5",
                "0123",
                "RF 50 mm",
                1 / 500,
                2.8,
                400,
                50.0,
                -0.33,
                6,
                4,
                Region(0.45, 0.4, 0.1, 0.125),
            ),
            width=6000,
            height=4000,
            fingerprint=fingerprint,
            source="half",
            readings={
                "sharpness": Reading("sharpness", 0.81, "", (0.3, 1.0), Region(0.25, 0.5, 0.125, 0.125), 0.5),
                "exposure": Reading("exposure", -0.2, "EV", (-1.0, 1.0), None, 0.5, 0.75),
            },
            verdict=Verdict(distribution, embedding, model.space),
            faces=(FACE, dataclasses.replace(FACE, sharpness=None)),
            subject=Subject(Region(0.3, 0.25, 0.2, 0.0625), SubjectSource.EYES),
        )
        return dataclasses.replace(made, **changes)

    return make
