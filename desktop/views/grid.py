"""The grid: every photo of the filter as a cell, some hundred thousand of them without a widget or a layout each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QRect, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QWheelEvent
from PySide6.QtWidgets import QWidget

from desktop.cards import CardModel
from desktop.style import TONE
from desktop.thumbnails import ThumbnailLoader
from desktop.views.canvas import PhotoCanvas
from desktop.views.cell import FOOTER, HEADER, MARGIN

GAP = 8
SMALLEST, LARGEST, USUAL = 120, 336, 200
"""Least width of a cell, device-independent pixels. Cells widen until they fill the line."""
STEP = 24


class GridView(PhotoCanvas):
    """Photos in lines, scrolling down. The arrow keys, Home, End, Page Up and Page Down move; Shift selects."""

    cell_size_changed = Signal(int)

    def __init__(
        self,
        model: CardModel,
        selection: QItemSelectionModel,
        thumbnails: ThumbnailLoader,
        parent: QWidget | None = None,
    ) -> None:
        self._cell_size = USUAL
        self._columns, self._width, self._height = 1, USUAL, USUAL
        super().__init__(model, selection, thumbnails, parent, captions=True)
        self.setAccessibleName(self.tr("Photos"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.lay_out()

    @property
    def cell_size(self) -> int:
        """Least width of a cell, SMALLEST to LARGEST."""
        return self._cell_size

    @property
    def columns(self) -> int:
        """Cells in a line."""
        return self._columns

    def set_cell_size(self, size: int) -> None:
        """Make cells at least this wide; out of range is brought into it. What is looked at stays where it is."""
        size = min(max(size, SMALLEST), LARGEST)
        if size == self._cell_size:
            return
        self._cell_size = size
        self.lay_out()
        self.viewport().update()
        self.notice()
        self.cell_size_changed.emit(size)

    def larger(self) -> None:
        """One step larger cells."""
        self.set_cell_size(self._cell_size + STEP)

    def smaller(self) -> None:
        """One step smaller cells."""
        self.set_cell_size(self._cell_size - STEP)

    def lay_out(self) -> None:
        kept, offset = self._held_row()
        width = self.viewport().width()
        columns = max((width - GAP) // (self._cell_size + GAP), 1)
        cell_width = max((width - GAP) // columns - GAP, 48)
        if (columns, cell_width) != (self._columns, self._width):
            self.viewport().update()
        self._columns, self._width = columns, cell_width
        self._height = round((cell_width - 2 * MARGIN) * 0.78) + HEADER + FOOTER
        pitch = self._height + GAP
        lines = -(-self.model.rowCount() // columns)
        bar = self.verticalScrollBar()
        bar.setRange(0, max(GAP + lines * pitch - self.viewport().height(), 0))
        bar.setEnabled(bar.maximum() > 0)
        bar.setPageStep(max(self.viewport().height(), 1))
        bar.setSingleStep(max(pitch // 3, 1))
        if kept is not None:
            bar.setValue(GAP + kept // columns * pitch - offset)

    def _held_row(self) -> tuple[int | None, int]:
        """The row that shall keep its place while the layout changes, and where its top is: the active photo when it is
        on the screen, else the first one there."""
        if not self.model.rowCount():
            return None, 0
        visible = self.visible_rows()
        current = self.current_row
        row = current if current is not None and current in visible else next(iter(visible), 0)
        return row, self.cell_rect(row).top()

    def cell_rect(self, row: int) -> QRect:
        line, column = divmod(row, self._columns)
        left = GAP + column * (self._width + GAP)
        top = GAP + line * (self._height + GAP) - self.verticalScrollBar().value()
        return QRect(left, top, self._width, self._height)

    def rows_in(self, rect: QRect) -> range:
        pitch, offset = self._height + GAP, self.verticalScrollBar().value()
        first = max((rect.top() + offset - GAP) // pitch, 0)
        last = max((rect.bottom() + offset - GAP) // pitch, -1)
        count = self.model.rowCount()
        return range(min(first * self._columns, count), min((last + 1) * self._columns, count))

    def margin_rows(self) -> int:
        return len(self.visible_rows())

    def paint_between(self, painter: QPainter, rows: Sequence[int]) -> None:
        """The frames of an open stack stand on one ground: the gap between them is filled."""
        last = self.model.rowCount() - 1
        for row in rows:
            group, rect = self.model.card(row).group, self.cell_rect(row)
            if group is None:
                continue
            if row < last and self.model.card(row + 1).group == group:
                painter.fillRect(rect.right() + 1, rect.top(), GAP, rect.height(), QColor(TONE.cell))
            if row > 0 and self.model.card(row - 1).group == group:
                painter.fillRect(rect.left() - GAP, rect.top(), GAP, rect.height(), QColor(TONE.cell))

    def show_row(self, row: int) -> None:
        rect, bar = self.cell_rect(row), self.verticalScrollBar()
        if rect.top() < GAP:
            bar.setValue(bar.value() + rect.top() - GAP)
        elif rect.bottom() > self.viewport().height() - GAP:
            bar.setValue(bar.value() + rect.bottom() - self.viewport().height() + GAP)

    def steps(self) -> dict[Qt.Key, int]:
        page = max(self.viewport().height() // (self._height + GAP), 1) * self._columns
        return {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -self._columns,
            Qt.Key.Key_Down: self._columns,
            Qt.Key.Key_PageUp: -page,
            Qt.Key.Key_PageDown: page,
        }

    def target_of(self, key: Qt.Key) -> int | None:
        """As everywhere, but up in the first line and down in the last line stay in their column."""
        target, row, count = super().target_of(key), self.current_row, self.model.rowCount()
        if target is None or row is None:
            return target
        if target < 0 and key in (Qt.Key.Key_Up, Qt.Key.Key_PageUp):
            return row % self._columns
        if target >= count and key in (Qt.Key.Key_Down, Qt.Key.Key_PageDown):
            is_last_line = row // self._columns == (count - 1) // self._columns
            return row if is_last_line else count - 1
        return target

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
                self.larger()
                return
            if event.key() == Qt.Key.Key_Minus:
                self.smaller()
                return
        super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.set_cell_size(self._cell_size + (STEP if event.angleDelta().y() > 0 else -STEP))
            event.accept()
            return
        super().wheelEvent(event)
