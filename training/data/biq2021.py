"""BIQ2021 (Ahmed and Asif, 2022) as it lies on disk: ss01/, ss03/ and labels.csv."""

from __future__ import annotations

import csv
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

SUBSETS = ("ss01", "ss03")


@dataclass(frozen=True, slots=True)
class Photos:
    """Photos with labels; every array has one row a photo, in the order of labels.csv."""

    folder: Path
    names: NDArray[np.str_]
    """Paths below `folder`."""
    subset: NDArray[np.str_]
    series: NDArray[np.int64]
    """Series number, unique over subsets; -1 stands alone."""
    split: NDArray[np.str_]
    """"train" or "val"."""
    mos: NDArray[np.float32]
    """Mean opinion score, 0-1."""
    aesthetic: NDArray[np.float32]
    """[N, 10] bins of the NIMA aesthetic teacher on the original file."""

    def __len__(self) -> int:
        return len(self.names)

    def where(self, keep: NDArray[np.bool_]) -> Photos:
        """The photos at which `keep` is true."""
        return Photos(
            self.folder,
            self.names[keep],
            self.subset[keep],
            self.series[keep],
            self.split[keep],
            self.mos[keep],
            self.aesthetic[keep],
        )

    def clusters(self) -> NDArray[np.int64]:
        """What a bootstrap draws: the series, and every photo outside a series for itself."""
        alone = self.series < 0
        clusters = self.series.copy()
        clusters[alone] = self.series.max(initial=0) + 1 + np.arange(alone.sum())
        return clusters


def load(folder: Path) -> Photos:
    """Read labels.csv. Raises FileNotFoundError with the path that is missing."""
    with (folder / "labels.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    names = np.array([row["image"] for row in rows])
    return Photos(
        folder,
        names,
        np.array([name.split("/")[0] for name in names]),
        np.array([int(row["series"]) if row["series"] else -1 for row in rows]),
        np.array([row["split"] for row in rows]),
        np.array([float(row["mos"]) for row in rows], np.float32),
        np.array([[float(row[f"aesthetic_{k}"]) for k in range(1, 11)] for row in rows], np.float32),
    )


def decode(photos: Photos, threads: int = 2) -> list[NDArray[np.uint8]]:
    """All photos in memory, uint8 [H, W, 3] each: 2.4 GB for the whole set."""

    def one(name: str) -> NDArray[np.uint8]:
        with Image.open(photos.folder / name) as image:
            return np.asarray(image.convert("RGB"))

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(one, photos.names))
