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
from engine import memory


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


def test_what_is_there_at_the_start_is_gone_through_no_more_until_the_end(qtbot: QtBot) -> None:
    frozen_before, was_enabled = gc.get_freeze_count(), gc.isenabled()
    gc.unfreeze()
    early: list[object] = []
    made = GarbageCollector()
    late: list[object] = []
    looked_through = {id(one) for one in gc.get_objects()}
    assert id(late) in looked_through and id(early) not in looked_through
    assert len(looked_through) < gc.get_freeze_count() / 10
    made.stop()
    assert gc.get_freeze_count() == 0
    if frozen_before:
        gc.freeze()
    if not was_enabled:
        gc.disable()


def test_what_somebody_else_left_out_stays_left_out(qtbot: QtBot) -> None:
    frozen_before, was_enabled = gc.get_freeze_count(), gc.isenabled()
    gc.freeze()
    count = gc.get_freeze_count()
    GarbageCollector().stop()
    assert gc.get_freeze_count() == count
    if not frozen_before:
        gc.unfreeze()
    if not was_enabled:
        gc.disable()


def test_python_collects_again_afterwards(collector: GarbageCollector) -> None:
    assert not gc.isenabled()
    collector.stop()
    assert gc.isenabled()


def test_freed_memory_is_handed_back_from_time_to_time_and_not_on_this_thread(
    collector: GarbageCollector, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    released_on: list[int] = []
    monkeypatch.setattr(memory, "release", lambda: released_on.append(threading.get_ident()))
    collector.collect()
    assert released_on == []
    monkeypatch.setattr(garbage, "RELEASE_SECONDS", 0.0)
    qtbot.waitUntil(lambda: len(released_on) > 1, timeout=100_000)
    assert threading.get_ident() not in released_on
