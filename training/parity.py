"""From file to score: does the quick way of decoding change what the student says?"""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engine.files import decode, shoot
from engine.models.student import Student

PREVIEW_EDGE = 1620
"""Long edge, pixels, of the preview that most cameras embed."""
_PREVIEW_QUALITY = 85
LEAST_EDGE = 2000
"""Smaller pictures are decoded whole anyway."""


def differences(student: Student, folders: Sequence[Path]) -> dict[str, NDArray[np.float64]]:
    """Absolute differences in score between every pixel of a photo and its half scale, and its preview.

    Over the JPEGs below `folders` with a long edge of at least LEAST_EDGE pixels; one value a photo.
    """
    found: dict[str, list[float]] = {"half scale": [], "preview": []}
    for photo in shoot.read(folders).photos:
        if photo.path.suffix.lower() not in shoot.JPEG:
            continue
        whole = decode.full(photo).pixels
        if max(whole.shape[:2]) < LEAST_EDGE:
            continue
        pictures = (whole, decode.open(photo).pixels, preview(whole))
        exact, half, small = (score(student, pixels) for pixels in pictures)
        found["half scale"].append(abs(half - exact))
        found["preview"].append(abs(small - exact))
    return {name: np.array(values) for name, values in found.items()}


def score(student: Student, pixels: NDArray[np.uint8]) -> float:
    """Score, 1-10, of one picture [H, W, 3]."""
    return student.score(student.preprocess.apply(pixels)[None])[0].score


def preview(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """What a camera embeds of a picture: long edge PREVIEW_EDGE, through JPEG at quality 85."""
    image = Image.fromarray(pixels)
    image.thumbnail((PREVIEW_EDGE, PREVIEW_EDGE), Image.Resampling.LANCZOS)
    file = io.BytesIO()
    image.save(file, "JPEG", quality=_PREVIEW_QUALITY)
    with Image.open(file) as opened:
        return np.asarray(opened)


def lines(found: dict[str, NDArray[np.float64]]) -> list[str]:
    """Median, 95th percentile and largest difference, a sentence each way of decoding."""
    return [
        f"{name}: {len(values)} photos, median {np.median(values):.4f}, p95 {np.quantile(values, 0.95):.4f}, "
        f"largest {values.max():.4f}"
        for name, values in found.items()
        if len(values)
    ]
