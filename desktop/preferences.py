"""The settings of one window while it runs: what is changed holds, as far as it can, and is saved at once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop.runs import Workshop
from engine.errors import StoreError
from engine.settings import FILE_NAME, Settings, load, save


class Preferences(QObject):
    """The workshop's settings, and the file that they are kept in."""

    changed = Signal(object)
    """frozenset[str]: the names of the settings that are others now."""
    warned = Signal(str)

    def __init__(self, workshop: Workshop, home: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workshop = workshop
        self._path = home / FILE_NAME

    @property
    def settings(self) -> Settings:
        """What holds. Its `warnings` are about what the file says wrongly still."""
        return self._workshop.settings

    def change(self, **values: Any) -> None:
        """Have these settings from now on. What else stands in the file stays; a file that is in the way is told."""
        before = self.settings
        if all(getattr(before, name) == value for name, value in values.items()):
            return
        self._workshop.settings = now = replace(before, **values)
        failure = ""
        try:
            save(replace(load(self._path), **values), self._path)
            # What made no sense in the file is its default there as well now; names that no setting has stay.
            self._workshop.settings = replace(now, warnings=load(self._path).warnings)
        except StoreError as error:
            failure = str(error)
        self.changed.emit(frozenset(values))
        if failure:
            self.warned.emit(failure)
