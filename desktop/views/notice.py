"""What stands in a view instead of photos: an icon, one line and a hint."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter

from desktop import style
from desktop.style import TONE
from desktop.views.marks import paint_glyph

ICON = 48
WIDEST = 560
WARNING = 30
"""Height of the line of `paint_warning`."""
_FLAGS = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap


def paint_notice(painter: QPainter, area: QRect, font: QFont, icon: str, title: str, hint: str) -> None:
    """Paint a notice in the middle of `area`; "unreadable" is the icon that warns. No title: nothing is painted."""
    if not title:
        return
    width = min(area.width() - 32, WIDEST)
    strong = style.font_of(font, font.pointSizeF() + 4, bold=True)
    box = QRect(area.center().x() - width // 2, 0, width, 10_000)
    painter.setFont(strong)
    title_height = painter.boundingRect(box, _FLAGS, title).height()
    painter.setFont(font)
    hint_height = painter.boundingRect(box, _FLAGS, hint).height() if hint else 0
    box.moveTop(max(area.center().y() - (ICON + 16 + title_height + 10 + hint_height) // 2, area.top()))
    tone = TONE.warning if icon == "unreadable" else TONE.faint
    paint_glyph(painter, icon, QPoint(area.center().x() - ICON // 2, box.top()), ICON, tone)
    painter.setFont(strong)
    painter.setPen(QColor(TONE.text))
    painter.drawText(box.adjusted(0, ICON + 16, 0, 0), _FLAGS, title)
    painter.setFont(font)
    painter.setPen(QColor(TONE.muted))
    painter.drawText(box.adjusted(0, ICON + 26 + title_height, 0, 0), _FLAGS, hint)


def spoken(title: str, hint: str) -> str:
    """The same for people who listen to the screen."""
    return ". ".join(part for part in (title, hint) if part)


def paint_warning(painter: QPainter, area: QRect, font: QFont, text: str) -> None:
    """One line along the top of `area`, for a photo that can be shown only in part."""
    line = QRect(area.left(), area.top(), area.width(), WARNING)
    painter.fillRect(line, QColor(TONE.raised))
    paint_glyph(painter, "unreadable", line.topLeft() + QPoint(10, 6), 18, TONE.warning)
    painter.setFont(font)
    painter.setPen(QColor(TONE.text))
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, line.width() - 46)
    painter.drawText(line.adjusted(36, 0, -10, 0), Qt.AlignmentFlag.AlignVCenter, shown)
