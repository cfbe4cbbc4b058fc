"""Conflicts as rows, each with the answer that was given to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.metadata_words import field_words, source_words, theirs, value_words
from desktop.views.wording import shown_name
from engine.export.rating_import import Conflict
from engine.store.decisions import Value

Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
PHOTO, FIELD, OURS, THEIRS, SAID_BY, ANSWER = range(6)


class ConflictRows(QAbstractTableModel):
    """An answer is a value of the files, or None for what was decided. A row without one stays in conflict."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.conflicts: Sequence[Conflict] = ()
        self._answers: dict[int, Value | None] = {}

    def load(self, conflicts: Sequence[Conflict]) -> None:
        """Show these, none of them answered."""
        self.beginResetModel()
        self.conflicts = conflicts
        self._answers = {}
        self.endResetModel()

    def answer(self, rows: Iterable[int], value: Value | None) -> None:
        """Answer rows by one value, None for what was decided."""
        self._answers |= dict.fromkeys(rows, value)
        self._announce()

    def take_first(self) -> None:
        """Answer every row by what its files say; where they differ, by the one that is believed first."""
        self._answers = {row: theirs(conflict)[0] for row, conflict in enumerate(self.conflicts)}
        self._announce()

    @property
    def answered(self) -> int:
        """How many rows have an answer."""
        return len(self._answers)

    def unanswered_after(self, row: int) -> int | None:
        """The next row without an answer, from the top again after the last; None where all have one."""
        count = len(self.conflicts)
        order = ((row + 1 + step) % count for step in range(count))
        return next((other for other in order if other not in self._answers), None)

    def taken(self) -> list[tuple[Conflict, Value]]:
        """What the files shall have, and with which value."""
        return [(self.conflicts[row], value) for row, value in sorted(self._answers.items()) if value is not None]

    def kept(self) -> list[Conflict]:
        """What shall stay as it was decided."""
        return [self.conflicts[row] for row, value in sorted(self._answers.items()) if value is None]

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.conflicts)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else ANSWER + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        titles = (self.tr("Photo"), self.tr("Field"), self.tr("Ours"), self.tr("Theirs"), self.tr("Said by"))
        return (*titles, self.tr("Answer"))[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        return self._text(self.conflicts[index.row()], index)

    def _text(self, conflict: Conflict, index: Index) -> str:
        speaking = (one for one in conflict.statements if one.value != conflict.decided)
        return {
            PHOTO: shown_name(conflict.photo.path),
            FIELD: field_words(conflict.field),
            OURS: value_words(conflict.decided),
            THEIRS: " / ".join(map(value_words, theirs(conflict))),
            SAID_BY: "; ".join(dict.fromkeys(map(source_words, speaking))),
            ANSWER: self._answer_words(index.row()),
        }[index.column()]

    def _answer_words(self, row: int) -> str:
        if row not in self._answers:
            return self.tr("none yet")
        value = self._answers[row]
        if value is None:
            return self.tr("keep {}").format(value_words(self.conflicts[row].decided))
        return self.tr("take {}").format(value_words(value))

    def _announce(self) -> None:
        if self.conflicts:
            self.dataChanged.emit(self.index(0, ANSWER), self.index(len(self.conflicts) - 1, ANSWER))
