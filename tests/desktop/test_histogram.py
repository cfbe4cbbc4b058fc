"""The histogram: of the thumbnail at once, of every pixel when they arrive, and what is clipped in words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap
from pytestqt.qtbot import QtBot

from desktop import histogram
from desktop.main_window import MainWindow
from desktop.panels.histogram import HistogramPanel, worst
from desktop.picture import Picture
from desktop.pixels import load
from engine.files import shoot
from engine.types import Card
from tests.shoots import many


def half_burnt(folder: Path) -> Picture:
    """The left half is white, a tenth below black, the rest red."""
    pixels = np.full((400, 600, 3), (200, 40, 90), np.uint8)
    pixels[:, :300] = 255
    pixels[360:, 300:] = 0
    folder.mkdir()
    Image.fromarray(pixels).save(folder / "burnt.png")
    return load(Card(shoot.read([folder]).photos[0]))


@pytest.fixture
def panel(qtbot: QtBot) -> HistogramPanel:
    made = HistogramPanel()
    qtbot.addWidget(made)
    made.resize(260, 160)
    return made


def test_it_counts_each_channel_and_what_is_clipped(tmp_path: Path) -> None:
    found = half_burnt(tmp_path / "shoot").histogram
    assert found is not None
    assert found.counts.sum(axis=1).tolist() == [240_000] * 3
    assert [found.counts[channel, level] for channel, level in enumerate((200, 40, 90))] == [108_000] * 3
    assert found.white() == pytest.approx((0.5, 0.5, 0.5))
    assert found.black() == pytest.approx((0.05, 0.05, 0.05))


def test_a_burnt_sky_does_not_press_the_rest_down(tmp_path: Path) -> None:
    found = half_burnt(tmp_path / "shoot").histogram
    assert found is not None
    assert found.heights()[0, 200] == 1.0
    assert found.heights().max() == 1.0
    assert histogram.measure(np.full((4, 4, 3), 255, np.uint8)).heights()[0, 255] == 1.0


def test_the_thumbnail_first_and_then_every_pixel(tmp_path: Path, panel: HistogramPanel) -> None:
    panel.show_photo(None, None)
    assert panel.source.text() == "No picture yet" and panel.white.text() == ""
    grey = QImage(30, 20, QImage.Format.Format_RGB32)
    grey.fill(Qt.GlobalColor.gray)
    panel.show_photo(QPixmap.fromImage(grey), None)
    assert panel.source.text() == "of the thumbnail" and panel.white.text().endswith("white none")
    bare = panel.grab().toImage()
    panel.show_photo(QPixmap.fromImage(grey), half_burnt(tmp_path / "shoot"))
    assert panel.source.isHidden()
    assert panel.white.text().endswith("white RGB 50.0 %") and panel.black.text().endswith("black RGB 5.0 %")
    assert "Clipped to white: red 50.0 %, green 50.0 %, blue 50.0 %" in panel.chart.accessibleDescription()
    assert panel.grab().toImage() != bare


def test_the_channel_that_is_clipped_most_is_named() -> None:
    assert [worst(shares) for shares in ((0.0, 0.02, 0.077), (0.0, 0.0, 0.0))] == ["B 7.7 %", "none"]


def test_it_stands_on_top_of_the_column_and_follows_the_active_photo(
    make_window: Callable[..., MainWindow], qtbot: QtBot, tmp_path: Path
) -> None:
    window = make_window(many(tmp_path / "shoot", 3))
    panel = window.info.histogram
    assert panel.isVisible()
    assert panel.mapTo(window.info, panel.rect().topLeft()).y() < window.info.scores.mapTo(window.info, panel.pos()).y()
    qtbot.waitUntil(lambda: panel.source.text() == "of the thumbnail", timeout=100_000)
    window.show_view("loupe")
    qtbot.waitUntil(panel.source.isHidden, timeout=100_000)
    before = panel.chart.histogram
    window.session.place.go(1)
    qtbot.waitUntil(lambda: panel.source.isHidden() and panel.chart.histogram is not before, timeout=100_000)
