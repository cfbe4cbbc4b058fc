"""A shoot's files as they were, to prove that nothing changed."""

from __future__ import annotations

import hashlib
from pathlib import Path


class Originals:
    """Every file below a folder: its bytes, its mode and its time of modification."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._before = _state(folder)

    def changes(self) -> list[str]:
        """Files that appeared, went or changed since."""
        now = _state(self._folder)
        names = sorted(self._before.keys() | now.keys())
        return [name for name in names if self._before.get(name) != now.get(name)]


def _state(folder: Path) -> dict[str, tuple[str, int, int]]:
    return {repr(path.relative_to(folder)): _file(path) for path in sorted(folder.rglob("*")) if path.is_file()}


def _file(path: Path) -> tuple[str, int, int]:
    status = path.stat()
    return hashlib.blake2b(path.read_bytes()).hexdigest(), status.st_mode, status.st_mtime_ns
