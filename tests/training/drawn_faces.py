"""Drawn faces: pictures whose truth is known, and folders as the recipe of faces wants them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

from training.faces import pseudo_labels
from training.faces.photos import Labelled
from training.faces.pseudo_labels import Labels

POINTS = ((0.3, 0.4), (0.7, 0.4), (0.5, 0.6), (0.35, 0.8), (0.65, 0.8))
"""Landmarks in shares of the box of a face."""
COLOURS = ((255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 0), (0, 255, 255))
"""Of the dots that mark them."""


def photo(random: np.random.Generator, side: int = 128, score: float = 0.95) -> tuple[np.ndarray, Labels]:
    """A dim picture with one light face, its landmarks dots."""
    import cv2

    pixels = random.integers(0, 60, (side, side, 3), dtype=np.uint8)
    size = int(random.integers(side // 3, side // 2))
    left, top = (int(v) for v in random.integers(4, side - size - 4, 2))
    middle = (left + size // 2, top + size // 2)
    cv2.ellipse(pixels, middle, (size // 2, size // 2), 0, 0, 360, (200, 170, 150), -1)
    points = np.array(POINTS) * size + (left, top)
    for (x, y), colour in zip(points, COLOURS, strict=True):
        cv2.circle(pixels, (round(x), round(y)), max(size // 12, 2), colour, -1)
    box = np.array([[left, top, left + size, top + size]], np.float32) / side
    return pixels, Labels(box, (points[None] / side).astype(np.float32), np.array([score], np.float32))


def photos(count: int, seed: int = 0, side: int = 128) -> Labelled:
    """So many of them; every fourth has no face."""
    random = np.random.default_rng(seed)
    made = [photo(random, side) for _ in range(count)]
    none = np.zeros(1, bool)
    labels = [faces.where(none) if i % 4 == 3 else faces for i, (_, faces) in enumerate(made)]
    pixels = [np.zeros_like(p) if i % 4 == 3 else p for i, (p, _) in enumerate(made)]
    return Labelled(pixels, labels)


def eye(random: np.random.Generator, closed: bool) -> np.ndarray:
    """[48, 56], grey: a dark disc on white, or a dark line on skin."""
    import cv2

    crop = random.integers(120, 150, (48, 56), dtype=np.uint8)
    middle = (28 + int(random.integers(-3, 4)), 24 + int(random.integers(-3, 4)))
    if closed:
        cv2.ellipse(crop, middle, (20, 5), 0, 0, 180, 20, 2)
    else:
        cv2.ellipse(crop, middle, (20, 10), 0, 0, 360, 240, -1)
        cv2.circle(crop, middle, 8, 10, -1)
    return crop


def write_eyes(folder: Path, count: int) -> Path:
    """open/ and closed/ with so many crops each, of nothing, and none like another."""
    random = np.random.default_rng(1)
    for name in ("open", "closed"):
        (folder / name).mkdir(parents=True)
        for number in range(count):
            noise = random.integers(0, 256, (24, 24), dtype=np.uint8)
            Image.fromarray(noise).save(folder / name / f"{number:04}.jpg", quality=95)
    return folder


def keep_labels(path: Path, labels: list[Labels]) -> None:
    """Write labels as if YuNet had made them."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(pseudo_labels.packed(labels))
