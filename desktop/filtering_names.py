"""One name of each photo, as numbers: which camera, which lens, which scene."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray


class NameColumn:
    """[n] names, many of them alike, None for a photo that has none."""

    def __init__(self, names: Iterable[str | None]) -> None:
        self._codes: dict[str | None, int] = {None: 0}
        self.values: NDArray[np.int32] = np.array([self._code(name) for name in names], np.int32)
        """[n], a number for each name; 0 is none."""

    def replace(self, indexes: Sequence[int], names: Sequence[str | None]) -> None:
        """Other names for the photos at `indexes`."""
        self.values[indexes] = [self._code(name) for name in names]

    def is_in(self, names: Iterable[str]) -> NDArray[np.bool_]:
        """[n], which photos have one of these names."""
        wanted = np.zeros(len(self._codes), np.bool_)
        wanted[[self._codes[name] for name in names if name in self._codes]] = True
        return wanted[self.values]

    def counts(self) -> dict[str, int]:
        """How many photos have each name; names that none has any more are left out."""
        counts = np.bincount(self.values, minlength=len(self._codes)).tolist()
        return {name: counts[code] for name, code in self._codes.items() if name is not None and counts[code]}

    def where(self, name: str) -> list[int]:
        """The indexes of the photos that have this name."""
        return np.flatnonzero(self.values == self._codes.get(name, -1)).tolist()

    def names(self) -> dict[int, str]:
        """What each number stands for."""
        return {code: name for name, code in self._codes.items() if name is not None}

    def _code(self, name: str | None) -> int:
        return self._codes.setdefault(name, len(self._codes))
