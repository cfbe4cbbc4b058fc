"""The run of the export dialog: copies, moves, pause, stop, what goes wrong, and what is said of it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.export_presets import BUILT_IN, ExportPreset, Presets, Table
from engine.control import Control
from engine.export import files
from engine.export.ledger import Ledger
from engine.export.rendition import Policy
from engine.export.targets import Target
from tests.desktop.export_stage import PATIENCE_MS, Make, Stage, stages
from tests.desktop.held import held
from tests.exporting import members, planned, tree
from tests.shoots import many


@pytest.fixture
def make(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Make]:
    # Nobody types in a test.
    monkeypatch.setattr("desktop.dialogs.export_settings.PLAN_MS", 0)
    with stages(qtbot) as build:
        yield build


@pytest.fixture
def stage(make: Make, tmp_path: Path) -> Stage:
    return make(members(tmp_path / "shoot"))


def test_copies_are_made_compared_and_reported(stage: Stage, originals: Callable[[Path], Path]) -> None:
    originals(stage.folder)
    stage.set(ExportPreset(template="{folder}/{original}"))
    stage.export()
    assert tree(stage.target) == tree(stage.folder)
    for name in tree(stage.folder):
        assert (stage.target / name).read_bytes() == (stage.folder / name).read_bytes()
    outcome = stage.dialog.outcome
    assert outcome.title.text() == f"All 3 photos are in {stage.target}"
    assert outcome.detail.text() == "7 files exported. Every copy was read back and compared."
    assert not outcome.again.isVisible() and not outcome.reasons.isVisible()
    outcome.copy.click()
    report = QGuiApplication.clipboard().text()
    assert report.count("done: ") == 7 and str(stage.target) in report
    assert Presets(stage.home / "exports.toml").recent == (str(stage.target),)


def test_the_same_again_keeps_what_is_there(make: Make, tmp_path: Path) -> None:
    folder = members(tmp_path / "shoot")
    first = make(folder)
    first.set(ExportPreset())
    first.export()
    stage = make(folder)
    stage.set(ExportPreset())
    assert "7 files there already" in stage.preview.room.text()
    assert stage.names[0][2] == "there"


class Opened(QObject):
    """Takes the place of the file manager."""

    def __init__(self) -> None:
        super().__init__()
        self.urls: list[QUrl] = []

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        self.urls.append(url)


def test_the_folder_is_shown_by_the_system(stage: Stage) -> None:
    stage.set(ExportPreset())
    stage.export()
    opened = Opened()
    QDesktopServices.setUrlHandler("file", opened, "take")
    stage.dialog.outcome.show_folder.click()
    QDesktopServices.unsetUrlHandler("file")
    assert [url.toLocalFile() for url in opened.urls] == [str(stage.target)]


def test_smaller_pictures_with_metadata_and_a_table(stage: Stage) -> None:
    web = replace(BUILT_IN["JPEGs for the web"], edge=100, policy=Policy.NONE)
    stage.set(replace(web, table=Table.CSV, program=Target.ADOBE))
    assert stage.preview.room.text().startswith("about ")
    stage.export()
    assert tree(stage.target) == ["shoot ranking.csv", *(f"shoot-000{number}.jpg" for number in (1, 2, 3))]
    with Image.open(stage.target / "shoot-0001.jpg") as picture:
        assert max(picture.size) == 100
    assert b"xmp:Rating" in (stage.target / "shoot-0001.jpg").read_bytes()
    table = (stage.target / "shoot ranking.csv").read_text("utf-8-sig").splitlines()
    assert len(table) == 4 and "shoot-0001.jpg" in table[1]
    assert "Table: shoot ranking.csv" in stage.dialog.outcome.detail.text()


def test_a_stopped_export_is_completed_by_a_press(make: Make, tmp_path: Path) -> None:
    stage = make(many(tmp_path / "shoot", 30))
    stage.set(ExportPreset())
    dialog, working = stage.dialog, stage.dialog.working
    with held() as begin, stage.qtbot.waitSignal(dialog.over, timeout=PATIENCE_MS):
        dialog.settings.export.click()
        working.pause.click()
        begin()
        assert working.line.text() == "Paused" and dialog.is_running
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        assert dialog.isVisible() and working.question.isVisible()
        working.go_on.click()
        assert not working.question.isVisible() and dialog.is_running
        working.stop.click()
        working.really.click()
    outcome = dialog.outcome
    assert outcome.title.text().startswith("Stopped: ") and "of 30 photos" in outcome.title.text()
    assert "not tried" in outcome.detail.text() and outcome.again.isVisible()
    with stage.qtbot.waitSignal(dialog.over, timeout=PATIENCE_MS):
        outcome.again.click()
    assert outcome.title.text() == f"All 30 photos are in {stage.target}"
    assert tree(stage.target) == tree(stage.folder)


def test_a_target_that_vanishes_ends_the_run_with_reasons(make: Make, tmp_path: Path) -> None:
    stage = make(many(tmp_path / "shoot", 30))
    stage.set(ExportPreset())
    with held() as begin, stage.qtbot.waitSignal(stage.dialog.over, timeout=PATIENCE_MS):
        stage.dialog.settings.export.click()
        stage.dialog.working.pause.click()
        begin()
        stage.qtbot.waitUntil(stage.target.is_dir, timeout=PATIENCE_MS)
        shutil.move(stage.target, stage.target.with_name("pulled"))
        stage.dialog.working.pause.click()
    assert "of 30 photos are in" in stage.dialog.outcome.title.text()
    assert stage.reasons and "could not be brought to" in stage.reasons[0]
    assert stage.dialog.outcome.again.isVisible() and not stage.dialog.outcome.show_folder.isEnabled()
    assert not stage.target.exists() or not any(stage.target.iterdir()), "what the drive left is not filled"


def test_a_photo_that_cannot_be_read_is_named_and_the_others_leave(make: Make, tmp_path: Path) -> None:
    folder = many(tmp_path / "shoot", 3)
    stage = make(folder)
    (folder / "p001.jpg").write_bytes(b"\xff\xd8 torn")
    stage.set(BUILT_IN["JPEGs for the web"])
    stage.export()
    assert stage.dialog.outcome.title.text() == f"2 of 3 photos are in {stage.target}"
    assert len(stage.reasons) == 1 and "p001.jpg" in stage.reasons[0]
    assert "failed: " in stage.dialog.outcome.text


def test_a_target_that_cannot_be_made_is_said_and_another_one_can_be_named(stage: Stage) -> None:
    stage.folder.with_name("note").write_text("a file")
    stage.set(ExportPreset(template="{folder}/{original}"), stage.folder.with_name("note") / "sub")
    stage.export()
    outcome = stage.dialog.outcome
    assert outcome.title.text() == "The export could not be done" and "name another folder" in outcome.detail.text()
    with stage.qtbot.waitSignal(stage.dialog.settings.settled, timeout=PATIENCE_MS):
        outcome.again.click()
        stage.form.place.setCurrentText(str(stage.target))
    assert not stage.dialog.is_running, "what was not begun is not begun by itself"
    stage.export()
    assert tree(stage.target) == tree(stage.folder)


# Moves


def test_a_stopped_move_is_gone_on_with_by_a_press(make: Make, tmp_path: Path) -> None:
    stage = make(many(tmp_path / "shoot", 30))
    before = tree(stage.folder)
    stage.set(ExportPreset(move=True, template="{seq:02}"))
    dialog = stage.dialog
    with held() as begin, stage.qtbot.waitSignal(dialog.over, timeout=PATIENCE_MS):
        dialog.settings.export.click()
        dialog.working.pause.click()
        begin()
        stage.qtbot.waitUntil(stage.target.is_dir, timeout=PATIENCE_MS)
        dialog.working.really.click()
    assert dialog.outcome.title.text().startswith("Stopped: ") and tree(stage.folder)
    with stage.qtbot.waitSignal(dialog.over, timeout=PATIENCE_MS):
        dialog.outcome.again.click()
    assert tree(stage.folder) == [] and tree(stage.target) == [f"{seq:02}.jpg" for seq in range(1, len(before) + 1)]


def test_originals_are_moved_and_the_shoot_hears_of_it(stage: Stage) -> None:
    before = tree(stage.folder)
    stage.set(ExportPreset(move=True, template="{folder}/{original}"))
    assert stage.dialog.settings.export.text() == "&Move 3 photos"
    with stage.qtbot.waitSignals([stage.dialog.moving, stage.dialog.moved, stage.dialog.over], timeout=PATIENCE_MS):
        stage.dialog.settings.export.click()
    assert tree(stage.target) == before and tree(stage.folder) == []


def test_an_interrupted_move_is_offered_and_gone_on_with(make: Make, tmp_path: Path) -> None:
    folder = many(tmp_path / "shoot", 8)
    before, control = tree(folder), Control()
    wanted = planned(folder, tmp_path / "to", template="m{seq}", move=True)
    for step in files.run(wanted, Ledger(tmp_path / "home", tmp_path / "to"), "an earlier day", control):
        if step.done:
            control.cancel()
    assert 0 < len(tree(folder)) < len(before)
    stage = make(folder)
    stage.set(ExportPreset())
    assert "A move of 8 photos to this folder was interrupted." in stage.preview.left.text()
    with stage.qtbot.waitSignals([stage.dialog.moved, stage.dialog.over], timeout=PATIENCE_MS):
        stage.preview.resume.click()
    assert tree(folder) == [] and tree(tmp_path / "to") == [f"m{number}.jpg" for number in range(1, 9)]
    assert Ledger(tmp_path / "home", tmp_path / "to").unfinished() is None
