"""A pool of threads that can be left behind: what is wanted comes, in order, and nothing of what was left does."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop import jobs
from desktop.crew import Crew
from tests.desktop.conftest import PATIENCE_MS

STUCK = Path("stuck")
PATHS = [Path(str(number)) for number in range(6)]


class Worked:
    """A crew that doubles numbers; the path `STUCK` is brought only once `gate` is open, a negative one fails."""

    def __init__(self) -> None:
        self.gate, self.began = threading.Event(), threading.Event()
        self.asked: list[int] = []
        self.taken: list[tuple[int, int]] = []
        self.errors: list[BaseException] = []
        self.crew = Crew[int, int]("doubling", 1, self._double)
        self.crew.brought.connect(self._take, Qt.ConnectionType.QueuedConnection)

    def _double(self, number: int) -> int:
        self.asked.append(number)
        if number == 0:
            self.began.set()
            self.gate.wait(PATIENCE_MS / 1000)
        if number < 0:
            raise ArithmeticError(number)
        return 2 * number

    def _take(self) -> None:
        try:
            self.taken += self.crew.take()
        except ArithmeticError as error:
            self.errors.append(error)


@pytest.fixture
def worked(monkeypatch: pytest.MonkeyPatch) -> Iterator[Worked]:
    monkeypatch.setattr(jobs, "PATIENCE_SECONDS", 0.05)
    monkeypatch.setattr(jobs, "_patience", jobs._Patience())
    made = Worked()
    yield made
    made.gate.set()
    made.crew.stop()
    assert jobs.outlast(PATIENCE_MS / 1000)


def test_what_is_wanted_comes_in_order_and_the_latest_wishes_hold(worked: Worked, qtbot: QtBot) -> None:
    worked.crew.want({STUCK: 0, PATHS[1]: 1, PATHS[2]: 2})
    qtbot.waitUntil(worked.began.is_set, timeout=PATIENCE_MS)
    worked.crew.want({PATHS[5]: 5, STUCK: 0, PATHS[4]: 4})
    worked.gate.set()
    qtbot.waitUntil(lambda: len(worked.taken) == 3, timeout=PATIENCE_MS)
    assert worked.asked == [0, 5, 4]
    assert worked.taken == [(0, 0), (5, 10), (4, 8)]
    assert not worked.crew.is_busy


def test_others_take_the_place_of_those_that_are_left_and_nothing_of_these_is_heard(
    worked: Worked, qtbot: QtBot
) -> None:
    worked.crew.want({STUCK: 0, PATHS[1]: 1})
    qtbot.waitUntil(worked.began.is_set, timeout=PATIENCE_MS)
    worked.crew.leave()
    assert not worked.crew.is_busy
    worked.crew.want({PATHS[2]: 2})
    qtbot.waitUntil(lambda: worked.taken == [(2, 4)], timeout=PATIENCE_MS)
    worked.gate.set()
    assert jobs.outlast(PATIENCE_MS / 1000)
    worked.crew.want({PATHS[3]: 3})
    qtbot.waitUntil(lambda: worked.taken == [(2, 4), (3, 6)], timeout=PATIENCE_MS)
    assert worked.asked == [0, 2, 3]


def test_what_was_brought_and_not_taken_is_gone_with_the_crew(worked: Worked) -> None:
    worked.gate.set()
    worked.crew.want({PATHS[1]: 1})
    worked.crew.stop()
    worked.crew.leave()
    assert worked.crew.take() == []


def test_an_error_comes_out_where_what_was_brought_is_taken_and_the_rest_comes_all_the_same(
    worked: Worked, qtbot: QtBot
) -> None:
    worked.crew.want({PATHS[1]: 1, PATHS[2]: -1})
    qtbot.waitUntil(lambda: bool(worked.errors), timeout=PATIENCE_MS)
    worked.crew.want({PATHS[3]: 3})
    qtbot.waitUntil(lambda: worked.taken == [(1, 2), (3, 6)], timeout=PATIENCE_MS)
    assert not worked.crew.is_busy
    assert [str(error) for error in worked.errors] == ["-1"]


def test_a_stopped_crew_does_not_wait_for_long_and_brings_nothing(worked: Worked, qtbot: QtBot) -> None:
    worked.crew.want({STUCK: 0})
    qtbot.waitUntil(worked.began.is_set, timeout=PATIENCE_MS)
    worked.crew.stop()
    assert not jobs.outlast(0.0)
    worked.gate.set()
    assert jobs.outlast(PATIENCE_MS / 1000)
    worked.crew.want({PATHS[1]: 1})
    assert worked.asked == [0]
