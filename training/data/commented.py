"""Photos with what people wrote of them, as the data sets of comments give them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Commented:
    """One photo and its comments."""

    path: Path
    texts: tuple[str, ...]
    split: str
    """"train", "val" or "test", as the data set says; "train" where it says nothing."""


def read(file: Path) -> Any:
    """What a JSON file holds. Raises FileNotFoundError with its path, ValueError naming it if it is none."""
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except ValueError as cause:
        raise ValueError(f"{file}: not a JSON file ({cause}). Fetch it again.") from cause


def present(photos: Iterable[Commented]) -> list[Commented]:
    """Those with at least one comment whose file is there: few people have all photos of these sets."""
    return [photo for photo in photos if photo.texts and photo.path.is_file()]
