"""What the tests of metadata in the window share."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from desktop.main_window import MainWindow
from engine.export import sidecar
from tests import sidecars

PATIENCE_MS = 100_000


def read(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not window.session.metadata.is_looking, timeout=PATIENCE_MS)


def rating(path: Path) -> str | None:
    return sidecar.read(path).get("xmp:Rating")


def write_sidecar(path: Path, **properties: object) -> None:
    path.write_text(sidecars.attributes(**properties))


def notices(window: MainWindow) -> list[str]:
    return window.notices.text.text().splitlines()
