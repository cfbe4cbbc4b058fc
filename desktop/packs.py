"""The pack that scores, and the change to another one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop.runs import Judge, Workshop
from engine.models import packs
from engine.models.device import Device
from engine.settings import Settings


class Packs(QObject):
    """Of one window."""

    changed = Signal()
    """Another pack scores from now on: what the one before gave is not to be mixed with what comes."""

    def __init__(self, workshop: Workshop, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workshop = workshop

    @staticmethod
    def chosen(settings: Settings, data_dir: Path | None) -> Path:
        """Where the pack lies that the settings ask for."""
        return packs.chosen(settings.pack, data_dir)

    @property
    def folder(self) -> Path:
        """Where the pack lies; it need not be there."""
        return self._workshop.judge.folder

    @property
    def device(self) -> Device | None:
        """What the student runs on; None before it was loaded."""
        return self._workshop.judge.device

    def take(self, folder: Path) -> None:
        """Have another pack score. No run may be going on."""
        self._workshop.judge = Judge(folder, self._workshop.settings.device)
        self.changed.emit()
