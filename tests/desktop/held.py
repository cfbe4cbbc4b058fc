"""Runs of the export and reject dialogs that wait before their first photo, so that no press comes too late."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from desktop.dialogs import export, rejected

LONGEST = 20.0
"""Seconds; no test waits for ever."""


@contextmanager
def held() -> Iterator[Callable[[], None]]:
    """What begins inside waits, on its own thread, until the function that is given is called."""
    begun = threading.Event()

    def waiting(original: Callable[..., Any]) -> Callable[..., Any]:
        def steps(*given: Any) -> Any:
            begun.wait(LONGEST)
            return original(*given)

        return steps

    originals = export.carrying_out, rejected.carrying_out
    export.carrying_out, rejected.carrying_out = map(waiting, originals)
    try:
        yield begun.set
    finally:
        begun.set()
        export.carrying_out, rejected.carrying_out = originals
