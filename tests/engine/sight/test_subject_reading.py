"""subject_reading: what is measured on the subject, and not beside it."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine.sight import reading, subject, subject_reading
from engine.types import Face, Frame, Metadata, Region, Subject, SubjectSource
from tests import blurs, pictures

SIZE = (960, 640)
ASTRONAUT = Face(
    Region(0.35, 0.1, 0.18, 0.28), 0.99, ((0.402, 0.205), (0.478, 0.205), (0.44, 0.26), (0.41, 0.31), (0.475, 0.31))
)
"""The face in scikit-image's photograph."""


def frame(pixels: np.ndarray) -> Frame:
    return Frame(pixels, 2 * pixels.shape[1], 2 * pixels.shape[0], "half", "0", Metadata())


def on(pixels: np.ndarray, region: Region) -> dict[str, float]:
    """The readings of a subject there."""
    one = frame(pixels)
    where = Subject(region, SubjectSource.AF)
    found = subject_reading.measure(one, where, reading.measure(one).tiles)
    return {name: r.value for name, r in found.items()}


def portrait(face_radius: float, background_radius: float, noise: float = 1.5) -> np.ndarray:
    """The astronaut at twice the size, the face and what is behind it out of focus by so many pixels."""
    import cv2

    whole = blurs.photograph("astronaut", 2)
    part = ASTRONAUT.region
    mask = np.zeros(whole.shape[:2], np.float32)
    middle = (int((part.x + part.w / 2) * 1024), int((part.y + part.h / 2) * 1024))
    cv2.ellipse(mask, middle, (int(part.w * 600), int(part.h * 600)), 0, 0, 360, 1.0, -1)
    mask = cv2.GaussianBlur(mask, (0, 0), 4)[:, :, None]
    face, behind = (blurs.defocused(whole, r) if r else whole for r in (face_radius, background_radius))
    return blurs.noisy((face * mask + behind * (1 - mask)).astype(np.uint8), noise)


@pytest.mark.parametrize("noise", [0.0, 1.5, 5.0])
def test_a_soft_face_before_a_sharp_background_is_a_soft_subject(noise):
    sharp, missed = frame(portrait(0, 3, noise)), frame(portrait(3, 0, noise))
    kept = [reading.measure(one) for one in (sharp, missed)]
    where = subject.known([ASTRONAUT], Metadata())
    assert where is not None
    on_face = [subject_reading.measure(one, where, m.tiles)["subject_sharpness"].value for one, m in
               zip((sharp, missed), kept, strict=True)]  # fmt: skip
    assert on_face[1] < 0.7 * on_face[0]
    whole = [m.readings["sharpness"].value for m in kept]
    assert whole[1] > whole[0]  # what the frame as a whole would have said
    faces = [subject_reading.faces(one, [ASTRONAUT], m.tiles)[0] for one, m in
             zip((sharp, missed), kept, strict=True)]  # fmt: skip
    assert [face.sharpness for face in faces] == on_face


def test_the_more_blur_the_less_sharp():
    region = Region(0.3, 0.3, 0.3, 0.3)
    sharp = pictures.scene(SIZE, 3)
    values = [on(blurs.defocused(sharp, r) if r else sharp, region)["subject_sharpness"] for r in (0, 1, 2, 3)]
    assert values == sorted(values, reverse=True) and values[0] > 2 * values[3]


def test_noise_is_not_taken_for_sharpness():
    region = Region(0.3, 0.3, 0.3, 0.3)
    soft = blurs.defocused(pictures.scene(SIZE, 3), 2)
    clean, noisy = (on(blurs.noisy(soft, level), region)["subject_sharpness"] for level in (0, 4))
    assert noisy == pytest.approx(clean, abs=6)  # 4 levels of noise alone would be 10.6 in the grey Laplacian


@pytest.mark.parametrize("stops", [-1.0, 0.0, 1.0])
def test_exposure_is_that_of_the_subject(stops):
    pixels = np.full((640, 960, 3), 30, np.uint8)
    level = 0.18 * 2**stops
    pixels[200:400, 300:600] = round(255 * (1.055 * level ** (1 / 2.4) - 0.055))
    region = Region(300 / 960, 200 / 640, 300 / 960, 200 / 640)
    assert on(pixels, region)["subject_exposure"] == pytest.approx(stops, abs=0.05)


@pytest.mark.parametrize("seed", [1, 2])
def test_tiles_say_what_the_pixels_said(seed):
    one = frame(pictures.scene(SIZE, seed, noise=2.0))
    kept = reading.measure(one).tiles
    rows, columns = kept.detail.shape
    for region in (Region(3 / columns, 2 / rows, 4 / columns, 3 / rows), Region(0, 0, 1, 1)):
        where = Subject(region, SubjectSource.ATTENTION)
        early, late = subject_reading.measure(one, where, kept), subject_reading.from_tiles(kept, where)
        assert early.keys() == late.keys()
        assert late["subject_sharpness"].value == pytest.approx(early["subject_sharpness"].value, rel=0.05)
        assert late["subject_exposure"].value == pytest.approx(early["subject_exposure"].value, abs=0.1)
        for name, measured in early.items():
            assert (late[name].unit, late[name].normal, late[name].region) == (
                measured.unit, measured.normal, measured.region,
            )  # fmt: skip
            assert measured.name == name and measured.scale == 0.5


def test_the_sharpest_tile_as_the_subject_is_as_sharp_as_the_frame():
    one = frame(pictures.scene(SIZE, 4, noise=1.0))
    found = reading.measure(one)
    of_subject = subject_reading.from_tiles(found.tiles, subject.found(None, found.tiles))
    assert of_subject["subject_sharpness"].value == pytest.approx(found.readings["sharpness"].value, abs=1e-3)


@pytest.mark.parametrize("size", [(1, 1), (1, 9), (9, 1), (5, 5), (3000, 30)])
@pytest.mark.parametrize("level", [0, 130, 255])
@pytest.mark.parametrize(
    "region", [Region(0, 0, 1, 1), Region(0.999, 0.999, 0.001, 0.001), Region(0.5, 0.5, 1e-9, 1e-9)]
)
def test_readings_are_finite_whatever_the_picture_and_the_region(size, level, region):
    pixels = np.full((size[1], size[0], 3), level, np.uint8)
    one = frame(pixels)
    kept = reading.measure(one).tiles
    where = Subject(region, SubjectSource.AF)
    for found in (subject_reading.measure(one, where, kept), subject_reading.from_tiles(kept, where)):
        assert all(math.isfinite(r.value) for r in found.values())


def test_faces_at_the_edge_and_beyond():
    one = frame(pictures.scene(SIZE))
    kept = reading.measure(one).tiles
    points = ((-0.02, 0.5), (0.02, 0.5), (0.0, 0.55), (-0.01, 0.6), (0.01, 0.6))
    edge = Face(Region(-0.05, 0.4, 0.1, 0.25), 0.9, points)
    outside = Face(Region(-0.5, 0.4, 0.1, 0.25), 0.9, tuple((x - 0.5, y) for x, y in points))
    first, second = subject_reading.faces(one, [edge, outside], kept)
    assert first.sharpness is not None and first.sharpness > 0
    assert second == outside
    assert len(subject_reading.faces(one, [edge] * 300, kept)) == 300
