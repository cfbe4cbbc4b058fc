"""reading.measure, against pictures whose sharpness, light, clipping and noise are known."""

from __future__ import annotations

import math
import re
from pathlib import Path

import numpy as np
import pytest

from engine.sight import close_up, reading, subject, subject_reading, tiles
from engine.types import Frame, Metadata, Reading
from tests import blurs, pictures

SIZE = (960, 640)


def measured(pixels: np.ndarray, width: int | None = None) -> dict[str, Reading]:
    height = pixels.shape[0] * (width or pixels.shape[1]) // pixels.shape[1]
    return reading.measure(Frame(pixels, width or pixels.shape[1], height, "full", "0", Metadata())).readings


def value(pixels: np.ndarray, name: str) -> float:
    return measured(pixels)[name].value


def flat(*colour: int, size: tuple[int, int] = (96, 64)) -> np.ndarray:
    return np.full((size[1], size[0], 3), colour, np.uint8)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_more_blur_the_less_sharp(seed):
    values = [value(pictures.scene(SIZE, seed, blur=blur), "sharpness") for blur in (0.0, 0.5, 1.0, 2.0, 4.0)]
    assert values == sorted(values, reverse=True)
    assert values[0] > 3 * values[3] > 0


def test_sharpness_is_the_deviation_of_the_laplacian():
    pixels = flat(100, 100, 100, size=(320, 320))
    pixels[:, ::2] = 110
    found = measured(pixels)
    # Two neighbours of each pixel are as it is, two are 10 levels away. Straight stripes are no noise.
    assert found["sharpness"].value == pytest.approx(2 * 10, abs=0.01)
    assert found["noise"].value == 0


@pytest.mark.parametrize(("left", "top"), [(0, 0), (480, 240), (840, 520)])
def test_the_sharpest_tile_lies_where_the_picture_is_sharp(left, top):
    pixels = pictures.blurred_but_for(pictures.scene(SIZE, 4), left, top, 120)
    found = measured(pixels)["sharpness"]
    where = found.region
    assert where is not None
    x, y = (where.x + where.w / 2) * SIZE[0], (where.y + where.h / 2) * SIZE[1]
    assert left <= x <= left + 120 and top <= y <= top + 120
    assert found.value > 2 * value(pictures.scene(SIZE, 4, blur=6.0), "sharpness")


def test_noise_is_not_taken_for_sharpness():
    soft = pictures.scene(SIZE, 5, blur=3.0)
    noisy = pictures.scene(SIZE, 5, blur=3.0, noise=6.0)
    assert value(noisy, "sharpness") < value(soft, "sharpness") + 15
    assert value(pictures.scene(SIZE, 5), "sharpness") > value(noisy, "sharpness")


@pytest.mark.parametrize("stops", [-2.0, -1.0, 1.0, 2.0])
def test_exposure_moves_with_the_light(stops):
    moved = value(pictures.scene(SIZE, gain_ev=stops), "exposure") - value(pictures.scene(SIZE), "exposure")
    assert moved == pytest.approx(stops, abs=0.1 * abs(stops))


def test_middle_grey_is_exposed_at_zero_and_white_two_and_a_half_stops_above():
    middle = round(255 * (1.055 * 0.18 ** (1 / 2.4) - 0.055))
    assert value(flat(middle, middle, middle), "exposure") == pytest.approx(0, abs=0.03)
    assert value(flat(255, 255, 255), "exposure") == pytest.approx(math.log2(1 / 0.18), abs=1e-3)
    assert math.isfinite(value(flat(0, 0, 0), "exposure"))


@pytest.mark.parametrize("sigma", [1.0, 2.0, 4.0, 8.0])
@pytest.mark.parametrize("blur", [0.0, 3.0])
def test_the_deviation_of_added_noise_is_found(sigma, blur):
    found = value(pictures.scene(SIZE, 6, blur=blur, noise=sigma), "noise")
    alone = value(pictures.scene(SIZE, 6, blur=blur), "noise")
    assert found == pytest.approx(math.hypot(sigma, alone), rel=0.15)


