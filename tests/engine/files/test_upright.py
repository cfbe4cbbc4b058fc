"""upright.turn: the eight orientations, against Pillow's own reading of the standard."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageOps

from engine.files import upright

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
