"""Overlaps and what of several boxes on one thing stays."""

from __future__ import annotations

import numpy as np
import pytest

from engine.models.boxes import overlaps, suppress


def test_overlap_is_the_shared_area_over_the_joint_one() -> None:
    boxes = np.array([[0, 0, 2, 2], [1, 0, 3, 2], [5, 5, 6, 6], [4, 4, 4, 4]], np.float32)
    found = overlaps(boxes, boxes)
    assert found[0, 0] == pytest.approx(1)
    assert found[0, 1] == pytest.approx(2 / 6)
    assert found[0, 2] == 0
    assert found[3, 3] == 0  # without area
    assert np.allclose(found, found.T)
    assert overlaps(boxes, boxes[:0]).shape == (4, 0)


def test_the_best_of_those_that_overlap_stays_and_the_order_is_by_score() -> None:
    boxes = np.array([[0, 0, 10, 10], [1, 1, 11, 11], [20, 0, 30, 10], [21, 0, 31, 10], [50, 50, 51, 51]], np.float32)
    scores = np.array([0.6, 0.9, 0.8, 0.7, 0.5], np.float32)
    assert suppress(boxes, scores, 0.4).tolist() == [1, 2, 4]
    assert suppress(boxes, scores, 1.0).tolist() == [1, 2, 3, 0, 4]
    assert suppress(boxes[:0], scores[:0], 0.4).tolist() == []
