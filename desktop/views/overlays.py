"""What is laid over a photo: clipped pixels, what is in focus, thirds, and what its judgement looked at."""

from __future__ import annotations

from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from threading import Lock

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QLineF, QObject, QRect, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from desktop.clip_map import ClipMap, clipped
from desktop.language import decimal
from desktop.screen_image import rgb
from desktop.views.details import Information
from desktop.views.why import why_words
from engine.types import Card

KEPT = 8
"""Masks in memory: one for each photo on the screen."""
LEAST_EDGE = 60.0
"""Steepness that is called sharp, grey levels over two pixels as Sobel weighs them (four times the difference)."""
OVER_NOISE = 6.0
"""And at least so many times the median of the part, which noise makes large."""
STRIPE = 8
"""Period of the stripes on what is black, pixels: it is told from what is white without its colour."""
TONES = {"white": (255, 45, 45), "black": (40, 120, 255), "sharp": (70, 255, 90)}
"""RGB."""


class Overlay(StrEnum):
    """What can be laid over a photo."""

    CLIPPING = "clipping"
    PEAKING = "peaking"
    THIRDS = "thirds"
    WHY = "why"


NEED_PIXELS = frozenset({Overlay.CLIPPING, Overlay.PEAKING})


@dataclass(frozen=True, slots=True)
class Wish:
    """Which overlays are wanted of which part of which level of a picture."""

    path: Path
    image: int
    """`QImage.cacheKey`."""
    part: tuple[int, int, int, int]
    """Left, top, width, height in pixels of the level."""
    kinds: frozenset[Overlay]


@dataclass(frozen=True, slots=True)
class Mask:
    """The answer to a wish: what is to be painted over its part."""

    wish: Wish
    part: QRectF
    """Shares of the picture."""
    image: QImage
    white: float
    """Share of the part's pixels with a clipped channel, 0-1."""
    black: float
    """Share in which all channels are."""


class Overlays(QObject):
    """Which overlays are on, and their masks, made on a thread from the pixels on the screen. For the GUI thread."""

    changed = Signal()
    """`shown` or `information` has changed."""
    arrived = Signal(object)
    """Path: there is another mask for it."""
    _brought = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.shown: frozenset[Overlay] = frozenset()
        self.information = Information.LINE
        """How much is said of each photo."""
        self._masks: OrderedDict[Path, Mask] = OrderedDict()
        self._lock = Lock()
        self._queue: OrderedDict[Path, tuple[Wish, QImage, ClipMap | None]] = OrderedDict()
        self._results: list[Mask] = []
        self._is_working = False
        self._worker = ThreadPoolExecutor(1, "overlay")
        self._is_stopped = False
        self._brought.connect(self._take, Qt.ConnectionType.QueuedConnection)

    @property
    def thirds(self) -> bool:
        """Whether the thirds are drawn."""
        return Overlay.THIRDS in self.shown

    @property
    def why(self) -> bool:
        """Whether it is shown what the judgement of a photo looked at."""
        return Overlay.WHY in self.shown

    def toggle(self, overlay: Overlay) -> bool:
        """Lay an overlay over the photos, or take it off; whether it is on now."""
        self.shown ^= {overlay}
        self._masks.clear()
        self.changed.emit()
        return overlay in self.shown

    def inform(self, information: Information) -> None:
        """Say so much of every photo."""
        if information is not self.information:
            self.information = information
            self.changed.emit()

    def ask(self, path: Path, level: QImage, part: QRect, clips: ClipMap | None = None) -> None:
        """Have the masks made for a part of a level of a photo's picture, in place of what was asked of it before.

        `clips` says where the level was clipped before it was converted for the screen; None where it was not.
        """
        kinds = self.shown & NEED_PIXELS
        if not kinds or part.isEmpty() or self._is_stopped:
            return
        wish = Wish(path, level.cacheKey(), (part.x(), part.y(), part.width(), part.height()), kinds)
        held = self._masks.get(path)
        if held is not None and held.wish == wish:
            return
        with self._lock:
            self._queue[path] = (wish, level, clips)
            is_idle, self._is_working = not self._is_working, True
        if is_idle:
            self._worker.submit(self._work)

    def paint(self, painter: QPainter, path: Path, placed: QRectF, area: QRectF) -> None:
        """Paint what there is over a picture that lies at `placed`; of what came into view the mask follows."""
        mask = self._masks.get(path)
        if mask is None:
            return
        target = QRectF(
            placed.left() + mask.part.x() * placed.width(),
            placed.top() + mask.part.y() * placed.height(),
            mask.part.width() * placed.width(),
            mask.part.height() * placed.height(),
        )
        painter.setClipRect(area)
        painter.drawImage(target, mask.image, QRectF(mask.image.rect()))
        painter.setClipping(False)

    def words(self, card: Card) -> list[str]:
        """Which overlays are on and what they show of a photo, for its information bar."""
        said = []
        mask = self._masks.get(card.path)
        if Overlay.CLIPPING in self.shown:
            if mask is not None and Overlay.CLIPPING in mask.wish.kinds:
                said.append(clipping_words(mask.white, mask.black))
            else:
                said.append(_tr("white {}, black {}").format("…", "…"))
        if Overlay.PEAKING in self.shown:
            said.append(_tr("edges"))
        if self.thirds:
            said.append(_tr("thirds"))
        if self.why:
            said.append(why_words(card))
        return said

    def clear(self) -> None:
        """Forget every mask and wish."""
        with self._lock:
            self._queue.clear()
        self._masks.clear()

    def stop(self) -> None:
        """End the thread and wait for it."""
        self._is_stopped = True
        self.clear()
        self._worker.shutdown(wait=True, cancel_futures=True)

    def _work(self) -> None:
        """On the worker: the latest wish first."""
        while True:
            with self._lock:
                if not self._queue:
                    self._is_working = False
                    return
                _, (wish, level, clips) = self._queue.popitem(last=True)
            mask = make(wish, level, clips)
            with self._lock:
                self._results.append(mask)
            self._brought.emit()

    @Slot()
    def _take(self) -> None:
        """On the GUI thread: show what was made, unless something else is wanted by now."""
        with self._lock:
            results, self._results = self._results, []
        for mask in results:
            if mask.wish.kinds == self.shown & NEED_PIXELS:
                self._masks[mask.wish.path] = mask
                self._masks.move_to_end(mask.wish.path)
        while len(self._masks) > KEPT:
            self._masks.popitem(last=False)
        for mask in results:
            self.arrived.emit(mask.wish.path)


