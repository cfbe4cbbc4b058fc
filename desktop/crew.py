"""A pool of threads that can be left behind: what it reads may lie on a drive that does not answer for minutes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, Signal

from desktop.jobs import leave_behind, let_finish, stand_back

Wish = TypeVar("Wish")
Found = TypeVar("Found")


class Crew(QObject, Generic[Wish, Found]):
    """Brings what is wanted, wish by wish, the most urgent first. Call everything on the thread that made it."""

    brought = Signal()
    """`take` gives something. It comes from a worker: connect it queued."""

    def __init__(
        self, name: str, size: int, bring: Callable[[Wish], Found], parent: QObject | None = None, *, niceness: int = 0
    ) -> None:
        """`bring` runs on `size` threads at most, so much nicer than others (Linux)."""
        super().__init__(parent)
        self._name, self._size, self._bring, self._niceness = name, size, bring, niceness
        self._lock = Lock()
        self._queue: dict[Path, Wish] = {}
        self._busy: set[Path] = set()
        """What a worker has taken up and nobody has taken from it yet."""
        self._results: list[tuple[Path, Wish, Found]] = []
        self._errors: list[BaseException] = []
        self._working = 0
        """Workers that will still look at the queue."""
        self._shift = 0
        """Counts up when workers are left behind: those of before are heard no more."""
        self._runs: set[Future[None]] = set()
        self._is_stopped = False
        self._pool = self._hire()

    @property
    def is_busy(self) -> bool:
        """Whether something waits to be brought, is being brought, or was and nobody has taken it yet."""
        with self._lock:
            return bool(self._queue or self._busy)

    def want(self, wishes: Mapping[Path, Wish]) -> None:
        """Bring these, in this order, instead of what was wanted before; what is under way is finished first and not
        brought again. After `stop` nothing is brought any more."""
        if self._is_stopped:
            return
        with self._lock:
            self._queue = {path: wish for path, wish in wishes.items() if path not in self._busy}
            lacking = max(min(len(self._queue), self._size - self._working), 0)
            self._working += lacking
        self._runs = {run for run in self._runs if not run.done()}
        for _ in range(lacking):
            self._runs.add(self._pool.submit(self._work, self._shift))

    def take(self) -> list[tuple[Wish, Found]]:
        """What was brought since the last time. An error that ended a worker is raised here, and `brought` comes again
        for the rest."""
        with self._lock:
            error = self._errors.pop(0) if self._errors else None
            if error is None:
                results, self._results = self._results, []
                self._busy.difference_update(path for path, _, _ in results)
        if error is not None:
            self.brought.emit()
            raise error
        return [(wish, found) for _, wish, found in results]

    def leave(self) -> None:
        """Want nothing any more and forget what was brought. Others take the place of workers that are busy."""
        with self._lock:
            self._queue = {}
            self._results, self._errors = [], []
            self._busy.clear()
            if not self._working or self._is_stopped:
                return
            self._shift += 1
            self._working = 0
        self._pool.shutdown(wait=False, cancel_futures=True)
        leave_behind(self._runs)
        self._runs.clear()
        self._pool = self._hire()

    def stop(self) -> None:
        """End the threads; what is under way is waited for as long as patience lasts."""
        self._is_stopped = True
        with self._lock:
            self._queue = {}
        self._pool.shutdown(wait=False, cancel_futures=True)
        let_finish(self._runs)
        self._runs.clear()

    # On a worker

    def _hire(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(self._size, self._name, partial(stand_back, self._niceness))

    def _work(self, shift: int) -> None:
        """One wish after the other."""
        while (taken := self._next(shift)) is not None:
            path, wish = taken
            try:
                found = self._bring(wish)
            except BaseException as error:
                self._count_out(path, shift, error)
                raise
            with self._lock:
                if shift != self._shift or self._is_stopped:
                    return
                self._results.append((path, wish, found))
                is_first = len(self._results) == 1
            if is_first:
                self.brought.emit()

    def _next(self, shift: int) -> tuple[Path, Wish] | None:
        """What is wanted first. None ends the worker, which is counted out in the same breath: a wish that comes a
        moment later must find that it has to start another one."""
        with self._lock:
            if shift != self._shift:
                return None
            if not self._queue:
                self._working -= 1
                return None
            path = next(iter(self._queue))
            self._busy.add(path)
            return path, self._queue.pop(path)

    def _count_out(self, path: Path, shift: int, error: BaseException) -> None:
        """An error ends a worker: others may take its place, and whoever takes what was brought hears of it."""
        with self._lock:
            if shift != self._shift or self._is_stopped:
                return
            self._working -= 1
            self._busy.discard(path)
            self._errors.append(error)
        self.brought.emit()
