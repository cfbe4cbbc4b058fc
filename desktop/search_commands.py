"""What a user can do to get to photos: search for words, and go to the next one that is not decided about."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desktop.desk import Desk


def search(desk: Desk) -> None:
    """Give the keyboard to the field for words."""
    desk.show_search()


def go_to_undecided(desk: Desk, step: int = 1) -> None:
    """Go to the next photo without a decision, or to the one before; after the last one begin again."""
    session = desk.session
    now = session.selection.currentIndex().row()
    row = session.model.undecided_row(now, step)
    if row is None:
        here = session.active
        is_open = here is not None and here.error is None and not session.culling.decision(here.path).is_made
        last = _tr("This is the last photo without a decision")
        session.said.emit(last if is_open else _tr("Every photo that is shown is decided about"))
        return
    desk.lineup.leave()
    if desk.view not in ("grid", "loupe"):
        desk.show_view("loupe")
    session.place.go(row)
    if (row - now) * step < 0:
        session.said.emit(_tr("Once more from the beginning") if step > 0 else _tr("Once more from the end"))


def _tr(text: str) -> str:
    return QCoreApplication.translate("commands", text)
