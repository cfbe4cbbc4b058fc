"""Where a picture lies in the loupe: zoom and centre, in shares of it so that they pass from frame to frame."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF, QSizeF

from engine.files import rotation
from engine.turn import Turn
from engine.types import Card, Region

LARGEST_ZOOM = 8.0
SMALLEST_ZOOM = 0.02
WHEEL_FACTOR = 1.25
ZOOMS = (None, 1.0, 2.0)
"""What Z goes through: fitted, 100 %, 200 %."""


@dataclass(frozen=True, slots=True)
class Viewport:
    """`zoom` is screen pixels per pixel of the original, None fits the picture in; `x` and `y` are the share of
    it (0-1) that lies in the middle of the view."""

    zoom: float | None = None
    x: float = 0.5
    y: float = 0.5

    def scale(self, picture: QSizeF, area: QRectF, ratio: float) -> float:
        """Device-independent pixels per pixel of the original, on a screen with `ratio` pixels to one of them."""
        if self.zoom is not None:
            return self.zoom / ratio
        return min(area.width() / max(picture.width(), 1.0), area.height() / max(picture.height(), 1.0))

    def place(self, picture: QSizeF, area: QRectF, ratio: float) -> QRectF:
        """Where the whole picture lies, beyond the view perhaps. No gap opens on a side of a picture larger than the
        view; a smaller one is centred."""
        scale = self.scale(picture, area, ratio)
        width, height = picture.width() * scale, picture.height() * scale
        left = _along(self.x, width, area.width())
        top = _along(self.y, height, area.height())
        return QRectF(area.left() + left, area.top() + top, width, height)

    def zoomed(self, zoom: float, point: QPointF, picture: QSizeF, area: QRectF, ratio: float) -> Viewport:
        """Another zoom, with the same part of the picture under `point`."""
        zoom = min(max(zoom, SMALLEST_ZOOM), LARGEST_ZOOM)
        now = self.place(picture, area, ratio)
        share_x = (point.x() - now.left()) / max(now.width(), 1e-6)
        share_y = (point.y() - now.top()) / max(now.height(), 1e-6)
        away = (point - area.center()) * ratio / zoom
        return Viewport(
            zoom, share_x - away.x() / max(picture.width(), 1.0), share_y - away.y() / max(picture.height(), 1.0)
        ).settled(picture, area, ratio)

    def stepped(self) -> Viewport:
        """The next of the zooms that Z goes through, at the same place; fitted in from any other zoom."""
        zoom = ZOOMS[(ZOOMS.index(self.zoom) + 1) % len(ZOOMS)] if self.zoom in ZOOMS else None
        return replace(self, zoom=zoom)

    def turned(self, turns: float, point: QPointF, picture: QSizeF, area: QRectF, ratio: float) -> Viewport:
        """Zoomed at `point` by turns of the wheel; fitted in once the whole picture is seen."""
        zoom = self.scale(picture, area, ratio) * ratio * WHEEL_FACTOR**turns
        fitting = Viewport().scale(picture, area, ratio) * ratio
        return Viewport() if turns < 0 and zoom <= fitting else self.zoomed(zoom, point, picture, area, ratio)

    def moved(self, by: QPointF, picture: QSizeF, area: QRectF, ratio: float) -> Viewport:
        """Dragged by device-independent pixels."""
        now = self.settled(picture, area, ratio)
        placed = now.place(picture, area, ratio)
        return replace(now, x=now.x - by.x() / placed.width(), y=now.y - by.y() / placed.height()).settled(
            picture, area, ratio
        )

    def rotated(self, by: Turn, picture: QSizeF, area: QRectF, ratio: float) -> Viewport:
        """The same part of the photo in the middle, once it was turned; `picture` is its size as it lies now."""
        before = picture if by in (Turn.NONE, Turn.OVER) else picture.transposed()
        now = self.settled(before, area, ratio)
        x, y = turned_point(now.x, now.y, by)
        return replace(now, x=x, y=y)

    def settled(self, picture: QSizeF, area: QRectF, ratio: float) -> Viewport:
        """The same view, with the centre that is really in the middle now."""
        placed = self.place(picture, area, ratio)
        centre = area.center() - placed.topLeft()
        return replace(self, x=centre.x() / max(placed.width(), 1e-6), y=centre.y() / max(placed.height(), 1e-6))


def _along(share: float, length: float, room: float) -> float:
    """Where a line of `length` begins in a room, `share` of it being in the middle if that leaves no gap."""
    if length <= room:
        return (room - length) / 2
    return min(max(room / 2 - share * length, room - length), 0.0)


def part_of(seen: QRectF, placed: QRectF, size: QSizeF) -> QRectF:
    """What part of a picture of `size` pixels lies in `seen` when the whole lies in `placed`."""
    across, down = size.width() / placed.width(), size.height() / placed.height()
    return QRectF(
        (seen.left() - placed.left()) * across,
        (seen.top() - placed.top()) * down,
        seen.width() * across,
        seen.height() * down,
    )


def subject_of(card: Card | None) -> tuple[float, float]:
    """Centre of the subject, else of the sharpest tile, as shares; the middle where nothing was measured."""
    reading = None if card is None else card.readings.get("sharpness")
    region = None if reading is None else reading.region
    if card is not None and card.subject is not None:
        region = card.subject.region
    return (0.5, 0.5) if region is None else centre(region)


def turned_point(x: float, y: float, by: Turn) -> tuple[float, float]:
    """Where a point of the photo lies once it is turned, as shares."""
    place = rotation.region(Region(x, y, 0.0, 0.0), by)
    return place.x, place.y


def centre(region: Region) -> tuple[float, float]:
    """Where a region has its middle, as shares."""
    return region.x + region.w / 2, region.y + region.h / 2
