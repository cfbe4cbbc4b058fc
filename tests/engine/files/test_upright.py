"""upright.turn: the eight orientations, against Pillow's own reading of the standard."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageOps

from engine.files import upright
from engine.types import Region

PIXELS = np.arange(4 * 6 * 3, dtype=np.uint8).reshape(4, 6, 3)


def by_pillow(orientation: int) -> np.ndarray:
    image = Image.fromarray(PIXELS)
    image.getexif()[0x0112] = orientation
    return np.asarray(ImageOps.exif_transpose(image))


@pytest.mark.parametrize("orientation", upright.ORIENTATIONS)
def test_every_orientation_is_turned_as_the_standard_says(orientation):
    turned = upright.turn(PIXELS, orientation)
    assert np.array_equal(turned, by_pillow(orientation))
    assert turned.flags.c_contiguous
    assert (turned.shape[:2] == (6, 4)) == (orientation in upright.SIDEWAYS)


@pytest.mark.parametrize("orientation", [0, 9, 99, -1])
def test_any_other_number_leaves_the_picture_as_it_is(orientation):
    assert np.array_equal(upright.turn(PIXELS, orientation), PIXELS)


@pytest.mark.parametrize("orientation", [*upright.ORIENTATIONS, 99])
def test_a_region_turns_with_the_picture(orientation):
    pixels = np.zeros((40, 60, 3), np.uint8)
    pixels[4:12, 30:45] = 255
    turned = upright.turn(pixels, orientation)
    found = upright.turn_region(Region(30 / 60, 4 / 40, 15 / 60, 8 / 40), orientation)
    height, width = turned.shape[:2]
    rows, columns = np.nonzero(turned[:, :, 0])
    assert (found.x * width, found.y * height) == pytest.approx((columns.min(), rows.min()))
    assert (found.w * width, found.h * height) == pytest.approx((np.ptp(columns) + 1, np.ptp(rows) + 1))
