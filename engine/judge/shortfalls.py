"""What of a goal could not be had, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np

from engine.judge.choosing import Choosing


def shortfalls(choosing: Choosing, unreadable_keepers: int) -> Iterator[str]:
    """One sentence for each wish that the finished choice does not fulfil."""
    found, goal = choosing.found, choosing.goal
    if unreadable_keepers:
        yield f"{_photos(unreadable_keepers)} that you keep cannot be read and {_be(unreadable_keepers)} left out."
    keepers = int(found.size[found.kept].sum())
    chosen = goal.count - choosing.left
    if keepers > goal.count:
        sets = " with the sets that they belong to" if (found.kept & (found.size > 1)).any() else ""
        yield f"Your keepers{sets} are {keepers:,}, more than the {goal.count:,} asked for: they are in, and no others."
    elif chosen < goal.count:
        yield f"{_photos(chosen)} of the {goal.count:,} asked for {_be(chosen)} chosen: {_why_fewer(choosing)}."
    if goal.per_burst is not None:
        most = int(np.bincount(found.burst[found.kept], minlength=1).max(initial=0))
        if most > goal.per_burst:
            yield f"A burst has {most:,} keepers of yours, more than {goal.per_burst:,}: they are all in."
    if goal.cover_scenes:
        yield from _scenes(choosing)
    if found.torn:
        sets = "1 set counts" if found.torn == 1 else f"{found.torn:,} sets count"
        yield f"{sets} without the frames that you rejected."


def _why_fewer(choosing: Choosing) -> str:
    """How many of the others are out for which reason."""
    found, goal = choosing.found, choosing.goal
    reasons = Counter(found.barred.values())
    out = ~np.isnan(found.merit)
    out[choosing.standing.chosen] = False
    low = out & (found.score < goal.min_score) if goal.min_score is not None else np.zeros_like(out)
    full = out & ~low & ~choosing.free
    for name, rows in (
        (f"below the score of {goal.min_score}", low),
        (f"of a burst that has {goal.per_burst} already", full),
        ("in a set that is larger than the rest", out & choosing.free),
    ):
        reasons[name] += int(found.size[rows].sum())
    named = [f"{count:,} {why}" for why, count in reasons.items() if count]
    return "the others are " + ", ".join(named) if named else "the shoot has no more"


def _scenes(choosing: Choosing) -> Iterator[str]:
    missing = int((choosing.standing.in_scene == 0).sum())
    if missing:
        why = "none of their photos may be chosen" if choosing.left > 0 else "there is no room for all of them"
        yield f"{missing:,} of {len(choosing.standing.in_scene):,} scenes {_be(missing)} not shown: {why}."


def _photos(count: int) -> str:
    return "1 photo" if count == 1 else f"{count:,} photos"


def _be(count: int) -> str:
    return "is" if count == 1 else "are"
