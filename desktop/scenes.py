"""The scenes of a shoot, in order of time. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import numpy as np

from desktop.filtering import Columns


@dataclass(frozen=True, slots=True)
class Scene:
    """Groups of one place and time."""

    name: str
    """`Card.scene`."""
    number: int
    """1 for the first in time."""
    photos: int
    keepers: int
    undecided: int
    first: datetime
    """By the corrected clock."""
    last: datetime
    cover: int
    """Its best-ranked photo, an index of the listing."""


def scenes(columns: Columns, keeper_stars: int = 0) -> list[Scene]:
    """Every scene that has photos, in order of its first one. None before the shoot is ranked.

    `keeper_stars` is `Settings.keeper_stars`.
    """
    named = np.flatnonzero(columns.scene.values)
    if not len(named):
        return []
    codes = columns.scene.values[named]
    order = named[np.lexsort((columns.rank[named], codes))]
    codes = columns.scene.values[order]
    starts = np.flatnonzero(np.r_[True, codes[1:] != codes[:-1]])
    sizes = np.diff(np.r_[starts, len(order)])
    taken = columns.taken[order]
    firsts, lasts = np.minimum.reduceat(taken, starts), np.maximum.reduceat(taken, starts)
    keepers = np.add.reduceat(columns.keepers(keeper_stars)[order].astype(np.int32), starts)
    open_ones = np.add.reduceat(columns.undecided()[order].astype(np.int32), starts)
    names = columns.scene.names()
    return [
        Scene(
            names[int(codes[starts[at]])],
            number,
            int(sizes[at]),
            int(keepers[at]),
            int(open_ones[at]),
            firsts[at].astype(datetime),
            lasts[at].astype(datetime),
            int(order[starts[at]]),
        )
        for number, at in enumerate(np.argsort(firsts, kind="stable").tolist(), 1)
    ]
