"""What a test leaves running: threads of Python, threads and timers of Qt."""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Iterator
from typing import Any

LIBRARY_THREADS = ("TMonitor",)
"""Classes of threads that a library keeps for the whole process: tqdm's monitor."""
_REPORTED: list[Any] = []
"""QThreads that a test left running: told once, and kept, since one that is collected takes the process with it."""


class Leftovers:
    """Threads and timers that came to life since it was made."""

    def __init__(self) -> None:
        self._before = set(threading.enumerate())

    def after(self, grace: float, *, qt: bool) -> list[str]:
        """What is still alive, described. Threads that are ending get `grace` seconds; `qt` looks at Qt's too."""
        deadline = time.monotonic() + grace
        return [*self._python_threads(deadline), *(_of_qt(deadline) if qt else ())]

    def _python_threads(self, deadline: float) -> Iterator[str]:
        for thread in threading.enumerate():
            if thread in self._before or thread is threading.current_thread() or _is_foreign(thread):
                continue
            thread.join(max(0.0, deadline - time.monotonic()))
            if thread.is_alive():
                yield f"thread {thread.name!r} ({getattr(thread, '_target', None) or type(thread).__name__})"


def _of_qt(deadline: float) -> Iterator[str]:
    """The garbage collector knows every QThread and QTimer, so that nothing of Qt has to be patched."""
    from PySide6.QtCore import QCoreApplication, QEvent, QThread, QThreadPool, QTimer
    from shiboken6 import isValid

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    things = [thing for thing in gc.get_objects() if issubclass(type(thing), QThread | QTimer) and isValid(thing)]
    for thing in things:
        if isinstance(thing, QTimer) and thing.isActive():
            thing.stop()
            yield f"QTimer {_describe(thing)} every {thing.interval()} ms"
        if not isinstance(thing, QThread) or thing is QThread.currentThread() or thing in _REPORTED:
            continue
        if not thing.wait(_milliseconds(deadline)):
            _REPORTED.append(thing)
            yield f"QThread {_describe(thing)}"
    pool = QThreadPool.globalInstance()
    if not pool.waitForDone(_milliseconds(deadline)):
        yield f"{pool.activeThreadCount()} tasks in the global QThreadPool"


def _is_foreign(thread: threading.Thread) -> bool:
    """Whether Python did not start it (a Qt worker that ran Python), or a library keeps it for good."""
    return isinstance(thread, threading._DummyThread) or type(thread).__name__ in LIBRARY_THREADS


def _describe(thing: Any) -> str:
    parent = thing.parent()
    owner = f" of {type(parent).__name__}" if parent is not None else ""
    return f"{type(thing).__name__} {thing.objectName()!r}{owner}"


def _milliseconds(deadline: float) -> int:
    return max(0, round((deadline - time.monotonic()) * 1000))
