"""What files said and somebody has answered: it is asked about again only when they say something else."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from pathlib import Path

from engine import atomic
from engine.errors import StoreError
from engine.export.rating_import import Statement

FOLDER = "heard"
"""In the data folder, one file a shoot. It may be deleted at any time: everything is then asked once more."""


class HeardStatements:
    """Answers of one shoot, by photo and field."""

    def __init__(self, home: Path, folders: Sequence[Path]) -> None:
        together = "\n".join(sorted(str(folder.absolute()) for folder in folders))
        self._path = home / FOLDER / f"{_digest(together)}.json"
        self._heard: dict[str, str] = {}
        try:
            said = json.loads(self._path.read_bytes())
        except (OSError, ValueError):
            return
        if isinstance(said, dict):
            self._heard = {key: value for key, value in said.items() if isinstance(value, str)}

    def knows(self, path: Path, name: str, statements: Sequence[Statement]) -> bool:
        """Whether the very same was answered before, of this field of this photo."""
        return self._heard.get(_key(path, name)) == _words(statements)

    def add(self, answered: Iterable[tuple[Path, str, Sequence[Statement]]]) -> None:
        """Remember (photo, field, what files say of it). Raises StoreError where that cannot be written."""
        more = {_key(path, name): _words(statements) for path, name, statements in answered}
        if not more.items() - self._heard.items():
            return
        self._heard |= more
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            atomic.write(self._path, json.dumps(self._heard).encode("utf-8"))
        except OSError as error:
            said = f"{self._path} cannot be saved: {error.strerror}. Make room or allow writing in its folder."
            raise StoreError(said) from error


def _key(path: Path, name: str) -> str:
    return _digest(f"{path.absolute()}\n{name}")


def _words(statements: Iterable[Statement]) -> str:
    return _digest("\n".join(sorted(f"{one.source} {one.name} {one.value}" for one in statements)))


def _digest(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogateescape"), digest_size=10).hexdigest()
