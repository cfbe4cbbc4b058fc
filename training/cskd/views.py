"""Fixed views of photos: few enough that a slow target or teacher looks at each of them once, and never again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from training.data.crops import FREE, cropped
from training.data.labelled import read
from training.vila import flaws

WHOLE, CROP, FLAWED = "whole", "crop", "flawed"
"""Kinds of views: the untouched frame, a crop at one of the aspects of cameras, the frame with a flaw put in."""


@dataclass(frozen=True, slots=True)
class View:
    """One way to look at one photo; equal views have equal pixels."""

    path: Path
    kind: str = WHOLE
    seed: int = 0
    """Draws the crop, or the flaw, its kind and its strength."""

    @property
    def key(self) -> str:
        """Names the view, wherever the data set lies."""
        return "/".join((*self.path.parts[-3:], self.kind, str(self.seed)))

    def pixels(self) -> NDArray[np.uint8]:
        """[h, w, 3] RGB."""
        pixels = read(self.path)
        random = np.random.default_rng([crc32(self.path.name.encode()), self.seed])
        if self.kind == CROP:
            return np.ascontiguousarray(cropped(pixels, random, FREE.least_area))
        if self.kind == FLAWED:
            return spoiled(pixels, random)
        return pixels


def spoiled(pixels: NDArray[np.uint8], random: np.random.Generator, kinds: Sequence[str] = ()) -> NDArray[np.uint8]:
    """[H, W, 3] with a flaw put in, of one of these kinds, by default of any, as strong as flaws.toml draws it for
    training. Raises KeyError for an unknown kind.
    """
    flaw = flaws.table()[str(random.choice(kinds or sorted(flaws.table())))]
    return flaws.inject(pixels, flaw.kind, flaw.draw(random), int(random.integers(2**31)))


@dataclass(frozen=True, slots=True, eq=False)
class Views:
    """The views of some photos: `per` rows for each, photo after photo, the whole frame first."""

    rows: tuple[View, ...]
    crops: int
    flawed: int

    @classmethod
    def of(cls, paths: Sequence[Path], crops: int = 1, flawed: int = 1) -> Views:
        """The whole frame, `crops` crops and `flawed` flaws of each photo."""
        kinds = [(WHOLE, 0), *((CROP, n) for n in range(crops)), *((FLAWED, n) for n in range(flawed))]
        return cls(tuple(View(path, kind, seed) for path in paths for kind, seed in kinds), crops, flawed)

    @property
    def per(self) -> int:
        """Views of a photo."""
        return 1 + self.crops + self.flawed

    def whole(self, photos: NDArray[np.int64]) -> NDArray[np.int64]:
        """Rows of the untouched frames of photos, by their number."""
        return photos * self.per

    def flaw(self, photos: NDArray[np.int64], random: np.random.Generator) -> NDArray[np.int64]:
        """Rows of one flawed view of each photo, drawn."""
        return photos * self.per + 1 + self.crops + random.integers(0, max(self.flawed, 1), len(photos))
