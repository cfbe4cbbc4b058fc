"""A journal: one JSON object a line, appended around every act, so that what a killed program did can be told."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

from engine import atomic
from engine.errors import StoreError, StoreFull

Entry: TypeAlias = Mapping[str, Any]
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class Journal:
    """The journal in one file, which need not be there yet."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def entries(self) -> list[dict[str, Any]]:
        """What stands in it; a line that was torn by a crash is left out. Raises StoreError if it cannot be read."""
        try:
            lines = self.path.read_bytes().splitlines()
        except FileNotFoundError:
            return []
        except OSError as error:
            raise StoreError(f"{self.path} cannot be read ({error.strerror}). Check its permissions.") from error
        found = []
        for line in lines:
            try:
                entry = json.loads(line)
            except ValueError:
                continue
            if isinstance(entry, dict):
                found.append(entry)
        return found

    def append(self, *entries: Entry, durable: bool = False) -> None:
        """Add entries at once: a killed program leaves all of them; with `durable` so does a power cut.

        Raises StoreFull or StoreError.
        """
        # A torn line of an earlier crash is ended first, so that it takes none of ours with it.
        data = b"\n" + _lines(entries)
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("ab") as file:
                file.write(data)
                if durable:
                    file.flush()
                    os.fsync(file.fileno())
        except OSError as error:
            raise _unwritable(self.path, error) from error

    def replace(self, entries: Iterable[Entry]) -> None:
        """Put these entries in place of all, as a whole or not at all. Raises StoreFull or StoreError."""
        try:
            atomic.write(self.path, _lines(entries))
        except OSError as error:
            raise _unwritable(self.path, error) from error


def _lines(entries: Iterable[Entry]) -> bytes:
    # ASCII, in which even names that are no text have a form.
    return b"".join(json.dumps(entry).encode("ascii") + b"\n" for entry in entries)


def _unwritable(path: Path, error: OSError) -> StoreError:
    if error.errno in _FULL:
        return StoreFull(f"{path} cannot grow ({error.strerror}). Make room there, then go on.")
    return StoreError(f"{path} cannot be written ({error.strerror}). Check the permissions of its folder.")
