"""The suggested best frame of a burst: what was measured speaks for it, and nobody has decided anything."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.cards import CardModel
from engine.judge import comparison
from engine.types import Card, Decision, Flag, GroupKind


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The best of a burst, and why."""

    best: Card
    size: int
    """Frames of the burst."""
    reason: str | None
    """ "measured: sharper on the subject than IMG_0412 (41.0, 28.5)"; None where nothing can be compared."""


def is_best(card: Card, size: int) -> bool:
    """Whether a photo is the suggested best of its burst of `size` frames. Brackets and panoramas have none."""
    return card.group_kind is GroupKind.BURST and size > 1 and card.rank_in_group == 1


def number(model: CardModel, card: Card, decision: Decision) -> int | None:
    """The number in the blue outline of a photo, None for one without: its place in the suggested selection where there
    is one, else 1 for the suggested best of a burst. What is flagged already is no suggestion any more."""
    if model.scores_hidden or decision.flag is not Flag.NONE:
        return None
    if model.has_selection:
        return model.number_of(card.path)
    return 1 if is_best(card, model.size(card)) else None


def suggest(model: CardModel, card: Card) -> Suggestion | None:
    """The suggestion for the burst that a photo is in; None for a photo on its own, in a set, or not ranked yet."""
    size = model.size(card)
    if size < 2 or card.group_kind is not GroupKind.BURST:
        return None
    siblings = model.siblings(card)
    best = next((sibling for sibling in siblings if is_best(sibling, size)), None)
    return None if best is None else Suggestion(best, size, comparison.reason(best, siblings))
