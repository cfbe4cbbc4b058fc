"""A range of a number that photos have, over the picture of how they spread."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop import style
from desktop.filters import Range
from desktop.style import TONE

BARS = 30
HEIGHT = 34
LEAST = 0.06
"""Share of the height that a bar has with a single photo."""


class SpreadChart(QWidget):
    """How many photos have which value, as bars; those in the range are bright. Dragging over it asks for a range."""

    dragged = Signal(float, float)
    """From, to."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(HEIGHT)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self._counts: NDArray[np.intp] = np.zeros(BARS, np.intp)
        self._bounds = (0.0, 1.0)
        self._range = self._bounds
        self._from: float | None = None

    def sizeHint(self) -> QSize:
        return QSize(120, HEIGHT)

    def show_spread(self, values: NDArray[np.float32], low: float, high: float) -> None:
        """Of these values, none of them NaN, between `low` and `high`."""
        self._counts = np.histogram(values, BARS, (low, high))[0]
        self._bounds = (low, high)
        self.update()

    def show_range(self, low: float, high: float) -> None:
        """Which values are asked for."""
        self._range = (low, high)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(TONE.well))
        most = max(int(self._counts.max()), 1)
        low, high = self._bounds
        step, width = (high - low) / BARS, self.width() / BARS
        for number, count in enumerate(self._counts.tolist()):
            if count:
                # A root, so that a few photos beside thousands can be seen.
                tall = max((count / most) ** 0.5, LEAST) * (self.height() - 3)
                begin = low + number * step
                is_in = begin + step > self._range[0] and begin < self._range[1]
                bar = QRectF(number * width, self.height() - tall, max(width - 1, 1), tall)
                painter.fillRect(bar, QColor(TONE.muted if is_in else TONE.line))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._from = self._value(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._from is not None:
            self.dragged.emit(*sorted((self._from, self._value(event))))

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._from = None

    def _value(self, event: QMouseEvent) -> float:
        low, high = self._bounds
        return low + min(max(event.position().x() / max(self.width(), 1), 0.0), 1.0) * (high - low)


class RangeQuestion(QWidget):
    """From and to. At the ends of what there is, the question is open on that side."""

    asked = Signal()

    def __init__(self, name: str, decimals: int) -> None:
        super().__init__()
        self._decimals = decimals
        self.chart = SpreadChart()
        self.chart.setAccessibleName(self.tr("How photos spread: {}").format(name))
        self.chart.dragged.connect(self._drag)
        self.low, self.high = (
            self._spin(self.tr("{}, at least").format(name)),
            self._spin(self.tr("{}, at most").format(name)),
        )
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.low, 1)
        row.addWidget(QLabel("\N{EN DASH}"))
        row.addWidget(self.high, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2, 0, 4)
        column.setSpacing(4)
        column.addWidget(self.chart)
        column.addLayout(row)
        self.show_spread(np.zeros(0, np.float32))

    @property
    def value(self) -> Range | None:
        """What is asked; None where nothing is."""
        low = None if self.low.value() <= self.low.minimum() else self.low.value()
        high = None if self.high.value() >= self.high.maximum() else self.high.value()
        return None if low is None and high is None else Range(low, high)

    def show_spread(self, values: NDArray[np.float32]) -> None:
        """What values there are, NaN for a photo without one; what is asked stays."""
        wanted, unit = self.value if values.size else None, 10.0**-self._decimals
        known = values[~np.isnan(values)]
        low = float(np.floor(known.min() / unit) * unit) if known.size else 0.0
        high = max(float(np.ceil(known.max() / unit) * unit), low + unit) if known.size else 1.0
        if wanted is not None:
            low = low if wanted.low is None else min(low, wanted.low - unit)
            high = high if wanted.high is None else max(high, wanted.high + unit)
        blockers = [QSignalBlocker(self.low), QSignalBlocker(self.high)]
        for spin in (self.low, self.high):
            spin.setRange(low, high)
        for blocker in blockers:
            blocker.unblock()
        self.chart.show_spread(known, low, high)
        self.show_value(wanted)
        self.setEnabled(bool(known.size))

    def show_value(self, wanted: Range | None) -> None:
        """Show what is asked, without asking. What no photo has yet, or none has any more, is asked all the same."""
        ends = wanted or Range()
        self._make_room(ends)
        for spin, end, otherwise in (
            (self.low, ends.low, self.low.minimum()),
            (self.high, ends.high, self.high.maximum()),
        ):
            blocker = QSignalBlocker(spin)
            spin.setValue(otherwise if end is None else end)
            blocker.unblock()
        self.chart.show_range(self.low.value(), self.high.value())

    def _make_room(self, ends: Range) -> None:
        """Let both fields take what is asked: a spin box would cut it to what it was told there is."""
        unit, asked = 10.0**-self._decimals, [end for end in (ends.low, ends.high) if end is not None]
        bottom, top = self.low.minimum(), self.high.maximum()
        bottom = min([bottom, *(end - unit for end in asked if end < bottom)])
        top = max([top, *(end + unit for end in asked if end > top)])
        for spin in (self.low, self.high):
            blocker = QSignalBlocker(spin)
            spin.setRange(bottom, top)
            blocker.unblock()

    def _spin(self, name: str) -> QDoubleSpinBox:
        spin = QDoubleSpinBox()
        style.indent(spin)
        spin.setDecimals(self._decimals)
        spin.setSingleStep(10.0**-self._decimals)
        spin.setAccessibleName(name)
        spin.setKeyboardTracking(False)
        spin.valueChanged.connect(self._ask)
        return spin

    @Slot()
    def _ask(self) -> None:
        self.chart.show_range(self.low.value(), self.high.value())
        self.asked.emit()

    @Slot(float, float)
    def _drag(self, low: float, high: float) -> None:
        self.show_value(Range(low, high))
        self._ask()
