"""The left-hand column: search, then filters, scenes or folders, and the goal below."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.panels.filters import FiltersPanel
from desktop.panels.fitting_area import FittingArea
from desktop.panels.folders import FoldersPanel
from desktop.panels.goal import GoalPanel
from desktop.panels.scenes import ScenesPanel
from desktop.panels.search import SearchPanel
from desktop.restore import Restore
from desktop.session import Session
from desktop.window_actions import Actions

PAGES = ("filters", "scenes", "folders")


class LeftPanel(QWidget):
    """One of three pages is open; each scrolls where the goal needs the room."""

    left = Signal()
    """The keyboard is free."""

    def __init__(self, session: Session, actions: Actions, restore: Restore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.search = SearchPanel(session.search)
        self.filters = FiltersPanel(session.model)
        self.scenes = ScenesPanel(session)
        self.folders = FoldersPanel(session, restore)
        self.goal = GoalPanel(session, actions)
        self.pages = QStackedWidget()
        for page in (self.filters, self.scenes, self.folders):
            self.pages.addWidget(page)
        self.tabs = QButtonGroup(self)
        session.selection.currentChanged.connect(self.scenes.follow)
        self.search.left.connect(self.left)
        self.goal.left.connect(self.left)
        self._lay_out()

    @property
    def page(self) -> str:
        """The page that is open: "filters", "scenes" or "folders"."""
        return PAGES[self.pages.currentIndex()]

    @Slot(int)
    def show_page(self, number: int) -> None:
        """Open a page by its place in PAGES."""
        self.pages.setCurrentIndex(number)
        self.tabs.button(number).setChecked(True)

    def stop(self) -> None:
        """End the timers."""
        self.filters.stop()
        self.scenes.stop()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(8, 0, 8, 0)
        row.setSpacing(0)
        for number, name in enumerate((self.tr("Filters"), self.tr("Scenes"), self.tr("Folders"))):
            tab = QToolButton()
            tab.setProperty("role", "page")
            tab.setText(name)
            tab.setCheckable(True)
            tab.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            tab.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            self.tabs.addButton(tab, number)
            row.addWidget(tab)
        self.tabs.button(0).setChecked(True)
        self.tabs.idClicked.connect(self.show_page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.search)
        column.addLayout(row)
        column.addWidget(_rule())
        column.addWidget(self.pages, 1)
        column.addWidget(_rule())
        column.addWidget(FittingArea(self.goal))


def _rule() -> QFrame:
    rule = QFrame()
    rule.setProperty("role", "rule")
    return rule
