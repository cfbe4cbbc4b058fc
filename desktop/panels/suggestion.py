"""The suggested best of the burst that the active photo is in, and what was measured for it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop import style
from desktop.panels.section import labelled
from desktop.style import TONE
from desktop.suggestions import Suggestion
from desktop.views.wording import shown_name
from engine.types import Card

ICON = 16


class SuggestionPanel(QWidget):
    """ "This is the suggested best of 6" or which one is, the reason, and the way there. Nothing is decided by it."""

    def __init__(self, go_to_best: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        sign = QLabel()
        sign.setPixmap(style.glyph("best", ICON, TONE.accent, self.devicePixelRatioF()))
        self.best = labelled("", "value", self.tr("Suggested best"))
        self.best.setWordWrap(True)
        self.reason = labelled("", "muted", self.tr("Why it is suggested"))
        self.reason.setWordWrap(True)
        self.button = QPushButton()
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.setToolTip(self.tr("What accepting does is shown first"))
        self.button.clicked.connect(go_to_best.trigger)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.best, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.reason)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)

    def show_suggestion(self, found: Suggestion, card: Card) -> None:
        """Show what is suggested while `card` is active."""
        is_this = found.best.path == card.path
        name = shown_name(found.best.path)
        self.best.setText(
            self.tr("This one, of {}").format(found.size) if is_this else self.tr("{}, of {}").format(name, found.size)
        )
        self.button.setText(self.tr("Accept…  (B)") if is_this else self.tr("Go to it  (B)"))
        self.reason.setText(found.reason or "")
        self.reason.setVisible(found.reason is not None)
