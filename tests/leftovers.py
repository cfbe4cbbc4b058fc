"""What a test leaves running: threads of Python, threads and timers of Qt."""

from __future__ import annotations

import sys
import threading
import time
import weakref
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

LIBRARY_THREADS = ("TMonitor",)
"""Classes of threads that a library keeps for the whole process: tqdm's monitor."""


class Leftovers:
    """Threads and timers that came to life since it was made."""

    def __init__(self, before: Iterable[threading.Thread]) -> None:
        self._before = set(before)
        self._threads: weakref.WeakSet[Any] = weakref.WeakSet()
        self._timers: weakref.WeakSet[Any] = weakref.WeakSet()

    @contextmanager
    def watching_qt(self) -> Iterator[None]:
        """Note every QThread and QTimer that is started from Python."""
        qt = sys.modules.get("PySide6.QtCore")
        if qt is None:
            yield
            return
        with (
            mock.patch.object(qt.QThread, "start", _noting(qt.QThread.start, self._threads)),
            mock.patch.object(qt.QTimer, "start", _noting(qt.QTimer.start, self._timers)),
        ):
            yield

    def after(self, grace: float) -> list[str]:
        """What is still alive, described. Threads that are ending get `grace` seconds."""
        deadline = time.monotonic() + grace
        return [*self._python_threads(deadline), *self._qt(deadline)]

    def _python_threads(self, deadline: float) -> Iterator[str]:
        for thread in threading.enumerate():
            if thread in self._before or thread is threading.current_thread() or _is_foreign(thread):
                continue
            thread.join(max(0.0, deadline - time.monotonic()))
            if thread.is_alive():
                yield f"thread {thread.name!r} ({getattr(thread, '_target', None) or type(thread).__name__})"

    def _qt(self, deadline: float) -> Iterator[str]:
        qt = sys.modules.get("PySide6.QtCore")
        if qt is None or qt.QCoreApplication.instance() is None:
            return
        from shiboken6 import isValid

        qt.QCoreApplication.sendPostedEvents(None, qt.QEvent.Type.DeferredDelete.value)
        for thread in list(self._threads):
            if isValid(thread) and not thread.wait(_milliseconds(deadline)):
                yield f"QThread {_describe(thread)}"
        for timer in list(self._timers):
            if isValid(timer) and timer.isActive():
                timer.stop()
                yield f"QTimer {_describe(timer)} every {timer.interval()} ms"
        pool = qt.QThreadPool.globalInstance()
        if not pool.waitForDone(_milliseconds(deadline)):
            yield f"{pool.activeThreadCount()} tasks in the global QThreadPool"


def _noting(start: Callable[..., Any], noted: weakref.WeakSet[Any]) -> Callable[..., Any]:
    def noting(self: Any, *arguments: Any) -> Any:
        noted.add(self)
        return start(self, *arguments)

    return noting


def _is_foreign(thread: threading.Thread) -> bool:
    """Whether Python did not start it (a Qt worker that ran Python), or a library keeps it for good."""
    return isinstance(thread, threading._DummyThread) or type(thread).__name__ in LIBRARY_THREADS


def _describe(thing: Any) -> str:
    parent = thing.parent()
    owner = f" of {type(parent).__name__}" if parent is not None else ""
    return f"{type(thing).__name__} {thing.objectName()!r}{owner}"


def _milliseconds(deadline: float) -> int:
    return max(0, round((deadline - time.monotonic()) * 1000))
