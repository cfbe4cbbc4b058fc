"""One thing that a user can do, as menus and keys know it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desktop.desk import Desk


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
