"""The actions of metadata that travels."""

from __future__ import annotations

from collections.abc import Iterator

from desktop import metadata_commands
from desktop.action import Action
from desktop.desk import Desk
from desktop.language import QT_TRANSLATE_NOOP


def table() -> Iterator[Action]:
    """In the order of the menu."""
    yield Action(
        "metadata.write",
        "file",
        QT_TRANSLATE_NOOP("actions", "&Write Metadata…"),
        ("Ctrl+M",),
        metadata_commands.show_write,
        is_possible=_has_photos,
    )
    yield Action(
        "metadata.read",
        "file",
        QT_TRANSLATE_NOOP("actions", "Read Metad&ata…"),
        ("Ctrl+Shift+M",),
        metadata_commands.show_read,
        is_possible=_has_photos,
    )
    yield Action(
        "metadata.live",
        "file",
        QT_TRANSLATE_NOOP("actions", "Write Sidecars on E&very Change"),
        (),
        metadata_commands.toggle_live,
        is_on=lambda desk: desk.session.metadata.is_live,
    )


def _has_photos(desk: Desk) -> bool:
    shoot = desk.session.shoot
    return shoot is not None and bool(shoot.photos)
