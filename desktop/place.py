"""The place in a list: when rows come and go, the active photo stays, or the one that took its place becomes active."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, QObject, Slot

from desktop.cards import CardModel

_MAKE_ACTIVE = QItemSelectionModel.SelectionFlag.ClearAndSelect


class Place(QObject):
    """Watches a model and its selection. Make it after the selection, so that it acts after it."""

    def __init__(self, model: CardModel, selection: QItemSelectionModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._selection = selection
        self._path: Path | None = None
        self._row = 0
        model.layoutAboutToBeChanged.connect(self._remember)
        model.layoutChanged.connect(self._restore)
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._restart)

    def go(self, row: int) -> None:
        """Make the photo in a row active, and the only one selected; the nearest row where there is none such."""
        count = self._model.rowCount()
        if count:
            self._selection.setCurrentIndex(self._model.index(min(max(row, 0), count - 1)), _MAKE_ACTIVE)
        else:
            self._selection.clear()

    @Slot()
    def _remember(self) -> None:
        current = self._selection.currentIndex()
        if current.isValid():
            self._path, self._row = self._model.card(current.row()).path, current.row()

    @Slot()
    def _restore(self) -> None:
        row = None if self._path is None else self._model.row_of(self._path)
        if row is None:
            self.go(self._row)
        elif self._selection.currentIndex().row() != row:
            self.go(row)

    @Slot()
    def _restart(self) -> None:
        """After a reset the row says nothing: another shoot begins at its first photo."""
        self._row = 0
        self._restore()
