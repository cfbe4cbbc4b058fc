"""The loupe: one photo, fitted in or pixel by pixel."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPointF, QRectF, QSizeF, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from desktop.cards import CardModel
from desktop.pixels import LIMIT_BYTES, Picture, PictureLoader
from desktop.style import TONE
from desktop.thumbnails import ThumbnailLoader
from desktop.views.face_lock import FaceLock
from desktop.views.information import HEIGHT, InformationBar, photo_parts, place_parts
from desktop.views.notice import paint_notice, paint_warning
from desktop.views.picture import paint_picture
from desktop.views.viewport import Viewport, subject_of
from desktop.views.wording import describe_row, file_name, short_reason
from engine.types import Card


class LoupeView(QWidget):
    """The active photo. What is in memory is shown at once, scaled; the real pixels follow from a thread.

    Z: 100 % at the subject, again 200 %, again fitted. A click: 100 % there and back. Space held: 100 % at the subject
    while held. Drag: move. Wheel: zoom. Left and Right: the neighbours, at the same place and zoom; of a face that was
    gone to, the same eye stays where it is.
    """

    closed = Signal()
    """Back to the grid: Escape."""
    zoom_changed = Signal(float)
    """Screen pixels per pixel of the original."""
    face_changed = Signal()
    """`face` has changed."""

    def __init__(
        self,
        model: CardModel,
        selection: QItemSelectionModel,
        thumbnails: ThumbnailLoader,
        parent: QWidget | None = None,
        *,
        limit_bytes: int = LIMIT_BYTES,
    ) -> None:
        super().__init__(parent)
        self.model, self.selection, self.thumbnails = model, selection, thumbnails
        self.pictures = PictureLoader(self, limit_bytes=limit_bytes)
        self._bar = InformationBar(self)
        self._viewport = Viewport()
        self._lock: FaceLock | None = None
        self._before_space: tuple[Viewport, FaceLock | None] | None = None
        self._pressed: QPointF | None = None
        self._dragged = False
        self._message = ("No photo to show", "")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(160, 120)
        self.setAccessibleName("Loupe")
        self.pictures.arrived.connect(self._show_arrived)
        selection.currentChanged.connect(self._follow)
        model.modelReset.connect(self._start_over)
        model.layoutChanged.connect(self._refresh)
        model.dataChanged.connect(self._look)

    # What is shown

    @property
    def card(self) -> Card | None:
        """The active photo."""
        row = self._row
        return None if row is None else self.model.card(row)

    @property
    def viewport(self) -> Viewport:
        """Zoom and centre; they stay from frame to frame."""
        return self._viewport

    @property
    def zoom(self) -> float:
        """Screen pixels per pixel of the original, as it is on the screen now."""
        return self._viewport.scale(*self._geometry()) * self.devicePixelRatioF()

    @property
    def face(self) -> int | None:
        """Which face of the active photo is looked at, None while it is none of them."""
        card = self.card
        return None if self._lock is None or card is None or not card.faces else self._lock.number

    @property
    def _row(self) -> int | None:
        index = self.selection.currentIndex()
        return index.row() if index.isValid() and index.row() < self.model.rowCount() else None

    @property
    def _picture(self) -> Picture | None:
        """The decoded picture of the active photo, if it could be decoded."""
        card = self.card
        found = None if card is None else self.pictures.picture(card)
        return found if found is not None and found.levels else None

    def _thumbnail(self) -> QPixmap | None:
        card = self.card
        return None if card is None else self.thumbnails.pixmap(card)

    def _area(self) -> QRectF:
        return QRectF(0, 0, self.width(), max(self.height() - HEIGHT, 1))

    def _geometry(self) -> tuple[QSizeF, QRectF, float]:
        """Picture, area and device pixels per pixel, as a Viewport asks for them."""
        return self._picture_size(), self._area(), self.devicePixelRatioF()

    def _picture_size(self) -> QSizeF:
        """Pixels of the upright original as far as is known, so that nothing jumps when the real pixels arrive."""
        picture, card, thumbnail = self._picture, self.card, self._thumbnail()
        if picture is not None:
            return QSizeF(picture.original)
        if card is not None and card.width and card.height:
            return QSizeF(card.width, card.height)
        return QSizeF(thumbnail.size()) if thumbnail is not None else QSizeF(3, 2)

    def reason(self) -> str | None:
        """Why the active photo cannot be shown at all; None for one that can."""
        card = self.card
        if card is None:
            return None
        if card.error is not None:
            return short_reason(card)
        found = self.pictures.picture(card)
        return None if found is None or found.error is None else short_reason(card, found.error)

    def source_note(self) -> str | None:
        """What stands on the screen where it is less than every pixel: "preview 1620 px"."""
        if self._picture is not None:
            return self._picture.note
        if self.reason() is not None:
            return None
        return "loading" if self._thumbnail() is None else "thumbnail, loading"

    def set_message(self, title: str, hint: str = "") -> None:
        """What to say where there is no photo to show."""
        self._message = (title, hint)
        self.update()

    # What can be done

    def step(self, delta: int) -> None:
        """Go `delta` photos on; both ends hold."""
        if self.model.rowCount():
            row = min(max((self._row or 0) + delta, 0), self.model.rowCount() - 1)
            self.selection.setCurrentIndex(self.model.index(row), QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def fit(self) -> None:
        """The whole photo."""
        self._set_viewport(Viewport(None, self._viewport.x, self._viewport.y))

    def actual_pixels(self, point: QPointF | None = None, zoom: float = 1.0) -> None:
        """One pixel of the photo on each pixel of the screen, at a point of this widget, else at the subject."""
        self._hold(None)
        if point is not None:
            self._set_viewport(self._viewport.zoomed(zoom, point, *self._geometry()))
            return
        self._set_viewport(Viewport(zoom, *subject_of(self.card)))

    def toggle_zoom(self) -> None:
        """Fitted, 100 %, 200 % and round again."""
        following = self._viewport.stepped()
        if self._viewport.zoom is None and following.zoom is not None:
            self.actual_pixels(zoom=following.zoom)
        else:
            self._set_viewport(following)

    def show_face(self, number: int) -> None:
        """Go to a face of the active photo at 100 % or the zoom there is, and follow it from frame to frame."""
        card = self.card
        if card is not None and number < len(card.faces):
            lock = FaceLock.on(card.faces, number)
            self._set_viewport(lock.view(self._viewport.zoom or 1.0))
            self._hold(lock)

    def next_face(self, step: int = 1) -> bool:
        """Go to the next face of the active photo, after the last one to the first; False where there is none."""
        card = self.card
        if card is None or not card.faces:
            return False
        begin = 0 if step > 0 else -1
        self.show_face((begin if self.face is None else self.face + step) % len(card.faces))
        return True

    def _hold(self, lock: FaceLock | None) -> None:
        if lock != self._lock:
            self._lock = lock
            self.face_changed.emit()

    def stop(self) -> None:
        """End the decoding threads and wait for them; the view decodes nothing any more."""
        self.pictures.stop()

    def _set_viewport(self, viewport: Viewport) -> None:
        if viewport != self._viewport:
            self._viewport = viewport
            self._hold(None if self._lock is None or viewport.zoom is None else self._lock.dragged(viewport))
            self._renew()

    # What happens

    def _request(self) -> None:
        """The active photo first, then the one after and the one before."""
        row = self._row
        if row is None or not self.isVisible():
            self.pictures.request(())
            return
        rows = [near for near in (row, row + 1, row - 1) if 0 <= near < self.model.rowCount()]
        cards = [self.model.card(near) for near in rows]
        self.thumbnails.want(cards, by="LoupeView")
        self.pictures.request(cards)

    @Slot()
    def _follow(self) -> None:
        """Another photo: the face that is looked at stays where it is, and all else its place."""
        card, zoom = self.card, self._viewport.zoom
        if self._lock is not None and card is not None and zoom is not None:
            self._hold(self._lock.following(card.faces))
            if card.faces:
                self._viewport = self._lock.view(zoom)
        self.face_changed.emit()
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        self._request()
        self._describe()
        self._renew()

    @Slot()
    def _start_over(self) -> None:
        self.pictures.clear()
        self._viewport, self._before_space, self._lock = Viewport(), None, None
        self._refresh()

    @Slot(QModelIndex, QModelIndex)
    def _look(self, first: QModelIndex, last: QModelIndex) -> None:
        row = self._row
        if row is not None and first.row() <= row <= last.row():
            self._refresh()

    @Slot(object)
    def _show_arrived(self, path: Path) -> None:
        if self.card is not None and self.card.path == path:
            self._describe()
            self._renew()

    def _renew(self) -> None:
        """The same photo in another way: paint it, and say how."""
        self.update()
        self._inform()
        self.zoom_changed.emit(self.zoom)

    def _describe(self) -> None:
        """Tell a screen reader which photo is the active one."""
        row = self._row
        self.setAccessibleDescription("No photo is active" if row is None else describe_row(self.model, row))

    # Painting

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
            paint_notice(painter, area, self.font(), "unreadable", "This photo cannot be shown", reason)
        else:
            placed = self._viewport.place(*self._geometry())
            paint_picture(painter, self._area(), placed, self.zoom, self._picture, self._thumbnail())
            if reason is not None:
                paint_warning(painter, self.rect(), self.font(), reason)

    def information(self) -> list[str]:
        """The information line in parts, the most wanted first."""
        card = self.card
        if card is None:
            return []
        if self.reason() is not None:
            return [file_name(card)]
        return photo_parts(card, self.zoom, self.source_note(), fitted=self._viewport.zoom is None)

    def _inform(self) -> None:
        """Bring the line below the picture up to date."""
        row = self._row
        self._bar.setVisible(row is not None)
        if row is not None:
            right = place_parts(self.model, row)
            self._bar.show_parts(self.model.decision(row), self.information(), right, lit=self.hasFocus())

    # What Qt sends

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._release_space()
        self._request()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._bar.setGeometry(0, self.height() - HEIGHT, self.width(), HEIGHT)
        self._renew()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._inform()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._release_space()
        self._inform()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.step(1 if key == Qt.Key.Key_Right else -1)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.step(self.model.rowCount() if key == Qt.Key.Key_End else -self.model.rowCount())
        elif key == Qt.Key.Key_Z:
            self.toggle_zoom()
        elif key == Qt.Key.Key_Space:
            if not event.isAutoRepeat() and self._before_space is None:
                self._before_space = (self._viewport, self._lock)
                self.actual_pixels()
        elif key == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            if not event.isAutoRepeat():
                self._release_space()
            return
        super().keyReleaseEvent(event)

    def _release_space(self) -> None:
        if self._before_space is not None:
            (viewport, lock), self._before_space = self._before_space, None
            self._set_viewport(viewport)
            self._hold(lock)

    def wheelEvent(self, event: QWheelEvent) -> None:
        turns = event.angleDelta().y() / 120
        if turns:
            self._set_viewport(self._viewport.turned(turns, event.position(), *self._geometry()))
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
        if self._viewport.zoom is not None:
            self._pressed = event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self._set_viewport(self._viewport.moved(by, *self._geometry()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._pressed is not None and not self._dragged and self._area().contains(event.position()):
            if self._viewport.zoom is None:
                self.actual_pixels(event.position())
            else:
                self.fit()
        self._pressed = None
        self.unsetCursor()
