"""What was measured on the active photo: each reading with its unit and the range that nobody would remark on."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.panels.section import labelled
from desktop.style import TONE
from engine.types import Reading

TITLES = {
    "sharpness": "Sharpness",
    "exposure": "Exposure",
    "clipping_high": "Clipped highlights",
    "clipping_low": "Clipped shadows",
    "noise": "Noise",
}


class Gauge(QWidget):
    """A track with the normal range on it and a mark at the value. Beyond the track's end the mark is an arrow."""

    def __init__(self, reading: Reading, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reading = reading
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{title_of(reading)} gauge")
        self.setAccessibleDescription(f"{format_value(reading)}, {judge(reading)}; {format_normal(reading)}")

    def sizeHint(self) -> QSize:
        return QSize(120, 12)

    def span(self) -> tuple[float, float]:
        """What values the track stands for: the normal range with half its width on either side; a share ends at 0."""
        low, high = self._reading.normal
        half = max((high - low) / 2, 1e-6)
        return (max(low - half, 0.0) if low >= 0 else low - half), high + half

    def position(self, value: float) -> float:
        """Where on the track a value lies, 0-1, held at either end."""
        low, high = self.span()
        return min(max((value - low) / (high - low), 0.0), 1.0)

    def paintEvent(self, _event: QPaintEvent) -> None:
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


class ReadingsPanel(QWidget):
    """The readings of one photo, the known ones first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[QWidget] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(10)
        self.note = labelled("Nothing was measured yet.", "muted", "Note")
        self._layout.addWidget(self.note)

    def show_readings(self, readings: Mapping[str, Reading]) -> None:
        """Show these in place of the ones before."""
        for row in self._rows:
            self._layout.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [self._row(readings[name]) for name in _ordered(readings)]
        for row in self._rows:
            self._layout.addWidget(row)
        self.note.setVisible(not self._rows)

    def _row(self, reading: Reading) -> QWidget:
        row = QWidget(self)
        layout = QGridLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(8)
        layout.setVerticalSpacing(3)
        title = title_of(reading)
        value = labelled(format_value(reading), "value", title)
        verdict = judge(reading)
        role = "muted" if verdict == "normal" else "warning"
        verdict_label = labelled(verdict, role, f"{title} against the normal range")
        layout.addWidget(labelled(title, "muted", title), 0, 0)
        layout.addWidget(value, 0, 1, Qt.AlignmentFlag.AlignRight)
        layout.addWidget(Gauge(reading, row), 1, 0)
        layout.addWidget(verdict_label, 1, 1, Qt.AlignmentFlag.AlignRight)
        layout.setColumnStretch(0, 1)
        layout.setColumnMinimumWidth(1, 92)
        where = "the sharpest part" if reading.region is not None else "the whole frame"
        row.setToolTip(f"{format_normal(reading)}\nMeasured on {where} at {reading.scale:.0%} of full size")
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


def _ordered(readings: Mapping[str, Reading]) -> list[str]:
    known = [name for name in TITLES if name in readings]
    return known + sorted(name for name in readings if name not in TITLES)
