"""What a distance between two embeddings means: each space has its own, and the limits on likeness are stated once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MOST = 2.0
"""The largest cosine distance there is."""


@dataclass(frozen=True, slots=True)
class Yardstick:
    """A monotone map from the cosine distances of one space to those of the space that all limits are stated in.

    That space is "imagenet-mnv2/1", of the starter packs 1.x. The map is linear between its points and leads
    from 0 to 0 and from MOST to MOST.
    """

    points: tuple[float, ...] = (0.0, MOST)
    """Cosine distances in the space of a pack, rising."""
    values: tuple[float, ...] = (0.0, MOST)
    """What they are in the limits' space, never falling."""

    def __post_init__(self) -> None:
        """Raises ValueError for numbers that are no such map."""
        points, values = np.array(self.points, np.float64), np.array(self.values, np.float64)
        if len(points) != len(values) or len(points) < 2:
            raise ValueError(f"{len(points)} points with {len(values)} values; as many of both are needed, two or more")
        if not (np.isfinite(points).all() and np.isfinite(values).all()):
            raise ValueError("a point or a value is no number")
        if (np.diff(points) <= 0).any() or (np.diff(values) < 0).any():
            raise ValueError("points have to rise, and values must not fall")
        if [*points[[0, -1]], *values[[0, -1]]] != [0.0, MOST] * 2:
            raise ValueError(f"points and values have to lead from 0 to {MOST:g}")

    @classmethod
    def from_json(cls, stated: object) -> Yardstick:
        """From pack.json's `likeness`; None is PLAIN. Raises ValueError for anything that is no such map."""
        if stated is None:
            return PLAIN
        if not isinstance(stated, Mapping) or stated.keys() != {"points", "values"}:
            raise ValueError("likeness has to hold points and values")
        try:
            points, values = (tuple(float(number) for number in stated[name]) for name in ("points", "values"))
            return cls(points, values)
        except (TypeError, ValueError) as cause:
            raise ValueError(f"likeness: {cause}") from cause

    def to_json(self) -> dict[str, list[float]]:
        """As pack.json holds it."""
        return {"points": list(self.points), "values": list(self.values)}

    def read(self, distances: NDArray[np.float32]) -> NDArray[np.float32]:
        """Cosine distances of any shape as they are in the limits' space; NaN stays."""
        if self == PLAIN:
            return distances
        return np.interp(distances, self.points, self.values).astype(np.float32)

    def reach(self, distance: float) -> float:
        """The cosine distance that is read as `distance`."""
        return float(np.interp(distance, self.values, self.points))


PLAIN = Yardstick()
"""Distances as they are: for the limits' own space, and for one of which nothing is known."""
