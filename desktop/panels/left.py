"""The left-hand column: filters above, the goal below."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.panels.filters import FiltersPanel
from desktop.panels.goal import GoalPanel
from desktop.session import Session
from desktop.window_actions import Actions


class LeftPanel(QWidget):
    """The filters scroll where the goal needs the room."""

    def __init__(self, session: Session, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.filters = FiltersPanel(session.model)
        self.goal = GoalPanel(session, actions)
        rule = QFrame()
        rule.setProperty("role", "rule")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.filters, 1)
        column.addWidget(rule)
        column.addWidget(self.goal)
