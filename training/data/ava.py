"""AVA (Murray et al., CVPR 2012) as it is distributed: AVA.txt, aesthetics_image_lists/, and photos as images/ID.jpg.

A line of AVA.txt has fifteen numbers: a running number, the photo's ID, the votes for 1 to 10, two tags, a challenge.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.types import SCORES

LABELS = "AVA.txt"
TEST = Path("aesthetics_image_lists") / "generic_test.jpgl"
"""IDs of the official test photos, one a line; without the file all are "train"."""
_NUMBERS = 15


@dataclass(frozen=True, slots=True)
class Photos:
    """Photos with votes; every array has one row a photo."""

    folder: Path
    ids: NDArray[np.int64]
    votes: NDArray[np.float32]
    """[N, 10] shares of the votes for 1 to 10."""
    tags: NDArray[np.int64]
    """[N, 2] semantic tags; 0 for none."""
    split: NDArray[np.str_]
    """"train" or "test"."""

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def mean(self) -> NDArray[np.float32]:
        """[N] y = sum_k k p(k), 1-10."""
        return np.asarray(self.votes @ SCORES, np.float32)

    def path(self, row: int) -> Path:
        """Where a photo lies."""
        return image(self.folder, int(self.ids[row]))


def image(folder: Path, number: int) -> Path:
    """Where the photo with this ID lies in a copy of AVA."""
    return folder / "images" / f"{number}.jpg"


def load(folder: Path, missing: bool = False) -> Photos:
    """Read AVA.txt; photos that are not on disk, or that nobody voted on, are left out (the first not if `missing`).

    Raises FileNotFoundError with the path of AVA.txt, ValueError naming the line that is not understood.
    """
    file = folder / LABELS
    rows = []
    for number, line in enumerate(file.read_text(encoding="ascii").splitlines(), 1):
        try:
            values = [int(value) for value in line.split()]
        except ValueError:
            values = []
        if len(values) != _NUMBERS:
            raise ValueError(f"{file}, line {number}: {_NUMBERS} whole numbers are expected. Fetch the file again.")
        rows.append(values)
    table = np.array(rows, np.int64).reshape(-1, _NUMBERS)
    votes = table[:, 2:12]
    keep = votes.sum(1) > 0
    if not missing:
        keep &= np.array([image(folder, int(number)).is_file() for number in table[:, 1]], bool)
    table, votes = table[keep], votes[keep]
    held = set(ids(folder / TEST)) if (folder / TEST).is_file() else set()
    return Photos(
        folder,
        table[:, 1],
        (votes / votes.sum(1, keepdims=True)).astype(np.float32),
        table[:, 12:14],
        np.array(["test" if int(number) in held else "train" for number in table[:, 1]], np.str_),
    )


def ids(file: Path) -> list[int]:
    """A list of AVA: one ID a line. Raises ValueError naming a line that is none."""
    found = []
    for number, line in enumerate(file.read_text(encoding="ascii").split(), 1):
        if not line.isdigit():
            raise ValueError(f"{file}, line {number}: {line!r} is no ID. Fetch the file again.")
        found.append(int(line))
    return found
