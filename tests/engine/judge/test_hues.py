"""Which hue a cast may be called by."""

from __future__ import annotations

import pytest

from engine.judge import hues
from engine.judge.claims import CLAIMS
from tests.towers import readings


@pytest.mark.parametrize(
    ("magenta", "yellow", "words"),
    [
        (1.5, 0.5, {"magenta"}),
        (-0.5, 0.5, {"green"}),
        (0.5, 1.5, {"yellow"}),
        (0.5, -0.5, {"blue"}),
        (1.4, 1.5, {"magenta", "yellow"}),
        (1.1, 2.5, {"yellow"}),
        (0.5, 0.6, set()),
    ],
)
def test_a_cast_is_called_by_what_lies_outside_and_far_enough_off(magenta, yellow, words):
    assert hues.fair(readings(cast_green_magenta=magenta, cast_blue_yellow=yellow)) == words


def test_nothing_is_unfair_without_readings():
    assert hues.fair(readings(cast_blue_yellow=2.0)) == set(hues.HUES)


def test_the_fault_and_its_advice_tell_a_hue_and_praise_does_not():
    assert {name for name, claim in CLAIMS.items() if hues.tells(claim)} == {"colour_cast", "advice_colour_cast"}
