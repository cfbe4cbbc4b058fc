"""What a user can do in Compare and Survey, and with what is laid over photos."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desktop.desk import Desk
from desktop.views.details import Information
from desktop.views.overlays import Overlay
from desktop.views.wording import shown_name


def pin(desk: Desk) -> None:
    """Make the active photo the champion; on the champion, let it go."""
    before = desk.lineup.champion
    champion = desk.lineup.pin()
    if champion is not None:
        name = shown_name(champion.path)
        desk.session.said.emit(_tr("{} is the champion: the arrow keys go through its challengers").format(name))
    elif before is not None:
        desk.session.said.emit(_tr("No champion any more"))
    else:
        desk.session.said.emit(_tr("There is no other photo to challenge this one"))


def flip(desk: Desk) -> None:
    """Have two photos take turns in one place."""
    desk.flip()


def drop(desk: Desk) -> None:
    """Take the active photo out of the view; nothing is decided about it."""
    card = desk.lineup.drop()
    if card is None:
        desk.session.said.emit(_tr("The last photo stays"))
    else:
        left = len(desk.lineup.cards)
        name = shown_name(card.path)
        desk.session.said.emit(_tr("{} is out of the view, {} left. Nothing was decided").format(name, left))


def toggle_overlay(desk: Desk, overlay: Overlay) -> None:
    """Lay something over the photos of Loupe and Compare, or take it off."""
    is_on = desk.overlays.toggle(overlay)
    words = {
        Overlay.CLIPPING: _tr("Clipping is shown: white is solid red, black striped blue"),
        Overlay.PEAKING: _tr("Sharp edges are shown in green"),
        Overlay.THIRDS: _tr("Thirds are shown"),
        Overlay.WHY: _tr("Shown: the subject, where the model looked, and what is off"),
    }
    off = {
        Overlay.CLIPPING: _tr("Clipping is hidden"),
        Overlay.PEAKING: _tr("Sharp edges are hidden"),
        Overlay.THIRDS: _tr("Thirds are hidden"),
        Overlay.WHY: _tr("The reasons are hidden"),
    }
    desk.session.said.emit(words[overlay] if is_on else off[overlay])


def inform(desk: Desk, information: Information) -> None:
    """Say so much of the photos of Loupe and Compare."""
    desk.overlays.inform(information)
    words = {
        Information.LINE: _tr("Information: a line below the photo"),
        Information.DETAILS: _tr("Information: the line, and details over the photo"),
        Information.NOTHING: _tr("No information: the photo has all the room"),
    }
    desk.session.said.emit(words[information])


def inform_next(desk: Desk) -> None:
    """The line below, details over the photo too, nothing at all, and round again."""
    inform(desk, desk.overlays.information.following)


def _tr(text: str) -> str:
    return QCoreApplication.translate("compare_commands", text)
