"""What was measured on the active photo: each reading with its unit and the range that nobody would remark on."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from desktop import style
from desktop.language import QT_TRANSLATE_NOOP, decimal, significant
from desktop.panels.section import labelled
from desktop.style import TONE
from engine.sight.reading import TRUST
from engine.types import Reading, Subject, SubjectSource

GROUPS = {
    "Subject": ("subject_sharpness_full", "subject_sharpness", "subject_exposure"),
    "Frame": ("sharpness", "motion", "motion_direction", "tilt", "noise"),
    "Light": ("exposure", "contrast", "clipping_high", "clipping_low"),
    "Colour": ("clipping_red", "clipping_green", "clipping_blue", "cast_blue_yellow", "cast_green_magenta"),
    "Other": (),
}
"""What stands together. A reading of the subject is known by its name's beginning; one that nobody knows is "Other"."""

HEADINGS = {
    "Subject": QT_TRANSLATE_NOOP("readings", "Subject"),
    "Frame": QT_TRANSLATE_NOOP("readings", "Frame"),
    "Light": QT_TRANSLATE_NOOP("readings", "Light"),
    "Colour": QT_TRANSLATE_NOOP("readings", "Colour"),
    "Other": QT_TRANSLATE_NOOP("readings", "Other"),
}

TITLES = {
    "subject_sharpness_full": QT_TRANSLATE_NOOP("readings", "Sharpness, every pixel"),
    "subject_sharpness": QT_TRANSLATE_NOOP("readings", "Sharpness"),
    "subject_exposure": QT_TRANSLATE_NOOP("readings", "Exposure"),
    "sharpness": QT_TRANSLATE_NOOP("readings", "Sharpest part"),
    "motion": QT_TRANSLATE_NOOP("readings", "Motion blur"),
    "motion_direction": QT_TRANSLATE_NOOP("readings", "Direction of motion"),
    "tilt": QT_TRANSLATE_NOOP("readings", "Tilt"),
    "noise": QT_TRANSLATE_NOOP("readings", "Noise"),
    "exposure": QT_TRANSLATE_NOOP("readings", "Exposure"),
    "contrast": QT_TRANSLATE_NOOP("readings", "Contrast"),
    "clipping_high": QT_TRANSLATE_NOOP("readings", "Clipped highlights"),
    "clipping_low": QT_TRANSLATE_NOOP("readings", "Clipped shadows"),
    "clipping_red": QT_TRANSLATE_NOOP("readings", "Clipped red"),
    "clipping_green": QT_TRANSLATE_NOOP("readings", "Clipped green"),
    "clipping_blue": QT_TRANSLATE_NOOP("readings", "Clipped blue"),
    "cast_blue_yellow": QT_TRANSLATE_NOOP("readings", "Cast, blue to yellow"),
    "cast_green_magenta": QT_TRANSLATE_NOOP("readings", "Cast, green to magenta"),
}

SOURCES = {
    SubjectSource.EYES: QT_TRANSLATE_NOOP("readings", "eyes"),
    SubjectSource.AF: QT_TRANSLATE_NOOP("readings", "AF point"),
    SubjectSource.ATTENTION: QT_TRANSLATE_NOOP("readings", "where the model looked"),
    SubjectSource.SHARPEST: QT_TRANSLATE_NOOP("readings", "sharpest part"),
}
"""What told where the subject is."""

_JUDGED = {
    "below normal": QT_TRANSLATE_NOOP("readings", "below normal"),
    "normal": QT_TRANSLATE_NOOP("readings", "normal"),
    "above normal": QT_TRANSLATE_NOOP("readings", "above normal"),
    "cannot tell": QT_TRANSLATE_NOOP("readings", "cannot tell"),
}
"""What `judge` finds, in words."""

UNITS = {"grey levels": QT_TRANSLATE_NOOP("readings", "grey levels")}
"""Those that are words."""

SIGN = 13


