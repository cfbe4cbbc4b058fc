"""Who is a keeper: the one place that says so, for counts, selections and exports alike."""

from __future__ import annotations

from engine.types import Decision, Flag


def is_keeper(decision: Decision, least_stars: int) -> bool:
    """Whether the photographer keeps the photo: a pick, or so many stars and no flag; a reject never is.

    `least_stars` is `Settings.keeper_stars`, 0-5; with 0 stars say nothing, and picks alone are kept.
    """
    if decision.flag is Flag.NONE:
        return 0 < least_stars <= decision.stars
    return decision.flag is Flag.PICK


def reason(decision: Decision) -> str:
    """What makes a keeper one: "pick", "4 stars"."""
    if decision.flag is Flag.PICK:
        return "pick"
    return "1 star" if decision.stars == 1 else f"{decision.stars} stars"