def clipping_words(white: float, black: float) -> str:
    """ "white 1.3 %, black none": what is clipped, in the words that stand below the histogram."""
    return _tr("white {}, black {}").format(_share(white), _share(black))


def _share(share: float) -> str:
    if share == 0:
        return _tr("none")
    return _tr("under {} %").format(decimal(0.1)) if share < 0.001 else f"{decimal(100 * share)} %"


def make(wish: Wish, level: QImage, clips: ClipMap | None = None) -> Mask:
    """The masks of a part of a level, painted over each other."""
    left, top, width, height = wish.part
    pixels = rgb(level, QRect(*wish.part))
    painted = np.zeros((height, width, 4), np.uint8)
    white = black = np.zeros((height, width), np.bool_)
    if Overlay.PEAKING in wish.kinds:
        _tint(painted, sharp(pixels), TONES["sharp"])
    if Overlay.CLIPPING in wish.kinds:
        white, black = clipped(pixels) if clips is None else clips.part(*wish.part)
        rows, columns = np.indices((height, width), np.int32, sparse=True)
        striped = (rows + top + columns + left) % STRIPE < STRIPE // 2
        _tint(painted, white, TONES["white"])
        _tint(painted, black & striped, TONES["black"])
    # The image holds its array for as long as it needs it.
    image = QImage(painted.data, width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied)
    whole = level.size()
    part = QRectF(left / whole.width(), top / whole.height(), width / whole.width(), height / whole.height())
    return Mask(wish, part, image, float(white.mean()), float(black.mean()))


def sharp(pixels: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """[height, width]: the edges that are steep in these very pixels, and well above what noise makes."""
    import cv2

    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    across, down = (cv2.Sobel(grey, cv2.CV_32F, dx, 1 - dx) for dx in (1, 0))
    steepness = cv2.magnitude(across, down)
    noise = float(np.median(steepness[::4, ::4]))
    return np.asarray(steepness > max(4 * LEAST_EDGE, OVER_NOISE * noise))


def _tint(painted: NDArray[np.uint8], where: NDArray[np.bool_], tone: tuple[int, int, int]) -> None:
    """In blue, green, red and opacity, as Format_ARGB32 has them in memory."""
    painted[where] = (*reversed(tone), 255)


def paint_thirds(painter: QPainter, placed: QRectF, area: QRectF) -> None:
    """Lines at the thirds of a picture, light ones with dark beside them, to be seen on every ground."""
    painter.setClipRect(area)
    for tone, width in (("#000000", 3), ("#ffffff", 1)):
        colour = QColor(tone)
        colour.setAlphaF(0.45 if width == 3 else 0.9)
        painter.setPen(QPen(colour, width))
        for share in (1 / 3, 2 / 3):
            x, y = placed.left() + share * placed.width(), placed.top() + share * placed.height()
            painter.drawLine(QLineF(x, placed.top(), x, placed.bottom()))
            painter.drawLine(QLineF(placed.left(), y, placed.right(), y))
    painter.setClipping(False)


def _tr(text: str) -> str:
    return QCoreApplication.translate("overlays", text)
