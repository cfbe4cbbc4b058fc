"""Dialogs before a drive that does not answer: it is named, they are left at once, and what was meant is done later."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop import jobs
from desktop.dialogs import deed
from desktop.dialogs.drive_line import DriveLine
from desktop.errand import Errand
from desktop.export_presets import ExportPreset, Which
from desktop.main_window import MainWindow
from engine.control import Control
from engine.export.sidecar import Status
from engine.types import Flag
from tests.desktop.conftest import PATIENCE_MS
from tests.desktop.export_stage import PICK, Stage
from tests.desktop.far_drive import HELD_SECONDS, FarDrive
from tests.pictures import jpeg

PICKS = ExportPreset(which=Which.PICKS)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A drive is asked at once, and soon found not to answer; one that does answer has time to on a busy machine."""
    monkeypatch.setattr("desktop.drive.SILENCE_MS", 20)
    monkeypatch.setattr("desktop.drive.ANSWER_MS", 200)
    monkeypatch.setattr("desktop.dialogs.export_settings.PLAN_MS", 0)
    monkeypatch.setattr(jobs, "PATIENCE_SECONDS", 0.05)
    monkeypatch.setattr(jobs, "_patience", jobs._Patience())


@pytest.fixture
def far(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, impatient: None, qtbot: QtBot) -> Iterator[FarDrive]:
    """A drive that answers again when the test is over."""
    folder = tmp_path / "far away"
    folder.mkdir()
    drive = FarDrive(folder, monkeypatch)
    yield drive
    drive.answer()
    assert jobs.outlast(HELD_SECONDS)
    qtbot.waitUntil(lambda: not jobs._left_behind, timeout=PATIENCE_MS)


def shot(folder: Path) -> Path:
    """Two photos."""
    folder.mkdir(exist_ok=True)
    for number in range(2):
        jpeg(folder / f"{number}.jpg", seed=number)
    return folder


@pytest.fixture
def stage(tmp_path: Path, far: FarDrive, qtbot: QtBot) -> Iterator[Stage]:
    """Two picks close by, and the export dialog over them."""
    made = Stage(qtbot, shot(tmp_path / "near"), lambda _: PICK)
    yield made
    made.dialog.reject()


def named(qtbot: QtBot, line: DriveLine, folder: Path) -> None:
    qtbot.waitUntil(lambda: line.is_silent, timeout=PATIENCE_MS)
    assert f"{folder} does not answer. Check its drive" in line.text.text() and line.isVisible()


def at_once(act: Callable[[], object]) -> None:
    """Do it: the window's thread waits for nobody."""
    before, worked = time.monotonic(), time.thread_time()
    act()
    assert (time.monotonic() - before) - (time.thread_time() - worked) < 1.0


