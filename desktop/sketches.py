"""What is shown of a photo first: as many pixels as the view has, decoded in a fraction of the time of all of them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QSize, Qt, QTimer, Signal, Slot

from desktop.crew import Crew
from desktop.display import Display
from desktop.picture import Picture
from desktop.screen_image import screen_image
from engine.errors import ChinagraphError
from engine.files import decode, upright
from engine.turn import Turn
from engine.types import Card, FileStamp

KEPT = 6
"""Sketches in memory: as many as Compare has panes. A photo that is held as a whole needs none."""
Wish = tuple[Card, int]
"""A photo, and the long edge in pixels of the screen that its sketch has at least."""
LONGEST_MS = 600
"""All else waits for sketches so long; a drive that takes longer is waited for beside it."""


class Sketches(QObject):
    """Sketches by card, made on a thread of their own that steps back for nobody. For the GUI thread only."""

    arrived = Signal(object)
    """Path: `of` gives something new for it."""
    waiting = Signal(bool)
    """Whether somebody looks at a photo of which nothing but the thumbnail is there: all else had better wait."""

    def __init__(self, display: Display | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._display = display
        self._held: OrderedDict[Path, Picture] = OrderedDict()
        self._awaited: dict[Path, Card] = {}
        self._given_up: dict[Path, tuple[FileStamp, int]] = {}
        """Photos that have no sketch of a long edge, or none so soon that anything should wait for it."""
        self._edge = 0
        self._crew = Crew[Wish, Picture | None]("sketch", 1, self._sketch, self)
        self._crew.brought.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._is_waiting = self._is_stopped = False
        self._limit = QTimer(self, singleShot=True, interval=LONGEST_MS)
        self._limit.timeout.connect(self._go_on)

    @property
    def is_waiting(self) -> bool:
        """What `waiting` told last."""
        return self._is_waiting

    def of(self, card: Card) -> Picture | None:
        """The sketch of this very file (same stamp), turned as the card is; None where there is none, or none yet."""
        found = self._held.get(card.path)
        return None if found is None or found.stamp != card.photo.stamp else found.turned(card.turn)

    def want(self, cards: Sequence[Card], edge: int) -> None:
        """Make these, in this order, instead of what was wanted before; what is under way is finished first.

        `edge`: the long edge in pixels of the screen that a sketch has at least.
        """
        if self._is_stopped:
            return
        given_up = {card.path: self._given_up.get(card.path) for card in cards}
        self._given_up = {path: what for path, what in given_up.items() if what is not None}
        missing = [c for c in cards if self.of(c) is None and given_up[c.path] != (c.photo.stamp, edge)]
        self._edge = edge
        if not missing or any(card.path not in self._awaited for card in missing):
            self._limit.start()
        self._awaited = {card.path: card for card in missing}
        self._crew.want({card.path: (card, edge) for card in missing})
        self._tell()

    def drop(self, path: Path) -> None:
        """It is not needed any more: the whole picture is there."""
        self._held.pop(path, None)

    def forget(self) -> None:
        """Drop every sketch and wish, and wait for none: a drive may not answer for minutes."""
        self.want((), 0)
        self._held.clear()
        self._crew.leave()

    def stop(self) -> None:
        """End the thread; a sketch under way is waited for as long as patience lasts."""
        self.want((), 0)
        self._is_stopped = True
        self._crew.stop()
        self._held.clear()

    def _sketch(self, wish: Wish) -> Picture | None:
        """On the worker."""
        card, edge = wish
        return sketch(card, edge, self._display)

    @Slot()
    def _take(self) -> None:
        """On the GUI thread: keep what was brought. Where there is no sketch, the whole picture is what comes next."""
        results = [] if self._is_stopped else self._crew.take()
        for (card, edge), made in results:
            self._awaited.pop(card.path, None)
            if made is None:
                self._given_up[card.path] = (card.photo.stamp, edge)
            else:
                self._held[card.path] = made
                self._held.move_to_end(card.path)
        while len(self._held) > KEPT:
            self._held.popitem(last=False)
        for (card, _), made in results:
            if made is not None:
                self.arrived.emit(card.path)
        self._tell()

    @Slot()
    def _go_on(self) -> None:
        """Nothing waits any more for what takes so long; it is shown all the same when it comes."""
        self._given_up |= {path: (card.photo.stamp, self._edge) for path, card in self._awaited.items()}
        self._awaited.clear()
        self._tell()

    def _tell(self) -> None:
        is_waiting = bool(self._awaited)
        if not is_waiting:
            self._limit.stop()
        if is_waiting != self._is_waiting:
            self._is_waiting = is_waiting
            self.waiting.emit(is_waiting)


def sketch(card: Card, edge: int, display: Display | None = None) -> Picture | None:
    """The sketch of a photo for a display (None: sRGB). None where the whole picture is as quick, or cannot be had: why
    not is for that one to say."""
    try:
        taken = decode.sketch(card.photo, edge)
    except (ChinagraphError, OSError, MemoryError):
        return None
    if taken is None:
        return None
    pixels = upright.turn(taken.pixels, upright.TURNED[card.turn])
    image = screen_image(pixels, max(pixels.shape))
    if display is not None:
        display.apply(image)
    size = QSize(taken.width, taken.height)
    original = size.transposed() if card.turn in (Turn.RIGHT, Turn.LEFT) else size
    return Picture(card.photo.stamp, original, taken.source, (image,), turn=card.turn, is_sketch=True)
