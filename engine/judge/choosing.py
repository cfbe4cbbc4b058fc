"""Choosing: the greedy walk through the candidates, inside what a goal allows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.judge.goal import Goal
from engine.judge.worth import Places, Standing, Worth


@dataclass(frozen=True, slots=True)
class Step:
    """One candidate at the moment at which it was chosen; what it added, in `looks.UNIT`s."""

    row: int
    new: int
    """That it shows and nothing before it did."""
    in_scene: int
    """Chosen of its scene before."""
    in_stretch: int
    """The same of its stretch of time."""
    is_only_way: bool
    """Whether photos of other scenes would have added more, and their turn did not come because scenes are covered."""


class Choosing:
    """Goes through the candidates once for one goal.

    Each step takes what adds most; where there are sets, what adds most for each photo that it counts as. That is the
    greedy algorithm for a monotone submodular function, here of what is added to the keepers. N alone: at least
    1 - 1/e of the best possible (Nemhauser, Wolsey and Fisher, 1978). With a limit to each burst, with every scene
    covered, or both: at least 1/2, as the selections that can still be completed form a matroid (Fisher, Nemhauser and
    Wolsey, 1978). With sets that does not hold; `best` then also goes without asking for the size and keeps the better
    of the two, which is at least (1 - 1/e) / 2 for N alone (Leskovec and others, 2007).
    """

    def __init__(self, worth: Worth, goal: Goal, by_size: bool) -> None:
        self.worth, self.goal = worth, goal
        found = worth.found
        self.found = found
        self.standing = Standing(worth)
        self.steps: list[Step] = []
        self.left = goal.count
        self.by_size = by_size
        self._has_sets = bool((found.size > 1).any())
        self._bursts = Places(found.burst)
        self._scenes = Places(found.scene)
        self.in_burst = np.zeros(len(found), np.int64)
        self.free: NDArray[np.bool_] = ~np.isnan(found.merit)
        """Who may still be chosen as far as score, burst and earlier choice go."""
        if goal.min_score is not None:
            self.free &= found.score >= goal.min_score
        self.need = found.size.copy()
        """Photos that each takes of those left for all scenes; less where one is held for its scene."""
        self.held = 0
        """Photos of those left that are held for scenes without one."""
        self._owed: dict[int, int] = {}

    @classmethod
    def best(cls, worth: Worth, goal: Goal) -> Choosing:
        """The better of the two ways to go; there is one where no set is among the candidates."""
        ways = [cls(worth, goal, by_size) for by_size in ((True, False) if (worth.found.size > 1).any() else (False,))]
        for way in ways:
            way.go()
        return max(ways, key=lambda way: way.standing.total)

    def go(self) -> None:
        """Keepers first, then whatever adds most."""
        for row in np.flatnonzero(self.found.kept).tolist():
            self._take(row, False)
        if self.goal.cover_scenes:
            self._hold_for_scenes()
        while self.left > 0:
            best = self._next(self.need, max(self.left - self.held, 0))
            if best is not None:
                is_held = int(self.found.scene[best]) in self._owed
                self._take(best, is_held and self._next(self.found.size, self.left) != best)
            elif self._owed:
                self._let_scenes_go()
            else:
                break

    def with_swaps(self, swaps: Mapping[int, int]) -> Choosing:
        """This choice with others in the place of some candidates, each at the step of the one it stands for."""
        other = Choosing(self.worth, self.goal, self.by_size)
        for step in self.steps:
            other._take(swaps.get(step.row, step.row), step.is_only_way)
        return other

    def allows(self, out: int, into: int) -> bool:
        """Whether a candidate may stand in the place of a chosen one: neither is a keeper, and the goal holds."""
        found, goal = self.found, self.goal
        chosen = set(self.standing.chosen)
        if out not in chosen or into in chosen or found.kept[out] or np.isnan(found.merit[into]):
            return False
        if found.size[into] > found.size[out] + max(self.left, 0):
            return False
        if goal.min_score is not None and not found.score[into] >= goal.min_score:
            return False
        same = int(found.burst[out] == found.burst[into])
        return goal.per_burst is None or self.in_burst[found.burst[into]] - same < goal.per_burst

    def _next(self, need: NDArray[np.int64], room: int) -> int | None:
        """Who adds most among those that fit."""
        fits = self.free & (need <= room)
        if self._has_sets:
            fits &= self.found.size <= self.left
        if not fits.any():
            return None
        gain = self.standing.gain / self.found.size if self.by_size else self.standing.gain
        return int(np.where(fits, gain, -1).argmax())

    def _take(self, row: int, is_only_way: bool) -> None:
        standing, found = self.standing, self.found
        scene, burst = int(found.scene[row]), int(found.burst[row])
        counts = int(standing.in_scene[scene]), int(standing.in_stretch[found.stretch[row]])
        self.steps.append(Step(row, int(standing.new[row]), *counts, is_only_way))
        standing.take(row)
        self.left -= int(found.size[row])
        self.free[row] = False
        self.in_burst[burst] += 1
        if self.goal.per_burst is not None and self.in_burst[burst] >= self.goal.per_burst:
            self.free[self._bursts.of(burst)] = False
        if scene in self._owed:
            self.held -= self._owed.pop(scene)
            rows = self._scenes.of(scene)
            self.need[rows] = found.size[rows]

    def _hold_for_scenes(self) -> None:
        """Keep room for the smallest candidate of each scene without one.

        Where that is more than is left, only those smallest ones fit, until nothing is left.
        """
        for scene in np.flatnonzero(self.standing.in_scene == 0).tolist():
            rows = self._scenes.of(scene)
            able = rows[self.free[rows] & (self.found.size[rows] <= self.left)]
            if len(able):
                smallest = int(self.found.size[able].min())
                self._owed[scene] = smallest
                self.held += smallest
                self.need[rows] -= smallest

    def _let_scenes_go(self) -> None:
        """Nothing that is held for a scene fits any more: what is left is for all."""
        self._owed.clear()
        self.held = 0
        self.need = self.found.size.copy()
