"""Panoramas: a steady cadence, one exposure, and a picture that moves on."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from engine.judge.grouping import group
from engine.types import Card, GroupKind
from tests.engine.judge.frames import card, names


def sweep(
    count: int = 5,
    cadence: float = 1.5,
    step: float = 0.3,
    times: Sequence[float] | None = None,
    exposures: Sequence[float] | None = None,
) -> list[Card]:
    """Frames along which the picture turns `step` of a right angle each."""
    return [
        card(
            f"p{i:02}",
            times[i] if times else i * cadence,
            scene=1 + i * step,
            exposure_time=exposures[i] if exposures else 1 / 250,
            aperture=8.0,
            iso=100,
            focal_length=35.0,
        )
        for i in range(count)
    ]


def test_a_sweep_is_a_panorama_with_the_frames_around_it_left_out():
    before, after = card("a", -60, scene=7), card("z", 90, scene=8)
    assert names(group([before, *sweep(), after])) == [
        ("single", ["a"]),
        ("panorama", ["p00", "p01", "p02", "p03", "p04"]),
        ("single", ["z"]),
    ]


def test_a_trial_frame_before_the_sweep_is_no_part_of_it():
    trial = sweep(1)[0]
    frames = [card("a", -1.5, scene=1.9, exposure_time=1 / 250, aperture=8.0, iso=100, focal_length=35.0), *sweep(4)]
    assert trial.path == frames[1].path
    found = [g for g in group(frames) if g.kind is GroupKind.PANORAMA]
    assert [[path.name for path in g.members] for g in found] == [["p00", "p01", "p02", "p03"]]


@pytest.mark.parametrize(
    "frames",
    [
        pytest.param(sweep(2), id="two frames"),
        pytest.param(sweep(cadence=0.2), id="too quick"),
        pytest.param(sweep(cadence=9.0), id="too slow"),
        pytest.param(sweep(times=[0, 0.6, 3.5, 4.2, 7.8]), id="unsteady"),
        pytest.param(sweep(exposures=[1 / 250, 1 / 200, 1 / 160, 1 / 250, 1 / 320]), id="metered frame by frame"),
        pytest.param(sweep(step=0.02), id="it hardly moves"),
        pytest.param(sweep(step=1.0), id="without overlap"),
        pytest.param(sweep(60, step=0.3), id="too long"),
    ],
)
def test_what_lacks_a_sign_of_a_panorama_is_none(frames: list[Card]):
    groups = group(frames)
    assert GroupKind.PANORAMA not in {g.kind for g in groups}
    assert sum(len(g.members) for g in groups) == len(frames)


def test_a_series_that_comes_back_is_no_panorama():
    there_and_back = [
        card(f"p{i}", i * 1.5, scene=1 + 0.4 * (i % 2), exposure_time=0.01, aperture=8.0, iso=100, focal_length=35.0)
        for i in range(6)
    ]
    assert names(group(there_and_back)) == [("burst", [f"p{i}" for i in range(6)])]


def test_unknown_exposures_are_not_taken_for_equal_ones():
    assert GroupKind.PANORAMA not in {g.kind for g in group([card(f"p{i}", i * 1.5, 1 + i * 0.3) for i in range(5)])}
