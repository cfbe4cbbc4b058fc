"""AADB (Kong et al., ECCV 2016) as it is distributed: imgListFiles_label/ and two folders of photos.

A line of a list has the name of a photo and its score, 0-1, the mean of five people.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

LISTS = "imgListFiles_label"
FILES = {
    "train": "imgListTrainRegression_score.txt",
    "val": "imgListTestNewRegression_score.txt",
}
"""Split -> list. The test photos are judged on; those of imgListValidationRegression_score.txt are left alone."""
FOLDERS = ("datasetImages_originalSize", "AADB_newtest_originalSize")
"""Where photos lie; the new test photos have a folder of their own."""


@dataclass(frozen=True, slots=True, eq=False)
class Rated:
    """Photos with a score."""

    paths: tuple[Path, ...]
    score: NDArray[np.float32]
    """0-1."""
    split: NDArray[np.str_]
    """"train" or "val"."""


def load(folder: Path) -> Rated:
    """The photos of both lists that are on disk.

    Raises FileNotFoundError with the list that is missing, ValueError naming a line that is not understood.
    """
    paths: list[Path] = []
    scores: list[float] = []
    splits: list[str] = []
    for split, name in FILES.items():
        for photo, score in _rows(folder / LISTS / name):
            path = next((p for part in FOLDERS if (p := folder / part / photo).is_file()), None)
            if path is not None:
                paths.append(path)
                scores.append(score)
                splits.append(split)
    return Rated(tuple(paths), np.array(scores, np.float32), np.array(splits, np.str_))


def _rows(file: Path) -> list[tuple[str, float]]:
    found = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        name, _, text = line.strip().rpartition(" ")
        try:
            score = float(text)
        except ValueError:
            score = -1.0
        if not name or not 0 <= score <= 1:
            raise ValueError(f"{file}, line {number}: a name and a score of 0-1 are expected. Fetch the file again.")
        found.append((name.strip(), score))
    return found
