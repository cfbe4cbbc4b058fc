"""The field for words, what was understood of them, and how far the search is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop import style
from desktop.language import grouped
from desktop.search import NEAREST, WordSearch
from engine.types import Phase, Progress

NUMBERS = (20, NEAREST, 100, 500)


class SearchPanel(QWidget):
    """Words go in with Enter; Escape leaves the search. Photos stay usable all the time."""

    left = Signal()
    """The keyboard is free: photos were found, or the search was left."""

    def __init__(self, search: WordSearch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._search = search
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Find by words: flower, beach"))
        self.field.setAccessibleName(self.tr("Search for words"))
        self.field.setToolTip(self.tr("What is in the photos, in English. Enter searches, Escape leaves the search."))
        self.field.returnPressed.connect(self._ask)
        self.field.textChanged.connect(self._leave_when_empty)
        self.field.installEventFilter(self)
        self.said = QLabel()
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setProperty("role", "muted")
        self.said.setWordWrap(True)
        self.said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.nearest = QComboBox()
        self.nearest.setAccessibleName(self.tr("How many photos a search shows"))
        self.nearest.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for number in NUMBERS:
            self.nearest.addItem(self.tr("{} nearest").format(grouped(number)), number)
        self.nearest.addItem(self.tr("All, the nearest first"), None)
        self.nearest.activated.connect(self._show_nearest)
        self.stop = QPushButton(style.icon("stop"), self.tr("Stop"))
        self.stop.setAccessibleName(self.tr("Stop looking at photos"))
        self.stop.setToolTip(self.tr("What was looked at is remembered; the photos found so far stay."))
        self.stop.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.stop.clicked.connect(search.stop)
        self._lay_out()
        search.changed.connect(self.show_state)
        search.progressed.connect(self._show_progress)
        self._progress: Progress | None = None
        self.show_state()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.nearest, 1)
        row.addWidget(self.stop)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 6)
        column.setSpacing(6)
        column.addWidget(self.field)
        column.addWidget(self.said)
        column.addLayout(row)

    def begin(self) -> None:
        """Give the field the keyboard, with what stands in it selected."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Escape belongs to the field while it has the keyboard."""
        if watched is self.field and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self._search.leave()
                self.field.clear()
                self.left.emit()
                return True
        return super().eventFilter(watched, event)

    @Slot()
    def show_state(self) -> None:
        """Show what is searched for and what became of it."""
        search = self._search
        if not self.field.hasFocus() and self.field.text().split() != search.text.split():
            blocker = QSignalBlocker(self.field)
            self.field.setText(search.text)
            blocker.unblock()
        if not search.is_busy:
            self._progress = None
        self.stop.setVisible(search.is_busy)
        self.nearest.setVisible(bool(search.text) and not search.error)
        self.nearest.setCurrentIndex(self.nearest.findData(search.nearest))
        self._say()

    @Slot(object)
    def _show_progress(self, progress: Progress) -> None:
        self._progress = None if progress.phase is Phase.FINISHED else progress
        self._say()

    def _say(self) -> None:
        search, progress = self._search, self._progress
        sentences = [search.error]
        if search.query is not None:
            sentences.append(search.query.sentence() or "")
        if progress is not None and progress.done < progress.total:
            seen = self.tr("Looked at {} of {} photos. What was found so far is shown; the rest follows.")
            sentences.append(seen.format(grouped(progress.done), grouped(progress.total)))
        elif search.is_busy and search.query is None:
            sentences.append(self.tr("Reading the words…"))
        text = " ".join(filter(None, sentences))
        self.said.setText(text)
        self.said.setAccessibleName(text)
        self.said.setVisible(bool(text))

    @Slot()
    def _ask(self) -> None:
        self._search.ask(self.field.text())
        self.left.emit()

    @Slot(str)
    def _leave_when_empty(self, text: str) -> None:
        if not text.strip() and self._search.text:
            self._search.leave()

    @Slot()
    def _show_nearest(self) -> None:
        self._search.show_nearest(self.nearest.currentData())
