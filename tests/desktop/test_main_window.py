"""The window: what stands where in each state."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop.filters import Filter, SortKey
from desktop.main_window import MainWindow
from desktop.panels.progress import clock, shoot_name
from desktop.session import Session
from desktop.views import grid
from engine import sample
from engine.types import Flag, Phase, Progress
from tests.desktop.conftest import PATIENCE_MS
from tests.shoots import READABLE, UNREADABLE, many, small_shoot, write_photo

MakeWindow = Callable[..., MainWindow]


def test_an_empty_window_offers_to_open_a_folder(
    make_window: MakeWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = make_window()
    assert window.views.currentWidget() is window.empty
    assert window.empty.button.isVisible() and not window.filmstrip.isVisible()
    folder = many(tmp_path / "shoot", 3)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    with qtbot.waitSignal(window.session.ended, timeout=PATIENCE_MS):
        qtbot.mouseClick(window.empty.button, Qt.MouseButton.LeftButton)
    assert window.views.currentWidget() is window.grid
    assert window.session.model.rowCount() == 3
    assert window.windowTitle() == "shoot · Chinagraph"


def test_the_first_page_offers_the_sample_shoot(
    make_window: MakeWindow, qtbot: QtBot, data_folder: Path, sample_shoot: Path
) -> None:
    window = make_window()
    assert window.empty.sample.isVisible()
    # Made on the spot it takes some seconds; the one that is there is taken as it is.
    shutil.copytree(sample_shoot, sample.default_folder())
    with qtbot.waitSignal(window.session.opened, timeout=PATIENCE_MS):
        qtbot.mouseClick(window.empty.sample, Qt.MouseButton.LeftButton)
    assert window.session.folders == (sample.default_folder(),)
    assert window.session.folders[0].is_relative_to(data_folder)
    assert window.session.model.rowCount() > 40
    assert not window.empty.sample.isVisible()


def test_a_sample_shoot_that_cannot_be_made_is_explained(
    make_window: MakeWindow, qtbot: QtBot, data_folder: Path
) -> None:
    window = make_window()
    (data_folder / sample.FOLDER_NAME).write_text("in the way")
    with qtbot.waitSignal(window.session.ended, timeout=PATIENCE_MS):
        window.empty.sample.click()
    assert "holds something else than this sample shoot" in window.empty.hint.text()


def test_the_window_comes_back_as_it_was_left(make_window: MakeWindow, tmp_path: Path, data_folder: Path) -> None:
    window = make_window(many(tmp_path / "shoot", 2))
    window.resize(770, 660)
    window.grid.larger()
    left = window.grid.cell_size
    window.close()
    again = MainWindow(Session())
    assert (again.width(), again.height()) == (770, 660)
    assert again.grid.cell_size == left
    again.close()
    again.deleteLater()
    (data_folder / "window.ini").write_text("[General]\ncell=large\ngeometry=nonsense\n")
    usual = MainWindow(Session())
    assert usual.grid.cell_size == grid.USUAL
    usual.close()
    usual.deleteLater()


def test_thinking_better_of_it_opens_nothing(make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    window = make_window()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    window.actions_table["open"].trigger()
    assert window.session.folders == ()


def test_a_missing_folder_is_explained(make_window: MakeWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window = make_window(tmp_path / "gone")
    assert window.views.currentWidget() is window.empty
    assert str(tmp_path / "gone") in window.empty.hint.text()
    assert window.empty.button.isVisible()
    assert not window.strip.bar.isVisible()


def test_a_folder_without_photos_is_explained(make_window: MakeWindow, tmp_path: Path) -> None:
    (tmp_path / "clips").mkdir()
    (tmp_path / "clips" / "a.mp4").write_bytes(b"\0")
    window = make_window(tmp_path / "clips")
    assert window.views.currentWidget() is window.empty
    assert "1 video" in window.empty.hint.text()


def test_the_strip_tells_what_there_is(make_window: MakeWindow, tmp_path: Path) -> None:
    window = make_window(small_shoot(tmp_path / "shoot"))
    assert window.strip.name.text() == "shoot"
    assert window.strip.photos.text() == f"{READABLE + UNREADABLE} photos"
    assert window.strip.failures.text() == f"{UNREADABLE} unreadable"
    assert window.strip.device.text() == "CPU"
    assert not window.strip.bar.isVisible() and not window.strip.pause.isVisible()
    assert "1 video" in window.notices.text.text()
    window.session.culling.mark(Flag.PICK)
    assert window.strip.picks.accessibleName() == "Pick 1"


def test_progress_is_told_with_rate_and_time_left(make_window: MakeWindow, tmp_path: Path) -> None:
    window = make_window()
    window.session.progressed.emit(Progress(Phase.SCORING, 620, 1000, rate=41.2, seconds_left=100.0))
    assert window.strip.phase.text() == "Scoring 620 of 1,000 · 41/s · 1:40 left"
    assert window.strip.bar.value() == 620 and window.strip.bar.maximum() == 1000
    assert window.strip.bar.isVisible() and window.strip.pause.isVisible()


@pytest.mark.parametrize(("seconds", "text"), [(0.2, "0:00"), (59.6, "1:00"), (100, "1:40"), (3725, "1:02:05")])
def test_time_left_is_written_as_a_clock(seconds: float, text: str) -> None:
    assert clock(seconds) == text


def test_several_folders_are_one_shoot(make_window: MakeWindow, tmp_path: Path) -> None:
    first, second = many(tmp_path / "first", 2), many(tmp_path / "second", 3)
    window = make_window(first, second)
    assert window.session.model.rowCount() == 5
    assert window.strip.name.text() == shoot_name((first, second)) == "first +1"


def test_each_failure_is_listed_with_its_reason_and_retried(
    make_window: MakeWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = small_shoot(tmp_path / "shoot")
    window = make_window(folder)
    qtbot.mouseClick(window.strip.failures, Qt.MouseButton.LeftButton)
    dialog = window.failures
    assert dialog is not None and dialog.isVisible()
    rows = [dialog.files.topLevelItem(row) for row in range(dialog.files.topLevelItemCount())]
    assert {item.text(0) for item in rows} == {"empty.jpg", "torn.jpg"}
    assert all(len(item.text(1)) > 10 for item in rows)
    assert rows[0].isSelected() and dialog.retry_selected.isEnabled()
    write_photo(folder / "torn.jpg", 7)
    next(item for item in rows if item.text(0) == "torn.jpg").setSelected(True)
    with qtbot.waitSignal(window.session.ended, timeout=PATIENCE_MS):
        qtbot.mouseClick(dialog.retry_selected, Qt.MouseButton.LeftButton)
    assert [dialog.files.topLevelItem(row).text(0) for row in range(dialog.files.topLevelItemCount())] == ["empty.jpg"]
    (folder / "empty.jpg").unlink()
    with qtbot.waitSignal(window.session.ended, timeout=PATIENCE_MS):
        qtbot.mouseClick(dialog.retry_all, Qt.MouseButton.LeftButton)
    assert dialog.files.topLevelItemCount() == 0
    assert not dialog.retry_all.isEnabled() and not window.strip.failures.isVisible()


def test_choosing_a_failure_shows_it_even_when_it_is_filtered_out(
    make_window: MakeWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = make_window(small_shoot(tmp_path / "shoot"))
    window.session.model.set_filter(Filter(stars=3))
    window.show_failures()
    assert window.failures is not None
    window.failures.files.itemActivated.emit(window.failures.files.topLevelItem(0), 0)
    assert window.session.active is not None and window.session.active.error is not None


def test_the_filters_panel_asks_the_model_and_shows_what_others_ask(
    make_window: MakeWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = make_window(small_shoot(tmp_path / "shoot"))
    panel, model = window.filters, window.session.model
    panel.unreadable.box.click()
    assert model.filter == Filter(unreadable=True) and model.rowCount() == UNREADABLE
    assert panel.shown.text() == f"{UNREADABLE} of {READABLE + UNREADABLE} shown"
    panel.clear.click()
    assert model.filter.is_open and not panel.unreadable.is_on
    assert {choice.box.accessibleName() for choice in panel.bodies.boxes.values()} == {
        "Chinagraph Testcam (1001), 7",
        "Chinagraph Testcam (2002), 2",
    }
    panel.bodies.boxes["2002"].box.click()
    assert model.filter == Filter(bodies=frozenset({"2002"})) and model.rowCount() == 2
    panel.clear.click()
    window.session.culling.mark(3)
    panel.stars.button(2).click()
    assert model.filter.stars == 2 and model.rowCount() == 1
    panel.stars.button(4).click()
    assert model.filter.stars == 4 and model.rowCount() == 0
    panel.stars.button(4).click()
    assert model.filter.stars is None
    model.set_filter(Filter(flags=frozenset({Flag.REJECT})))
    assert panel.flags[Flag.REJECT].is_on and not panel.flags[Flag.PICK].is_on
    assert panel.clear.isEnabled()


def test_the_filters_panel_sorts(make_window: MakeWindow, tmp_path: Path) -> None:
    window = make_window(many(tmp_path / "shoot", 3))
    panel, model = window.filters, window.session.model
    panel.sort.setCurrentIndex(panel.sort.findData(SortKey.NAME))
    panel.sort.activated.emit(panel.sort.currentIndex())
    assert [model.card(row).path.name for row in range(3)] == ["p000.jpg", "p001.jpg", "p002.jpg"]
    panel.descending.click()
    assert [model.card(row).path.name for row in range(3)] == ["p002.jpg", "p001.jpg", "p000.jpg"]


def drop(window: MainWindow, *paths: Path) -> bool:
    """Drag and drop files on the window; whether it took them."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    common = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    enter = QDragEnterEvent(QPoint(5, 5), *common)
    enter.ignore()
    window.dragEnterEvent(enter)
    if enter.isAccepted():
        window.dropEvent(QDropEvent(QPointF(5, 5), *common))
    return enter.isAccepted()


