"""A line that stays until it is read: what the user must know, with its cause and the next step."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from desktop import style
from desktop.style import TONE

MOST_LINES = 4
"""Older notices make room for newer ones beyond this."""


class NoticeBar(QWidget):
    """Gathers notices until they are dismissed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sentences: list[str] = []
        self._offers: dict[str, tuple[str, QAction]] = {}
        self.setProperty("role", "bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        picture, self.text = QLabel(), QLabel()
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        picture.setPixmap(style.glyph("info", 16, TONE.warning, self.devicePixelRatioF()))
        self.text.setWordWrap(True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.offer_button = QPushButton()
        self.offer_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.offer_button.clicked.connect(self._take_offer)
        self.dismiss = QToolButton()
        self.dismiss.setIcon(style.icon("close"))
        self.dismiss.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.dismiss.setAccessibleName(self.tr("Dismiss these notices"))
        self.dismiss.clicked.connect(self.clear)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 8, 4)
        row.setSpacing(10)
        row.addWidget(picture)
        row.addWidget(self.text, 1)
        row.addWidget(self.offer_button)
        row.addWidget(self.dismiss)
        self.clear()

    @Slot(str)
    def add(self, sentence: str) -> None:
        """Show a sentence below those that stand there; one that stands there already is not repeated."""
        if sentence not in self._sentences:
            self._sentences = [*self._sentences, sentence][-MOST_LINES:]
        self._show()

    def offer(self, sentence: str, text: str, action: QAction) -> None:
        """The same, with a button that does something about it."""
        self._offers[sentence] = (text, action)
        self.add(sentence)

    def withdraw(self, sentence: str) -> None:
        """It holds no more."""
        if sentence in self._sentences:
            self._sentences.remove(sentence)
            self._show()

    @Slot()
    def clear(self) -> None:
        """Forget all of them."""
        self._sentences = []
        self._show()

    @Slot()
    def _take_offer(self) -> None:
        for _, action in list(self._offers.values())[-1:]:
            action.trigger()

    def _show(self) -> None:
        self._offers = {sentence: offer for sentence, offer in self._offers.items() if sentence in self._sentences}
        self.offer_button.setVisible(bool(self._offers))
        for text, _ in self._offers.values():
            self.offer_button.setText(text)
        self.text.setText("\n".join(self._sentences))
        self.setAccessibleName(self.text.text())
        self.setVisible(bool(self._sentences))
