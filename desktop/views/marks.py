"""How a decision looks wherever it is painted: an icon or a letter beside every colour."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QFont, QPainter

from desktop import style
from desktop.style import TONE
from engine.types import Colour, Decision, Flag

ROW_HEIGHT = 16
STAR = 13


def paint_glyph(painter: QPainter, name: str, at: QPoint, size: int, tone: str) -> None:
    """One of our icons, sharp on every screen."""
    painter.drawPixmap(at, style.glyph(name, size, tone, painter.device().devicePixelRatioF()))


def paint_decision(painter: QPainter, at: QPoint, decision: Decision, font: QFont, *, spell_stars: bool) -> int:
    """Flag, stars and label in a row of ROW_HEIGHT; `spell_stars` draws each star, else one and their number.

    Returns where the row ends (x); `at.x()` where nothing was decided.
    """
    x = at.x()
    if decision.flag is not Flag.NONE:
        tone = TONE.white if decision.flag is Flag.PICK else TONE.muted
        paint_glyph(painter, decision.flag.value, QPoint(x, at.y()), 15, tone)
        x += 20
    if decision.stars:
        x = _paint_stars(painter, QPoint(x, at.y() + 1), decision.stars, font, spell_stars) + 6
    if decision.colour is not Colour.NONE:
        paint_label(painter, QRect(x, at.y(), 16, 15), decision.colour, font)
        x += 20
    return x


def decision_width(decision: Decision, *, spell_stars: bool) -> int:
    """What `paint_decision` takes, device-independent pixels."""
    stars = ((STAR + 1) * decision.stars if spell_stars else 24) + 6
    return (
        20 * (decision.flag is not Flag.NONE) + stars * (decision.stars > 0) + 20 * (decision.colour is not Colour.NONE)
    )


def _paint_stars(painter: QPainter, at: QPoint, stars: int, font: QFont, spelled: bool) -> int:
    """Returns where the stars end."""
    if spelled:
        for number in range(stars):
            paint_glyph(painter, "star", at + QPoint((STAR + 1) * number, 0), STAR, TONE.white)
        return at.x() + (STAR + 1) * stars
    paint_glyph(painter, "star", at, STAR, TONE.white)
    painter.setFont(font)
    painter.setPen(QColor(TONE.white))
    painter.drawText(at.x() + STAR + 2, at.y() + 12, str(stars))
    return at.x() + 24


def paint_label(painter: QPainter, chip: QRect, colour: Colour, font: QFont) -> None:
    """A colour label: a square of its colour with its letter in it."""
    painter.fillRect(chip, QColor(style.LABEL_TONES[colour]))
    letter = QFont(font)
    letter.setPixelSize(11)
    letter.setBold(True)
    painter.setFont(letter)
    painter.setPen(QColor(TONE.well))
    painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, style.LABEL_LETTERS[colour])
