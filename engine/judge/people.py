"""What the faces of a photo say of it: who counts, and whether their eyes are open."""

from __future__ import annotations

from collections.abc import Sequence

from engine.types import EyeState, Face

PROMINENT = 0.5
"""A face at least this share of the largest one's width counts: the guests behind a couple do not."""


def prominent(faces: Sequence[Face]) -> tuple[Face, ...]:
    """The faces that the photo is of, the largest first."""
    if not faces:
        return ()
    widest = max(face.region.w for face in faces)
    return tuple(face for face in faces if face.region.w >= PROMINENT * widest)


def eyes_of(face: Face) -> EyeState:
    """Of one face: closed where an eye is closed and the other not open, open where none is closed and one open."""
    if EyeState.CLOSED in face.eyes and EyeState.OPEN not in face.eyes:
        return EyeState.CLOSED
    if EyeState.OPEN in face.eyes and EyeState.CLOSED not in face.eyes:
        return EyeState.OPEN
    return EyeState.UNKNOWN


def eyes(faces: Sequence[Face]) -> EyeState | None:
    """Of a photo: the worst prominent face decides, so one who blinks is enough. None without a face."""
    states = {eyes_of(face) for face in prominent(faces)}
    for state in (EyeState.CLOSED, EyeState.UNKNOWN, EyeState.OPEN):
        if state in states:
            return state
    return None


def softest(faces: Sequence[Face]) -> Face | None:
    """The prominent face whose eyes are least sharp; None where no sharpness was measured."""
    measured = [(face.sharpness, i) for i, face in enumerate(prominent(faces)) if face.sharpness is not None]
    return prominent(faces)[min(measured)[1]] if measured else None