def test_folders_and_files_can_be_dropped(make_window: MakeWindow, qtbot: QtBot, tmp_path: Path) -> None:
    first, second = many(tmp_path / "first", 2), many(tmp_path / "second", 1)
    window = make_window()
    with qtbot.waitSignal(window.session.ended, timeout=PATIENCE_MS):
        assert drop(window, first, second / "p000.jpg")
    assert window.session.folders == (first, second)
    assert not drop(window)


def test_a_filter_that_nothing_passes_is_explained(make_window: MakeWindow, tmp_path: Path) -> None:
    window = make_window(many(tmp_path / "shoot", 2))
    window.session.model.set_filter(Filter(flags=frozenset({Flag.REJECT})))
    assert "No photo passes the filter" in window.grid.accessibleDescription()
    assert window.views.currentWidget() is window.grid


def test_thumbnails_of_what_is_visible_arrive(make_window: MakeWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window = make_window(many(tmp_path / "shoot", 8))
    session = window.session
    qtbot.waitUntil(
        lambda: all(session.thumbnails.pixmap(card) is not None for card in session.model.cards()), timeout=100_000
    )
    assert {path.name for path in session.attention.paths} == {card.path.name for card in session.model.cards()}


def test_in_the_loupe_the_filmstrip_says_what_is_looked_at(
    make_window: MakeWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = make_window(many(tmp_path / "shoot", 60))
    window.show_view("loupe")
    window.actions_table["go.last"].trigger()
    last = window.session.model.card(59).path
    grid_rows = len(window.grid.visible_rows())
    neighbours = {window.session.model.card(row).path for row in range(55, 60)}
    assert grid_rows < 55
    qtbot.waitUntil(lambda: neighbours <= set(window.session.attention.paths), timeout=100_000)
    assert window.session.attention.paths[0] == last


def test_a_mark_is_painted(make_window: MakeWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window = make_window(many(tmp_path / "shoot", 2))
    qtbot.waitUntil(lambda: window.session.thumbnails.pixmap(window.session.model.card(0)) is not None, timeout=100_000)
    before = window.grid.grab().toImage()
    window.session.culling.mark(5)
    assert window.grid.grab().toImage() != before


def test_notices_stay_until_they_are_dismissed(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = make_window()
    assert not window.notices.isVisible()
    for sentence in ("One.", "Two.", "One."):
        window.session.warned.emit(sentence)
    assert window.notices.text.text() == "One.\nTwo."
    qtbot.mouseClick(window.notices.dismiss, Qt.MouseButton.LeftButton)
    assert not window.notices.isVisible()


def test_closing_in_mid_run_is_clean(make_window: MakeWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window = make_window(many(tmp_path / "shoot", 40), wait=False)
    with qtbot.waitSignal(window.session.progressed, timeout=PATIENCE_MS):
        pass
    assert window.close()
    assert not window.session.is_running
