"""A question in the page itself: what a change would take away, and whether it shall."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.panels.section import labelled


class KeysQuestion(QFrame):
    """Stays until it is answered, or until something else is chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._yes: Callable[[], None] | None = None
        self._no: Callable[[], None] | None = None
        self.setProperty("role", "proposal")
        self.words = labelled("", "value", self.tr("What would be lost"))
        self.words.setWordWrap(True)
        self.take = QPushButton()
        self.take.setProperty("role", "main")
        self.take.clicked.connect(self._take)
        self.leave = QPushButton(self.tr("&Leave it as it is"))
        self.leave.clicked.connect(self._leave)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        for button in (self.leave, self.take):
            button.setAutoDefault(False)
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(8)
        column.addWidget(self.words)
        column.addLayout(row)
        self.hide()

    def ask(self, words: str, take: str, yes: Callable[[], None], no: Callable[[], None]) -> None:
        """Ask; the answer is one of the two calls."""
        self._yes, self._no = yes, no
        self._show(words, is_question=True)
        self.take.setText(take)
        self.take.setFocus()

    def tell(self, words: str) -> None:
        """Say something that needs no answer."""
        self._yes = self._no = None
        self._show(words, is_question=False)

    def dismiss(self) -> None:
        """Take no answer."""
        self._yes = self._no = None
        self.hide()

    def _show(self, words: str, *, is_question: bool) -> None:
        self.words.setText(words)
        self.setAccessibleName(words)
        for button in (self.leave, self.take):
            button.setVisible(is_question)
        self.show()

    @Slot()
    def _take(self) -> None:
        yes = self._yes
        self.dismiss()
        if yes is not None:
            yes()

    @Slot()
    def _leave(self) -> None:
        no = self._no
        self.dismiss()
        if no is not None:
            no()
