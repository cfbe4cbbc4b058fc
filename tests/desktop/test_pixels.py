"""A photo in every pixel: the memory that it takes while it is made, and its colours, turned or not."""

from __future__ import annotations

import weakref
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from desktop import pixels
from desktop.screen_image import rgb
from engine.files import decode, shoot
from engine.turn import Turn
from engine.types import Card, Frame, Photo

SIZE = (2500, 200)
"""Large enough for a second level."""


@pytest.fixture
def card(tmp_path: Path) -> Card:
    colours = np.random.default_rng(3).integers(0, 256, (SIZE[1] // 20, SIZE[0] // 20, 3), dtype=np.uint8)
    Image.fromarray(colours).resize(SIZE, Image.Resampling.NEAREST).save(tmp_path / "a.png")
    return Card(shoot.read([tmp_path]).photos[0])


@pytest.fixture
def decoded(monkeypatch: pytest.MonkeyPatch) -> list[weakref.ref[NDArray[np.uint8]]]:
    """The arrays that are decoded into, for as long as somebody needs them."""
    found, full = [], decode.full

    def noted(photo: Photo) -> Frame:
        frame = full(photo)
        found.append(weakref.ref(frame.pixels))
        return frame

    monkeypatch.setattr(decode, "full", noted)
    return found


def test_the_largest_level_is_the_memory_that_was_decoded_into_and_goes_with_the_picture(
    card: Card, decoded: list[weakref.ref[NDArray[np.uint8]]]
) -> None:
    picture = pixels.load(card)
    array = decoded[0]()
    assert array is not None, "the picture keeps it"
    assert np.shares_memory(np.frombuffer(picture.levels[0].constBits(), np.uint8), array)
    del array
    shown = picture.levels[0]
    del picture
    assert decoded[0]() is not None and shown.pixelColor(0, 0).isValid()
    del shown
    assert decoded[0]() is None


@pytest.mark.parametrize("turn", Turn)
def test_every_level_has_the_colours_of_the_photo_however_it_is_turned(card: Card, turn: Turn) -> None:
    with Image.open(card.path) as image:
        expected = np.rot90(np.asarray(image), -int(turn))
    picture = pixels.load(replace(card, turn=turn))
    assert np.array_equal(rgb(picture.levels[0]), expected)
    half = expected.reshape(expected.shape[0] // 2, 2, expected.shape[1] // 2, 2, 3).mean(axis=(1, 3))
    assert len(picture.levels) == 2
    assert np.abs(rgb(picture.levels[1]) - half).max() <= 1


def test_of_a_turned_photo_only_the_turned_pixels_are_kept_while_its_levels_are_made(
    card: Card, decoded: list[weakref.ref[NDArray[np.uint8]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, levels = [], pixels._levels

    def noted(of: NDArray[np.uint8]) -> list[NDArray[np.uint8]]:
        kept.append(decoded[0]() is not None)
        return levels(of)

    monkeypatch.setattr(pixels, "_levels", noted)
    pixels.load(replace(card, turn=Turn.RIGHT))
    assert kept == [False]
