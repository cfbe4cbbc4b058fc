"""Who stands for selection: single photos, and sets that are taken whole or not at all."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.errors import SpaceMismatch
from engine.judge.grouping import capture_order
from engine.judge.keepers import is_keeper
from engine.types import EMBEDDING_SIZE, Card, Decision, Flag, GroupKind
from engine.yardstick import PLAIN, Yardstick

STRETCH = timedelta(minutes=5)
"""How long the stretches of a scene are over which a selection is spread."""
SETS = (GroupKind.BRACKET, GroupKind.PANORAMA)
_START = datetime(1970, 1, 1)
_UNDECIDED = Decision()


@dataclass(frozen=True, slots=True)
class Candidate:
    """What is taken as a whole or not at all: one photo, or the frames of a set."""

    cards: tuple[Card, ...]
    """In order of capture."""
    best: Card
    """The frame with the highest merit; it speaks for the set."""
    keeper: Decision | None
    """What made one of the frames a keeper, a pick before stars; None where the photographer keeps none of them."""

    @property
    def is_kept(self) -> bool:
        """Whether the photographer keeps one of the frames."""
        return self.keeper is not None

    @property
    def is_set(self) -> bool:
        """Whether it is a bracket or a panorama."""
        return self.best.group_kind in SETS

    @property
    def score(self) -> float | None:
        """1-10, of the best frame: those of a bracket are under- and overexposed on purpose."""
        return None if self.best.verdict is None else self.best.verdict.score


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """Every candidate of a shoot, scene by scene and group by group in order of capture. Arrays have one row each."""

    rows: tuple[Candidate, ...]
    merit: NDArray[np.float64]
    """Of the best frame; NaN where nothing was scored."""
    score: NDArray[np.float64]
    """The same, 1-10."""
    size: NDArray[np.int64]
    """Photos that it counts as."""
    kept: NDArray[np.bool_]
    burst: NDArray[np.int64]
    """Number of the group; sets and singles have one of their own."""
    scene: NDArray[np.int64]
    stretch: NDArray[np.int64]
    """Number of the stretch of the scene."""
    embedding: NDArray[np.float16]
    """[n, EMBEDDING_SIZE] of the best frame; zeros where nothing was scored."""
    yardstick: Yardstick
    """What distances between them mean."""
    barred: Mapping[Path, str]
    """Photos that cannot be chosen, and why."""
    torn: int
    """Sets of which the photographer rejected a part; the rest stands for selection."""

    def __len__(self) -> int:
        return len(self.rows)


def candidates(cards: Sequence[Card], decisions: Mapping[Path, Decision], keeper_stars: int = 0) -> Candidates:
    """Tell candidates from photos that cannot be chosen: unreadable and rejected ones, and unscored ones not kept.

    A rejected frame is out of its set, and the rest is the set. Photos without a scene make one scene a group. The
    result depends on the set of cards only, not on their order. Raises SpaceMismatch for embeddings of two spaces.
    """
    spaces = {card.verdict.space: card.verdict.yardstick for card in cards if card.verdict is not None}
    if len(spaces) > 1:
        raise SpaceMismatch(f"The photos were scored by models of two kinds ({', '.join(sorted(spaces))}). Rank again.")
    barred = {card.path: why for card in cards if (why := _bar(card, decisions, keeper_stars))}
    standing = [card for card in cards if card.path not in barred]
    together: dict[Hashable, list[Card]] = {}
    for card in standing:
        in_set = card.group is not None and card.group_kind in SETS
        together.setdefault(card.group if in_set else card.path, []).append(card)
    rows = [_candidate(members, decisions, keeper_stars) for members in together.values()]
    rows = _in_order(rows)
    sets = {row.best.group for row in rows if row.is_set}
    torn = {card.group for card in cards if card.path in barred and card.group in sets}
    groups = [_group(row.best) for row in rows]
    scenes = [_scene(row.best) for row in rows]
    stretches = [(scene, _stretch(row.best)) for row, scene in zip(rows, scenes, strict=True)]
    nothing = np.zeros(EMBEDDING_SIZE, np.float16)
    embeddings = [nothing if row.best.verdict is None else row.best.verdict.embedding for row in rows]
    return Candidates(
        tuple(rows),
        np.array([np.nan if row.best.merit is None else row.best.merit for row in rows], np.float64),
        np.array([row.score or np.nan for row in rows], np.float64),
        np.array([len(row.cards) for row in rows], np.int64),
        np.array([row.is_kept for row in rows], np.bool_),
        _numbered(groups),
        _numbered(scenes),
        _numbered(stretches),
        np.array(embeddings, np.float16).reshape(len(rows), EMBEDDING_SIZE),
        next(iter(spaces.values()), PLAIN),
        barred,
        len(torn),
    )


def _bar(card: Card, decisions: Mapping[Path, Decision], keeper_stars: int) -> str | None:
    decision = decisions.get(card.path, _UNDECIDED)
    if card.error is not None:
        return "unreadable"
    if decision.flag is Flag.REJECT:
        return "rejected by you"
    if card.merit is None and card.group_kind not in SETS and not is_keeper(decision, keeper_stars):
        return "not scored"
    return None


def _candidate(members: Sequence[Card], decisions: Mapping[Path, Decision], keeper_stars: int) -> Candidate:
    ordered = sorted(members, key=capture_order)
    best = max(ordered, key=lambda card: -1.0 if card.merit is None else card.merit)
    made = (decisions.get(card.path, _UNDECIDED) for card in ordered)
    kept = (decision for decision in made if is_keeper(decision, keeper_stars))
    keeper = max(kept, key=lambda decision: (decision.flag is Flag.PICK, decision.stars), default=None)
    return Candidate(tuple(ordered), best, keeper)


def _in_order(rows: Sequence[Candidate]) -> list[Candidate]:
    """By the first capture of the scene, then of the group, then their own."""
    first: dict[Hashable, tuple[datetime, str]] = {}
    for row in rows:
        moment = capture_order(row.cards[0])
        for name in (_scene(row.best), _group(row.best)):
            first[name] = min(first.get(name, moment), moment)
    return sorted(rows, key=lambda row: (first[_scene(row.best)], first[_group(row.best)], capture_order(row.cards[0])))


def _group(card: Card) -> Hashable:
    return ("group", card.group) if card.group is not None else ("alone", card.path)


def _scene(card: Card) -> Hashable:
    return _group(card) if card.scene is None else ("scene", card.scene)


def _stretch(card: Card) -> int | None:
    return None if card.captured is None else (card.captured - _START) // STRETCH


def _numbered(names: Sequence[Hashable]) -> NDArray[np.int64]:
    numbers = {name: number for number, name in enumerate(dict.fromkeys(names))}
    return np.array([numbers[name] for name in names], np.int64)
