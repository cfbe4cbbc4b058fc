"""Sidecars that follow every change, in a real window."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.main_window import MainWindow
from desktop.rejecting import Act
from engine.export import sidecar
from engine.settings import FILE_NAME, load
from engine.types import Decision
from tests.desktop.metadata_stage import PATIENCE_MS, notices, rating, read
from tests.desktop.test_bursts import go, made, press, said
from tests.shoots import write_photo

Open = Callable[..., MainWindow]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three photos a minute apart."""
    for number in range(3):
        write_photo(tmp_path / "shoot" / f"a{number}.jpg", number, 60.0 * number)
    return tmp_path / "shoot"


# Sidecars on every change


def test_sidecars_follow_every_change_and_its_undo(open_read: Open, live: None, folder: Path, originals) -> None:
    window = open_read(folder)
    originals(folder)
    go(window, "a1")
    press(window, "4", "P")
    window.session.metadata.flush()
    assert rating(folder / "a1.xmp") == "4"
    assert sidecar.read(folder / "a1.xmp").get("xmpDM:pick") == "1"
    assert not (folder / "a0.xmp").exists()
    press(window, "Ctrl+Z", "Ctrl+Z")
    window.session.metadata.flush()
    assert rating(folder / "a1.xmp") == "0"
    (folder / "a1.xmp").unlink()


def test_closing_writes_what_waits(open_read: Open, live: None, folder: Path) -> None:
    window = open_read(folder)
    go(window, "a2")
    press(window, "5")
    window.close()
    assert rating(folder / "a2.xmp") == "5"


def test_another_shoot_writes_what_waits_of_the_one_before(
    open_read: Open, live: None, folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    window = open_read(folder)
    other = write_photo(tmp_path / "other" / "b.jpg", 9).parent
    go(window, "a0")
    press(window, "3")
    with qtbot.waitSignal(window.session.ended, timeout=PATIENCE_MS):
        window.session.open([other])
    assert rating(folder / "a0.xmp") == "3"
    read(window, qtbot)
    go(window, "b")
    press(window, "2")
    window.session.metadata.flush()
    assert rating(other / "b.xmp") == "2"


def test_the_menu_turns_it_on_what_was_decided_before_follows_and_it_is_remembered(
    open_read: Open, folder: Path, data_folder: Path, qtbot: QtBot
) -> None:
    window = open_read(folder)
    go(window, "a0")
    press(window, "2")
    window.session.metadata.flush()
    assert not (folder / "a0.xmp").exists()
    toggle = window.actions_table["metadata.live"]
    assert not toggle.isChecked()
    toggle.trigger()
    assert toggle.isChecked() and said(window) == "Sidecars for Lightroom are written on every change"
    read(window, qtbot)
    window.session.metadata.flush()
    assert rating(folder / "a0.xmp") == "2"
    assert load(data_folder / FILE_NAME).xmp_live
    toggle.trigger()
    go(window, "a1")
    press(window, "1")
    assert not (folder / "a1.xmp").exists() and not load(data_folder / FILE_NAME).xmp_live


def test_what_a_crash_kept_from_being_written_is_written_on_opening(
    open_read: Open, live: None, folder: Path, qtbot: QtBot
) -> None:
    window = open_read(folder)
    go(window, "a1")
    press(window, "4")
    window.close()
    (folder / "a1.xmp").unlink()
    again = open_read(folder)
    again.session.metadata.flush()
    assert rating(folder / "a1.xmp") == "4"


def test_a_sidecar_that_cannot_be_written_is_told_once_and_left_alone(
    open_read: Open, live: None, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "a0.xmp").write_text("<x/>")
    window = open_read(folder)
    go(window, "a0")
    press(window, "3")
    window.session.metadata.flush()
    qtbot.waitUntil(lambda: bool(notices(window)), timeout=PATIENCE_MS)
    assert len(notices(window)) == 1 and "a0.xmp cannot be used" in notices(window)[0]
    press(window, "4")
    window.session.metadata.flush()
    QTest.qWait(0)
    assert len(notices(window)) == 1
    assert (folder / "a0.xmp").read_text() == "<x/>"
    assert made(window) == {"a0": Decision(stars=4)}, "the decision stands"


def test_no_thread_is_left_when_it_was_never_on(open_read: Open, folder: Path) -> None:
    window = open_read(folder)
    window.session.close()
    assert "live-xmp" not in {thread.name for thread in threading.enumerate()}


def test_a_reject_goes_away_with_the_sidecar_that_its_mark_made(
    live: None, open_read: Open, folder: Path, qtbot: QtBot
) -> None:
    window = open_read(folder)
    go(window, "a1")
    press(window, "3", "X")
    window.departures.show_rejected(Act.MOVE)
    dialog = window.departures.rejected
    assert dialog is not None
    qtbot.waitUntil(lambda: "1 photo" in dialog.title.text(), timeout=PATIENCE_MS)
    with qtbot.waitSignal(dialog.moved, timeout=PATIENCE_MS):
        dialog.do.click()
    dialog.accept()
    assert sorted(path.name for path in folder.iterdir() if path.is_file()) == ["a0.jpg", "a2.jpg"]
    away = folder / "_Rejected"
    assert rating(next(away.glob("a1*.xmp"))) == "3"
    qtbot.waitUntil(lambda: not window.session.is_running, timeout=PATIENCE_MS)
    read(window, qtbot)
