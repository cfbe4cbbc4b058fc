"""Thumbnails on the screen: which source, in which order, within which bounds."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from desktop import jobs
from desktop.thumbnails import EDGE, NICENESS, WORKERS, Origin, ThumbnailLoader, fetch
from engine.files import shoot
from engine.store.thumbnails import Thumbnails
from engine.types import Card
from tests.desktop.exif_thumbnail import with_thumbnail
from tests.shoots import many

RED, GREEN = (200, 0, 0), (0, 200, 0)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Thumbnails]:
    made = Thumbnails(tmp_path / "thumbnails")
    yield made
    made.close()


@pytest.fixture
def loader(qtbot: QtBot, store: Thumbnails) -> Iterator[ThumbnailLoader]:
    made = ThumbnailLoader(store)
    yield made
    made.close()


@pytest.fixture
def cards(tmp_path: Path) -> list[Card]:
    """Six photos without an embedded thumbnail, as they are after the listing."""
    return [Card(photo) for photo in shoot.read([many(tmp_path / "shoot", 6)]).photos]


def jpeg(colour: tuple[int, int, int], size: tuple[int, int] = (512, 341)) -> bytes:
    buffer = BytesIO()
    Image.new("RGB", size, colour).save(buffer, "JPEG")
    return buffer.getvalue()


def colour(loader: ThumbnailLoader, card: Card) -> str:
    pixmap = loader.pixmap(card)
    assert pixmap is not None
    middle = pixmap.toImage().pixelColor(pixmap.width() // 2, pixmap.height() // 2)
    return "red" if middle.red() > middle.green() else "green"


def load(qtbot: QtBot, loader: ThumbnailLoader, cards: list[Card]) -> None:
    with qtbot.waitSignal(loader.settled, timeout=100_000):
        loader.want(cards)


def test_nothing_is_there_before_it_is_wanted(loader: ThumbnailLoader, cards: list[Card]) -> None:
    assert loader.pixmap(cards[0]) is None


def test_without_another_source_a_draft_of_the_file_is_shown(
    qtbot: QtBot, loader: ThumbnailLoader, cards: list[Card]
) -> None:
    with qtbot.waitSignal(loader.arrived, timeout=100_000) as told:
        loader.want(cards[:1])
    assert told.args == [{cards[0].path}]
    pixmap = loader.pixmap(cards[0])
    assert pixmap is not None and max(pixmap.width(), pixmap.height()) == EDGE


def test_the_embedded_thumbnail_goes_before_a_draft_and_the_store_before_both(
    store: Thumbnails, tmp_path: Path
) -> None:
    path = tmp_path / "one" / "a.jpg"
    path.parent.mkdir()
    path.write_bytes(with_thumbnail(jpeg(GREEN, (960, 640)), jpeg(RED, (160, 107))))
    card = Card(shoot.read([path.parent]).photos[0])
    origin, image = fetch(card, store)
    assert origin is Origin.EMBEDDED and image is not None and image.width() == 160
    assert fetch(card, store, held=Origin.EMBEDDED)[0] is Origin.DRAFT
    store.put([("f" * 40, jpeg(GREEN))])
    origin, image = fetch(replace(card, fingerprint="f" * 40), store)
    assert origin is Origin.STORED and image is not None and max(image.width(), image.height()) == EDGE


def test_a_card_that_was_scored_meanwhile_gets_the_stored_thumbnail(
    qtbot: QtBot, loader: ThumbnailLoader, store: Thumbnails, tmp_path: Path
) -> None:
    path = tmp_path / "one" / "a.jpg"
    path.parent.mkdir()
    path.write_bytes(with_thumbnail(jpeg(RED, (960, 640)), jpeg(RED, (160, 107))))
    card = Card(shoot.read([path.parent]).photos[0])
    load(qtbot, loader, [card])
    assert colour(loader, card) == "red"
    store.put([("a" * 40, jpeg(GREEN))])
    scored = replace(card, fingerprint="a" * 40)
    with qtbot.waitSignal(loader.arrived, timeout=100_000):
        loader.renew([scored])
    assert colour(loader, scored) == "green"


def test_a_file_that_was_rewritten_is_fetched_again(qtbot: QtBot, loader: ThumbnailLoader, tmp_path: Path) -> None:
    path = tmp_path / "one" / "a.jpg"
    path.parent.mkdir()
    path.write_bytes(jpeg(RED, (960, 640)))
    before = Card(shoot.read([path.parent]).photos[0])
    load(qtbot, loader, [before])
    path.write_bytes(jpeg(GREEN, (900, 600)))
    after = Card(shoot.read([path.parent]).photos[0])
    load(qtbot, loader, [after])
    assert colour(loader, after) == "green"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a thread has no niceness of its own")
def test_thumbnails_are_fetched_behind_the_window_and_before_scoring(loader: ThumbnailLoader) -> None:
    def niceness() -> int:
        return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

    assert loader._crew._pool.submit(niceness).result() == min(niceness() + NICENESS, 19)
    assert 0 < NICENESS < jobs.NICENESS


def test_a_new_wish_replaces_the_earlier_one(qtbot: QtBot, loader: ThumbnailLoader, cards: list[Card]) -> None:
    """The workers are held at a gate until both wishes stand."""
    gate = threading.Event()
    held = [loader._crew._pool.submit(gate.wait) for _ in range(WORKERS)]
    loader.want(cards[:3])
    with qtbot.waitSignal(loader.settled, timeout=100_000):
        loader.want(cards[4:])
        gate.set()
    assert all(future.result() for future in held)
    assert [loader.pixmap(card) is not None for card in cards] == [False] * 4 + [True] * 2


def test_a_wish_that_comes_as_the_workers_finish_is_not_forgotten(
    qtbot: QtBot, loader: ThumbnailLoader, cards: list[Card]
) -> None:
    for number in range(120):
        with qtbot.waitSignal(loader.arrived, timeout=100_000):
            loader.want([cards[number % len(cards)]])
        if number % len(cards) == len(cards) - 1:
            loader.clear()


def test_wishes_of_two_views_stand_side_by_side(qtbot: QtBot, loader: ThumbnailLoader, cards: list[Card]) -> None:
    gate = threading.Event()
    held = [loader._crew._pool.submit(gate.wait) for _ in range(WORKERS)]
    loader.want(cards[:2], by="grid")
    with qtbot.waitSignal(loader.settled, timeout=100_000):
        loader.want(cards[1:3], by="filmstrip")
        gate.set()
    assert all(future.result() for future in held)
    assert [loader.pixmap(card) is not None for card in cards] == [True] * 3 + [False] * 3


@pytest.mark.parametrize("data", [b"", b"no picture at all", jpeg(RED)[:300]])
def test_a_file_without_a_picture_is_tried_once_and_left(
    qtbot: QtBot, loader: ThumbnailLoader, tmp_path: Path, data: bytes
) -> None:
    path = tmp_path / "one" / "broken.jpg"
    path.parent.mkdir()
    path.write_bytes(data)
    card = Card(shoot.read([path.parent]).photos[0])
    load(qtbot, loader, [card])
    assert loader.pixmap(card) is None
    with qtbot.assertNotEmitted(loader.arrived, wait=50):
        loader.want([card])


def test_a_vanished_file_is_no_error(qtbot: QtBot, loader: ThumbnailLoader, cards: list[Card]) -> None:
    cards[0].path.unlink()
    load(qtbot, loader, cards)
    assert loader.pixmap(cards[0]) is None
    assert loader.pixmap(cards[1]) is not None


def test_a_damaged_stored_thumbnail_falls_back_on_the_file(store: Thumbnails, cards: list[Card]) -> None:
    store.put([("b" * 40, b"not a JPEG")])
    origin, image = fetch(replace(cards[0], fingerprint="b" * 40), store)
    assert origin is Origin.DRAFT and image is not None


def test_memory_is_bounded_and_the_oldest_go_first(qtbot: QtBot, store: Thumbnails, cards: list[Card]) -> None:
    one = EDGE * round(EDGE / 1.5) * 4
    small = ThumbnailLoader(store, limit_bytes=3 * one + 1000)
    for card in cards:
        load(qtbot, small, [card])
    assert [small.pixmap(card) is not None for card in cards] == [False] * 3 + [True] * 3
    small.close()


def test_clear_forgets_everything(qtbot: QtBot, loader: ThumbnailLoader, cards: list[Card]) -> None:
    load(qtbot, loader, cards)
    loader.clear()
    assert all(loader.pixmap(card) is None for card in cards)


def test_closing_in_mid_work_waits_for_the_workers(qtbot: QtBot, store: Thumbnails, cards: list[Card]) -> None:
    busy = ThumbnailLoader(store)
    busy.want(cards)
    busy.close()
    assert not any(thread.name.startswith("thumbnail") for thread in threading.enumerate())
    busy.want(cards)
    assert not any(thread.name.startswith("thumbnail") for thread in threading.enumerate()), "a late wish of a view"
