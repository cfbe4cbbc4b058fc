"""One thing that a user can do, as menus and keys know it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desktop.desk import Desk


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:
    """Marks a text for translation, under the name that lupdate looks for; PySide6's own is typed to give an object."""
    return text


@dataclass(frozen=True, slots=True)
class Action:
    """Something a user can do, as menus and keys know it."""

    name: str
    menu: str
    text: str
    """English, a key for translation."""
    keys: tuple[str, ...]
    """Default keys, as QKeySequence writes them."""
    command: Callable[[Desk], None]
    icon: str | None = None
    is_on: Callable[[Desk], bool] | None = None
    """For actions with a state: whether it is on."""
    is_possible: Callable[[Desk], bool] | None = None
    """Whether the action would do anything now; None where it always may be tried."""
    in_views: bool = False
    """Its keys act only while a view has the keyboard: elsewhere they have their usual meaning."""
