"""Damaged decisions at the start of the window: the backup is offered, what is readable is added, nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop import app
from desktop.dialogs.rescue import RescueDialog
from desktop.main_window import MainWindow
from engine.control import Control
from engine.store import backup, rescue
from engine.store.decisions import Decisions, Mark, Origin
from engine.types import FileStamp, Photo
from tests.desktop.conftest import PATIENCE_MS
from tests.shoots import many


@pytest.fixture
def damaged(data_folder: Path, tmp_path: Path) -> Path:
    """Two hundred decisions with a backup of yesterday's; the file's last pages are gone."""
    data_folder.mkdir()
    path = data_folder / "decisions.sqlite"
    photos = [Photo(one, (one,), FileStamp(1, 1, 1)) for one in (tmp_path / f"{n:03}.jpg" for n in range(200))]
    store = Decisions(path)
    store.open_shoot([tmp_path], [(photo, None) for photo in photos])
    store.mark([Mark(photo, None, "stars", 3) for photo in photos], Origin.BULK)
    store.flush()
    backup.daily(path, date(2026, 1, 1))
    store.close()
    for late in backup.copies(path)[1:]:
        late.unlink()
    data = bytearray(path.read_bytes())
    data[5 * 4096 :] = b"\xa5" * (len(data) - 5 * 4096)
    path.write_bytes(data)
    return path


@pytest.fixture(autouse=True)
def plain_again(qapp: QApplication) -> object:
    """The style is the application's, which other tests share."""
    sheet, palette = qapp.styleSheet(), qapp.palette()
    yield
    qapp.setStyleSheet(sheet)
    qapp.setPalette(palette)


@pytest.fixture
def dialog(damaged: Path, qtbot: QtBot) -> RescueDialog:
    made = RescueDialog(damaged, f"{damaged} is damaged.")
    qtbot.addWidget(made)
    made.open()
    qtbot.waitUntil(lambda: made.findings is not None, timeout=PATIENCE_MS)
    return made


def test_it_says_what_can_be_had_back_and_restores_it(dialog: RescueDialog, damaged: Path, qtbot: QtBot) -> None:
    assert "Newest sound backup: 200 photos with decisions" in dialog.source.text()
    assert dialog.focusWidget() is dialog.restore and dialog.restore.isEnabled()
    dialog.restore.click()
    qtbot.waitUntil(lambda: dialog.rescued is not None, timeout=PATIENCE_MS)
    assert "200 photos" in dialog.text.text() and "damaged-" in dialog.source.text()
    dialog.restore.click()
    assert dialog.result() == RescueDialog.DialogCode.Accepted
    Decisions(damaged).close()


def test_quitting_leaves_everything_as_it_was(dialog: RescueDialog, damaged: Path) -> None:
    before = damaged.read_bytes()
    dialog.leave.click()
    assert dialog.result() == RescueDialog.DialogCode.Rejected
    assert damaged.read_bytes() == before
    assert not list(damaged.parent.glob("*damaged-*"))


@pytest.fixture
def rotten(data_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Decisions about another shoot, too many to be read through at the start, with a bad page among them."""
    monkeypatch.setattr(rescue, "CHECKED_BYTES", 4096)
    data_folder.mkdir()
    path, folder = data_folder / "decisions.sqlite", tmp_path / "elsewhere"
    photos = [Photo(one, (one,), FileStamp(1, 1, 1)) for one in (folder / f"{n:03}{'x' * 60}.jpg" for n in range(400))]
    store = Decisions(path)
    store.open_shoot([folder], [(photo, None) for photo in photos])
    store.mark([Mark(photo, None, "stars", 3) for photo in photos], Origin.BULK)
    store.flush()
    backup.daily(path, date.today())
    store.close()
    data = bytearray(path.read_bytes())
    bad = data.index(bytes(photos[200].path)) // 4096 * 4096
    data[bad : bad + 4096] = b"\xa5" * 4096
    path.write_bytes(data)
    return path


def test_a_large_file_is_read_through_beside_the_work_and_the_next_start_rescues_it(
    rotten: Path, make_window: Callable[..., MainWindow], tmp_path: Path, qtbot: QtBot
) -> None:
    assert rescue.damage(rotten) is None, "the start reads its head alone"
    window = make_window(many(tmp_path / "shoot", 1))
    qtbot.waitUntil(lambda: "is damaged" in window.notices.text.text(), timeout=PATIENCE_MS)
    assert f"{rotten} is damaged" in window.notices.text.text()
    assert "start it again: it then offers the newest backup" in window.notices.text.text()
    with qtbot.waitSignal(window.session.ended, timeout=PATIENCE_MS):
        window.session.open([many(tmp_path / "next", 1)])
    assert f"{rotten} is damaged" in window.notices.text.text(), "said of the next shoot, too"
    assert window.notices.offer_button.text() == "Close now"
    window.notices.offer_button.click()
    assert not window.isVisible()
    reason = rescue.damage(rotten)
    assert reason is not None and "is damaged" in reason, "the next start asks for what it can have back"
    dialog = RescueDialog(rotten, reason)
    qtbot.addWidget(dialog)
    dialog.open()
    qtbot.waitUntil(lambda: dialog.findings is not None, timeout=PATIENCE_MS)
    dialog.restore.click()
    qtbot.waitUntil(lambda: dialog.rescued is not None, timeout=PATIENCE_MS)
    dialog.restore.click()
    assert "400 photos" in dialog.text.text()
    assert rescue.damage(rotten) is None and rescue.inspect(rotten, Control()) is None


def when(kind: type, is_so: Callable[..., bool], act: Callable[..., object]) -> QTimer:
    """Act on the widget of a kind, once it is so."""
    timer = QTimer(interval=10)

    def look() -> None:
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, kind) and widget.isVisible() and is_so(widget):
                timer.stop()
                act(widget)
                return

    timer.timeout.connect(look)
    timer.start()
    return timer


def test_the_window_opens_once_they_are_back(damaged: Path, data_folder: Path, qtbot: QtBot) -> None:
    limit = QTimer(singleShot=True, interval=PATIENCE_MS)
    limit.timeout.connect(QApplication.exit)
    limit.start()
    timers = [
        when(RescueDialog, lambda one: one.findings is not None, lambda one: one.restore.click()),
        when(RescueDialog, lambda one: one.rescued is not None, lambda one: one.restore.click()),
        when(MainWindow, lambda _: True, lambda window: window.close()),
    ]
    assert app.run([], data_folder) == app.DONE
    assert limit.isActive(), "nothing waited for somebody"
    for timer in (*timers, limit):
        timer.stop()


def test_without_an_answer_the_window_does_not_open(damaged: Path, data_folder: Path, qtbot: QtBot) -> None:
    timer = when(RescueDialog, lambda _: True, lambda one: one.reject())
    assert app.run([], data_folder) == app.BROKEN
    timer.stop()
