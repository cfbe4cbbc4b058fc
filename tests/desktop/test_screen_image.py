"""Images for the screen are made beside the window: Qt lets no other thread run Python, so it gets small parts only."""

from __future__ import annotations

import gc
import weakref
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtGui import QColorSpace, QColorTransform, QImage
from pytestqt.qtbot import QtBot

from desktop import display, pixels, screen_image, sketches, thumbnails
from desktop.display import AT_ONCE, SRGB, Display, Profile
from desktop.screen_image import rgb
from desktop.views import overlays
from desktop.views.overlays import NEED_PIXELS, Wish
from engine.files import shoot
from engine.types import Card

SIZE = (5000, 300)


@pytest.fixture
def wide() -> Display:
    """A display in colours of its own."""
    made = Display()
    space = QColorSpace(QColorSpace.NamedColorSpace.DisplayP3)
    made.profile = Profile("Display P3", SRGB.transformationToColorSpace(space))
    return made


@pytest.fixture
def card(tmp_path: Path) -> Card:
    noise = np.random.default_rng(5).integers(0, 256, (SIZE[1] // 10, SIZE[0] // 10, 3), dtype=np.uint8)
    Image.fromarray(noise).resize(SIZE).save(tmp_path / "a.jpg", quality=95)
    return Card(shoot.read([tmp_path]).photos[0])


@pytest.fixture
def handed_to_qt(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many pixels Qt was given at once to copy, scale or convert."""
    sizes: list[int] = []

    class Noted(QImage):
        def _note(self) -> None:
            sizes.append(self.width() * self.height())

        def copy(self, *arguments: object) -> QImage:
            self._note()
            return super().copy(*arguments)

        def scaled(self, *arguments: object) -> QImage:
            self._note()
            return super().scaled(*arguments)

        def convertToFormat(self, *arguments: object) -> QImage:
            self._note()
            return super().convertToFormat(*arguments)

        def applyColorTransform(self, transform: QColorTransform) -> None:
            self._note()
            super().applyColorTransform(transform)

    for module in (display, pixels, screen_image, overlays):
        monkeypatch.setattr(module, "QImage", Noted)
    return sizes


def test_qt_gets_no_large_part_of_a_photo_at_once(card: Card, wide: Display, handed_to_qt: list[int]) -> None:
    for shown_on in (None, Display(), wide):
        picture = pixels.load(card, shown_on)
        sketch = sketches.sketch(card, 2000, shown_on)
        assert len(picture.levels) == 3 and sketch is not None and sketch.levels[0].width() == 2500
    assert thumbnails.fetch(card, None)[1] is not None
    of_a_picture = sum(SIZE[0] * SIZE[1] // 4**level for level in range(3))
    assert sum(handed_to_qt) == of_a_picture + SIZE[0] * SIZE[1] // 4, "the display's colours, once each"
    assert max(handed_to_qt) <= AT_ONCE


def test_qt_gets_nothing_of_a_photo_for_what_is_laid_over_it(card: Card, handed_to_qt: list[int]) -> None:
    for level in pixels.load(card).levels:
        part = (5, 7, level.width() - 9, level.height() - 8)
        mask = overlays.make(Wish(card.path, level.cacheKey(), part, NEED_PIXELS), level)
        assert (mask.image.width(), mask.image.height()) == part[2:]
    assert not handed_to_qt


@pytest.mark.parametrize("kind", [QImage.Format.Format_RGB888, QImage.Format.Format_RGB32])
def test_colours_that_are_converted_in_strips_are_those_of_the_whole(wide: Display, kind: QImage.Format) -> None:
    noise = np.random.default_rng(6).integers(0, 256, (701, 301, 4), dtype=np.uint8)
    image = QImage(noise.data, 301, 701, 4 * 301, QImage.Format.Format_RGB32).convertToFormat(kind)
    assert image.width() * image.height() > 3 * AT_ONCE
    whole, before = image.copy(), image.copy()
    transform = wide.profile.transform
    assert transform is not None
    whole.applyColorTransform(transform)
    wide.apply(image)
    assert image == whole and image != before


def test_an_image_is_scaled_down_to_its_edge_and_never_up(qtbot: QtBot) -> None:
    halves = np.zeros((200, 300, 3), np.uint8)
    halves[:, 150:] = (250, 120, 10)
    for edge, size in ((60, (60, 40)), (300, (300, 200)), (900, (300, 200))):
        image = screen_image.screen_image(halves, edge)
        assert (image.width(), image.height()) == size
        assert image.format() == QImage.Format.Format_RGB32
        shown = rgb(image)
        assert (shown[:, : size[0] // 2] == 0).all() and (shown[:, size[0] // 2 :] == (250, 120, 10)).all()
    assert screen_image.screen_image(np.zeros((1, 4000, 3), np.uint8), 100).height() == 1


def test_an_image_keeps_the_memory_that_it_lies_in_and_nothing_else(qtbot: QtBot) -> None:
    array = np.full((64, 64, 3), 90, np.uint8)
    decoded = weakref.ref(array)
    image = screen_image.screen_image(array, 64)
    del array
    gc.collect()
    assert decoded() is None
    assert image.pixelColor(63, 63).getRgb() == (90, 90, 90, 255)
