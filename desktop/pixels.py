"""Full-resolution pictures for the loupe, decoded on threads of their own, the latest request first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage

from desktop import histogram
from desktop.clip_map import ClipMap
from desktop.crew import Crew
from desktop.display import Display
from desktop.picture import Picture
from desktop.screen_image import screen_image
from desktop.sketches import Sketches
from engine.errors import ChinagraphError
from engine.files import decode, rotation, upright
from engine.sight import close_up
from engine.turn import Turn
from engine.types import Card, Reading

LIMIT_BYTES = 320 << 20
"""What all pictures together may take: three of 24 megapixels. Where more are wanted at once, the last ones are held at
half size."""
WORKERS = 2
NICENESS = 4
"""Of their threads: the window and what it waits for go first, scoring comes after them."""
SMALLEST_LEVEL = 1200
"""Longest edge below which no further level is made."""


class PictureLoader(QObject):
    """Pictures by card, the least recently used ones dropped beyond `limit_bytes`. For the GUI thread only."""

    arrived = Signal(object)
    """Path: `picture` gives something new for it."""

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        limit_bytes: int = LIMIT_BYTES,
        decode: Callable[[Card], Picture] | None = None,
        display: Display | None = None,
    ) -> None:
        """`decode`: how a picture is made of a card; `load` for the `display` without it."""
        super().__init__(parent)
        self._limit = limit_bytes
        if display is not None:
            display.changed.connect(self._start_over)
        self.sketches = Sketches(display, self)
        """What stands in for pictures on the screen until they are there. All else waits for them."""
        self.sketches.waiting.connect(self._begin)
        self._asker, self._visible, self._edge = "", 1, 0
        self._held: OrderedDict[Path, Picture] = OrderedDict()
        self._wanted: tuple[Card, ...] = ()
        bring = partial(load, display=display) if decode is None else decode
        self._crew = Crew[Card, Picture]("loupe", WORKERS, bring, self, niceness=NICENESS)
        self._crew.brought.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._is_stopped = False

    def picture(self, card: Card) -> Picture | None:
        """What was decoded of this very file (same stamp), or None."""
        found = self._held.get(card.path)
        if found is None or found.stamp != card.photo.stamp:
            return None
        found = self._held[card.path] = found.turned(card.turn)
        self._held.move_to_end(card.path)
        return found

    def close_up(self, card: Card) -> Reading | None:
        """Sharpness on the card's subject in every pixel, where its picture is held and the subject is still that."""
        found = self.picture(card)
        reading = None if found is None else found.close_up
        is_current = reading is not None and card.subject is not None and reading.region == card.subject.region
        return reading if is_current else None

    def request(self, cards: Sequence[Card], by: str = "", *, visible: int = 1, edge: int = 0) -> None:
        """Decode these in this order instead of what was wanted before; what is under way is finished first.

        `by` is the view that asks. The first ones, as many as are `visible`, are sketched before all else, with `edge`
        pixels along their long edge at least; 0 wants no sketches. After `stop` nothing is decoded any more.
        """
        if self._is_stopped:
            return
        self._asker, self._visible, self._edge = by, visible, edge
        self._wanted = tuple(card for card in cards if card.error is None)
        seen = self._wanted[:visible] if edge else ()
        self.sketches.want([card for card in seen if self.picture(card) is None], edge)
        self._begin()

    @Slot()
    def _begin(self) -> None:
        """Decode what is missing, once nobody waits for a sketch any more."""
        missing = [] if self.sketches.is_waiting or self._is_stopped else self._missing()
        self._crew.want({card.path: card for card in missing})

    @property
    def bytes(self) -> int:
        """Size in memory of all pictures, sketches left out."""
        return sum(picture.bytes for picture in self._held.values())

    @property
    def is_busy(self) -> bool:
        """Whether something is being decoded, or waits to be."""
        return self.sketches.is_waiting or self._crew.is_busy

    def _request_again(self) -> None:
        self.request(self._wanted, by=self._asker, visible=self._visible, edge=self._edge)

    def release(self, by: str) -> None:
        """A view wants nothing any more; what another one has asked for since stays wanted."""
        if self._asker == by:
            self.request((), by=by)

    def set_limit(self, limit_bytes: int) -> None:
        """Take this much memory at most."""
        self._limit = limit_bytes
        self._shrink()

    def _missing(self) -> list[Card]:
        """What is wanted and not there as a whole, as far as the whole has room."""
        missing, room = [], self._limit
        for card in self._wanted:
            held = self.picture(card)
            room -= 0 if held is None else held.bytes + held.given_up
            if held is None or (held.given_up and room >= 0):
                missing.append(card)
        return missing

    def clear(self) -> None:
        """Forget every picture and wish, for another shoot."""
        self.request(())
        self.sketches.forget()
        self._crew.leave()
        self._held.clear()

    @Slot()
    def try_again(self) -> None:
        """The folders were listed anew: what could not be decoded is decoded once more, and nobody waits for what does
        not answer."""
        self.sketches.forget()
        self._crew.leave()
        for path in [path for path, picture in self._held.items() if picture.error is not None]:
            del self._held[path]
        self._request_again()

    @Slot()
    def _start_over(self) -> None:
        """Another display: what is wanted is made anew, also what is under way, and nothing else is kept."""
        self.sketches.forget()
        self._crew.leave()
        self._held.clear()
        self._request_again()

    def stop(self) -> None:
        """End the threads; a picture under way is waited for as long as patience lasts."""
        self._is_stopped = True
        self.sketches.stop()
        self._crew.stop()
        self._held.clear()

    @Slot()
    def _take(self) -> None:
        """Keep what was brought, within the limit."""
        results = [] if self._is_stopped else self._crew.take()
        for card, picture in results:
            self._held[card.path] = picture
            self._held.move_to_end(card.path)
            self.sketches.drop(card.path)
        self._shrink()
        for card, _ in results:
            self.arrived.emit(card.path)

    def _shrink(self) -> None:
        """Drop what nobody wants, the least recently used first; then the largest level of what is wanted least, and
        so on. The first wanted picture stays, however large it is."""
        wanted = [card.path for card in self._wanted if card.path in self._held]
        total = self.bytes
        for path in [path for path in self._held if path not in wanted]:
            if total > self._limit and len(self._held) > 1:
                total -= self._held.pop(path).bytes
        for path in reversed(wanted[1:]):
            while total > self._limit and len(self._held[path].levels) > 1:
                smaller = self._held[path].halved()
                total -= self._held[path].bytes - smaller.bytes
                self._held[path] = smaller
        for path in reversed(wanted[1:]):
            if total > self._limit:
                total -= self._held.pop(path).bytes


