"""A bounded look-ahead: photos are prepared in threads, a few more than are needed at once."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as StillWorking
from pathlib import Path
from types import TracebackType
from typing import Self

from engine.control import Attention
from engine.prepare import Prepared
from engine.types import Photo

AHEAD = 3
"""Photos under way for each thread: one in work, one ready to be taken, one waiting to be begun."""


class LookAhead:
    """Prepared photos in the order of the shoot, those that the user looks at first.

    At most `jobs * AHEAD` photos are in memory. They are handed out in the order in which they were begun, so that a
    run without `Attention` is the same every time. Used from one thread, as a context.
    """

    def __init__(
        self, photos: Iterable[Photo], prepare: Callable[[Photo], Prepared], jobs: int, attention: Attention
    ) -> None:
        self._waiting = {photo.path: photo for photo in photos}
        self._order = deque(self._waiting)
        self._prepare = prepare
        self._attention = attention
        self._room = max(1, jobs) * AHEAD
        self._begun: deque[Future[Prepared]] = deque()
        self._pool = ThreadPoolExecutor(max(1, jobs), "decode", _keep_to_one_thread)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)

    @property
    def exhausted(self) -> bool:
        """Whether every photo has been handed out."""
        return not self._waiting and not self._begun

    def take(self, patience: float) -> Prepared | None:
        """The next photo, or None if it is not ready within `patience` seconds or there is no more."""
        self._begin()
        if not self._begun:
            return None
        try:
            prepared = self._begun[0].result(timeout=patience)
        except StillWorking:
            return None
        self._begun.popleft()
        self._begin()
        return prepared

    def finished(self) -> list[Prepared]:
        """What is ready without waiting, from the front; nothing new is begun. For a run that ends early."""
        ready: list[Prepared] = []
        while self._begun and self._begun[0].done():
            ready.append(self._begun.popleft().result())
        return ready

    def _begin(self) -> None:
        while len(self._begun) < self._room and (photo := self._next()) is not None:
            self._begun.append(self._pool.submit(self._prepare, photo))

    def _next(self) -> Photo | None:
        for path in self._attention.paths:
            if path in self._waiting:
                return self._waiting.pop(path)
        return self._next_in_order()

    def _next_in_order(self) -> Photo | None:
        while self._order:
            path: Path = self._order.popleft()
            if path in self._waiting:
                return self._waiting.pop(path)
        return None


def _keep_to_one_thread() -> None:
    """OpenCV would start threads of its own inside each of ours, and they would fight for the same processors."""
    import cv2

    cv2.setNumThreads(1)
