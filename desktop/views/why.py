"""Why a photo was judged as it was, where it stands: its subject, where the student looked, what is off."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QCoreApplication, QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QPainter, QPen

from desktop.panels.readings import format_value, is_claimed, judge, title_of
from desktop.style import TONE
from engine.types import Card, Reading, Region, SubjectSource

CORNER = 0.22
"""Length of the corners of the subject's frame, as a share of its shorter side."""
DARKEST = 150
"""Opacity, of 255, over what the student did not look at."""
MOST = 4
"""Remarkable readings that are outlined: more would hide the photo."""
_PAD = 4


def paint_why(
    painter: QPainter,
    placed: QRectF,
    area: QRectF,
    card: Card,
    font: QFont,
    *,
    hide_scores: bool,
    kept_free: QRectF | None = None,
) -> None:
    """Paint over a photo that lies at `placed`, without words where it is `kept_free`. With `hide_scores` nothing of
    the student's is shown."""
    painter.save()
    painter.setClipRect(area)
    painter.setFont(font)
    seen = None if card.verdict is None else card.verdict.attention
    if seen is not None and not hide_scores:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(placed, veil(seen))
    taken = [] if kept_free is None else [kept_free]
    if card.subject is not None:
        part = _part(placed, card.subject.region)
        _paint_corners(painter, part)
        _paint_words(painter, part, area, subject_words(card.subject.source), TONE.white, taken)
    for reading, region in remarkable(card):
        part = _part(placed, region)
        if card.subject is None or region != card.subject.region:
            for tone, width in ((TONE.well, 3.0), (TONE.warning, 1.5)):
                painter.setPen(QPen(QColor(tone), width, Qt.PenStyle.DashLine))
                painter.drawRect(part)
        _paint_words(painter, part, area, f"{title_of(reading)}: {format_value(reading)}", TONE.warning, taken)
    painter.restore()


def remarkable(card: Card) -> list[tuple[Reading, Region]]:
    """The readings that are off and have a place of their own, with it."""
    found = (reading for reading in card.readings.values() if is_claimed(reading) and judge(reading) != "normal")
    return [(reading, reading.region) for reading in found if reading.region is not None][:MOST]


def veil(attention: np.ndarray) -> QImage:
    """Darkness over the cells that were looked at least; [rows, columns] 0-1 as an image of one pixel a cell."""
    shade = np.zeros((*attention.shape, 4), np.uint8)
    shade[..., 3] = (DARKEST * (1 - np.clip(attention, 0, 1))).round()
    rows, columns = attention.shape
    return QImage(shade.tobytes(), columns, rows, 4 * columns, QImage.Format.Format_RGBA8888).copy()


def subject_words(source: SubjectSource) -> str:
    """What told where the subject is."""
    return {
        SubjectSource.EYES: _tr("Subject: the eyes of the largest face"),
        SubjectSource.AF: _tr("Subject: where the camera focused"),
        SubjectSource.ATTENTION: _tr("Subject: where the model looked"),
        SubjectSource.SHARPEST: _tr("Subject: the sharpest part"),
    }[source]


def why_words(card: Card) -> str:
    """The same for the information bar and for people who listen to the screen."""
    if card.subject is None:
        return _tr("no subject was measured yet")
    off = [title_of(reading).lower() for reading, _ in remarkable(card)]
    return ", ".join([subject_words(card.subject.source).lower(), *off])


def _part(placed: QRectF, region: Region) -> QRectF:
    left, top = placed.left() + region.x * placed.width(), placed.top() + region.y * placed.height()
    return QRectF(left, top, region.w * placed.width(), region.h * placed.height())


def _paint_corners(painter: QPainter, part: QRectF) -> None:
    """The corners of a frame, light ones over dark, to be seen on every ground."""
    arm = max(CORNER * min(part.width(), part.height()), 6.0)
    for tone, width in ((TONE.well, 4.0), (TONE.white, 2.0)):
        painter.setPen(QPen(QColor(tone), width))
        for corner, across, down in (
            (part.topLeft(), 1, 1),
            (part.topRight(), -1, 1),
            (part.bottomLeft(), 1, -1),
            (part.bottomRight(), -1, -1),
        ):
            painter.drawLine(QLineF(corner, corner + QPointF(across * arm, 0)))
            painter.drawLine(QLineF(corner, corner + QPointF(0, down * arm)))


def _paint_words(painter: QPainter, part: QRectF, area: QRectF, text: str, tone: str, taken: list[QRectF]) -> None:
    """A plate below a part, or above it where there is no room, never over another plate."""
    metrics = QFontMetrics(painter.font())
    width, height = metrics.horizontalAdvance(text) + 2 * _PAD, metrics.height() + _PAD
    left = min(max(part.left(), area.left()), max(area.right() - width, area.left()))
    top = part.bottom() + _PAD if part.bottom() + _PAD + height <= area.bottom() else part.top() - _PAD - height
    plate = QRectF(left, min(max(top, area.top()), area.bottom() - height), width, height)
    while any(plate.intersects(other) for other in taken) and plate.bottom() + height <= area.bottom():
        plate.translate(0, height + 2)
    taken.append(plate)
    painter.fillRect(plate, QColor(TONE.well))
    painter.setPen(QColor(tone))
    painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, text)


def _tr(text: str) -> str:
    return QCoreApplication.translate("why", text)
