"""A list of what would be done with each file: the dry run, and the preview of a move."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QLocale, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView, QWidget

from desktop.language import QT_TRANSLATE_NOOP
from engine.export.operation import Action, Operation
from engine.report import printable

Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
WHAT, FILE, TARGET, SIZE = range(4)
ACTIONS = {
    Action.COPY: QT_TRANSLATE_NOOP("operations", "copy"),
    Action.EMBED: QT_TRANSLATE_NOOP("operations", "copy with metadata"),
    Action.MERGE: QT_TRANSLATE_NOOP("operations", "merge metadata"),
    Action.SIDECAR: QT_TRANSLATE_NOOP("operations", "write sidecar"),
    Action.RENDER: QT_TRANSLATE_NOOP("operations", "render"),
    Action.MOVE: QT_TRANSLATE_NOOP("operations", "move"),
    Action.CARRY: QT_TRANSLATE_NOOP("operations", "copy, verify, remove"),
    Action.KEEP: QT_TRANSLATE_NOOP("operations", "keep"),
    Action.TRASH: QT_TRANSLATE_NOOP("operations", "move to the trash"),
}
"""What is done with a file, in words."""
WIDTHS = (140, 210, 430, 90)
PADDING = 20
"""What a cell has around its text, in pixels."""


class OperationsModel(QAbstractTableModel):
    """Operations as rows; nothing is made for rows that nobody looks at."""

    def __init__(self, shown_target: Callable[[Operation], str], parent: QWidget | None = None) -> None:
        """`shown_target` says where an operation leads."""
        super().__init__(parent)
        self._shown_target = shown_target
        self.operations: Sequence[Operation] = ()

    def load(self, operations: Sequence[Operation]) -> None:
        """Show these in place of the ones before."""
        self.beginResetModel()
        self.operations = operations
        self.endResetModel()

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.operations)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(WIDTHS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (self.tr("What"), self.tr("File"), self.tr("Where to"), self.tr("Size"))[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(index.column())
        operation = self.operations[index.row()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return printable(str(operation.source))
        return self._text(operation, index.column()) if role == Qt.ItemDataRole.DisplayRole else None

    def _text(self, operation: Operation, column: int) -> str:
        if column == SIZE:
            return data_size(operation.size or operation.stamp.size)
        texts = {WHAT: QCoreApplication.translate("operations", ACTIONS[operation.action]), FILE: operation.source.name}
        return printable(texts[column] if column in texts else self._shown_target(operation))


class OperationsView(QTreeView):
    """The list itself."""

    def __init__(self, name: str, shown_target: Callable[[Operation], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.operations = OperationsModel(shown_target, self)
        self.setModel(self.operations)
        self.setAccessibleName(name)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(TARGET, QHeaderView.ResizeMode.Stretch)
        for column, width in enumerate(WIDTHS):
            self.setColumnWidth(column, width)
        self.setColumnWidth(WHAT, max(WIDTHS[WHAT], self._longest_action() + PADDING))

    def _longest_action(self) -> int:
        """How wide the longest name of an action is in the language of the window, in pixels."""
        self.ensurePolished()
        words = (QCoreApplication.translate("operations", word) for word in ACTIONS.values())
        return max(map(self.fontMetrics().horizontalAdvance, words))


def data_size(size: int) -> str:
    """Bytes as people say them: "5.9 MB"."""
    return QLocale().formattedDataSize(size, 1, QLocale.DataSizeFormat.DataSizeSIFormat)


def below(folder: Path, place: Path) -> str:
    """Where a file goes, below a folder, with "/"."""
    return place.relative_to(folder).as_posix() if place.is_relative_to(folder) else str(place)


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column == SIZE else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
