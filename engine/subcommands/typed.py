"""Paths as the user typed them, and as JSON can hold them."""

from __future__ import annotations

import base64
import os
from collections.abc import Sequence
from pathlib import Path


class Typed:
    """The folders of a shoot as they were typed."""

    def __init__(self, folders: Sequence[str]) -> None:
        self._folders = sorted(((Path(typed), typed) for typed in folders), key=lambda folder: -len(folder[0].parts))

    def path(self, path: Path) -> str:
        """The folder exactly as it was typed, joined with the rest."""
        for folder, typed in self._folders:
            if path.is_relative_to(folder):
                return os.path.join(typed, path.relative_to(folder))
        return str(path)

    def fields(self, name: str, path: Path) -> dict[str, str]:
        """The field `name` with the path as text, and `name`_b64 with its bytes where it is not UTF-8."""
        return fields(name, self.path(path))


def fields(name: str, typed: str) -> dict[str, str]:
    """The field `name` with a path as it was typed, and `name`_b64 with its bytes where it is not UTF-8."""
    clean = os.fsencode(typed).decode("utf-8", errors="replace")
    exact = {} if clean == typed else {f"{name}_b64": base64.b64encode(os.fsencode(typed)).decode("ascii")}
    return {name: clean, **exact}
