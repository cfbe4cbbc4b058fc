"""What a user can do with a suggested selection: ask for it, look at runners-up, swap, accept, leave."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from desktop.desk import Desk
from desktop.obstacles import obstacle
from desktop.views.wording import shown_name
from engine.types import Card


def suggest(desk: Desk) -> None:
    """Suggest the best of the shoot for the goal, which then has the keyboard."""
    session = desk.session
    if session.model.scores_hidden:
        session.said.emit(_tr("Suggestions are hidden. Press H to show them"))
    elif not session.choosing.is_ready:
        session.said.emit(obstacle(session, desk.habits.key).removesuffix("."))
    else:
        desk.show_goal()


def go_to_runner_up(desk: Desk) -> None:
    """Go from a suggested photo to its runner-up, and from a runner-up back."""
    session, card = desk.session, desk.session.active
    if card is None:
        return
    choosing, name = session.choosing, shown_name(card.path)
    choice = choosing.choice(card.path)
    other = choosing.runner_up_of(card.path) if choice is None else choice.runner_up
    if other is not None:
        # What is suggested alone hides every runner-up.
        if session.model.row_of(other) is None and session.model.filter.suggested:
            session.model.set_filter(replace(session.model.filter, suggested=False))
        if session.place.reveal(other):
            words = _tr("{} is the runner-up of {}") if choice is not None else _tr("{} is suggested, {} its runner-up")
            session.said.emit(words.format(shown_name(other), name))
        else:
            session.said.emit(_tr("The filter hides {}. Ctrl+L shows every photo").format(shown_name(other)))
    elif choice is None:
        session.said.emit(_tr("{} is not suggested, and no runner-up").format(name))
    elif choosing.is_keeper(card.path):
        session.said.emit(_tr("{} is kept by you: it has no runner-up").format(name))
    else:
        session.said.emit(_tr("Nobody else may take the place of {}").format(name))


def swap(desk: Desk) -> None:
    """Put the runner-up in the place of the suggested photo, and go to it; on a runner-up, take it instead."""
    session, card = desk.session, desk.session.active
    if card is None:
        return
    choosing = session.choosing
    if choosing.is_busy:
        session.said.emit(_tr("The selection is being made, one moment"))
        return
    out = card.path if choosing.choice(card.path) is not None else choosing.runner_up_of(card.path)
    into = None if out is None else choosing.swap(out)
    if out is None or into is None:
        go_to_runner_up(desk)
        return
    session.place.reveal(into)
    session.said.emit(_tr("{} in the place of {}. The same key swaps back").format(shown_name(into), shown_name(out)))


def accept(desk: Desk) -> None:
    """Pick all that is suggested, as one step."""
    session = desk.session
    if session.choosing.is_busy:
        session.said.emit(_tr("The selection is being made, one moment"))
        return
    picked = session.choosing.accept()
    session.said.emit(
        _tr("Picked {}, Ctrl+Z").format(_photos(picked)) if picked else _tr("Everything was kept already")
    )


def leave(desk: Desk) -> None:
    """Suggest no selection any more; nothing is decided."""
    desk.session.choosing.leave()
    desk.session.said.emit(_tr("Left as it was"))


def can_answer(desk: Desk) -> bool:
    """Whether a suggested selection is shown, and its keys mean it."""
    return desk.session.choosing.is_on and not desk.session.model.scores_hidden


def can_escape(desk: Desk) -> bool:
    """Whether Escape leaves the suggestion: in the loupe it means the way back to the grid."""
    return can_answer(desk) and desk.view == "grid"


def _photos(cards: tuple[Card, ...]) -> str:
    return shown_name(cards[0].path) if len(cards) == 1 else _tr("%Ln photos", len(cards))


def _tr(text: str, count: int = -1) -> str:
    return QCoreApplication.translate("goal_commands", text, None, count)
