"""Folders and files that are dragged into the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QDropEvent

from desktop import reach
from engine.files.shoot import RAW, RENDERED


def is_welcome(event: QDropEvent) -> bool:
    """Whether something of this machine is dragged. Its drive is not asked."""
    return any(url.isLocalFile() for url in event.mimeData().urls())


def folders_of(event: QDropEvent) -> list[Path]:
    """The folders of a drop, each once; a file stands for the folder that it lies in. Where the drive does not answer,
    names say what is a file."""
    paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    are_folders = reach.ask(
        lambda: [path.is_dir() for path in paths],
        [path.suffix.lower() not in RAW | RENDERED for path in paths],
    )
    here = zip(paths, are_folders, strict=True)
    return list(dict.fromkeys(path if is_folder else path.parent for path, is_folder in here))
