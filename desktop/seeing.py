"""When a photo counts as seen: it stood on the screen, large enough to judge, for a while."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Slot

from desktop.culling import Culling
from engine.types import Card

SEEN_MS = 300
LARGE = ("loupe", "compare", "survey")
"""The views in which photos are looked at; the grid is none of them."""


class Seeing(QObject):
    """Logs the active photo, and those beside it in Compare and Survey, once they have stood there SEEN_MS."""

    def __init__(self, culling: Culling, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._culling = culling
        self._beside: tuple[Card, ...] = ()
        self._logged: set[Path] = set()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SEEN_MS)
        self._timer.timeout.connect(self._log)

    def look(self, view: str) -> None:
        """Another view is on the screen."""
        if view != self._culling.view:
            self._beside, self._logged = (), set()
        self._culling.view = view
        self.begin()

    @Slot(object)
    def show_beside(self, cards: Sequence[Card]) -> None:
        """These stand on the screen, the active one among them; who stood there already is seen already."""
        paths = {card.path for card in cards}
        if paths != {card.path for card in self._beside}:
            self._logged &= paths
            self._beside = tuple(cards)
            self.begin()

    def begin(self) -> None:
        """Another photo is active, or others stand beside it: the time starts anew."""
        self._timer.stop()
        if self._culling.view in LARGE:
            self._timer.start()

    def stop(self) -> None:
        """Nothing is logged any more."""
        self._timer.stop()

    @Slot()
    def _log(self) -> None:
        new = [card for card in self._beside if card.path not in self._logged]
        self._culling.note_seen(new)
        self._logged.update(card.path for card in new)
