"""Pixmaps at the size of a cell: bounded for all views together, and gone with the thumbnail they were made of."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtGui import QPixmap
from pytestqt.qtbot import QtBot

from desktop.main_window import MainWindow
from desktop.scaled import ScaledPixmaps
from desktop.thumbnails import ThumbnailLoader
from engine.files import shoot
from engine.types import Card
from tests.desktop.conftest import PATIENCE_MS
from tests.shoots import many

SIZE = QSize(30, 20)
BYTES = 30 * 20 * 4


def source() -> QPixmap:
    made = QPixmap(300, 200)
    made.fill("red")
    return made


def thumbnails_of(window: MainWindow) -> set[int]:
    """The keys of all thumbnails that are held."""
    loader = window.session.thumbnails
    pixmaps = (loader.pixmap(card) for card in window.session.model.cards())
    return {pixmap.cacheKey() for pixmap in pixmaps if pixmap is not None}


def test_the_sources_that_were_painted_longest_ago_make_room(qtbot: QtBot) -> None:
    scaled, sources = ScaledPixmaps(3 * BYTES), [source() for _ in range(4)]
    for one in sources[:3]:
        scaled.make(one, SIZE, 1.0)
    assert scaled.find(sources[0], SIZE, 1.0) is not None
    scaled.make(sources[3], SIZE, 1.0)
    assert [scaled.find(one, SIZE, 1.0) is not None for one in sources] == [True, False, True, True]
    assert scaled.bytes == 3 * BYTES


def test_a_photo_on_its_own_is_not_kept_at_every_size_that_its_view_ever_had(qtbot: QtBot) -> None:
    scaled, alone = ScaledPixmaps(3 * BYTES), source()
    for width in range(30, 20, -1):
        scaled.make(alone, QSize(width, 20), 1.0)
        assert scaled.find(alone, QSize(width, 20), 1.0) is not None
        assert scaled.bytes <= 3 * BYTES
    assert scaled.find(alone, SIZE, 1.0) is None


def test_what_was_made_of_a_source_goes_with_it_in_every_size(qtbot: QtBot) -> None:
    scaled, one, other = ScaledPixmaps(), source(), source()
    for ratio in (1.0, 2.0):
        assert scaled.make(one, SIZE, ratio).devicePixelRatio() == ratio
    scaled.make(other, SIZE, 1.0)
    assert scaled.find(one, SIZE, 2.0).devicePixelRatio() == 2.0
    scaled.drop(one)
    assert scaled.find(one, SIZE, 1.0) is scaled.find(one, SIZE, 2.0) is None
    assert scaled.bytes == BYTES
    scaled.clear()
    assert scaled.bytes == 0


def test_the_views_keep_nothing_of_thumbnails_that_are_gone(
    make_window: Callable[..., MainWindow], tmp_path: Path, qtbot: QtBot
) -> None:
    window = make_window(many(tmp_path / "shoot", 6))
    scaled = window.session.thumbnails.scaled

    def all_painted() -> bool:
        window.grid.viewport().repaint()
        return len(scaled._kept) == 6

    qtbot.waitUntil(all_painted, timeout=PATIENCE_MS)
    before = set(scaled._kept)
    window.session.place.go(0)
    window.actions_table["rotate.right"].trigger()
    qtbot.waitUntil(all_painted, timeout=PATIENCE_MS)
    assert len(before - scaled._kept.keys()) == 1
    assert set(scaled._kept) == thumbnails_of(window)

    window.actions_table["choose.all"].trigger()
    window.actions_table["view.survey"].trigger()

    def surveyed() -> bool:
        window.views.survey.viewport().repaint()
        return len(scaled._kept.keys() - thumbnails_of(window)) == 6

    qtbot.waitUntil(surveyed, timeout=PATIENCE_MS)
    window.actions_table["view.grid"].trigger()
    assert scaled._kept.keys() <= thumbnails_of(window)


def test_thumbnails_that_make_room_take_along_what_was_made_of_them(tmp_path: Path, qtbot: QtBot) -> None:
    loader = ThumbnailLoader(limit_bytes=1)
    for card in [Card(photo) for photo in shoot.read([many(tmp_path / "shoot", 2)]).photos]:
        with qtbot.waitSignal(loader.arrived, timeout=PATIENCE_MS):
            loader.want([card])
        pixmap = loader.pixmap(card)
        assert pixmap is not None
        loader.scaled.make(pixmap, SIZE, 1.0)
        assert loader.scaled.bytes == BYTES
    loader.clear()
    assert loader.scaled.bytes == 0
    loader.close()
