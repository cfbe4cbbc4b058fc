"""Zero-shot scores on embeddings whose meaning is known."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from training.vila import zero_shot


def _embed(texts: Sequence[str]) -> np.ndarray:
    """Good and bad lie along the first direction, each style along its own."""
    rows = np.zeros((len(texts), 16), np.float32)
    for row, text in zip(rows, texts, strict=True):
        if text.startswith(("good", "bad")):
            row[0] = 3 if text.startswith("good") else -3
        else:
            row[1 + list(zero_shot._PROMPTS.values()).index(text)] = 2
    return rows


def test_the_six_pairs_are_softmaxes_on_raw_cosines() -> None:
    images = np.zeros((3, 16), np.float32)
    images[0, 0], images[1, 0], images[2, 5] = 7, -7, 1
    good = 1 / (1 + np.exp(-2.0))
    assert zero_shot.quality(images, _embed) == pytest.approx([good, 1 - good, 0.5])


def test_styles_are_ranked_by_their_prompts() -> None:
    images = np.concatenate([np.zeros((14, 1)), np.eye(14), np.zeros((14, 1))], 1).astype(np.float32)
    labels = np.eye(14, dtype=bool)
    found, each = zero_shot.mean_average_precision(zero_shot.styles(images, _embed), labels)
    assert found == 1
    assert len(each) == 14
    shifted, _ = zero_shot.mean_average_precision(zero_shot.styles(images, _embed), np.roll(labels, 1, axis=1))
    assert shifted < 0.5


def test_average_precision_by_hand() -> None:
    # Relevant at places 1 and 3: (1/1 + 2/3) / 2.
    got = zero_shot.average_precision(np.array([0.9, 0.5, 0.4, 0.1]), np.array([True, False, True, False]))
    assert got == pytest.approx((1 + 2 / 3) / 2)
    labels = np.zeros((4, 14), bool)
    labels[0, 2] = True
    assert zero_shot.mean_average_precision(np.zeros((4, 14)), labels)[1] == {"hdr": 1.0}
