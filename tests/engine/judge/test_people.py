"""Who counts in a photo, and what their eyes say of it."""

from __future__ import annotations

import pytest

from engine.judge import people
from engine.types import EyeState, Face, Region

OPEN, CLOSED, UNKNOWN = EyeState.OPEN, EyeState.CLOSED, EyeState.UNKNOWN


def face(width: float, left: EyeState = OPEN, right: EyeState = OPEN, sharpness: float | None = None) -> Face:
    return Face(Region(0.1, 0.1, width, width), 0.9, ((0.0, 0.0),) * 5, (left, right), sharpness)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (OPEN, OPEN, OPEN),
        (OPEN, UNKNOWN, OPEN),
        (CLOSED, CLOSED, CLOSED),
        (UNKNOWN, CLOSED, CLOSED),
        (OPEN, CLOSED, UNKNOWN),
        (UNKNOWN, UNKNOWN, UNKNOWN),
    ],
)
def test_a_wink_is_no_blink(left: EyeState, right: EyeState, expected: EyeState) -> None:
    assert people.eyes_of(face(0.2, left, right)) is expected


def test_one_of_a_group_who_blinks_decides() -> None:
    assert people.eyes([face(0.2), face(0.15, CLOSED, CLOSED), face(0.2, UNKNOWN, UNKNOWN)]) is CLOSED
    assert people.eyes([face(0.2), face(0.2, UNKNOWN, UNKNOWN)]) is UNKNOWN


def test_a_guest_in_the_background_does_not_decide() -> None:
    faces = [face(0.2, sharpness=20.0), face(0.05, CLOSED, CLOSED, sharpness=2.0)]
    assert people.eyes(faces) is OPEN
    assert people.softest(faces) is faces[0]


def test_the_softest_prominent_face_is_found() -> None:
    faces = [face(0.2, sharpness=20.0), face(0.18, sharpness=9.0), face(0.19)]
    assert people.softest(faces) is faces[1]


def test_without_faces_nothing_is_said() -> None:
    assert people.eyes([]) is None
    assert people.softest([]) is None
    assert people.prominent([]) == ()
