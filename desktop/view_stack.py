"""The views in the middle of the window: one of them is on the screen."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.lineup import Lineup
from desktop.session import Session
from desktop.views.compare import CompareView
from desktop.views.grid import GridView
from desktop.views.loupe import LoupeView
from desktop.views.survey import SurveyView

LINED_UP = ("compare", "survey")
"""Views of the same line of photos: going from one to the other keeps it."""


class ViewStack(QStackedWidget):
    """Grid, loupe, Compare and Survey over one session. Loupe and Compare share their pictures, overlays and keys."""

    shown = Signal(str)
    """This view is on the screen now."""
    wanted = Signal(str)
    """A view by its name: what Enter, Escape and a double click in a view ask for."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        shared = (session.model, session.selection, session.thumbnails)
        self.lineup = Lineup(session.model, session.selection, self)
        self.grid, self.loupe = GridView(*shared), LoupeView(*shared)
        self.pictures, self.overlays = self.loupe.pictures, self.loupe.overlays
        self.compare = CompareView(self.lineup, session.thumbnails, self.pictures, self.overlays)
        self.keys = self.compare.keys = self.loupe.keys
        self.survey = SurveyView(self.lineup, session.thumbnails)
        self._pages: dict[str, QWidget] = {
            "grid": self.grid,
            "loupe": self.loupe,
            "compare": self.compare,
            "survey": self.survey,
        }
        for page in self._pages.values():
            self.addWidget(page)
        for view in (self.grid, self.compare, self.survey):
            view.opened.connect(self._want_loupe)
        for large in (self.loupe, self.compare, self.survey):
            large.closed.connect(self._want_grid)
        self.overlays.changed.connect(self._follow_why)
        session.opening.connect(session.maps.hold)
        session.ended.connect(session.maps.release)
        self.compare.shown_changed.connect(session.maps.show_beside)
        for beside in (self.compare, self.survey):
            beside.shown_changed.connect(session.seeing.show_beside)

    def show_view(self, view: str) -> None:
        """Put a view on the screen and give it the keyboard."""
        if view in LINED_UP:
            self.lineup.enter()
        else:
            self.lineup.leave()
        self.session.look(view)
        self.show_page(self._pages[view])
        self.shown.emit(view)

    def show_page(self, page: QWidget) -> None:
        """Put a page on the screen and give it the keyboard."""
        self.setCurrentWidget(page)
        page.setFocus()

    def set_message(self, title: str, hint: str) -> None:
        """What to say where there is no photo to show."""
        for view in (self.grid, self.loupe, self.compare, self.survey):
            view.set_message(title, hint)

    def stop(self) -> None:
        """End the threads and timers of the views."""
        self.grid.close_view()
        self.survey.close_view()
        self.survey.stop()
        self.loupe.stop()

    @Slot()
    def _follow_why(self) -> None:
        self.session.maps.want(self.overlays.why)

    @Slot()
    def _want_loupe(self) -> None:
        self.wanted.emit("loupe")

    @Slot()
    def _want_grid(self) -> None:
        self.wanted.emit("grid")
