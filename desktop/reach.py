"""Questions to a drive that the window's own thread asks: it waits for the answer a moment, and no longer."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

Answer = TypeVar("Answer")

MOMENT_SECONDS = 0.3
"""A drive that is awake answers in a hundredth of this."""


def ask(question: Callable[[], Answer], otherwise: Answer, seconds: float = MOMENT_SECONDS) -> Answer:
    """What `question` gives, or `otherwise` where the drive does not answer in time or cannot be asked."""
    given: list[Answer] = []

    def put() -> None:
        try:
            given.append(question())
        except OSError:
            given.append(otherwise)

    # A drive that is gone may hold this thread for minutes; the program ends without it.
    asking = threading.Thread(target=put, name="reach", daemon=True)
    asking.start()
    asking.join(seconds)
    return given[0] if given else otherwise


def reachable(folders: Sequence[Path]) -> str:
    """The first folder, for a file dialog to begin in; empty where it does not answer, so that the dialog opens."""
    if not folders or not ask(folders[0].is_dir, False):
        return ""
    return str(folders[0])
