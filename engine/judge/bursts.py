"""Bursts: frames of one subject in one framing, found by linking each frame with the few that follow it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from engine.judge.likeness import Rows, Walk

REACH = 4
"""Frames ahead that a frame is compared with: up to three that differ may stand between two that are alike."""
RAPID_DISTANCE = 0.75
"""Cosine distance at which frames may still be linked that follow each other within a quarter of the burst gap."""
BURST_DISTANCE = 0.6
"""The same one burst gap apart. Between them it falls with the logarithm of the gap."""
SLOW_DISTANCE = 0.35
"""The same `SLOWEST` burst gaps apart: a pose that is taken again after a pause."""
SLOWEST = 15.0
"""Burst gaps after which nothing is linked."""
UNTIMED_DISTANCE = 0.5
"""The same for photos without a capture time, by order of path alone."""
ODD_DISTANCE = 0.8
"""A frame or two between linked ones belong to them up to this distance: dark, blown out or shaken, of the same
subject. Different subjects are closer in 26 of 100 cases, but seldom stand between frames of one."""
ODD_MOST = 2
"""Odd frames in a row."""
DRIFT_DISTANCE = 0.65
"""Cosine distance from what a group began with to what its next frames show on average: there a new group begins."""
DRIFT_BEHIND = 12
"""Frames that a group begins with."""
DRIFT_AHEAD = 3
"""Frames that a drift is judged by, so that a single odd one ends no group."""
AVERAGED = 256
"""Frames that stand for a whole group, at most, where its average is asked for."""
RAPID = 0.5
"""Seconds: shooting that never pauses longer is one burst, even where the camera follows its subject elsewhere."""


def bursts(walk: Walk, free: NDArray[np.bool_], burst_gap: float) -> list[Rows]:
    """The groups of the frames at which `free` is true, each in order; every such frame is in one.

    Frames that are not free part what lies before them from what lies behind.
    """
    joined = _link(walk, free, burst_gap)
    groups: dict[int, list[int]] = {}
    for row in np.flatnonzero(free).tolist():
        groups.setdefault(joined.root(row), []).append(row)
    return [part for rows in groups.values() for part in _without_drift(walk, np.array(rows, np.int64))]


def tolerance(gap: NDArray[np.float64], burst_gap: float) -> NDArray[np.float64]:
    """Cosine distance up to which frames with this gap (seconds, NaN without times) are linked; -1 for none at all.

    Neighbours of one subject in ss01's series, failures of focus and exposure among them, are within 0.22 in half of
    all cases and within 0.58 in 95 of 100; neighbours that show different subjects are beyond 0.55 in 90 of 100. The
    less time has passed, the less likely is another subject.
    """
    if burst_gap <= 0:
        return np.where(np.isnan(gap), UNTIMED_DISTANCE, np.where(gap <= 0, RAPID_DISTANCE, -1.0))
    knots = np.log([0.25, 1.0, SLOWEST])
    relative = gap / burst_gap
    allowed = np.interp(np.log(np.maximum(relative, 0.01)), knots, [RAPID_DISTANCE, BURST_DISTANCE, SLOW_DISTANCE])
    return np.where(np.isnan(gap), UNTIMED_DISTANCE, np.where(relative <= SLOWEST, allowed, -1.0))


@dataclass(slots=True)
class _Joined:
    """Disjoint sets of frames."""

    parent: list[int]
    size: dict[int, int] = field(default_factory=dict)

    def root(self, row: int) -> int:
        while self.parent[row] != row:
            self.parent[row] = row = self.parent[self.parent[row]]
        return row

    def join(self, first: int, second: int) -> None:
        one, other = sorted((self.root(first), self.root(second)))
        if one != other:
            self.parent[other] = one
            self.size[one] = self.length(one) + self.length(other)

    def length(self, root: int) -> int:
        return self.size.get(root, 1)


def _link(walk: Walk, free: NDArray[np.bool_], burst_gap: float) -> _Joined:
    """Link frames with those up to `REACH` ahead, then take in the odd ones between."""
    # Every frame starts with the first of its run of linked neighbours.
    linked = _linked(walk, free, burst_gap, 1, np.arange(max(len(walk) - 1, 0)))
    starts = np.flatnonzero(np.concatenate([[True], ~linked])) if len(walk) else np.zeros(0, np.int64)
    lengths = np.diff(np.append(starts, len(walk)))
    run = np.repeat(starts, lengths)
    joined = _Joined(run.tolist(), dict(zip(starts.tolist(), lengths.tolist(), strict=True)))
    leaps: list[tuple[int, int]] = []
    for span in range(2, REACH + 1):
        apart = np.flatnonzero(run[span:] != run[:-span]) if len(walk) > span else np.zeros(0, np.int64)
        leaps += [(i, i + span) for i in apart[_linked(walk, free, burst_gap, span, apart)].tolist()]
    for first, last in leaps:
        joined.join(first, last)
    for first, last in leaps:
        _take_in(walk, joined, first, last)
    return joined


def _linked(walk: Walk, free: NDArray[np.bool_], burst_gap: float, span: int, first: Rows) -> NDArray[np.bool_]:
    """Which of the rows `first` belong together with the row `span` ahead."""
    taken = np.concatenate([[0], np.cumsum(~free)])
    second = first + span
    gap = walk.gap(first, second)
    allowed = tolerance(gap, burst_gap)
    open_ = (taken[second + 1] == taken[first]) & walk.same_framing(first, second) & (allowed >= 0)
    result = np.zeros(len(first), bool)
    asked = np.flatnonzero(open_)
    distance = walk.distance(first[asked], second[asked])
    # Without embeddings the gap alone decides, for neighbours.
    by_gap = (gap[asked] <= burst_gap) & (span == 1)
    result[asked] = np.where(np.isnan(distance), by_gap, distance <= allowed[asked])
    return result


def _take_in(walk: Walk, joined: _Joined, first: int, last: int) -> None:
    """Join the few frames between two linked ones to them, unless they are clearly of something else."""
    ends = np.array([first, last])
    for between in range(first + 1, last):
        root = joined.root(between)
        if root == joined.root(first) or joined.length(root) > ODD_MOST:
            continue
        here = np.full(2, between)
        if walk.same_framing(ends, here).all() and (walk.distance(ends, here) <= ODD_DISTANCE).all():
            joined.join(first, between)


def _without_drift(walk: Walk, rows: Rows) -> Iterator[Rows]:
    """Cut a group where it has come to show something else than it did, step by small step."""
    space = walk.space[rows]
    if len(rows) <= DRIFT_AHEAD or space[0] < 0 or (space != space[0]).any() or _is_close(walk, rows):
        yield rows
        return
    pauses = np.nan_to_num(walk.gap(rows[:-1], rows[1:]), nan=np.inf) > RAPID
    start = 0
    for i in range(1, len(rows) - DRIFT_AHEAD + 1):
        behind, ahead = rows[start : min(i, start + DRIFT_BEHIND)], rows[i : i + DRIFT_AHEAD]
        if pauses[i - 1] and _apart(walk, behind, ahead) > DRIFT_DISTANCE:
            yield rows[start:i]
            start = i
    yield rows[start:]


def _is_close(walk: Walk, rows: Rows) -> bool:
    """Whether every frame is so near to what the group shows on average that it cannot have drifted."""
    if len(rows) <= AVERAGED:
        likeness = within = walk.cosines(rows, rows).mean(axis=1)
    else:
        some = np.linspace(0, len(rows) - 1, AVERAGED).astype(np.int64)
        likeness = walk.cosines(rows, rows[some]).mean(axis=1)
        within = likeness[some]
    return 1.0 - float(likeness.min()) / _length(within) <= DRIFT_DISTANCE / 2


def _apart(walk: Walk, first: Rows, second: Rows) -> float:
    """Distance between what two stretches show on average.

    That of the means of their vectors, by cosines of pairs alone: so it can be had in every space, read off its
    yardstick.
    """
    both = np.concatenate([first, second])
    cosines, count = walk.cosines(both, both), len(first)
    lengths = _length(cosines[:count, :count]) * _length(cosines[count:, count:])
    return 1.0 - float(cosines[:count, count:].mean()) / lengths


def _length(cosines: NDArray[np.float32]) -> float:
    """Of the mean of vectors, from all cosines among them, or from the averages of these."""
    return float(np.sqrt(max(float(cosines.mean()), 1e-6)))
