"""How fast a run goes, and how long it will take."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

WINDOW = 20.0
"""Seconds over which the rate is taken: long enough to be steady, short enough to follow a slower card."""
WARM_UP = 0.5
"""Seconds before anything is claimed."""


class Pace:
    """Rate and time left over the last `WINDOW` seconds of work. Pauses do not count."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._behind = 0.0
        self._paused_at: float | None = None
        self._marks: deque[tuple[float, int, int]] = deque([(self._now(), 0, 0)])

    def _now(self) -> float:
        return self._clock() - self._behind

    def pause(self) -> None:
        """Stop the clock."""
        self._paused_at = self._clock()

    def resume(self) -> None:
        """Let the clock go on."""
        if self._paused_at is not None:
            self._behind += self._clock() - self._paused_at
            self._paused_at = None

    def mark(self, done: int, scored: int) -> None:
        """`done` photos are settled so far in this run, `scored` of them by work and not from the cache."""
        now = self._now()
        self._marks.append((now, done, scored))
        while len(self._marks) > 2 and now - self._marks[1][0] > WINDOW:
            self._marks.popleft()

    @property
    def rate(self) -> float | None:
        """Photos scored a second; None before it can be known and where all came from the cache."""
        return self._per_second(2)

    def seconds_left(self, remaining: int) -> float | None:
        """Seconds until `remaining` photos are settled at the present pace."""
        per_second = self._per_second(1)
        return None if per_second is None else remaining / per_second

    def _per_second(self, column: int) -> float | None:
        first, last = self._marks[0], self._marks[-1]
        elapsed, count = last[0] - first[0], last[column] - first[column]
        return count / elapsed if elapsed >= WARM_UP and count > 0 else None
