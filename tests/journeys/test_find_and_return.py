"""A photographer looks for photos by words and reads what is said of one; goes home with filters on, and comes back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.filters import Filter, SortKey, Words
from desktop.main_window import MainWindow
from desktop.session import Session
from engine.types import Decision, Flag
from tests import packs, towers
from tests.journeys.test_cull_by_keyboard import PATIENCE_MS, active, close_window, made, names, open_window, press
from tests.shoots import small_shoot


def return_to(qtbot: QtBot) -> MainWindow:
    """A new window, as the program shows it when it is started without a folder."""
    window = MainWindow(Session())
    window.resize(1200, 800)
    with qtbot.waitExposed(window, timeout=100_000):
        window.show()
    window.activateWindow()
    with qtbot.waitSignal(window.session.ended, timeout=PATIENCE_MS):
        assert window.restore.reopen()
    return window


def test_find_by_words_and_read_the_critique(
    qtbot: QtBot, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    packs.use(towers.pack(tmp_path_factory.mktemp("towered")).folder, monkeypatch)
    (tmp_path / "shoot").mkdir()
    for number, colour in enumerate(towers.SAID):
        Image.fromarray(towers.plain(colour, 600, 400)).save(tmp_path / "shoot" / f"IMG_{number}.jpg", quality=95)
    window = open_window(qtbot, tmp_path / "shoot")
    everything = names(window)
    press(window, "Ctrl+F")
    QTest.keyClicks(window.focusWidget(), "red flower")
    with qtbot.waitSignal(window.session.search.ended, timeout=PATIENCE_MS):
        press(window, "Return")
    assert active(window) == names(window)[0] == "IMG_2.jpg"
    press(window, "E")
    critique = window.info.critique
    qtbot.waitUntil(lambda: "A flower is seen." in [row.text.text() for row in critique.rows], timeout=PATIENCE_MS)
    press(window, "P", "Ctrl+L")
    assert names(window) == everything and active(window) == "IMG_2.jpg", "what was found stays in sight"
    press(window, "Ctrl+F")
    QTest.keyClicks(window.focusWidget(), "blue water")
    with qtbot.waitSignal(window.session.search.ended, timeout=PATIENCE_MS):
        press(window, "Return")
    close_window(window)

    window = return_to(qtbot)
    qtbot.waitUntil(lambda: window.session.model.filter.words is not None, timeout=PATIENCE_MS)
    assert window.session.model.filter.words == Words("blue water", 50) and names(window)[0] == "IMG_3.jpg"
    assert window.left.search.field.text() == "blue water" and window.view == "loupe"
    assert made(window) == {"IMG_2.jpg": Decision(Flag.PICK)}
    close_window(window)


def test_close_and_come_back_to_the_very_photo(qtbot: QtBot, tmp_path: Path) -> None:
    folder = small_shoot(tmp_path / "shoot")
    window = open_window(qtbot, folder)
    window.session.model.arrange(SortKey.NAME)
    press(window, "Ctrl+Home", "X", "Ctrl+D", "Right", "Right")
    window.filters.cameras.boxes["Chinagraph Testcam"].box.click()
    press(window, "E", "Z")
    here, order, looked = active(window), names(window), window.loupe.viewport
    assert looked.zoom == 1.0 and here in order and len(order) < 11
    close_window(window)

    window = return_to(qtbot)
    assert active(window) == here and names(window) == order and window.view == "loupe"
    assert window.session.model.filter == Filter(undecided=True, cameras=frozenset({"Chinagraph Testcam"}))
    assert window.loupe.viewport == looked
    assert [chip.text() for chip in window.filters_line.chips] == ["No decision", "Chinagraph Testcam"]
    press(window, "X")
    assert active(window) == order[order.index(here) + 1], "the place holds when a mark takes the photo out"
    press(window, "Ctrl+L", "G")
    assert len(names(window)) == 11
    close_window(window)

    folder.rename(tmp_path / "moved")
    window = MainWindow(Session())
    with qtbot.waitExposed(window, timeout=100_000):
        window.show()
    with qtbot.waitSignal(window.session.unusable, timeout=PATIENCE_MS):
        assert window.restore.reopen()
    assert str(folder) in window.empty.hint.text() and window.empty.below is not None and window.empty.below.isVisible()
    close_window(window)


def test_come_back_into_the_middle_of_a_comparison(qtbot: QtBot, tmp_path: Path) -> None:
    folder = small_shoot(tmp_path / "shoot")
    window = open_window(qtbot, folder)
    model, compare = window.session.model, window.views.compare
    window.session.place.reveal(folder / "evening" / "bracket0.jpg")
    press(window, "S")
    closed = model.closed_stacks
    assert len(closed) == 1 and len(model.stacks) == 2
    press(window, "Home", "Shift+Right", "Shift+Right", "Shift+Right", "C", "L", "-", "-", "Right", "Z", "Ctrl+Left")
    line, shown, looked = window.lineup.paths, [card.path for card in compare.cards], compare.synced
    champion, here = window.lineup.champion, active(window)
    assert len(line) == 4 and len(shown) == 2 and looked.zoom == 1.0 and champion == shown[0] != folder / here
    window.filters.folds["lens"].header.click()
    folded = window.filters.folded
    window.left.show_page(1)
    press(window, "Tab")
    assert not window.panels_shown
    close_window(window)

    window = return_to(qtbot)
    model, compare = window.session.model, window.views.compare
    assert window.view == "compare" and compare.isVisible() and active(window) == here
    assert (window.lineup.paths, window.lineup.champion) == (line, champion)
    assert [card.path for card in compare.cards] == shown and compare.synced == looked
    assert model.closed_stacks == closed
    assert not window.panels_shown and window.left.page == "scenes" and window.filters.folded == folded
    press(window, "Tab", "N")
    assert window.panels_shown and window.view == "survey" and window.lineup.paths == line
    close_window(window)

    champion.unlink()
    window = return_to(qtbot)
    left = tuple(path for path in line if path != champion)
    assert window.view == "survey" and window.lineup.paths == left
    press(window, "Escape")
    assert window.view == "grid" and [card.path for card in window.session.place.chosen] == list(left)
    close_window(window)
