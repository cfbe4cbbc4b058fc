"""What the export dialog is set to: the presets that come with it, the user's own, and what was used last."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from pathlib import Path
from typing import Any

from desktop.language import QT_TRANSLATE_NOOP
from engine import toml_file
from engine.errors import StoreError
from engine.export.plan import Clashes
from engine.export.rendition import EDGES, QUALITY, Format, Policy
from engine.export.targets import Target
from engine.export.template import DEFAULT

FILE_NAME = "exports.toml"
"""In the data folder, beside the settings."""
MOST_RECENT = 8
"""Folders that were exported to, the last one first."""
MOST = 1_000_000
"""Photos that can be asked for as the best."""


class Which(StrEnum):
    """Which photos leave."""

    PICKS = "picks"
    STARS = "stars"
    SELECTED = "selected"
    BEST = "best"
    SHOWN = "shown"


class Table(StrEnum):
    """What the ranking is also written as."""

    CSV = "csv"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class ExportPreset:
    """Everything that the dialog asks but the folder."""

    which: Which = Which.PICKS
    least_stars: int = 4
    """For `Which.STARS`, 1-5."""
    best: int = 50
    """For `Which.BEST`, at least 1."""
    move: bool = False
    """Originals are moved as they are: format and program then count for nothing."""
    template: str = DEFAULT
    clashes: Clashes = Clashes.NUMBERED
    format: Format | None = None
    """None copies the files as they are."""
    edge: int = 2048
    quality: int = QUALITY
    policy: Policy = Policy.ALL
    program: Target | None = None
    """None leaves copies with the metadata that their originals have."""
    table: Table | None = None
    verify: bool = True


BUILT_IN: Mapping[str, ExportPreset] = {
    QT_TRANSLATE_NOOP("presets", "Copies of the picks"): ExportPreset(),
    QT_TRANSLATE_NOOP("presets", "Picks for Lightroom"): ExportPreset(program=Target.ADOBE),
    QT_TRANSLATE_NOOP("presets", "Picks by day"): ExportPreset(template="{date:%Y-%m-%d}/{original}"),
    QT_TRANSLATE_NOOP("presets", "JPEGs for the web"): ExportPreset(
        template="{shoot}-{seq:04}", format=Format.JPEG, edge=2048, policy=Policy.COPYRIGHT
    ),
}
"""Those that come with the program; they can be neither changed nor deleted."""


class Presets:
    """The presets in one file. Whatever made no sense there is told in `warnings`, and nothing is raised for it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.warnings: list[str] = []
        self.own: dict[str, ExportPreset] = {}
        self.last = ExportPreset()
        self.recent: tuple[str, ...] = ()
        self._is_readable = True
        self._take(self._read())

    @property
    def all(self) -> dict[str, ExportPreset]:
        """Those that come with the program, then the user's own by name."""
        own = sorted(self.own.keys() - BUILT_IN.keys(), key=str.casefold)
        return {**BUILT_IN, **{name: self.own[name] for name in own}}

    def keep(self, name: str, preset: ExportPreset) -> None:
        """Save a preset under a name, in place of the one that has it. Raises StoreError, ValueError for no name."""
        self._check(name)
        self.own[name] = preset
        self._save()

    def rename(self, name: str, to: str) -> None:
        """Give a preset of the user's another name. Raises StoreError, ValueError for one that cannot be."""
        if to == name:
            return
        self._check(to)
        if to in self.own:
            raise ValueError(f"There is a preset called {to} already. Choose another name.")
        self.own[to] = self.own.pop(name)
        self._save()

    def delete(self, name: str) -> None:
        """Forget a preset of the user's. Raises StoreError."""
        del self.own[name]
        self._save()

    def use(self, preset: ExportPreset, target: str) -> None:
        """Remember what was exported with, and to which folder. Raises StoreError."""
        self.last = preset
        self.recent = tuple(dict.fromkeys((target, *self.recent)))[:MOST_RECENT]
        self._save()

    def _check(self, name: str) -> None:
        if not name.strip() or not name.isprintable():
            raise ValueError("A preset needs a name that can be read.")
        if name in BUILT_IN:
            raise ValueError(f"{name} comes with Chinagraph and stays as it is. Choose another name.")

    def _read(self) -> Mapping[str, Any]:
        try:
            return toml_file.read(self._path)
        except (OSError, ValueError) as error:
            self._is_readable = False
            self.warnings.append(f"{self._path} cannot be read ({error}). Correct the file, or remove it.")
            return {}

    def _take(self, document: Mapping[str, Any]) -> None:
        recent = document.get("recent", [])
        if isinstance(recent, list):
            self.recent = tuple(folder for folder in recent if isinstance(folder, str))[:MOST_RECENT]
        self.last = self._preset("last", document.get("last", {}))
        own = document.get("presets", {})
        for name, table in own.items() if isinstance(own, dict) else ():
            self.own[name] = self._preset(name, table)

    def _preset(self, name: str, table: object) -> ExportPreset:
        """A preset as the file has it; nonsense gives the default of its field."""
        known: dict[str, Any] = {}
        for field in fields(ExportPreset):
            if not isinstance(table, dict) or field.name not in table:
                continue
            try:
                known[field.name] = _READERS[field.name](table[field.name])
            except (TypeError, ValueError):
                said = f"{field.name} = {table[field.name]!r} of {name} in {self._path} makes no sense"
                self.warnings.append(f"{said}; {field.default!s} is used.")
        return ExportPreset(**known)

    def _save(self) -> None:
        if not self._is_readable:
            raise StoreError(f"{self._path} could not be read and is left alone. Correct the file, or remove it.")
        presets = {name: dict(_table(preset)) for name, preset in self.own.items()}
        document = {"recent": list(self.recent), "last": dict(_table(self.last)), "presets": presets}
        toml_file.write(self._path, document)


def _table(preset: ExportPreset) -> Iterator[tuple[str, str | int | bool]]:
    """A preset as TOML has it: what is None is an empty text."""
    for field in fields(preset):
        value = getattr(preset, field.name)
        yield field.name, "" if value is None else value.value if isinstance(value, StrEnum) else value


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError(value)
    return value


def _number(low: int, high: int) -> Callable[[object], int]:
    def read(value: object) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise ValueError(value)
        return value

    return read


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _or_none(kind: type[StrEnum]) -> Callable[[object], StrEnum | None]:
    def read(value: object) -> StrEnum | None:
        return None if value == "" else kind(_text(value))

    return read


_READERS: Mapping[str, Callable[[Any], object]] = {
    "which": Which,
    "least_stars": _number(1, 5),
    "best": _number(1, MOST),
    "move": _flag,
    "template": _text,
    "clashes": Clashes,
    "format": _or_none(Format),
    "edge": _number(EDGES[0], EDGES[-1]),
    "quality": _number(1, 100),
    "policy": Policy,
    "program": _or_none(Target),
    "table": _or_none(Table),
    "verify": _flag,
}
"""How each field is read; TypeError or ValueError for what cannot be."""
