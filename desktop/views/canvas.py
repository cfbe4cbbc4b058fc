"""What grid and filmstrip share: many photos of one model, of which only the exposed cells are ever touched."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QRegion,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from desktop.cards import DECIDED, CardModel
from desktop.style import TONE
from desktop.suggestions import number
from desktop.thumbnails import ThumbnailLoader
from desktop.views.cell import CellPainter, CellState
from desktop.views.notice import paint_notice, spoken
from desktop.views.wording import describe_row
from engine.types import Card

NOTICE_MS = 20
"""How long a view gathers scrolling before it says what stands on the screen."""
REFINE_MS = 30
SCALING_SECONDS = 0.004
"""What scaling thumbnails with care may take of one paint; the rest follows REFINE_MS later, so that scrolling never
waits for it."""

Flags = QItemSelectionModel.SelectionFlag


class PhotoCanvas(QAbstractScrollArea):
    """Cells of equal size over a CardModel; subclasses say where each row lies.

    QListView lays out every row and needs 1.7 s for a million; here the cost is that of the cells on the screen.
    """

    opened = Signal()
    """The active photo shall be shown large: Enter or a double click."""
    stack_toggled = Signal()
    """The stack of the active photo shall be opened or closed: its badge was clicked."""
    visible_changed = Signal(object)
    """list[Card]: on the screen first, then a margin before and after."""

    def __init__(
        self,
        model: CardModel,
        selection: QItemSelectionModel,
        thumbnails: ThumbnailLoader,
        parent: QWidget | None = None,
        *,
        captions: bool,
    ) -> None:
        super().__init__(parent)
        self.model, self.selection, self.thumbnails = model, selection, thumbnails
        self._cells = CellPainter(self.font(), thumbnails.scaled, captions=captions)
        self._hovered: int | None = None
        self._anchor = QPersistentModelIndex()
        self._message = ("", "")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._notice = self._timer(NOTICE_MS, self._tell_visible)
        self._refine = self._timer(REFINE_MS, self.viewport().update)
        model.modelReset.connect(self._start_over)
        model.layoutChanged.connect(self._rearrange)
        model.dataChanged.connect(self._repaint_rows)
        model.stacked.connect(self._show_stacks)
        selection.currentChanged.connect(self._follow)
        selection.selectionChanged.connect(self.viewport().update)
        selection.selectionChanged.connect(self._anchor_alone)

    # Where the cells are

    @abstractmethod
    def cell_rect(self, row: int) -> QRect:
        """The cell of a row, in viewport coordinates."""

    @abstractmethod
    def rows_in(self, rect: QRect) -> Sequence[int]:
        """The rows whose cells may touch a rectangle of the viewport, in order."""

    @abstractmethod
    def margin_rows(self) -> int:
        """How many rows before and after the visible ones shall be ready as well."""

    @abstractmethod
    def lay_out(self) -> None:
        """Set the scroll range for the rows and the viewport there are."""

    @abstractmethod
    def show_row(self, row: int) -> None:
        """Scroll so that the cell of a row is visible."""

    def picture_of(self, card: Card) -> QPixmap | None:
        """What is painted of a photo."""
        return self.thumbnails.pixmap(card)

    def paint_between(self, painter: QPainter, rows: Sequence[int]) -> None:
        """What lies between the cells of these rows; nothing, unless a view says so."""

    def row_at(self, point: QPoint) -> int | None:
        """The row under a point of the viewport."""
        return next((row for row in self.rows_in(QRect(point, point)) if self.cell_rect(row).contains(point)), None)

    def visible_rows(self) -> Sequence[int]:
        """The rows on the screen."""
        return self.rows_in(self.viewport().rect())

    @property
    def current_row(self) -> int | None:
        """The row of the active photo."""
        index = self.selection.currentIndex()
        return index.row() if index.isValid() else None

    def set_message(self, title: str, hint: str = "") -> None:
        """What to say where there is no photo to show."""
        self._message = (title, hint)
        self._describe()
        self.viewport().update()

    # What happens

    def go(self, row: int, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Make the photo in a row the active one; Shift selects up to it, Control adds or removes it."""
        if not self.model.rowCount():
            return
        index = self.model.index(min(max(row, 0), self.model.rowCount() - 1))
        if modifiers & Qt.KeyboardModifier.ShiftModifier and self._anchor.isValid():
            anchor = self._anchor
            ends = sorted((anchor.row(), index.row()))
            span = QItemSelection(self.model.index(ends[0]), self.model.index(ends[1]))
            self.selection.setCurrentIndex(index, Flags.NoUpdate)
            self.selection.select(span, Flags.ClearAndSelect)
            self._anchor = anchor
            return
        wanted = Flags.Toggle if modifiers & Qt.KeyboardModifier.ControlModifier else Flags.ClearAndSelect
        self.selection.setCurrentIndex(index, wanted)
        self._anchor = QPersistentModelIndex(index)

    def close_view(self) -> None:
        """Stop the timers; the view asks for nothing any more."""
        self._notice.stop()
        self._refine.stop()

    @Slot()
    def _start_over(self) -> None:
        self._hovered = None
        self.lay_out()
        self.horizontalScrollBar().setValue(0)
        self.verticalScrollBar().setValue(0)
        self._refresh()

    @Slot()
    def _rearrange(self) -> None:
        self._hovered = None
        self.lay_out()
        if self.current_row is not None:
            self.show_row(self.current_row)
        self._refresh()
        self._describe()

    def _refresh(self) -> None:
        self.viewport().update()
        self.notice()

    def notice(self) -> None:
        """Say soon what stands on the screen."""
        if not self._notice.isActive():
            self._notice.start()

    def _repaint_rows(self, first: QModelIndex, last: QModelIndex, roles: Sequence[int]) -> None:
        """A mark is painted at once, before whoever else hears of it; all else with the next frame."""
        if not self.isVisible():
            return
        region = QRegion()
        for row in self.visible_rows():
            if first.row() <= row <= last.row():
                region += self.cell_rect(row)
        if tuple(roles) == DECIDED:
            self.viewport().repaint(region)
        else:
            self.viewport().update(region)
        if self.current_row is not None and first.row() <= self.current_row <= last.row():
            self._describe()

    @Slot(QModelIndex, QModelIndex)
    def _follow(self, current: QModelIndex, previous: QModelIndex) -> None:
        for index in (previous, current):
            if index.isValid():
                self.viewport().update(self.cell_rect(index.row()))
        if current.isValid():
            self._anchor_alone()
            self.show_row(current.row())
        self._describe()

    @Slot()
    def _anchor_alone(self) -> None:
        """A photo that is the only one selected is where a range begins, whoever went there."""
        current, chosen = self.selection.currentIndex(), self.selection.selection()
        alone = chosen.count() == 1 and chosen.at(0).height() == 1 and chosen.contains(current)
        if current.isValid() and (alone or not self._anchor.isValid()):
            self._anchor = QPersistentModelIndex(current)

    @Slot()
    def _show_stacks(self) -> None:
        self.viewport().update()
        self._describe()

    def _describe(self) -> None:
        """Tell a screen reader which photo is the active one."""
        row = self.current_row
        if self.model.rowCount() == 0:
            self.setAccessibleDescription(spoken(*self._message))
        elif row is None or row >= self.model.rowCount():
            self.setAccessibleDescription(self.tr("No photo is active"))
        else:
            self.setAccessibleDescription(describe_row(self.model, row))

    @Slot()
    def _tell_visible(self) -> None:
        cards = self._wanted()
        visible = min(len(self.visible_rows()), len(cards))
        self.thumbnails.want(cards, by=self.objectName() or type(self).__name__, visible=visible)
        self.visible_changed.emit(cards)

    def _wanted(self) -> list[Card]:
        if not self.isVisible():
            return []
        visible, margin, count = self.visible_rows(), self.margin_rows(), self.model.rowCount()
        if not visible:
            return []
        end, begin = visible[-1] + 1, visible[0]
        after = range(end, min(end + margin, count))
        before = range(begin - 1, max(begin - margin, 0) - 1, -1)
        return [self.model.card(row) for rows in (visible, after, before) for row in rows]

    def _timer(self, milliseconds: int, call: Callable[[], object]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(call)
        return timer

    # What Qt sends

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), QColor(TONE.window))
        if self.model.rowCount() == 0:
            paint_notice(painter, self.viewport().rect(), self.font(), "photo", *self._message)
            return
        self._cells.scale_for(SCALING_SECONDS)
        region, rows = event.region(), self.rows_in(event.rect())
        self.paint_between(painter, rows)
        for row in rows:
            rect = self.cell_rect(row)
            if region.intersects(rect):
                self._paint_row(painter, row, rect)
        if self._cells.rough and not self._refine.isActive():
            self._refine.start()

    def _paint_row(self, painter: QPainter, row: int, rect: QRect) -> None:
        card, decision = self.model.card(row), self.model.decision(row)
        size = self.model.size(card)
        active = row == self.current_row
        state = CellState(
            active=active,
            selected=self.selection.isRowSelected(row),
            hovered=row == self._hovered,
            focused=active and self.hasFocus(),
            scores_hidden=self.model.scores_hidden,
            group_size=size,
            closed=self.model.is_closed(card),
            suggested=number(self.model, card, decision),
        )
        self._cells.paint(painter, rect, card, decision, self.picture_of(card), state)

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self.lay_out()
        self.notice()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().scroll(dx, dy)
        self._set_hovered(None)
        self.notice()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.current_row is not None:
            self.show_row(self.current_row)
        self._describe()
        self.notice()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.notice()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._cells.set_font(self.font())
            self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.current_row is None and self.model.rowCount():
            self.go(next(iter(self.visible_rows()), 0))
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self.row_at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and row is not None:
            self.go(row, event.modifiers())
            if self._is_badge(row, event.position().toPoint()):
                self.stack_toggled.emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        row = self.row_at(point)
        if event.button() == Qt.MouseButton.LeftButton and row is not None:
            (self.stack_toggled if self._is_badge(row, point) else self.opened).emit()

    def _is_badge(self, row: int, point: QPoint) -> bool:
        card = self.model.card(row)
        area = self._cells.badge_area(self.cell_rect(row), self.model.size(card), closed=self.model.is_closed(card))
        return area.contains(point)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._set_hovered(self.row_at(event.position().toPoint()))

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._set_hovered(None)
        return super().viewportEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current_row is not None:
            self.opened.emit()
            return
        row = self.target_of(Qt.Key(event.key()))
        if row is None:
            event.ignore()
            return
        self.go(row, event.modifiers() & Qt.KeyboardModifier.ShiftModifier)

    def target_of(self, key: Qt.Key) -> int | None:
        """The row that a key goes to, perhaps beyond either end; None for a key that goes nowhere."""
        row = self.current_row
        if row is None:
            return 0 if key in self.steps() else None
        targets = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: self.model.rowCount() - 1}
        if key in targets:
            return targets[key]
        step = self.steps().get(key)
        return None if step is None else row + step

    @abstractmethod
    def steps(self) -> dict[Qt.Key, int]:
        """How far each key goes, in rows; Home and End are known already."""

    def _set_hovered(self, row: int | None) -> None:
        before, self._hovered = self._hovered, row
        if before != row:
            for changed in (before, row):
                if changed is not None:
                    self.viewport().update(self.cell_rect(changed))
