"""The actions of Compare and Survey, and of what is laid over photos."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from desktop import compare_commands
from desktop.action import Action
from desktop.desk import Desk
from desktop.language import QT_TRANSLATE_NOOP
from desktop.views.details import Information
from desktop.views.overlays import Overlay


def table() -> Iterator[Action]:
    """In the order of the menu."""
    act = compare_commands
    rows = (
        ("compare.pin", "L", QT_TRANSLATE_NOOP("actions", "Pin as Champ&ion"), act.pin, ("compare",)),
        ("compare.flip", "Y", QT_TRANSLATE_NOOP("actions", "&Flip Two Photos"), act.flip, ("loupe", "compare")),
        (
            "survey.drop",
            "Backspace",
            QT_TRANSLATE_NOOP("actions", "Ta&ke Out of View"),
            act.drop,
            ("compare", "survey"),
        ),
    )
    for name, key, text, command, views in rows:
        yield Action(name, "view", text, (key,), command, is_possible=partial(_is_in, views=views), in_views=True)
    overlays = (
        (Overlay.CLIPPING, "J", QT_TRANSLATE_NOOP("actions", "Show Clippi&ng")),
        (Overlay.PEAKING, "K", QT_TRANSLATE_NOOP("actions", "Show Sharp &Edges")),
        (Overlay.THIRDS, "O", QT_TRANSLATE_NOOP("actions", "Show &Thirds")),
        (Overlay.WHY, "W", QT_TRANSLATE_NOOP("actions", "Show &Why")),
    )
    for overlay, key, text in overlays:
        yield Action(
            f"overlay.{overlay}",
            "view",
            text,
            (key,),
            partial(act.toggle_overlay, overlay=overlay),
            is_on=partial(_is_laid, overlay=overlay),
            is_possible=partial(_is_in, views=("loupe", "compare")),
        )
    yield from _information()


def _information() -> Iterator[Action]:
    """One key goes round; each way has an entry of its own, ticked while it holds."""
    act, is_possible = compare_commands, partial(_is_in, views=("loupe", "compare"))
    text = QT_TRANSLATE_NOOP("actions", "&More or Less Information")
    yield Action("information.next", "view", text, ("I",), act.inform_next, is_possible=is_possible)
    ways = (
        (Information.LINE, QT_TRANSLATE_NOOP("actions", "Line &Below the Photo")),
        (Information.DETAILS, QT_TRANSLATE_NOOP("actions", "Line &and Details")),
        (Information.NOTHING, QT_TRANSLATE_NOOP("actions", "Photo Al&one")),
    )
    for information, title in ways:
        yield Action(
            f"information.{information}",
            "view",
            title,
            (),
            partial(act.inform, information=information),
            is_on=partial(_is_said, information=information),
            is_possible=is_possible,
        )


def _is_in(desk: Desk, views: tuple[str, ...]) -> bool:
    return desk.view in views


def _is_laid(desk: Desk, overlay: Overlay) -> bool:
    return overlay in desk.overlays.shown


def _is_said(desk: Desk, information: Information) -> bool:
    return desk.overlays.information is information
