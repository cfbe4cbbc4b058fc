"""What a user can do with metadata: write it, read it, have it written on every change."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desktop.desk import Desk
from engine.export.targets import PRESETS


def show_write(desk: Desk) -> None:
    """Show what would be written into sidecars, for which program."""
    desk.show_metadata_writing()


def show_read(desk: Desk) -> None:
    """Read what the files say, and show where they disagree with what was decided."""
    desk.show_metadata_reading()


def toggle_live(desk: Desk) -> None:
    """Write sidecars on every change from now on, or no longer."""
    metadata = desk.session.metadata
    metadata.set_live(not metadata.is_live)
    program = PRESETS[metadata.target].title
    on = _tr("Sidecars for {} are written on every change").format(program)
    desk.session.said.emit(on if metadata.is_live else _tr("Sidecars are written on command only"))


def _tr(text: str) -> str:
    return QCoreApplication.translate("metadata_commands", text)
