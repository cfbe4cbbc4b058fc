"""What a command would do, shown over the photos until it is answered."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.desk import Proposal
from desktop.panels.section import labelled
from desktop.views.wording import literal

MARGIN = 14
WIDEST = 760


class ProposalBar(QFrame):
    """Lies at the lower edge of `ground` and takes no place from it. Enter takes the first answer, Escape none."""

    answered = Signal()
    """It is gone: an answer was taken, or none."""

    def __init__(self, ground: QWidget) -> None:
        super().__init__(ground)
        self._ground = ground
        self._proposal: Proposal | None = None
        self.setProperty("role", "proposal")
        self.title = labelled("", "strong", self.tr("Proposal"))
        self.detail = labelled("", "muted", self.tr("What would change"))
        for label in (self.title, self.detail):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.buttons: list[QPushButton] = []
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(6)
        column.addWidget(self.title)
        column.addWidget(self.detail)
        column.addLayout(self._row)
        ground.installEventFilter(self)
        self.hide()

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return self._proposal is not None

    def propose(self, proposal: Proposal) -> None:
        """Show what would happen."""
        self._proposal = proposal
        self.title.setText(proposal.title)
        self.detail.setText(proposal.detail)
        self.setAccessibleName(proposal.title)
        self.setAccessibleDescription(proposal.detail)
        self._make_buttons(proposal)
        self.show()
        self.raise_()
        self._settle()

    def press(self) -> None:
        """What Enter means: the button that has the keyboard, else the first answer."""
        focused = next((button for button in self.buttons if button.hasFocus()), None)
        if focused is not None:
            focused.click()
        else:
            self.accept()

    def accept(self, answer: int = 0) -> None:
        """Take an answer, the first one by default."""
        proposal = self._proposal
        self.dismiss()
        if proposal is not None:
            proposal.answers[answer].act()

    def dismiss(self) -> None:
        """Take none."""
        if self._proposal is not None:
            self._proposal = None
            self.hide()
            self.answered.emit()

    def _make_buttons(self, proposal: Proposal) -> None:
        while self._row.count():
            item = self._row.takeAt(0)
            widget = None if item is None else item.widget()
            if widget is not None:
                widget.deleteLater()
        self.buttons = []
        self._row.addStretch(1)
        for number, answer in enumerate(proposal.answers):
            text = self.tr("{}  (Enter)").format(answer.text) if number == 0 else answer.text
            self._add_button(text, partial(self._take, number))
        self._add_button(self.tr("Leave it  (Esc)"), self._leave)
        self.buttons[0].setProperty("role", "main")

    def _add_button(self, text: str, act: Callable[[bool], None]) -> None:
        button = QPushButton(literal(text))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(act)
        self.buttons.append(button)
        self._row.addWidget(button)

    def _take(self, number: int, _checked: bool = False) -> None:
        self.accept(number)

    def _leave(self, _checked: bool = False) -> None:
        self.dismiss()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self._proposal is not None:
            self._settle()
        return super().eventFilter(watched, event)

    def _settle(self) -> None:
        """At the lower edge, in the middle, as high as the words need."""
        ground = self._ground
        width = min(ground.width() - 2 * MARGIN, WIDEST)
        height = self.heightForWidth(width) if self.hasHeightForWidth() else self.sizeHint().height()
        self.setGeometry((ground.width() - width) // 2, ground.height() - height - MARGIN, width, height)
