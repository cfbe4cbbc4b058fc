"""What of an eye is looked at, and when nothing is said."""

from __future__ import annotations

import numpy as np
import pytest

from engine.models import eyes, squares
from engine.models.eyes import CROP, EYES, SMALLEST, Eyes
from engine.types import EyeState
from tests.engine.models import face_networks

OPEN, CLOSED, UNKNOWN = EyeState.OPEN, EyeState.CLOSED, EyeState.UNKNOWN
FRONTAL = np.array([[100, 100], [160, 100], [130, 130], [110, 160], [150, 160]], np.float32)


@pytest.fixture(scope="module")
def net() -> Eyes:
    return Eyes(EYES, face_networks.eyes())


def picture(left: int, right: int) -> np.ndarray:
    """The half around the eye on the left is that grey, the other half the other."""
    pixels = np.full((260, 260, 3), left, np.uint8)
    pixels[:, 130:] = right
    return pixels


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [(250, 250, (OPEN, OPEN)), (250, 5, (OPEN, CLOSED)), (5, 250, (CLOSED, OPEN)), (128, 5, (UNKNOWN, CLOSED))],
)
def test_each_eye_is_told_for_itself_and_only_where_it_is_certain(
    net: Eyes, left: int, right: int, expected: tuple[EyeState, EyeState]
) -> None:
    assert net.states(picture(left, right), FRONTAL[None]) == [expected]


def test_nothing_is_said_of_eyes_too_close_together(net: Eyes) -> None:
    pixels = picture(250, 250)
    scale = SMALLEST / 60
    sizes = [(scale * 1.01, OPEN), (scale * 0.99, UNKNOWN), (0.0, UNKNOWN)]
    points = np.stack([(FRONTAL - 130) * size + 130 for size, _ in sizes]).astype(np.float32)
    assert net.states(pixels, points) == [(state, state) for _, state in sizes]
    assert net.states(pixels, points[:0]) == []


def test_nothing_is_said_of_a_profile(net: Eyes) -> None:
    profile = FRONTAL.copy()
    profile[2, 0] = 163
    assert eyes.turn(FRONTAL) == pytest.approx(0)
    assert eyes.turn(profile) == pytest.approx(1.1)
    assert net.states(picture(250, 250), np.stack([profile, FRONTAL])) == [(UNKNOWN, UNKNOWN), (OPEN, OPEN)]


def test_a_crop_is_level_along_the_line_of_the_eyes() -> None:
    import cv2

    pixels = np.zeros((400, 400, 3), np.uint8)
    turn = np.radians(25)
    ends = [tuple(int(v) for v in 200 + d * 80 * np.array([np.cos(turn), np.sin(turn)])) for d in (-1, 1)]
    cv2.line(pixels, ends[0], ends[1], (255, 255, 255), 9)
    points = np.zeros((5, 2), np.float32)
    points[:2] = ends
    middle = squares.square(pixels, np.array([200.5, 200.5], np.float32), 120.0, float(turn), CROP)
    rows = middle.astype(float).mean(1)
    assert rows.argmax() in (CROP // 2 - 1, CROP // 2)
    assert rows[CROP // 2 - 1 : CROP // 2 + 1].mean() > 150
    assert max(rows[: CROP // 2 - 3].max(), rows[CROP // 2 + 3 :].max()) < 5
    # The eye itself is the end of the line: light up to the middle, dark beyond.
    columns = eyes.crop(pixels, points, 1)[CROP // 2 - 1].astype(float)
    assert columns[: CROP // 2 - 2].min() > 150
    assert columns[CROP // 2 + 4 :].max() < 60


def test_a_crop_beyond_the_edge_repeats_it_whatever_its_size() -> None:
    pixels = np.full((50, 60, 3), 77, np.uint8)
    for centre, side in (((0, 0), 30.0), ((59, 49), 500.0), ((-40, 20), 20.0), ((30, 25), 1.0), ((90, 90), 3000.0)):
        crop = squares.square(pixels, np.array(centre, np.float32), side, 0.4, CROP)
        assert crop.shape == (CROP, CROP)
        assert (crop == 77).all()
