"""What was measured on the active photo: each reading with its unit and the range that nobody would remark on."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.panels.section import labelled, set_role
from desktop.style import TONE
from engine.types import Reading

TITLES = {
    "sharpness": "Sharpness",
    "exposure": "Exposure",
    "clipping_high": "Clipped highlights",
    "clipping_low": "Clipped shadows",
    "noise": "Noise",
}

JUDGEMENT_WIDTH = 96
"""Of the words beside a gauge, so that all gauges have one length; device-independent pixels."""


class Gauge(QWidget):
    """A track with the normal range on it and a mark at the value, held at the track's ends."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reading: Reading | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_reading(self, reading: Reading) -> None:
        """Mark this value."""
        self._reading = reading
        self.setAccessibleName(f"{title_of(reading)} gauge")
        self.setAccessibleDescription(f"{format_value(reading)}, {judge(reading)}; {format_normal(reading)}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, 12)

    def span(self) -> tuple[float, float]:
        """What values the track stands for: the normal range with half its width on either side; a share ends at 0."""
        low, high = (0.0, 1.0) if self._reading is None else self._reading.normal
        half = max((high - low) / 2, 1e-6)
        return (max(low - half, 0.0) if low >= 0 else low - half), high + half

    def position(self, value: float) -> float:
        """Where on the track a value lies, 0-1, held at either end."""
        low, high = self.span()
        return min(max((value - low) / (high - low), 0.0), 1.0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._reading is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle, width = self.height() / 2, self.width() - 8
        low, high = (4 + width * self.position(edge) for edge in self._reading.normal)
        painter.fillRect(QRectF(4, middle - 2, width, 4), QColor(TONE.well))
        painter.fillRect(QRectF(low, middle - 2, high - low, 4), QColor(TONE.faint))
        at = 4 + width * self.position(self._reading.value)
        is_normal = judge(self._reading) == "normal"
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(TONE.white if is_normal else TONE.warning))
        painter.drawRoundedRect(QRectF(at - 2, 0, 4, self.height()), 1.5, 1.5)


class ReadingRow(QWidget):
    """One reading: its name and value, and below them the gauge and where the value lies, in words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title, self.value, self.judgement = (labelled("", role, "Reading") for role in ("muted", "value", "muted"))
        self.gauge = Gauge(self)
        self.judgement.setMinimumWidth(JUDGEMENT_WIDTH)
        self.judgement.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        layout.addLayout(_side_by_side(self.title, self.value))
        layout.addLayout(_side_by_side(self.gauge, self.judgement))

    def show_reading(self, reading: Reading) -> None:
        """Show this one."""
        judgement, title = judge(reading), title_of(reading)
        self.title.setText(title)
        self.value.setText(format_value(reading))
        self.value.setAccessibleName(title)
        self.judgement.setText(judgement)
        self.judgement.setAccessibleName(f"{title} against the normal range")
        set_role(self.judgement, "muted" if judgement == "normal" else "warning")
        self.gauge.show_reading(reading)
        where = "the sharpest part" if reading.region is not None else "the whole frame"
        scale = f"{100 * reading.scale:.0f} % of full size"
        self.setToolTip(f"{format_normal(reading)}\nMeasured on {where} at {scale}")


class ReadingsPanel(QWidget):
    """The readings of one photo, the known ones first. Rows are kept from photo to photo."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: dict[str, ReadingRow] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(10)
        self.note = labelled("Nothing was measured yet.", "muted", "Note")
        self._layout.addWidget(self.note)
        for name in TITLES:
            self._add_row(name)

    def show_readings(self, readings: Mapping[str, Reading]) -> None:
        """Show these in place of the ones before."""
        for name, reading in readings.items():
            row = self._rows.get(name) or self._add_row(name)
            row.show_reading(reading)
        for name, row in self._rows.items():
            row.setVisible(name in readings)
        self.note.setVisible(not readings)

    def _add_row(self, name: str) -> ReadingRow:
        row = self._rows[name] = ReadingRow(self)
        self._layout.addWidget(row)
        return row


def title_of(reading: Reading) -> str:
    """The name of a reading as people say it."""
    return TITLES.get(reading.name, reading.name.replace("_", " ").capitalize())


def format_value(reading: Reading) -> str:
    """The value with its unit: "+0.7 EV", "1.2 %"."""
    return _with_unit(reading.value, reading.unit)


def format_normal(reading: Reading) -> str:
    """The normal range in words: "normal -1.0 EV to +1.0 EV"."""
    low, high = reading.normal
    return f"normal {_with_unit(low, reading.unit)} to {_with_unit(high, reading.unit)}"


def judge(reading: Reading) -> str:
    """Where the value lies: "below normal", "normal" or "above normal"."""
    low, high = reading.normal
    if reading.value < low:
        return "below normal"
    return "above normal" if reading.value > high else "normal"


def _with_unit(value: float, unit: str) -> str:
    if unit == "share":
        return f"{value * 100:.1f} %"
    if unit == "EV":
        return f"{value:+.1f} EV".replace("-", "\N{MINUS SIGN}")
    text = f"{value:.3g}" if abs(value) < 1000 else f"{value:.0f}"
    return f"{text} {unit}".strip()


def _side_by_side(left: QWidget, right: QWidget) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(8)
    line.addWidget(left, 1)
    line.addWidget(right)
    return line