class Shown(QObject):
    """Every widget that is shown as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.windows: list[object] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.windows.append(watched)
        return False


def test_no_part_of_the_line_is_a_window_while_it_is_made(qtbot: QtBot, qapp: QApplication) -> None:
    shown = Shown()
    qapp.installEventFilter(shown)
    line = DriveLine(Errand(), tuple, "Wait.")
    qapp.removeEventFilter(shown)
    qtbot.addWidget(line)
    assert not shown.windows
    line.show()
    assert line.retry.isVisible()


def test_a_plan_names_the_drive_and_is_made_for_another_folder(far: FarDrive, stage: Stage, qtbot: QtBot) -> None:
    settings, target = stage.dialog.settings, far.folder / "to"
    far.hang()
    at_once(lambda: stage.form.place.setCurrentText(str(target)))
    stage.form.show_preset(PICKS)
    named(qtbot, settings.drive, target)
    assert str(stage.folder) not in settings.drive.text.text(), "the one that answers is not named"
    stage.set(PICKS, stage.target)
    assert settings.planned is not None and settings.planned.plan.order.target == stage.target
    assert not settings.drive.isVisible()
    stage.form.place.setCurrentText(str(target))
    named(qtbot, settings.drive, target)
    with qtbot.waitSignal(settings.settled, timeout=PATIENCE_MS):
        far.answer()
        at_once(settings.drive.retry.click)
    assert settings.planned is not None and settings.planned.plan.order.target == target


def test_an_export_that_hangs_is_left_and_completed_later(far: FarDrive, stage: Stage, qtbot: QtBot) -> None:
    dialog, target = stage.dialog, far.folder / "to"
    stage.set(PICKS, target)
    far.hang()
    dialog.settings.export.click()
    named(qtbot, dialog.pages.drive, target)
    dialog.reject()
    assert dialog.working.really.isVisible()
    at_once(dialog.working.really.click)
    assert dialog.pages.currentWidget() is dialog.outcome and not dialog.is_running
    assert f"{target} does not answer" in dialog.outcome.detail.text()
    assert "can be done once it answers" in dialog.outcome.detail.text()
    far.answer()
    with qtbot.waitSignal(dialog.settings.settled, timeout=PATIENCE_MS):
        dialog.outcome.again.click()
    if dialog.settings.export.isEnabled():
        stage.export()
    assert sorted(path.name for path in target.iterdir()) == ["0.jpg", "1.jpg"]


def test_a_stopped_export_is_left_once_its_drive_is_known_to_hang(far: FarDrive, stage: Stage, qtbot: QtBot) -> None:
    stage.set(PICKS, far.folder / "to")
    far.hang()
    stage.dialog.settings.export.click()
    with qtbot.waitSignal(stage.dialog.over, timeout=PATIENCE_MS):
        stage.dialog.working.really.click()
    assert "does not answer" in stage.dialog.outcome.detail.text()


def test_who_waits_for_a_turn_is_told_whose_drive_it_is(far: FarDrive, stage: Stage, qtbot: QtBot) -> None:
    left = deed.in_turn(lambda _control: iter((1, 2)), (far.folder,), Control())
    assert next(left) == 1
    stage.set(PICKS, stage.target)
    far.hang()
    stage.dialog.settings.export.click()
    named(qtbot, stage.dialog.pages.drive, far.folder)
    assert not stage.target.exists() and stage.dialog.is_running
    with qtbot.waitSignal(stage.dialog.over, timeout=PATIENCE_MS):
        left.close()
    assert sorted(path.name for path in stage.target.iterdir()) == ["0.jpg", "1.jpg"]
    assert not stage.dialog.pages.drive.is_silent


@pytest.fixture
def window(
    far: FarDrive, make_window: Callable[..., MainWindow], monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> MainWindow:
    """Two photos on the drive, one of them rejected; it does not answer any more, and nothing but it is asked."""
    made = make_window(shot(far.folder))
    qtbot.waitUntil(lambda: not made.session.metadata.is_looking, timeout=PATIENCE_MS)
    made.session.culling.mark(Flag.REJECT)
    monkeypatch.setattr("desktop.drive.ANSWER_MS", 20)
    far.hang()
    return made


def test_metadata_names_the_drive_and_is_left(far: FarDrive, window: MainWindow, qtbot: QtBot) -> None:
    window.actions_table["metadata.read"].trigger()
    conflicts = window.metadata.conflicts
    named(qtbot, conflicts.drive, far.folder)
    at_once(conflicts.drive.retry.click)
    named(qtbot, conflicts.drive, far.folder)
    at_once(conflicts.reject)

    window.actions_table["metadata.write"].trigger()
    writing = window.metadata.writing
    named(qtbot, writing.drive, far.folder)
    far.answer()
    at_once(writing.drive.retry.click)
    qtbot.waitUntil(writing.write.isEnabled, timeout=PATIENCE_MS)
    assert not writing.drive.isVisible()
    far.hang()
    writing.write.click()
    named(qtbot, writing.drive, far.folder)
    at_once(writing.dismiss.click)
    assert window.metadata.writing is None

    assert deed._turn.locked(), "by what was left: nothing else is written before it has ended"
    window.session.culling.mark(Flag.PICK)
    far.hang("replace")
    window.actions_table["metadata.write"].trigger()
    writing = window.metadata.writing
    qtbot.waitUntil(writing.write.isEnabled, timeout=PATIENCE_MS)
    writing.write.click()
    writing.dismiss.click()
    qtbot.waitUntil(writing.write.isEnabled, timeout=PATIENCE_MS)
    writing.write.click()
    far.answer()
    qtbot.waitUntil(lambda: writing.report is not None and not writing.report.dry_run, timeout=PATIENCE_MS)
    assert [outcome.photo for outcome in writing.report.having(Status.WRITTEN)] == [window.session.active.path]


def test_rejects_name_the_drive_are_left_and_moved_later(far: FarDrive, window: MainWindow, qtbot: QtBot) -> None:
    session, rejected = window.session, window.session.active.path
    window.actions_table["rejected.move"].trigger()
    dialog = window.departures.rejected
    named(qtbot, dialog.drive, far.folder)
    with qtbot.waitSignal(dialog.settled, timeout=PATIENCE_MS):
        at_once(dialog.drive.retry.click)
        far.answer()
    assert not dialog.drive.isVisible()
    far.hang()
    dialog.do.click()
    named(qtbot, dialog.pages.drive, far.folder)
    at_once(dialog.working.really.click)
    assert str(far.folder) in dialog.outcome.detail.text() and not dialog.is_running
    far.answer()
    with qtbot.waitSignal(dialog.settled, timeout=PATIENCE_MS):
        dialog.outcome.again.click()
    if dialog.do.isVisible():
        with qtbot.waitSignal(dialog.over, timeout=PATIENCE_MS):
            dialog.do.click()
    assert not rejected.exists() and list(far.folder.glob(f"_Rejected/**/{rejected.name}"))
    dialog.accept()
    qtbot.waitUntil(lambda: not session.is_running and not session.metadata.is_looking, timeout=PATIENCE_MS)
