"""Clipping by channel and by place."""

from __future__ import annotations

import numpy as np
import pytest

from engine.sight import reading
from engine.types import Frame, Metadata, Reading

NAMES = ("high", "low", "red", "green", "blue")


def measured(pixels: np.ndarray) -> dict[str, Reading]:
    found = reading.measure(Frame(pixels, pixels.shape[1], pixels.shape[0], "full", "0", Metadata())).readings
    return {name: found[f"clipping_{name}"] for name in NAMES}


def spotted(colour: tuple[int, int, int], size: tuple[int, int] = (320, 200)) -> np.ndarray:
    """Middle grey with one tile's worth of `colour` in the 3rd column and 2nd row of 16 x 10 tiles."""
    pixels = np.full((size[1], size[0], 3), 120, np.uint8)
    wide, high = size[0] // 16, size[1] // 10
    pixels[high : 2 * high, 2 * wide : 3 * wide] = colour
    return pixels


@pytest.mark.parametrize(
    ("colour", "clipped"),
    [
        ((255, 255, 255), {"high", "red", "green", "blue"}),
        ((255, 90, 90), {"high", "red"}),
        ((90, 255, 90), {"high", "green"}),
        ((90, 90, 255), {"high", "blue"}),
        ((255, 255, 0), {"high", "red", "green"}),
        ((0, 0, 0), {"low"}),
        ((254, 254, 254), set()),
    ],
)
@pytest.mark.parametrize("size", [(320, 200), (3200, 2000)])
def test_each_channel_says_how_much_of_it_is_clipped_and_where_most_of_it_lies(colour, clipped, size):
    for name, found in measured(spotted(colour, size)).items():
        if name not in clipped:
            assert (found.value, found.region) == (0, None)
            continue
        assert found.value == pytest.approx(1 / 160, rel=0.1)
        where = found.region
        assert where is not None
        assert (where.x, where.y, where.w, where.h) == pytest.approx((2 / 16, 1 / 10, 1 / 16, 1 / 10))


def test_two_places_of_which_one_has_more():
    pixels = spotted((255, 255, 255))
    pixels[150:160, 200:205] = 255
    where = measured(pixels)["high"].region
    assert where is not None and (where.x, where.y) == pytest.approx((2 / 16, 1 / 10))
