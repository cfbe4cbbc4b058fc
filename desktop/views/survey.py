"""Survey: all photos of the line-up on one screen, as large as they fit."""

from __future__ import annotations

from collections.abc import Sequence, Set
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QPixmap, QShowEvent
from PySide6.QtWidgets import QWidget

from desktop.display import Display
from desktop.lineup import Lineup
from desktop.picture import Picture
from desktop.pixels import PictureLoader
from desktop.screen_image import screen_image
from desktop.thumbnails import ThumbnailLoader
from desktop.views.arrangement import USUAL, arrange
from desktop.views.canvas import PhotoCanvas
from desktop.views.cell import CAPTIONED_FROM, FOOTER, HEADER
from desktop.views.wording import describe_row
from engine.errors import ChinagraphError
from engine.files import decode, upright
from engine.turn import Turn
from engine.types import Card

GAP = 8
EDGE = 1600
"""Long edge of the pictures of few photos; of many the thumbnails are enough."""
FEW = 24
"""Photos that are few: their pictures take 170 MB at most."""
LIMIT_BYTES = 192 << 20


class SurveyView(PhotoCanvas):
    """The photos of the line-up. The arrow keys go among them; what is taken out makes room for the others."""

    closed = Signal()
    """Back to the grid: Escape."""
    shown_changed = Signal(object)
    """list[Card]: these stand on the screen."""

    def __init__(self, lineup: Lineup, thumbnails: ThumbnailLoader, parent: QWidget | None = None) -> None:
        self.lineup = lineup
        self._rects: dict[int, QRect] = {}
        self._pixmaps: dict[Path, tuple[Turn, QPixmap]] = {}
        super().__init__(lineup.model, lineup.selection, thumbnails, parent, captions=True)
        display = thumbnails.display
        sketched = partial(sketch, display=display)
        self.pictures = PictureLoader(self, limit_bytes=LIMIT_BYTES, decode=sketched, display=display)
        self.setAccessibleName(self.tr("Survey"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.pictures.arrived.connect(self._take_picture)
        lineup.changed.connect(self._renew)

    @property
    def cards(self) -> list[Card]:
        """The photos on the screen."""
        return [self.model.card(row) for row in self._rects]

    # Where the cells are

    def lay_out(self) -> None:
        rows = [row for card in self.lineup.cards if (row := self.model.row_of(card.path)) is not None]
        area = self.viewport().rect().adjusted(GAP, GAP, -GAP, -GAP)
        cells = arrange(len(rows), area, USUAL, GAP, HEADER + FOOTER)
        if cells and cells[0].width() < CAPTIONED_FROM:
            cells = arrange(len(rows), area, USUAL, GAP)
        self._rects = dict(zip(rows, cells, strict=True))

    def cell_rect(self, row: int) -> QRect:
        return self._rects.get(row, QRect())

    def rows_in(self, rect: QRect) -> Sequence[int]:
        return [row for row, cell in self._rects.items() if cell.intersects(rect)]

    def margin_rows(self) -> int:
        return 0

    def show_row(self, row: int) -> None:
        """Every row of the line-up is on the screen."""

    def picture_of(self, card: Card) -> QPixmap | None:
        turn, pixmap = self._pixmaps.get(card.path, (card.turn, None))
        if turn is not card.turn:
            pixmap = self._taken(card)
        return pixmap or super().picture_of(card)

    # What happens

    def go(self, row: int, _modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Make a photo active, and it alone: what is shown is selected already."""
        super().go(row)

    def stop(self) -> None:
        """End the threads and wait for them."""
        self.pictures.stop()

    @Slot()
    def _renew(self) -> None:
        if self.isVisible():
            self.lay_out()
            self.notice()
            self.viewport().update()
            self._describe()
            self._request()
            self.shown_changed.emit(self.cards)

    def _request(self) -> None:
        cards = self.cards
        self._keep({card.path for card in cards})
        self.pictures.request(cards if len(cards) <= FEW else (), by="survey")

    @Slot(object)
    def _take_picture(self, path: Path) -> None:
        row = self.model.row_of(path)
        if row is not None and row in self._rects and self._taken(self.model.card(row)) is not None:
            self.viewport().update(self.cell_rect(row))

    def _taken(self, card: Card) -> QPixmap | None:
        """The picture of a photo that is held, as it is turned now."""
        found = self.pictures.picture(card)
        if found is None or not found.levels:
            return None
        self._keep(self._pixmaps.keys() - {card.path})
        self._pixmaps[card.path] = (card.turn, QPixmap.fromImage(found.levels[0]))
        return self._pixmaps[card.path][1]

    def _keep(self, paths: Set[Path]) -> None:
        """Let the pictures of all other photos go, and what was made of them."""
        for path in self._pixmaps.keys() - paths:
            self.thumbnails.scaled.drop(self._pixmaps.pop(path)[1])

    def _describe(self) -> None:
        row = self.current_row
        if row is None or row not in self._rects:
            super()._describe()
            return
        place = list(self._rects).index(row) + 1
        told = self.tr("{}; photo {} of {} on screen").format(describe_row(self.model, row), place, len(self._rects))
        self.setAccessibleDescription(told)

    # What Qt sends

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._renew()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.pictures.clear()
        self._keep(frozenset())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)

    def steps(self) -> dict[Qt.Key, int]:
        return {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: 0, Qt.Key.Key_Down: 0}

    def target_of(self, key: Qt.Key) -> int | None:
        """The row of the photo that a key goes to: beside the active one, or nearest in the line above or below."""
        rows, row = list(self._rects), self.current_row
        if not rows or key not in {*self.steps(), Qt.Key.Key_Home, Qt.Key.Key_End}:
            return None
        if row not in self._rects or key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            return rows[-1] if key == Qt.Key.Key_End else rows[0]
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            return rows[min(max(rows.index(row) + self.steps()[key], 0), len(rows) - 1)]
        return self._across(row, down=key == Qt.Key.Key_Down)

    def _across(self, row: int, *, down: bool) -> int:
        here = self._rects[row]
        others = [
            other for other, cell in self._rects.items() if (cell.y() > here.y() if down else cell.y() < here.y())
        ]
        return min(others, key=lambda other: _distance(self._rects[other].center(), here.center()), default=row)


def sketch(card: Card, display: Display | None = None) -> Picture:
    """A picture of a photo that is large enough for a part of the screen, or why there is none."""
    try:
        pixels = decode.draft(card.photo, EDGE)
    except (ChinagraphError, OSError, MemoryError) as error:
        return Picture(card.photo.stamp, QSize(), "", (), str(error))
    pixels = upright.turn(pixels, upright.TURNED[card.turn])
    size = QSize(pixels.shape[1], pixels.shape[0])
    image = screen_image(pixels, EDGE)
    if display is not None:
        display.apply(image)
    return Picture(card.photo.stamp, size, "draft", (image,), turn=card.turn)


def _distance(one: QPoint, other: QPoint) -> int:
    return (one - other).manhattanLength()
