"""The actions of the window itself: full screen, and the models page."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.action import Action
from desktop.desk import Desk
from desktop.language import QT_TRANSLATE_NOOP


def table() -> Iterator[Action]:
    """In the order of the menus."""
    yield Action(
        "full_screen",
        "view",
        QT_TRANSLATE_NOOP("actions", "F&ull Screen"),
        ("F11",),
        _toggle_full_screen,
        "full-screen",
        is_on=_is_full_screen,
    )
    yield Action("models", "file", QT_TRANSLATE_NOOP("actions", "Model Pac&ks…"), ("Ctrl+P",), _show_models, "models")


def _toggle_full_screen(desk: Desk) -> None:
    desk.looks.toggle_full_screen()


def _show_models(desk: Desk) -> None:
    desk.looks.show_models()


def _is_full_screen(desk: Desk) -> bool:
    return desk.looks.is_full_screen
