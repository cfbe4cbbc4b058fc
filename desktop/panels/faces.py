"""The faces of the active photo: a crop of each, how sharp its eyes are, and whether they are open."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop import style
from desktop.language import QT_TRANSLATE_NOOP, significant
from desktop.panels.section import labelled
from desktop.style import TONE
from desktop.views.marks import paint_glyph
from engine.judge.people import eyes_of
from engine.types import Card, EyeState, Face

MOST = 12
"""Faces that have a tile; in a crowd the largest."""
COLUMNS = 3
CROP = 76
"""Edge of a crop, device-independent pixels."""
AROUND = 1.3
"""Edge of what is cropped, in longer edges of the face."""
LINE = 16

EYES = {
    EyeState.OPEN: ("eye-open", QT_TRANSLATE_NOOP("faces", "eyes open"), TONE.text),
    EyeState.CLOSED: ("eye-closed", QT_TRANSLATE_NOOP("faces", "blink"), TONE.warning),
    EyeState.UNKNOWN: ("eye-unknown", QT_TRANSLATE_NOOP("faces", "can't tell"), TONE.muted),
}
"""Icon, words and tone of what can be said of a face's eyes."""

PictureOf = Callable[[Card], QImage | QPixmap | None]
"""The best picture of a photo that is in memory."""


class FaceTile(QAbstractButton):
    """One face; a click goes to it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._crop = QPixmap()
        self._face: Face | None = None
        self.is_current = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_face(self, number: int, face: Face, crop: QPixmap) -> None:
        """Show the `number`th face, counted from 1."""
        self._face, self._crop = face, crop
        words = f"{_tr(EYES[eyes_of(face)][1])}, {describe_sharpness(face)}"
        self.setAccessibleName(self.tr("Face {}: {}").format(number, words))
        left, right = face.eyes
        told = self.tr("Face {}: {}\nEye on the left {}, on the right {}\nClick to look at it")
        self.setToolTip(told.format(number, words, left, right))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(CROP + 6, CROP + 2 * LINE + 8)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._face is None:
            return
        painter = QPainter(self)
        frame = QRect((self.width() - CROP) // 2, 2, CROP, CROP)
        painter.fillRect(frame, QColor(TONE.well))
        if self._crop.isNull():
            paint_glyph(painter, "face", frame.center() - QPoint(12, 12), 24, TONE.handle)
        else:
            painter.drawPixmap(frame, self._crop)
        if self.is_current or self.hasFocus() or self.underMouse():
            tone = TONE.white if self.is_current else TONE.accent if self.hasFocus() else TONE.muted
            painter.setPen(QPen(QColor(tone), 2))
            painter.drawRect(frame)
        icon, words, tone = EYES[eyes_of(self._face)]
        painter.setFont(style.font_of(self.font(), max(self.font().pointSizeF() - 1.5, 7.0)))
        top = frame.bottom() + 3
        paint_glyph(painter, icon, QPoint(frame.left(), top), 13, tone)
        painter.setPen(QColor(tone))
        painter.drawText(frame.left() + 16, top + 11, _tr(words))
        painter.setPen(QColor(TONE.muted))
        painter.drawText(frame.left(), top + LINE + 10, describe_sharpness(self._face))


class FacesPanel(QWidget):
    """Tiles for the largest faces, "No faces" without any."""

    chosen = Signal(int)
    """The number of a face in `Card.faces`: look at it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.picture_of: PictureOf = _no_picture
        self.are_sought = True
        """Whether there is a model that finds faces."""
        self.tiles: list[FaceTile] = []
        self._current: int | None = None
        self.note = labelled(self.tr("No faces"), "muted", self.tr("Faces"))
        self.note.setWordWrap(True)
        self._grid = QGridLayout()
        self._grid.setSpacing(4)
        self._grid.setColumnStretch(COLUMNS, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(self._grid)
        column.addWidget(self.note)

    def show_card(self, card: Card) -> None:
        """Show this photo's faces in place of the ones before."""
        shown = card.faces[:MOST]
        while len(self.tiles) < len(shown):
            self._add_tile()
        picture = self.picture_of(card) if shown else None
        for number, tile in enumerate(self.tiles):
            tile.setVisible(number < len(shown))
            if number < len(shown):
                tile.show_face(number + 1, shown[number], crop_of(picture, shown[number], self.devicePixelRatioF()))
        more = len(card.faces) - len(shown)
        others = self.tr("and {} more: F goes to the next face").format(more) if more else ""
        self.note.setText(others if more or shown else self._absence(card))
        self.note.setVisible(bool(self.note.text()))

    def show_current(self, number: int | None) -> None:
        """Outline the face that is looked at."""
        self._current = number
        for place, tile in enumerate(self.tiles):
            if tile.is_current != (place == number):
                tile.is_current = place == number
                tile.update()

    def _absence(self, card: Card) -> str:
        if not card.readings:
            return self.tr("Not looked for yet")
        return self.tr("No faces") if self.are_sought else self.tr("Not looked for: the model pack finds no faces")

    def _add_tile(self) -> None:
        number = len(self.tiles)
        tile = FaceTile(self)
        tile.is_current = number == self._current
        tile.clicked.connect(partial(self._choose, number))
        self.tiles.append(tile)
        self._grid.addWidget(tile, number // COLUMNS, number % COLUMNS)

    def _choose(self, number: int, _checked: bool = False) -> None:
        self.chosen.emit(number)


def describe_sharpness(face: Face) -> str:
    """ "sharpness 41"; the number is that of the eye band, grey levels."""
    return _tr("not measured") if face.sharpness is None else _tr("sharpness {}").format(significant(face.sharpness))


def crop_of(picture: QImage | QPixmap | None, face: Face, ratio: float) -> QPixmap:
    """A square around a face, CROP on a side; a null pixmap where there is no picture. A face at the edge is cut."""
    if picture is None or picture.isNull():
        return QPixmap()
    width, height = picture.width(), picture.height()
    region = face.region
    side = max(round(AROUND * max(region.w * width, region.h * height)), 4)
    left, top = (
        round((region.x + region.w / 2) * width - side / 2),
        round((region.y + region.h / 2) * height - side / 2),
    )
    part = QRect(left, top, side, side).intersected(QRect(0, 0, width, height))
    if part.isEmpty():
        return QPixmap()
    cut = QPixmap.fromImage(picture.copy(part)) if isinstance(picture, QImage) else picture.copy(part)
    whole = QPixmap(side, side)
    whole.fill(QColor(TONE.well))
    painter = QPainter(whole)
    painter.drawPixmap(part.left() - left, part.top() - top, cut)
    painter.end()
    edge = round(CROP * ratio)
    scaled = whole.scaled(edge, edge, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
    scaled.setDevicePixelRatio(ratio)
    return scaled


def _no_picture(_card: Card) -> None:
    return None


def _tr(text: str) -> str:
    return QCoreApplication.translate("faces", text)
