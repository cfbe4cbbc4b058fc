"""The place in a list: when rows come and go, the active photo stays, or the one that took its place becomes active."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QObject, Slot

from desktop.cards import CardModel
from engine.types import Card

_MAKE_ACTIVE = QItemSelectionModel.SelectionFlag.ClearAndSelect


class Place(QObject):
    """Watches a model and its selection. Make it after the selection, so that it acts after it."""

    def __init__(self, model: CardModel, selection: QItemSelectionModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.model = model
        self._selection = selection
        self._path: Path | None = None
        self._row = 0
        model.layoutAboutToBeChanged.connect(self._remember)
        model.layoutChanged.connect(self._restore)
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._restart)

    @property
    def active(self) -> Card | None:
        """The photo that a mark hits."""
        index = self._selection.currentIndex()
        return self.model.card(index.row()) if index.isValid() and index.row() < self.model.rowCount() else None

    @property
    def chosen(self) -> list[Card]:
        """The photos that are selected, in order of the rows."""
        return [self.model.card(row) for row in sorted(self._selected_rows())]

    @property
    def chosen_count(self) -> int:
        """How many photos are selected."""
        chosen = self._selection.selection()
        return sum(chosen.at(number).height() for number in range(chosen.count()))

    def choose_all(self) -> None:
        """Select every row; the active photo stays."""
        if self.model.rowCount():
            everything = QItemSelection(self.model.index(0), self.model.index(self.model.rowCount() - 1))
            self._selection.select(everything, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def reveal(self, path: Path) -> bool:
        """Make a photo active; its stack is opened where that hides it. False where it is filtered out."""
        card = self.model.find(path)
        if card is not None and card.group is not None and self.model.row_of(path) is None:
            self.model.open_stacks([card.group])
        row = self.model.row_of(path)
        if row is not None:
            self.go(row)
        return row is not None

    def go(self, row: int) -> None:
        """Make the photo in a row active, and the only one selected; the nearest row where there is none such."""
        count = self.model.rowCount()
        if count:
            self._selection.setCurrentIndex(self.model.index(min(max(row, 0), count - 1)), _MAKE_ACTIVE)
        else:
            self._selection.clear()

    def step_inside(self, step: int) -> bool:
        """Go to the neighbour in the same group; False where there is none on that side."""
        row = self._selection.currentIndex().row()
        if row < 0 or not self._is_group_of(row, row + step):
            return False
        self.go(row + step)
        return True

    def step_group(self, step: int) -> bool:
        """Go to the first photo of the next group, or of the one before; False where there is none."""
        row = self._selection.currentIndex().row()
        other = row
        while self._is_group_of(row, other):
            other += step
        if row < 0 or not 0 <= other < self.model.rowCount():
            return False
        first = other
        while self._is_group_of(other, first - 1):
            first -= 1
        self.go(first)
        return True

    def _is_group_of(self, row: int, other: int) -> bool:
        """Whether two rows are of one group; a photo that is in none is one by itself."""
        if not (0 <= row < self.model.rowCount() and 0 <= other < self.model.rowCount()):
            return False
        group = self.model.card(row).group
        return row == other or (group is not None and self.model.card(other).group == group)

    def _selected_rows(self) -> set[int]:
        chosen = self._selection.selection()
        spans = (chosen.at(number) for number in range(chosen.count()))
        return {row for span in spans for row in range(span.top(), span.bottom() + 1)}

    @Slot()
    def _remember(self) -> None:
        current = self._selection.currentIndex()
        if current.isValid():
            self._path, self._row = self.model.card(current.row()).path, current.row()

    @Slot()
    def _restore(self) -> None:
        """The photo that was active, else the one that took its place in the order."""
        row = None if self._path is None else self.model.row_near(self._path)
        if row is None:
            towards = None if self._path is None else self.model.row_towards(self._path)
            self.go(self._row if towards is None else towards)
        elif self._selection.currentIndex().row() != row:
            self.go(row)

    @Slot()
    def _restart(self) -> None:
        """After a reset the row says nothing: another shoot begins at its first photo."""
        self._row = 0
        self._restore()
