"""colour: pixels of a profile into sRGB, against the formulas of the standards."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image, ImageCms

from engine.files import colour

ADOBE_TO_XYZ = np.array([[0.57667, 0.18556, 0.18823], [0.29734, 0.62736, 0.07529], [0.02703, 0.07069, 0.99134]])
"""Adobe RGB (1998) Color Image Encoding, 4.3.5.3."""
SRGB_TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
"""IEC 61966-2-1."""


def adobe_in_srgb(levels: np.ndarray) -> np.ndarray:
    light = ((levels / 255) ** (563 / 256) @ ADOBE_TO_XYZ.T @ np.linalg.inv(SRGB_TO_XYZ).T).clip(0, 1)
    return 255 * np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)


def test_adobe_rgb_becomes_srgb_as_the_standards_say():
    pixels = np.random.default_rng(1).integers(0, 256, (40, 40, 3), dtype=np.uint8)
    found = np.asarray(colour.to_srgb(Image.fromarray(pixels), colour.adobe_rgb()))
    assert np.abs(found - adobe_in_srgb(pixels)).max() < 2
    assert np.abs(found.astype(int) - pixels).max() > 20


def test_the_adobe_profile_is_one_that_readers_accept():
    profile = ImageCms.ImageCmsProfile(io.BytesIO(colour.adobe_rgb()))
    assert "Adobe RGB" in ImageCms.getProfileDescription(profile)
    assert len(colour.adobe_rgb()) == int.from_bytes(colour.adobe_rgb()[:4], "big")
    assert not colour.is_srgb(colour.adobe_rgb())


@pytest.mark.parametrize("profile", [None, b"", b"not a profile", b"\0" * 128])
def test_without_a_usable_profile_pixels_stay_as_they_are(profile):
    image = Image.fromarray(np.full((2, 2, 3), (10, 200, 90), np.uint8))
    assert colour.is_srgb(profile)
    assert np.array_equal(np.asarray(colour.to_srgb(image, profile)), np.asarray(image))


def test_srgb_is_known_by_its_name():
    assert colour.is_srgb(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())


def test_cmyk_and_grey_become_rgb():
    assert colour.to_srgb(Image.new("CMYK", (2, 2), (0, 0, 0, 0)), None).getpixel((0, 0)) == (255, 255, 255)
    assert colour.to_srgb(Image.new("L", (2, 2), 77), None).getpixel((0, 0)) == (77, 77, 77)
