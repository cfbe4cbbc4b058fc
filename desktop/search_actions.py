"""The actions of search, and of going to what is not decided about."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from desktop import search_commands
from desktop.action import Action
from desktop.desk import Desk
from desktop.language import QT_TRANSLATE_NOOP


def table() -> Iterator[Action]:
    """In the order of the menus."""
    act = search_commands
    yield Action(
        "search",
        "edit",
        QT_TRANSLATE_NOOP("actions", "&Find by Words…"),
        ("Ctrl+F",),
        act.search,
        "search",
        None,
        _has_shoot,
    )
    rows = (
        ("undecided", ".", QT_TRANSLATE_NOOP("actions", "Next Without &Decision"), 1),
        ("undecided.back", ",", QT_TRANSLATE_NOOP("actions", "Previous Wi&thout Decision"), -1),
    )
    for name, key, text, step in rows:
        yield Action(f"go.{name}", "go", text, (key,), partial(act.go_to_undecided, step=step))


def _has_shoot(desk: Desk) -> bool:
    return desk.session.shoot is not None
