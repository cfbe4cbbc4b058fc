"""The page of a dialog while files are copied or moved: how far it is, pause, and stop."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from desktop import style
from desktop.language import grouped
from desktop.outcomes import files
from desktop.panels.progress import clock
from desktop.panels.section import labelled
from engine.export.outcome import Status, Step

ICON = 40


class WorkingPage(QWidget):
    """Stop asks first, in the page itself; what was done stays done."""

    paused = Signal(bool)
    stopped = Signal()
    """Stop was pressed and confirmed."""

    def __init__(self, drive: QWidget, parent: QWidget | None = None) -> None:
        """`drive` says what is waited for."""
        super().__init__(parent)
        self._failed = 0
        self._drive = drive
        self.picture = QLabel()
        self.picture.setPixmap(style.glyph("export", ICON, style.TONE.muted, self.devicePixelRatioF()))
        self.title = labelled("", "strong", self.tr("What is being done"))
        self.title.setWordWrap(True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(12)
        self.bar.setAccessibleName(self.tr("Progress"))
        self.line = labelled("", "muted", self.tr("How far it is"))
        self.trouble = labelled("", "warning", self.tr("What failed so far"))
        self.trouble.hide()
        self.pause = QPushButton(style.icon("pause"), self.tr("&Pause"))
        self.pause.setCheckable(True)
        self.pause.toggled.connect(self._pause)
        self.stop = QPushButton(style.icon("stop"), self.tr("&Stop…"))
        self.stop.clicked.connect(self.ask)
        self.question = labelled("", "value", self.tr("Stop?"))
        self.question.setWordWrap(True)
        self.go_on = QPushButton(self.tr("&Go on"))
        self.go_on.clicked.connect(self.dismiss)
        self.really = QPushButton(style.icon("stop"), self.tr("S&top here"))
        self.really.clicked.connect(self._stop)
        for button in (self.pause, self.stop, self.go_on, self.really):
            button.setIconSize(QSize(16, 16))
        self._lay_out()
        QShortcut(QKeySequence("Ctrl+Space"), self, self.pause.toggle)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(48, 24, 48, 24)
        column.setSpacing(12)
        column.addStretch(2)
        for widget in (self.picture, self.title, self.bar, self.line, self.trouble, self._drive):
            column.addWidget(widget)
        column.addWidget(self.question)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.pause, self.stop, self.go_on, self.really):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column.addLayout(buttons)
        column.addStretch(3)

    def begin(self, title: str, question: str) -> None:
        """Something starts; `question` is what Stop asks."""
        self._failed = 0
        self.title.setText(title)
        self.question.setText(question)
        self.bar.setRange(0, 0)
        self.trouble.hide()
        self.line.setText(self.tr("Getting ready"))
        self.pause.setChecked(False)
        for button in (self.pause, self.stop):
            button.setEnabled(True)
        self.dismiss()

    def show_step(self, step: Step) -> None:
        """Show how far it is."""
        self.bar.setRange(0, max(step.total, 1))
        self.bar.setValue(step.done)
        parts = [self.tr("{} of {}").format(grouped(step.done), files(step.total))]
        if step.rate is not None:
            parts.append(self.tr("{} files/s").format(f"{step.rate:.{0 if step.rate >= 10 else 1}f}"))
        if step.seconds_left is not None:
            parts.append(self.tr("{} left").format(clock(step.seconds_left)))
        if not self.pause.isChecked() and self.stop.isEnabled():
            self.line.setText(" · ".join(parts))
        self._failed += sum(outcome.status is Status.FAILED for outcome in step.outcomes)
        if self._failed:
            self.trouble.setText(self.tr("{} failed so far; the reasons follow.").format(files(self._failed)))
            self.trouble.show()

    @Slot()
    def ask(self) -> None:
        """Ask whether to stop."""
        self._show_question(True)
        self.go_on.setFocus()

    @Slot()
    def dismiss(self) -> None:
        """Not stopped."""
        self._show_question(False)
        self.stop.setFocus()

    def _show_question(self, shown: bool) -> None:
        for widget in (self.question, self.go_on, self.really):
            widget.setVisible(shown)
        for widget in (self.pause, self.stop):
            widget.setVisible(not shown)

    @Slot()
    def _stop(self) -> None:
        self.dismiss()
        for button in (self.pause, self.stop):
            button.setEnabled(False)
        self.line.setText(self.tr("Stopping after the files in flight"))
        self.stopped.emit()

    @Slot(bool)
    def _pause(self, paused: bool) -> None:
        self.pause.setText(self.tr("&Go on") if paused else self.tr("&Pause"))
        self.pause.setIcon(style.icon("play" if paused else "pause"))
        if paused:
            self.line.setText(self.tr("Paused"))
        self.paused.emit(paused)
