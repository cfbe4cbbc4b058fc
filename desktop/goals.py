"""What was asked of each shoot: how many photos, and under which conditions. Of no other consequence."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from engine import atomic
from engine.errors import StoreError
from engine.judge.goal import Goal

FILE_NAME = "goals.json"
"""In the data folder. It may be deleted at any time."""
MOST_SHOOTS = 500
"""Those that were asked about longest ago are forgotten beyond this."""


class Goals:
    """Remembers one goal for each shoot, by the folders that were opened together."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def of(self, folders: Sequence[Path]) -> Goal | None:
        """What was asked of this shoot last; None where nothing was, or nothing that makes sense."""
        return _goal(self._read().get(_key(folders)))

    def keep(self, folders: Sequence[Path], goal: Goal) -> None:
        """Remember it. Raises StoreError where the file cannot be written."""
        known = self._read()
        known.pop(_key(folders), None)
        known[_key(folders)] = asdict(goal)
        newest = dict(list(known.items())[-MOST_SHOOTS:])
        try:
            atomic.write(self._path, json.dumps(newest, indent=1).encode("utf-8"))
        except OSError as error:
            said = f"{self._path} cannot be saved: {error.strerror}. Make room or allow writing in its folder."
            raise StoreError(said) from error

    def _read(self) -> dict[str, Any]:
        try:
            known = json.loads(self._path.read_bytes())
        except (OSError, ValueError):
            return {}
        return known if isinstance(known, dict) else {}


def _key(folders: Sequence[Path]) -> str:
    return "\n".join(sorted(str(folder.absolute()) for folder in folders)).encode("utf-8", "replace").decode()


def _goal(said: object) -> Goal | None:
    if not isinstance(said, dict):
        return None
    count, burst, score = said.get("count"), said.get("per_burst"), said.get("min_score")
    if not isinstance(count, int) or not isinstance(burst, int | None) or not isinstance(score, float | int | None):
        return None
    try:
        return Goal(count, burst, said.get("cover_scenes") is True, score)
    except ValueError:
        return None
