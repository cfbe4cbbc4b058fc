"""How the window was left: size and place, panels and their folds, size of the cells, how much is said of a photo. Of
no other consequence."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QMainWindow, QSplitter

from desktop.panels.left import PAGES, LeftPanel
from desktop.view_stack import ViewStack
from desktop.views.details import Information

FILE_NAME = "window.ini"
"""In the data folder. It may be deleted at any time."""


class WindowState:
    """Puts a window back to what the file says; what the file does not say, or says wrongly, stays as it is."""

    def __init__(self, folder: Path) -> None:
        self._settings = QSettings(str(folder / FILE_NAME), QSettings.Format.IniFormat)

    def restore(self, window: QMainWindow, panels: QSplitter, views: ViewStack, left: LeftPanel) -> bool:
        """A screen that is gone leaves the window on one that is there: Qt sees to that. Whether panels are wanted."""
        window.restoreGeometry(self._bytes("geometry"))
        panels.restoreState(self._bytes("panels"))
        size = self._settings.value("cell")
        if isinstance(size, str) and size.isdecimal():
            views.grid.set_cell_size(int(size))
        information = self._settings.value("information")
        if information in list(Information):
            views.overlays.inform(Information(information))
        page, folded = self._settings.value("page"), self._settings.value("folded")
        if page in PAGES:
            left.show_page(PAGES.index(page))
        if isinstance(folded, str):
            left.filters.fold(folded.split())
        return bool(self._settings.value("beside") != "no")

    def save(
        self, window: QMainWindow, panels: QSplitter, views: ViewStack, left: LeftPanel, *, panels_wanted: bool
    ) -> None:
        """Nothing is said of a folder that cannot be written to: the window then begins as it always did."""
        self._settings.setValue("geometry", window.saveGeometry())
        self._settings.setValue("panels", panels.saveState())
        self._settings.setValue("cell", str(views.grid.cell_size))
        self._settings.setValue("information", str(views.overlays.information))
        self._settings.setValue("page", left.page)
        self._settings.setValue("folded", " ".join(left.filters.folded))
        self._settings.setValue("beside", "yes" if panels_wanted else "no")
        self._settings.sync()

    @property
    def was_welcomed(self) -> bool:
        """Whether the questions of the first start were shown."""
        return bool(self._settings.value("welcomed") == "yes")

    def note_welcome(self) -> None:
        """They have been."""
        self._settings.setValue("welcomed", "yes")
        self._settings.sync()

    def _bytes(self, name: str) -> QByteArray:
        value = self._settings.value(name)
        return value if isinstance(value, QByteArray) else QByteArray()
