"""Memory that was freed, handed back to the operating system."""

from __future__ import annotations

import sys


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
