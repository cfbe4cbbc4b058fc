"""Keys as other programs have them, for those of our actions that the program has too. The rest keep our own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication

from desktop.language import QT_TRANSLATE_NOOP

USUAL = "lightroom"
"""The preset whose keys are those of the table of actions."""


@dataclass(frozen=True, slots=True)
class KeyPreset:
    """The keys of one program."""

    title: str
    note: str
    """English, a key for translation: what is as in that program, and what is not."""
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Action -> its keys, in place of those in the table. Whoever else had one of them by default loses it."""

    @property
    def explained(self) -> str:
        """The note in the user's language."""
        return QCoreApplication.translate("keys", self.note)


PRESETS: Mapping[str, KeyPreset] = {
    USUAL: KeyPreset(
        "Lightroom",
        QT_TRANSLATE_NOOP(
            "keys",
            "Flags, stars, colours, views, Z, Tab, S and J as in Lightroom Classic; faces, bursts and the goal have "
            "keys of our own.",
        ),
    ),
    "photomechanic": KeyPreset(
        "Photo Mechanic",
        QT_TRANSLATE_NOOP(
            "keys",
            "T picks what Photo Mechanic tags. A digit is a colour class: 0 none, 1 purple, 2 red, 4 yellow, 5 green, "
            "7 blue; 3, 6 and 8 have no colour here. Ctrl and a digit give stars, Ctrl+R previews. Photo Mechanic has "
            "no reject: that stays X.",
        ),
        {
            "flag.pick": ("T",),
            **{f"stars.{count}": (f"Ctrl+{count}",) for count in range(6)},
            "colour.none": ("0",),
            "colour.purple": ("1",),
            "colour.red": ("2",),
            "colour.yellow": ("4",),
            "colour.green": ("5",),
            "colour.blue": ("7",),
            "view.loupe": ("Ctrl+R", "E"),
        },
    ),
    "darktable": KeyPreset(
        "darktable",
        QT_TRANSLATE_NOOP(
            "keys",
            "R rejects, F1 to F5 are the colours red, yellow, green, blue and purple, digits are stars, X is Compare, "
            "which darktable calls culling, and ] and [ rotate. darktable has no pick: that stays P. Ctrl+F5 reads the "
            "folder again.",
        ),
        {
            "flag.reject": ("R",),
            "colour.red": ("F1",),
            "colour.yellow": ("F2",),
            "colour.green": ("F3",),
            "colour.blue": ("F4",),
            "colour.purple": ("F5",),
            "view.compare": ("X", "C"),
            "rotate.right": ("]",),
            "rotate.left": ("[",),
            "reload": ("Ctrl+F5",),
        },
    ),
    "digikam": KeyPreset(
        "digiKam",
        QT_TRANSLATE_NOOP(
            "keys",
            "Alt and a digit are pick labels: 0 none, 1 rejected, 3 accepted; pending has no counterpart. Ctrl and a "
            "digit give stars, Ctrl+Alt and a digit colours: 0 none, 1 red, 3 yellow, 4 green, 5 blue, 6 magenta. F3 "
            "previews, L is Compare, their light table; Shift+L pins the champion.",
        ),
        {
            "flag.pick": ("Alt+3",),
            "flag.reject": ("Alt+1",),
            "flag.none": ("Alt+0",),
            **{f"stars.{count}": (f"Ctrl+{count}",) for count in range(6)},
            "colour.none": ("Ctrl+Alt+0",),
            "colour.red": ("Ctrl+Alt+1",),
            "colour.yellow": ("Ctrl+Alt+3",),
            "colour.green": ("Ctrl+Alt+4",),
            "colour.blue": ("Ctrl+Alt+5",),
            "colour.purple": ("Ctrl+Alt+6",),
            "view.loupe": ("F3", "E"),
            "view.compare": ("L", "C"),
            "compare.pin": ("Shift+L",),
        },
    ),
}
"""Looked up in the manuals of Photo Mechanic 5 and 6, darktable 3 and 4, and digiKam's own table of actions."""
