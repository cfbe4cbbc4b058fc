"""What became of files, as lines: for people and as JSON. docs/cli.md is the contract."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from engine.subcommands.arguments import BROKEN, DONE, INTERRUPTED
from engine.terminal import say, write

if TYPE_CHECKING:
    from engine.export.operation import Operation
    from engine.export.outcome import Result

SCHEMA = 1


def tell_plan(operations: Sequence[Operation], problems: Sequence[str], as_json: bool) -> int:
    """Print what would be done; the exit code."""
    if as_json:
        write(_json("planned", operation, None) for operation in operations)
        write(map(_left_out, problems))
    else:
        write(f"{operation.action}: {_arrow(operation)} ({operation.why})" for operation in operations)
        for problem in problems:
            say(problem)
    return BROKEN if problems else DONE


def tell_result(result: Result, as_json: bool, summary: str) -> int:
    """Print what was done, failures by name, and `summary` with its count of files put in; the exit code."""
    from engine.export.outcome import Status

    failed, untried = result.having(Status.FAILED), result.having(Status.UNTRIED)
    if as_json:
        write(_json(outcome.status, outcome.operation, outcome.error) for outcome in result.outcomes)
        write(map(_left_out, result.problems))
    else:
        for sentence in dict.fromkeys([*(outcome.error or "" for outcome in failed), *result.problems]):
            say(sentence)
    there = len(result.having(Status.THERE))
    parts = [summary.format(files=counted(len(result.having(Status.DONE))))]
    parts += [f"{counted(there)} there already"] * bool(there) + [f"{counted(len(failed))} failed"] * bool(failed)
    parts += [f"{counted(len(untried))} not tried"] * bool(untried)
    parts += [f"{len(result.problems):,} left out"] * bool(result.problems)
    say(", ".join(parts) + ".")
    if result.cancelled:
        return INTERRUPTED
    return DONE if result.is_complete else BROKEN


def counted(count: int) -> str:
    """ "1 file", "1,984 files" """
    return f"{count:,} {'file' if count == 1 else 'files'}"


def _arrow(operation: Operation) -> str:
    from engine.report import printable

    if operation.source == operation.target:
        return printable(str(operation.source))
    return printable(f"{operation.source} -> {operation.target}")


def _json(status: str, operation: Operation, error: str | None) -> str:
    return json.dumps(
        {
            "schema": SCHEMA,
            "status": status,
            "action": operation.action.value,
            "source": _text(os.fspath(operation.source)),
            "target": _text(os.fspath(operation.target)),
            "photo": _text(os.fspath(operation.photo)),
            "bytes": operation.size,
            "why": operation.why,
            "error": error,
        }
    )


def _left_out(problem: str) -> str:
    nothing = dict.fromkeys(("action", "source", "target", "photo", "bytes", "why"))
    return json.dumps({"schema": SCHEMA, "status": "left out", **nothing, "error": _text(problem)})


def _text(value: str) -> str:
    return os.fsencode(value).decode("utf-8", errors="replace")


def lines(sentences: Sequence[str]) -> Iterator[str]:
    """Sentences as lines that no name can break."""
    from engine.report import printable

    return map(printable, sentences)
