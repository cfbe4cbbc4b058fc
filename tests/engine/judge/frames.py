"""Cards of frames whose truth is known, made without a picture."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np

from engine.types import EMBEDDING_SIZE, Card, FileStamp, Group, Metadata, Photo, Verdict

NOON = datetime(2026, 5, 1, 12, 0, 0)
FLAT = np.full(10, 0.1, dtype=np.float32)


def embedding(scene: float, jitter: float = 0.0, seed: int = 0) -> np.ndarray:
    """A unit vector: one direction a whole number, turning from one to the next between, with `jitter` of noise."""
    noise = np.random.default_rng(10_000 + seed).normal(size=EMBEDDING_SIZE)
    turned = np.pi / 2 * (scene % 1)
    vector = np.cos(turned) * _direction(int(scene)) + np.sin(turned) * _direction(int(scene) + 1)
    vector = vector + jitter * noise / np.linalg.norm(noise)
    return (vector / np.linalg.norm(vector)).astype(np.float16)


def _direction(scene: int) -> np.ndarray:
    vector = np.random.default_rng(scene).normal(size=EMBEDDING_SIZE)
    return vector / np.linalg.norm(vector)


def card(
    name: str,
    seconds: float | None = 0.0,
    scene: float = 1,
    jitter: float = 0.05,
    body: str | None = "A",
    bias: float | None = 0.0,
    scored: bool = True,
    size: tuple[int, int] = (6000, 4000),
    **metadata: object,
) -> Card:
    """A readable photo `seconds` after noon."""
    path = Path("shoot") / name
    captured = None if seconds is None else NOON + timedelta(seconds=seconds)
    facts = Metadata(captured=captured, body=body, exposure_bias=bias, **metadata)  # type: ignore[arg-type]
    seed = zlib.crc32(name.encode())
    return Card(
        Photo(path, (path,), FileStamp(1, 1, 1)),
        metadata=facts,
        width=size[0],
        height=size[1],
        fingerprint=f"{seed:012x}" + "0" * 28,
        verdict=Verdict(FLAT, embedding(scene, jitter, seed), "test/1") if scored else None,
    )


def names(groups: Sequence[Group]) -> list[tuple[str, list[str]]]:
    """Kind and file names of every group."""
    return [(group.kind.value, [path.name for path in group.members]) for group in groups]
