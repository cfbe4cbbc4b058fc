"""Sidecars that follow the decisions: written a moment after each change, on a thread of their own."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

from engine.errors import StoreError
from engine.export import xmp_write
from engine.export.carriers import Said
from engine.export.sidecar import Names, Outcome, Status
from engine.export.targets import Target
from engine.types import Photo

DELAY = 1.0
"""Seconds without a change after which what waits is written."""
LONGEST = 5.0
"""Seconds after which it is written however busily the photographer goes on."""
CLOSING = 30.0
"""Seconds that `close` waits: some thousand sidecars, or a drive that wakes up."""
RETRY = 30.0
"""Seconds after which what failed is tried again."""
Tell: TypeAlias = Callable[[Sequence[Photo]], Mapping[Path, Said]]
"""What there is to write of photos, asked on the writing thread: `xmp_write.sayings` of the store."""


def _wait(thread: threading.Thread) -> None:
    thread.join(CLOSING)


class LiveXmp:
    """Writes the sidecars of changed photos. Every method may be called from any thread, and `changed` never waits.

    Nothing depends on its end: what a crash kept from being written is found by `xmp_write.pending`.
    """

    def __init__(
        self,
        tell: Tell,
        targets: Sequence[Target],
        names: Names,
        on_outcomes: Callable[[Sequence[Outcome]], None] | None = None,
        delay: float = DELAY,
    ) -> None:
        """`on_outcomes` hears of every sidecar that was written or failed, on the writing thread."""
        self._tell = tell
        self._targets = tuple(targets)
        self._names = names
        self._on_outcomes = on_outcomes
        self._delay = delay
        self._changed = threading.Condition()
        self._waiting: dict[Path, Photo] = {}
        self._failed: dict[Path, Photo] = {}
        self._first = self._last = self._retry_at = 0.0
        self._batch: tuple[Photo, ...] = ()
        """What is being written."""
        self._hurry = False
        self._closing = False
        self._given_up = False
        # A program that ends without `close` shall end: sidecars are whole or not there, and the rest is found later.
        self._thread = threading.Thread(target=self._run, name="live-xmp", daemon=True)
        self._thread.start()

    def changed(self, photos: Iterable[Photo]) -> None:
        """Have the sidecars of these photos written soon."""
        with self._changed:
            if self._closing:
                raise RuntimeError("close() was called")
            now = time.monotonic()
            if not self._waiting:
                self._first = now
            self._last = now
            self._waiting.update((photo.path, photo) for photo in photos)
            self._changed.notify_all()

    @property
    def waiting(self) -> int:
        """How many photos wait to be written, those that failed included."""
        with self._changed:
            return len(self._waiting.keys() | self._failed.keys())

    def flush(self) -> tuple[Photo, ...]:
        """Write what waits and what failed before, now; the photos that still could not be written."""
        with self._changed:
            self._waiting = {**self._failed, **self._waiting}
            self._failed = {}
            self._hurry = True
            self._changed.notify_all()
            self._changed.wait_for(lambda: not (self._waiting or self._batch))
            self._hurry = False
            return tuple(self._failed.values())

    def close(self, wait: Callable[[threading.Thread], object] = _wait) -> tuple[Photo, ...]:
        """Write what waits and end the thread; the photos that were not written. A second time does nothing.

        `wait` waits for the thread, by default for CLOSING seconds. Where it returns before the thread has ended, as a
        drive does not answer, what is being written may still be, and nothing else is begun: these photos are in the
        answer, and `xmp_write.pending` finds them next time.
        """
        with self._changed:
            if not self._closing:
                self._waiting = {**self._failed, **self._waiting}
                self._failed = {}
            self._closing = True
            self._changed.notify_all()
        wait(self._thread)
        with self._changed:
            self._given_up = True
            being_written = {photo.path: photo for photo in self._batch}
            return tuple({**self._failed, **self._waiting, **being_written}.values())

    def _run(self) -> None:
        try:
            self._write_all()
        finally:
            # Nobody waits for a thread that a mistake of this program has ended.
            with self._changed:
                self._closing, self._batch = True, ()
                self._failed.update(self._waiting)
                self._waiting = {}
                self._changed.notify_all()

    def _write_all(self) -> None:
        while (batch := self._next()) is not None:
            outcomes: list[Outcome] = []
            failed: set[Path] = set()
            try:
                said = self._tell(batch)
                outcomes = list(xmp_write.write(batch, said, self._targets, self._names))
            except StoreError:
                # The store tells of its own trouble; the photos wait for it to pass.
                failed = {photo.path for photo in batch}
            failed |= {outcome.photo for outcome in outcomes if outcome.status is Status.FAILED}
            told = [outcome for outcome in outcomes if outcome.status is not Status.UNCHANGED]
            try:
                if told and self._on_outcomes is not None:
                    self._on_outcomes(told)
            finally:
                self._settle(batch, failed)

    def _settle(self, batch: Sequence[Photo], failed: set[Path]) -> None:
        with self._changed:
            self._failed.update((photo.path, photo) for photo in batch if photo.path in failed)
            self._retry_at = time.monotonic() + RETRY
            self._batch = ()
            self._changed.notify_all()

    def _next(self) -> list[Photo] | None:
        """The photos to write, once it is time; None when nothing more comes."""
        with self._changed:
            while True:
                if self._given_up:
                    return None
                left = self._seconds_left()
                if self._waiting and left <= 0:
                    batch = list(self._waiting.values())
                    self._waiting = {}
                    self._batch = tuple(batch)
                    return batch
                if self._closing and not self._waiting:
                    return None
                if self._failed and not self._waiting and self._retry_at <= time.monotonic():
                    self._waiting, self._failed = self._failed, {}
                    continue
                self._changed.wait(left if self._waiting else self._until_retry())

    def _seconds_left(self) -> float:
        if self._closing or self._hurry:
            return 0.0
        return min(self._last + self._delay, self._first + max(LONGEST, self._delay)) - time.monotonic()

    def _until_retry(self) -> float | None:
        return max(0.0, self._retry_at - time.monotonic()) if self._failed else None
