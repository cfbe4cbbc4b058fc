"""Memory: what was freed, handed back to the operating system; and much that is made at once."""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_MANY = 1 << 24
"""Objects that may be made before Python looks for cycles, while it is not to be disturbed."""


def release() -> None:
    """Hand back what the C library keeps of freed memory, where it keeps some: glibc, between what is still in use.

    Takes some milliseconds. After a network is loaded it is three times the size of its file, most of which no later
    allocation would use.
    """
    if sys.platform != "linux":
        return
    import ctypes

    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Make very many objects, none of them in a cycle, without being stopped to look for cycles among them.

    Python would do so again and again, through all that is there: of 100,000 cards, that took a third of the time. What
    others have switched off stays off. For a moment, and from any thread.
    """
    _Undisturbed.begin()
    try:
        yield
    finally:
        _Undisturbed.end()


class _Undisturbed:
    """How many threads ask for it at present, and what to go back to after the last of them."""

    lock = threading.Lock()
    asking = 0
    before = (0, 0, 0)

    @classmethod
    def begin(cls) -> None:
        with cls.lock:
            if cls.asking == 0:
                cls.before = gc.get_threshold()
                gc.set_threshold(_MANY, *cls.before[1:])
            cls.asking += 1

    @classmethod
    def end(cls) -> None:
        with cls.lock:
            cls.asking -= 1
            if cls.asking == 0:
                gc.set_threshold(*cls.before)
