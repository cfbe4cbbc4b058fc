"""The painting of one photo in a grid or filmstrip."""

from __future__ import annotations

import time
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QPainter, QPen, QPixmap

from desktop import style
from desktop.language import decimal, grouped
from desktop.scaled import ScaledPixmaps
from desktop.style import TONE
from desktop.views.marks import decision_width, paint_decision, paint_glyph
from desktop.views.wording import file_name, short_reason
from engine.types import Card, Decision, Flag, GroupKind

MARGIN = 8
HEADER = 22
FOOTER = 44
SIGN = 22
"""Edge of the sign on a photo that cannot be read."""
CENTRED = Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
CHIP = 17
"""Edge of the number on the suggested best frame."""
SHEETS = (3, 6)
"""How far the frames below the top one of a closed stack look out."""
CAPTIONED_FROM = 112
"""Narrower cells have no captions, which would run into each other: what is decided stands on the picture there."""
SPELLED_FROM = 176
"""Narrower cells write "3" and one star where wider ones draw three."""


@dataclass(frozen=True, slots=True)
class CellState:
    """What a view knows of a cell beyond its card."""

    active: bool = False
    """The photo that a mark hits."""
    selected: bool = False
    hovered: bool = False
    focused: bool = False
    """Active, and the view has the keyboard."""
    scores_hidden: bool = False
    group_size: int = 1
    closed: bool = False
    """It stands for its whole stack."""
    suggested: int | None = None
    """The number of a suggestion: its place in the suggested selection, or 1 for the best of a burst."""


