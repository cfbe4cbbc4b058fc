"""colour_cast.find: the colour of the light, known because the tests make it."""

from __future__ import annotations

import numpy as np
import pytest

from engine.sight import colour_cast
from tests import blurs, pictures

LIGHTS = [(1.25, 1.0, 0.7), (0.8, 1.0, 1.25), (1.0, 0.85, 1.0), (1.0, 1.15, 1.0), (1.1, 1.0, 0.85)]


def middle_grey_in(*light: float) -> tuple[float, float]:
    """a*, b* of middle grey there, brightness apart."""
    import cv2

    luminance = float(np.dot(light, (0.2126, 0.7152, 0.0722)))
    _, a, b = cv2.cvtColor(np.array([[light]], np.float32) * np.float32(0.18 / luminance), cv2.COLOR_LRGB2Lab)[0, 0]
    return float(a), float(b)


@pytest.mark.parametrize("light", LIGHTS)
@pytest.mark.parametrize("name", ["astronaut", "coffee"])
def test_a_light_of_another_colour_moves_the_cast_by_as_much(light, name):
    before = (0.7 * blurs.photograph(name)).astype(np.uint8)
    first, second = colour_cast.find(before), colour_cast.find(blurs.lit(before, *light))
    a, b = middle_grey_in(*light)
    assert (second.a - first.a, second.b - first.b) == pytest.approx((a, b), abs=2.0)


@pytest.mark.parametrize("light", [(1.0, 1.0, 1.0), *LIGHTS])
def test_grey_things_show_the_light_itself(light):
    grey = pictures.scene((960, 640), 3).mean(axis=2, keepdims=True).repeat(3, axis=2).astype(np.uint8)
    found = colour_cast.find(blurs.lit(grey, *light))
    assert (found.a, found.b) == pytest.approx(middle_grey_in(*light), abs=0.7)
    assert found.confidence > 0.9


def test_where_things_and_their_edges_disagree_there_is_no_trust():
    pixels = np.full((300, 400, 3), (140, 60, 40), np.uint8)  # a wall of brick that fills the frame
    pixels[100:200:20, 100:300:20] = (60, 90, 200)
    assert colour_cast.find(pixels).confidence < 0.3


@pytest.mark.parametrize("level", [0, 5, 128, 252, 255])
@pytest.mark.parametrize("size", [(1, 1), (1, 9), (9, 1), (400, 4000), (64, 64)])
def test_grey_pictures_have_no_cast_and_black_and_white_ones_tell_nothing(level, size):
    found = colour_cast.find(np.full((*size, 3), level, np.uint8))
    assert (found.a, found.b) == pytest.approx((0, 0), abs=0.05)
    assert found.confidence == 0
