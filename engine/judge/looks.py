"""Which candidates show the same: for each, the few that it is most alike, by embedding."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from engine.judge.candidates import Candidates

DISTANCE = 0.5
"""Cosine distance from which on one photo shows nothing of another; up to it, likeness falls in proportion."""
BLOCK = 128
"""Candidates that are compared at once with as many before and behind them, in order of capture."""
SIBLINGS, NEIGHBOURS, TWINS = 16, 24, 8
"""How many of a candidate's own group, of those around it, and of the whole shoot may show the same at most."""
LEADERS = 2048
"""Groups, the best first, whose best photos are compared over the whole shoot: the same view in another scene."""
Rows: TypeAlias = slice | NDArray[np.int64]
"""Numbers of candidates."""
UNIT = 1_000_000
"""What a photo of middling merit is worth, in whole numbers: they add up to the same in every order."""


@dataclass(frozen=True, slots=True, eq=False)
class Looks:
    """What each candidate shows of the others: a sparse table in whole `UNIT`s.

    `other[i]` are the candidates that show something of i, i itself among them, and `share[i]` how much: what the one
    that shows is worth, times its likeness to i, over the sum of all likenesses to i. So twenty photos of one look are
    worth about as much together as one that stands alone. Unused places have i and 0.
    """

    other: NDArray[np.int32]
    """[n, SIBLINGS + NEIGHBOURS + TWINS]"""
    share: NDArray[np.int32]
    """The same shape."""
    start: NDArray[np.int64]
    """[n + 1]: where the list of candidate j begins in `shown`."""
    shown: NDArray[np.int32]
    """The candidates of which j shows something."""
    worth: NDArray[np.int32]
    """How much; the same length."""

    def of(self, j: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """The candidates of which j shows something, and how much."""
        part = slice(self.start[j], self.start[j + 1])
        return self.shown[part], self.worth[part]


def looks(found: Candidates, worth: NDArray[np.float64]) -> Looks:
    """Compare candidates with their neighbours in time, and the leaders of groups with each other.

    `worth` is that of each candidate alone, 0 where nothing was scored.

    Memory is in proportion to the number of candidates: 56 places of 16 bytes for each.
    """
    count = len(found)
    other = np.repeat(np.arange(count, dtype=np.int32)[:, None], SIBLINGS + NEIGHBOURS + TWINS, axis=1)
    likeness = np.zeros(other.shape, np.float32)
    for start in range(0, count, BLOCK):
        _compare_block(found, start, other, likeness)
    _compare_leaders(found, other, likeness)
    known = ~np.isnan(found.merit)
    total = likeness.sum(axis=1, dtype=np.float64) + known
    shares = np.divide(likeness, total[:, None], out=np.zeros(other.shape), where=total[:, None] > 0)
    # Its own place is the last of the siblings', which is never used for another.
    shares[:, SIBLINGS - 1] = known / np.maximum(total, 1.0)
    shares *= worth[other]
    share = np.rint(shares * UNIT).astype(np.int32)
    return Looks(other, share, *_turned(other, share))


def _compare_block(found: Candidates, start: int, other: NDArray[np.int32], likeness: NDArray[np.float32]) -> None:
    rows = slice(start, min(start + BLOCK, len(found)))
    first = max(start - BLOCK, 0)
    columns = slice(first, min(start + 2 * BLOCK, len(found)))
    alike = _alike(found, rows, columns)
    here = np.arange(rows.stop - rows.start)
    alike[here, here + start - first] = 0.0
    siblings = found.burst[rows, None] == found.burst[None, columns]
    for mask, place in ((siblings, slice(0, SIBLINGS - 1)), (~siblings, slice(SIBLINGS, SIBLINGS + NEIGHBOURS))):
        _keep(np.where(mask, alike, 0.0), np.arange(columns.start, columns.stop), rows, place, other, likeness)


def _compare_leaders(found: Candidates, other: NDArray[np.int32], likeness: NDArray[np.float32]) -> None:
    """The best of each of the best groups, wherever in the shoot."""
    order = np.lexsort((np.arange(len(found)), -np.nan_to_num(found.merit)))
    _, first = np.unique(found.burst[order], return_index=True)
    leaders = np.sort(order[np.sort(first)[:LEADERS]])
    block = leaders // BLOCK
    for start in range(0, len(leaders), BLOCK):
        rows = leaders[start : start + BLOCK]
        alike = _alike(found, rows, leaders)
        alike[np.abs(block[start : start + BLOCK, None] - block[None]) <= 1] = 0.0
        _keep(alike, leaders, rows, slice(SIBLINGS + NEIGHBOURS, None), other, likeness)


def _alike(found: Candidates, first: Rows, second: Rows) -> NDArray[np.float32]:
    """0 to 1, of every first with every second; 0 from `DISTANCE` on. Rounded, so that no machine's last bit counts."""
    distance = 1.0 - found.embedding[first].astype(np.float32) @ found.embedding[second].astype(np.float32).T
    near = distance < found.yardstick.reach(DISTANCE)
    alike = np.zeros_like(distance)
    alike[near] = np.clip(np.round(1.0 - found.yardstick.read(distance[near]) / DISTANCE, 3), 0.0, 1.0)
    return alike


def _keep(
    alike: NDArray[np.float32],
    columns: NDArray[np.int64],
    rows: Rows,
    place: slice,
    other: NDArray[np.int32],
    likeness: NDArray[np.float32],
) -> None:
    """Note the most alike columns of each row in its `place`."""
    room = len(range(*place.indices(other.shape[1])))
    if alike.shape[1] > room:
        best = np.argpartition(alike, -room, axis=1)[:, -room:]
    else:
        best = np.broadcast_to(np.arange(alike.shape[1]), alike.shape)
    values = np.take_along_axis(alike, best, axis=1)
    to = slice(place.start, place.start + best.shape[1])
    likeness[rows, to] = values
    other[rows, to] = np.where(values > 0, columns[best], other[rows, to])


def _turned(
    other: NDArray[np.int32], share: NDArray[np.int32]
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int32]]:
    """The same table by the candidate that shows, not by the one that is shown."""
    count = len(other)
    used = np.flatnonzero(share.ravel())
    by = other.ravel()[used]
    order = used[np.argsort(by, kind="stable")]
    start = np.zeros(count + 1, np.int64)
    np.cumsum(np.bincount(by, minlength=count), out=start[1:])
    return start, (order // other.shape[1]).astype(np.int32), share.ravel()[order]
