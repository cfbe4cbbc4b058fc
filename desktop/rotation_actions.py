"""The actions that turn a photo."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from desktop import rotation_commands
from desktop.action import Action
from desktop.desk import Desk
from desktop.language import QT_TRANSLATE_NOOP


def table() -> Iterator[Action]:
    """In the order of the menu."""
    rows = (
        ("right", "R", QT_TRANSLATE_NOOP("actions", "Rotate Ri&ght"), 1),
        ("left", "Shift+R", QT_TRANSLATE_NOOP("actions", "Rotate &Left"), -1),
    )
    for name, key, text, quarters in rows:
        command = partial(rotation_commands.rotate, quarters=quarters)
        icon = f"rotate-{name}"
        yield Action(f"rotate.{name}", "edit", text, (key,), command, icon, is_possible=_has_active)


def _has_active(desk: Desk) -> bool:
    return desk.session.shoot is not None
