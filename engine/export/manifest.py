"""The ranking manifest: everything that a ranking followed from, so that it can be repeated and compared."""

from __future__ import annotations

import base64
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeAlias

from engine.report import DIGITS, model_object
from engine.types import Card, Decision, ModelId

SCHEMA = 1
KIND = "chinagraph ranking"
"""What the field `kind` says, by which a file is known for a manifest."""
Manifest: TypeAlias = dict[str, Any]
_SETTLES = ("model", "adapter", "preprocessing", "settings")
"""Fields of a manifest that decide a ranking beside the files."""
_RESULTS = ("score", "merit", "rank", "group", "rank_in_group")


@dataclass(frozen=True, slots=True)
class Ranking:
    """A ranked shoot, with what its ranking followed from."""

    folders: tuple[str, ...]
    """As they were typed."""
    cards: Sequence[Card]
    """In order of rank, the unreadable ones last."""
    decisions: Mapping[Path, Decision]
    """By primary path; a photo that is not in it is undecided."""
    model: ModelId
    preprocessing: Mapping[str, object]
    """As pack.json has it."""
    settings: Mapping[str, object]
    """Those that change a ranking."""
    exported: Mapping[Path, Sequence[Path]]
    """Where the files of each photo went, by primary path."""


def manifest(ranking: Ranking) -> Manifest:
    """The manifest, ready for JSON. Paths are those below their folder, so that it means the same on another drive."""
    return {
        "kind": KIND,
        "schema": SCHEMA,
        "program": f"chinagraph {version('chinagraph')}",
        "time": datetime.now(UTC).isoformat(timespec="seconds"),
        "model": model_object(ranking.model),
        "adapter": None,
        "preprocessing": _plain(ranking.preprocessing),
        "settings": _plain(ranking.settings),
        "folders": [_text(folder) for folder in ranking.folders],
        "photos": [photo(ranking, card) for card in ranking.cards],
    }


def photo(ranking: Ranking, card: Card) -> dict[str, Any]:
    """One photo of the manifest; unreadable ones have their reason and no score."""
    folder, relative = _place(ranking.folders, card.path)
    decision = ranking.decisions.get(card.path, Decision())
    exact = _text(relative) == relative
    verdict, captured = card.verdict, card.captured
    return {
        "path": _text(relative),
        **({} if exact else {"path_b64": base64.b64encode(os.fsencode(relative)).decode("ascii")}),
        "folder": folder,
        "files": [_text(_place(ranking.folders, member)[1]) for member in card.photo.files],
        "blake2b": card.fingerprint,
        "size": card.photo.stamp.size,
        "error": None if card.error is None else _text(card.error),
        "captured": None if captured is None else captured.isoformat(timespec="microseconds"),
        "clock_offset_seconds": card.clock_offset.total_seconds(),
        "score": _number(None if verdict is None else verdict.score),
        "spread": _number(None if verdict is None else verdict.spread),
        "merit": _number(card.merit),
        "rank": card.rank,
        "group": card.group,
        "group_kind": None if card.group is None else card.group_kind.value,
        "rank_in_group": card.rank_in_group,
        "scene": card.scene,
        "decision": {
            "flag": decision.flag.value,
            "stars": decision.stars,
            "colour": decision.colour.value,
            "group": decision.group,
        },
        "exported": [_text(str(target)) for target in ranking.exported.get(card.path, ())],
    }


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two rankings, a sentence each."""

    causes: tuple[str, ...]
    """Why they may differ: the model, the settings, the files."""
    effects: tuple[str, ...]
    """Photos of the same bytes that came out differently."""

    @property
    def is_same(self) -> bool:
        """Whether the ranking was repeated exactly."""
        return not self.causes and not self.effects


def compare(before: Manifest, now: Manifest) -> Comparison:
    """What differs between an earlier ranking and a fresh one, and why. Decisions do not change a ranking."""
    causes = [*_conditions(before, now), *_files(before, now)]
    return Comparison(tuple(causes), tuple(_effects(before, now)))


def _conditions(before: Manifest, now: Manifest) -> Iterator[str]:
    for name in _SETTLES:
        was, is_now = before.get(name), now[name]
        if was == is_now:
            continue
        if isinstance(was, dict) and isinstance(is_now, dict):
            for key in sorted(was.keys() | is_now.keys()):
                if was.get(key) != is_now.get(key):
                    yield f"{name}: {key} was {was.get(key)!r} and is {is_now.get(key)!r}."
        else:
            yield f"{name} was {was!r} and is {is_now!r}."


def _files(before: Manifest, now: Manifest) -> Iterator[str]:
    was, is_now = _by_path(before), _by_path(now)
    contents = {entry["blake2b"] for entry in now["photos"]}
    old_contents = {entry["blake2b"] for entry in before["photos"]}
    for path, entry in was.items():
        if path in is_now and is_now[path]["blake2b"] != entry["blake2b"]:
            yield f"{path[1]} is another file than it was: its bytes have changed."
        elif path not in is_now and entry["blake2b"] not in contents:
            yield f"{path[1]} is not in the shoot any more."
        elif path in is_now and is_now[path]["clock_offset_seconds"] != entry["clock_offset_seconds"]:
            yield f"{path[1]} has another time: the clock of its camera was corrected."
        elif path in is_now and is_now[path]["decision"]["group"] != entry["decision"]["group"]:
            yield f"{path[1]} was put into another group by hand."
    for path, entry in is_now.items():
        if path not in was and entry["blake2b"] not in old_contents:
            yield f"{path[1]} is new in the shoot."


def _effects(before: Manifest, now: Manifest) -> Iterator[str]:
    by_path, by_content = _by_path(now), {entry["blake2b"]: entry for entry in now["photos"] if entry["blake2b"]}
    for path, entry in _by_path(before).items():
        same = by_path.get(path)
        if same is None or same["blake2b"] != entry["blake2b"]:
            same = by_content.get(entry["blake2b"])
        if same is None:
            continue
        differing = [name for name in _RESULTS if entry.get(name) != same[name]]
        if differing:
            told = ", ".join(f"{name} {entry.get(name)} -> {same[name]}" for name in differing)
            yield f"{path[1]}: {told}."


def _by_path(of: Manifest) -> dict[tuple[int, str], dict[str, Any]]:
    return {(entry["folder"], entry.get("path_b64") or entry["path"]): entry for entry in of["photos"]}


def _place(folders: Sequence[str], path: Path) -> tuple[int, str]:
    """The folder that a file lies in, as a place in `folders`, and where below it; the innermost one counts."""
    inside = [n for n, folder in enumerate(folders) if path.is_relative_to(folder)]
    if not inside:
        return -1, path.as_posix()
    best = max(inside, key=lambda n: len(Path(folders[n]).parts))
    return best, path.relative_to(folders[best]).as_posix()


def _plain(values: Mapping[str, object]) -> dict[str, object]:
    """As JSON gives it back: lists for tuples."""
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}


def _number(value: float | None) -> float | None:
    return None if value is None else round(float(value), DIGITS)


def _text(value: str) -> str:
    return os.fsencode(value).decode("utf-8", errors="replace")
