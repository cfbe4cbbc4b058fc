"""Colours of the screen: a real ICC profile, held against LittleCMS; clipping is that of the photo all the same."""

from __future__ import annotations

import io
from pathlib import Path
from threading import Event, Semaphore

import numpy as np
import pytest
from PIL import Image, ImageCms
from PySide6.QtCore import QRect
from PySide6.QtGui import QColorSpace, QImage
from pytestqt.qtbot import QtBot

from desktop.clip_map import ClipMap, clipped
from desktop.display import Display
from desktop.jobs import outlast
from desktop.pixels import PictureLoader, load
from desktop.screen_image import rgb
from desktop.thumbnails import ThumbnailLoader, fetch
from desktop.views.overlays import Overlay, Overlays, Wish, make
from engine.files import colour, shoot
from engine.types import Card
from tests.desktop.conftest import PATIENCE_MS
from tests.desktop.stage import photographed


@pytest.fixture(params=["Display P3", "Adobe RGB"])
def profile(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "screen.icc"
    if request.param == "Adobe RGB":
        path.write_bytes(colour.adobe_rgb())
    else:
        path.write_bytes(bytes(QColorSpace(QColorSpace.NamedColorSpace.DisplayP3).iccProfile().data()))
    return path


@pytest.fixture
def wide(tmp_path: Path) -> Display:
    path = tmp_path / "p3.icc"
    path.write_bytes(bytes(QColorSpace(QColorSpace.NamedColorSpace.DisplayP3).iccProfile().data()))
    display = Display()
    display.follow(str(path))
    assert display.profile.name == "Display P3" and not display.is_plain
    return display


def reference(pixels: np.ndarray, profile: bytes) -> np.ndarray:
    """What LittleCMS makes of sRGB for a screen of this profile."""
    target = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    intent = ImageCms.Intent.RELATIVE_COLORIMETRIC
    transform = ImageCms.buildTransform(ImageCms.createProfile("sRGB"), target, "RGB", "RGB", intent)
    found = ImageCms.applyTransform(Image.fromarray(pixels), transform)
    assert found is not None
    return np.asarray(found)


def as_image(pixels: np.ndarray) -> QImage:
    height, width = pixels.shape[:2]
    return QImage(pixels.tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888).copy()


def test_colours_are_those_of_a_colour_engine(profile: Path, qtbot: QtBot) -> None:
    pixels = np.random.default_rng(4).integers(0, 256, (64, 96, 3), dtype=np.uint8)
    display = Display()
    display.follow(str(profile))
    image = as_image(pixels)
    display.apply(image)
    expected = reference(pixels, profile.read_bytes()).astype(int)
    assert np.abs(rgb(image).astype(int) - expected).max() <= 2
    assert np.abs(expected - pixels).max() > 20, "the profile does something"


def test_without_a_profile_nothing_is_touched(qtbot: QtBot, tmp_path: Path) -> None:
    display = Display()
    srgb = tmp_path / "srgb.icc"
    srgb.write_bytes(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    for chosen in ("", str(srgb)):
        display.follow(chosen)
        image = as_image(np.full((2, 2, 3), 77, np.uint8))
        display.apply(image)
        assert (rgb(image) == 77).all()
        assert display.profile.problem is None


@pytest.mark.parametrize(
    ("content", "said"), [(None, "cannot be read"), (b"no profile", "no ICC profile"), (b"x" * (9 << 20), "too large")]
)
def test_a_profile_that_cannot_be_used_is_told_and_srgb_is_kept(
    content: bytes | None, said: str, tmp_path: Path, qtbot: QtBot
) -> None:
    path, display = tmp_path / "screen.icc", Display()
    if content is not None:
        path.write_bytes(content)
    display.follow(str(path))
    assert display.is_plain and said in (display.profile.problem or "") and str(path) in display.profile.problem


def test_thumbnails_and_pictures_are_made_for_the_screen_on_threads(
    tmp_path: Path, wide: Display, qtbot: QtBot
) -> None:
    (card,) = photographed(tmp_path / "shoot", 1)
    thumbnails = ThumbnailLoader()
    pictures = PictureLoader(display=thumbnails.display)

    def shown(card: Card) -> tuple[QImage, QImage]:
        thumbnails.want([card])
        pictures.request([card])
        qtbot.waitUntil(lambda: thumbnails.pixmap(card) is not None, timeout=PATIENCE_MS)
        qtbot.waitUntil(lambda: pictures.picture(card) is not None, timeout=PATIENCE_MS)
        pixmap, picture = thumbnails.pixmap(card), pictures.picture(card)
        assert pixmap is not None and picture is not None
        return pixmap.toImage(), picture.levels[0]

    before = [rgb(image) for image in shown(card)]
    thumbnails.display.profile = wide.profile
    thumbnails.display.changed.emit()
    after = [rgb(image) for image in shown(card)]
    for plain, converted in zip(before, after, strict=True):
        target = bytes(QColorSpace(QColorSpace.NamedColorSpace.DisplayP3).iccProfile().data())
        assert np.abs(converted.astype(int) - reference(plain, target)).max() <= 8
        assert not np.array_equal(plain, converted)
    thumbnails.close()
    pictures.stop()


def test_what_was_under_way_for_another_screen_is_made_anew(
    tmp_path: Path, wide: Display, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    (card,) = photographed(tmp_path / "shoot", 1)
    thumbnails = ThumbnailLoader()
    pictures = PictureLoader(display=thumbnails.display)
    began, gate, apply = Semaphore(0), Event(), thumbnails.display.apply

    def apply_slowly(image: QImage) -> None:
        apply(image)
        began.release()
        gate.wait(PATIENCE_MS / 1000)

    monkeypatch.setattr(thumbnails.display, "apply", apply_slowly)
    thumbnails.want([card])
    pictures.request([card])
    for _ in range(2):
        assert began.acquire(timeout=PATIENCE_MS / 1000)
    thumbnails.display.profile = wide.profile
    thumbnails.display.changed.emit()
    gate.set()
    qtbot.waitUntil(lambda: thumbnails.pixmap(card) is not None, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: pictures.picture(card) is not None, timeout=PATIENCE_MS)
    pixmap, picture, (_, expected) = thumbnails.pixmap(card), pictures.picture(card), fetch(card, None)
    assert pixmap is not None and picture is not None and expected is not None
    wide.apply(expected)
    assert np.array_equal(rgb(pixmap.toImage()), rgb(expected))
    assert picture.levels == load(card, wide).levels
    thumbnails.close()
    pictures.stop()
    assert outlast(PATIENCE_MS / 1000)


def test_clipping_is_that_of_the_photo(tmp_path: Path, wide: Display, qtbot: QtBot) -> None:
    pixels = np.zeros((40, 60, 3), np.uint8)
    pixels[:, :30] = (255, 20, 20)
    Image.fromarray(pixels).save(tmp_path / "red.png")
    card = Card(shoot.read([tmp_path]).photos[0])
    picture = load(card, wide)
    level = picture.levels[0]
    assert rgb(level)[..., 0].max() < 250, "on this screen it is no clipped red"
    mask = make(
        Wish(card.path, level.cacheKey(), (10, 0, 40, 40), frozenset({Overlay.CLIPPING})),
        level,
        picture.clips_of(level),
    )
    assert mask.white == 0.5 and mask.black == 0.5
    overlays = Overlays()
    overlays.ask(card.path, level, QRect(0, 0, 60, 40), picture.clips_of(level))
    overlays.stop()
    assert ClipMap.of(pixels).part(0, 0, 60, 40)[0].tolist() == clipped(pixels)[0].tolist()
