"""The best N of a shoot as one joint choice, with the reason and the runner-up of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.judge.candidates import candidates
from engine.judge.choosing import Choosing
from engine.judge.goal import Goal
from engine.judge.keepers import is_keeper
from engine.judge.looks import UNIT
from engine.judge.runner_up import RunnersUp
from engine.judge.shortfalls import shortfalls
from engine.judge.why import Reasons
from engine.judge.worth import Worth
from engine.types import Card, Decision

__all__ = ["Choice", "Goal", "Selection", "Selector", "select"]


@dataclass(frozen=True, slots=True)
class Choice:
    """One chosen photo."""

    path: Path
    reason: str
    """Why it was chosen: "merit 7.21, number 14 of 1,984, the first of its scene, unlike those before it"."""
    runner_up: Path | None
    """The photo that would take its place, the set's best for a set. None for keepers, and where nobody else may."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What was chosen for a goal."""

    goal: Goal
    choices: tuple[Choice, ...]
    """In order of merit."""
    left_out: Mapping[Path, str]
    """Every other photo of the shoot, and why."""
    notes: tuple[str, ...]
    """Sentences on what could not be had as asked."""
    value: float
    """What it is worth, in photos of middling merit; comparable for one shoot and one set of decisions only."""

    @property
    def paths(self) -> tuple[Path, ...]:
        """The chosen photos, in order of merit."""
        return tuple(choice.path for choice in self.choices)


class Selector:
    """A shoot that selections are drawn from. Making it compares the photos; each `best` is then quick."""

    def __init__(self, cards: Sequence[Card], decisions: Mapping[Path, Decision], keeper_stars: int = 0) -> None:
        """`cards` are ranked. Keepers are always in, rejects never: `keepers.is_keeper`. Raises SpaceMismatch."""
        self._found = candidates(cards, decisions, keeper_stars)
        self._worth = Worth.of(self._found)
        self._rows = {card.path: row for row, one in enumerate(self._found.rows) for card in one.cards}
        self._unreadable_keepers = sum(
            card.error is not None and is_keeper(decisions.get(card.path, Decision()), keeper_stars) for card in cards
        )

    def paths(self, goal: Goal) -> frozenset[Path]:
        """The chosen photos alone, for a preview: quicker than `best`.

        Without sets and `cover_scenes`, those of a smaller count are all among those of a larger one.
        """
        rows = Choosing.best(self._worth, goal).standing.chosen
        return frozenset(card.path for row in rows for card in self._found.rows[row].cards)

    def best(self, goal: Goal, swaps: Mapping[Path, Path] | None = None) -> Selection:
        """The best `goal.count` photos; the same for the same cards, decisions, goal and swaps.

        `swaps` say which photo shall stand in the place of which chosen one, all others staying as they are: a
        runner-up that the photographer likes better. One that the goal does not allow, or whose photo is not chosen,
        does nothing.
        """
        choosing = self._swapped(Choosing.best(self._worth, goal), swaps or {})
        reasons, runners_up = Reasons(choosing), RunnersUp(choosing)
        choices: list[tuple[float, Choice]] = []
        for step in choosing.steps:
            candidate = self._found.rows[step.row]
            after = None if candidate.is_kept else runners_up.of(step.row)
            runner_up = None if after is None else self._found.rows[after].best.path
            reason = reasons.chosen(step)
            for card in candidate.cards:
                choices.append((-(card.merit or 0.0), Choice(card.path, reason, runner_up)))
        choices.sort(key=lambda item: (item[0], str(item[1].path)))
        left_out = dict(self._found.barred)
        for row in sorted(set(range(len(self._found))).difference(choosing.standing.chosen)):
            left_out.update(dict.fromkeys((c.path for c in self._found.rows[row].cards), reasons.left_out(row)))
        return Selection(
            goal,
            tuple(choice for _, choice in choices),
            left_out,
            tuple(shortfalls(choosing, self._unreadable_keepers)),
            choosing.standing.total / UNIT,
        )

    def _swapped(self, choosing: Choosing, swaps: Mapping[Path, Path]) -> Choosing:
        for out, into in swaps.items():
            rows = self._rows.get(out), self._rows.get(into)
            if rows[0] is not None and rows[1] is not None and choosing.allows(rows[0], rows[1]):
                choosing = choosing.with_swaps({rows[0]: rows[1]})
        return choosing


def select(cards: Sequence[Card], decisions: Mapping[Path, Decision], goal: Goal, keeper_stars: int = 0) -> Selection:
    """The best photos of ranked `cards` for one goal. Raises SpaceMismatch."""
    return Selector(cards, decisions, keeper_stars).best(goal)
