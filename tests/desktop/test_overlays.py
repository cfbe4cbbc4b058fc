"""What is laid over photos: which pixels, of which part, and in which words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from desktop.screen_image import rgb, screen_image
from desktop.views.overlays import TONES, Overlay, Overlays, Wish, clipped, clipping_words, make, paint_thirds, sharp
from engine.types import Card, FileStamp, Photo

PATH = Path("/shoot/a.jpg")
CARD = Card(Photo(PATH, (PATH,), FileStamp(1, 1, 1)))


def image(pixels: np.ndarray) -> QImage:
    height, width = pixels.shape[:2]
    return QImage(pixels.tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888).copy()


def test_pixels_survive_the_way_through_an_image() -> None:
    pixels = np.random.default_rng(1).integers(0, 256, (7, 13, 3), dtype=np.uint8)
    assert np.array_equal(rgb(image(pixels)), pixels)


def test_a_part_of_either_kind_of_level_is_that_part() -> None:
    pixels = np.random.default_rng(3).integers(0, 256, (7, 13, 3), dtype=np.uint8)
    for level in (image(pixels), screen_image(pixels, 13), image(pixels).convertToFormat(QImage.Format.Format_ARGB32)):
        part = rgb(level, QRect(2, 1, 9, 5))
        assert np.array_equal(part, pixels[1:6, 2:11])
        assert part.flags.owndata and part.flags.c_contiguous


def test_white_is_one_channel_and_black_is_all_of_them() -> None:
    pixels = np.array([[[255, 10, 10], [254, 254, 254], [0, 2, 1], [0, 0, 3]]], np.uint8)
    white, black = clipped(pixels)
    assert white.tolist() == [[True, False, False, False]]
    assert black.tolist() == [[False, False, True, False]]


def test_sharp_edges_are_found_blurred_ones_and_noise_are_not() -> None:
    rng = np.random.default_rng(2)
    step = np.full((64, 64, 3), 60, np.uint8)
    step[:, 32:] = 190
    found = sharp(step)
    assert found[:, 31:33].all() and found.sum() == 2 * 64
    ramp = np.repeat(np.linspace(60, 190, 64)[None, :, None], 64, 0).repeat(3, 2).astype(np.uint8)
    assert not sharp(ramp).any()
    noise = np.clip(rng.normal(120, 20, (64, 64, 1)), 0, 255).repeat(3, 2).astype(np.uint8)
    assert sharp(noise).mean() < 0.001


def test_white_is_solid_and_black_is_striped() -> None:
    pixels = np.zeros((32, 32, 3), np.uint8)
    pixels[:, 16:] = 255
    mask = make(Wish(PATH, 1, (0, 0, 32, 32), frozenset({Overlay.CLIPPING})), image(pixels))
    assert (mask.white, mask.black) == (0.5, 0.5)
    alpha = np.array([[mask.image.pixelColor(x, y).alpha() for x in range(32)] for y in range(32)])
    assert (alpha[:, 16:] == 255).all()
    assert 0.4 < (alpha[:, :16] == 255).mean() < 0.6
    assert mask.image.pixelColor(31, 0).getRgb()[:3] == TONES["white"]
    assert {mask.image.pixelColor(x, 0).getRgb()[:3] for x in range(16) if alpha[0, x]} == {TONES["black"]}


@pytest.fixture
def overlays(qtbot: QtBot) -> Iterator[Overlays]:
    made = Overlays()
    yield made
    made.stop()


def test_only_the_part_that_is_seen_is_looked_at(overlays: Overlays, qtbot: QtBot) -> None:
    pixels = np.full((40, 80, 3), 100, np.uint8)
    pixels[:, 60:] = 255
    level = image(pixels)
    assert overlays.words(CARD) == []
    overlays.toggle(Overlay.CLIPPING)
    assert overlays.words(CARD) == ["white …, black …"]
    with qtbot.waitSignal(overlays.arrived, timeout=100_000):
        overlays.ask(PATH, level, QRect(40, 0, 40, 40))
    assert overlays.words(CARD) == ["white 50.0 %, black none"]
    canvas = QImage(160, 80, QImage.Format.Format_RGB32)
    canvas.fill(0)
    painter = QPainter(canvas)
    overlays.paint(painter, PATH, QRectF(0, 0, 160, 80), QRectF(0, 0, 160, 80))
    painter.end()
    assert canvas.pixelColor(150, 40).red() == 255 and canvas.pixelColor(60, 40).red() == 0
    overlays.toggle(Overlay.CLIPPING)
    assert overlays.words(CARD) == []


def test_the_latest_wish_for_a_photo_counts(overlays: Overlays, qtbot: QtBot) -> None:
    level = image(np.full((400, 400, 3), 255, np.uint8))
    overlays.toggle(Overlay.PEAKING)
    overlays.toggle(Overlay.CLIPPING)
    for left in range(20):
        overlays.ask(PATH, level, QRect(left, 0, 300, 300))
    qtbot.waitUntil(lambda: overlays.words(CARD)[0].startswith("white 100"), timeout=100_000)
    qtbot.waitUntil(lambda: overlays._masks[PATH].wish.part[0] == 19, timeout=100_000)


@pytest.mark.parametrize(
    ("white", "black", "words"),
    [(0.0, 0.0, "white none, black none"), (0.0131, 0.0004, "white 1.3 %, black under 0.1 %")],
)
def test_shares_in_words(white: float, black: float, words: str) -> None:
    assert clipping_words(white, black) == words


def test_thirds_lie_on_the_picture_not_on_the_view() -> None:
    canvas = QImage(400, 300, QImage.Format.Format_RGB32)
    canvas.fill(0x808080)
    painter = QPainter(canvas)
    paint_thirds(painter, QRectF(50, 0, 300, 300), QRectF(0, 0, 400, 300))
    painter.end()
    lit = [x for x in range(400) if canvas.pixelColor(x, 20).red() > 200]
    assert len(lit) in range(2, 5) and {min(lit) // 2, max(lit) // 2} <= {74, 75, 124, 125}
