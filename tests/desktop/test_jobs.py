"""Jobs: a generator on a thread of its own."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from desktop.jobs import Job
from engine.errors import UnusableInput


def start(qtbot: QtBot, job: Job) -> tuple[list[object], list[Exception]]:
    """Run a job to its end; its steps and what it failed with."""
    steps: list[object] = []
    errors: list[Exception] = []
    job.progressed.connect(lambda sender, step: steps.append(step) if sender is job else None)
    job.failed.connect(lambda _sender, error: errors.append(error))
    with qtbot.waitSignal(job.finished, timeout=100_000):
        job.start()
    job.wait()
    return steps, errors


def test_every_step_arrives_in_order_from_another_thread(qtbot: QtBot) -> None:
    drawn_on: set[int] = set()

    def count() -> Iterator[int]:
        for number in range(200):
            drawn_on.add(threading.get_ident())
            yield number

    steps, errors = start(qtbot, Job(count))
    assert steps == list(range(200))
    assert not errors
    assert drawn_on and threading.get_ident() not in drawn_on


def test_an_error_of_the_engine_ends_the_job_with_its_message(qtbot: QtBot) -> None:
    def fail() -> Iterator[int]:
        yield 1
        raise UnusableInput("/nowhere is not there. Choose another folder.")

    steps, errors = start(qtbot, Job(fail))
    assert steps == [1]
    assert [str(error) for error in errors] == ["/nowhere is not there. Choose another folder."]


@pytest.mark.logs("A job failed")
def test_any_other_error_is_caught_and_logged(qtbot: QtBot) -> None:
    def fail() -> Iterator[int]:
        yield 1 // 0

    steps, errors = start(qtbot, Job(fail))
    assert steps == []
    assert isinstance(errors[0], ZeroDivisionError)


def test_the_generator_is_closed_on_the_jobs_thread(qtbot: QtBot) -> None:
    closed_on: list[int] = []

    def tidy() -> Iterator[int]:
        try:
            yield 1
        finally:
            closed_on.append(threading.get_ident())

    start(qtbot, Job(tidy))
    assert closed_on and closed_on[0] != threading.get_ident()
