"""The list of recent shoots: open one again, or take it off the list."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QDate, QEvent, QLocale, QObject, QSize, Qt, Slot
from PySide6.QtGui import QColor, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from desktop import style
from desktop.panels.progress import shoot_name
from desktop.recent import Visit
from desktop.restore import Restore
from desktop.style import TONE

VisitRole = Qt.ItemDataRole.UserRole + 1
LINE = 20


class RecentList(QWidget):
    """Enter or a double click opens a shoot again; Delete takes it off the list. What is missing says why, in grey."""

    def __init__(self, restore: Restore, *, most: int | None = None) -> None:
        super().__init__()
        self._restore, self._most = restore, most
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Recent shoots"))
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.setSpacing(2)
        self.list.itemActivated.connect(self._open)
        self.list.itemSelectionChanged.connect(self._refresh)
        self.list.installEventFilter(self)
        self.open = QPushButton(style.icon("folder"), self.tr("Open again"))
        self.open.clicked.connect(self._open_chosen)
        self.remove = QPushButton(self.tr("Remove from list"))
        self.remove.setToolTip(self.tr("The photos and what was decided about them stay as they are (Delete)"))
        self.remove.clicked.connect(self._remove)
        self.list.setMinimumHeight(LINE * 6)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.open, 1)
        row.addWidget(self.remove, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.list, 1)
        column.addLayout(row)
        restore.changed.connect(self.show_visits)
        self.show_visits()

    @Slot()
    def show_visits(self) -> None:
        """Show the shoots of the list, the newest first."""
        chosen = self._chosen
        self.list.clear()
        for visit in self._restore.recent.visits[: self._most]:
            item = QListWidgetItem(self._wording(visit))
            item.setData(VisitRole, visit)
            reason = self._restore.missing.get(visit.folders)
            if reason is not None:
                item.setForeground(QColor(TONE.muted))
                item.setIcon(style.icon("unreadable", TONE.muted))
            item.setToolTip(reason or "\n".join(map(_printable, visit.folders)))
            item.setSizeHint(QSize(0, LINE * (2 if reason is None else 4)))
            self.list.addItem(item)
            if chosen is not None and chosen.folders == visit.folders:
                self.list.setCurrentItem(item)
        self._refresh()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Delete takes the chosen shoot off the list; elsewhere the key has another meaning."""
        if watched is self.list and isinstance(event, QKeyEvent):
            is_delete = event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
            if is_delete and event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if is_delete and event.type() == QEvent.Type.KeyPress:
                self._remove()
                return True
        return super().eventFilter(watched, event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._restore.check()

    @property
    def _chosen(self) -> Visit | None:
        item = self.list.currentItem()
        visit = None if item is None or not item.isSelected() else item.data(VisitRole)
        return visit if isinstance(visit, Visit) else None

    def _wording(self, visit: Visit) -> str:
        reason = self._restore.missing.get(visit.folders)
        name = shoot_name(visit.folders)
        if reason is not None:
            return f"{name}\n{reason}"
        photos = self.tr("%Ln photos", None, visit.photos)
        return f"{name}\n{photos}, {_day(visit.time)}"

    @Slot()
    def _refresh(self) -> None:
        chosen = self._chosen
        self.open.setEnabled(chosen is not None)
        self.remove.setEnabled(chosen is not None)

    @Slot(QListWidgetItem)
    def _open(self, item: QListWidgetItem) -> None:
        visit = item.data(VisitRole)
        if isinstance(visit, Visit):
            self._restore.open(visit)

    @Slot()
    def _open_chosen(self) -> None:
        chosen = self._chosen
        if chosen is not None:
            self._restore.open(chosen)

    @Slot()
    def _remove(self) -> None:
        chosen, row = self._chosen, self.list.currentRow()
        if chosen is not None:
            self._restore.remove(chosen)
            self.list.setCurrentRow(min(row, self.list.count() - 1))


def _day(moment: datetime) -> str:
    local = moment.astimezone()
    return QLocale().toString(QDate(local.year, local.month, local.day), QLocale.FormatType.ShortFormat)


def _printable(path: Path) -> str:
    return str(path).encode("utf-8", "replace").decode()
