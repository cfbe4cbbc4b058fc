"""What a user can do, one small function each. Actions, menus and keys only call these."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QCoreApplication

from desktop.filters import Filter, SortKey
from desktop.session import Session
from engine.store.decisions import Change
from engine.types import Colour, Flag


class Desk(Protocol):
    """What the commands work at: the session, and the few things that only the window can do."""

    @property
    def session(self) -> Session:
        """The work itself."""

    @property
    def view(self) -> str:
        """ "grid" or "loupe" """

    @property
    def panels_shown(self) -> bool:
        """Whether the side panels are on the screen."""

    def show_view(self, view: str) -> None:
        """Put "grid" or "loupe" in the middle."""

    def choose_folder(self) -> Path | None:
        """Ask for a folder; None when the user thinks better of it."""

    def show_failures(self) -> None:
        """Show the photos that cannot be read."""

    def toggle_panels(self) -> None:
        """Hide or show the side panels."""


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
    """Decide about the active photo and say so; with `advance` the next photo becomes active."""
    session = desk.session
    card = session.mark(value)
    if card is None:
        session.said.emit(_tr("No photo is active"))
        return
    session.said.emit(_answer(value, card.path))
    row = session.model.row_of(card.path)
    # A photo that was filtered out has made room for the next one already.
    if advance and row is not None:
        session.place.go(row + 1)


def label(desk: Desk, colour: Colour, advance: bool = False) -> None:
    """Give the active photo a colour label; the same colour again takes it off."""
    card = desk.session.active
    has_it = card is not None and desk.session.decision(card.path).colour is colour
    mark(desk, Colour.NONE if has_it else colour, advance)


def undo(desk: Desk) -> None:
    """Take back the last decision."""
    changes = desk.session.undo()
    desk.session.said.emit(_tr("Undone: {}").format(_named(changes)) if changes else _tr("Nothing to undo"))


def redo(desk: Desk) -> None:
    """Make the last decision that was taken back again."""
    changes = desk.session.redo()
    desk.session.said.emit(_tr("Redone: {}").format(_named(changes)) if changes else _tr("Nothing to redo"))


# Moving and looking


def step(desk: Desk, rows: int) -> None:
    """Go some photos on, or back."""
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
    model = desk.session.model
    if model.row_of(path) is None:
        model.set_filter(Filter())
    row = model.row_of(path)
    if row is not None:
        desk.session.place.go(row)


def show_view(desk: Desk, view: str) -> None:
    """Put a view in the middle."""
    desk.show_view(view)


def toggle_scores(desk: Desk) -> None:
    """Hide every score and rank, or show them again."""
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


def _answer(value: Flag | int | Colour, path: Path) -> str:
    """ "Picked IMG_0412, Ctrl+Z" """
    return _tr("{} {}, Ctrl+Z").format(_deed(value), shown_name(path))


def _deed(value: Flag | int | Colour) -> str:
    if isinstance(value, Flag):
        return {Flag.PICK: _tr("Picked"), Flag.REJECT: _tr("Rejected"), Flag.NONE: _tr("Unflagged")}[value]
    if isinstance(value, Colour):
        return _tr("No colour:") if value is Colour.NONE else _tr("Labelled {}:").format(colour_name(value))
    return _tr("No stars:") if value == 0 else _tr("1 star:") if value == 1 else _tr("{} stars:").format(value)


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


def shown_name(path: Path) -> str:
    """A file's name without its suffix, printable whatever bytes it has."""
    return path.stem.encode("utf-8", "replace").decode()


def _named(changes: Sequence[Change]) -> str:
    """The photo that changed, or how many did."""
    touched = {change.path for change in changes}
    return shown_name(changes[0].path) if len(touched) == 1 else _tr("{} photos").format(len(touched))


def _tr(text: str) -> str:
    return QCoreApplication.translate("commands", text)
