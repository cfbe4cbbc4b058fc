"""Flaws are put in as flaws.toml says: visible to the readings, repeatable, and by other kernels when judged."""

from __future__ import annotations

from typing import get_args

import numpy as np
import pytest

from engine.judge.claims import FAULTS
from engine.sight import reading
from engine.types import Frame, Metadata
from tests import pictures
from training.vila import flaws, kernels

KINDS = sorted(flaws.table())


def _scene(edge: int = 512) -> np.ndarray:
    return pictures.scene((edge, edge * 3 // 4), gain_ev=1.0)


def _read(pixels: np.ndarray, name: str) -> float:
    height, width = pixels.shape[:2]
    return reading.measure(Frame(pixels, width, height, "full", "", Metadata())).readings[name].value


def test_every_flaw_is_a_fault_that_can_be_claimed() -> None:
    assert set(KINDS) <= set(FAULTS)
    for flaw in flaws.table().values():
        assert flaw.training[0] < flaw.clear < flaw.training[1]
        assert flaw.training[0] <= flaw.draw(np.random.default_rng(1)) <= flaw.training[1]


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_seed_gives_the_same_pixels_and_kernels_differ(kind: str) -> None:
    pixels, clear = _scene(256), flaws.table()[kind].clear
    made = {which: flaws.inject(pixels, kind, clear, 7, which) for which in get_args(flaws.Kernels)}
    for which, found in made.items():
        assert found.shape == pixels.shape and found.dtype == np.uint8
        assert np.array_equal(found, flaws.inject(pixels, kind, clear, 7, which))
        assert not np.array_equal(found, pixels)
    assert not np.array_equal(made["training"], made["evaluation"])


@pytest.mark.parametrize("which", get_args(flaws.Kernels))
@pytest.mark.parametrize(
    ("kind", "name", "sign"),
    [
        ("defocus", "sharpness", -1),
        ("motion", "sharpness", -1),
        ("underexposed", "exposure", -1),
        ("overexposed", "exposure", 1),
        ("clipped_highlights", "clipping_high", 1),
        ("noise", "noise", 1),
        ("low_contrast", "contrast", -1),
    ],
)
def test_a_clear_flaw_moves_its_reading_and_a_stronger_one_further(
    which: flaws.Kernels, kind: str, name: str, sign: int
) -> None:
    pixels, flaw = _scene(), flaws.table()[kind]
    untouched = _read(pixels, name)
    strengths = (flaw.training[0], flaw.clear, flaw.training[1])
    least, clear, most = (_read(flaws.inject(pixels, kind, strength, 3, which), name) for strength in strengths)
    assert sign * untouched < sign * least < sign * clear < sign * most


@pytest.mark.parametrize("which", get_args(flaws.Kernels))
def test_exposure_moves_by_the_stops_that_were_asked_for(which: flaws.Kernels) -> None:
    pixels = _scene()
    assert _read(flaws.inject(pixels, "underexposed", 2.0, 1, which), "exposure") == pytest.approx(
        _read(pixels, "exposure") - 2.0, abs=0.25
    )


@pytest.mark.parametrize("which", get_args(flaws.Kernels))
def test_noise_has_the_deviation_that_was_asked_for_at_middle_grey(which: flaws.Kernels) -> None:
    grey = np.full((256, 256, 3), 118, np.uint8)
    noisy = flaws.inject(grey, "noise", 20.0, 1, which).astype(float)
    assert noisy.std() == pytest.approx(20.0, rel=0.15)
    assert noisy.mean() == pytest.approx(118, abs=3)


@pytest.mark.parametrize("which", get_args(flaws.Kernels))
def test_a_cast_shifts_grey_by_the_distance_that_was_asked_for(which: flaws.Kernels) -> None:
    import cv2

    grey = np.full((32, 32, 3), 119, np.uint8)
    cast = flaws.inject(grey, "colour_cast", 20.0, 5, which).astype(np.float32) / 255
    _, a, b = cv2.cvtColor(cast, cv2.COLOR_RGB2LAB)[0, 0]
    assert np.hypot(a, b) == pytest.approx(20.0, rel=0.15)


@pytest.mark.parametrize("which", get_args(flaws.Kernels))
def test_tilt_turns_by_the_degrees_that_were_asked_for_and_leaves_no_corner(which: flaws.Kernels) -> None:
    pixels = np.full((384, 512, 3), 60, np.uint8)
    pixels[200:] = 190
    turned = flaws.inject(pixels, "tilt", 5.0, 1, which)
    assert abs(_read(turned, "tilt")) == pytest.approx(5.0, abs=0.6)
    assert set(np.unique(turned[:40])) <= set(range(40, 80))


_STRAIGHT = 0
"""A seed whose path has no bend."""


@pytest.mark.parametrize("edge", [256, 512])
def test_lengths_grow_with_the_picture(edge: int) -> None:
    dot = np.zeros((edge, edge, 3), np.uint8)
    dot[edge // 2, edge // 2] = 255
    seen = np.argwhere(flaws.inject(dot, "motion", 40.0, 2)[..., 0] > 0)
    assert np.hypot(*np.ptp(seen, axis=0)) == pytest.approx(40 * edge / 512, abs=3)


def test_kernels_sum_to_one_and_are_as_wide_as_they_say() -> None:
    random = np.random.default_rng(2)
    drawn = (
        kernels.disc(4.5),
        kernels.gaussian(2.0),
        kernels.polygon(4.5, 6, 0.3),
        kernels.line(15.0, 0.7),
        kernels.shake(15.0, 0.7, random),
        kernels.bent(15.0, 0.7, 0.9, 0.4),
    )
    for kernel in drawn:
        assert kernel.sum() == pytest.approx(1.0, abs=1e-5) and kernel.min() >= 0
        assert kernel.shape[0] == kernel.shape[1] and kernel.shape[0] % 2 == 1
    disc, _, polygon, *_ = drawn
    assert (disc > 0).sum() == pytest.approx((polygon > 0).sum(), rel=0.15)


def test_a_bent_path_without_a_bend_is_a_line_and_with_one_is_shorter_across() -> None:
    def reach(kernel: kernels.Kernel) -> float:
        return float(np.hypot(*np.ptp(np.argwhere(kernel > 0.002), axis=0)))

    straight, line = kernels.bent(20.0, 0.7, 0.0, 0.5), kernels.line(20.0, 0.7)
    assert reach(straight) == pytest.approx(reach(line), abs=1.5)
    assert reach(kernels.bent(20.0, 0.7, 1.2, 0.5)) < reach(straight) - 1


def test_casts_have_every_hue() -> None:
    hues = np.array([flaws.hue(seed) for seed in range(200)])
    assert np.histogram(hues, 8, (0, 2 * np.pi))[0].min() >= 10


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises((KeyError, ValueError), match="vignette"):
        flaws.inject(_scene(64), "vignette", 1.0, 0)
