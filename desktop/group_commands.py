"""What a user can do with bursts: open and close stacks, split and join groups, go to the suggested best."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desktop.desk import Answer, Desk, Proposal
from desktop.language import grouped
from desktop.suggestions import Suggestion, suggest
from desktop.views.wording import shown_name
from engine.judge import hand_groups
from engine.store.decisions import Change, Origin
from engine.types import Card, Flag, GroupKind

# Stacks


def toggle_stack(desk: Desk) -> None:
    """Close the stack that the active photo is in to its best photo, or open it."""
    model, card = desk.session.model, _active(desk)
    if card is None:
        return
    size = model.size(card)
    if card.group is None or size < 2:
        desk.session.said.emit(_tr("{} stands in no stack").format(shown_name(card.path)))
    elif model.is_closed(card):
        model.open_stacks([card.group])
        desk.session.said.emit(_tr("The stack of {} is open").format(size))
    else:
        model.close_stacks([card.group])
        desk.session.said.emit(_tr("The stack of {} is closed to its best photo").format(size))


def toggle_stacks(desk: Desk) -> None:
    """Close every stack; where all are closed, open them."""
    model = desk.session.model
    stacks, closed = model.stacks, model.closed_stacks
    if not stacks:
        desk.session.said.emit(_tr("There are no stacks in this shoot"))
    elif stacks == closed:
        model.open_stacks(stacks)
        desk.session.said.emit(_tr("%Ln stacks are open", len(stacks)))
    else:
        model.close_stacks(stacks)
        desk.session.said.emit(_tr("%Ln stacks are closed to their best photos", len(stacks)))


# Groups by hand


def join(desk: Desk) -> None:
    """Put the selected photos into one group; a closed stack goes as a whole."""
    session = desk.session
    chosen: dict[str, Card] = {}
    for card in session.place.chosen:
        members = session.model.siblings(card) if session.model.is_closed(card) else [card]
        chosen |= {str(member.path): member for member in members}
    if len(chosen) < 2:
        session.said.emit(_tr("Select the photos to join first: Shift or Ctrl and a click, or Shift and an arrow key"))
        return
    _answer(desk, session.culling.put_in_groups(hand_groups.join(list(chosen.values()))), _tr("Joined {}, Ctrl+Z"))


def split(desk: Desk) -> None:
    """Cut the group of the active photo in two; the active photo begins the second."""
    session, card = desk.session, _active(desk)
    if card is None:
        return
    try:
        groups = hand_groups.split(session.model.siblings(card), card.path)
    except ValueError as error:
        session.said.emit(str(error))
        return
    _answer(desk, session.culling.put_in_groups(groups), _tr("Split {}, Ctrl+Z"))


def group_automatically(desk: Desk) -> None:
    """Give the group of the active photo back to the machine's grouping."""
    session, card = desk.session, _active(desk)
    if card is None:
        return
    by_hand = [member for member in session.model.siblings(card) if session.culling.decision(member.path).group]
    changes = session.culling.put_in_groups(hand_groups.automatic(by_hand))
    if not by_hand:
        session.said.emit(_tr("{} is in no group that was made by hand").format(shown_name(card.path)))
    else:
        _answer(desk, changes, _tr("Grouped {} automatically, Ctrl+Z"))


# The suggested best


def go_to_best(desk: Desk) -> None:
    """Go to the suggested best photo of the burst, and show what accepting it would do."""
    session, card = desk.session, _active(desk)
    if card is None:
        return
    if session.model.scores_hidden:
        session.said.emit(_tr("Suggestions are hidden. Press H to show them"))
        return
    found = suggest(session.model, card)
    if found is None:
        session.said.emit(_tr("{} is in no burst that is ranked").format(shown_name(card.path)))
    elif not session.place.reveal(found.best.path):
        name = shown_name(found.best.path)
        session.said.emit(_tr("The filter hides {}, the best of this burst. Ctrl+L shows every photo").format(name))
    elif session.choosing.is_keeper(found.best.path):
        session.said.emit(_tr("{}, the best of this burst, is kept already").format(shown_name(found.best.path)))
    else:
        desk.propose(_proposal(desk, found))


def _proposal(desk: Desk, found: Suggestion) -> Proposal:
    name = shown_name(found.best.path)

    def pick() -> None:
        desk.session.culling.mark(Flag.PICK, [found.best], Origin.ACCEPTED)
        desk.session.said.emit(_tr("Picked {}, Ctrl+Z").format(name))

    effect = _tr("Only {} is marked. Nothing is rejected: the rest of the burst stays as it is.").format(name)
    if desk.session.culling.decision(found.best.path).flag is Flag.REJECT:
        effect = _tr("{} is rejected now and would be picked instead. Nothing else changes.").format(name)
    detail = effect if found.reason is None else f"{found.reason[:1].upper()}{found.reason[1:]}.\n{effect}"
    title = _tr("Pick {}, the suggested best of {}?").format(name, found.size)
    return Proposal(title, detail, (Answer(_tr("Pick {}").format(name), pick),))


# The rest of the burst


def reject_rest(desk: Desk, picks: bool = False) -> None:
    """Reject every other photo of the burst, as one step; with `picks` the active one is picked."""
    session, card = desk.session, _active(desk)
    if card is None:
        return
    rest = [sibling for sibling in session.model.siblings(card) if sibling.path != card.path]
    if not rest:
        session.said.emit(_tr("{} is in no burst").format(shown_name(card.path)))
    elif card.group_kind is not GroupKind.BURST:
        kind = _tr("panorama") if card.group_kind is GroupKind.PANORAMA else _tr("bracket")
        session.said.emit(_tr("The frames of a {} belong together: none is rejected").format(kind))
    else:
        session.culling.reject_rest(card, rest, picks=picks)
        rejected = grouped(len(rest))
        both = _tr("Picked {}, rejected {}, Ctrl+Z").format(shown_name(card.path), rejected)
        session.said.emit(both if picks else _tr("Rejected {}, Ctrl+Z").format(rejected))


# Going through bursts


def step_group(desk: Desk, step: int) -> None:
    """Go to the first photo of the next burst, or of the one before."""
    if not desk.session.place.step_group(step):
        desk.session.said.emit(_tr("This is the last burst") if step > 0 else _tr("This is the first burst"))


def step_inside(desk: Desk, step: int) -> None:
    """Go to the next photo of the same burst, or to the one before; a closed stack opens."""
    session, card = desk.session, _active(desk)
    if card is None:
        return
    if session.model.is_closed(card) and card.group is not None:
        session.model.open_stacks([card.group])
    if not session.place.step_inside(step):
        last, first = _tr("{} is the last of its burst"), _tr("{} is the first of its burst")
        session.said.emit((last if step > 0 else first).format(shown_name(card.path)))


# Words


def _active(desk: Desk) -> Card | None:
    """The active photo; says so where there is none."""
    if desk.session.active is None:
        desk.session.said.emit(_tr("No photo is active"))
    return desk.session.active


def _answer(desk: Desk, changes: tuple[Change, ...], words: str) -> None:
    if not changes:
        desk.session.said.emit(_tr("They are one group already"))
        return
    count = len({change.path for change in changes})
    desk.session.said.emit(words.format(_tr("%Ln photos", count)))


def _tr(text: str, count: int = -1) -> str:
    return QCoreApplication.translate("group_commands", text, None, count)