def test_a_smooth_picture_has_no_noise_and_clipped_parts_show_none():
    ramp = np.repeat(np.linspace(20, 220, 640).astype(np.uint8)[None, :, None], 480, axis=0).repeat(3, axis=2)
    assert value(np.ascontiguousarray(ramp), "noise") < 0.5
    noisy = pictures.scene(SIZE, 7, noise=5.0)
    noisy[: SIZE[1] // 2] = 255
    assert value(noisy, "noise") == pytest.approx(5, rel=0.25)
    assert value(flat(255, 255, 255), "noise") == 0


@pytest.mark.parametrize(
    ("colour", "high", "low"),
    [((255, 255, 255), 0.25, 0), ((90, 255, 90), 0.25, 0), ((254, 254, 254), 0, 0), ((0, 0, 0), 0, 0.25),
     ((2, 2, 2), 0, 0.25), ((3, 0, 0), 0, 0), ((0, 0, 12), 0, 0)],
)  # fmt: skip
def test_clipping_is_counted_to_the_pixel(colour, high, low):
    pixels = flat(120, 120, 120)
    pixels[: pixels.shape[0] // 2, : pixels.shape[1] // 2] = colour
    found = measured(pixels)
    assert (found["clipping_high"].value, found["clipping_low"].value) == (high, low)


@pytest.mark.parametrize("size", [(1, 1), (1, 5), (5, 1), (2, 2), (3, 3), (15, 17), (16000, 3), (3, 16000)])
@pytest.mark.parametrize("level", [0, 130, 255])
def test_pictures_of_any_shape_have_finite_readings(size, level):
    pixels = flat(level, level, level, size=size)
    pixels[-1, -1] = 77
    for name, found in measured(pixels).items():
        assert found.name == name
        assert math.isfinite(found.value)
    where = measured(pixels)["sharpness"].region
    assert where is not None
    assert 0 <= where.x < where.x + where.w <= 1 + 1e-9
    assert 0 <= where.y < where.y + where.h <= 1 + 1e-9


def test_the_same_pixels_always_give_the_same_numbers():
    pixels = pictures.scene(SIZE, 8, noise=3.0)
    assert measured(pixels) == measured(pixels.copy())


def test_pixels_are_left_as_they_are():
    pixels = pictures.scene(SIZE)
    before = pixels.copy()
    pixels.flags.writeable = False
    measured(pixels)
    assert np.array_equal(pixels, before)


UNITS = {
    "sharpness": "grey levels",
    "exposure": "EV",
    "contrast": "share",
    "clipping_high": "share",
    "clipping_low": "share",
    "clipping_red": "share",
    "clipping_green": "share",
    "clipping_blue": "share",
    "noise": "grey levels",
    "cast_green_magenta": "CIELAB",
    "cast_blue_yellow": "CIELAB",
    "tilt": "degrees",
    "motion": "share",
}
GUESSED = {"cast_green_magenta", "cast_blue_yellow", "tilt", "motion"}


def test_every_reading_says_its_unit_its_range_and_the_scale_it_was_taken_at():
    found = measured(pictures.scene((240, 160)), width=480)
    assert {name: r.unit for name, r in found.items() if name != "motion_direction"} == UNITS
    assert {r.scale for r in found.values()} == {0.5}
    assert all(low < high for low, high in (r.normal for r in found.values()))
    assert [name for name, r in found.items() if r.region is not None] == ["sharpness"]


def test_readings_of_reduced_pictures_say_so():
    found = measured(pictures.scene((3000, 2000)), width=6000)
    assert (found["sharpness"].scale, found["motion"].scale, found["tilt"].scale) == (0.5, 0.5, 0.125)
    assert found["cast_blue_yellow"].scale == pytest.approx(256 / 6000, abs=1e-4)


def test_only_what_is_guessed_has_a_confidence_and_what_is_not_trusted_claims_nothing():
    for pixels in (pictures.scene(SIZE), flat(90, 90, 90), pictures.scene((40, 30))):
        found = measured(pixels)
        assert {name for name, r in found.items() if r.confidence is not None} - {"motion_direction"} == GUESSED
        for name in GUESSED:
            guess = found[name]
            assert guess.confidence is not None and 0 <= guess.confidence <= 1
            assert guess.confidence >= reading.TRUST or guess.value == 0
    assert "motion_direction" not in measured(flat(90, 90, 90))


def test_contrast_is_the_deviation_of_the_grey_levels():
    pixels = flat(0, 0, 0)
    assert value(pixels, "contrast") == 0
    pixels[:, ::2] = 255
    assert value(pixels, "contrast") == pytest.approx(0.5)
    soft, hard = pictures.scene(SIZE), pictures.scene(SIZE).astype(float)
    hard = ((hard - 100) * 1.3 + 100).clip(0, 255).astype(np.uint8)
    assert value(hard, "contrast") == pytest.approx(1.3 * value(soft, "contrast"), rel=0.02)


def test_the_tiles_say_what_the_readings_say():
    pixels = pictures.scene(SIZE, 2, noise=2.0)
    found = reading.measure(Frame(pixels, 2 * SIZE[0], 2 * SIZE[1], "half", "0", Metadata()))
    kept, sharpness = found.tiles, found.readings["sharpness"].value
    assert kept.detail.shape == kept.light.shape == (11, 16)
    assert kept.detail.dtype == kept.light.dtype == np.float32
    assert (kept.scale, kept.edge) == (0.5, SIZE[0])
    assert math.sqrt(kept.detail.max() - 20 * kept.noise**2) == pytest.approx(sharpness, abs=1e-3)
    assert math.log2(kept.light.mean() / 0.18) == pytest.approx(found.readings["exposure"].value, abs=0.05)


def test_larger_pictures_may_be_softer():
    ranges = [measured(flat(99, 99, 99, size=(edge, 8)))["sharpness"].normal for edge in (100, 256, 1600, 3000)]
    assert ranges == [(54.6, 156.4), (54.6, 156.4), (18.2, 156.4), (12.5, 156.4)]


def test_the_page_states_the_units_and_ranges_that_are_given():
    page = (Path(__file__).parents[3] / "docs" / "readings.md").read_text()
    stated = {
        name: (unit, float(low), float(high))
        for name, unit, low, high in re.findall(r"^\| `(\w+)` \| (.+?) \| (\S+) to (\S+) \|", page, re.MULTILINE)
    }
    given = {name: (r.unit, *r.normal) for name, r in measured(blurs.moved(pictures.scene(SIZE), 9, 30)).items()}
    given |= {name: (r.unit, *r.normal) for name, r in measured(flat(99, 99, 99)).items()}
    kept = reading.measure(Frame(flat(99, 99, 99), 96, 64, "full", "0", Metadata())).tiles
    of_subject = subject_reading.from_tiles(kept, subject.found(None, kept))
    given |= {name: (r.unit, *r.normal) for name, r in of_subject.items()}
    given[close_up.NAME] = ("ratio", *close_up.NORMAL)
    assert stated == given


@pytest.mark.parametrize("size", [(1000, 700), (16, 10), (7, 5), (1, 3), (3, 1)])
def test_rows_of_tiles_leave_no_seams(size):
    import cv2

    grey = np.ascontiguousarray(pictures.scene(size, seed=3, noise=3.0)[:, :, 1])
    whole = cv2.Laplacian(grey, cv2.CV_16S)
    assert np.array_equal(tiles.detail(grey), tiles.means(whole, cv2.NORM_L2SQR, tiles.shape_for(*grey.shape)))
