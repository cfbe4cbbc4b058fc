"""A child process that may be killed at any of its steps."""

from __future__ import annotations

import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable

STEPS = {"open", "os.link", "os.rename", "os.remove", "os.chmod"}
"""Audit events (PEP 578) that a child may die before."""


def child(act: Callable[[], object], dies_at: int | None) -> bool:
    """Do `act` in a child that is killed (SIGKILL) before its `dies_at`-th step, if it has so many; whether it was.

    The test fails where `act` does.
    """
    number = os.fork()
    if number == 0:
        try:
            if dies_at is not None:
                _die_at(dies_at)
            act()
        except BaseException:  # noqa: BLE001  # a child must never come back into the parent's code
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    status = os.waitstatus_to_exitcode(os.waitpid(number, 0)[1])
    assert status in (0, -signal.SIGKILL), status
    return status != 0


def _die_at(n: int) -> None:
    left, counting = n, threading.Lock()

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal left
        if event not in STEPS or str(arguments[0]).endswith((".py", ".pyc", ".so")):
            return
        with counting:
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)
