"""Settings: one frozen dataclass, a description per field, kept as TOML that people may edit."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engine import toml_file

FILE_NAME = "settings.toml"
"""Name of the settings file inside the data folder."""
XMP_TARGETS = ("adobe", "bridge", "captureone", "darktable", "digikam", "photomechanic")
"""The programs that sidecars are written for: `export.targets.Target`."""
LANGUAGES = ("system", "en", "de")
"""What the window can speak, beside the system's own choice: each has a file in resources/translations."""


def _option(default: object, description: str, **limits: object) -> Any:
    """A field of Settings: `low` and `high` bound a number, `choices` a string."""
    return field(default=default, metadata={"description": description, **limits})


@dataclass(frozen=True, slots=True)
class Settings:
    """What a photographer may choose. Every field but `warnings` stands in the file under its own name."""

    jobs: int = _option(0, "Threads that decode photos; 0 takes as many as the machine has processors.", low=0, high=64)
    device: str = _option(
        "auto",
        'Where photos are scored: "auto", the fastest there is, tries the graphics card first.',
        choices=("auto", "cpu", "cuda", "directml"),
    )
    pixel_cap_mp: int = _option(
        160, "Pictures of more megapixels are refused before they are decoded.", low=1, high=2000
    )
    thumbnail_cache_mb: int = _option(
        4096, "Megabytes of disk that thumbnails may take; the least recently used go first.", low=64, high=1_048_576
    )
    burst_gap_seconds: float = _option(
        2.0,
        "Seconds between two frames of a burst; frames that look almost the same may be up to 15 times as far apart.",
        low=0.0,
        high=60.0,
    )
    reopen: bool = _option(True, "Show every shoot as it was left, and begin with the one that was open last.")
    scores_hidden: bool = _option(False, "Hide every score and suggestion, for those who cull blind.")
    xmp_live: bool = _option(False, "Write a sidecar beside a photo whenever its flag, stars or colour change.")
    xmp_target: str = _option("adobe", "The program that sidecars are written for.", choices=XMP_TARGETS)
    auto_advance: bool = _option(False, "Go on to the next photo after every mark; with Shift a mark then stays.")
    keeper_stars: int = _option(
        0,
        "Stars from which a photo counts as a keeper, beside picks; with 0 only picks are keepers, and rejects never.",
        low=0,
        high=5,
    )
    language: str = _option(
        "system",
        "Language of the window. Reasons, critiques and messages about files are English whichever it is.",
        choices=LANGUAGES,
    )
    pack: str = _option(
        "", "The model pack that scores: a folder below models in the data folder; empty: the bundled one."
    )
    display_profile: str = _option(
        "", "File with the ICC profile of the screen, where the system does not apply it itself."
    )
    warnings: tuple[str, ...] = field(default=(), compare=False)
    """What `load` could not use, as sentences that name the field, the value and the file. Never saved."""

    @property
    def threads(self) -> int:
        """`jobs`, with 0 resolved to the processors of this machine; at least 1."""
        return self.jobs or os.cpu_count() or 1


def options() -> tuple[dataclasses.Field[Any], ...]:
    """The fields of Settings that are kept, in order, each with its `description` in the metadata."""
    return tuple(option for option in dataclasses.fields(Settings) if "description" in option.metadata)


def load(path: Path) -> Settings:
    """Settings as the file `path` has them; a missing file, a missing field or nonsense gives the default.

    Whatever was nonsense, or has a name that no setting has, is told in `Settings.warnings`. Nothing is raised.
    """
    try:
        table = toml_file.read(path)
    except (OSError, ValueError) as error:
        return Settings(
            warnings=(f"{path} cannot be read ({error}); the default settings are used. Correct the file.",)
        )
    values: dict[str, Any] = {}
    warnings = []
    for option in options():
        if option.name not in table:
            continue
        value = _accepted(option, table[option.name])
        if value is None:
            warnings.append(_complaint(option, table[option.name], path))
        else:
            values[option.name] = value
    unknown = [name for name in table if name not in {option.name for option in options()}]
    if unknown:
        warnings.append(_unknown(unknown, path))
    return Settings(**values, warnings=tuple(warnings))


def save(settings: Settings, path: Path) -> None:
    """Write `settings` to `path`: a temporary file, flushed, then renamed.

    Comments and fields that are not ours stay as they are. Raises StoreError where the file cannot be written.
    """
    import tomlkit
    import tomlkit.exceptions

    try:
        document = tomlkit.parse(path.read_bytes().decode("utf-8")) if path.exists() else tomlkit.document()
    except (OSError, UnicodeDecodeError, tomlkit.exceptions.ParseError):
        document = tomlkit.document()
    for option in options():
        if option.name not in document:
            document.add(tomlkit.comment(option.metadata["description"]))
        document[option.name] = getattr(settings, option.name)
    toml_file.write(path, document)


def _accepted(option: dataclasses.Field[Any], value: object) -> object | None:
    """`value` as the option's own type, or None where it makes no sense."""
    kind = type(option.default)
    if kind is float and type(value) is int:
        value = float(value)
    if type(value) is not kind:
        return None
    limits = option.metadata
    if "choices" in limits:
        return value if value in limits["choices"] else None
    if "low" in limits and isinstance(value, (int, float)) and not limits["low"] <= value <= limits["high"]:
        return None
    return value


def _complaint(option: dataclasses.Field[Any], value: object, path: Path) -> str:
    limits = option.metadata
    if "choices" in limits:
        allowed = "one of " + ", ".join(limits["choices"])
    elif "low" in limits:
        allowed = f"a number from {limits['low']} to {limits['high']}"
    else:
        allowed = "true or false"
    return f"{option.name} = {value!r} in {path} is not {allowed}; the default {option.default!r} is used."


def _unknown(names: Sequence[str], path: Path) -> str:
    """All of them in one sentence: a file of another version may have many."""
    import difflib

    known = [option.name for option in options()]
    near = {name: difflib.get_close_matches(name.lower(), known, 1) for name in names}
    told = (f"{name} (did you mean {near[name][0]}?)" if near[name] else name for name in names)
    return f"{path} names what is no setting: {', '.join(told)}. It stays there unused; correct the name or remove it."
