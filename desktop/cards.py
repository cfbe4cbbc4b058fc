"""The cards of a shoot as a Qt model: rows are the photos that pass the filter, in the order of the sort."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
    Slot,
)

from desktop.filtering import Columns, camera_names
from desktop.filters import Counts, Filter, SortKey
from desktop.thumbnails import ThumbnailLoader
from engine.files import rotation
from engine.types import Card, Decision

CardRole = Qt.ItemDataRole.UserRole + 1
"""-> Card"""
DecisionRole = Qt.ItemDataRole.UserRole + 2
"""-> Decision"""
ThumbnailRole = Qt.ItemDataRole.UserRole + 3
"""-> QPixmap or None; never blocks"""
DECIDED = (DecisionRole,)
"""The roles of a `dataChanged` that tells of decisions alone: whatever shows none may leave it be."""

Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()

_RUNS_TOLD_APART = 32
"""More separate runs of changed rows than this are told to the views as one long run."""


class CardModel(QAbstractListModel):
    """All cards of a shoot; rows are those that pass `filter`, in order of `sort_key`, the frames of a group side by
    side. Of a closed stack the best frame that passes is a row, the others are none.

    The order is settled by `load`, `reload`, `arrange` and `resort` only, so nothing jumps while a run scores. Whenever
    rows come, go or move, the model emits `layoutAboutToBeChanged` and `layoutChanged` (the number of rows may differ);
    a new shoot is a reset; everything else is `dataChanged`.
    """

    scores_hidden_changed = Signal(bool)
    counted = Signal()
    """`counts()` has changed."""
    arranged = Signal()
    """`filter`, `sort_key` or `descending` has changed."""
    stacked = Signal()
    """Stacks were opened or closed."""

    def __init__(self, thumbnails: ThumbnailLoader | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._scores_hidden = False
        self._filter = Filter()
        self._sort_key = SortKey.RANK
        self._descending = False
        self._closed: set[str] = set()
        self._numbers: Mapping[Path, int] | None = None
        self._counts: Counts | None = None
        self._take([], {})
        if thumbnails is not None:
            thumbnails.arrived.connect(self._show_thumbnails)

    # What Qt asks

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not 0 <= index.row() < len(self._rows):
            return None
        if role == CardRole:
            return self.card(index.row())
        if role == DecisionRole:
            return self.decision(index.row())
        if role == ThumbnailRole:
            return None if self._thumbnails is None else self._thumbnails.pixmap(self.card(index.row()))
        if role == Qt.ItemDataRole.DisplayRole:
            return self.card(index.row()).path.name
        return None

    # What the views and commands ask

    def card(self, row: int) -> Card:
        """The card in a row. Raises IndexError when there is no such row."""
        return self._cards[int(self._rows[row])]

    def decision(self, row: int) -> Decision:
        """The decision about the photo in a row."""
        return self._columns.decision(int(self._rows[row]))

    def row_of(self, path: Path) -> int | None:
        """The row of a photo; None when it is filtered out or not of this shoot."""
        index = self._columns.index.get(path)
        return None if index is None or self._positions[index] < 0 else int(self._positions[index])

    def find(self, path: Path) -> Card | None:
        """The card of a photo of this shoot, filtered out or not."""
        index = self._columns.index.get(path)
        return None if index is None else self._cards[index]

    def size(self, card: Card) -> int:
        """How many photos of the shoot stand in the group of this one; 1 for one on its own."""
        index = self._columns.index.get(card.path)
        return 1 if index is None else self._columns.stacks.size(index)

    def siblings(self, card: Card) -> list[Card]:
        """The photos of the group that this one is in, itself among them, in order of capture."""
        index = self._columns.index.get(card.path)
        if index is None:
            return [card]
        members = self._columns.stacks.members(index)
        return [self._cards[member] for member in members[np.argsort(self._columns.taken[members], kind="stable")]]

    def is_closed(self, card: Card) -> bool:
        """Whether the photo's stack shows one photo alone."""
        return card.group in self._closed and self.size(card) > 1

    def row_towards(self, path: Path) -> int | None:
        """The row that a photo has, or would have if it passed the filter: there stands the one that took its place. It
        may be the row after the last. None for a photo of another shoot."""
        index = self._columns.index.get(path)
        if index is None:
            return None
        position = np.empty(len(self._order), np.intp)
        position[self._order] = np.arange(len(self._order))
        return int(np.count_nonzero(position[self._rows] < position[index]))

    def undecided_row(self, row: int, step: int) -> int | None:
        """The nearest row after `row` (`step` 1), or before it (-1), with a readable photo that nobody decided about;
        beyond the end it goes on at the other one. None where there is none but perhaps `row` itself."""
        rows = np.flatnonzero((self._columns.undecided() & ~self._columns.unreadable)[self._rows])
        rows = rows[rows != row]
        if not len(rows):
            return None
        ahead = rows[rows > row] if step > 0 else rows[rows < row][::-1]
        return int(ahead[0]) if len(ahead) else int(rows[0 if step > 0 else -1])

    def row_near(self, path: Path) -> int | None:
        """The row of a photo, or of the one that its closed stack shows; None where a filter hides them."""
        row, card = self.row_of(path), self.find(path)
        if row is not None or card is None or not self.is_closed(card):
            return row
        rows = (self.row_of(sibling.path) for sibling in self.siblings(card))
        return next((row for row in rows if row is not None), None)

    def cards(self) -> Sequence[Card]:
        """Every card of the shoot, filtered out or not, in order of the listing."""
        return tuple(self._cards)

    def failures(self) -> list[Card]:
        """The cards that cannot be read."""
        return [self._cards[index] for index in np.flatnonzero(self._columns.unreadable)]

    @property
    def columns(self) -> Columns:
        """What filters and sorts ask of the cards, in order of the listing. Only the model changes it."""
        return self._columns

    def counts(self) -> Counts:
        """How many photos of the whole shoot answer each question of a filter."""
        if self._counts is None:
            self._counts = self._columns.counts()
        return self._counts

    def camera_names(self) -> dict[str, str]:
        """What people call each camera body of the shoot, by `Metadata.body`."""
        return camera_names(self._cards)

    @property
    def stacks(self) -> set[str]:
        """The groups of more than one photo."""
        return self._columns.stacks.names()

    @property
    def closed_stacks(self) -> set[str]:
        """Those of them that show one photo alone."""
        return self._closed & self.stacks

    @property
    def has_selection(self) -> bool:
        """Whether a selection is suggested."""
        return self._numbers is not None

    def number_of(self, path: Path) -> int | None:
        """The place of a photo in the suggested selection, 1 for the best; None for one that is not in it."""
        return None if self._numbers is None else self._numbers.get(path)

    @property
    def filter(self) -> Filter:
        """Which photos are shown."""
        return self._filter

    @property
    def sort_key(self) -> SortKey:
        """What the rows are in order of."""
        return self._sort_key

    @property
    def descending(self) -> bool:
        """Whether the order is turned round."""
        return self._descending

    @property
    def scores_hidden(self) -> bool:
        """Whether scores, ranks and suggestions stay hidden, for those who cull blind."""
        return self._scores_hidden

    @scores_hidden.setter
    def scores_hidden(self, hidden: bool) -> None:
        if hidden != self._scores_hidden:
            self._scores_hidden = hidden
            self.scores_hidden_changed.emit(hidden)
            self._announce(range(len(self._rows)), [])

    # What the session and commands change

    def load(self, cards: Sequence[Card], decisions: Mapping[Path, Decision], columns: Columns | None = None) -> None:
        """Show another shoot; the filter is lifted, the sort stays. `columns` of these cards, made on another thread,
        spare the GUI thread some time where there are very many."""
        self.beginResetModel()
        self._filter = Filter()
        self._closed = set()
        self._numbers = None
        self._take(cards, decisions, columns)
        self.endResetModel()
        self.arranged.emit()
        self.counted.emit()

    def reload(self, cards: Sequence[Card], decisions: Mapping[Path, Decision], columns: Columns | None = None) -> None:
        """Show what the same folders hold now; filter, sort and place stay as far as the photos are still there."""
        self.layoutAboutToBeChanged.emit()
        held = self.persistentIndexList()
        paths = [self.card(index.row()).path for index in held]
        self._take(cards, decisions, columns)
        rows = [self.row_of(path) for path in paths]
        self.changePersistentIndexList(held, [QModelIndex() if row is None else self.index(row) for row in rows])
        self.layoutChanged.emit()
        self._announce(range(len(self._rows)), [])
        self.counted.emit()

    def update(self, cards: Iterable[Card]) -> None:
        """Put newer cards in place of those with the same path; others are ignored. The order stays as it is."""
        newer = {self._columns.index[card.path]: card for card in cards if card.path in self._columns.index}
        if not newer:
            return
        for index, card in newer.items():
            self._cards[index] = rotation.turned(card, self._cards[index].turn)
        self._columns.replace(list(newer), list(newer.values()))
        self._settle(list(newer), [CardRole, Qt.ItemDataRole.DisplayRole, ThumbnailRole])

    def decide(self, decisions: Mapping[Path, Decision]) -> None:
        """Show decisions that were made; photos that no longer pass the filter leave the rows."""
        changed, are_turned = [], False
        for path, decision in decisions.items():
            index = self._columns.index.get(path)
            if index is not None:
                self._columns.decide(index, decision)
                are_turned |= self._cards[index].turn is not decision.turn
                self._cards[index] = rotation.turned(self._cards[index], decision.turn)
                changed.append(index)
        self._settle(changed, [DecisionRole, CardRole, ThumbnailRole] if are_turned else [DecisionRole])

    def see(self, paths: Iterable[Path]) -> None:
        """Count photos as looked at."""
        self._columns.see(paths)
        self._counts = None
        self.counted.emit()

    def suggest(self, numbers: Mapping[Path, int] | None) -> None:
        """Show a suggested selection, photo by photo with its number; None shows none any more."""
        if numbers is None and self._numbers is None:
            return
        self._numbers = numbers
        self._columns.suggest(numbers or ())
        if numbers is None and self._filter.suggested:
            self.set_filter(replace(self._filter, suggested=False))
        elif self._filter.suggested:
            self._rearrange(self._passing())
        self._announce(range(len(self._rows)), [DecisionRole, CardRole])

    def liken(self, likeness: Mapping[Path, float]) -> None:
        """Show how like photos are to the words that are searched for; where these filter or sort, the rows are others
        now."""
        self._columns.liken(likeness)
        if self._sort_key is SortKey.LIKENESS:
            self._order = self._columns.order(self._sort_key, self._descending)
        self._rearrange(self._passing())

    def close_stacks(self, groups: Iterable[str]) -> None:
        """Show the best photo alone of each of these groups. It stays so whatever the filter and the order are."""
        self._closed.update(groups)
        self._rearrange(self._passing())
        self.stacked.emit()

    def open_stacks(self, groups: Iterable[str]) -> None:
        """Show every photo of these groups."""
        self._closed.difference_update(groups)
        self._rearrange(self._passing())
        self.stacked.emit()

    def set_filter(self, wanted: Filter) -> None:
        """Show the photos that pass."""
        if wanted != self._filter:
            self._filter = wanted
            self._rearrange(self._passing())
            self.arranged.emit()

    def arrange(self, key: SortKey, descending: bool = False) -> None:
        """Put the rows in another order."""
        self._sort_key, self._descending = key, descending
        self.resort()
        self.arranged.emit()

    def resort(self) -> None:
        """Settle the order again, now that ranks or times may be known."""
        self._order = self._columns.order(self._sort_key, self._descending)
        self._rearrange(self._passing())

    # How

    def _take(self, cards: Sequence[Card], decisions: Mapping[Path, Decision], columns: Columns | None = None) -> None:
        self._cards = list(cards)
        self._counts = None
        self._columns = columns or Columns(cards)
        for path, decision in decisions.items():
            index = self._columns.index.get(path)
            if index is not None:
                self._columns.decide(index, decision)
                self._cards[index] = rotation.turned(self._cards[index], decision.turn)
        self._columns.suggest(self._numbers or ())
        self._order = self._columns.order(self._sort_key, self._descending)
        self._place(self._passing())

    def _place(self, rows: NDArray[np.intp]) -> None:
        """`rows[row]` is an index into the cards, `positions[index]` its row or -1."""
        self._rows = rows
        self._positions = np.full(len(self._cards), -1, np.intp)
        self._positions[rows] = np.arange(len(rows))

    def _passing(self) -> NDArray[np.intp]:
        rows = self._order if self._filter.is_open else self._order[self._columns.passes(self._filter)[self._order]]
        return self._columns.stacks.shown(rows, self._closed) if self._closed else rows

    def _settle(self, changed: list[int], roles: list[int]) -> None:
        """Tell the views that the cards at these indices are others now, and let the filter have its say."""
        if not changed:
            return
        self._counts = None
        if not self._filter.is_open:
            self._rearrange(self._passing())
        rows = self._positions[changed]
        self._announce(sorted(int(row) for row in rows if row >= 0), roles)
        self.counted.emit()

    def _rearrange(self, rows: NDArray[np.intp]) -> None:
        if np.array_equal(rows, self._rows):
            return
        self.layoutAboutToBeChanged.emit()
        held = self.persistentIndexList()
        cards = [int(self._rows[index.row()]) for index in held]
        self._place(rows)
        moved = [self.index(int(self._positions[card])) for card in cards]
        self.changePersistentIndexList(held, moved)
        self.layoutChanged.emit()

    def _announce(self, rows: Sequence[int], roles: list[int]) -> None:
        """`dataChanged` for sorted rows, one signal for each run of neighbours."""
        if not rows:
            return
        cuts = np.flatnonzero(np.diff(rows) > 1)
        firsts, lasts = [0, *(cuts + 1)], [*cuts, len(rows) - 1]
        if len(firsts) > _RUNS_TOLD_APART:
            firsts, lasts = [0], [len(rows) - 1]
        for first, last in zip(firsts, lasts, strict=True):
            self.dataChanged.emit(self.index(rows[first]), self.index(rows[last]), roles)

    @Slot(object)
    def _show_thumbnails(self, paths: set[Path]) -> None:
        rows = (self.row_of(path) for path in paths)
        self._announce(sorted(row for row in rows if row is not None), [ThumbnailRole])
