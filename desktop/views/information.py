"""The line below a photo in the loupe: what was decided, what file it is, how large it is shown."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QPoint, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.cards import CardModel
from desktop.language import decimal
from desktop.style import TONE
from desktop.suggestions import is_best
from desktop.views.marks import ROW_HEIGHT, paint_decision
from desktop.views.wording import TIMES, describe_exposure, file_name, group_size
from engine.types import Card, Decision

HEIGHT = 32
PADDING = 10
DOT = "   ·   "


def photo_parts(card: Card, zoom: float, note: str | None, *, fitted: bool) -> list[str]:
    """What is said of a photo on the screen, the most wanted first; `note` says what stands for its pixels."""
    shown = f"{round(zoom * 100)} %"
    parts = [file_name(card), _tr("Fit {}").format(shown) if fitted else shown]
    if note is not None:
        parts.append(note)
    if card.width and card.height:
        parts.append(f"{card.width} {TIMES} {card.height}")
    exposure = describe_exposure(card.metadata)
    return [*parts, exposure] if exposure else parts


def place_parts(model: CardModel, row: int) -> str:
    """Where the photo in a row stands: "suggested best of 6 · #2 · 8.4 · 2 of 47", without what is hidden."""
    card, size = model.card(row), model.size(model.card(row))
    parts = [_tr("{} of {}").format(row + 1, model.rowCount())]
    if not model.scores_hidden and card.rank is not None and card.verdict is not None:
        parts = [f"#{card.rank}", decimal(card.verdict.score), *parts]
    if size > 1:
        suggested = is_best(card, size) and not model.scores_hidden
        best = _tr("suggested best of {}").format(size)
        parts.insert(0, best if suggested else group_size(card.group_kind, size))
    return DOT.join(parts)


class InformationBar(QWidget):
    """Decision and parts on the left, place and score on the right. Parts that find no room are left out from the end;
    the first one, the file's name, is shortened in its middle at last."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._decision = Decision()
        self._parts: tuple[str, ...] = ()
        self._right = ""
        self._lit = False
        self.setFixedHeight(HEIGHT)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(self.tr("Information"))

    def show_parts(self, decision: Decision, parts: Sequence[str], right: str, *, lit: bool) -> None:
        """`lit`: the view above has the keyboard."""
        shown = (decision, tuple(parts), right, lit)
        if shown != (self._decision, self._parts, self._right, self._lit):
            self._decision, self._parts, self._right, self._lit = shown
            self.setAccessibleDescription(", ".join([*self._parts, self._right]))
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(400, HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(TONE.panel))
        painter.fillRect(0, 0, self.width(), 2 if self._lit else 1, QColor(TONE.white if self._lit else TONE.line))
        at = QPoint(PADDING, (HEIGHT - ROW_HEIGHT) // 2 + 1)
        x = paint_decision(painter, at, self._decision, self.font(), spell_stars=True)
        if x > PADDING:
            x += 6
        painter.setFont(self.font())
        metrics = self.fontMetrics()
        room = self.width() - PADDING - x - metrics.horizontalAdvance(self._right) - 16
        text = self.rect().adjusted(x, 1, -PADDING, 0)
        painter.setPen(QColor(TONE.text))
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._fitted(room))
        painter.setPen(QColor(TONE.muted))
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self._right)

    def _fitted(self, room: int) -> str:
        if not self._parts:
            return ""
        metrics, parts = self.fontMetrics(), list(self._parts)
        while len(parts) > 1 and metrics.horizontalAdvance(DOT.join(parts)) > room:
            parts.pop()
        rest = DOT.join(["", *parts[1:]])
        room_for_name = max(room - metrics.horizontalAdvance(rest), 40)
        return metrics.elidedText(parts[0], Qt.TextElideMode.ElideMiddle, room_for_name) + rest


def _tr(text: str) -> str:
    return QCoreApplication.translate("information", text)
