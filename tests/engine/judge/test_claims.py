"""Claims: each has its tag, and is held against the readings of the same photo."""

from __future__ import annotations

import numpy as np
import pytest

from engine.judge.claims import CLAIMS, FAULTS, Claim, Polarity, Standing, of_tag, weigh
from engine.sight import reading
from engine.types import Frame, Metadata, Reading
from tests import pictures


def _readings(**options: float) -> dict[str, Reading]:
    return _measured(pictures.scene(**options))


def _measured(pixels: np.ndarray) -> dict[str, Reading]:
    height, width = pixels.shape[:2]
    return reading.measure(Frame(pixels, width, height, "full", "", Metadata())).readings


def _reading(name: str, value: float, normal: tuple[float, float], confidence: float | None = None) -> Reading:
    return Reading(name, value, "", normal, None, 1.0, confidence)


def test_every_claim_is_found_by_its_tag() -> None:
    assert all(of_tag(claim.tag) is claim for claim in CLAIMS.values())
    assert of_tag("sharp") is None
    assert of_tag("<start>") is None


def test_every_check_names_a_reading_that_is_measured() -> None:
    measured = set(_readings())
    named = {check.reading for claim in CLAIMS.values() for check in claim.checks}
    assert named <= measured


def test_every_fault_has_an_advice_that_stands_and_falls_with_it() -> None:
    for name, fault in FAULTS.items():
        advice = CLAIMS[f"advice_{name}"]
        assert advice.polarity is Polarity.ADVICE
        assert (advice.aspect, advice.checks) == (fault.aspect, fault.checks)


@pytest.mark.parametrize(
    ("claim", "supported", "contradicted"),
    [
        ("underexposed", {"gain_ev": -4.0}, {"gain_ev": 2.0}),
        ("overexposed", {"gain_ev": 3.0}, {"gain_ev": -2.0}),
        ("clipped_highlights", {"gain_ev": 3.0}, {"gain_ev": -2.0}),
        ("noise", {"noise": 12.0}, {"blur": 3.0}),
        ("clean", {"blur": 3.0}, {"noise": 12.0}),
    ],
)
def test_pixels_bear_a_claim_out_or_deny_it(
    claim: str, supported: dict[str, float], contradicted: dict[str, float]
) -> None:
    found = weigh(CLAIMS[claim], _readings(**supported))
    assert found.standing is Standing.SUPPORTED
    assert found.evidence is not None and found.evidence.name == CLAIMS[claim].checks[0].reading
    assert weigh(CLAIMS[claim], _readings(**contradicted)).standing is Standing.CONTRADICTED


def test_focus_is_borne_out_by_fine_detail_and_its_lack() -> None:
    blocks = np.random.default_rng(3).integers(40, 220, (200, 300, 3), dtype=np.uint8)
    framed = np.full((400, 600, 3), 128, np.uint8)
    framed[100:300, 150:450] = np.kron(blocks, np.ones((2, 2, 1), np.uint8))[:200, :300]
    crisp, soft = _measured(framed), _readings(blur=6.0)
    assert weigh(CLAIMS["sharp"], crisp).standing is Standing.SUPPORTED
    assert weigh(CLAIMS["sharp"], soft).standing is Standing.CONTRADICTED
    assert weigh(CLAIMS["defocus"], soft).standing is Standing.SUPPORTED
    assert weigh(CLAIMS["defocus"], crisp).standing is Standing.CONTRADICTED


def test_a_reading_that_is_not_trusted_says_nothing() -> None:
    sure, unsure = (_reading("tilt", 4.0, (-0.6, 0.6), confidence) for confidence in (0.8, 0.1))
    assert weigh(CLAIMS["tilt"], {"tilt": sure}).standing is Standing.SUPPORTED
    assert weigh(CLAIMS["tilt"], {"tilt": unsure}).standing is Standing.OPEN
    assert weigh(CLAIMS["level"], {"tilt": sure}).standing is Standing.CONTRADICTED
    assert weigh(CLAIMS["level"], {}).standing is Standing.OPEN


def _cast(a: float, b: float) -> dict[str, Reading]:
    return {
        "cast_green_magenta": _reading("cast_green_magenta", a, (-2.4, 6.5), 0.9),
        "cast_blue_yellow": _reading("cast_blue_yellow", b, (-4.1, 9.1), 0.9),
    }


def test_one_cast_is_enough_and_true_colour_needs_both_axes() -> None:
    assert weigh(CLAIMS["colour_cast"], _cast(2.0, -30.0)).standing is Standing.SUPPORTED
    assert weigh(CLAIMS["colour_cast"], _cast(2.0, 2.5)).standing is Standing.CONTRADICTED
    assert weigh(CLAIMS["true_colour"], _cast(2.0, 2.5)).standing is Standing.SUPPORTED
    assert weigh(CLAIMS["true_colour"], _cast(2.0, -30.0)).standing is Standing.CONTRADICTED
    one_axis = {"cast_blue_yellow": _cast(2.0, 2.5)["cast_blue_yellow"]}
    assert weigh(CLAIMS["true_colour"], one_axis).standing is Standing.OPEN


def test_what_no_reading_knows_of_stays_open() -> None:
    claim = CLAIMS["subject"]
    assert isinstance(claim, Claim) and not claim.checks
    assert weigh(claim, _readings()).standing is Standing.OPEN
