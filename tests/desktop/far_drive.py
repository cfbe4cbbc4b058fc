"""A drive that stops to answer: whoever asks it for a file waits, and the window's thread is caught when it asks."""

from __future__ import annotations

import builtins
import io
import os
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

HELD_SECONDS = 60.0
"""A call that nobody lets go on ends all the same: a test never blocks for ever."""
CALLS = ("stat", "lstat", "scandir", "listdir", "open", "access", "readlink", "rename", "replace", "mkdir", "statvfs")
"""Of `os`, by which Python comes to files; each names one first."""


class FarDrive:
    """Everything below `folder`. Nothing cuts short a call to a drive that is gone, so neither does this."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.asked = threading.Event()
        """Somebody waits for an answer."""
        self.touched: list[str] = []
        """Where the main thread asked for something."""
        self._answers = threading.Event()
        self._answers.set()
        self._held: frozenset[str] = frozenset()
        for name in CALLS:
            monkeypatch.setattr(os, name, self._behind(name, getattr(os, name)))
        for module in (io, builtins):
            monkeypatch.setattr(module, "open", self._behind("open", io.open))

    def hang(self, *calls: str) -> None:
        """From now on, nothing that is asked comes to an end; with `calls`, none of these."""
        self._held = frozenset(calls or CALLS)
        self.asked.clear()
        self._answers.clear()

    def answer(self) -> None:
        """What waits goes on."""
        self._answers.set()

    def _behind(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def asked(*arguments: Any, **options: Any) -> Any:
            if arguments and self._is_here(arguments[0]):
                self._wait(name)
            return call(*arguments, **options)

        return asked

    def _is_here(self, path: object) -> bool:
        return isinstance(path, str | bytes | os.PathLike) and os.fsdecode(path).startswith(str(self.folder))

    def _wait(self, name: str) -> None:
        if threading.current_thread() is threading.main_thread():
            self.touched.append("".join(traceback.format_stack()[-6:-2]))
        elif name in self._held and not self._answers.is_set():
            self.asked.set()
            self._answers.wait(HELD_SECONDS)
