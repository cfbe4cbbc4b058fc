"""The distribution of a photo's score as ten bars."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import style
from desktop.style import TONE
from engine.types import SCORES, Verdict

LABELS = 18
"""Height of the line of numbers below the bars."""
TOP = 16
"""Room for the tallest bar's share."""


class DistributionChart(QWidget):
    """Ten bars over the scores 1-10; a line stands at the mean. The tallest bar carries its share in per cent."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._verdict: Verdict | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Distribution of the base score"))

    def show_verdict(self, verdict: Verdict | None) -> None:
        """Draw this one; None empties the chart."""
        self._verdict = verdict
        self.setAccessibleDescription(self.description())
        self.setToolTip(self.description().replace("; ", "\n"))
        self.update()

    def description(self) -> str:
        """The chart in words, one share for each score."""
        if self._verdict is None:
            return ""
        shares = zip(SCORES, self._verdict.distribution, strict=True)
        words = self.tr("score {}: {} %")
        return "; ".join(words.format(round(score), round(100 * float(share))) for score, share in shares)

    def sizeHint(self) -> QSize:
        return QSize(240, 104)

    def bar(self, index: int) -> QRectF:
        """Where a bar stands; `index` 0-9."""
        pitch = self.width() / len(SCORES)
        floor = self.height() - LABELS
        share = 0.0 if self._verdict is None else float(self._verdict.distribution[index])
        tallest = 1.0 if self._verdict is None else max(float(self._verdict.distribution.max()), 1e-6)
        height = max((floor - TOP) * share / tallest, 1.0)
        return QRectF(index * pitch + 2, floor - height, pitch - 4, height)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(style.font_of(self.font(), max(self.font().pointSizeF() - 1.5, 6.5)))
        self._paint_axis(painter)
        if self._verdict is None:
            return
        tallest = int(self._verdict.distribution.argmax())
        for index in range(len(SCORES)):
            painter.fillRect(self.bar(index), QColor(TONE.text if index == tallest else TONE.faint))
        top = self.bar(tallest)
        label = QRectF(top.center().x() - 30, top.top() - TOP, 60, TOP)
        painter.setPen(QColor(TONE.text))
        painter.drawText(label, Qt.AlignmentFlag.AlignCenter, f"{100 * self._verdict.distribution[tallest]:.0f} %")
        self._paint_mean(painter, self._verdict.score)

    def _paint_axis(self, painter: QPainter) -> None:
        floor, pitch = self.height() - LABELS, self.width() / len(SCORES)
        painter.setPen(QPen(QColor(TONE.line), 1))
        painter.drawLine(QPointF(0, floor + 0.5), QPointF(self.width(), floor + 0.5))
        painter.setPen(QColor(TONE.muted))
        for index, score in enumerate(SCORES):
            cell = QRectF(index * pitch, floor + 2, pitch, LABELS - 2)
            painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, f"{score:.0f}")

    def _paint_mean(self, painter: QPainter, mean: float) -> None:
        """A dashed line at the mean, so that it is told from the bars by more than a colour."""
        x = round((mean - 0.5) * self.width() / len(SCORES)) + 0.5
        painter.setPen(QPen(QColor(TONE.white), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(x, TOP), QPointF(x, self.height() - LABELS))