def fitted(source: QSize, area: QRect) -> QRect:
    """The largest rectangle of `source`'s shape inside `area`, centred, at least one pixel wide and high."""
    size = source.scaled(area.size(), Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))
    corner = QPoint((area.width() - size.width()) // 2, (area.height() - size.height()) // 2)
    return QRect(area.topLeft() + corner, size)


class CellPainter:
    """Paints cells with one font. Thumbnails that are not scaled yet are drawn roughly once the time for scaling is up;
    `rough` then says that a second look is due."""

    def __init__(self, font: QFont, scaled: ScaledPixmaps, *, captions: bool = True) -> None:
        self._scaled = scaled
        self._captions = captions
        self._scale_until = 0.0
        self.rough = False
        self.set_font(font)

    def set_font(self, font: QFont) -> None:
        """Take another font; the metrics follow."""
        size = font.pointSizeF()
        self._font = style.font_of(font, max(size - 0.5, 7.0))
        self._strong = style.font_of(font, max(size, 7.5), bold=True)
        self._metrics = QFontMetrics(self._font)
        self._strong_metrics = QFontMetrics(self._strong)
        self._elided: dict[tuple[str, int], str] = {}

    def scale_for(self, seconds: float) -> None:
        """Begin a paint in which scaling may take this long."""
        self._scale_until = time.perf_counter() + seconds
        self.rough = False

    def has_captions(self, rect: QRect) -> bool:
        """Whether rank, score, name and decision stand round the picture of a cell."""
        return self._captions and rect.width() >= CAPTIONED_FROM

    def picture_area(self, rect: QRect) -> QRect:
        """Where the picture of a cell may lie."""
        if not self.has_captions(rect):
            return rect.adjusted(5, 5, -5, -5)
        return rect.adjusted(MARGIN, HEADER, -MARGIN, -FOOTER)

    def badge_area(self, rect: QRect, size: int, *, closed: bool) -> QRect:
        """Where the kind and the number of a group stand in a cell, with some room around; empty where they do not."""
        captions = self.has_captions(rect)
        if size < 2 or not (captions or closed):
            return QRect()
        width = 32 + self._strong_metrics.horizontalAdvance(f"{size}/{size}")
        if captions:
            return QRect(rect.right() - MARGIN - width, rect.bottom() - FOOTER + 20, width + MARGIN, 24)
        return QRect(rect.right() - width, rect.top() + 3, width, 24)

    def paint(
        self,
        painter: QPainter,
        rect: QRect,
        card: Card,
        decision: Decision,
        thumbnail: QPixmap | None,
        state: CellState,
    ) -> None:
        """Paint one cell into `rect` (device-independent pixels)."""
        self._paint_ground(painter, rect, state)
        rejected, captions = decision.flag is Flag.REJECT, self.has_captions(rect)
        if card.error is not None:
            self._paint_unreadable(painter, self.picture_area(rect), card, in_words=captions)
        else:
            self._paint_photo(painter, self.picture_area(rect), card, thumbnail, state, rejected)
        if captions:
            self._paint_header(painter, rect, card, state, rejected)
            self._paint_footer(painter, rect, card, decision, state, rejected)
        else:
            self._paint_badges(painter, rect, card, decision, state)
        self._paint_outline(painter, rect, state)

    def _paint_ground(self, painter: QPainter, rect: QRect, state: CellState) -> None:
        tone = TONE.cell
        if state.selected or state.active:
            tone = TONE.selected
        elif state.hovered:
            tone = TONE.hover
        painter.fillRect(rect, QColor(tone))

    def _paint_outline(self, painter: QPainter, rect: QRect, state: CellState) -> None:
        if state.active:
            painter.setPen(QPen(QColor(TONE.white if state.focused else TONE.muted), 2))
        elif state.selected:
            painter.setPen(QPen(QColor(TONE.muted), 1))
        else:
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect.adjusted(1, 1, -1, -1))

    def _paint_photo(
        self, painter: QPainter, area: QRect, card: Card, thumbnail: QPixmap | None, state: CellState, rejected: bool
    ) -> None:
        picture = None if thumbnail is None or thumbnail.isNull() else thumbnail
        shape = QSize(card.width, card.height) if card.width and card.height else QSize(3, 2)
        target = fitted(shape if picture is None else picture.size(), area)
        if state.closed:
            self._paint_sheets(painter, target)
        if picture is None:
            self._paint_placeholder(painter, target)
        else:
            self._paint_picture(painter, target, picture, rejected)
        if state.suggested is not None:
            self._paint_suggestion(painter, target, state.suggested)

    def _paint_sheets(self, painter: QPainter, target: QRect) -> None:
        """The edges of the frames that lie below the top one of a closed stack."""
        for offset in reversed(SHEETS):
            sheet = target.translated(offset, offset)
            painter.fillRect(sheet, QColor(TONE.handle))
            painter.fillRect(sheet.adjusted(0, 0, -1, -1), QColor(TONE.well))

    def _paint_suggestion(self, painter: QPainter, target: QRect, number: int) -> None:
        """A blue outline and a number: what is suggested, not what is decided."""
        painter.setPen(QPen(QColor(TONE.accent), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(target)
        text = grouped(number)
        width = max(CHIP, self._strong_metrics.horizontalAdvance(text) + 8)
        chip = QRect(target.left(), target.top(), width, CHIP)
        painter.fillRect(chip, QColor(TONE.accent_deep))
        painter.setFont(self._strong)
        painter.setPen(QColor(TONE.white))
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_picture(self, painter: QPainter, target: QRect, thumbnail: QPixmap, rejected: bool) -> None:
        ratio = painter.device().devicePixelRatioF()
        size = target.size() * ratio
        scaled = self._scaled.find(thumbnail, size, ratio)
        if scaled is None and time.perf_counter() < self._scale_until:
            scaled = self._scaled.make(thumbnail, size, ratio)
        painter.setOpacity(0.25 if rejected else 1.0)
        if scaled is not None:
            painter.drawPixmap(target.topLeft(), scaled)
        else:
            self.rough = True
            painter.drawPixmap(target, thumbnail)
        painter.setOpacity(1.0)
        if rejected:
            painter.fillRect(target, QBrush(QColor(TONE.faint), Qt.BrushStyle.BDiagPattern))

    def _paint_placeholder(self, painter: QPainter, target: QRect) -> None:
        painter.fillRect(target, QColor(TONE.panel))
        size = 28 if min(target.width(), target.height()) > 44 else 16
        paint_glyph(painter, "photo", target.center() - QPoint(size // 2, size // 2), size, TONE.handle)

    def _paint_unreadable(self, painter: QPainter, area: QRect, card: Card, *, in_words: bool) -> None:
        painter.fillRect(area, QColor(TONE.panel))
        painter.setPen(QPen(QColor(TONE.handle), 1, Qt.PenStyle.DashLine))
        painter.drawRect(area.adjusted(0, 0, -1, -1))
        if not in_words:
            paint_glyph(painter, "unreadable", area.center() - QPoint(9, 9), 18, TONE.warning)
            return
        inner = area.adjusted(8, 6, -8, -6)
        lines = max((inner.height() - SIGN - 6) // self._metrics.lineSpacing(), 1)
        room = int(inner.width() * max(lines - 0.7, 0.9))
        reason = self._metrics.elidedText(short_reason(card), Qt.TextElideMode.ElideRight, room)
        height = self._metrics.boundingRect(inner, CENTRED, reason).height()
        top = inner.top() + max((inner.height() - SIGN - 6 - height) // 2, 0)
        paint_glyph(painter, "unreadable", QPoint(inner.center().x() - SIGN // 2, top), SIGN, TONE.warning)
        painter.setFont(self._font)
        painter.setPen(QColor(TONE.text))
        painter.drawText(QRect(inner.left(), top + SIGN + 6, inner.width(), height), CENTRED, reason)

    def _paint_header(self, painter: QPainter, rect: QRect, card: Card, state: CellState, rejected: bool) -> None:
        if state.scores_hidden:
            return
        baseline = rect.top() + 16
        if card.rank is not None:
            painter.setFont(self._font)
            painter.setPen(QColor(TONE.muted))
            painter.drawText(rect.left() + MARGIN, baseline, f"#{card.rank}")
        if card.verdict is not None:
            text = decimal(card.verdict.score)
            painter.setFont(self._strong)
            painter.setPen(QColor(TONE.muted if rejected else TONE.white))
            right = rect.right() + 1 - MARGIN
            painter.drawText(right - self._strong_metrics.horizontalAdvance(text), baseline, text)

    def _paint_footer(
        self, painter: QPainter, rect: QRect, card: Card, decision: Decision, state: CellState, rejected: bool
    ) -> None:
        width = rect.width() - 2 * MARGIN
        top = rect.bottom() + 1 - FOOTER
        painter.setFont(self._font)
        painter.setPen(QColor(TONE.muted if rejected else TONE.text))
        painter.drawText(rect.left() + MARGIN, top + 17, self._name(card, width))
        row = QRect(rect.left() + MARGIN, top + 23, width, 16)
        paint_decision(painter, row.topLeft(), decision, self._font, spell_stars=width >= SPELLED_FROM)
        if state.group_size > 1:
            self._paint_group(painter, row, card, state)

    def _paint_group(self, painter: QPainter, row: QRect, card: Card, state: CellState) -> None:
        """The kind of group as an icon, and how many frames it has; in an open burst this one's place before it."""
        text = str(state.group_size)
        numbered = card.group_kind is GroupKind.BURST and not state.scores_hidden and not state.closed
        if numbered and card.rank_in_group is not None:
            text = f"{card.rank_in_group}/{state.group_size}"
        tone = TONE.white if state.closed else TONE.muted
        painter.setFont(self._strong if state.closed else self._font)
        painter.setPen(QColor(tone))
        left = row.right() + 1 - painter.fontMetrics().horizontalAdvance(text)
        painter.drawText(left, row.top() + 12, text)
        paint_glyph(painter, card.group_kind.value, QPoint(left - 18, row.top()), 14, tone)

    def _paint_badges(self, painter: QPainter, rect: QRect, card: Card, decision: Decision, state: CellState) -> None:
        """Where there is no caption: the decision on a plate in the lower left corner, a closed stack in the right."""
        if decision.is_made:
            width = decision_width(decision, spell_stars=False)
            plate = QRect(rect.left() + 5, rect.bottom() - 24, width + 2, 20)
            painter.fillRect(plate, QColor(TONE.well))
            paint_decision(painter, plate.topLeft() + QPoint(3, 2), decision, self._font, spell_stars=False)
        if state.closed:
            width = 26 + self._strong_metrics.horizontalAdvance(str(state.group_size))
            plate = QRect(rect.right() - 4 - width, rect.top() + 5, width, 20)
            painter.fillRect(plate, QColor(TONE.well))
            self._paint_group(painter, plate.adjusted(0, 3, -4, 0), card, state)

    def _name(self, card: Card, width: int) -> str:
        key = (card.path.name, width)
        if key not in self._elided:
            if len(self._elided) > 4096:
                self._elided.clear()
            self._elided[key] = self._metrics.elidedText(file_name(card), Qt.TextElideMode.ElideMiddle, width)
        return self._elided[key]
