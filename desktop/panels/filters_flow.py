"""Widgets in lines, as words in a paragraph."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Puts its widgets side by side as long as they fit, then begins another line."""

    def __init__(self, parent: QWidget | None = None, *, spacing: int = 6) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setSpacing(spacing)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        margins = self.contentsMargins()
        return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        """Height of all lines, margins included."""
        margins = self.contentsMargins()
        inside = rect.marginsRemoved(margins)
        items = [item for item in self._items if not item.isEmpty()]
        # One height for all of them: what is written in them stands on one line.
        tall = max((item.sizeHint().height() for item in items), default=0)
        left, top = inside.left(), inside.top()
        for item in items:
            width = min(item.sizeHint().width(), max(inside.width(), 1))
            if left > inside.left() and left + width > inside.right() + 1:
                left, top = inside.left(), top + tall + self.spacing()
            if move:
                item.setGeometry(QRect(left, top, width, tall))
            left += width + self.spacing()
        return top + tall - rect.top() + margins.bottom()
