"""Thumbnails on the screen: what is visible first, loaded on threads of their own, kept within bounds."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, Qt, Signal, Slot
from PySide6.QtGui import QImage, QImageReader, QPixmap, QTransform

from desktop.crew import Crew
from desktop.display import Display
from desktop.scaled import ScaledPixmaps
from desktop.screen_image import screen_image, within
from engine.errors import StoreError, UnreadablePhoto
from engine.files import decode, metadata
from engine.turn import Turn
from engine.types import Card, FileStamp

EDGE = 320
"""Longest edge of a thumbnail in device pixels."""
LARGEST_BYTES = EDGE * EDGE * 4
"""What one takes at most."""
LIMIT_BYTES = 128 * 1024 * 1024
"""What all pixmaps together may take, but for those on the screen, which are always there: the smallest cells of a
screen of 3840 x 2160 have 480 of 273 KB."""
WORKERS = 2
NICENESS = 4
"""Of their threads: whoever marks photos while thumbnails are fetched goes first, scoring comes after them."""


class ThumbnailStore(Protocol):
    """What the loader needs of `engine.store.thumbnails.Thumbnails`."""

    def get(self, fingerprint: str) -> bytes | None:
        """A JPEG, or None where there is none."""


class Origin(IntEnum):
    """Where a thumbnail came from, the poorest first."""

    NOTHING = 0
    EMBEDDED = 1
    DRAFT = 2
    STORED = 3


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a worker brought for a card."""

    card: Card
    origin: Origin
    image: QImage | None


@dataclass(frozen=True, slots=True)
class Wish:
    """What a view wants, each the most urgent first."""

    visible: list[Card]
    ahead: list[Card]
    """What it may soon show."""

    def renewed(self, newer: Mapping[Path, Card]) -> Wish:
        """The same wish, for newer cards."""
        return Wish(*([newer.get(card.path, card) for card in cards] for cards in (self.visible, self.ahead)))


@dataclass(frozen=True, slots=True)
class Held:
    """What stands in memory for a photo. `pixmap` is None when no picture of it can be had."""

    stamp: FileStamp
    fingerprint: str | None
    """What the card knew when it was fetched."""
    origin: Origin
    pixmap: QPixmap | None
    turn: Turn = Turn.NONE
    """How it is turned against the upright file."""

    def turned(self, turn: Turn) -> Held:
        """The same, turned so."""
        if turn is self.turn or self.pixmap is None:
            return self
        by = QTransform().rotate(90 * (turn - self.turn))
        return replace(self, pixmap=self.pixmap.transformed(by), turn=turn)

    @property
    def bytes(self) -> int:
        """Rough size in memory."""
        return 256 if self.pixmap is None else self.pixmap.width() * self.pixmap.height() * 4


