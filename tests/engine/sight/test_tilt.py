"""tilt.find: scenes turned by known angles, and scenes without a line."""

from __future__ import annotations

import numpy as np
import pytest

from engine.sight import tilt
from engine.sight.reading import TRUST
from tests import blurs, pictures

ANGLES = [-9.0, -4.0, -1.5, 0.0, 0.7, 2.5, 6.0, 12.0]


def sea(size: tuple[int, int] = (900, 600)) -> np.ndarray:
    """A noisy horizon under a gradient."""
    pixels = np.full((size[1], size[0], 3), 90, np.uint8)
    pixels[: size[1] // 2] = np.linspace(220, 170, size[1] // 2)[:, None, None].astype(np.uint8)
    return blurs.noisy(pixels, 3.0)


def houses(size: tuple[int, int] = (900, 600)) -> np.ndarray:
    """Fronts with windows."""
    random = np.random.default_rng(4)
    pixels = np.full((size[1], size[0], 3), 200, np.uint8)
    for left in range(0, size[0], 90):
        top = int(random.integers(60, 250))
        pixels[top:, left : left + 84] = random.integers(60, 160, 3)
        for y in range(top + 20, size[1] - 30, 50):
            pixels[y : y + 26, left + 14 : left + 34] = pixels[y : y + 26, left + 50 : left + 70] = 30
    return blurs.noisy(pixels, 3.0)


def found(pixels: np.ndarray) -> tilt.Tilt:
    return tilt.find(blurs.grey(pixels))


@pytest.mark.parametrize("degrees", ANGLES)
@pytest.mark.parametrize("draw", [sea, houses])
def test_a_turned_scene_is_tilted_by_its_turn(draw, degrees):
    seen = found(blurs.turned(draw(), degrees))
    assert seen.degrees == pytest.approx(degrees, abs=0.4)
    assert seen.confidence > 0.5


@pytest.mark.parametrize("seed", range(4))
def test_grass_has_no_horizon(seed):
    import cv2

    random = np.random.default_rng(seed)
    texture = cv2.GaussianBlur(random.normal(128, 400, (600, 900)), (0, 0), 2.0).clip(0, 255).astype(np.uint8)
    assert tilt.find(texture).confidence < TRUST


@pytest.mark.parametrize("name", ["astronaut", "cat", "coffee"])
def test_what_has_no_line_is_not_called_tilted(name):
    assert found(blurs.photograph(name)).confidence < 0.5


def test_a_fisheye_bends_every_line():
    import cv2

    height, width = 600, 900
    y, x = np.mgrid[:height, :width].astype(np.float32)
    dx, dy = (x - width / 2) / width, (y - height / 2) / width
    bulge = 1 + 1.6 * (dx**2 + dy**2)
    bent = cv2.remap(houses(), width / 2 + dx * bulge * width * 0.7, height / 2 + dy * bulge * width * 0.7, 1)
    seen = found(np.ascontiguousarray(bent))
    assert seen.confidence < TRUST or abs(seen.degrees) < 1.5


@pytest.mark.parametrize("size", [(1, 1), (3, 2000), (2000, 3), (16, 16), (200, 2000)])
@pytest.mark.parametrize("level", [0, 128, 255])
def test_without_an_edge_nothing_is_claimed(size, level):
    assert tilt.find(np.full(size, level, np.uint8)) == tilt.Tilt(0.0, 0.0)


def test_monochrome_panoramas_are_finite():
    pixels = pictures.scene((2000, 200), 3)
    assert np.isfinite(found(pixels).degrees)
