"""What commands work at, and what they can ask before they act."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from desktop.lineup import Lineup
from desktop.rejecting import Act
from desktop.session import Session
from desktop.views.overlays import Overlays


@dataclass(frozen=True, slots=True)
class Answer:
    """One way to go on."""

    text: str
    act: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What would happen, shown before it does. Enter takes the first answer, Escape none."""

    title: str
    detail: str
    answers: tuple[Answer, ...]


class Habits(Protocol):
    """How the user likes to work."""

    def key(self, action: str) -> str:
        """The first key of an action, as it now is; empty where it has none."""

    def show_preferences(self) -> None:
        """Show what can be chosen, the keys with it."""

    def show_keys(self) -> None:
        """Lay the keys as they now are over the window, or take them away again."""

    def show_welcome(self) -> None:
        """Ask what is asked at the first start."""


class Looks(Protocol):
    """What is about the window itself."""

    @property
    def is_full_screen(self) -> bool:
        """Whether nothing but the window is on the screen."""

    def toggle_full_screen(self) -> None:
        """Give the window the whole screen, or as much as it had before."""

    def show_models(self) -> None:
        """Show the model packs."""


class Desk(Protocol):
    """The session, and the few things that only the window can do."""

    @property
    def session(self) -> Session:
        """The work itself."""

    @property
    def habits(self) -> Habits:
        """How the user likes to work."""

    @property
    def looks(self) -> Looks:
        """What is about the window itself."""

    @property
    def view(self) -> str:
        """ "grid", "loupe", "compare" or "survey" """

    @property
    def lineup(self) -> Lineup:
        """The photos of Compare and Survey."""

    @property
    def overlays(self) -> Overlays:
        """What is laid over photos."""

    @property
    def panels_shown(self) -> bool:
        """Whether the side panels are on the screen."""

    @property
    def has_proposal(self) -> bool:
        """Whether a proposal waits for its answer."""

    def show_view(self, view: str) -> None:
        """Put "grid", "loupe", "compare" or "survey" in the middle."""

    def flip(self) -> None:
        """Have two photos take turns in one place, in Compare and in the loupe."""

    def choose_folder(self) -> Path | None:
        """Ask for a folder; None when the user thinks better of it."""

    def show_failures(self) -> None:
        """Show the photos that cannot be read."""

    def show_clocks(self) -> None:
        """Show what the clocks of the cameras are corrected by."""

    def show_export(self) -> None:
        """Show what can be exported, and how."""

    def show_metadata_writing(self) -> None:
        """Show what would be written into sidecars."""

    def show_metadata_reading(self) -> None:
        """Read what the files say, and show where they disagree."""

    def show_rejected(self, act: Act) -> None:
        """Show what would be done with the rejected photos."""

    def show_goal(self) -> None:
        """Suggest the best of the shoot, and give the goal the keyboard."""

    def show_search(self) -> None:
        """Give the keyboard to the field for words."""

    def show_face(self, step: int) -> bool:
        """Show the next face of the active photo (`step` 1), or the one before (-1), large; False where it has none."""

    def toggle_panels(self) -> None:
        """Hide or show the side panels."""

    def propose(self, proposal: Proposal) -> None:
        """Show what would happen and wait for an answer; going to another photo is none."""

    def accept(self) -> None:
        """Take the first answer of the proposal, or the one that has the keyboard."""

    def dismiss(self) -> None:
        """Take none."""
