"""The terminal: progress and messages on stderr, results on stdout."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from engine.errors import UnusableInput
from engine.types import Phase, Progress

if TYPE_CHECKING:
    from engine.control import Control

QUIET_INTERVAL = 10.0
"""Seconds between two lines of progress where stderr is no terminal."""
_LONG = (Phase.SCORING, Phase.SEEING, Phase.EXPORTING, Phase.MOVING)
BAR = "{desc} {percentage:3.0f}% |{bar}| {n_fmt}/{total_fmt}{postfix}"


def say(sentence: str) -> None:
    """One line for people, on stderr if there is one; whatever the terminal's encoding lacks is escaped."""
    if sys.stderr is not None:
        print(sentence, file=sys.stderr, flush=True)


def write(lines: Iterable[str]) -> None:
    """Results on stdout, if there is one. A reader that has seen enough, as `head` does, is no error.

    Raises:
        UnusableInput: stdout goes to a place that takes no more.
    """
    if sys.stdout is None:
        return
    try:
        for line in lines:
            sys.stdout.buffer.write(line.encode(sys.stdout.encoding or "utf-8", errors="replace") + b"\n")
        sys.stdout.flush()
    except BrokenPipeError:
        _let_go_of_stdout()
    except OSError as error:
        _let_go_of_stdout()
        raise UnusableInput(
            f"the output could not be written ({error.strerror}). The scores are saved; send the output elsewhere."
        ) from error


def _let_go_of_stdout() -> None:
    """Send what is still buffered nowhere, so that the interpreter's own flush at exit has nothing to fail on."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


@contextmanager
def ctrl_c_cancels(control: Control) -> Iterator[None]:
    """The first Ctrl-C lets the batch in flight be saved; the second does not wait for it."""

    def interrupt(_signal: int, _frame: object) -> None:
        if control.cancelled:
            raise KeyboardInterrupt
        control.cancel()

    before = signal.signal(signal.SIGINT, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def follow(steps: Iterable[Progress]) -> Progress:
    """Draw a run to its end, showing how far it is; the result is its last step."""
    last = Progress(Phase.LISTING, 0, 0)
    show = _Bar() if sys.stderr is not None and sys.stderr.isatty() else _Lines()
    try:
        for last in steps:
            show.update(last)
            if last.note:
                show.note(last.note)
    finally:
        show.close()
    return last


def duration(seconds: float) -> str:
    """m:ss, or h:mm:ss."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


class _Bar:
    """A bar that is drawn over itself."""

    def __init__(self) -> None:
        from tqdm import tqdm

        tqdm.monitor_interval = 0  # else it keeps a thread for good
        self._bar: Any = tqdm(
            total=0, bar_format=BAR, file=sys.stderr, dynamic_ncols=True, leave=False, miniters=1, delay=0.1
        )

    def update(self, step: Progress) -> None:
        self._bar.total = step.total
        self._bar.set_description_str(step.phase.value.capitalize(), refresh=False)
        self._bar.set_postfix_str(_pace(step), refresh=False)
        self._bar.update(step.done - self._bar.n)

    def note(self, note: str) -> None:
        self._bar.write(note, file=sys.stderr)

    def close(self) -> None:
        self._bar.close()


class _Lines:
    """A line now and then, for log files."""

    def __init__(self) -> None:
        self._said_at = time.monotonic()

    def update(self, step: Progress) -> None:
        if step.phase in _LONG and time.monotonic() - self._said_at >= QUIET_INTERVAL:
            self._said_at = time.monotonic()
            doing = f"{step.phase.value.capitalize()}: {step.done:,}/{step.total:,}"
            say(", ".join(filter(None, (doing, _pace(step)))))

    def note(self, note: str) -> None:
        say(note)

    def close(self) -> None:
        """Nothing stays open."""


def _pace(step: Progress) -> str:
    """Rate and time left, as far as they are known."""
    rate = [] if step.rate is None else [f"{step.rate:.1f}/s"]
    left = [] if step.seconds_left is None else [f"{duration(step.seconds_left)} left"]
    return ", ".join(rate + left)
