"""How a run is steered from another thread: pause and cancel, and what the user is looking at."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from pathlib import Path

WAKING = 0.1
"""Seconds after which a paused run looks again, should `pause` and `cancel` have met from two threads."""


LONGEST_WAY = 0.25
"""Seconds that one step of a run stands back for somebody who waits for a photo: the run goes on, however slow the
photo is."""


class Control:
    """Pause, resume and cancel one run. Every method may be called from any thread, and from a signal handler."""

    def __init__(self) -> None:
        self._may_run = threading.Event()
        self._may_run.set()
        self._cancelled = False
        self._paused = False

    @property
    def paused(self) -> bool:
        """Whether the run holds still at the next photo."""
        return self._paused

    @property
    def cancelled(self) -> bool:
        """Whether the run ends at the next photo. There is no way back."""
        return self._cancelled

    def pause(self) -> None:
        """Hold the run until `resume` or `cancel`."""
        self._may_run.clear()
        self._paused = True

    def resume(self) -> None:
        """Let a paused run go on."""
        self._paused = False
        self._may_run.set()

    def cancel(self) -> None:
        """End the run; what it has done is saved."""
        self._cancelled = True
        self._may_run.set()

    def wait(self) -> None:
        """Return when the run may go on or has been cancelled; the run's own thread calls this."""
        while self._paused and not self._cancelled:
            self._may_run.wait(WAKING)


class Attention:
    """The photos that stand on the screen, which are decoded first, and whether one of them is waited for."""

    def __init__(self) -> None:
        self._paths: tuple[Path, ...] = ()
        self._has_way = threading.Event()
        self._has_way.set()

    def look_at(self, paths: Iterable[Path]) -> None:
        """Replace what is looked at; the first path is the most urgent. May be called from any thread."""
        self._paths = tuple(paths)

    @property
    def paths(self) -> tuple[Path, ...]:
        """What is looked at now."""
        return self._paths

    def press(self, is_waiting: bool) -> None:
        """Say whether somebody waits for a photo to be shown. May be called from any thread."""
        if is_waiting:
            self._has_way.clear()
        else:
            self._has_way.set()

    def give_way(self) -> None:
        """Return at once, or while somebody waits when that is over, after LONGEST_WAY at most; a run's threads call
        this where they are about to keep a processor busy."""
        self._has_way.wait(LONGEST_WAY)
