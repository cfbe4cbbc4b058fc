"""The application: a QApplication, one session, one window."""

from __future__ import annotations

import logging
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import NoReturn

from PySide6.QtWidgets import QApplication, QMessageBox

from desktop import display, language, style
from desktop.dialogs.rescue import RescueDialog
from desktop.garbage import GarbageCollector
from desktop.jobs import in_words, outlast
from desktop.main_window import MainWindow
from desktop.session import Session
from engine import paths
from engine.errors import ChinagraphError
from engine.settings import FILE_NAME, load
from engine.store import decisions, rescue

DONE = 0
BROKEN = 1
"""The data folder cannot be used; the message said why."""

LAST_SECONDS = 10.0
"""With the window gone, so long is waited for files that are being read. It is not seen, and saves a last batch."""
TURN_SECONDS = 0.001
"""A thread that runs Python yields to the window after this. Python's own 5 ms add up, at every call into Qt."""

_log = logging.getLogger(__name__)


def run(folders: Sequence[Path], data_dir: Path | None = None) -> int:
    """Show the window with `folders` as the shoot, else with the one that was open last; the exit code, once closed."""
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        application = QApplication(sys.argv[:1])
    display.announce()
    language.install(application, _wanted_language(data_dir))
    application.setApplicationName("Chinagraph")
    style.apply(application)
    if not _is_sound(data_dir):
        return BROKEN
    try:
        session = Session(data_dir)
    except ChinagraphError as error:
        QMessageBox.critical(None, "Chinagraph", str(error))
        return BROKEN
    window = MainWindow(session)
    window.show()
    if folders:
        session.open(folders)
    else:
        window.restore.reopen()
    # Opening a shoot clears the notices: what is wrong with the settings is said after that.
    for warning in window.habits.warnings:
        window.notices.add(warning)
    window.habits.welcome_once()
    collector = GarbageCollector()
    with _ctrl_c_ends(), _mishaps_are_told(window), _short_turns():
        code = application.exec()
    collector.stop()
    window.deleteLater()
    return code


def leave(code: int) -> NoReturn:
    """End the process, with exit code `code`, once what was left behind has ended or `LAST_SECONDS` are over.

    A read that nothing can cut short would hold the process for as long as its drive is gone. Everything that is to be
    kept has been written.
    """
    if outlast(LAST_SECONDS):
        sys.exit(code)
    logging.shutdown()
    os._exit(code)


def _wanted_language(data_dir: Path | None) -> str:
    """What the settings say; where they cannot be reached, what the system speaks."""
    try:
        return load(paths.data_dir(data_dir) / FILE_NAME).language
    except ChinagraphError:
        # Opening the session says what is wrong.
        return language.SYSTEM


def _is_sound(data_dir: Path | None) -> bool:
    """Whether the decisions are sound, or were made so: damage is shown before anything opens them."""
    try:
        path = paths.data_dir(data_dir) / decisions.FILE_NAME
        wrong = rescue.damage(path)
    except (ChinagraphError, OSError):
        # Opening the session says what it is.
        return True
    return wrong is None or RescueDialog(path, wrong).exec() == RescueDialog.DialogCode.Accepted


@contextmanager
def _short_turns() -> Iterator[None]:
    """Threads that run Python yield to the window soon."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(TURN_SECONDS)
    try:
        yield
    finally:
        sys.setswitchinterval(before)


@contextmanager
def _ctrl_c_ends() -> Iterator[None]:
    """Ctrl-C in the terminal ends the window at once: decisions are on disk within milliseconds."""
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def _mishaps_are_told(window: MainWindow) -> Iterator[None]:
    """What escapes from a slot is shown and logged; the window goes on."""

    def tell(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if not isinstance(error, ChinagraphError):
            _log.error("A command failed", exc_info=(kind, error, trace))
        window.notices.add(in_words(error))

    before, sys.excepthook = sys.excepthook, tell
    try:
        yield
    finally:
        sys.excepthook = before
