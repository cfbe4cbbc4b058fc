"""Turning photos: the view at once, and what programs are told of how a photo lies."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication

from desktop.desk import Answer, Desk, Proposal
from desktop.language import grouped
from desktop.views.wording import shown_name
from engine.store.decisions import Origin
from engine.types import Card


def rotate(desk: Desk, quarters: int) -> None:
    """Turn the active photo by so many quarters clockwise; where more are selected, ask which are meant."""
    session = desk.session
    active = session.active
    if active is None:
        session.said.emit(_tr("No photo is active"))
    elif session.place.chosen_count > 1:
        _propose_for_all(desk, quarters, active)
    else:
        _turn(desk, quarters, [active])


def _turn(desk: Desk, quarters: int, cards: Sequence[Card]) -> None:
    origin = Origin.KEY if len(cards) == 1 else Origin.BULK
    desk.session.culling.turn(quarters, cards, origin)
    whom = shown_name(cards[0].path) if len(cards) == 1 else _tr("%Ln photos", len(cards))
    answer = _tr("Rotated {} right, Ctrl+Z") if quarters > 0 else _tr("Rotated {} left, Ctrl+Z")
    desk.session.said.emit(answer.format(whom))


def _propose_for_all(desk: Desk, quarters: int, active: Card) -> None:
    cards = desk.session.place.chosen
    count, name = grouped(len(cards)), shown_name(active.path)
    right = quarters > 0
    title = _tr("Rotate all {} selected photos right?") if right else _tr("Rotate all {} selected photos left?")
    answers = (
        Answer(_tr("Rotate {} photos").format(count), partial(_turn, desk, quarters, cards)),
        Answer(_tr("Only {}").format(name), partial(_turn, desk, quarters, [active])),
    )
    desk.propose(Proposal(title.format(count), _tr("One step, Ctrl+Z takes it back."), answers))


def _tr(text: str, count: int = -1) -> str:
    return QCoreApplication.translate("rotation_commands", text, None, count)
