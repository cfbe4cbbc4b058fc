"""The set that styles are judged on: every picture is of the style that it is said to be of."""

from __future__ import annotations

import numpy as np
import pytest

from tests import pictures
from training.vila import style_set
from training.vila.zero_shot import STYLES


@pytest.fixture(scope="module")
def made() -> dict[str, np.ndarray]:
    photo = pictures.scene((96, 144), seed=2)
    return {style: make(photo, np.random.default_rng(1)) for style, make in style_set.MADE.items()} | {"": photo}


def test_every_picture_has_the_mark_of_its_style(made: dict[str, np.ndarray]) -> None:
    photo = made[""].astype(float)
    assert {made[style].shape for style in made} == {(144, 96, 3)}
    assert np.array_equal(255 - made["negative image"], made[""])
    inks = made["duotones"].reshape(-1, 3).astype(float)
    assert np.linalg.matrix_rank(inks - inks.mean(0), tol=0.02 * np.linalg.norm(inks)) == 1, (
        "a line between two colours"
    )
    assert made["light on white"][0].min() > 250 > photo[0].min(), "the border is white"
    grain = made["image grain"].astype(float) - photo
    unclipped = (made["image grain"] > 0) & (made["image grain"] < 255)
    assert np.ptp(grain, axis=2)[unclipped.all(axis=2)].max() <= 1, "grain has no colour"
    assert made["soft focus"].mean() > photo.mean(), "a glow adds light"
    assert np.abs(np.diff(made["motion blur"].astype(float), axis=0)).mean() < np.abs(np.diff(photo, axis=0)).mean()
    corner = (slice(0, 12), slice(0, 12))
    assert np.ptp(made["shallow dof"][corner].astype(float)) <= np.ptp(photo[corner])


def test_half_of_the_set_is_as_it_was_and_the_rest_is_labelled() -> None:
    photos = [pictures.scene((48, 48), seed=seed) for seed in range(30)]
    shown, labels = style_set.photos(photos, seed=3)
    assert all(np.array_equal(before, after) for before, after in zip(photos, shown, strict=False))
    assert labels.shape == (60, len(STYLES)) and not labels[:30].any()
    assert (labels[30:].sum(axis=1) == 1).all()
    assert {STYLES[i] for i in labels.argmax(axis=1)[30:]} <= style_set.MADE.keys()
    again = style_set.photos(photos, seed=3)
    assert np.array_equal(labels, again[1]) and np.array_equal(shown[-1], again[0][-1])
