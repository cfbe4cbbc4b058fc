"""Python's cyclic garbage collection, kept on the GUI thread; and freed memory, handed back from time to time."""

from __future__ import annotations

import gc
import threading
import time

from PySide6.QtCore import QObject, QTimer, Slot

from engine import memory

INTERVAL_MS = 1000
FULL_SECONDS = 30.0
"""Least time between two collections of everything: with 100,000 cards one takes a tenth of a second."""

RELEASE_SECONDS = 30.0
"""Between two times that freed memory is handed back: decoding pictures leaves 300 MB of it in pieces."""


class GarbageCollector(QObject):
    """Collects on a timer of the GUI thread instead of wherever an allocation happens to start a collection.

    A widget or model in a reference cycle is destroyed by whichever thread collects it. Qt does not survive that on a
    worker: its signals then arrive, queued, at objects that are gone. What is there at the start, the program itself,
    is left out of every collection: to go through its 100,000 objects would hold the window up for 70 ms.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._has_frozen = gc.get_freeze_count() == 0
        if self._has_frozen:
            gc.freeze()
        self._last_full = self._last_release = time.monotonic()
        self._releasing: threading.Thread | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    @Slot()
    def collect(self) -> None:
        """Collect the oldest generation that is due, by the thresholds that Python itself would go by."""
        due = [count > threshold for count, threshold in zip(gc.get_count(), gc.get_threshold(), strict=True)]
        if due[2] and time.monotonic() - self._last_full >= FULL_SECONDS:
            gc.collect()
            self._last_full = time.monotonic()
        elif due[1]:
            gc.collect(1)
        elif due[0]:
            gc.collect(0)
        if time.monotonic() - self._last_release >= RELEASE_SECONDS:
            self._release()

    def stop(self) -> None:
        """Hand collection back to Python."""
        self._timer.stop()
        if self._has_frozen:
            gc.unfreeze()
            self._has_frozen = False
        gc.enable()
        if self._releasing is not None:
            self._releasing.join()

    def _release(self) -> None:
        """On a thread of its own: it takes some 20 ms, in which Python and Qt go on."""
        self._last_release = time.monotonic()
        self._releasing = threading.Thread(target=memory.release, name="release")
        self._releasing.start()
