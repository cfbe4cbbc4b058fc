"""A clock's correction as it is typed: sign, days, hours, minutes, seconds."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QDoubleSpinBox, QHBoxLayout, QSpinBox, QWidget

from desktop import style
from engine.store.decisions import LONGEST_OFFSET


class OffsetEditor(QWidget):
    """Five fields. `offset` is what they say."""

    changed = Signal()
    """The user has typed another offset."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sign = QComboBox()
        self.sign.addItems([self.tr("+ later"), self.tr("\N{MINUS SIGN} earlier")])
        self.sign.setAccessibleName(self.tr("Direction of the correction"))
        self.days = _whole(LONGEST_OFFSET.days - 1, self.tr(" days"), self.tr("Days"))
        self.hours = _whole(23, self.tr(" h"), self.tr("Hours"))
        self.minutes = _whole(59, self.tr(" min"), self.tr("Minutes"))
        self.seconds = QDoubleSpinBox()
        self.seconds.setRange(0, 59.999)
        self.seconds.setDecimals(3)
        self.seconds.setSuffix(self.tr(" s"))
        self.seconds.setAccessibleName(self.tr("Seconds"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for field in (self.sign, self.days, self.hours, self.minutes, self.seconds):
            if isinstance(field, QAbstractSpinBox):
                field.setMinimumWidth(92)
                style.indent(field)
            row.addWidget(field)
        row.addStretch(1)
        self.sign.activated.connect(self.changed)
        for number in (self.days, self.hours, self.minutes, self.seconds):
            number.valueChanged.connect(self._tell)
        self._is_showing = False

    @property
    def offset(self) -> timedelta:
        """What is added to the times that the camera wrote, to the millisecond."""
        size = timedelta(
            days=self.days.value(),
            hours=self.hours.value(),
            minutes=self.minutes.value(),
            milliseconds=round(self.seconds.value() * 1000),
        )
        return -size if self.sign.currentIndex() else size

    def show_offset(self, offset: timedelta) -> None:
        """Put another offset into the fields; this is no change by the user."""
        self._is_showing = True
        size = abs(offset)
        self.sign.setCurrentIndex(int(offset < timedelta(0)))
        self.days.setValue(size.days)
        self.hours.setValue(size.seconds // 3600)
        self.minutes.setValue(size.seconds // 60 % 60)
        self.seconds.setValue(size.seconds % 60 + size.microseconds / 1e6)
        self._is_showing = False

    @Slot()
    def _tell(self) -> None:
        if not self._is_showing:
            self.changed.emit()


def _whole(most: int, suffix: str, name: str) -> QSpinBox:
    field = QSpinBox()
    field.setRange(0, most)
    field.setSuffix(suffix)
    field.setAccessibleName(name)
    return field
