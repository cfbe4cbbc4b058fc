"""When photos were taken: between two moments, and at what time of day."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QDateTime, QLocale, QSignalBlocker, Qt, QTime, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QDateTimeEdit, QGridLayout, QLabel, QTimeEdit, QVBoxLayout, QWidget

from desktop import style
from desktop.filters import Hours, Span

MORNING, EVENING = QTime(6, 0), QTime(22, 0)


class _Ends(QWidget):
    """A box to tick, and the two ends that then hold."""

    asked = Signal()

    def __init__(self, text: str, first: QDateTimeEdit, last: QDateTimeEdit) -> None:
        super().__init__()
        self.box, self.first, self.last = QCheckBox(text), first, last
        self.box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.box.clicked.connect(self._show_ends)
        self.box.clicked.connect(self.asked)
        first.setAccessibleName(self.tr("{}, from").format(text))
        last.setAccessibleName(self.tr("{}, to").format(text))
        grid = QGridLayout()
        grid.setContentsMargins(20, 0, 0, 0)
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(1, 1)
        for number, (word, edit) in enumerate(((self.tr("from"), first), (self.tr("to"), last))):
            label = QLabel(word)
            label.setProperty("role", "muted")
            grid.addWidget(label, number, 0)
            grid.addWidget(edit, number, 1)
            style.indent(edit)
            edit.setKeyboardTracking(False)
            edit.dateTimeChanged.connect(self.asked)
        self._inside = QWidget()
        self._inside.setLayout(grid)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(self.box)
        column.addWidget(self._inside)
        self.show_on(False)

    def show_on(self, on: bool) -> None:
        """Tick it, or not, without asking."""
        self.box.setChecked(on)
        self._show_ends()

    @Slot()
    def _show_ends(self) -> None:
        self._inside.setVisible(self.box.isChecked())


class TimeQuestion(QWidget):
    """Two questions that may be asked together: the evening hours of a week, say."""

    asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        locale = QLocale()
        day = locale.dateFormat(QLocale.FormatType.ShortFormat)
        edits = [QDateTimeEdit(), QDateTimeEdit()]
        for edit in edits:
            edit.setDisplayFormat(f"{day} HH:mm")
        self.span = _Ends(self.tr("Between"), *edits)
        self.hours = _Ends(self.tr("Time of day"), QTimeEdit(EVENING), QTimeEdit(MORNING))
        for clock in (self.hours.first, self.hours.last):
            clock.setDisplayFormat("HH:mm")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(4)
        for ends in (self.span, self.hours):
            column.addWidget(ends)
            ends.asked.connect(self.asked)

    @property
    def asked_span(self) -> Span | None:
        """The moments that are asked for; None where none are."""
        if not self.span.box.isChecked():
            return None
        since, until = (_moment(edit.dateTime()) for edit in (self.span.first, self.span.last))
        return Span(min(since, until), max(since, until))

    @property
    def asked_hours(self) -> Hours | None:
        """The hours that are asked for; None where none are."""
        if not self.hours.box.isChecked():
            return None
        begin, end = (_moment(edit.dateTime()).time() for edit in (self.hours.first, self.hours.last))
        return Hours(begin, end)

    def show_bounds(self, first: datetime, last: datetime) -> None:
        """Begin with the first and the last photo of the shoot; what is asked stays."""
        if not self.span.box.isChecked():
            _set(self.span.first, first)
            _set(self.span.last, last)

    def show_value(self, span: Span | None, hours: Hours | None) -> None:
        """Show what is asked, without asking."""
        self.span.show_on(span is not None)
        self.hours.show_on(hours is not None)
        since, until = (None, None) if span is None else (span.since, span.until)
        for edit, moment in ((self.span.first, since), (self.span.last, until)):
            if moment is not None:
                _set(edit, moment)
        if hours is not None:
            for edit, clock in ((self.hours.first, hours.begin), (self.hours.last, hours.end)):
                blocker = QSignalBlocker(edit)
                edit.setTime(QTime(clock.hour, clock.minute))
                blocker.unblock()


def _moment(shown: QDateTime) -> datetime:
    date, clock = shown.date(), shown.time()
    return datetime(date.year(), date.month(), date.day(), clock.hour(), clock.minute())


def _set(edit: QDateTimeEdit, moment: datetime) -> None:
    blocker = QSignalBlocker(edit)
    shown = QDateTime(moment.year, moment.month, moment.day, moment.hour, moment.minute, 0)
    edit.setDateTime(shown)
    blocker.unblock()
