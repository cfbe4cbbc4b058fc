"""Searching for words in the window, with a small tower that knows four plain pictures."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop import search as searching
from desktop.filters import Filter, SortKey, Words
from desktop.main_window import MainWindow
from engine import seeing
from engine.types import Phase, Progress
from tests import packs, towers
from tests.shoots import many

PATIENCE_MS = 100_000
NAMES = ("dark", "bright", "red", "blue")


@pytest.fixture(scope="module")
def tower(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return towers.pack(tmp_path_factory.mktemp("towered")).folder


@pytest.fixture
def window(
    make_window: Callable[..., MainWindow], tmp_path: Path, tower: Path, monkeypatch: pytest.MonkeyPatch
) -> MainWindow:
    """A plain photo of each colour that the tower was taught."""
    (tmp_path / "shoot").mkdir()
    for name, colour in zip(NAMES, towers.SAID, strict=True):
        Image.fromarray(towers.plain(colour, 600, 400)).save(tmp_path / "shoot" / f"{name}.jpg", quality=95)
    packs.use(tower, monkeypatch)
    return make_window(tmp_path / "shoot")


def names(window: MainWindow) -> list[str]:
    model = window.session.model
    return [model.card(row).path.stem for row in range(model.rowCount())]


def look_for(window: MainWindow, qtbot: QtBot, words: str) -> None:
    """Type the words and press Enter; wait until the tower has looked."""
    QTest.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    field = window.left.search.field
    assert window.focusWidget() is field
    QTest.keyClicks(field, words)
    with qtbot.waitSignal(window.session.search.ended, timeout=PATIENCE_MS):
        QTest.keyClick(field, Qt.Key.Key_Return)


def test_words_show_the_nearest_photos_first_and_leave_everything_as_it_was(window: MainWindow, qtbot: QtBot) -> None:
    session, panel = window.session, window.left.search
    session.model.arrange(SortKey.NAME, True)
    before = names(window)
    session.search.nearest = 2
    told: list[Progress] = []
    session.search.progressed.connect(told.append)
    look_for(window, qtbot, "a red flower, flwer")
    assert names(window)[0] == "red" and len(names(window)) == 2
    assert session.active is not None and session.active.path.stem == "red"
    assert window.focusWidget() is window.grid, "Enter gives the keyboard back to the photos"
    assert session.model.sort_key is SortKey.LIKENESS and window.filters.sort.currentData() == SortKey.LIKENESS
    assert "“flwer” (near: flower" in panel.said.text()
    assert "flower" in window.filters_line.chips[0].text() and window.filters_line.shown.text() == "Showing 2 of 4"
    assert {progress.phase for progress in told} == {Phase.SEEING, Phase.FINISHED}

    panel.nearest.setCurrentIndex(panel.nearest.count() - 1)
    panel.nearest.activated.emit(panel.nearest.currentIndex())
    assert len(names(window)) == 4 and names(window)[0] == "red"
    look_for(window, qtbot, "blue water")
    assert names(window)[0] == "blue" and told[-2].done == told[-2].total == 4, "each picture is looked at once"

    window.filters_line.chips[0].click()
    assert names(window) == before and session.model.filter.is_open and session.model.descending
    assert not session.search.text and not panel.said.isVisible() and panel.field.text() == ""
    assert window.filters.sort.findData(SortKey.LIKENESS) < 0, "without a search nothing is like it"


def test_unknown_words_find_nothing_and_say_so(window: MainWindow, qtbot: QtBot) -> None:
    look_for(window, qtbot, "fiore")
    assert (
        "“fiore”" in window.left.search.said.text()
        and "Nothing is left to search for" in window.left.search.said.text()
    )
    assert window.session.model.filter.is_open and len(names(window)) == 4
    QTest.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(window.left.search.field, Qt.Key.Key_Escape)
    assert window.left.search.field.text() == "" and window.focusWidget() is window.grid


def test_what_is_found_stays_found_when_the_folder_is_read_again(window: MainWindow, qtbot: QtBot) -> None:
    look_for(window, qtbot, "bright bird")
    assert names(window)[0] == "bright"
    with qtbot.waitSignal(window.session.ended, timeout=PATIENCE_MS):
        window.session.retry()
    qtbot.waitUntil(lambda: not window.session.search.is_busy, timeout=PATIENCE_MS)
    assert names(window)[0] == "bright" and window.session.model.filter.words == Words("bright bird", 50)
    window.session.model.set_filter(Filter())
    assert window.session.model.sort_key is SortKey.RANK


def test_a_search_that_is_stopped_keeps_no_thread_and_what_it_found(window: MainWindow, qtbot: QtBot) -> None:
    session = window.session
    session.search.ask("red flower")
    assert session.search.is_busy and window.left.search.stop.isVisible()
    window.left.search.stop.click()
    assert not session.search.is_busy and not window.left.search.stop.isVisible()
    session.search.ask("blue water")
    session.search.ask("red flower")
    qtbot.waitUntil(lambda: not session.search.is_busy, timeout=PATIENCE_MS)
    assert names(window)[0] == "red" and session.model.filter.words == Words("red flower", 50)


def test_other_words_show_nothing_of_what_was_found_before(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, search = window.session, window.session.search
    look_for(window, qtbot, "red flower")
    search.show_nearest(1)
    assert names(window) == ["red"]
    held = threading.Event()
    understand = searching.understand

    def waiting(*words: object) -> object:
        held.wait(PATIENCE_MS / 1000)
        return understand(*words)

    monkeypatch.setattr(searching, "understand", waiting)
    search.ask("blue water")
    qtbot.waitUntil(lambda: session.model.filter.words is None, timeout=PATIENCE_MS)
    assert len(names(window)) == 4 and session.model.sort_key is SortKey.RANK
    assert "Reading the words" in window.left.search.said.text() and window.left.search.stop.isVisible()
    held.set()
    qtbot.waitUntil(lambda: not search.is_busy, timeout=PATIENCE_MS)
    assert names(window) == ["blue"]
    held.clear()
    search.ask("dark bird")
    search.stop()
    held.set()
    assert len(names(window)) == 4, "what is left of a search that was stopped is not of other words"


def test_a_search_that_is_on_when_the_shoot_is_ranked_begins_anew(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, search = window.session, window.session.search
    looking, held = threading.Event(), threading.Event()
    shown, understand, read = seeing.pixels, searching.understand, []

    def waiting(*what: object) -> object:
        looking.set()
        held.wait(PATIENCE_MS / 1000)
        return shown(*what)

    def reading(tokenizer: object, words: str) -> object:
        read.append(words)
        return understand(tokenizer, words)

    monkeypatch.setattr(seeing, "pixels", waiting)
    monkeypatch.setattr(searching, "understand", reading)
    session.model.arrange(SortKey.NAME)
    session.place.go(0)
    search.ask("red flower")
    qtbot.waitUntil(lambda: search.query is not None and looking.is_set(), timeout=PATIENCE_MS)
    session.ended.emit()
    held.set()
    qtbot.waitUntil(lambda: not search.is_busy, timeout=PATIENCE_MS)
    assert read == ["red flower", "red flower"] and names(window)[0] == "red"
    assert session.active is not None and session.active.path.stem == "red", "its first photo is gone to all the same"


def test_words_find_at_once_what_a_student_of_the_towers_space_has_judged(
    make_window: Callable[..., MainWindow], tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    packs.use(towers.shared(tmp_path / "shared").folder, monkeypatch)
    (tmp_path / "shared" / "vision.onnx").unlink()
    (tmp_path / "shoot").mkdir()
    for name, colour in zip(NAMES, towers.SAID, strict=True):
        Image.fromarray(towers.plain(colour, 600, 400)).save(tmp_path / "shoot" / f"{name}.jpg", quality=95)
    window = make_window(tmp_path / "shoot")
    told: list[Progress] = []
    window.session.search.progressed.connect(told.append)
    look_for(window, qtbot, "red flower")
    assert names(window)[0] == "red" and len(names(window)) == 4
    assert [(progress.done, progress.total) for progress in told] == [(4, 4), (4, 4)]
    assert not window.session.search.error


def test_a_pack_without_a_tower_says_what_is_missing(
    make_window: Callable[..., MainWindow], tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare = towers.pack(tmp_path / "bare", *towers.files()).folder
    packs.use(bare, monkeypatch)
    window = make_window(many(tmp_path / "shoot", 2))
    look_for(window, qtbot, "dog")
    assert "has no tower" in window.left.search.said.text()
    assert len(names(window)) == 2 and not window.left.search.nearest.isVisible()


def test_the_strip_tells_of_looking(window: MainWindow) -> None:
    window.session.search.progressed.emit(Progress(Phase.SEEING, 3, 4, 2.0, 61.0))
    assert (
        window.strip.phase.text() == "Looking for words in 3 of 4 · 2.0/s · 1:01 left" and window.strip.bar.isVisible()
    )
    window.session.search.ended.emit()
    assert not window.strip.phase.isVisible()
