"""motion.find: blur along known directions, and everything that is no motion."""

from __future__ import annotations

import numpy as np
import pytest

from engine.sight import motion, noise, tiles
from tests import blurs, pictures

PHOTOGRAPHS = ("astronaut", "chelsea", "rocket")
STILL = 0.4
"""Strength that a photograph which did not move stays below."""


def found(pixels: np.ndarray) -> motion.Motion:
    import cv2

    grey = blurs.grey(pixels)
    coarse = cv2.resize(grey, (max(grey.shape[1] // 4, 1), max(grey.shape[0] // 4, 1)), interpolation=cv2.INTER_AREA)
    detail = tiles.means(cv2.Laplacian(grey, cv2.CV_16S), cv2.NORM_L2SQR, tiles.shape_for(*grey.shape))
    return motion.find(grey, coarse, noise.deviation(grey, detail))


def apart(first: float, second: float) -> float:
    """Degrees between two directions."""
    return abs((first - second + 90) % 180 - 90)


@pytest.mark.parametrize("degrees", [0, 25, 60, 90, 130, 165])
@pytest.mark.parametrize("length", [7, 12])
@pytest.mark.parametrize("name", PHOTOGRAPHS)
def test_motion_is_found_along_its_direction(name, length, degrees):
    seen = found(blurs.noisy(blurs.moved(blurs.photograph(name, 2), length, degrees), 1.0))
    assert apart(seen.degrees, degrees) < 15
    assert seen.strength > 0.15 and seen.confidence > 0.5


@pytest.mark.parametrize("name", PHOTOGRAPHS)
def test_the_longer_the_motion_the_stronger(name):
    sharp = blurs.photograph(name, 2)
    strengths = [found(blurs.moved(sharp, length, 30)).strength for length in (3, 6, 12)]
    assert strengths == sorted(strengths)


@pytest.mark.parametrize("name", PHOTOGRAPHS)
@pytest.mark.parametrize("radius", [0.0, 2.0, 4.0])
def test_defocus_has_no_direction(name, radius):
    sharp = blurs.photograph(name, 2)
    seen = found(blurs.noisy(blurs.defocused(sharp, radius) if radius else sharp, 1.5))
    assert seen.strength * seen.confidence < STILL


def test_stripes_at_every_scale_are_texture():
    random = np.random.default_rng(1)
    spectrum = np.fft.rfft2(random.normal(size=(800, 800)))
    y, x = np.fft.fftfreq(800)[:, None], np.fft.rfftfreq(800)[None]
    spectrum /= np.maximum(np.hypot(6 * x, y), 1 / 400) ** 1.5  # grain along x, alike at every scale
    grain = np.fft.irfft2(spectrum)
    grey = (128 + 40 * grain / grain.std()).clip(0, 255).astype(np.uint8)
    texture = np.ascontiguousarray(grey[:, :, None].repeat(3, axis=2))
    blurred = found(blurs.moved(texture, 10, 90))
    assert found(texture).strength < STILL < blurred.strength
    assert apart(blurred.degrees, 90) < 15


@pytest.mark.parametrize("size", [(1, 1), (3, 2000), (2000, 3), (70, 64), (200, 2000)])
@pytest.mark.parametrize("level", [0, 128, 255])
def test_without_detail_nothing_is_claimed(size, level):
    assert found(np.full((*size, 3), level, np.uint8)) == motion.Motion(0.0, 0.0, 0.0)


def test_noise_alone_is_no_motion():
    seen = found(blurs.noisy(np.full((600, 900, 3), 128, np.uint8), 8.0))
    assert seen.strength * seen.confidence < STILL


def test_what_is_small_or_long_is_finite():
    for size in ((60, 40), (2000, 200), (200, 2000)):
        seen = found(pictures.scene(size, 5, noise=3.0))
        assert np.isfinite([seen.strength, seen.degrees, seen.confidence]).all()
        assert 0 <= seen.strength <= 1 and 0 <= seen.degrees < 180 and 0 <= seen.confidence <= 1
