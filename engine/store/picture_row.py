"""A card as rows of the cache, and back."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import numpy as np

from engine.models.embedding import Embedding
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
from engine.yardstick import PLAIN, Yardstick

COLUMNS = (
    "width, height, source, readings, captured, utc_offset, camera, body, lens, exposure_time, aperture, iso, "
    "focal_length, exposure_bias, orientation, rating, af, faces, subject"
)
"""The columns of `picture` behind the fingerprint, in the order of `encode` and `decode`."""

VERDICT = "distribution, embedding, unfamiliar, approximate"
"""The columns of `verdict` behind picture and model, in the order of `encode_verdict` and `decode_verdict`."""

MODEL = "name, version, space, sha256, likeness"
"""The columns of `model` behind its number, in the order of `encode_model` and `decode_model`."""

INTEGER_MASK = (1 << 63) - 1
"""SQLite's integers are signed 64 bit; an inode on Windows may be larger."""


_value = json.JSONDecoder().raw_decode
"""What `json.loads` does for a text that begins with its value, without its preliminaries: every card has one."""
_SINGLE, _HALF = np.dtype("<f4"), np.dtype("<f2")
_SOURCES = {source.value: source for source in SubjectSource}


class StoredReadings(Mapping[str, Reading]):
    """Readings that stay JSON until somebody looks: most of a large shoot is listed, never inspected."""

    __slots__ = ("_readings", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._readings: dict[str, Reading] | None = None

    def _parsed(self) -> dict[str, Reading]:
        if self._readings is None:
            self._readings = {name: _reading(name, *row) for name, row in json.loads(self._text).items()}
        return self._readings

    def __getitem__(self, name: str) -> Reading:
        return self._parsed()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._parsed())

    def __len__(self) -> int:
        return len(self._parsed())

    def __repr__(self) -> str:
        return repr(self._parsed())


def stamp_row(stamp: FileStamp) -> tuple[int, int, int]:
    """(size, mtime_ns, inode) as the cache keeps them."""
    return stamp.size, stamp.mtime_ns, stamp.inode & INTEGER_MASK


def encode(card: Card) -> tuple[Any, ...]:
    """The values of COLUMNS."""
    seen = card.metadata
    return (
        card.width,
        card.height,
        card.source,
        _readings_text(card.readings),
        seen.captured.isoformat() if seen.captured is not None else None,
        seen.offset,
        seen.camera,
        seen.body,
        seen.lens,
        seen.exposure_time,
        seen.aperture,
        seen.iso,
        seen.focal_length,
        seen.exposure_bias,
        seen.orientation,
        seen.rating,
        None if seen.af is None else json.dumps(_numbers(seen.af)),
        json.dumps([_face_row(face) for face in card.faces], separators=(",", ":")),
        None if card.subject is None else json.dumps([card.subject.source, *_numbers(card.subject.region)]),
    )


def decode(photo: Photo, fingerprint: str, columns: tuple[Any, ...], verdict: Verdict | None) -> Card:
    """The card of `photo` from the values of COLUMNS."""
    width, height, source, readings, captured, *rest, af, faces, subject = columns
    seen = [
        datetime.fromisoformat(captured) if captured is not None else None,
        *rest,
        Region(*json.loads(af)) if af is not None else None,
    ]
    return Card(
        photo=photo,
        metadata=Metadata(*seen),
        width=width,
        height=height,
        fingerprint=fingerprint,
        source=source,
        readings=StoredReadings(readings),
        verdict=verdict,
        faces=() if faces == "[]" else tuple(_face(row) for row in json.loads(faces)),
        subject=None if subject is None else _subject(*_value(subject)[0]),
    )


def encode_verdict(verdict: Verdict) -> tuple[bytes, bytes, bool | None, bool]:
    """The values of VERDICT: the distribution is float32, the embedding float16, little-endian."""
    return (
        verdict.distribution.astype(_SINGLE).tobytes(),
        verdict.embedding.astype(_HALF).tobytes(),
        verdict.unfamiliar,
        verdict.approximate,
    )


def decode_verdict(columns: tuple[Any, ...], model: ModelId) -> Verdict | None:
    """The verdict of `model` from the values of VERDICT, None where these are NULL; its arrays view the bytes."""
    distribution, embedding, unfamiliar, approximate = columns
    if distribution is None:
        return None
    strange = None if unfamiliar is None else bool(unfamiliar)
    chances, vector = np.frombuffer(distribution, _SINGLE), np.frombuffer(embedding, _HALF)
    return Verdict(chances, vector, model.space, None, strange, bool(approximate), model.yardstick)


def encode_model(model: ModelId) -> tuple[str, str, str, str, str | None]:
    """The values of MODEL."""
    likeness = None if model.yardstick == PLAIN else json.dumps(model.yardstick.to_json())
    return model.name, model.version, model.space, model.sha256, likeness


def decode_model(columns: Sequence[Any]) -> ModelId:
    """The model from the values of MODEL."""
    name, version, space, sha256, likeness = columns
    yardstick = PLAIN if likeness is None else Yardstick.from_json(json.loads(likeness))
    return ModelId(name, version, space, sha256, yardstick)


def encode_embedding(embedding: Embedding) -> bytes:
    """Its values as float32, little-endian."""
    return embedding.values.astype("<f4").tobytes()


def decode_embedding(vector: bytes, space: str) -> Embedding:
    """The values are a read-only view of the bytes."""
    return Embedding(np.frombuffer(vector, "<f4"), space)


def _numbers(region: Region) -> tuple[float, float, float, float]:
    return region.x, region.y, region.w, region.h


def _face_row(face: Face) -> tuple[Any, ...]:
    return _numbers(face.region), face.confidence, face.landmarks, face.eyes, face.sharpness


def _face(row: list[Any]) -> Face:
    region, confidence, landmarks, (left, right), sharpness = row
    points = tuple((x, y) for x, y in landmarks)
    return Face(Region(*region), confidence, points, (EyeState(left), EyeState(right)), sharpness)


def _subject(source: str, *region: float) -> Subject:
    return Subject(Region(*region), _SOURCES[source])


def _readings_text(readings: Mapping[str, Reading]) -> str:
    table = {
        name: (
            reading.value,
            reading.unit,
            reading.normal,
            None if reading.region is None else _numbers(reading.region),
            reading.scale,
            reading.confidence,
        )
        for name, reading in readings.items()
    }
    return json.dumps(table, separators=(",", ":"))


def _reading(
    name: str,
    value: float,
    unit: str,
    normal: list[float],
    region: list[float] | None,
    scale: float,
    confidence: float | None,
) -> Reading:
    where = None if region is None else Region(*region)
    return Reading(name, value, unit, (normal[0], normal[1]), where, scale, confidence)
