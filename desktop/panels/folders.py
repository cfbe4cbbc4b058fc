"""The folders of the shoot, and the shoots that were open lately."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop.cards import CardModel
from desktop.panels.filters_choice import NameChoices
from desktop.panels.folders_recent import RecentList
from desktop.panels.progress import shoot_name
from desktop.restore import Restore
from desktop.session import Session

MOST_HIGH = 200
"""Folders of the shoot take no more than this; more of them scroll."""


class FoldersPanel(QWidget):
    """A box for each folder that holds photos, if they are several; below, the recent shoots."""

    def __init__(self, session: Session, restore: Restore) -> None:
        super().__init__()
        self._session = session
        self._model: CardModel = session.model
        self.setProperty("role", "panel")
        self.choices = NameChoices("", self._ask)
        self._choices_area = QScrollArea()
        self._choices_area.setWidgetResizable(True)
        self._choices_area.setWidget(self.choices)
        self._choices_area.setMaximumHeight(MOST_HIGH)
        self._of_shoot = _title(self.tr("Folders of this shoot"))
        self.recent = RecentList(restore)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 10)
        column.setSpacing(6)
        column.addWidget(self._of_shoot)
        column.addWidget(self._choices_area)
        column.addWidget(_title(self.tr("Recent shoots")))
        column.addWidget(self.recent, 1)
        self._model.counted.connect(self.show_counts)
        self._model.modelReset.connect(self.show_counts)
        self._model.arranged.connect(self._show_asked)
        self.show_counts()

    @Slot()
    def show_counts(self) -> None:
        """Show the folders, each with its number of photos."""
        counts = self._model.counts().folders
        called = {} if self.choices.boxes.keys() == counts.keys() else {name: self._called(name) for name in counts}
        self.choices.show_counts(counts, called, frozenset(map(str, self._model.filter.folders)))
        for part in (self._of_shoot, self._choices_area):
            part.setVisible(len(counts) > 1)

    @Slot()
    def _show_asked(self) -> None:
        self.choices.show_chosen(frozenset(map(str, self._model.filter.folders)))

    @Slot()
    def _ask(self) -> None:
        folders = frozenset(map(Path, self.choices.chosen))
        self._model.set_filter(replace(self._model.filter, folders=folders))

    def _called(self, folder: str) -> str:
        """As seen from the folder of the shoot that it lies in."""
        for root in self._session.folders:
            if Path(folder).is_relative_to(root):
                rest = os.path.relpath(folder, root)
                name = shoot_name((root,))
                return (name if rest == "." else rest).encode("utf-8", "replace").decode()
        return shoot_name((Path(folder),))


def _title(text: str) -> QLabel:
    title = QLabel(text)
    title.setProperty("role", "title")
    return title
