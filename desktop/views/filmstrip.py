"""The filmstrip: the same photos in one line, the active one in the middle."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QRect, QSize, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.cards import CardModel
from desktop.thumbnails import ThumbnailLoader
from desktop.views.canvas import PhotoCanvas

GAP = 4
HEIGHT = 96


class FilmstripView(PhotoCanvas):
    """Photos in one line. Left, Right, Home and End move; the wheel scrolls sideways."""

    def __init__(
        self,
        model: CardModel,
        selection: QItemSelectionModel,
        thumbnails: ThumbnailLoader,
        parent: QWidget | None = None,
        *,
        height: int = HEIGHT,
    ) -> None:
        self._strip_height = height
        super().__init__(model, selection, thumbnails, parent, captions=False)
        self.setAccessibleName(self.tr("Filmstrip"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.lay_out()

    def sizeHint(self) -> QSize:
        return QSize(400, self._strip_height)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self._strip_height)

    @property
    def _cell(self) -> QSize:
        height = max(self.viewport().height() - 2 * GAP, 24)
        return QSize(round(height * 1.25), height)

    def lay_out(self) -> None:
        pitch = self._cell.width() + GAP
        bar = self.horizontalScrollBar()
        bar.setRange(0, max(GAP + self.model.rowCount() * pitch - self.viewport().width(), 0))
        bar.setPageStep(max(self.viewport().width(), 1))
        bar.setSingleStep(pitch)
        if self.current_row is not None:
            self.show_row(self.current_row)

    def cell_rect(self, row: int) -> QRect:
        cell = self._cell
        left = GAP + row * (cell.width() + GAP) - self.horizontalScrollBar().value()
        return QRect(left, GAP, cell.width(), cell.height())

    def rows_in(self, rect: QRect) -> range:
        pitch, offset, count = self._cell.width() + GAP, self.horizontalScrollBar().value(), self.model.rowCount()
        first = max((rect.left() + offset - GAP) // pitch, 0)
        last = max((rect.right() + offset - GAP) // pitch, -1)
        return range(min(first, count), min(last + 1, count))

    def margin_rows(self) -> int:
        return max(len(self.visible_rows()) // 2, 4)

    def show_row(self, row: int) -> None:
        """Centres it, as far as either end of the strip allows."""
        bar = self.horizontalScrollBar()
        bar.setValue(bar.value() + self.cell_rect(row).center().x() - self.viewport().width() // 2)

    def steps(self) -> dict[Qt.Key, int]:
        return {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}

    def wheelEvent(self, event: QWheelEvent) -> None:
        turn = event.angleDelta()
        bar = self.horizontalScrollBar()
        bar.setValue(bar.value() - round((turn.y() or turn.x()) / 120 * 2 * bar.singleStep()))
        event.accept()