def load(card: Card, display: Display | None = None) -> Picture:
    """Decode a photo at full resolution for a display (None: sRGB), or say why that cannot be done."""
    try:
        frame = decode.full(card.photo)
    except (ChinagraphError, OSError, MemoryError) as error:
        reason = str(error) or _tr("There is not enough memory to show this photo. Close other programs and try again.")
        return Picture(card.photo.stamp, QSize(), "", (), reason)
    closer = close_up.measure(frame, rotation.turned(card, Turn.NONE)).readings.get(close_up.NAME)
    if closer is not None and closer.region is not None:
        closer = replace(closer, region=rotation.region(closer.region, card.turn))
    size, source, counts = QSize(frame.width, frame.height), frame.source, histogram.measure(frame.pixels)
    pixels = upright.turn(frame.pixels, upright.TURNED[card.turn])
    del frame  # A turned photo is there twice as long as this holds it.
    levels = _levels(pixels)
    clips = () if display is None or display.is_plain else tuple(ClipMap.of(level) for level in levels)
    return Picture(
        card.photo.stamp,
        size.transposed() if card.turn in (Turn.RIGHT, Turn.LEFT) else size,
        source,
        _images(levels, display),
        close_up=closer,
        histogram=counts,
        turn=card.turn,
        clips=clips,
    )


def _levels(pixels: NDArray[np.uint8]) -> list[NDArray[np.uint8]]:
    """[height, width, 3] RGB and its halves."""
    import cv2

    levels = [pixels]
    while max(levels[-1].shape) >= 2 * SMALLEST_LEVEL:
        # Pillow would copy the picture first, and nothing else could run Python meanwhile.
        height, width = (-(-side // 2) for side in levels[-1].shape[:2])
        half = cv2.resize(levels[-1], (width, height), interpolation=cv2.INTER_AREA)
        levels.append(np.asarray(half, dtype=np.uint8))
    return levels


def _images(levels: Sequence[NDArray[np.uint8]], display: Display | None) -> tuple[QImage, ...]:
    """The levels as images for a display. The first keeps three bytes a pixel, as it is drawn unscaled, and the memory
    that it was decoded into: QImage holds its array for as long as it needs it. The others have the four that Qt scales
    fastest."""
    images = []
    for number, pixels in enumerate(levels):
        height, width = pixels.shape[:2]
        if number:
            image = screen_image(pixels, max(width, height))
        else:
            image = QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888)
        if display is not None:
            display.apply(image)
        images.append(image)
    return tuple(images)


def _tr(text: str) -> str:
    return QCoreApplication.translate("pixels", text)
