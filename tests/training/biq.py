"""A tiny data set as BIQ2021 is distributed: three series whose frames are blurred more and more, and single photos."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
from PIL import Image

SERIES, FRAMES, SINGLES = 6, 5, 70


def write(folder: Path) -> Path:
    """ss01/ with series, ss03/ with single photos, labels.csv; every fifth series and photo is val."""
    import cv2

    random = np.random.default_rng(5)
    rows = []
    for number in range(SERIES):
        scene = random.integers(0, 256, (64, 64, 3), dtype=np.uint8)
        for frame in range(FRAMES):
            name = f"ss01/{number * FRAMES + frame:04}.png"
            _save(folder / name, cv2.GaussianBlur(scene, (0, 0), 0.5 + frame))
            rows.append(_row(name, str(number), "val" if number == 0 else "train", 0.9 - 0.18 * frame))
    for number in range(SINGLES):
        name = f"ss03/{number:04}.png"
        blur = float(random.uniform(0.5, 4))
        _save(folder / name, cv2.GaussianBlur(random.integers(0, 256, (48, 48, 3), dtype=np.uint8), (0, 0), blur))
        rows.append(_row(name, "", "val" if number % 5 == 0 else "train", 1 - blur / 5))
    with (folder / "labels.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return folder


def _save(path: Path, pixels: np.ndarray) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(pixels).save(path)


def _row(name: str, series: str, split: str, mos: float) -> dict[str, object]:
    bins = np.exp(-0.5 * ((np.arange(1, 11) - 3 - 4 * mos) / 1.4) ** 2)
    teacher = {f"aesthetic_{k}": round(float(v), 5) for k, v in enumerate(bins / bins.sum(), 1)}
    return {"image": name, "series": series, "split": split, "mos": round(mos, 4), **teacher}
