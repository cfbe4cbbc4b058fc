"""Which photos leave: by what the photographer decided, rejects never unless they are pointed at."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import UnusableInput
from engine.export.plan import Chosen
from engine.judge.keepers import is_keeper, reason
from engine.types import Card, Decision, Flag

if TYPE_CHECKING:
    from engine.judge.selection import Selection

MOST_STARS = 5
_STARS = re.compile(r"([0-5])(\+?)")


def stars(text: str) -> range:
    """ "4+" as 4 and 5, "3" as 3 alone. Raises UnusableInput for anything else."""
    found = _STARS.fullmatch(text)
    if found is None:
        raise UnusableInput(f'Stars are asked for as "4+" or "3", not as {text!r}.')
    least = int(found[1])
    return range(least, (MOST_STARS if found[2] else least) + 1)


def selected(selection: Selection, cards: Sequence[Card], decisions: Mapping[Path, Decision]) -> list[Chosen]:
    """The photos of a selection, each with the reason why it is in it."""
    by_path = {card.path: card for card in cards}
    return [
        Chosen(by_path[choice.path], decisions.get(choice.path, Decision()), choice.reason)
        for choice in selection.choices
    ]


def kept(cards: Sequence[Card], decisions: Mapping[Path, Decision], keeper_stars: int = 0) -> list[Chosen]:
    """The keepers: picks, and photos with as many stars as the setting asks."""
    return [
        Chosen(card, decision, reason(decision))
        for card, decision in _decided(cards, decisions)
        if is_keeper(decision, keeper_stars)
    ]


def starred(cards: Sequence[Card], decisions: Mapping[Path, Decision], wanted: range) -> list[Chosen]:
    """The photos with so many stars; a rejected one is none of them, whatever its stars."""
    return [
        Chosen(card, decision, f"{decision.stars} {'star' if decision.stars == 1 else 'stars'}")
        for card, decision in _decided(cards, decisions)
        if decision.flag is not Flag.REJECT and decision.stars in wanted
    ]


def given(cards: Sequence[Card], decisions: Mapping[Path, Decision], why: str) -> list[Chosen]:
    """Exactly these photos, rejected ones too: somebody pointed at them, and `why` says how."""
    return [Chosen(card, decision, why) for card, decision in _decided(cards, decisions)]


def _decided(cards: Sequence[Card], decisions: Mapping[Path, Decision]) -> list[tuple[Card, Decision]]:
    return [(card, decisions.get(card.path, Decision())) for card in cards]
