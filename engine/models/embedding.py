"""A point in the space of a pack's tower."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Embedding:
    """A picture or a text as a point in the space of a pack's tower, un-normalised."""

    values: NDArray[np.float32]
    """[D]."""
    space: str
    """Only points of one space may be compared."""
