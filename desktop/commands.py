"""What a user can do, one small function each. Actions, menus and keys only call these."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from desktop import goal_commands
from desktop.desk import Answer, Desk, Proposal
from desktop.filters import Filter, SortKey
from desktop.language import grouped
from desktop.rejecting import Act
from desktop.views.wording import shown_name
from engine.store.decisions import Change, Origin
from engine.types import Card, Colour, Flag

# Shoots


def open_folder(desk: Desk) -> None:
    """Ask for a folder and open it as a shoot."""
    folder = desk.choose_folder()
    if folder is not None:
        desk.session.open([folder])


def open_folders(desk: Desk, folders: Sequence[Path]) -> None:
    """Open folders as one shoot."""
    desk.session.open(folders)


def reload(desk: Desk) -> None:
    """List the folders again, for files that came or changed."""
    desk.session.retry()


def open_sample(desk: Desk) -> None:
    """Make the sample shoot and open it."""
    desk.session.open_sample()
    desk.session.said.emit(_tr("The sample shoot is being made, which takes some seconds"))


def pause_or_resume(desk: Desk) -> None:
    """Hold the run, or let it go on."""
    if desk.session.is_paused:
        desk.session.resume()
    else:
        desk.session.pause()


def stop(desk: Desk) -> None:
    """End the run; what it has scored is saved."""
    desk.session.cancel()


def retry(desk: Desk, paths: Sequence[Path]) -> None:
    """Read photos that could not be read once more."""
    desk.session.retry(paths)


def show_failures(desk: Desk) -> None:
    """Show the photos that cannot be read, each with its reason."""
    desk.show_failures()


# Decisions


def mark(desk: Desk, value: Flag | int | Colour, advance: bool = False) -> None:
    """Decide about the active photo and say so; with `advance` the next photo becomes active.

    With auto-advance it is the other way round: a mark goes on, and with `advance`, that is Shift, the photo stays.
    Where more photos than one are selected, which the window says, all of them are meant: that is asked first.
    """
    session = desk.session
    if session.place.chosen_count > 1:
        _propose_for_all(desk, value)
        return
    marked = session.culling.mark(value)
    if not marked:
        session.said.emit(_tr("No photo is active"))
        return
    session.said.emit(_answer(value, shown_name(marked[0].path)))
    row = session.model.row_of(marked[0].path)
    # A photo that was filtered out has made room for the next one already.
    if advance != session.settings.auto_advance and row is not None:
        step(desk, 1)


def label(desk: Desk, colour: Colour, advance: bool = False) -> None:
    """Give the active photo a colour label; the same colour again takes it off."""
    card = desk.session.active
    has_it = card is not None and desk.session.culling.decision(card.path).colour is colour
    mark(desk, Colour.NONE if has_it else colour, advance)


def undo(desk: Desk) -> None:
    """Take back the last decision."""
    changes = desk.session.culling.undo()
    desk.session.said.emit(_tr("Undone: {}").format(_named(changes)) if changes else _tr("Nothing to undo"))


def redo(desk: Desk) -> None:
    """Make the last decision that was taken back again."""
    changes = desk.session.culling.redo()
    desk.session.said.emit(_tr("Redone: {}").format(_named(changes)) if changes else _tr("Nothing to redo"))


def accept(desk: Desk) -> None:
    """Do what was proposed."""
    desk.accept()


def dismiss(desk: Desk) -> None:
    """Do nothing of what was proposed, or suggested for the goal."""
    if desk.has_proposal:
        desk.dismiss()
    else:
        goal_commands.leave(desk)


def choose_all(desk: Desk) -> None:
    """Select every photo that is shown."""
    desk.session.place.choose_all()


def _propose_for_all(desk: Desk, value: Flag | int | Colour) -> None:
    """Ask whether a mark means all the selected photos, with their number, or the active one alone."""
    session = desk.session
    cards, active = session.place.chosen, session.active

    def do(marked: Sequence[Card], words: str) -> None:
        session.culling.mark(value, marked, Origin.BULK if len(marked) > 1 else Origin.KEY)
        session.said.emit(_answer(value, words))

    everyone = _tr("%Ln photos", len(cards))
    answers = [Answer(_tr("{} {}").format(_order(value), everyone), partial(do, cards, everyone))]
    if active is not None:
        name = shown_name(active.path)
        answers.append(Answer(_tr("Only {}").format(name), partial(do, [active], name)))
    title = _tr("{} all {} selected photos?").format(_order(value), grouped(len(cards)))
    desk.propose(Proposal(title, _tr("One step, Ctrl+Z takes it back."), tuple(answers)))


# Moving and looking


def step(desk: Desk, rows: int) -> None:
    """Go some photos on, or back; in Compare and Survey among those that stand there."""
    if desk.lineup.is_on:
        desk.lineup.step(rows)
        return
    current = desk.session.selection.currentIndex()
    desk.session.place.go(current.row() + rows if current.isValid() else 0)


def go_to_first(desk: Desk) -> None:
    """Go to the first photo."""
    desk.session.place.go(0)


def go_to_last(desk: Desk) -> None:
    """Go to the last photo."""
    desk.session.place.go(desk.session.model.rowCount() - 1)


def show_photo(desk: Desk, path: Path) -> None:
    """Make a photo active; the filter is lifted where it hides it."""
    if not desk.session.place.reveal(path):
        desk.session.model.set_filter(Filter())
        desk.session.place.reveal(path)


def show_view(desk: Desk, view: str) -> None:
    """Put a view in the middle."""
    desk.show_view(view)


def show_face(desk: Desk, step: int = 1) -> None:
    """Go to the next face of the active photo at 100 %, or to the one before."""
    card = desk.session.active
    if card is None:
        desk.session.said.emit(_tr("No photo is active"))
    elif not desk.show_face(step):
        desk.session.said.emit(_tr("No faces in {}").format(shown_name(card.path)))


def show_clocks(desk: Desk) -> None:
    """Show what the clocks of the cameras are corrected by."""
    desk.show_clocks()


def show_export(desk: Desk) -> None:
    """Show what can be exported, and how."""
    desk.show_export()


def show_rejected(desk: Desk, act: Act) -> None:
    """Show what would be done with the rejected photos."""
    desk.show_rejected(act)


def toggle_scores(desk: Desk) -> None:
    """Hide every score, rank and suggestion, or show them again."""
    desk.dismiss()
    model = desk.session.model
    model.scores_hidden = not model.scores_hidden
    desk.session.said.emit(_tr("Scores are hidden") if model.scores_hidden else _tr("Scores are shown"))


def toggle_panels(desk: Desk) -> None:
    """Hide or show the side panels."""
    desk.toggle_panels()


# Filter and sort


def sort_by(desk: Desk, key: SortKey) -> None:
    """Sort by another key, in its natural direction."""
    desk.session.model.arrange(key)


def reverse_order(desk: Desk) -> None:
    """Turn the order round."""
    model = desk.session.model
    model.arrange(model.sort_key, not model.descending)


def clear_filter(desk: Desk) -> None:
    """Show every photo."""
    desk.session.model.set_filter(Filter())


def toggle_undecided(desk: Desk) -> None:
    """Show only photos without a decision, or no longer only those."""
    model = desk.session.model
    model.set_filter(replace(model.filter, undecided=not model.filter.undecided))


# Words


def _answer(value: Flag | int | Colour, whom: str) -> str:
    """ "Picked IMG_0412, Ctrl+Z" """
    return _tr("{} {}, Ctrl+Z").format(_deed(value), whom)


def _order(value: Flag | int | Colour) -> str:
    """ "Pick", as the beginning of a question and on a button."""
    if isinstance(value, Flag):
        return {Flag.PICK: _tr("Pick"), Flag.REJECT: _tr("Reject"), Flag.NONE: _tr("Unflag")}[value]
    if isinstance(value, Colour):
        return _tr("No colour for") if value is Colour.NONE else _tr("Label {}:").format(colour_name(value))
    return _tr("%n stars for", value) if value else _tr("No stars for")


def _deed(value: Flag | int | Colour) -> str:
    if isinstance(value, Flag):
        return {Flag.PICK: _tr("Picked"), Flag.REJECT: _tr("Rejected"), Flag.NONE: _tr("Unflagged")}[value]
    if isinstance(value, Colour):
        return _tr("No colour:") if value is Colour.NONE else _tr("Labelled {}:").format(colour_name(value))
    return _tr("%n stars:", value) if value else _tr("No stars:")


def colour_name(colour: Colour) -> str:
    """What a colour label is called."""
    return {
        Colour.NONE: _tr("no colour"),
        Colour.RED: _tr("red"),
        Colour.YELLOW: _tr("yellow"),
        Colour.GREEN: _tr("green"),
        Colour.BLUE: _tr("blue"),
        Colour.PURPLE: _tr("purple"),
    }[colour]


def _named(changes: Sequence[Change]) -> str:
    """The photo that changed, or how many did."""
    touched = {change.path for change in changes}
    return shown_name(changes[0].path) if len(touched) == 1 else _tr("%Ln photos", len(touched))


def _tr(text: str, count: int = -1) -> str:
    return QCoreApplication.translate("commands", text, None, count)
