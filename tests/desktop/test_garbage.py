"""Cyclic garbage is collected on the GUI thread and nowhere else."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from desktop import garbage
from desktop.garbage import GarbageCollector


class Knot:
    """Refers to itself, so that only the collector frees it; notes the thread that does."""

    def __init__(self, freed_on: list[int]) -> None:
        self.itself = self
        weakref.finalize(self, lambda: freed_on.append(threading.get_ident()))


@pytest.fixture
def collector(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[GarbageCollector]:
    monkeypatch.setattr(garbage, "INTERVAL_MS", 10)
    was_enabled = gc.isenabled()
    made = GarbageCollector()
    yield made
    made.stop()
    if not was_enabled:
        gc.disable()


def litter() -> None:
    """More cycles than the youngest generation takes before it is collected."""
    for _ in range(3 * gc.get_threshold()[0]):
        knot: list[object] = []
        knot.append(knot)


def test_a_busy_worker_collects_nothing(collector: GarbageCollector, qtbot: QtBot) -> None:
    freed_on: list[int] = []
    Knot(freed_on)
    worker = threading.Thread(target=litter)
    worker.start()
    worker.join()
    assert freed_on == []
    qtbot.waitUntil(lambda: bool(freed_on), timeout=100_000)
    assert freed_on == [threading.get_ident()]


def test_python_collects_again_afterwards(collector: GarbageCollector) -> None:
    assert not gc.isenabled()
    collector.stop()
    assert gc.isenabled()
