"""The photos that cannot be read: each file with its reason, and Retry."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRect, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop import style
from desktop.cards import CardModel
from desktop.style import TONE
from desktop.views.wording import file_name, short_reason
from engine.types import Card

REASON = 1
"""The column of the reason."""
PADDING = 6


class FailuresDialog(QDialog):
    """Stays open beside the work and follows the model."""

    retry_wanted = Signal(object)
    """list[Path]: read these once more."""
    chosen = Signal(object)
    """Path: show this photo."""

    def __init__(self, model: CardModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._failures: list[Card] = []
        self.setWindowTitle(self.tr("Unreadable photos"))
        self.resize(760, 420)
        self.summary = QLabel()
        self.summary.setWordWrap(True)
        self.files = QTreeWidget()
        self.files.setHeaderLabels([self.tr("File"), self.tr("Reason"), self.tr("Folder")])
        self.files.setRootIsDecorated(False)
        self.files.setWordWrap(True)
        self.files.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.files.setAccessibleName(self.tr("Unreadable photos with their reasons"))
        self.files.setColumnWidth(0, 180)
        self.files.setColumnWidth(1, 380)
        self.files.header().sectionResized.connect(self._fit_rows)
        self.files.itemActivated.connect(self._choose)
        self.files.itemSelectionChanged.connect(self._show_buttons)
        self.retry_selected = QPushButton(style.icon("retry"), self.tr("&Retry selected"))
        self.retry_selected.clicked.connect(self._retry_selected)
        self.retry_all = QPushButton(style.icon("retry"), self.tr("Retry &all"))
        self.retry_all.clicked.connect(self._retry_all)
        self.dismiss = QPushButton(self.tr("&Close"))
        self.dismiss.clicked.connect(self.close)
        for button in (self.retry_selected, self.retry_all, self.dismiss):
            button.setAutoDefault(False)
        self._lay_out()
        model.counted.connect(self.fill)
        self.fill()

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self.retry_selected)
        buttons.addWidget(self.retry_all)
        buttons.addStretch(1)
        buttons.addWidget(self.dismiss)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(self.summary)
        column.addWidget(self.files, 1)
        column.addLayout(buttons)

    @Slot()
    def fill(self) -> None:
        """Show the failures as they are now; what was selected stays so. Nothing happens while they are the same."""
        failures = self._model.failures()
        if self.summary.text() and _reasons(failures) == _reasons(self._failures):
            return
        selected = set(self._selected())
        self._failures = failures
        self.files.clear()
        for card in failures:
            item = QTreeWidgetItem([file_name(card), short_reason(card), _printable(card.path.parent)])
            item.setIcon(0, style.icon("unreadable", TONE.warning))
            item.setToolTip(REASON, card.error or "")
            self.files.addTopLevelItem(item)
            item.setSelected(card.path in selected)
        first = self.files.topLevelItem(0)
        if first is not None and not self._selected():
            self.files.setCurrentItem(first)
        self.summary.setText(
            self.tr("These files could not be read. They stay in the shoot, and nothing about them was changed.")
            if failures
            else self.tr("Every photo of this shoot can be read.")
        )
        self._fit_rows()
        self._show_buttons()

    @Slot()
    def _fit_rows(self) -> None:
        """Make each row as tall as its whole reason; a tree view would cut it."""
        width = self.files.columnWidth(REASON) - 2 * PADDING
        flags = Qt.TextFlag.TextWordWrap
        items = (self.files.topLevelItem(row) for row in range(self.files.topLevelItemCount()))
        for item in filter(None, items):
            text = self.fontMetrics().boundingRect(QRect(0, 0, width, 10_000), flags, item.text(REASON))
            item.setSizeHint(REASON, QSize(width, text.height() + 2 * PADDING))

    @Slot()
    def _show_buttons(self) -> None:
        self.retry_selected.setEnabled(bool(self._selected()))
        self.retry_all.setEnabled(self.files.topLevelItemCount() > 0)

    @Slot()
    def _retry_selected(self) -> None:
        self.retry_wanted.emit(self._selected())

    @Slot()
    def _retry_all(self) -> None:
        self.retry_wanted.emit([card.path for card in self._failures])

    @Slot(QTreeWidgetItem, int)
    def _choose(self, item: QTreeWidgetItem, _column: int) -> None:
        self.chosen.emit(self._path(item))

    def _selected(self) -> list[Path]:
        return [self._path(item) for item in self.files.selectedItems()]

    def _path(self, item: QTreeWidgetItem) -> Path:
        return self._failures[self.files.indexOfTopLevelItem(item)].path


def _reasons(failures: list[Card]) -> list[tuple[Path, str | None]]:
    return [(card.path, card.error) for card in failures]


def _printable(folder: Path) -> str:
    return str(folder).encode("utf-8", "replace").decode()
