"""A session and a window on real shoots, with the bundled pack."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from desktop import jobs
from desktop.main_window import MainWindow
from desktop.session import Session
from engine.settings import FILE_NAME, Settings, save
from tests import packs
from tests.desktop.metadata_stage import read

PATIENCE_MS = 100_000
"""Longer than a small shoot takes on a machine that is busy with something else."""


@pytest.fixture(autouse=True)
def no_head_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """Scoring need not wait for the first thumbnails where nobody looks."""
    monkeypatch.setattr("desktop.session.FIRST_PAINT_MS", 0)


@pytest.fixture(autouse=True)
def nothing_modal(monkeypatch: pytest.MonkeyPatch) -> None:
    """A message that nobody answers would stop the run for good: it fails its test instead, by what it says."""

    def refuse(_parent: object, *said: object) -> None:
        raise AssertionError(f"A modal message came up: {said}")

    for kind in ("critical", "warning", "question", "information"):
        monkeypatch.setattr(QMessageBox, kind, refuse)
    for kind in ("getExistingDirectory", "getOpenFileName", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, kind, refuse)


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every thread is waited for, however busy the machine is."""
    monkeypatch.setattr(jobs, "PATIENCE_SECONDS", 100.0)


@pytest.fixture(autouse=True)
def nothing_written(silent_pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No window here writes critiques of what it shows, unless its test gives it a tower to do so."""
    packs.use(silent_pack, monkeypatch)


@pytest.fixture
def session(qtbot: QtBot) -> Iterator[Session]:
    """A session over the test's own data folder."""
    made = Session()
    yield made
    made.close()


@pytest.fixture
def opened(qtbot: QtBot, session: Session) -> Callable[[Path], Session]:
    """`opened(folder)`: the session once the folder is scored and ranked."""

    def open_folder(folder: Path) -> Session:
        with qtbot.waitSignal(session.ended, timeout=PATIENCE_MS):
            session.open([folder])
        return session

    return open_folder


@pytest.fixture
def make_window(qtbot: QtBot) -> Iterator[Callable[..., MainWindow]]:
    """`make_window(folder)`: a shown window, once the folder is ranked; without a folder an empty one."""
    windows: list[MainWindow] = []

    def make(*folders: Path, wait: bool = True) -> MainWindow:
        window = MainWindow(Session())
        windows.append(window)
        window.resize(1200, 800)
        with qtbot.waitExposed(window, timeout=100_000):
            window.show()
        window.activateWindow()
        if folders and wait:
            with qtbot.waitSignal(window.session.ended, timeout=PATIENCE_MS):
                window.session.open(folders)
        elif folders:
            window.session.open(folders)
        return window

    yield make
    for window in windows:
        window.close()
        window.deleteLater()


@pytest.fixture
def open_read(make_window: Callable[..., MainWindow], qtbot: QtBot) -> Callable[..., MainWindow]:
    """`open_read(folder)`: a window once the shoot is ranked and its files were read."""

    def make(folder: Path) -> MainWindow:
        window = make_window(folder)
        read(window, qtbot)
        return window

    return make


@pytest.fixture
def live(data_folder: Path) -> None:
    """Sidecars are written on every change."""
    data_folder.mkdir(parents=True, exist_ok=True)
    save(Settings(xmp_live=True), data_folder / FILE_NAME)
