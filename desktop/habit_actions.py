"""The actions of what the user prefers: settings, keys, the first steps."""

from __future__ import annotations

from collections.abc import Iterator

from desktop import habit_commands
from desktop.action import Action
from desktop.desk import Desk
from desktop.language import QT_TRANSLATE_NOOP


def table() -> Iterator[Action]:
    """In the order of the menus."""
    act = habit_commands
    yield Action(
        "auto_advance",
        "edit",
        QT_TRANSLATE_NOOP("actions", "Auto-Ad&vance after a Mark"),
        ("A",),
        act.toggle_auto_advance,
        is_on=_advances,
    )
    yield Action(
        "preferences", "edit", QT_TRANSLATE_NOOP("actions", "Preferen&ces…"), ("Ctrl+,",), act.show_preferences
    )
    yield Action("keys", "help", QT_TRANSLATE_NOOP("actions", "&Keys"), ("?", "F1"), act.show_keys, "keyboard")
    yield Action("welcome", "help", QT_TRANSLATE_NOOP("actions", "&First Steps…"), (), act.show_welcome)


def _advances(desk: Desk) -> bool:
    return desk.session.settings.auto_advance
