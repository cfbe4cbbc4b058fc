"""More thumbnails are wanted than have room: each that is visible is fetched once and stays, others if they fit in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QItemSelectionModel
from pytestqt.qtbot import QtBot

from desktop.cards import CardModel
from desktop.thumbnails import EDGE, LARGEST_BYTES, ThumbnailLoader
from desktop.views.grid import SMALLEST, GridView
from engine.store.thumbnails import Thumbnails
from engine.types import Card
from tests.desktop.stage import imagined

COUNT = 160
ONE = EDGE * 200 * 4
"""Bytes of a thumbnail in memory."""
LIMIT = 10 * LARGEST_BYTES


class Counted(Thumbnails):
    """The store, which notes what it was asked for."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.asked: Counter[str] = Counter()

    def get(self, fingerprint: str) -> bytes | None:
        self.asked[fingerprint] += 1
        return super().get(fingerprint)


@pytest.fixture
def cards() -> list[Card]:
    return imagined(COUNT)


@pytest.fixture
def store(tmp_path: Path, cards: list[Card]) -> Iterator[Counted]:
    buffer = BytesIO()
    Image.new("RGB", (EDGE, 200), (90, 120, 60)).save(buffer, "JPEG")
    made = Counted(tmp_path / "thumbnails")
    made.put([(card.fingerprint, buffer.getvalue()) for card in cards if card.fingerprint])
    yield made
    made.close()


@pytest.fixture
def loader(qtbot: QtBot, store: Counted) -> Iterator[ThumbnailLoader]:
    made = ThumbnailLoader(store, limit_bytes=LIMIT)
    yield made
    made.close()


def held(loader: ThumbnailLoader, cards: list[Card]) -> list[bool]:
    return [loader.pixmap(card) is not None for card in cards]


def loads(store: Counted, cards: list[Card]) -> list[int]:
    return [store.asked[card.fingerprint or ""] for card in cards]


def test_what_is_visible_is_fetched_once_however_little_room_there_is(
    qtbot: QtBot, loader: ThumbnailLoader, store: Counted, cards: list[Card]
) -> None:
    visible, ahead = cards[:40], cards[40:80]
    with qtbot.waitSignal(loader.settled, timeout=100_000):
        loader.want([*visible, *ahead], visible=len(visible))
    for _ in range(3):
        with qtbot.assertNotEmitted(loader.arrived, wait=20):
            loader.renew([*visible, *ahead])
    assert held(loader, visible) == [True] * 40 and loads(store, visible) == [1] * 40
    assert loads(store, ahead) == [0] * 40, "there is no room for them"
    assert loader.bytes == 40 * ONE > LIMIT


def test_ahead_is_fetched_as_far_as_there_is_room_and_makes_room_for_what_becomes_visible(
    qtbot: QtBot, loader: ThumbnailLoader, store: Counted, cards: list[Card]
) -> None:
    with qtbot.waitSignal(loader.settled, timeout=100_000):
        loader.want(cards[:40], by="grid", visible=4)
    there = held(loader, cards[:40])
    assert there == sorted(there, reverse=True), "the nearest first"
    assert LIMIT - LARGEST_BYTES < loader.bytes <= LIMIT
    assert loads(store, cards[:40]) == [int(one) for one in there], "nothing for nothing"
    with qtbot.waitSignal(loader.settled, timeout=100_000):
        loader.want(cards[60:69], by="filmstrip")
    assert all(held(loader, [*cards[:4], *cards[60:69]])), "visible in either view"
    assert loader.bytes <= LIMIT
    assert loads(store, cards[:4]) == [1] * 4


def test_a_grid_of_small_cells_is_filled_once_and_keeps_nothing_more_once_it_scrolled(
    qtbot: QtBot, loader: ThumbnailLoader, store: Counted, cards: list[Card]
) -> None:
    model = CardModel(loader)
    model.load(cards, {})
    grid = GridView(model, QItemSelectionModel(model), loader)
    qtbot.addWidget(grid)
    grid.set_cell_size(SMALLEST)
    grid.resize(900, 600)
    with qtbot.waitSignal(loader.settled, timeout=100_000), qtbot.waitExposed(grid, timeout=100_000):
        grid.show()
    visible = [model.card(row) for row in grid.visible_rows()]
    assert len(visible) * ONE > LIMIT
    qtbot.waitUntil(lambda: all(held(loader, visible)), timeout=100_000)
    for _ in range(3):
        loader.renew(cards)
        grid.viewport().repaint()
    assert all(held(loader, visible)) and loads(store, visible) == [1] * len(visible)
    grid.verticalScrollBar().setValue(grid.verticalScrollBar().maximum())
    last = [model.card(row) for row in grid.visible_rows()]
    qtbot.waitUntil(lambda: all(held(loader, last)), timeout=100_000)
    assert loader.bytes <= max(len(last) * ONE, LIMIT), "what was visible before had to go"