class ThumbnailLoader(QObject):
    """Gives the pixmap of a card at once or not at all, and fetches what is wanted.

    The order of sources: the thumbnail store by fingerprint, the thumbnail inside the file, a quick draft of the file.
    A card that gets a fingerprint later is fetched again from the store, which is sharper than an embedded thumbnail.
    Call everything on the GUI thread.
    """

    arrived = Signal(object)
    """set[Path]: `pixmap` gives something new for these."""
    settled = Signal()
    """Nothing that is wanted is missing any more."""

    def __init__(
        self, store: ThumbnailStore | None = None, parent: QObject | None = None, *, limit_bytes: int = LIMIT_BYTES
    ) -> None:
        super().__init__(parent)
        self.store = store
        self.display = Display(self)
        """The screen that everything is painted on."""
        self.display.changed.connect(self._start_over)
        self.scaled = ScaledPixmaps()
        """What the views have made of the pixmaps, at the sizes of their cells."""
        self._limit = limit_bytes
        self._held: OrderedDict[Path, Held] = OrderedDict()
        self._bytes = 0
        self._wishes: dict[str, Wish] = {}
        self._wanted: dict[Path, Card] = {}
        """The most urgent first: what is visible anywhere, then what may soon be."""
        self._visible: set[Path] = set()
        self._crew = Crew[Card, Loaded]("thumbnail", WORKERS, self._load, self, niceness=NICENESS)
        self._crew.brought.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._is_closed = False

    @property
    def bytes(self) -> int:
        """Rough size in memory of all pixmaps, what was scaled of them left out."""
        return self._bytes

    def pixmap(self, card: Card) -> QPixmap | None:
        """The best thumbnail in memory, upright, longest edge up to `EDGE`; None when there is none yet."""
        held = self._held.get(card.path)
        if held is None:
            return None
        turned = self._held[card.path] = held.turned(card.turn)
        self._held.move_to_end(card.path)
        if turned is not held:
            self.scaled.drop(held.pixmap)
        return turned.pixmap

    def want(self, cards: Sequence[Card], by: str = "grid", *, visible: int | None = None) -> None:
        """Fetch these, in this order, instead of what the same asker (`by`: the view's name) wanted before.

        The first ones, as many as are `visible` (None: all), stay for as long as they are wanted. The others are
        fetched as far as there is room beside what is visible in any view. The latest asker's wishes go first.
        """
        shown = len(cards) if visible is None else visible
        others = {asker: wish for asker, wish in self._wishes.items() if asker != by}
        self._wish({by: Wish(list(cards[:shown]), list(cards[shown:])), **others})
        self._refill()

    def renew(self, cards: Sequence[Card]) -> None:
        """Newer cards are known: fetch again those that are wanted and now have a better source."""
        newer = {card.path: card for card in cards}
        if not newer.keys().isdisjoint(self._wanted):
            self._wish({by: wish.renewed(newer) for by, wish in self._wishes.items()})
            self._refill()

    def clear(self) -> None:
        """Forget every wish and pixmap, for another shoot."""
        self._wish({})
        self._crew.leave()
        self._drop_all()

    @Slot()
    def try_again(self) -> None:
        """The folders were listed anew: what could not be had before is fetched once more, and nobody waits for what
        does not answer."""
        self._crew.leave()
        self._held = OrderedDict((path, held) for path, held in self._held.items() if held.pixmap is not None)
        self._bytes = sum(held.bytes for held in self._held.values())
        self._refill()

    @Slot()
    def _start_over(self) -> None:
        """Another display: what is wanted is fetched anew, also what is under way, and nothing else is kept."""
        self._crew.leave()
        self._drop_all()
        self._refill()

    def close(self) -> None:
        """Stop the workers; a draft under way is waited for as long as patience lasts. Later wishes are not heard."""
        self._is_closed = True
        self._crew.stop()

    def _refill(self) -> None:
        """Have brought what is wanted and not held, visible first, and ahead of it no more than there is room for."""
        missing, room = {}, self._limit
        for path, card in self._wanted.items():
            held = self._held.get(path)
            room -= LARGEST_BYTES if held is None else held.bytes
            if (path in self._visible or room >= 0) and self._lacks(card):
                missing[path] = card
        self._crew.want(missing)

    def _wish(self, wishes: dict[str, Wish]) -> None:
        self._wishes = wishes
        visible = [card for wish in wishes.values() for card in wish.visible]
        self._visible = {card.path for card in visible}
        self._wanted = {}
        for card in (*visible, *(card for wish in wishes.values() for card in wish.ahead)):
            self._wanted.setdefault(card.path, card)

    def _lacks(self, card: Card) -> bool:
        held = self._held.get(card.path)
        if held is None or held.stamp != card.photo.stamp:
            return True
        return held.origin is not Origin.STORED and held.fingerprint != card.fingerprint

    def _load(self, card: Card) -> Loaded:
        """On a worker."""
        held = self._held.get(card.path)
        is_same_file = held is not None and held.stamp == card.photo.stamp
        origin, image = fetch(card, self.store, held.origin if held and is_same_file else Origin.NOTHING)
        if image is not None and not self._is_closed:
            self.display.apply(image)
        return Loaded(card, origin, image)

    @Slot()
    def _take(self) -> None:
        """Turn what was brought into pixmaps, and say so once."""
        results = [] if self._is_closed else [loaded for _, loaded in self._crew.take()]
        for loaded in results:
            self._hold(loaded)
        if results:
            self._shrink()
            arrived = {loaded.card.path for loaded in results}
            # A newer card may be wanted by now; and with all there, there may be more room than was taken for granted.
            is_outdated = any(self._lacks(self._wanted[path]) for path in arrived if path in self._visible)
            if is_outdated or not self._crew.is_busy:
                self._refill()
            self.arrived.emit(arrived)
        if not self._crew.is_busy:
            self.settled.emit()

    def _hold(self, loaded: Loaded) -> None:
        card = loaded.card
        before = self._held.pop(card.path, None)
        if loaded.image is None:
            pixmap, turn = (before.pixmap, before.turn) if before else (None, Turn.NONE)
        else:
            pixmap, turn = QPixmap.fromImage(loaded.image), Turn.NONE
        held = Held(card.photo.stamp, card.fingerprint, loaded.origin, pixmap, turn)
        self._held[card.path] = held
        self._bytes += held.bytes - (before.bytes if before else 0)
        if before is not None and before.pixmap is not pixmap:
            self.scaled.drop(before.pixmap)

    def _shrink(self) -> None:
        """Drop what nobody wants, the least recently used first, then what is wanted ahead, the least urgent first."""
        if self._bytes <= self._limit:
            return
        for path in [*(path for path in self._held if path not in self._wanted), *reversed(self._wanted)]:
            if self._bytes > self._limit and path in self._held and path not in self._visible:
                gone = self._held.pop(path)
                self._bytes -= gone.bytes
                self.scaled.drop(gone.pixmap)

    def _drop_all(self) -> None:
        self._held.clear()
        self._bytes = 0
        self.scaled.clear()


def fetch(card: Card, store: ThumbnailStore | None, held: Origin = Origin.NOTHING) -> tuple[Origin, QImage | None]:
    """The first image that a source better than `held` has for a card, and the source.

    The file is touched only where the store has no thumbnail of it.
    """
    try:
        jpeg = store.get(card.fingerprint) if card.fingerprint is not None and store is not None else None
        image = None if jpeg is None else _decode(jpeg)
        if image is not None:
            return Origin.STORED, image
        embedded = metadata.thumbnail(card.path) if held < Origin.EMBEDDED else None
        if embedded is not None:
            return Origin.EMBEDDED, screen_image(embedded, EDGE)
        if card.error is None:
            return Origin.DRAFT, screen_image(decode.draft(card.photo, EDGE), EDGE)
    except (UnreadablePhoto, StoreError, OSError):
        # The run over the shoot says why on the card itself; here there is only no picture.
        return Origin.NOTHING, None
    return Origin.NOTHING, None


def _decode(jpeg: bytes) -> QImage | None:
    """A stored JPEG, scaled while it is decoded; None when it is damaged."""
    buffer = QBuffer()
    buffer.setData(QByteArray(jpeg))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setScaledSize(within(reader.size(), EDGE))
    image = reader.read()
    return None if image.isNull() else image.convertToFormat(QImage.Format.Format_RGB32)
