"""What became of files in words: for the page that says so, and as a report to copy. No Qt."""

from __future__ import annotations

from collections.abc import Sequence

from engine.export.operation import Operation
from engine.export.outcome import Outcome, Result, Status
from engine.report import printable

_SETTLED = (Status.DONE, Status.THERE)


def photos_done(result: Result) -> int:
    """How many photos are where they should be with all their files."""
    every = {outcome.operation.photo for outcome in result.outcomes}
    missing = {outcome.operation.photo for outcome in result.outcomes if outcome.status not in _SETTLED}
    return len(every - missing)


def is_unfinished(result: Result) -> bool:
    """Whether doing it again could bring more of it about."""
    return any(outcome.status in (Status.FAILED, Status.UNTRIED) for outcome in result.outcomes)


def summary(result: Result, deed: str) -> str:
    """ "417 files copied, 3 there already, 2 failed, 2 not tried, 1 photo left out" """
    counts = {status: len(result.having(status)) for status in Status}
    parts = [f"{files(counts[Status.DONE])} {deed}"]
    parts += [f"{counts[Status.THERE]:,} there already"] * bool(counts[Status.THERE])
    parts += [f"{counts[Status.FAILED]:,} failed"] * bool(counts[Status.FAILED])
    parts += [f"{counts[Status.UNTRIED]:,} not tried"] * bool(counts[Status.UNTRIED])
    parts += [f"{photos(len(result.problems))} left out"] * bool(result.problems)
    return ", ".join(parts)


def reasons(result: Result) -> list[tuple[str, str]]:
    """(name, why) of everything that did not work, each reason once for each name."""
    failed = [
        (printable(outcome.operation.source.name), outcome.error or "") for outcome in result.having(Status.FAILED)
    ]
    return list(dict.fromkeys([*failed, *(("", problem) for problem in result.problems)]))


def report(title: str, result: Result, notes: Sequence[str] = ()) -> str:
    """Everything that was done and everything that was not, a line each, ready to be sent to somebody."""
    lines = [title, *notes, "", *(_line(outcome) for outcome in result.outcomes), *result.problems]
    return "\n".join(map(printable, lines)) + "\n"


def plan_text(operations: Sequence[Operation], problems: Sequence[str]) -> str:
    """A plan, a line for every file."""
    lines = [*(f"{operation.action.value}: {_places(operation)}" for operation in operations), *problems]
    return "\n".join(map(printable, lines)) + "\n"


def photos(count: int) -> str:
    """ "1 photo", "1,984 photos" """
    return "1 photo" if count == 1 else f"{count:,} photos"


def files(count: int) -> str:
    """ "1 file", "1,984 files" """
    return "1 file" if count == 1 else f"{count:,} files"


def _line(outcome: Outcome) -> str:
    reason = f" ({outcome.error})" if outcome.error else ""
    return f"{outcome.status.value}: {_places(outcome.operation)}{reason}"


def _places(operation: Operation) -> str:
    if operation.source == operation.target:
        return str(operation.source)
    return f"{operation.source} -> {operation.target}"
