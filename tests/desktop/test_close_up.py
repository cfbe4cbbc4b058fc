"""A photo that is looked at: how sharp its subject is in every pixel."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.main_window import MainWindow
from desktop.pixels import PictureLoader
from engine.files import decode
from engine.sight import close_up
from engine.types import Card, Region
from tests.shoots import small_shoot

TITLE = "Sharpness, every pixel"


@pytest.fixture
def window(make_window: Callable[..., MainWindow], tmp_path: Path) -> MainWindow:
    return make_window(small_shoot(tmp_path / "shoot"))


def single(window: MainWindow) -> Card:
    """A photo without siblings: no run looks at it closely."""
    card = next(card for card in window.session.model.cards() if card.path.stem == "single2")
    assert close_up.NAME not in card.readings
    window.session.place.reveal(card.path)
    return card


def shown(window: MainWindow) -> list[str]:
    return [label.text() for label in window.info.readings.findChildren(QLabel) if label.isVisible()]


def test_the_subject_of_a_viewed_photo_is_measured_in_every_pixel_and_nothing_is_ranked_by_it(
    window: MainWindow, qtbot: QtBot
) -> None:
    card = single(window)
    assert TITLE not in shown(window)
    window.actions_table["view.loupe"].trigger()
    qtbot.waitUntil(lambda: TITLE in shown(window), timeout=100_000)
    reading = window.loupe.pictures.close_up(card)
    assert reading is not None and card.subject is not None
    whole = close_up.measure(decode.full(card.photo), card).readings[close_up.NAME]
    assert reading == whole
    assert close_up.NAME not in window.session.model.find(card.path).readings


def test_what_was_measured_of_another_subject_is_not_shown(window: MainWindow, qtbot: QtBot) -> None:
    card = single(window)
    pictures = PictureLoader()
    with qtbot.waitSignal(pictures.arrived, timeout=100_000):
        pictures.request([card])
    assert pictures.close_up(card) is not None
    assert card.subject is not None
    elsewhere = replace(card, subject=replace(card.subject, region=Region(0.0, 0.0, 0.1, 0.1)))
    assert pictures.close_up(elsewhere) is None
    assert pictures.close_up(replace(card, subject=None)) is None
    pictures.stop()
