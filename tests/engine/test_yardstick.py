"""What distances in a space mean."""

from __future__ import annotations

import numpy as np
import pytest

from engine.yardstick import PLAIN, Yardstick


def test_a_plain_yardstick_reads_distances_as_they_are():
    distances = np.array([0.0, 0.3, 2.0, np.nan], np.float32)
    assert PLAIN.read(distances) is distances
    assert PLAIN.reach(0.3) == 0.3


def test_a_yardstick_is_linear_between_its_points_and_comes_back_from_json():
    bent = Yardstick((0.0, 0.2, 2.0), (0.0, 0.6, 2.0))
    read = bent.read(np.array([[0.1, 0.2], [1.1, np.nan]], np.float32))
    np.testing.assert_allclose(read, [[0.3, 0.6], [1.3, np.nan]], rtol=1e-6)
    assert bent.reach(0.3) == pytest.approx(0.1)
    assert Yardstick.from_json(bent.to_json()) == bent
    assert Yardstick.from_json(None) is PLAIN


@pytest.mark.parametrize(
    ("stated", "cause"),
    [
        ([0, 2], "points and values"),
        ({"points": [0, 2]}, "points and values"),
        ({"points": [0, 2], "values": [0, 1, 2]}, "as many"),
        ({"points": [0, 1, 1, 2], "values": [0, 1, 1, 2]}, "rise"),
        ({"points": [0, 0.5, 1, 2], "values": [0, 1.2, 1, 2]}, "fall"),
        ({"points": [0, 1], "values": [0, 2]}, "from 0 to 2"),
        ({"points": [0, float("nan"), 2], "values": [0, 1, 2]}, "no number"),
        ({"points": [0, "far"], "values": [0, 2]}, "far"),
        ({"points": 2, "values": 2}, "likeness"),
    ],
)
def test_what_is_no_monotone_map_is_refused(stated: object, cause: str):
    with pytest.raises(ValueError, match=cause):
        Yardstick.from_json(stated)
