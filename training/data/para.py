"""PARA (Yang et al., CVPR 2022) as it is distributed: annotation/PARA-Giaa{Train,Test}.csv and imgs/SESSION/NAME."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FILES = {"train": "PARA-GiaaTrain.csv", "val": "PARA-GiaaTest.csv"}
"""Split -> table."""
LEVELS = tuple(1 + step / 2 for step in range(9))
"""What people could say: 1 to 5 in halves."""
COLUMNS = tuple(f"aestheticScore_{level:.1f}" for level in LEVELS)
"""Votes for each level."""


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """Photos with votes."""

    paths: tuple[Path, ...]
    votes: NDArray[np.float32]
    """[N, 9] shares of the votes for LEVELS."""
    split: NDArray[np.str_]
    """"train" or "val"."""

    def stretched(self) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """(mean [N], deviation [N]) of the votes, 1-5 stretched to 1-10."""
        levels = 1 + (np.array(LEVELS, np.float32) - 1) * 9 / 4
        mean = self.votes @ levels
        variance = self.votes @ levels**2 - mean**2
        return np.asarray(mean, np.float32), np.sqrt(np.maximum(variance, 0.25)).astype(np.float32)


def load(folder: Path) -> Judged:
    """The photos of both tables that are on disk and that somebody voted on.

    Raises FileNotFoundError with the table that is missing, ValueError naming one of another form.
    """
    paths: list[Path] = []
    votes: list[list[float]] = []
    splits: list[str] = []
    for split, name in FILES.items():
        file = folder / "annotation" / name
        with file.open(newline="", encoding="utf-8-sig") as table:
            for row in csv.DictReader(table):
                try:
                    path = folder / "imgs" / row["sessionId"] / row["imageName"]
                    counted = [float(row[column]) for column in COLUMNS]
                except (KeyError, TypeError, ValueError) as cause:
                    raise ValueError(f"{file}: not in the form of PARA ({cause!r}). Fetch it again.") from cause
                if sum(counted) > 0 and path.is_file():
                    paths.append(path)
                    votes.append([count / sum(counted) for count in counted])
                    splits.append(split)
    shares = np.array(votes, np.float32).reshape(-1, len(LEVELS))
    return Judged(tuple(paths), shares, np.array(splits, np.str_))
