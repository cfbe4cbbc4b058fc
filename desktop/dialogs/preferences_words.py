"""What the fields of the settings are called, where they stand, and when a change of them holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import Field, dataclass
from typing import Any

from PySide6.QtCore import QCoreApplication

from desktop.language import QT_TRANSLATE_NOOP, SYSTEM, name_of
from engine.export.targets import PRESETS, Target
from engine.settings import LANGUAGES

AT_ONCE = ""
NEXT_SHOOT = QT_TRANSLATE_NOOP("settings", "Holds for the next shoot that is opened or read again.")
NEXT_START = QT_TRANSLATE_NOOP("settings", "Holds from the next start.")
REST = "more"
"""The page of fields that this table does not know yet."""
PAGES: Mapping[str, str] = {
    "culling": QT_TRANSLATE_NOOP("settings", "Culling"),
    "metadata": QT_TRANSLATE_NOOP("settings", "Metadata"),
    "window": QT_TRANSLATE_NOOP("settings", "Window"),
    "machine": QT_TRANSLATE_NOOP("settings", "Speed and disk"),
    REST: QT_TRANSLATE_NOOP("settings", "More"),
}


@dataclass(frozen=True, slots=True)
class Wording:
    """How one field is shown."""

    page: str
    title: str
    """English, a key for translation, as are the other texts."""
    holds: str = NEXT_START
    lowest: str = ""
    """What the lowest number means, where it means something else than a number."""
    unit: str = ""
    choices: Mapping[str, str] | None = None


WORDINGS: Mapping[str, Wording] = {
    "auto_advance": Wording("culling", QT_TRANSLATE_NOOP("settings", "Go on after a mark"), AT_ONCE),
    "keeper_stars": Wording(
        "culling",
        QT_TRANSLATE_NOOP("settings", "Keepers"),
        AT_ONCE,
        QT_TRANSLATE_NOOP("settings", "Picks only"),
        QT_TRANSLATE_NOOP("settings", " stars or more, and picks"),
    ),
    "reopen": Wording("culling", QT_TRANSLATE_NOOP("settings", "Go on where you left"), AT_ONCE),
    "scores_hidden": Wording("culling", QT_TRANSLATE_NOOP("settings", "Hide scores"), AT_ONCE),
    "burst_gap_seconds": Wording(
        "culling",
        QT_TRANSLATE_NOOP("settings", "Time between frames of a burst"),
        AT_ONCE,
        unit=QT_TRANSLATE_NOOP("settings", " s"),
    ),
    "xmp_target": Wording(
        "metadata",
        QT_TRANSLATE_NOOP("settings", "Sidecars for"),
        AT_ONCE,
        choices={target.value: PRESETS[target].title for target in Target},
    ),
    "xmp_live": Wording("metadata", QT_TRANSLATE_NOOP("settings", "Write sidecars on every change"), AT_ONCE),
    "device": Wording(
        "machine",
        QT_TRANSLATE_NOOP("settings", "Score on"),
        choices={
            "auto": QT_TRANSLATE_NOOP("settings", "The fastest there is"),
            "cpu": QT_TRANSLATE_NOOP("settings", "The processor"),
            "cuda": QT_TRANSLATE_NOOP("settings", "NVIDIA card (CUDA)"),
            "directml": QT_TRANSLATE_NOOP("settings", "Graphics card on Windows (DirectML)"),
        },
    ),
    "jobs": Wording(
        "machine",
        QT_TRANSLATE_NOOP("settings", "Photos decoded at once"),
        NEXT_SHOOT,
        QT_TRANSLATE_NOOP("settings", "As many as processors"),
    ),
    "thumbnail_cache_mb": Wording(
        "machine",
        QT_TRANSLATE_NOOP("settings", "Disk for thumbnails"),
        unit=QT_TRANSLATE_NOOP("settings", " MB"),
    ),
    "pixel_cap_mp": Wording(
        "machine",
        QT_TRANSLATE_NOOP("settings", "Largest picture"),
        NEXT_SHOOT,
        unit=QT_TRANSLATE_NOOP("settings", " megapixels"),
    ),
    "language": Wording(
        "window",
        QT_TRANSLATE_NOOP("settings", "Language"),
        choices={
            SYSTEM: QT_TRANSLATE_NOOP("settings", "That of the system"),
            **{code: name_of(code) for code in LANGUAGES[1:]},
        },
    ),
    "display_profile": Wording("window", QT_TRANSLATE_NOOP("settings", "Profile of the screen"), AT_ONCE),
    "pack": Wording("machine", QT_TRANSLATE_NOOP("settings", "Model pack")),
}


def wording(option: Field[Any]) -> Wording:
    """How a field is shown; one that the table does not know is called by its name."""
    known = WORDINGS.get(option.name)
    return known or Wording(REST, option.name.replace("_", " ").capitalize())


def tr(text: str) -> str:
    """A text of the settings in the user's language."""
    return QCoreApplication.translate("settings", text) if text else ""
