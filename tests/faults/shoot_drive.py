"""The window over a shoot on a drive of its own, which is pulled and put back: started by the fault tests.

    unshare -rm python -m tests.faults.shoot_drive CASE FOLDER

FOLDER/shoot becomes FOLDER/drive. CASE is one of CASES.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QDeadlineTimer, QEventLoop
from PySide6.QtWidgets import QApplication

from desktop import jobs
from desktop.main_window import MainWindow
from desktop.session import Session
from engine.types import Flag
from tests import packs
from tests.faults.small_drive import mount, unmount
from tests.faults.window_drive import PATIENCE_MS, until


def pulled(folder: Path) -> None:
    """Pulled in the middle of scoring: said once, nothing more is scored, marks go on, and Retry takes it up again."""
    drive = plugged(folder)
    window = MainWindow(Session(folder / "data", pack=packs.without_tower(folder / "pack")))
    session = window.session
    window.show()

    def pull() -> None:
        session.pause()
        unmount(drive)
        session.resume()

    session.opened.connect(pull)
    until(session.ended, lambda: session.open([drive]))
    wait(lambda: told(window))
    session.opened.disconnect(pull)
    before = [card.path for card in session.model.cards()]
    session.place.go(3)
    picked = session.culling.mark(Flag.PICK)[0].path
    until(session.ended, window.notices.offer_button.click)
    wait(lambda: told(window))
    assert sorted(before) == sorted(card.path for card in session.model.cards()), "an empty folder took their place"
    plug(folder)
    until(session.ended, window.notices.offer_button.click)
    wait(window.notices.isHidden)
    assert all(card.verdict is not None for card in session.model.cards())
    assert session.active is not None and session.active.path == picked
    assert session.culling.decision(picked).flag is Flag.PICK
    window.close()


CASES: dict[str, Callable[[Path], None]] = {case.__name__: case for case in (pulled,)}


def told(window: MainWindow) -> bool:
    """Whether the drive is named, with the cause, what to do, and the button that does it."""
    text = window.notices.text.text()
    is_said = "/drive is not there any more. Connect it, then retry" in text
    return is_said and window.notices.offer_button.isVisibleTo(window)


def plugged(folder: Path) -> Path:
    """A drive with the shoot on it, kept elsewhere while it is not plugged in."""
    mount(folder / "kept", "size=50m")
    for path in (folder / "shoot").iterdir():
        shutil.copy2(path, folder / "kept")
    (folder / "drive").mkdir()
    return plug(folder)


def plug(folder: Path) -> Path:
    """Put it in."""
    subprocess.run(["mount", "--bind", str(folder / "kept"), str(folder / "drive")], check=True)
    return folder / "drive"


def wait(is_so: Callable[[], bool]) -> None:
    """Let the window go on until something is so."""
    deadline = QDeadlineTimer(PATIENCE_MS)
    while not is_so():
        assert not deadline.hasExpired()
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)


if __name__ == "__main__":
    application = QApplication([])
    CASES[sys.argv[1]](Path(sys.argv[2]))
    assert jobs.outlast(PATIENCE_MS / 1000)
