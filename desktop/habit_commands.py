"""What a user does to have the window their own way, one small function each."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desktop.desk import Desk


def toggle_auto_advance(desk: Desk) -> None:
    """Go on to the next photo after every mark, or no longer; that is kept for the next start."""
    session = desk.session
    on = not session.settings.auto_advance
    session.preferences.change(auto_advance=on)
    session.said.emit(
        _tr("After a mark the next photo; with Shift a mark stays") if on else _tr("After a mark the photo stays")
    )


def show_preferences(desk: Desk) -> None:
    """Show what can be chosen, the keys with it."""
    desk.habits.show_preferences()


def show_keys(desk: Desk) -> None:
    """Lay the keys over the window, or take them away again."""
    desk.habits.show_keys()


def show_welcome(desk: Desk) -> None:
    """Ask what is asked at the first start."""
    desk.habits.show_welcome()


def _tr(text: str) -> str:
    return QCoreApplication.translate("commands", text)
