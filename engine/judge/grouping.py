"""Frames that belong together: groups made by hand, brackets, panoramas, bursts, singles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

import numpy as np

from engine.judge.brackets import brackets
from engine.judge.bursts import bursts
from engine.judge.likeness import Walk, walk
from engine.judge.panoramas import panoramas
from engine.types import Card, Group, GroupKind

BURST_GAP = 2.0
"""Seconds between neighbouring frames of a burst. Almost equal frames may be `bursts.SLOWEST` times further apart."""
_NO_GROUPS: Mapping[Path, str] = {}


def group(cards: Sequence[Card], burst_gap: float = BURST_GAP, by_hand: Mapping[Path, str] = _NO_GROUPS) -> list[Group]:
    """Put every readable card into exactly one group; unreadable cards are in none.

    `by_hand` names the group of every photo that was put in one by hand, and wins over all else. The rest are walked
    body by body in order of the corrected time; brackets are found first, then panoramas, then bursts of the others.
    Photos without a usable time are walked by path, folder by folder, and stand together by likeness alone. The result
    depends on the set of cards only, not on their order or scores: groups come in order of their first member's
    capture, then path.
    """
    readable = [card for card in cards if card.error is None]
    found = list(_hand_made(readable, by_hand))
    rest = walk([card for card in readable if not by_hand.get(card.path)])
    found.extend((kind, sorted(members, key=capture_order), "") for kind, members in _sets(rest, burst_gap))
    found.sort(key=lambda item: capture_order(item[1][0]))
    return _named(found)


def capture_order(card: Card) -> tuple[datetime, str]:
    """Sort key: corrected capture time, unknown times last, then path."""
    return card.captured or datetime.max, str(card.path)


def _hand_made(cards: Sequence[Card], by_hand: Mapping[Path, str]) -> Iterator[tuple[GroupKind, list[Card], str]]:
    """Kind, members in order of capture, id."""
    groups: dict[str, list[Card]] = {}
    for card in cards:
        if by_hand.get(card.path):
            groups.setdefault(by_hand[card.path], []).append(card)
    for name, members in groups.items():
        yield _burst_or_single(len(members)), sorted(members, key=capture_order), name


def _sets(walked: Walk, burst_gap: float) -> Iterator[tuple[GroupKind, list[Card]]]:
    free = np.ones(len(walked), bool)
    for rows in brackets(walked, burst_gap):
        free[rows] = False
        yield GroupKind.BRACKET, walked.at(rows)
    for rows in panoramas(walked, free):
        free[rows] = False
        yield GroupKind.PANORAMA, walked.at(rows)
    for rows in bursts(walked, free, burst_gap):
        yield _burst_or_single(len(rows)), walked.at(rows)


def _burst_or_single(length: int) -> GroupKind:
    return GroupKind.BURST if length > 1 else GroupKind.SINGLE


def _named(found: Sequence[tuple[GroupKind, list[Card], str]]) -> list[Group]:
    """Give every group that has no id its own: the first member's fingerprint, numbered where copies would share it."""
    groups: list[Group] = []
    taken = Counter(name for _, _, name in found if name)
    for kind, members, by_hand in found:
        name = by_hand or (members[0].fingerprint or "unread")[:12]
        if not by_hand:
            taken[name] += 1
        unique = name if by_hand or taken[name] == 1 else f"{name}-{taken[name]}"
        groups.append(Group(id=unique, kind=kind, members=tuple(card.path for card in members)))
    return groups
