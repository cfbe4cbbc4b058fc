"""Merit and rank: the order in which a shoot is shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from engine.judge.evidence import Sharpest, against
from engine.judge.grouping import capture_order
from engine.types import Card, Group, GroupKind

MERIT_DIGITS = 6
"""Decimals of a merit. Photos that differ by less are tied: the student's last bits depend on the processor."""
MOST = 0.5
"""Points that a frame of a burst may lose to its siblings: scores further apart than this are never turned round."""


def merit(card: Card, sharpest: Sharpest | None = None) -> float | None:
    """What `rank` sorts by, 1-10. None where there is no verdict.

    For the shoot it is the student's score. A frame of a burst, whose `sharpest` frames are given, loses what was
    measured against it: up to `evidence.SHARPNESS` points as it is softer on the subject than the sharpest, or on the
    softest face of a group, `evidence.EYES` where a prominent face blinks, up to `evidence.EXPOSURE` as its subject is
    under- or overexposed; at most MOST in all. So the measured best of near-equal frames comes first, with its own
    score, and a clearly better score stays ahead. Losing to a sibling is no reject.
    """
    if card.verdict is None:
        return None
    lost = 0.0 if sharpest is None else against(card, sharpest).points
    return round(max(card.verdict.score - min(lost, MOST), 1.0), MERIT_DIGITS)


def ranked(cards: Sequence[Card], groups: Sequence[Group]) -> list[Card]:
    """Fill merit, rank, group, group_kind and rank_in_group; the result is in order of rank.

    Ranks are 1, 2, 3 ... without gaps; ties in merit go to the earlier capture, then to the path. Readable cards
    without a verdict follow without a rank, in order of capture; unreadable ones come last, by path. Frames of a
    bracket or a panorama differ on purpose and are not compared.
    """
    group_of: dict[Path, Group] = {path: group for group in groups for path in group.members}
    sharpest = _sharpest(cards, group_of)
    worths = [
        (card, merit(card, sharpest.get(group_of[card.path].id) if card.path in group_of else None)) for card in cards
    ]
    rank_inside: dict[str, int] = {}
    result: list[Card] = []
    scored = 0
    for card, worth in sorted(worths, key=_best_first):
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


def _sharpest(cards: Sequence[Card], group_of: Mapping[Path, Group]) -> dict[str, Sharpest]:
    """The sharpest frames of every burst, by the id of the group."""
    bursts: dict[str, list[Card]] = {}
    for card in cards:
        group = group_of.get(card.path)
        if group is not None and group.kind is GroupKind.BURST and card.verdict is not None:
            bursts.setdefault(group.id, []).append(card)
    return {name: Sharpest.of(members) for name, members in bursts.items()}


def _best_first(item: tuple[Card, float | None]) -> tuple[bool, bool, float, datetime, str]:
    card, worth = item
    captured, path = capture_order(card)
    if card.error is not None:
        return True, True, 0.0, datetime.max, path
    return False, worth is None, -(worth or 0.0), captured, path
