"""Who would take the place of a chosen photo if it were not there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.judge.choosing import Choosing
from engine.judge.worth import SCENE, STRETCH, Places, spread

NOBODY = -1


@dataclass(frozen=True, slots=True, eq=False)
class _Best:
    """Who would add most to the finished selection where `room` photos are left."""

    fits: NDArray[np.bool_]
    of_scene: NDArray[np.int64]
    """By number of the scene; NOBODY where nobody fits."""
    of_stretch: NDArray[np.int64]
    of_all: int


class RunnersUp:
    """For every chosen candidate the one that, put in its place, makes the most worthy selection.

    All others stay, and what the goal allows holds. Exact for the worth as it is defined; nothing is tried out: what
    leaves with a candidate changes the gain only of those that share a look, a scene or a stretch with it.
    """

    def __init__(self, choosing: Choosing) -> None:
        self._choosing = choosing
        self._found = found = choosing.found
        self._looks = choosing.worth.looks
        self._standing = choosing.standing
        self._bursts = Places(found.burst)
        self._scenes = Places(found.scene)
        self._out = ~np.isnan(found.merit)
        if choosing.goal.min_score is not None:
            self._out &= found.score >= choosing.goal.min_score
        self._out[self._standing.chosen] = False
        self._second = self._second_best()
        self._best: dict[int, _Best] = {}
        self._extra = np.zeros(len(found), np.int64)

    def of(self, row: int) -> int | None:
        """The row of the runner-up of a chosen row; None where nobody else may come in."""
        found, standing = self._found, self._standing
        room = self._choosing.left + int(found.size[row])
        best = self._best_for(room)
        scene, stretch, burst = int(found.scene[row]), int(found.stretch[row]), int(found.burst[row])
        related, extra = self._freed(row)
        siblings = self._bursts.of(burst)
        pool = np.concatenate([related, siblings, [best.of_scene[scene], best.of_stretch[stretch], best.of_all]])
        pool = np.unique(pool[pool != NOBODY])
        np.add.at(self._extra, related, extra)
        more = self._extra[pool]
        self._extra[related] = 0
        for points, counts, numbers, number in (
            (SCENE, standing.in_scene, found.scene, scene),
            (STRETCH, standing.in_stretch, found.stretch, stretch),
        ):
            n = int(counts[number])
            more = more + (numbers[pool] == number) * (spread(points, n - 1) - spread(points, n))
        fits = best.fits[pool] | (self._out[pool] & (found.burst[pool] == burst) & (found.size[pool] <= room))
        if self._choosing.goal.cover_scenes and standing.in_scene[scene] == 1:
            fits = self._inside(scene, pool, fits)
        if not fits.any():
            return None
        gain = standing.gain[pool] + more
        gain = gain / found.size[pool] if self._choosing.by_size else gain
        return int(pool[np.where(fits, gain, -1).argmax()])

    def _inside(self, scene: int, pool: NDArray[np.int64], fits: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Only the scene itself may show it, if it has anybody else."""
        within: NDArray[np.bool_] = fits & (self._found.scene[pool] == scene)
        return within if within.any() else fits

    def _freed(self, row: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Rows, some twice, and what more each of them would show if `row` were not there."""
        shown, worth = self._looks.of(row)
        alone = worth > self._second[shown]
        shown, worth = shown[alone], worth[alone]
        share, second = self._looks.share[shown], self._second[shown, None]
        more = np.maximum(share - second, 0) - np.maximum(share - worth[:, None], 0)
        used = more.ravel() > 0
        return self._looks.other[shown].ravel()[used].astype(np.int64), more.ravel()[used].astype(np.int64)

    def _second_best(self) -> NDArray[np.int32]:
        """[n]: how much the second of the chosen shows of each candidate."""
        chosen = np.zeros(len(self._found), np.bool_)
        chosen[self._standing.chosen] = True
        second = np.zeros(len(self._found), np.int32)
        for start in range(0, len(self._found), 4096):
            part = slice(start, start + 4096)
            shares = np.where(chosen[self._looks.other[part]], self._looks.share[part], 0)
            second[part] = np.partition(shares, -2, axis=1)[:, -2]
        return second

    def _best_for(self, room: int) -> _Best:
        if room not in self._best:
            found, choosing = self._found, self._choosing
            fits = self._out & (found.size <= room)
            if choosing.goal.per_burst is not None:
                fits &= choosing.in_burst[found.burst] < choosing.goal.per_burst
            gain = self._standing.gain / found.size if choosing.by_size else self._standing.gain
            rows = np.flatnonzero(fits)
            rows = rows[np.argsort(-gain[rows], kind="stable")]
            self._best[room] = _Best(
                fits, _first(rows, found.scene), _first(rows, found.stretch), int(rows[0]) if len(rows) else NOBODY
            )
        return self._best[room]


def _first(rows: NDArray[np.int64], numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """By number, the first of `rows` that bears it."""
    first = np.full(int(numbers.max()) + 1, NOBODY, np.int64)
    backwards = rows[::-1]
    first[numbers[backwards]] = backwards
    return first
