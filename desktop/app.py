"""The application: a QApplication, one session, one window."""

from __future__ import annotations

import logging
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QApplication, QMessageBox

from desktop import style
from desktop.main_window import MainWindow
from desktop.session import Session
from engine.errors import ChinagraphError

DONE = 0
BROKEN = 1
"""The data folder cannot be used; the message said why."""


def run(folders: Sequence[Path], data_dir: Path | None = None) -> int:
    """Show the window, with `folders` as the shoot where there are any, until it is closed. The exit code."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        application = QApplication(sys.argv[:1])
    application.setApplicationName("Chinagraph")
    style.apply(application)
    # Decisions are on disk within milliseconds, so Ctrl-C in the terminal may end the window at once.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        session = Session(data_dir)
    except ChinagraphError as error:
        QMessageBox.critical(None, "Chinagraph", str(error))
        return BROKEN
    window = MainWindow(session)
    for warning in session.settings.warnings:
        window.notices.add(warning)
    window.show()
    if folders:
        session.open(folders)
    return DONE if application.exec() == 0 else BROKEN
