"""One view of several photos: the same zoom, and the same way from where each has its subject."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop.views.face_lock import FaceLock
from desktop.views.viewport import Viewport, subject_of, turned_point
from engine.files import rotation
from engine.turn import Turn
from engine.types import Card


@dataclass(frozen=True, slots=True)
class Synced:
    """`x` and `y` lead from each photo's anchor to the middle of its view, as shares of the photo."""

    zoom: float | None = None
    x: float = 0.0
    y: float = 0.0
    at_subject: bool = False
    """Whether the anchor is the photo's subject; else its middle."""
    face: FaceLock | None = None
    """The face whose eye is the anchor instead, in shares of photos that nobody turned."""

    def of(self, card: Card) -> Viewport:
        """How one photo lies."""
        x, y = self.anchor(card)
        return Viewport(self.zoom, x + self.x, y + self.y)

    def following(self, card: Card, viewport: Viewport) -> Synced:
        """All photos moved as this one was."""
        if viewport.zoom is None:
            return Synced()
        now = self if self.zoom is not None else Synced()
        x, y = now.anchor(card)
        return replace(now, zoom=viewport.zoom, x=viewport.x - x, y=viewport.y - y)

    def stepped(self) -> Synced:
        """What Z does: fitted, 100 % at the subject of each, 200 % at the same place, fitted."""
        zoom = Viewport(self.zoom).stepped().zoom
        if zoom is None:
            return Synced()
        return Synced(zoom, at_subject=True) if self.zoom is None else replace(self, zoom=zoom)

    def at_face(self, card: Card, step: int) -> Synced | None:
        """All photos at the next of this one's faces, the same eye in each; None where it has none.

        After the last face comes the first one, and the zoom stays unless the whole photo is seen.
        """
        faces = as_taken(card).faces
        if not faces:
            return None
        begin = 0 if step > 0 else -1
        number = begin if self.face is None else self.face.following(faces).number + step
        return Synced(self.zoom or 1.0, face=FaceLock.on(faces, number % len(faces)))

    def anchor(self, card: Card) -> tuple[float, float]:
        """What a photo is held by, as shares of it."""
        if self.face is not None:
            return turned_point(*self.face.following(as_taken(card).faces).eye_at, card.turn)
        return subject_of(card) if self.at_subject else (0.5, 0.5)


def as_taken(card: Card) -> Card:
    """The card as its file has it: the only way in which a photo that was turned and one that was not lie alike."""
    return rotation.turned(card, Turn.NONE)
