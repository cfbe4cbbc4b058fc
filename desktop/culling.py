"""What the photographer decides about the open shoot, and how it is taken back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop.place import Place
from engine.errors import StoreError
from engine.store.decisions import Change, Decisions, Field, Mark, Origin, Shown
from engine.types import Card, Colour, Decision, Flag


class Culling(QObject):
    """Passes marks to the decisions, and what they are then to the model. Nothing here waits for the disk."""

    undo_changed = Signal()
    decided = Signal()
    """Something was decided, or taken back."""
    changed = Signal(object)
    """tuple[Change, ...]: what is otherwise now."""
    groups_changed = Signal()
    """Photos were put into groups by hand, or taken out of them."""
    warned = Signal(str)

    def __init__(self, decisions: Decisions, place: Place, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._decisions = decisions
        self._place = place
        self._model = place.model
        self.view = ""
        """The view that is on the screen: "grid", "loupe", "compare" or "survey"."""
        self.is_open = False
        """Whether there is a shoot to decide about."""

    @property
    def can_undo(self) -> bool:
        """Whether there is a decision to take back in this shoot."""
        return self.is_open and self._decisions.can_undo

    @property
    def can_redo(self) -> bool:
        """Whether there is a decision to make again."""
        return self.is_open and self._decisions.can_redo

    def decision(self, path: Path) -> Decision:
        """The decision about any photo of the shoot."""
        return self._decisions.of(path)

    def mark(
        self, value: Flag | int | Colour, cards: Sequence[Card] | None = None, origin: Origin = Origin.KEY
    ) -> tuple[Card, ...]:
        """Decide flag, stars or colour of these photos, else of the active one, as one step; what was marked."""
        active = self._place.active
        if cards is None:
            cards = [] if active is None else [active]
        field: Field = "flag" if isinstance(value, Flag) else "colour" if isinstance(value, Colour) else "stars"
        if cards:
            marks = [Mark(card.photo, card.fingerprint, field, value, self._shown(card)) for card in cards]
            self._apply(self._decisions.mark(marks, origin))
            # Whoever accepts many suggestions at once has not looked at each.
            self._see(cards if origin is not Origin.ACCEPTED else [card for card in cards if card is active])
        return tuple(cards)

    def reject_rest(self, card: Card, rest: Sequence[Card], *, picks: bool) -> tuple[Change, ...]:
        """Reject the rest of a burst, and with `picks` pick this one, as one step; what changed."""
        flags = {card.path: (card, Flag.PICK)} if picks else {}
        flags |= {one.path: (one, Flag.REJECT) for one in rest}
        marks = [Mark(one.photo, one.fingerprint, "flag", flag, self._shown(one)) for one, flag in flags.values()]
        changes = self._apply(self._decisions.mark(marks, Origin.BULK))
        self._see([one for one, _ in flags.values()])
        return changes

    def turn(self, quarters: int, cards: Sequence[Card], origin: Origin = Origin.KEY) -> tuple[Change, ...]:
        """Turn photos by so many quarters clockwise, as one step; what changed."""
        turns = ((card, self.decision(card.path).turn.further(quarters)) for card in cards)
        marks = [Mark(card.photo, card.fingerprint, "turn", turn) for card, turn in turns]
        return self._apply(self._decisions.mark(marks, origin))

    def put_in_groups(self, groups: Mapping[Path, str]) -> tuple[Change, ...]:
        """Put photos into groups by hand, as one step ("" gives one back to the machine's grouping); what changed."""
        cards = [card for path in groups if (card := self._model.find(path)) is not None]
        marks = [Mark(card.photo, card.fingerprint, "group", groups[card.path]) for card in cards]
        return self._apply(self._decisions.mark(marks, Origin.BULK if len(marks) > 1 else Origin.KEY))

    def take_over(self, marks: Sequence[Mark]) -> tuple[Change, ...]:
        """Decide what files say, as one step; what changed."""
        return self._apply(self._decisions.mark(marks, Origin.IMPORTED))

    def undo(self) -> tuple[Change, ...]:
        """Take the last act back and go to its photo; what changed."""
        return self._go_back(self._decisions.undo) if self.can_undo else ()

    def redo(self) -> tuple[Change, ...]:
        """Make the last act that was taken back again, and go to its photo; what changed."""
        return self._go_back(self._decisions.redo) if self.can_redo else ()

    def note_seen(self, beside: Sequence[Card] = ()) -> None:
        """Log that the active photo was looked at, and those beside it."""
        card = self._place.active
        self._see(list({one.path: one for one in (*([card] if card else []), *beside)}.values()))

    def _see(self, cards: Sequence[Card]) -> None:
        for card in cards:
            self._decisions.seen(card.photo, card.fingerprint, self.view)
        self._model.see([card.path for card in cards])

    def _apply(self, changes: tuple[Change, ...]) -> tuple[Change, ...]:
        self._model.decide({change.path: self._decisions.of(change.path) for change in changes})
        self.decided.emit()
        self.changed.emit(changes)
        self.undo_changed.emit()
        if any(change.field == "group" for change in changes):
            self.groups_changed.emit()
        return changes

    def _go_back(self, act: Callable[[], tuple[Change, ...]]) -> tuple[Change, ...]:
        try:
            changes = act()
        except StoreError as error:
            self.warned.emit(str(error))
            return ()
        self._apply(changes)
        if changes:
            self._place.reveal(changes[0].path)
        return changes

    def _shown(self, card: Card) -> Shown:
        """What the photographer could see of the machine's opinion while deciding."""
        if self._model.scores_hidden or card.verdict is None:
            return Shown(None, None, None)
        return Shown(card.rank, card.verdict.score, None)
