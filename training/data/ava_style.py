"""AVA-Style: fourteen photographic styles, as style_image_lists/ of AVA gives them.

styles.txt numbers the styles from 1; train.jpgl and test.jpgl list IDs; train.lab has one style a photo, and
test.multilab fourteen zeros and ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from training.data import ava

LISTS = "style_image_lists"


@dataclass(frozen=True, slots=True)
class Styles:
    """Photos and their styles."""

    names: tuple[str, ...]
    """Of the styles, in lower case with spaces: "complementary colors"."""
    paths: tuple[Path, ...]
    labels: NDArray[np.bool_]
    """[N, styles]"""


def load(folder: Path, split: str) -> Styles:
    """The photos of "train" (one style each) or "test" (any number) that are on disk.

    Raises FileNotFoundError with the list that is missing, ValueError where lists and labels do not fit.
    """
    lists = folder / LISTS
    names = tuple(
        line.split(maxsplit=1)[1].replace("_", " ").lower().strip()
        for line in (lists / "styles.txt").read_text(encoding="ascii").splitlines()
        if line.strip()
    )
    numbers = ava.ids(lists / f"{split}.jpgl")
    file = lists / ("train.lab" if split == "train" else "test.multilab")
    rows = [[int(value) for value in line.split()] for line in file.read_text(encoding="ascii").splitlines()]
    if split == "train":
        rows = [[int(row == [style]) for style in range(1, len(names) + 1)] for row in rows]
    if len(rows) != len(numbers) or any(len(row) != len(names) for row in rows):
        raise ValueError(f"{file}: {len(numbers)} rows of {len(names)} styles are expected. Fetch the files again.")
    there = [i for i, number in enumerate(numbers) if ava.image(folder, number).is_file()]
    labels = np.array(rows, bool).reshape(-1, len(names))[there]
    return Styles(names, tuple(ava.image(folder, numbers[i]) for i in there), labels)
