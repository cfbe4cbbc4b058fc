"""A suggested selection: made on a job's thread for the newest wish, shown until it is accepted or left."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from desktop.cards import CardModel
from desktop.culling import Culling
from desktop.goals import FILE_NAME, Goals
from desktop.jobs import Job, in_words, let_go
from desktop.preferences import Preferences
from engine.errors import StoreError
from engine.judge.keepers import is_keeper
from engine.judge.selection import Choice, Goal, Selection, Selector
from engine.store.decisions import Origin
from engine.types import Card, Decision, Flag

GATHER_MS = 120
"""Marks that come one after the other change the suggestion once."""
USUAL_SHARE = 10
"""Where nothing was asked for yet, one photo of so many is."""


@dataclass(frozen=True, slots=True)
class Material:
    """A shoot as it stood when a selection was asked for."""

    cards: Sequence[Card]
    decisions: Mapping[Path, Decision]
    keeper_stars: int


class Chooser:
    """Makes selections; photos are compared once for each material. For one job at a time."""

    def __init__(self) -> None:
        self._material: Material | None = None
        self._selector: Selector | None = None

    def steps(self, material: Material, goal: Goal, swaps: Mapping[Path, Path]) -> Iterator[Selection]:
        """The selection, as the only step. Raises SpaceMismatch."""
        if self._selector is None or material is not self._material:
            self._selector = Selector(material.cards, material.decisions, material.keeper_stars)
            self._material = material
        yield self._selector.best(goal, swaps)


@dataclass(frozen=True, slots=True)
class _Wish:
    goal: Goal
    swaps: Mapping[Path, Path] = field(default_factory=dict)
    """Chosen photo -> the runner-up that stands in its place."""


class Choosing(QObject):
    """What would be chosen for a goal, as it stands in the model: a suggestion, and no decision until `accept`."""

    changed = Signal()
    """What is suggested, or whether something is, or whether it is being made."""
    goal_changed = Signal()
    warned = Signal(str)

    def __init__(
        self,
        culling: Culling,
        model: CardModel,
        preferences: Preferences,
        home: Path,
        parent: QObject | None = None,
    ) -> None:
        """`home` is where goals are remembered."""
        super().__init__(parent)
        self._culling, self._model, self._preferences = culling, model, preferences
        self._goals = Goals(home / FILE_NAME)
        self._chooser = Chooser()
        self._folders: tuple[Path, ...] = ()
        self._goal: Goal | None = None
        self._kept: Goal | None = None
        self._wish: _Wish | None = None
        self._under_way: _Wish | None = None
        self._made_for: _Wish | None = None
        self._material: Material | None = None
        self._selection: Selection | None = None
        self._choices: dict[Path, Choice] = {}
        self._job: Job | None = None
        self._gathering = QTimer(self)
        self._gathering.setSingleShot(True)
        self._gathering.setInterval(GATHER_MS)
        self._gathering.timeout.connect(self._start)
        culling.decided.connect(self.renew)
        preferences.changed.connect(self._renew_if_others_count)

    # What is suggested

    @property
    def goal(self) -> Goal | None:
        """What is asked of the open shoot; None where nothing was yet."""
        return self._goal

    @property
    def usual(self) -> Goal:
        """What is asked for where nothing was yet."""
        return Goal(max(self.most // USUAL_SHARE, 1))

    @property
    def most(self) -> int:
        """As many photos as can be asked for: all of the shoot that can be read."""
        counts = self._model.counts()
        return max(counts.photos - counts.unreadable, 1)

    @property
    def is_on(self) -> bool:
        """Whether a suggestion is shown or being made."""
        return self._wish is not None

    @property
    def is_busy(self) -> bool:
        """Whether a newer suggestion than the one that is shown is being made."""
        return self._wish != self._made_for

    @property
    def is_ready(self) -> bool:
        """Whether the shoot is ranked as far as a selection needs."""
        return any(card.merit is not None for card in self._model.cards())

    @property
    def selection(self) -> Selection | None:
        """What is suggested; None while there is nothing to show."""
        return self._selection

    def choice(self, path: Path) -> Choice | None:
        """Why a photo is suggested, and its runner-up; None for one that is not."""
        return self._choices.get(path)

    def chosen_before(self, path: Path) -> Path | None:
        """The photo in whose place this one stands by a swap."""
        swaps = self._wish.swaps if self._wish is not None else {}
        return next((out for out, into in swaps.items() if into == path and into in self._choices), None)

    def runner_up_of(self, path: Path) -> Path | None:
        """The suggested photo whose runner-up this one is."""
        return next((choice.path for choice in self._choices.values() if choice.runner_up == path), None)

    def additions(self) -> list[Card]:
        """The suggested photos that are no keepers yet, in order of merit."""
        cards = (self._model.find(path) for path in self._choices)
        return [card for card in cards if card is not None and not self.is_keeper(card.path)]

    def is_keeper(self, path: Path) -> bool:
        """Whether the photographer keeps a photo already."""
        return is_keeper(self._culling.decision(path), self._preferences.settings.keeper_stars)

    # What is asked

    def ask(self, goal: Goal) -> None:
        """Suggest a selection for this goal, soon; what was asked before is overtaken."""
        self._wish = _Wish(goal, self._wish.swaps if self._wish is not None else {})
        if goal != self._goal:
            self._goal = goal
            self.goal_changed.emit()
        self._start()
        self.changed.emit()

    def swap(self, path: Path) -> Path | None:
        """Put the runner-up of a suggested photo in its place; the runner-up, None where there is none."""
        choice = self._choices.get(path)
        if self._wish is None or choice is None or choice.runner_up is None:
            return None
        before = self.chosen_before(path)
        swaps = {out: into for out, into in self._wish.swaps.items() if out != before}
        if choice.runner_up != before:
            swaps[before or path] = choice.runner_up
        self._wish = _Wish(self._wish.goal, swaps)
        self._start()
        self.changed.emit()
        return choice.runner_up

    def accept(self) -> tuple[Card, ...]:
        """Pick what is suggested, as one step that undo takes back; what was picked."""
        cards = self.additions() if not self.is_busy else []
        self.leave()
        return self._culling.mark(Flag.PICK, cards, Origin.ACCEPTED) if cards else ()

    def leave(self) -> None:
        """Show no suggested selection any more. Nothing is decided by it."""
        if not self.is_on:
            return
        self._gathering.stop()
        self._wish = None
        self._show(None)
        self._keep()
        self.changed.emit()

    # The shoot

    def take_up(self, folders: Sequence[Path]) -> None:
        """This shoot is open: its goal is the one that was asked of it last."""
        self._folders = tuple(folders)
        self._goal = self._kept = self._goals.of(folders)
        self.goal_changed.emit()
        self.renew()

    @Slot()
    def renew(self) -> None:
        """Cards or decisions are others now: what is suggested is made again."""
        self._material = self._made_for = None
        if self.is_on and not self._gathering.isActive():
            self._gathering.start()
        self.changed.emit()

    @Slot(object)
    def _renew_if_others_count(self, names: frozenset[str]) -> None:
        if "keeper_stars" in names:
            self.renew()

    def forget(self) -> None:
        """Another shoot, or none."""
        self.leave()
        self._material, self._chooser = None, Chooser()
        self._goal = self._kept = None
        self._folders = ()
        self.goal_changed.emit()

    def close(self) -> None:
        """Leave no thread behind."""
        self.leave()
        self._drop()

    # How

    @Slot()
    def _start(self) -> None:
        """Make the newest wish; one that is being made is let finish first."""
        if self._wish is None or self._job is not None or not self.is_ready:
            return
        if self._material is None:
            cards = self._model.cards()
            decisions = {card.path: self._culling.decision(card.path) for card in cards}
            self._material = Material(cards, decisions, self._preferences.settings.keeper_stars)
        self._under_way = self._wish
        steps = partial(self._chooser.steps, self._material, self._wish.goal, self._wish.swaps)
        self._job = Job(steps, self)
        self._job.progressed.connect(self._take)
        self._job.failed.connect(self._fail)
        self._job.finished.connect(self._finish)
        self._job.start()

    @Slot(object, object)
    def _take(self, job: Job, selection: Selection) -> None:
        if job is self._job and self._wish is not None:
            # What was renewed meanwhile is made again: this is the next best thing to look at.
            self._made_for = None if self._material is None else self._under_way
            self._show(selection)
            self.changed.emit()

    @Slot(object, object)
    def _fail(self, job: Job, error: Exception) -> None:
        if job is self._job:
            self.leave()
            self.warned.emit(in_words(error))

    @Slot()
    def _finish(self) -> None:
        if self.sender() is self._job:
            self._drop()
            if self.is_busy and not self._gathering.isActive():
                self._start()

    def _drop(self) -> None:
        job, self._job = self._job, None
        let_go(job)

    def _show(self, selection: Selection | None) -> None:
        self._selection = selection
        self._choices = {} if selection is None else {choice.path: choice for choice in selection.choices}
        if selection is None:
            self._made_for = None
            self._model.suggest(None)
        else:
            self._model.suggest({path: number for number, path in enumerate(self._choices, 1)})

    def _keep(self) -> None:
        if self._goal is None or self._goal == self._kept or not self._folders:
            return
        self._kept = self._goal
        try:
            self._goals.keep(self._folders, self._goal)
        except StoreError as error:
            self.warned.emit(str(error))
