"""A part of a panel that can be folded to its title."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from desktop import style
from desktop.style import TONE


class Fold(QWidget):
    """A title to click, or to reach with Tab and press Space at, and below it what it opens."""

    toggled = Signal()
    """The user opened or folded it."""

    def __init__(self, title: str, content: QWidget, *, is_open: bool = True) -> None:
        super().__init__()
        self._title = title
        self.content = content
        self.header = QToolButton()
        self.header.setProperty("role", "fold")
        self.header.setText(title)
        self.header.setCheckable(True)
        self.header.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.header.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.header.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.header.clicked.connect(self._toggle)
        rule = QFrame()
        rule.setProperty("role", "rule")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        column.addWidget(rule)
        column.addWidget(self.header)
        column.addWidget(content)
        self._asks = False
        self.set_open(is_open)

    @property
    def is_open(self) -> bool:
        """Whether its content shows."""
        return self.header.isChecked()

    def set_open(self, is_open: bool) -> None:
        """Show the content, or fold it away."""
        self.header.setChecked(is_open)
        self.content.setVisible(is_open)
        self._show()

    def show_asking(self, asks: bool) -> None:
        """Whether something in it filters: then its title says so, also while it is folded."""
        if asks != self._asks:
            self._asks = asks
            self._show()

    @Slot()
    def _toggle(self) -> None:
        self.set_open(self.header.isChecked())
        self.toggled.emit()

    def _show(self) -> None:
        tone = TONE.text if self._asks else TONE.muted
        self.header.setIcon(style.icon("chevron-open" if self.is_open else "chevron-right", tone))
        self.header.setText(self.tr("{} · on").format(self._title) if self._asks else self._title)
        state = self.tr("open") if self.is_open else self.tr("folded")
        self.header.setAccessibleName(f"{self.header.text()}, {state}")
        if self.header.property("asks") != self._asks:
            self.header.setProperty("asks", self._asks)
            self.header.style().unpolish(self.header)
            self.header.style().polish(self.header)
