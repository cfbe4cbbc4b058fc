"""The leaders of bursts: the frames among which a closer look decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from engine.judge.evidence import FULL, Sharpest
from engine.judge.merit import MOST, merit
from engine.types import Card, Group, GroupKind, SubjectSource

MOST_LEADERS = 4
"""Frames of one burst that are looked at closely."""


def leaders(cards: Sequence[Card], groups: Sequence[Group]) -> list[list[Card]]:
    """Of every burst the frames that could still come first, best merit first; bursts with one such frame are left out.

    Sharpness at full resolution turns scores round that lie within merit.MOST; at most MOST_LEADERS frames, by the
    merit that half scale gives, are worth that look. All leaders of a burst share a subject: where faces or the camera
    name none, it is the one of the first leader, so that the same thing is measured in each.
    """
    by_path = {card.path: card for card in cards}
    found: list[list[Card]] = []
    for group in groups:
        if group.kind is not GroupKind.BURST:
            continue
        members = [_at_half_scale(card) for path in group.members if (card := by_path[path]).verdict is not None]
        sharpest = Sharpest.of(members)
        ordered = sorted(members, key=lambda card: (-(merit(card, sharpest) or 0.0), str(card.path)))
        best = max((card.verdict.score for card in members if card.verdict is not None), default=0.0)
        near = [card for card in ordered if card.verdict is not None and card.verdict.score >= best - MOST]
        if len(near) > 1:
            found.append(_sharing_a_subject([by_path[card.path] for card in near[:MOST_LEADERS]]))
    return found


def _at_half_scale(card: Card) -> Card:
    """The card without what a closer look has found: a second run must choose the same leaders as the first."""
    return replace(card, readings={name: reading for name, reading in card.readings.items() if name != FULL})


def _sharing_a_subject(cards: Sequence[Card]) -> list[Card]:
    """The cards, those whose subject nobody named with the first such subject."""
    guessed = (SubjectSource.ATTENTION, SubjectSource.SHARPEST)
    shared = next((card.subject for card in cards if card.subject is not None and card.subject.source in guessed), None)
    return [
        replace(card, subject=shared) if card.subject is not None and card.subject.source in guessed else card
        for card in cards
    ]
