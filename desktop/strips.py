"""What stands below the views: the frames of a burst, and all photos in one line."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.session import Session
from desktop.view_stack import ViewStack
from desktop.views.filmstrip import FilmstripView
from desktop.views.siblings import SiblingsStrip


class Strips(QWidget):
    """The strip of siblings above the filmstrip."""

    opened = Signal()
    """The active photo shall be shown large."""
    wanted = Signal(object)
    """Path: this photo shall be the active one."""

    def __init__(self, session: Session, views: ViewStack, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        shared = (session.model, session.selection, session.thumbnails)
        self.siblings, self.filmstrip = SiblingsStrip(*shared), FilmstripView(*shared)
        self.siblings.wanted.connect(self.wanted)
        for strip in (self.siblings, self.filmstrip):
            strip.opened.connect(self.opened)
        views.shown.connect(self.siblings.look)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.siblings)
        column.addWidget(self.filmstrip)

    def stop(self) -> None:
        """End the timers."""
        self.siblings.close_view()
        self.filmstrip.close_view()
