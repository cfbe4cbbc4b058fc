"""Merit and rank: the order in which a shoot is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from engine.judge.grouping import capture_order
from engine.types import Card, Group

MERIT_DIGITS = 6
"""Decimals of a merit. Photos that differ by less are tied: the student's last bits depend on the processor."""


def merit(card: Card) -> float | None:
    """What `rank` sorts by, 1-10: for now the student's score. None where there is no verdict."""
    return None if card.verdict is None else round(card.verdict.score, MERIT_DIGITS)


def ranked(cards: Sequence[Card], groups: Sequence[Group]) -> list[Card]:
    """Fill merit, rank, group, group_kind and rank_in_group; the result is in order of rank.

    Ranks are 1, 2, 3 ... without gaps; ties in merit go to the earlier capture, then to the path. Readable cards
    without a verdict follow without a rank, in order of capture; unreadable ones come last, by path.
    """
    group_of: dict[Path, Group] = {path: group for group in groups for path in group.members}
    rank_inside: dict[str, int] = {}
    result: list[Card] = []
    scored = 0
    for card, worth in sorted(((card, merit(card)) for card in cards), key=_best_first):
        group = group_of.get(card.path)
        if group is None:
            result.append(replace(card, merit=None, rank=None, group=None, rank_in_group=None))
            continue
        rank = rank_in_group = None
        if worth is not None:
            scored += 1
            rank = scored
            rank_in_group = rank_inside[group.id] = rank_inside.get(group.id, 0) + 1
        result.append(
            replace(card, merit=worth, rank=rank, group=group.id, group_kind=group.kind, rank_in_group=rank_in_group)
        )
    return result


def _best_first(item: tuple[Card, float | None]) -> tuple[bool, bool, float, datetime, str]:
    card, worth = item
    captured, path = capture_order(card)
    if card.error is not None:
        return True, True, 0.0, datetime.max, path
    return False, worth is None, -(worth or 0.0), captured, path
