"""The journal inside a `_Rejected` folder: which file came from where, and what a killed program was at."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.errors import StoreError
from engine.export import transfer
from engine.export.journal import Journal

NAME = ".chinagraph-rejected.jsonl"


@dataclass(frozen=True, slots=True)
class Entry:
    """One photo on its way into the folder, or out of it."""

    id: str
    pairs: tuple[tuple[str, str], ...]
    """(from, to) of each file, below the folder that holds `_Rejected`, with "/"."""


class RejectedJournal:
    """The journal of one `_Rejected` folder. Its paths are relative: it goes where the drive goes."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._base = home.parent
        self._journal = Journal(home / NAME)

    def begin(self, photos: Sequence[Sequence[tuple[Path, Path]]]) -> list[Entry]:
        """Note that each of `photos`, (from, to) of its files, is about to be moved. Raises StoreFull or StoreError."""
        entries = [
            Entry(secrets.token_hex(8), tuple((self._relative(a), self._relative(b)) for a, b in photo))
            for photo in photos
        ]
        self._journal.append(*({"kind": "moving", "id": e.id, "pairs": e.pairs} for e in entries), durable=True)
        return entries

    def end(self, entry: Entry, moved: bool) -> None:
        """Note that a photo was moved as a whole, or is where it was. Raises StoreFull or StoreError."""
        self._journal.append({"kind": "moved" if moved else "stayed", "id": entry.id})

    def origins(self) -> dict[str, str]:
        """Where each file in the folder came from, by where it lies now; both below the folder's own parent."""
        found: dict[str, str] = {}
        for entry, state in self._entries():
            if state == "stayed":
                continue
            for before, after in entry.pairs:
                if after.startswith(f"{self.home.name}/"):
                    found[after] = before
                else:
                    found.pop(before, None)
        return found

    def recover(self) -> list[str]:
        """Bring what a killed program was at to an end: each photo is moved as a whole, or is where it was.

        A sentence for every photo that was touched, and for the rest none. Raises StoreFull or StoreError.
        """
        if not self._journal.path.exists():
            return []
        said = []
        for entry, state in list(self._entries()):
            if state is None:
                sentence, moved = self._finish(entry)
                said.extend(sentence)
                self.end(entry, moved)
        return said

    def forget(self) -> None:
        """Remove the folder, its journal and its empty sub-folders, if nothing else is in it. Raises OSError."""
        for folder, _, names in os.walk(self.home, topdown=False):
            place = Path(folder)
            if any(path != self._journal.path for path in place.iterdir()):
                continue
            if NAME in names:
                (place / NAME).unlink()
            place.rmdir()

    def _entries(self) -> Iterator[tuple[Entry, str | None]]:
        """Every entry in order, with how it ended: "moved", "stayed", or None where nobody noted it."""
        lines = self._journal.entries()
        ends = {line.get("id"): line.get("kind") for line in lines if line.get("kind") in ("moved", "stayed")}
        for line in lines:
            if line.get("kind") == "moving":
                yield _entry(line), ends.get(line["id"])

    def _finish(self, entry: Entry) -> tuple[list[str], bool]:
        """Forward if any of it was moved, back where that cannot be."""
        pairs = [(self._base / before, self._base / after) for before, after in entry.pairs]
        if not any(os.path.lexists(after) for _, after in pairs):
            return [], False
        if not any(os.path.lexists(before) for before, _ in pairs):
            return [], True
        name = pairs[0][0].name
        try:
            _settle_all(pairs)
        except OSError as error:
            _settle_all([(after, before) for before, after in pairs if not os.path.lexists(before)])
            return [f"{name} was half moved and is back where it was ({error.strerror})."], False
        return [f"{name} was half moved by a program that was ended; all of it is at {pairs[0][1].parent} now."], True

    def _relative(self, path: Path) -> str:
        return path.relative_to(self._base).as_posix()


def _entry(line: dict[str, Any]) -> Entry:
    try:
        return Entry(line["id"], tuple((before, after) for before, after in line["pairs"]))
    except (KeyError, ValueError, TypeError) as error:
        raise StoreError(f"The journal of rejected photos has a line that makes no sense: {line}.") from error


def _settle_all(pairs: Sequence[tuple[Path, Path]]) -> None:
    for before, after in pairs:
        if os.path.lexists(before):
            after.parent.mkdir(parents=True, exist_ok=True)
            transfer.settle(before, after)
