"""The export dialog over a drive of its own that fills up, locks or goes: started by the fault tests of the window.

    unshare -rm python -m tests.faults.window_drive CASE FOLDER

FOLDER/shoot is exported to FOLDER/drive. CASE is one of CASES.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QDeadlineTimer, QEventLoop, QThread, QTimer, SignalInstance
from PySide6.QtWidgets import QApplication

from desktop.dialogs.export import ExportDialog
from desktop.export_presets import ExportPreset, Presets
from desktop.exporting import Material
from engine import paths
from engine.settings import Settings
from engine.types import Decision, Flag
from tests.desktop.held import held
from tests.exporting import chosen, tree
from tests.faults.small_drive import check_whole, mount, mount_again, unmount

PATIENCE_MS = 60_000


def full(folder: Path) -> None:
    """Another program fills the drive after the plan: the rest is named, and with room one press completes it."""
    drive = folder / "drive"
    mount(drive, "size=200k")
    dialog = planned(folder, drive / "to")
    ballast = drive / "ballast"
    ballast.write_bytes(bytes(180_000))
    until(dialog.over, dialog.settings.export.click)
    assert "the disk is full. Make room." in dialog.outcome.text, dialog.outcome.text
    check_whole(folder / "shoot", drive / "to")
    ballast.unlink()
    until(dialog.over, dialog.outcome.again.click)
    assert dialog.outcome.title.text().startswith("All "), dialog.outcome.text
    assert tree(drive / "to") == tree(folder / "shoot")
    dialog.accept()


def too_small(folder: Path) -> None:
    """A drive without room is refused before anything is written, with how much is missing."""
    drive = folder / "drive"
    mount(drive, "size=12k")
    dialog = planned(folder, drive / "to")
    assert "There is no room for" in dialog.settings.preview.notes.text()
    assert not dialog.settings.export.isEnabled() and tree(drive) == []
    dialog.accept()


def locked(folder: Path) -> None:
    """A drive that takes no changes is refused with what to do; one that was locked since is named in the result."""
    drive = folder / "drive"
    mount(drive, "size=10m")
    dialog = planned(folder, drive / "to")
    (drive / "to").mkdir()
    mount_again(drive, "ro")
    until(dialog.over, dialog.settings.export.click)
    assert "read-only" in dialog.outcome.text, dialog.outcome.text
    until(dialog.settings.settled, dialog.outcome.again.click)
    assert "cannot be written to. Allow writing there" in dialog.settings.preview.title.text()
    dialog.accept()


def pulled(folder: Path) -> None:
    """A drive that is pulled in mid-run ends it; what it leaves behind is not filled."""
    drive = folder / "drive"
    mount(drive, "size=10m")
    dialog = planned(folder, drive / "to")

    def pull() -> None:
        dialog.settings.export.click()
        dialog.working.pause.click()
        begin()
        wait_for(drive / "to")
        unmount(drive)
        dialog.working.pause.click()

    with held() as begin:
        until(dialog.over, pull)
    assert dialog.outcome.again.isVisibleTo(dialog) and "All " not in dialog.outcome.title.text()
    assert tree(drive) == []
    dialog.accept()


CASES: dict[str, Callable[[Path], None]] = {case.__name__: case for case in (full, too_small, locked, pulled)}


def planned(folder: Path, target: Path) -> ExportDialog:
    """The dialog with a plan for every photo."""
    every = chosen(folder / "shoot", lambda _: Decision(Flag.PICK))
    cards, home = tuple(one.card for one in every), folder / "home"
    decisions = {one.card.path: one.decision for one in every}
    pack = paths.resource("models", "starter")
    material = Material((folder / "shoot",), cards, decisions, (), (), home, pack, Settings())
    dialog = ExportDialog(lambda: material, Presets(home / "exports.toml"))

    def set_up() -> None:
        dialog.open()
        dialog.settings.form.place.setCurrentText(str(target))
        dialog.settings.form.show_preset(ExportPreset())

    until(dialog.settings.settled, set_up)
    return dialog


def wait_for(path: Path) -> None:
    """Return when something is there."""
    deadline = QDeadlineTimer(PATIENCE_MS)
    while not path.exists():
        assert not deadline.hasExpired(), path
        QThread.yieldCurrentThread()


def until(signal: SignalInstance, begin: Callable[[], object]) -> None:
    """Do something and wait for what it leads to."""
    loop, timer = QEventLoop(), QTimer(singleShot=True, interval=PATIENCE_MS)
    signal.connect(loop.quit)
    timer.timeout.connect(lambda: loop.exit(1))
    timer.start()
    begin()
    assert loop.exec() == 0, "it did not come in time"
    timer.stop()
    signal.disconnect(loop.quit)


if __name__ == "__main__":
    application = QApplication([])
    CASES[sys.argv[1]](Path(sys.argv[2]))