class Gauge(QWidget):
    """A track with the normal range on it and a mark at the value, held at the track's ends."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reading: Reading | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_reading(self, reading: Reading) -> None:
        """Mark this value."""
        self._reading = reading
        self.setAccessibleName(self.tr("{} gauge").format(title_of(reading)))
        self.setAccessibleDescription(f"{format_value(reading)}, {judged_words(reading)}; {format_normal(reading)}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, 9)

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
        middle, width = self.height() / 2, self.width() - 4
        low, high = (2 + width * self.position(edge) for edge in self._reading.normal)
        painter.fillRect(QRectF(2, middle - 1.5, width, 3), QColor(TONE.well))
        painter.fillRect(QRectF(low, middle - 1.5, high - low, 3), QColor(TONE.faint))
        if not is_claimed(self._reading):
            return
        at = 2 + width * self.position(self._reading.value)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(TONE.white if judge(self._reading) == "normal" else TONE.warning))
        painter.drawRoundedRect(QRectF(at - 2, 0, 4, self.height()), 1.5, 1.5)


class ReadingRow(QWidget):
    """One reading: its name and value, and the gauge; of one that is off, how, and what would be normal."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title, self.value = (labelled("", role, self.tr("Reading")) for role in ("muted", "value"))
        self.judgement = labelled("", "warning", self.tr("Reading"))
        self.judgement.setWordWrap(True)
        self.sign = QLabel()
        self.sign.setPixmap(style.glyph("unreadable", SIGN, TONE.warning, self.devicePixelRatioF()))
        self.gauge = Gauge(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(_line(self.title, self.value, wide=self.title))
        layout.addWidget(self.gauge)
        layout.addLayout(_line(self.sign, self.judgement, wide=self.judgement))

    def show_reading(self, reading: Reading) -> None:
        """Show this one."""
        judgement, title = judge(reading), title_of(reading)
        off = judgement in ("below normal", "above normal")
        self.title.setText(title)
        self.value.setText(format_value(reading) if is_claimed(reading) else _tr(_JUDGED["cannot tell"]))
        self.value.setAccessibleName(title)
        self.judgement.setText(f"{_tr(_JUDGED[judgement])}, {format_range(reading)}" if off else "")
        self.judgement.setAccessibleName(self.tr("{} against the normal range").format(title))
        for widget in (self.sign, self.judgement):
            widget.setVisible(off)
        self.gauge.show_reading(reading)
        self.setToolTip("\n".join(_details(reading)))


class ReadingsPanel(QWidget):
    """The readings of one photo in groups. Rows are kept from photo to photo."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: dict[str, ReadingRow] = {}
        self._headings: dict[str, QLabel] = {}
        self._columns: dict[str, QVBoxLayout] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(7)
        self.note = labelled(self.tr("Nothing was measured yet."), "muted", self.tr("Note"))
        layout.addWidget(self.note)
        for name in GROUPS:
            self._headings[name] = labelled(_tr(HEADINGS[name]), "strong", _tr(HEADINGS[name]))
            self._headings[name].setWordWrap(True)
            self._columns[name] = QVBoxLayout()
            self._columns[name].setSpacing(7)
            layout.addWidget(self._headings[name])
            layout.addLayout(self._columns[name])
        for names in GROUPS.values():
            for name in names:
                self._add_row(name)

    def show_readings(self, readings: Mapping[str, Reading], subject: Subject | None = None) -> None:
        """Show these in place of the ones before, and what told where the `subject` is."""
        for name, reading in readings.items():
            row = self._rows.get(name) or self._add_row(name)
            row.show_reading(reading)
        for name, row in self._rows.items():
            row.setVisible(name in readings)
        shown = {group_of(name) for name in readings} | ({"Subject"} if subject is not None else set())
        for name, heading in self._headings.items():
            heading.setVisible(name in shown)
        by = _tr("Subject, found by: {}")
        found = _tr("Subject") if subject is None else by.format(_tr(SOURCES[subject.source]))
        self._headings["Subject"].setText(found)
        self.note.setVisible(not readings)

    def _add_row(self, name: str) -> ReadingRow:
        row = self._rows[name] = ReadingRow(self)
        self._columns[group_of(name)].addWidget(row)
        return row


def group_of(name: str) -> str:
    """Which of GROUPS a reading stands in."""
    if name.startswith("subject_"):
        return "Subject"
    return next((group for group, names in GROUPS.items() if name in names), "Other")


def title_of(reading: Reading) -> str:
    """The name of a reading as people say it."""
    title = TITLES.get(reading.name)
    return reading.name.replace("_", " ").capitalize() if title is None else _tr(title)


def format_value(reading: Reading) -> str:
    """The value with its unit: "+0.7 EV", "1.2 %"."""
    return _with_unit(reading.value, reading.unit)


def format_range(reading: Reading) -> str:
    """From where to where nobody would remark on the value: "-1.0 to +1.0 EV"."""
    low, high = (_with_unit(edge, reading.unit) for edge in reading.normal)
    unit = high.removeprefix(high.partition(" ")[0])
    return _tr("{} to {}").format(low.removesuffix(unit) if unit else low, high)


def format_normal(reading: Reading) -> str:
    """The normal range in words: "normal -1.0 to +1.0 EV"."""
    return _tr("normal {}").format(format_range(reading))


def is_claimed(reading: Reading) -> bool:
    """Whether a reading that may be wrong is sure enough to say anything."""
    return reading.confidence is None or reading.confidence >= TRUST


def judge(reading: Reading) -> str:
    """Where the value lies: "below normal", "normal" or "above normal"; "cannot tell" where nothing is claimed."""
    low, high = reading.normal
    if not is_claimed(reading):
        return "cannot tell"
    if reading.value < low:
        return "below normal"
    return "above normal" if reading.value > high else "normal"


def judged_words(reading: Reading) -> str:
    """The same in the user's language."""
    return _tr(_JUDGED[judge(reading)])


def _details(reading: Reading) -> list[str]:
    measured = _tr("Measured on the whole frame at {} % of full size")
    if reading.name.startswith("subject_"):
        measured = _tr("Measured on the subject at {} % of full size")
    elif reading.region is not None:
        measured = _tr("Measured on a part of the frame at {} % of full size")
    lines = [format_normal(reading), measured.format(round(100 * reading.scale))]
    if reading.confidence is not None:
        lines.append(_tr("Confidence {} %").format(round(100 * reading.confidence)))
    return lines


def _with_unit(value: float, unit: str) -> str:
    if unit == "share":
        return f"{decimal(value * 100)} %"
    if unit == "EV":
        return f"{decimal(value, sign=True)} EV"
    if unit == "degrees":
        return f"{decimal(value)}\N{DEGREE SIGN}"
    text = significant(value)
    return text if unit == "ratio" else f"{text} {_tr(UNITS.get(unit, unit))}".strip()


def _line(left: QWidget, right: QWidget, *, wide: QWidget) -> QHBoxLayout:
    """Two widgets in a line, of which `wide` takes the room that is left."""
    line = QHBoxLayout()
    line.setSpacing(6)
    for widget in (left, right):
        line.addWidget(widget, int(widget is wide))
    return line


def _tr(text: str) -> str:
    return QCoreApplication.translate("readings", text)
