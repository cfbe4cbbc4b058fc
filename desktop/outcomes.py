"""What became of files in words: for the page that says so, and as a report to copy."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from desktop.language import grouped
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
    parts = [_tr("{} {}").format(files(counts[Status.DONE]), deed)]
    parts += [_tr("{} there already").format(grouped(counts[Status.THERE]))] * bool(counts[Status.THERE])
    parts += [_tr("{} failed").format(grouped(counts[Status.FAILED]))] * bool(counts[Status.FAILED])
    parts += [_tr("{} not tried").format(grouped(counts[Status.UNTRIED]))] * bool(counts[Status.UNTRIED])
    parts += [_tr("{} left out").format(photos(len(result.problems)))] * bool(result.problems)
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
    return _tr("%Ln photos", count)


def files(count: int) -> str:
    """ "1 file", "1,984 files" """
    return _tr("%Ln files", count)


def _line(outcome: Outcome) -> str:
    reason = f" ({outcome.error})" if outcome.error else ""
    return f"{outcome.status.value}: {_places(outcome.operation)}{reason}"


def _places(operation: Operation) -> str:
    if operation.source == operation.target:
        return str(operation.source)
    return f"{operation.source} -> {operation.target}"


def _tr(text: str, count: int = -1) -> str:
    return QCoreApplication.translate("outcomes", text, None, count)
