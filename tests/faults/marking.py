"""A program that marks: started by the fault tests, which then do to it what a bad day does.

    python -m tests.faults.marking DATABASE SHOOT NAME COUNT [LARGEST_FILE]

It changes the stars of the photo SHOOT/NAME up to COUNT times, and prints what was last on disk after each.
LARGEST_FILE limits the size of a file in bytes, as a full disk would, until a line comes on standard input.
"""

from __future__ import annotations

import sys
from pathlib import Path

from engine.errors import StoreError
from engine.store.decisions import Decisions, Mark, Origin
from engine.types import FileStamp, Photo


def main(database: Path, shoot: Path, name: str, count: int, largest_file: int | None) -> None:
    """Mark and say so."""
    photo = Photo(shoot / name, (shoot / name,), FileStamp(1, 1, 1))
    decisions = Decisions(database, on_failure=lambda error: say(type(error).__name__))
    decisions.open_shoot([shoot], [(photo, None)])
    say("ready")
    if largest_file is not None:
        limit_file_size(largest_file)
    for i in range(count):
        decisions.mark([Mark(photo, None, "stars", i % 5 + 1)], Origin.KEY)
        try:
            decisions.flush()
        except StoreError:
            break
        say(i)
    if largest_file is not None:
        sys.stdin.readline()
        limit_file_size(None)
    decisions.close()
    say("closed")


def limit_file_size(largest: int | None) -> None:
    """No file may grow beyond `largest` bytes; None lifts the limit."""
    import resource

    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard if largest is None else largest, hard))


def say(what: object) -> None:
    """One line that the test sees at once."""
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    arguments = sys.argv[1:]
    main(
        Path(arguments[0]),
        Path(arguments[1]),
        arguments[2],
        int(arguments[3]),
        int(arguments[4]) if len(arguments) > 4 else None,
    )
