"""Where nothing can be suggested, it is said why, and what to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from pytestqt.qtbot import QtBot

from desktop.main_window import MainWindow
from desktop.obstacles import obstacle
from desktop.session import Session
from tests.desktop.conftest import PATIENCE_MS
from tests.desktop.stage import imagined
from tests.desktop.test_bursts import press, said
from tests.shoots import write_photo


def test_without_a_shoot_it_is_said_how_to_open_one(make_window: Callable[..., MainWindow]) -> None:
    window = make_window()
    assert not window.goal.slider.isEnabled()
    press(window, "Ctrl+B")
    assert said(window) == "There are no photos to choose from. Ctrl+O opens a folder"
    assert not window.session.choosing.is_on


def test_a_shoot_that_cannot_be_read_promises_no_ranking(
    make_window: Callable[..., MainWindow], tmp_path: Path, qtbot: QtBot
) -> None:
    folder = tmp_path / "shoot"
    folder.mkdir()
    (folder / "torn.jpg").touch()
    window = make_window(folder, wait=False)
    qtbot.waitUntil(lambda: window.session.model.rowCount() > 0, timeout=PATIENCE_MS)
    if window.session.is_running:
        assert window.goal.hint.text() == "Once the shoot is ranked, a selection can be suggested."
    qtbot.waitUntil(lambda: not window.session.is_running, timeout=PATIENCE_MS)
    sentence = "No photo of this shoot can be read. Ctrl+U lists why, and reads them again."
    assert window.goal.hint.text() == sentence
    press(window, "Ctrl+B")
    assert said(window) == sentence.removesuffix(".")
    write_photo(folder / "torn.jpg", 1)
    with qtbot.waitSignal(window.session.ended, timeout=PATIENCE_MS):
        window.actions_table["reload"].trigger()
    assert window.goal.slider.isEnabled() and "Ctrl+B" in window.goal.hint.text()


def test_without_a_pack_and_after_a_stop_it_is_said_what_goes_on(session: Session) -> None:
    cards = [replace(card, merit=None, rank=None) for card in imagined(2)]
    session.model.load([replace(card, verdict=None) for card in cards], {})
    assert obstacle(session, {"models": "Ctrl+P"}.__getitem__).endswith("no usable model pack. Ctrl+P shows the packs.")
    session.model.load([cards[0], replace(cards[1], verdict=None, fingerprint=None)], {})
    assert obstacle(session, {"reload": "F5"}.__getitem__) == "The shoot is not ranked to its end. F5 goes on with it."
    assert "The File menu goes on" in obstacle(session, lambda _name: "")
