"""The application as `chinagraph` starts it."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from desktop import app
from desktop.main_window import MainWindow
from engine.errors import StoreFull
from tests.shoots import many


@pytest.fixture(autouse=True)
def plain_again(qapp: QApplication) -> object:
    """The style is the application's, which other tests share."""
    sheet, palette = qapp.styleSheet(), qapp.palette()
    yield
    qapp.setStyleSheet(sheet)
    qapp.setPalette(palette)


def in_the_window(act: Callable[[MainWindow], None]) -> None:
    """Act on the window once the event loop runs."""

    def find() -> None:
        act(next(window for window in QApplication.topLevelWidgets() if isinstance(window, MainWindow)))

    QTimer.singleShot(0, find)


START = """
import linecache, sys, types
sys.modules["desktop.app"] = types.SimpleNamespace(run=lambda *_: 0, leave=lambda code: code)
from desktop.__main__ import main
assert main([]) == 0
before = set(linecache.cache)
import PySide6.QtWidgets, sqlalchemy, PIL.Image
print(*(name for name in linecache.cache if name.endswith(".py") and name not in before))
"""


def test_the_start_reads_no_sources_of_libraries() -> None:
    ended = subprocess.run([sys.executable, "-c", START], check=True, timeout=120, capture_output=True, text=True)
    assert ended.stdout.strip() == ""


def test_a_shoot_is_opened_and_the_window_closes_with_0(qtbot: QtBot, tmp_path: Path) -> None:
    seen: list[int] = []

    def close_when_done(window: MainWindow) -> None:
        window.session.ended.connect(lambda: (seen.append(window.session.model.rowCount()), window.close()))

    in_the_window(close_when_done)
    interrupt, hook = signal.getsignal(signal.SIGINT), sys.excepthook
    assert app.run([many(tmp_path / "shoot", 3)], tmp_path / "data") == app.DONE
    assert seen == [3]
    assert (signal.getsignal(signal.SIGINT), sys.excepthook) == (interrupt, hook)
    assert (tmp_path / "data" / "decisions.sqlite").exists()


def test_a_data_folder_that_cannot_be_used_is_explained(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(QMessageBox, "critical", lambda _parent, _title, text: told.append(text))
    (tmp_path / "data").write_text("a file")
    assert app.run([], tmp_path / "data") == app.BROKEN
    assert str(tmp_path / "data") in told[0]


def test_nonsense_in_settings_and_keys_is_told_beside_the_shoot(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "settings.toml").write_text('device = "abacus"')
    (tmp_path / "data" / "keys.toml").write_text('preset = "emacs"')
    notices: list[str] = []

    def look(window: MainWindow) -> None:
        notices.append(window.notices.text.text())
        window.close()

    in_the_window(look)
    app.run([tmp_path / "none"], tmp_path / "data")
    device, preset = notices[0].splitlines()
    assert "abacus" in device and "default 'auto'" in device
    assert "emacs" in preset and "lightroom is used" in preset


def test_who_starts_for_the_first_time_is_asked_once(qtbot: QtBot, tmp_path: Path) -> None:
    asked: list[bool] = []

    def look(window: MainWindow) -> None:
        asked.append(window.habits.welcome is not None)
        window.close()

    for _ in range(2):
        in_the_window(look)
        app.run([], tmp_path / "data")
    assert asked == [True, False]


@pytest.mark.parametrize(
    ("error", "logged"), [(StoreFull("/data is full. Make room."), False), (KeyError("oddity"), True)]
)
def test_what_escapes_from_a_slot_is_shown_and_the_window_goes_on(
    qtbot: QtBot, tmp_path: Path, caplog: pytest.LogCaptureFixture, error: Exception, logged: bool
) -> None:
    notices: list[str] = []

    def fail(window: MainWindow) -> None:
        sys.excepthook(type(error), error, None)
        notices.append(window.notices.text.text())
        window.close()

    in_the_window(fail)
    assert app.run([], tmp_path / "data") == app.DONE
    assert (str(error) if not logged else "oddity") in notices[0]
    assert bool([record for record in caplog.records if record.levelname == "ERROR"]) is logged
