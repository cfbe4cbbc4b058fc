"""Folders and files that are dragged into the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QDropEvent


def folders_of(event: QDropEvent) -> list[Path]:
    """The folders of a drop, each once; a file stands for the folder that it lies in."""
    paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return list(dict.fromkeys(path if path.is_dir() else path.parent for path in paths))
