"""Why a photo is in a selection or not, in words, from the numbers that decided it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from engine.judge.candidates import STRETCH, Candidate
from engine.judge.choosing import Choosing, Step
from engine.judge.keepers import reason
from engine.types import Decision, Flag, GroupKind

NEW = 0.95
"""Share of what a photo shows from which on it is called new."""


class Reasons:
    """The words for one finished choice."""

    def __init__(self, choosing: Choosing) -> None:
        self._choosing = choosing
        self._found = found = choosing.found
        merits = np.sort(-found.merit[~np.isnan(found.merit)])
        self._place = np.searchsorted(merits, -found.merit) + 1
        self._scored = len(merits)
        self._members = np.bincount(found.burst, found.size).astype(int) if len(found) else np.zeros(0, int)

    def chosen(self, step: Step) -> str:
        """Why the candidate of this step is in."""
        candidate = self._found.rows[step.row]
        if candidate.keeper is not None:
            return _kept(candidate, candidate.keeper)
        return ", ".join([self._merit(step.row), *self._beside(candidate, step)])

    def left_out(self, row: int) -> str:
        """Why a candidate that was not chosen is out."""
        choosing, found = self._choosing, self._found
        goal = choosing.goal
        if np.isnan(found.merit[row]):
            return "not scored"
        if goal.min_score is not None and not found.score[row] >= goal.min_score:
            return f"score {found.score[row]:.2f} is below {goal.min_score:g}"
        if goal.per_burst is not None and choosing.in_burst[found.burst[row]] >= goal.per_burst:
            return f"its burst has {choosing.in_burst[found.burst[row]]} already"
        if found.size[row] > choosing.left > 0:
            return f"{_set(found.rows[row])}, and there is room for {choosing.left} only"
        return f"{self._merit(row)}, {choosing.standing.new[row] / self._alone(row):.0%} new beside the chosen"

    def _merit(self, row: int) -> str:
        return f"merit {self._found.merit[row]:.2f}, number {self._place[row]:,} of {self._scored:,}"

    def _beside(self, candidate: Candidate, step: Step) -> Iterator[str]:
        """What else counted, the heaviest first."""
        best = candidate.best
        if step.is_only_way:
            yield "chosen so that its scene is shown"
        elif step.in_scene == 0:
            yield "the first of its scene"
        elif step.in_stretch == 0:
            yield f"the first of its {STRETCH.seconds // 60} minutes"
        if candidate.is_set:
            yield f"{_set(candidate)}, taken whole"
        elif best.group_kind is GroupKind.BURST and best.rank_in_group is not None:
            size = self._members[self._found.burst[step.row]]
            yield (
                f"best of {size} in its burst"
                if best.rank_in_group == 1
                else (f"number {best.rank_in_group} of its burst")
            )
        yield self._share(step.row, step.new)

    def _share(self, row: int, new: int) -> str:
        """How much of what a photo shows nothing else shows, at that moment."""
        share = new / self._alone(row)
        return "unlike those before it" if share >= NEW else f"{share:.0%} new"

    def _alone(self, row: int) -> int:
        return max(int(self._choosing.worth.alone[row]), 1)


def _kept(candidate: Candidate, keeper: Decision) -> str:
    """ "picked by you"; "kept by you: 4 stars" """
    picked = keeper.flag is Flag.PICK
    if candidate.is_set:
        return f"{_set(candidate)} with a frame that you {'picked' if picked else f'gave {reason(keeper)}'}"
    return "picked by you" if picked else f"kept by you: {reason(keeper)}"


def _set(candidate: Candidate) -> str:
    return f"a {candidate.best.group_kind} of {len(candidate.cards)}"
