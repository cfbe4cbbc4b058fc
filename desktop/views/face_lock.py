"""One eye of one face, held in the view from frame to frame."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop.views.viewport import Viewport, centre, turned_point
from engine.turn import Turn
from engine.types import EyeState, Face


@dataclass(frozen=True, slots=True)
class FaceLock:
    """All places are shares of the picture, so that they pass from frame to frame."""

    number: int
    """Of the face, in the order of `Card.faces`."""
    eye: int
    """0 is the eye on the picture's left, 1 the one on its right."""
    face_centre: tuple[float, float]
    eye_at: tuple[float, float]
    view_from_eye: tuple[float, float] = (0.0, 0.0)
    """From the eye to the middle of the view: not nothing once the view was dragged."""

    @classmethod
    def on(cls, faces: Sequence[Face], number: int) -> FaceLock:
        """The face with its first eye that can be judged, else with its left one."""
        face = faces[number]
        eye = next((eye for eye in (0, 1) if face.eyes[eye] is not EyeState.UNKNOWN), 0)
        return cls(number, eye, centre(face.region), face.landmarks[eye])

    def following(self, faces: Sequence[Face]) -> FaceLock:
        """The same face's same eye in another frame: the face whose centre is nearest. Without a face, as it is."""
        if not faces:
            return self
        x, y = self.face_centre
        centres = [centre(face.region) for face in faces]
        number = min(range(len(faces)), key=lambda i: (centres[i][0] - x) ** 2 + (centres[i][1] - y) ** 2)
        return replace(self, number=number, face_centre=centres[number], eye_at=faces[number].landmarks[self.eye])

    def dragged(self, viewport: Viewport) -> FaceLock:
        """The lock of a view that was moved off the eye."""
        return replace(self, view_from_eye=(viewport.x - self.eye_at[0], viewport.y - self.eye_at[1]))

    def rotated(self, by: Turn, viewport: Viewport) -> FaceLock:
        """The lock once the photo was turned, the view being `viewport` then."""
        turned = replace(self, face_centre=turned_point(*self.face_centre, by), eye_at=turned_point(*self.eye_at, by))
        return turned.dragged(viewport)

    def view(self, zoom: float) -> Viewport:
        """Where the view is when the eye lies in it as it did before."""
        return Viewport(zoom, self.eye_at[0] + self.view_from_eye[0], self.eye_at[1] + self.view_from_eye[1])
