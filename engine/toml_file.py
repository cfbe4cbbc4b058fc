"""TOML files that people may edit: read as a table, written as a whole or not at all."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from engine import atomic
from engine.errors import StoreError


def read(path: Path) -> dict[str, Any]:
    """What the file says; nothing where there is none. Raises OSError, or ValueError for what is no TOML."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return {}
    return tomllib.loads(data.decode("utf-8"))


def write(path: Path, document: Mapping[str, Any]) -> None:
    """Put a table, or a document of tomlkit's with its comments, at `path`. Raises StoreError."""
    import tomlkit

    try:
        atomic.write(path, tomlkit.dumps(document).encode("utf-8"))
    except OSError as error:
        raise StoreError(
            f"{path} cannot be saved: {error.strerror}. Make room or allow writing in its folder."
        ) from error
