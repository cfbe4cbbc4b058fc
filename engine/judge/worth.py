"""What a selection is worth: the looks that it shows, how well, and the scenes and times that it covers."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.judge.candidates import Candidates
from engine.judge.looks import UNIT, Looks, looks

ALIKE = 0.05
"""What a photo is still worth of itself when others show all of it."""
SCENE = 1.0
"""What the first photo of a scene adds, in photos of middling merit; the n-th adds SCENE over the root of n."""
STRETCH = 0.5
"""The same for the first photo of a stretch of time."""
MOST = 6.0
"""Points of merit above or below the middle that count."""


@dataclass(frozen=True, slots=True, eq=False)
class Worth:
    """The worth of any set of candidates: monotone and submodular, in whole `UNIT`s.

    A photo of the shoot's median merit is worth one, a photo that is one point better twice as much; a set as much as
    its best frame times the root of their number. Of that, ALIKE counts in any case. The rest is facility location
    (Cornuejols, Fisher and Nemhauser, 1977): for every candidate of the shoot, the most that one of the chosen shows of
    it. Added is a concave function of the number chosen in each scene and each stretch of time.
    """

    found: Candidates
    anyway: NDArray[np.int64]
    """What each candidate is worth whatever else is chosen."""
    looks: Looks
    alone: NDArray[np.int64]
    """What each shows, before anything is chosen."""

    @classmethod
    def of(cls, found: Candidates) -> Worth:
        """The worth of what can be chosen of `found`."""
        worth = _worth(found)
        shown = looks(found, worth * (1.0 - ALIKE))
        total = np.concatenate([[0], np.cumsum(shown.worth, dtype=np.int64)])
        alone = total[shown.start[1:]] - total[shown.start[:-1]]
        return cls(found, np.rint(worth * ALIKE * UNIT).astype(np.int64), shown, alone)

    def value(self, chosen: Iterable[int]) -> int:
        """Of a whole selection, by the definition."""
        rows = np.array(sorted(chosen), np.int64)
        seen = np.zeros(len(self.found), np.int64)
        for row in rows.tolist():
            shown, worth = self.looks.of(row)
            seen[shown] = np.maximum(seen[shown], worth)
        covered = sum(
            spread(points, n)
            for points, numbers in ((SCENE, self.found.scene), (STRETCH, self.found.stretch))
            for count in np.bincount(numbers[rows]).tolist()
            for n in range(count)
        )
        return int(self.anyway[rows].sum() + seen.sum()) + covered


class Standing:
    """A selection in the making: what is chosen, and what each candidate would add to it."""

    def __init__(self, worth: Worth) -> None:
        self.worth = worth
        found = worth.found
        self.chosen: list[int] = []
        self.total = 0
        self.seen = np.zeros(len(found), np.int32)
        """The most that is shown of each candidate."""
        self.new = worth.alone.copy()
        """What each would show that is not shown yet."""
        self.in_scene = np.zeros(_numbers(found.scene), np.int64)
        self.in_stretch = np.zeros(_numbers(found.stretch), np.int64)
        self.gain = worth.anyway + self.new + spread(SCENE, 0) + spread(STRETCH, 0)
        """What each would add now. Of those chosen it is without meaning."""
        self._scenes = Places(found.scene)
        self._stretches = Places(found.stretch)

    def take(self, row: int) -> None:
        """Choose a candidate, and bring what the others would add up to date."""
        found = self.worth.found
        self.total += int(self.gain[row])
        self.chosen.append(row)
        for numbers, counts, places, points in (
            (found.scene, self.in_scene, self._scenes, SCENE),
            (found.stretch, self.in_stretch, self._stretches, STRETCH),
        ):
            number = int(numbers[row])
            n = int(counts[number])
            counts[number] = n + 1
            self.gain[places.of(number)] += spread(points, n + 1) - spread(points, n)
        self._show(row)

    def _show(self, row: int) -> None:
        looks = self.worth.looks
        shown, worth = looks.of(row)
        rises = worth > self.seen[shown]
        shown, worth = shown[rises], worth[rises]
        share, before = looks.share[shown], self.seen[shown, None]
        less = np.maximum(share - before, 0) - np.maximum(share - worth[:, None], 0)
        others = looks.other[shown].ravel()
        np.subtract.at(self.new, others, less.ravel())
        np.subtract.at(self.gain, others, less.ravel())
        self.seen[shown] = worth


class Places:
    """The rows that bear each number."""

    def __init__(self, numbers: NDArray[np.int64]) -> None:
        self._order = np.argsort(numbers, kind="stable")
        self._start = np.concatenate([[0], np.cumsum(np.bincount(numbers))]) if len(numbers) else np.zeros(1, np.int64)

    def of(self, number: int) -> NDArray[np.int64]:
        """The rows that bear `number`, in order."""
        return self._order[self._start[number] : self._start[number + 1]]


def spread(points: float, already: int) -> int:
    """What one more photo of a scene or a stretch is worth when so many are chosen."""
    return round(points * UNIT / math.sqrt(already + 1))


def _worth(found: Candidates) -> NDArray[np.float64]:
    """Of each candidate alone; 0 where nothing was scored."""
    scored = ~np.isnan(found.merit)
    middle = float(np.median(found.merit[scored])) if scored.any() else 0.0
    above = np.clip(np.nan_to_num(found.merit - middle), -MOST, MOST)
    worth: NDArray[np.float64] = np.exp2(above) * np.sqrt(found.size) * scored
    return worth


def _numbers(numbers: NDArray[np.int64]) -> int:
    return int(numbers.max()) + 1 if len(numbers) else 0
