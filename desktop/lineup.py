"""The photos that stand against each other in Compare and Survey: those selected, else a burst, else the next ones."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QObject, Signal, Slot

from desktop.cards import CardModel
from engine.types import Card

NEAR = 100
"""Photos to either side that stand by where nothing is selected and the photo is in no burst."""
LONGEST = 200
"""Of a longer selection the first ones stand in line."""
MOST = 6
"""Photos side by side."""
BURST, PAIR = 4, 2
"""How many of a burst, and of photos that belong to none, stand side by side at first."""
Flags = QItemSelectionModel.SelectionFlag


class Lineup(QObject):
    """A line of photos of one model, one of them active, perhaps one of them the champion. While it is on, the active
    photo is the only one selected: a mark hits it alone."""

    entered = Signal()
    """It is another line."""
    changed = Signal()
    """Other photos, another active one, or another champion."""

    def __init__(self, model: CardModel, selection: QItemSelectionModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.model, self.selection = model, selection
        self.is_on = False
        self.champion: Path | None = None
        self.first_count = PAIR
        """How many photos stand side by side at first."""
        self._paths: list[Path] = []
        self._was_selected = False
        self._first = 0
        self._is_moving = False
        self._place = 0
        model.layoutAboutToBeChanged.connect(self._remember)
        model.layoutChanged.connect(self._settle)
        model.modelAboutToBeReset.connect(self.leave)
        selection.currentChanged.connect(self._follow)

    # What is in it

    @property
    def cards(self) -> list[Card]:
        """Its photos that pass the filter, in order."""
        rows = (self.model.row_of(path) for path in self._paths)
        return [self.model.card(row) for row in rows if row is not None]

    @property
    def paths(self) -> tuple[Path, ...]:
        """All of its photos, those too that a filter hides."""
        return tuple(self._paths)

    @property
    def was_selected(self) -> bool:
        """Whether it was made of selected photos, which are selected again afterwards."""
        return self._was_selected

    @property
    def first(self) -> int:
        """The place of the first challenger that stands side by side with others."""
        return self._first

    @property
    def active(self) -> Card | None:
        """The photo that a mark hits."""
        index = self.selection.currentIndex()
        return self.model.card(index.row()) if index.isValid() and index.row() < self.model.rowCount() else None

    @property
    def challengers(self) -> list[Card]:
        """All but the champion."""
        return [card for card in self.cards if card.path != self.champion]

    def shown(self, count: int) -> list[Card]:
        """So many side by side, the champion first, the active photo always among them."""
        cards, active = self.challengers, self.active
        champion = [card for card in self.cards if card.path == self.champion]
        room = max(count - len(champion), 1)
        at = next((i for i, card in enumerate(cards) if active is not None and card.path == active.path), None)
        if at is not None:
            self._first = min(max(self._first, at - room + 1), at)
        self._first = max(min(self._first, len(cards) - room), 0)
        return champion + cards[self._first : self._first + room]

    def next_ones(self, count: int) -> list[Card]:
        """The challengers just outside of `shown(count)`, after it and before it: to be decoded ahead."""
        room = max(count - (self.champion is not None), 1)
        cards = self.challengers
        return [*cards[self._first + room : self._first + room + 1], *cards[max(self._first - 1, 0) : self._first]]

    # What is done with it

    def enter(self) -> None:
        """Line up what is selected, else the burst of the active photo, else the photos around it."""
        if not self.is_on:
            self.is_on, self.champion = True, None
            self._take(self._selected())
            index = self.selection.currentIndex()
            if index.isValid():
                self.selection.select(index, Flags.ClearAndSelect)
            self.entered.emit()
            self.changed.emit()

    def resume(self, paths: Iterable[Path], champion: Path | None, *, first: int, selected: bool) -> bool:
        """Line up the same photos as at another time; False where fewer than two of them are of this shoot, or where
        the active photo is none of them."""
        known = [path for path in dict.fromkeys(paths) if self.model.find(path) is not None]
        if self.is_on or len(known) < PAIR or self.active is None or self.active.path not in known:
            return False
        self.is_on, self.champion = True, champion if champion in known else None
        self._paths, self._was_selected, self._first = known, selected, first
        self.selection.select(self.selection.currentIndex(), Flags.ClearAndSelect)
        self.entered.emit()
        self.changed.emit()
        return True

    @Slot()
    def leave(self) -> None:
        """Away from both views. What was selected before is selected again, as far as it still stands here."""
        if not self.is_on:
            return
        self.is_on, self.champion = False, None
        if self._was_selected and self.active is not None and self.active.path in self._paths:
            chosen = QItemSelection()
            for card in self.cards:
                index = self.model.index(self.model.row_of(card.path) or 0)
                chosen.select(index, index)
            self.selection.select(chosen, Flags.Select)
        self._paths, self._was_selected = [], False

    def go(self, card: Card) -> None:
        """Make a photo active."""
        row = self.model.row_of(card.path)
        if row is not None:
            self.selection.setCurrentIndex(self.model.index(row), Flags.ClearAndSelect)

    def step(self, delta: int) -> None:
        """Go on among the challengers; both ends hold. From the champion it goes to the first of those shown."""
        cards, active = self.challengers, self.active
        if not cards:
            return
        at = next((i for i, card in enumerate(cards) if active is not None and card.path == active.path), None)
        wanted = self._first if at is None else at + delta
        self.go(cards[min(max(wanted, 0), len(cards) - 1)])

    def pin(self) -> Card | None:
        """Make the active photo the champion and the one after it active; the champion itself is let go of."""
        active, cards = self.active, self.cards
        if active is None or len(cards) < 2:
            return None
        if self.champion == active.path:
            self.champion = None
            self.changed.emit()
            return None
        at = next((i for i, card in enumerate(cards) if card.path == active.path), 0)
        self.champion = active.path
        self.go(cards[at + 1] if at + 1 < len(cards) else cards[at - 1])
        return active

    def drop(self) -> Card | None:
        """Take the active photo out of the line, which decides nothing; the last one stays."""
        active, cards = self.active, self.cards
        if active is None or len(cards) < 2 or active.path not in self._paths:
            return None
        at = next(i for i, card in enumerate(cards) if card.path == active.path)
        self._paths.remove(active.path)
        if self.champion == active.path:
            self.champion = None
        left = self.cards
        self.go(left[min(at, len(left) - 1)])
        self.changed.emit()
        return active

    # How

    def _selected(self) -> list[Path]:
        rows = sorted({index.row() for index in self.selection.selectedRows()})
        return [self.model.card(row).path for row in rows[:LONGEST]] if len(rows) > 1 else []

    def _take(self, selected: Iterable[Path]) -> None:
        self._paths, self._first = list(selected), 0
        self._was_selected, self.first_count = bool(self._paths), min(max(len(self._paths), PAIR), MOST)
        active = self.active
        if self._paths or active is None:
            return
        if self.model.is_closed(active) and active.group is not None:
            self.model.open_stacks([active.group])
        burst = [row for card in self.model.siblings(active) if (row := self.model.row_of(card.path)) is not None]
        self.first_count = min(len(burst), BURST)
        if len(burst) < PAIR:
            row, self.first_count = self.selection.currentIndex().row(), PAIR
            burst = list(range(max(row - NEAR, 0), min(row + NEAR + 1, self.model.rowCount())))
        self._paths = [self.model.card(row).path for row in sorted(burst)]
        at = self._paths.index(active.path)
        self._first = max(min(at, len(self._paths) - self.first_count), 0)

    @Slot()
    def _remember(self) -> None:
        self._is_moving = True
        if self.is_on and self.active is not None:
            paths = [card.path for card in self.cards]
            self._place = paths.index(self.active.path) if self.active.path in paths else 0

    @Slot()
    def _settle(self) -> None:
        """Rows came or went. Where the active photo is none any more, the one that took its place in the line is it."""
        self._is_moving = False
        if not self.is_on:
            return
        cards, active = self.cards, self.active
        if self.champion is not None and self.model.row_of(self.champion) is None:
            self.champion = None
        if active is None or active.path not in [card.path for card in cards]:
            if cards:
                self.go(cards[min(self._place, len(cards) - 1)])
            else:
                self._take(())
        self.changed.emit()

    @Slot(QModelIndex, QModelIndex)
    def _follow(self, *_change: QModelIndex) -> None:
        """Another photo is active. One from elsewhere challenges the champion, or brings its own burst."""
        active = self.active
        if not self.is_on or self._is_moving:
            return
        if active is not None and active.path not in self._paths:
            if self.champion is None:
                self._take(())
            else:
                self._paths.append(active.path)
        self.changed.emit()
