"""One of the photos that stand side by side in Compare."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop.cards import CardModel
from desktop.pixels import PictureLoader
from desktop.style import TONE
from desktop.thumbnails import ThumbnailLoader
from desktop.views.information import DOT, HEIGHT, PADDING
from desktop.views.marks import paint_glyph
from desktop.views.overlays import Overlays
from desktop.views.pane import PhotoPane
from desktop.views.viewport import Viewport
from desktop.views.wording import describe_row, file_name
from engine.types import Card

NOTE = 22
"""Height of the line that says what was measured."""
CROWN = 16
NARROW = 320
"""A pane less wide says less in its bar."""
EDGE = 2
"""Width of the outline of the active photo."""


class ComparePane(PhotoPane):
    """A photo with its information bar and, below it, what was measured against another one. It decides nothing by
    itself: what the mouse does is told to the view."""

    pressed = Signal()
    """It was clicked or taken hold of."""
    moved = Signal(object, bool)
    """Viewport, whether it is to be moved alone."""

    def __init__(
        self,
        model: CardModel,
        thumbnails: ThumbnailLoader,
        pictures: PictureLoader,
        overlays: Overlays,
        parent: QWidget | None = None,
    ) -> None:
        self._card: Card | None = None
        self._viewport = Viewport()
        self._place, self._note, self._number = "", "", 0
        self._is_alone = self._was_active = self.is_active = self.is_champion = False
        super().__init__(model, thumbnails, pictures, overlays, parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    @property
    def card(self) -> Card | None:
        return self._card

    @property
    def viewport(self) -> Viewport:
        return self._viewport

    @property
    def note(self) -> str:
        """What was measured, in words."""
        return self._note

    def show_card(self, card: Card, viewport: Viewport, *, number: int, active: bool, champion: bool) -> None:
        """Show this photo so; `number` counts the panes from 1."""
        self._card, self._viewport, self._number = card, viewport, number
        self.is_active, self.is_champion = active, champion
        role = self.tr("Champion") if champion else self.tr("Photo {}").format(number)
        name = self.tr("{}, active: {}") if active else self.tr("{}: {}")
        self.setAccessibleName(name.format(role, file_name(card)))
        self._describe()
        self._renew()

    def show_words(self, place: str, note: str) -> None:
        """Where the photo stands, and what was measured for and against it."""
        self._place, self._note = place, note
        self.setToolTip(note)
        self._describe()
        self._renew()

    def place(self) -> str:
        if self.width() < NARROW:
            return ""
        return DOT.join((self.tr("champion"), self._place)) if self.is_champion else self._place

    def information(self) -> list[str]:
        return [part for part in super().information() if part not in self._laid_over()]

    def line(self) -> str:
        """The line below the bar: what is laid over the photo, and what was measured."""
        return DOT.join([*self._laid_over(), self._note])

    def _laid_over(self) -> list[str]:
        return [] if self.card is None else self.overlays.words(self.card)

    def describe(self) -> str:
        card = self.card
        row = None if card is None else self.model.row_of(card.path)
        return "" if row is None else f"{describe_row(self.model, row)}. {self._note}"

    def is_lit(self) -> bool:
        """The outline says it."""
        return False

    def actual_pixels(self, point: QPointF | None = None, zoom: float = 1.0) -> None:
        at = self._area().center() if point is None else point
        self.moved.emit(self._viewport.zoomed(zoom, at, *self.geometry_of_picture()), False)

    def pan_alone(self, key: Qt.Key) -> bool:
        """What Control, Shift and a key do: as `pan`, to this photo and no other."""
        self._is_alone = True
        try:
            return self.pan(key)
        finally:
            self._is_alone = False

    def _set_viewport(self, viewport: Viewport) -> None:
        if viewport != self._viewport:
            self.moved.emit(viewport, self._is_alone)

    @property
    def below(self) -> int:
        return super().below and HEIGHT + NOTE

    def _details_area(self) -> QRectF:
        """Beside the champion's crown, its lines level with those of the others."""
        return super()._details_area().adjusted(CROWN + 14 if self.is_champion else 0, 0, 0, 0)

    # What Qt sends

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._bar.setGeometry(EDGE, self.height() - HEIGHT - NOTE, self.width() - 2 * EDGE, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        if self.below:
            self._paint_line(painter)
        if self.is_champion:
            plate = QRect(0, 0, CROWN + 14, CROWN + 12)
            painter.fillRect(plate, QColor(TONE.panel))
            paint_glyph(painter, "champion", plate.center() - QRect(0, 0, CROWN, CROWN).center(), CROWN, TONE.white)
        if self.is_active:
            painter.setPen(QPen(QColor(TONE.white), EDGE))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def _paint_line(self, painter: QPainter) -> None:
        line = QRect(0, self.height() - NOTE, self.width(), NOTE)
        painter.fillRect(line.adjusted(0, -HEIGHT, 0, 0), QColor(TONE.panel))
        painter.setFont(self.font())
        painter.setPen(QColor(TONE.muted))
        room = line.adjusted(PADDING, 0, -PADDING, -3)
        text = self.fontMetrics().elidedText(self.line(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._was_active = self.is_active
        self.pressed.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._is_alone = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        super().mouseMoveEvent(event)
        self._is_alone = False

    def click(self, point: QPointF) -> None:
        """The first click makes the photo the active one, the next ones zoom."""
        if self._was_active:
            super().click(point)
