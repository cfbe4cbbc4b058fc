"""One photo over an information bar, at any zoom: what the loupe is, and what Compare has several of."""

from __future__ import annotations

import math
from abc import abstractmethod
from pathlib import Path

from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF, Qt, Slot
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop.cards import CardModel
from desktop.picture import Picture
from desktop.pixels import PictureLoader
from desktop.style import TONE
from desktop.thumbnails import ThumbnailLoader
from desktop.views.details import Block, Detail, Information, details_of, lay_out, paint_details, spoken_details
from desktop.views.information import HEIGHT, InformationBar, photo_parts
from desktop.views.notice import WARNING, paint_notice, paint_warning
from desktop.views.overlays import Overlays, paint_thirds
from desktop.views.picture import paint_picture
from desktop.views.viewport import Viewport, part_of
from desktop.views.why import paint_why
from desktop.views.wording import file_name, short_reason
from engine.types import Card

PAN = 0.15
"""Of the view, which an arrow key with Control moves it by."""
_PANS = {Qt.Key.Key_Left: (1, 0), Qt.Key.Key_Right: (-1, 0), Qt.Key.Key_Up: (0, 1), Qt.Key.Key_Down: (0, -1)}
_TURNS = {Qt.Key.Key_Plus: 1.0, Qt.Key.Key_Equal: 1.0, Qt.Key.Key_Minus: -1.0}


