"""close_up: which of some near-equal frames is the sharpest on the subject, at full resolution."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine.sight import close_up
from engine.types import Card, FileStamp, Frame, Metadata, Photo, Region, Subject, SubjectSource
from tests import blurs, pictures

REGION = Region(0.35, 0.3, 0.3, 0.3)
PHOTOGRAPHS = ("brick", "grass", "gravel", "camera", "astronaut", "chelsea", "rocket")


def varied(pixels: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """As the next frame of a burst: up to 5 pixels aside, 1/3 EV brighter or darker, with noise of its own."""
    left, top = random.integers(0, 11, 2)
    pixels = pixels[top : pixels.shape[0] - 10 + top, left : pixels.shape[1] - 10 + left]
    light = 2.0 ** random.uniform(-1 / 3, 1 / 3)
    return blurs.noisy(blurs.lit(pixels, light, light, light), 2.0, int(random.integers(1 << 30)))


@pytest.mark.parametrize("name", PHOTOGRAPHS)
def test_the_sharp_frame_of_a_burst_is_found(name):
    sharp = blurs.photograph(name)
    random = np.random.default_rng(len(name))
    frames = [sharp, *(blurs.defocused(sharp, radius) for radius in (1, 1.5, 2, 3)),
              *(blurs.moved(sharp, length, random.uniform(0, 180)) for length in (3, 5, 8))]  # fmt: skip
    values = [close_up.sharpness(varied(one, random), REGION) for one in frames]
    assert int(np.argmax(values)) == 0
    assert values[1] > values[2] > values[4]


@pytest.mark.parametrize("stops", [-1 / 3, 1 / 3])
def test_exposure_does_not_change_it(stops):
    sharp = blurs.photograph("astronaut")
    light = 2.0**stops
    changed = close_up.sharpness(blurs.lit(sharp, light, light, light), REGION)
    assert changed == pytest.approx(close_up.sharpness(sharp, REGION), rel=0.05)


def test_noise_is_not_taken_for_sharpness():
    soft = blurs.defocused(blurs.photograph("astronaut"), 2)
    clean = close_up.sharpness(soft, REGION)
    assert close_up.sharpness(blurs.noisy(soft, 4.0), REGION) == pytest.approx(clean, rel=0.25)


def test_only_the_subject_counts():
    pixels = pictures.blurred_but_for(blurs.photograph("gravel"), 0, 0, 150, blur=4)
    inside, outside = Region(0.02, 0.02, 0.2, 0.2), Region(0.5, 0.5, 0.2, 0.2)
    assert close_up.sharpness(pixels, inside) > 3 * close_up.sharpness(pixels, outside)


@pytest.mark.parametrize("rows", [1, 3])
def test_strips_leave_no_seams(rows, monkeypatch):
    pixels = pictures.scene((700, 500), seed=2, noise=3.0)
    whole = close_up.sharpness(pixels, REGION)
    monkeypatch.setattr(close_up, "_STRIP", rows)
    assert close_up.sharpness(pixels, REGION) == pytest.approx(whole, rel=1e-5)
    monkeypatch.setattr(close_up, "_HALO", 0)
    assert close_up.sharpness(pixels, REGION) != pytest.approx(whole, rel=1e-5)


def test_cloth_that_has_fine_detail_alone_is_sharp_too():
    y, x = np.mgrid[:600, :600]
    weave = (120 + 30 * np.sin(2 * np.pi * x / 6) * np.sin(2 * np.pi * y / 7)).astype(np.uint8)
    sharp = np.ascontiguousarray(weave[:, :, None].repeat(3, axis=2))
    sharp[:, :150] = 120  # a plain wall beside it
    values = [close_up.sharpness(blurs.noisy(one, 2.0), REGION) for one in (sharp, blurs.defocused(sharp, 1.5))]
    assert values[0] > 1.5 * values[1] > 0


def card(subject: Subject | None) -> Card:
    photo = Photo(Path("a.jpg"), (Path("a.jpg"),), FileStamp(1, 1, 1))
    return Card(photo, subject=subject, readings={})


@pytest.mark.parametrize(("width", "scale"), [(512, 1.0), (1024, 0.5)])
def test_the_reading_says_where_and_at_what_scale_it_was_taken(width, scale):
    full = Frame(blurs.photograph("astronaut"), width, width, "preview", "0", Metadata())
    before = card(Subject(REGION, SubjectSource.AF))
    found = close_up.measure(full, before).readings[close_up.NAME]
    assert (found.name, found.unit, found.region, found.scale) == (close_up.NAME, "ratio", REGION, scale)
    assert found.value == pytest.approx(close_up.sharpness(full.pixels, REGION), abs=1e-4)
    assert not before.readings


def test_without_a_subject_the_card_stays_as_it_is():
    full = Frame(blurs.photograph("astronaut"), 512, 512, "full", "0", Metadata())
    before = card(None)
    assert close_up.measure(full, before) is before


@pytest.mark.parametrize("size", [(1, 1), (1, 9), (9, 1), (17, 15), (3000, 30), (200, 200)])
@pytest.mark.parametrize("level", [0, 130, 255])
@pytest.mark.parametrize("region", [Region(0, 0, 1, 1), Region(0.99, 0.99, 0.01, 0.01), Region(0.5, 0.5, 1e-9, 1e-9)])
def test_where_nothing_is_seen_it_is_zero(size, level, region):
    assert close_up.sharpness(np.full((size[1], size[0], 3), level, np.uint8), region) < 1e-4
