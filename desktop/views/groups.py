"""How many photos stand in each group of a shoot, and a photo in words with its group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QObject, Slot

from desktop.cards import CardModel, CardRole
from desktop.views.wording import describe
from engine.types import Card


class GroupSizes(QObject):
    """Counts the whole shoot, filtered out or not, when asked after the groups have changed. One for each model, its
    child: see `of`."""

    def __init__(self, model: CardModel) -> None:
        super().__init__(model)
        self._model = model
        self._sizes: Counter[str] | None = None
        model.modelReset.connect(self._forget)
        model.dataChanged.connect(self._look)

    @classmethod
    def of(cls, model: CardModel) -> GroupSizes:
        """The one that all views of a model share."""
        found = model.findChild(cls)
        return found if isinstance(found, cls) else cls(model)

    def size(self, card: Card) -> int:
        """Number of photos in the card's group; 1 while it has none."""
        if card.group is None:
            return 1
        if self._sizes is None:
            self._sizes = Counter(other.group for other in self._model.cards() if other.group is not None)
        return max(self._sizes[card.group], 1)

    @Slot()
    def _forget(self) -> None:
        self._sizes = None

    @Slot(QModelIndex, QModelIndex, "QList<int>")
    def _look(self, first: QModelIndex, _last: QModelIndex, roles: Sequence[int]) -> None:
        """Groups come all at once, so that one card tells; scoring alone changes none."""
        if (not roles or CardRole in roles) and self._model.card(first.row()).group is not None:
            self._sizes = None


def describe_row(model: CardModel, row: int, groups: GroupSizes) -> str:
    """The photo in a row and its place, for people who listen to the screen."""
    card = model.card(row)
    text = describe(card, model.decision(row), groups.size(card), scores_hidden=model.scores_hidden)
    return f"{text}; {row + 1} of {model.rowCount()}"