class PhotoPane(QWidget):
    """What is in memory of `card` is shown at once, scaled; the real pixels follow from a thread.

    Drag: move. Wheel: zoom. A click: 100 % there and back. Control with an arrow key, plus or minus does the same.
    """

    def __init__(
        self,
        model: CardModel,
        thumbnails: ThumbnailLoader,
        pictures: PictureLoader,
        overlays: Overlays,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.model, self.thumbnails, self.pictures, self.overlays = model, thumbnails, pictures, overlays
        self._bar = InformationBar(self)
        self._pressed: QPointF | None = None
        self._dragged = False
        self._message = (self.tr("No photo to show"), "")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(160, 120)
        self.pictures.arrived.connect(self._show_arrived)
        self.pictures.sketches.arrived.connect(self._show_arrived)
        overlays.changed.connect(self._follow_overlays)
        overlays.arrived.connect(self._show_mask)

    # What a subclass says

    @property
    @abstractmethod
    def card(self) -> Card | None:
        """The photo that is shown."""

    @property
    @abstractmethod
    def viewport(self) -> Viewport:
        """Zoom and centre."""

    @abstractmethod
    def _set_viewport(self, viewport: Viewport) -> None:
        """Have the photo lie so."""

    @abstractmethod
    def actual_pixels(self, point: QPointF | None = None, zoom: float = 1.0) -> None:
        """One pixel of the photo on each pixel of the screen, at a point of this widget, else at the subject."""

    @abstractmethod
    def place(self) -> str:
        """What stands on the right of the information bar."""

    @abstractmethod
    def describe(self) -> str:
        """The photo in words, for people who listen to the screen."""

    # What is shown

    @property
    def zoom(self) -> float:
        """Screen pixels per pixel of the original, as it is on the screen now."""
        return self.viewport.scale(*self.geometry_of_picture()) * self.devicePixelRatioF()

    @property
    def _picture(self) -> Picture | None:
        """The decoded picture of the photo, if it could be decoded."""
        card = self.card
        found = None if card is None else self.pictures.picture(card)
        return found if found is not None and found.levels else None

    @property
    def _shown(self) -> Picture | None:
        """The decoded picture, else its sketch."""
        card = self.card
        return self._picture or (None if card is None else self.pictures.sketches.of(card))

    def sketch_edge(self) -> int:
        """Pixels of the screen along the long edge of the photo, as it lies now."""
        placed = self.viewport.place(*self.geometry_of_picture())
        return math.ceil(max(placed.width(), placed.height()) * self.devicePixelRatioF())

    def _thumbnail(self) -> QPixmap | None:
        card = self.card
        return None if card is None else self.thumbnails.pixmap(card)

    @property
    def below(self) -> int:
        """Height of what stands below the picture."""
        return 0 if self.overlays.information is Information.NOTHING else HEIGHT

    def _area(self) -> QRectF:
        return QRectF(0, 0, self.width(), max(self.height() - self.below, 1))

    def geometry_of_picture(self) -> tuple[QSizeF, QRectF, float]:
        """Picture, area and device pixels per pixel, as a Viewport asks for them."""
        return self._picture_size(), self._area(), self.devicePixelRatioF()

    def _picture_size(self) -> QSizeF:
        """Pixels of the upright original as far as is known, so that nothing jumps when the real pixels arrive."""
        picture, card, thumbnail = self._shown, self.card, self._thumbnail()
        if picture is not None:
            return QSizeF(picture.original)
        if card is not None and card.width and card.height:
            return QSizeF(card.width, card.height)
        return QSizeF(thumbnail.size()) if thumbnail is not None else QSizeF(3, 2)

    def reason(self) -> str | None:
        """Why the photo cannot be shown at all; None for one that can."""
        card = self.card
        if card is None:
            return None
        if card.error is not None:
            return short_reason(card)
        found = self.pictures.picture(card)
        return None if found is None or found.error is None else short_reason(card, found.error)

    def source_note(self) -> str | None:
        """What stands on the screen where it is less than every pixel: "preview 1620 px"."""
        shown = self._shown
        if shown is not None:
            return shown.note
        if self.reason() is not None:
            return None
        return self.tr("loading") if self._thumbnail() is None else self.tr("thumbnail, loading")

    def set_message(self, title: str, hint: str = "") -> None:
        """What to say where there is no photo to show."""
        self._message = (title, hint)
        self._describe()
        self.update()

    def information(self) -> list[str]:
        """The information line in parts, the most wanted first."""
        card = self.card
        if card is None:
            return []
        if self.reason() is not None:
            return [file_name(card)]
        parts = photo_parts(card, self.zoom, self.source_note(), fitted=self.viewport.zoom is None)
        return [*parts[:2], *self.overlays.words(card), *parts[2:]]

    def details(self) -> list[Detail]:
        """What is said over the photo; nothing where that is not wanted, or there is no photo to see."""
        card = self.card
        if card is None or self.overlays.information is not Information.DETAILS:
            return []
        closer = self.pictures.close_up(card)
        seen = {} if closer is None else {closer.name: closer}
        return details_of(card, {**seen, **card.readings}, scores_hidden=self.model.scores_hidden)

    def _details_area(self) -> QRectF:
        """Where the details may lie: not over a warning."""
        return self._area() if self.reason() is None else self._area().adjusted(0, WARNING, 0, 0)

    def _block(self) -> Block | None:
        return lay_out(self.details(), self.font(), self._details_area())

    # What can be done

    def fit(self) -> None:
        """The whole photo."""
        self._set_viewport(Viewport(None, self.viewport.x, self.viewport.y))

    def turn(self, turns: float, point: QPointF | None = None) -> None:
        """Zoom by turns of the wheel, at a point of this widget, else in the middle."""
        at = self._area().center() if point is None else point
        self._set_viewport(self.viewport.turned(turns, at, *self.geometry_of_picture()))

    def drag(self, by: QPointF) -> None:
        """Move the photo by device-independent pixels; one that is fitted in stays."""
        if self.viewport.zoom is not None:
            self._set_viewport(self.viewport.moved(by, *self.geometry_of_picture()))

    def pan(self, key: Qt.Key) -> bool:
        """What Control and a key do: arrows move, plus and minus zoom. False for another key."""
        if key in _PANS:
            across, down = _PANS[key]
            self.drag(QPointF(across * PAN * self._area().width(), down * PAN * self._area().height()))
        elif key in _TURNS:
            self.turn(_TURNS[key])
        return key in _PANS or key in _TURNS

    # What happens

    @Slot(object)
    def _show_arrived(self, path: Path) -> None:
        if self.card is not None and self.card.path == path:
            self._describe()
            self._renew()

    @Slot(object)
    def _show_mask(self, path: Path) -> None:
        if self.card is not None and self.card.path == path:
            self.update()
            self._inform()

    @Slot()
    def _follow_overlays(self) -> None:
        self._describe()
        self._renew()

    @Slot()
    def _renew(self) -> None:
        """The same photo in another way: paint it, and say how."""
        self._ask_for_mask()
        self.update()
        self._inform()

    def show_decision(self) -> None:
        """Another decision about the same photo: it is painted at once, before whoever else hears of it."""
        self._inform()
        self._bar.repaint()
        self._describe()

    def _describe(self) -> None:
        self.setAccessibleDescription("; ".join(filter(None, (self.describe(), spoken_details(self.details())))))

    def _inform(self) -> None:
        """Bring the line below the picture up to date."""
        card = self.card
        self._bar.setVisible(card is not None and self.below > 0)
        row = None if card is None else self.model.row_of(card.path)
        if row is not None:
            self._bar.show_parts(self.model.decision(row), self.information(), self.place(), lit=self.is_lit())

    def is_lit(self) -> bool:
        """Whether a key means this photo."""
        return self.hasFocus()

    # Painting

    def _ask_for_mask(self) -> None:
        """Have the overlays of the pixels on the screen made, where some are wanted."""
        card, picture = self.card, self._picture
        if card is None or picture is None or not self.isVisible():
            return
        placed = self.viewport.place(*self.geometry_of_picture())
        level = picture.level(self.zoom)
        seen = part_of(placed.intersected(self._area()), placed, QSizeF(level.size()))
        part = seen.toAlignedRect().intersected(QRect(0, 0, level.width(), level.height()))
        self.overlays.ask(card.path, level, part, picture.clips_of(level))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(TONE.well))
        card = self.card
        if card is None:
            paint_notice(painter, self.rect(), self.font(), "photo", *self._message)
            return
        reason = self.reason()
        if reason is not None and self._thumbnail() is None:
            area = self._area().toRect()
            paint_notice(painter, area, self.font(), "unreadable", self.tr("This photo cannot be shown"), reason)
            return
        placed = self.viewport.place(*self.geometry_of_picture())
        paint_picture(painter, self._area(), placed, self.zoom, self._shown, self._thumbnail())
        if self._picture is not None:
            self.overlays.paint(painter, card.path, placed, self._area())
        if self.overlays.thirds:
            paint_thirds(painter, placed, self._area())
        self._paint_words(painter, card, placed)
        if reason is not None:
            paint_warning(painter, self.rect(), self.font(), reason)

    def _paint_words(self, painter: QPainter, card: Card, placed: QRectF) -> None:
        block, hidden = self._block(), self.model.scores_hidden
        if self.overlays.why:
            plate = None if block is None else block.plate
            paint_why(painter, placed, self._area(), card, self.font(), hide_scores=hidden, kept_free=plate)
        if block is not None:
            paint_details(painter, block)

    # What Qt sends

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._bar.setGeometry(0, self.height() - HEIGHT, self.width(), HEIGHT)
        self._renew()

    def wheelEvent(self, event: QWheelEvent) -> None:
        turns = event.angleDelta().y() / 120
        if turns:
            self.turn(turns, event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed, self._dragged = event.position(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            return
        by = event.position() - self._pressed
        if not self._dragged and by.manhattanLength() < QApplication.startDragDistance():
            return
        self._dragged = True
        if self.viewport.zoom is not None:
            self._pressed = event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.drag(by)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._pressed is not None and not self._dragged and self._area().contains(event.position()):
            self.click(event.position())
        self._pressed = None
        self.unsetCursor()

    def click(self, point: QPointF) -> None:
        """100 % at a point, and back."""
        if self.viewport.zoom is None:
            self.actual_pixels(point)
        else:
            self.fit()
