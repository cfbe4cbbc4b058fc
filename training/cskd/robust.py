"""How steady a student's score is where nothing changed, and whether it falls where something went wrong."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from training.data.labelled import Labelled
from training.evaluate import correlation
from training.vila import flaws

Pixels = NDArray[np.uint8]
Scorer = Callable[[Sequence[Pixels]], NDArray[np.float32]]
"""Pictures to scores, 1-10."""


def recompressed(pixels: Pixels) -> Pixels:
    """Through JPEG at quality 85, 4:2:0."""
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "JPEG", quality=85)
    with Image.open(file) as opened:
        return np.asarray(opened.convert("RGB"))


def trimmed(pixels: Pixels) -> Pixels:
    """Two in a hundred of width and height less, evenly from all sides."""
    height, width = pixels.shape[:2]
    y, x = round(height * 0.01), round(width * 0.01)
    return np.ascontiguousarray(pixels[y : height - y, x : width - x])


def mirrored(pixels: Pixels) -> Pixels:
    """Left and right changed."""
    return np.ascontiguousarray(pixels[:, ::-1])


def wide(pixels: Pixels) -> Pixels:
    """The middle at 3:2, or 2:3 of a tall one: another composition, and another stretch to the square."""
    height, width = pixels.shape[:2]
    if height > width:
        return np.ascontiguousarray(wide(pixels.transpose(1, 0, 2)).transpose(1, 0, 2))
    kept = min(height, round(width * 2 / 3))
    top = (height - kept) // 2
    return np.ascontiguousarray(pixels[top : top + kept])


def reduced(pixels: Pixels, edge: int = 256) -> Pixels:
    """To a long edge of 256 pixels."""
    image = Image.fromarray(pixels)
    image.thumbnail((edge, edge), Image.Resampling.LANCZOS)
    return np.asarray(image)


STEADY: Mapping[str, Callable[[Pixels], Pixels]] = {
    "recompressed": recompressed,
    "trimmed": trimmed,
    "mirrored": mirrored,
}
"""What must hardly move the score: p95 at most 0.15 points."""
REPORTED: Mapping[str, Callable[[Pixels], Pixels]] = {"wide": wide}
"""What may move it, and is reported."""


def figures(score: Scorer, photos: Labelled, batch: int = 32) -> dict[str, Any]:
    """Moves [p50, p95, largest] in points; share of clear flaws that score lower than the photo; ss01 reduced.

    Flaws are put in with the kernels that no training uses. Their shares are told by halves of the photos too, as
    people rate them.
    """
    moved: dict[str, list[NDArray[np.float32]]] = {name: [] for name in (*STEADY, *REPORTED)}
    beaten: dict[str, list[NDArray[np.bool_]]] = {kind: [] for kind in flaws.table()}
    whole: list[NDArray[np.float32]] = []
    for start in range(0, len(photos), batch):
        rows = range(start, min(start + batch, len(photos)))
        pixels = [photos.pixels(row) for row in rows]
        own = score(pixels)
        whole.append(own)
        for name, change in {**STEADY, **REPORTED}.items():
            moved[name].append(np.abs(score([change(each) for each in pixels]) - own))
        for kind, flaw in flaws.table().items():
            worse = [
                flaws.inject(each, kind, flaw.clear, row, "evaluation") for row, each in zip(rows, pixels, strict=True)
            ]
            beaten[kind].append(score(worse) < own)
    found: dict[str, Any] = {f"moved by {name}": _quantiles(np.concatenate(each)) for name, each in moved.items()}
    found |= _beaten({kind: np.concatenate(each) for kind, each in beaten.items()}, photos.mos)
    return {**found, **_reduced(score, photos, np.concatenate(whole), batch)}


def _beaten(beaten: Mapping[str, NDArray[np.bool_]], mos: NDArray[np.floating]) -> dict[str, Any]:
    """Shares by kind, of all, and of all by the better and the other half of the photos, as people rate them."""
    better = mos > np.median(mos)
    every = np.stack(list(beaten.values()))
    return {
        "degraded": {kind: float(each.mean()) for kind, each in beaten.items()},
        "degraded, all": float(every.mean()),
        "degraded, better half": float(every[:, better].mean()),
        "degraded, other half": float(every[:, ~better].mean()),
    }


def _reduced(score: Scorer, photos: Labelled, whole: NDArray[np.float32], batch: int) -> dict[str, Any]:
    """What is left of the larger photos' figures at 256 pixels."""
    own = np.flatnonzero(photos.subset == "ss01")
    if len(own) < 2:
        return {}
    small = np.concatenate(
        [
            score([reduced(photos.pixels(int(row))) for row in own[start : start + batch]])
            for start in range(0, len(own), batch)
        ]
    )
    return {
        "ss01 at 512 px": correlation(whole[own], photos.mos[own], "srcc"),
        "ss01 at 256 px": correlation(small, photos.mos[own], "srcc"),
        "moved from 512 to 256 px": _quantiles(np.abs(small - whole[own])),
    }


def _quantiles(moves: NDArray[np.float32]) -> list[float]:
    return [round(float(v), 4) for v in (np.median(moves), np.quantile(moves, 0.95), moves.max())]
