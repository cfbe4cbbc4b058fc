"""The loupe: one photo, fitted in or pixel by pixel."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPointF, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from desktop.cards import DECIDED, CardModel
from desktop.pixels import LIMIT_BYTES, PictureLoader
from desktop.thumbnails import ThumbnailLoader
from desktop.views.face_lock import FaceLock
from desktop.views.information import place_parts
from desktop.views.notice import spoken
from desktop.views.overlays import Overlays
from desktop.views.pane import PhotoPane
from desktop.views.picture import paint_pointed
from desktop.views.view_keys import HOLD, ZOOM, ViewKeys
from desktop.views.viewport import Viewport, subject_of
from desktop.views.wording import describe_row
from engine.turn import Turn
from engine.types import Card, Region


class LoupeView(PhotoPane):
    """The active photo.

    Z: 100 % at the subject, again 200 %, again fitted. Space held: 100 % at the subject while held. Left and Right: the
    neighbours, at the same place and zoom; of a face that was gone to, the same eye stays where it is.
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
        pictures = PictureLoader(limit_bytes=limit_bytes, display=thumbnails.display)
        super().__init__(model, thumbnails, pictures, Overlays(), parent)
        self.pictures.setParent(self)
        self.overlays.setParent(self)
        self.selection = selection
        self._viewport = Viewport()
        self._lock: FaceLock | None = None
        self._turned: tuple[Path, Turn] | None = None
        """The photo that was shown last, and how it was turned."""
        self._before_space: tuple[Viewport, FaceLock | None] | None = None
        self.keys = ViewKeys()
        self.pointed: Region | None = None
        """The part of the active photo that is lit up."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Loupe"))
        self._before: Path | None = None
        selection.currentChanged.connect(self._remember)
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
    def face(self) -> int | None:
        """Which face of the active photo is looked at, None while it is none of them."""
        card = self.card
        return None if self._lock is None or card is None or not card.faces else self._lock.number

    @property
    def _row(self) -> int | None:
        index = self.selection.currentIndex()
        return index.row() if index.isValid() and index.row() < self.model.rowCount() else None

    def place(self) -> str:
        row = self._row
        return "" if row is None else place_parts(self.model, row)

    def describe(self) -> str:
        row = self._row
        if self.model.rowCount() == 0:
            return spoken(*self._message)
        return self.tr("No photo is active") if row is None else describe_row(self.model, row)

    # What can be done

    def step(self, delta: int) -> None:
        """Go `delta` photos on; both ends hold."""
        if self.model.rowCount():
            row = min(max((self._row or 0) + delta, 0), self.model.rowCount() - 1)
            self.selection.setCurrentIndex(self.model.index(row), QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def look_at(self, viewport: Viewport) -> None:
        """Zoom and centre as they were at another time."""
        self._hold(None)
        self._set_viewport(viewport)

    def actual_pixels(self, point: QPointF | None = None, zoom: float = 1.0) -> None:
        self._hold(None)
        if point is not None:
            self._set_viewport(self._viewport.zoomed(zoom, point, *self.geometry_of_picture()))
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

    def point_at(self, region: Region) -> None:
        """Light a part of the active photo up, the whole of it in view; the same part once more ends that."""
        self.pointed = None if region == self.pointed else region
        self.fit()
        self.update()

    def flip(self) -> None:
        """Back to the photo that was active before, at the same place and zoom; again, and this one is back."""
        row = None if self._before is None else self.model.row_of(self._before)
        if row is not None and row != self._row:
            self.step(row - (self._row or 0))

    def _hold(self, lock: FaceLock | None) -> None:
        if lock != self._lock:
            self._lock = lock
            self.face_changed.emit()

    def stop(self) -> None:
        """End the threads and wait for them; the view decodes nothing any more."""
        self.pictures.stop()
        self.overlays.stop()

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
            self.pictures.release("loupe")
            return
        rows = [near for near in (row, row + 1, row - 1) if 0 <= near < self.model.rowCount()]
        cards = [self.model.card(near) for near in rows]
        self.thumbnails.want(cards, by="LoupeView")
        self.pictures.request(cards, by="loupe", edge=self.sketch_edge())

    @Slot(QModelIndex, QModelIndex)
    def _remember(self, _current: QModelIndex, previous: QModelIndex) -> None:
        if previous.isValid() and previous.row() < self.model.rowCount():
            self._before = self.model.card(previous.row()).path

    @Slot()
    def _follow(self) -> None:
        """Another photo: the face that is looked at stays where it is, and all else its place."""
        card, zoom = self.card, self._viewport.zoom
        self.pointed = None
        if self._lock is not None and card is not None and zoom is not None:
            self._hold(self._lock.following(card.faces))
            if card.faces:
                self._viewport = self._lock.view(zoom)
        self.face_changed.emit()
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        self._follow_turn()
        self._request()
        self._describe()
        self._renew()

    def _follow_turn(self) -> None:
        """Where the photo was turned, what was in the middle of the view stays there."""
        card, before = self.card, self._turned
        self._turned = None if card is None else (card.path, card.turn)
        if card is None or before is None or before[0] != card.path or before[1] is card.turn:
            return
        by = card.turn.further(-before[1])
        self._viewport, self._lock = self._rotated(by, self._viewport, self._lock)
        if self._before_space is not None:
            self._before_space = self._rotated(by, *self._before_space)

    def _rotated(self, by: Turn, viewport: Viewport, lock: FaceLock | None) -> tuple[Viewport, FaceLock | None]:
        if viewport.zoom is not None:
            viewport = viewport.rotated(by, *self.geometry_of_picture())
        return viewport, None if lock is None else lock.rotated(by, viewport)

    @Slot()
    def _start_over(self) -> None:
        self.pictures.clear()
        self.overlays.clear()
        self._viewport, self._before_space, self._lock, self._before = Viewport(), None, None, None
        self._refresh()

    def _look(self, first: QModelIndex, last: QModelIndex, roles: Sequence[int]) -> None:
        row = self._row
        if row is not None and first.row() <= row <= last.row():
            if tuple(roles) == DECIDED:
                self.show_decision()
            else:
                self._refresh()

    @Slot()
    def _renew(self) -> None:
        super()._renew()
        self.zoom_changed.emit(self.zoom)

    # What Qt sends

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.pointed is not None and self.reason() is None:
            placed = self.viewport.place(*self.geometry_of_picture())
            paint_pointed(QPainter(self), placed, self._area(), self.pointed)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._release_space()
        self._request()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._inform()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._release_space()
        self._inform()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, modifiers = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        meaning = self.keys.meaning(event)
        if meaning == ZOOM:
            self.toggle_zoom()
        elif meaning == HOLD:
            if not event.isAutoRepeat() and self._before_space is None:
                self._before_space = (self._viewport, self._lock)
                self.actual_pixels()
        elif modifiers:
            if modifiers != Qt.KeyboardModifier.ControlModifier or not self.pan(key):
                super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.step(1 if key == Qt.Key.Key_Right else -1)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.step(self.model.rowCount() if key == Qt.Key.Key_End else -self.model.rowCount())
        elif key == Qt.Key.Key_Escape and self.pointed is not None:
            self.point_at(self.pointed)
        elif key == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if self.keys.ends_hold(event):
            self._release_space()
        else:
            super().keyReleaseEvent(event)

    def _release_space(self) -> None:
        if self._before_space is not None:
            (viewport, lock), self._before_space = self._before_space, None
            self._set_viewport(viewport)
            self._hold(lock)
