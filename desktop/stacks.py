"""Stacks: the frames of a group stand together, and a closed one shows the best of them alone."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.types import Card, GroupKind

_ALONE = -1
"""In place of a stack's number."""
_LAST = int(np.iinfo(np.int32).max)
_SETS = (GroupKind.BRACKET, GroupKind.PANORAMA)
"""Frames that differ on purpose: they stay in order of capture and none of them is the best."""


class Stacks:
    """Which of `n` photos stand in which stack, as arrays of length `n` in the order of the listing."""

    def __init__(self, cards: Sequence[Card]) -> None:
        n = len(cards)
        self._numbers: dict[str, int] = {}
        self._group: NDArray[np.int32] = np.full(n, _ALONE, np.int32)
        self._place: NDArray[np.int32] = np.full(n, _LAST, np.int32)
        self._is_set: NDArray[np.bool_] = np.zeros(n, np.bool_)
        self._sizes: NDArray[np.intp] | None = None
        self.replace(range(n), cards)

    def replace(self, indexes: Sequence[int], cards: Sequence[Card]) -> None:
        """Take over what newer cards say of the photos at `indexes`."""
        self._group[indexes] = [self._number(card.group) for card in cards]
        self._place[indexes] = [_LAST if card.rank_in_group is None else card.rank_in_group for card in cards]
        self._is_set[indexes] = [card.group_kind in _SETS for card in cards]
        self._sizes = None

    def size(self, index: int) -> int:
        """How many photos stand in the stack of the photo at `index`; 1 for one that stands alone."""
        number = int(self._group[index])
        return 1 if number == _ALONE else int(self._counted()[number])

    def members(self, index: int) -> NDArray[np.intp]:
        """The photos of the stack that the photo at `index` is in, itself among them."""
        number = int(self._group[index])
        return np.array([index]) if number == _ALONE else np.flatnonzero(self._group == number)

    def names(self) -> set[str]:
        """The groups of more than one photo."""
        counted = self._counted()
        return {name for name, number in self._numbers.items() if counted[number] > 1}

    def together(self, order: NDArray[np.intp], taken: NDArray[np.datetime64]) -> NDArray[np.intp]:
        """[n], `order` with each stack where its first photo is; sets are in order of capture, by `taken`."""
        stacked = self._stacked()
        if not stacked.any():
            return order
        position = np.empty(len(order), np.intp)
        position[order] = np.arange(len(order))
        first = np.full(len(self._numbers), len(order), np.intp)
        np.minimum.at(first, self._group[stacked], position[stacked])
        place = np.where(stacked, first[self._group], position)
        within = position
        if self._is_set.any():
            captured = np.empty(len(order), np.intp)
            captured[np.argsort(taken, kind="stable")] = np.arange(len(order))
            within = np.where(self._is_set, captured, position)
        return np.argsort(place * len(order) + within, kind="stable")

    def shown(self, rows: NDArray[np.intp], closed: set[str]) -> NDArray[np.intp]:
        """`rows` with the best one alone of every stack that is closed: the first of those that rank alike."""
        numbers = [self._numbers[name] for name in closed if name in self._numbers]
        is_closed = np.zeros(len(self._numbers) + 1, np.bool_)
        is_closed[numbers] = True
        candidates = np.flatnonzero(is_closed[self._group[rows]])
        if not len(candidates):
            return rows
        # One number to sort by, group before place; those that rank alike stay in order of the rows.
        keys = self._group[rows[candidates]].astype(np.int64) * (_LAST + 1) + self._place[rows[candidates]]
        ordered = candidates[np.argsort(keys, kind="stable")]
        groups = self._group[rows[ordered]]
        kept = np.ones(len(rows), np.bool_)
        kept[candidates] = False
        kept[ordered[np.r_[True, groups[1:] != groups[:-1]]]] = True
        return rows[kept]

    def _number(self, group: str | None) -> int:
        return _ALONE if group is None else self._numbers.setdefault(group, len(self._numbers))

    def _stacked(self) -> NDArray[np.bool_]:
        """[n], which photos stand in a stack with others."""
        stacked: NDArray[np.bool_] = np.append(self._counted() > 1, False)[self._group]
        return stacked

    def _counted(self) -> NDArray[np.intp]:
        """How many photos each stack has, by its number."""
        if self._sizes is None:
            self._sizes = np.bincount(self._group[self._group != _ALONE], minlength=len(self._numbers))
        return self._sizes
