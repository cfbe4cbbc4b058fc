"""How the photos of Compare lie: as one, but for those that were moved alone or turned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QRectF, QSizeF

from desktop.views.synced import Synced
from desktop.views.viewport import Viewport
from engine.files import rotation
from engine.turn import Turn
from engine.types import Card


class Placing:
    """One view of several photos, and how far each lies from where that view has it, as shares of it."""

    def __init__(self) -> None:
        self.synced = Synced()
        self._shifts: dict[Path, tuple[float, float]] = {}
        self._turns: dict[Path, Turn] = {}

    def forget(self) -> None:
        """Other photos: all fitted in."""
        self._turns.clear()
        self.show(Synced())

    @property
    def alone(self) -> Mapping[Path, tuple[float, float]]:
        """Photos that lie elsewhere than the one view has them, and how far, as shares of each."""
        return {path: shift for path, shift in self._shifts.items() if any(shift)}

    def show(self, synced: Synced, alone: Mapping[Path, tuple[float, float]] | None = None) -> None:
        """Have all of them lie so; with `alone` these and no others so far from there."""
        if synced.zoom is None:
            self._shifts.clear()
        elif alone is not None:
            self._shifts = dict(alone)
        self.synced = synced

    def show_face(self, card: Card, step: int) -> bool:
        """Go to a face of this photo, and to the same one's same eye in the others; False where it has none."""
        synced = self.synced.at_face(card, step)
        if synced is not None:
            self._shifts.clear()
            self.synced = synced
        return synced is not None

    def of(self, card: Card) -> Viewport:
        """How one photo lies."""
        viewport, (x, y) = self.synced.of(card), self._shifts.get(card.path, (0.0, 0.0))
        return replace(viewport, x=viewport.x + x, y=viewport.y + y)

    def follow_turn(self, card: Card, area: QRectF, ratio: float) -> None:
        """Where a photo was turned since it was here last, what was in the middle of its view stays there.

        `area` is its view, `ratio` the device pixels to one pixel of that.
        """
        before = self._turns.get(card.path, card.turn)
        self._turns[card.path] = card.turn
        if before is card.turn or self.synced.zoom is None:
            return
        lay = self.of(rotation.turned(card, before))
        size = QSizeF(card.width or 1, card.height or 1)
        self._put(card, lay.rotated(card.turn.further(-before), size, area, ratio))

    def move(self, card: Card, viewport: Viewport, *, alone: bool) -> None:
        """Have one photo lie so, and all others moved as it was, unless it is moved alone."""
        if alone and viewport.zoom == self.synced.zoom:
            self._put(card, viewport)
            return
        x, y = self._shifts.get(card.path, (0.0, 0.0))
        self.show(self.synced.following(card, replace(viewport, x=viewport.x - x, y=viewport.y - y)))

    def _put(self, card: Card, viewport: Viewport) -> None:
        there = self.synced.of(card)
        self._shifts[card.path] = (viewport.x - there.x, viewport.y - there.y)
