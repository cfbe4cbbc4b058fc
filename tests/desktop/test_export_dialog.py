"""The export dialog: what it says before, what it does, and what it says after."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.export_presets import BUILT_IN, ExportPreset, Presets, Which
from engine.export import volume
from tests.desktop.export_stage import PATIENCE_MS, PICK, REJECT, Make, Stage, stages
from tests.exporting import members, tree


@pytest.fixture
def make(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Make]:
    # Nobody types in a test.
    monkeypatch.setattr("desktop.dialogs.export_settings.PLAN_MS", 0)
    with stages(qtbot) as build:
        yield build


@pytest.fixture
def stage(make: Make, tmp_path: Path) -> Stage:
    return make(members(tmp_path / "shoot"))


def test_the_plan_follows_what_is_set_and_touches_nothing(stage: Stage, originals: Callable[[Path], Path]) -> None:
    originals(stage.folder)
    stage.set(ExportPreset(template="{date:%Y}/{seq:03}"))
    assert stage.preview.title.text() == "3 photos, 7 files"
    assert " to write · " in stage.preview.room.text() and stage.preview.room.text().endswith(" free")
    assert stage.names == [
        ["IMG_1.JPG", "2026/001.JPG  + .DNG .DNG.xmp .WAV .xmp", ""],
        ["IMG_1.JPG", "2026/002.JPG", ""],
        ["IMG_9.JPG", "undated/003.JPG", ""],
    ]
    assert stage.dialog.settings.export.text() == "&Export 3 photos" and stage.dialog.settings.export.isEnabled()
    assert stage.dialog.settings.export.isDefault(), "Enter exports"
    stage.set(ExportPreset(which=Which.SELECTED, template="{original}"))
    assert stage.preview.title.text() == "1 photo, 5 files"
    assert not stage.target.exists()


def test_names_that_are_taken_are_numbered_or_left_out(stage: Stage) -> None:
    stage.set(ExportPreset(template="{date:%Y}"))
    assert stage.names[1] == ["IMG_1.JPG", "2026-2.JPG", "taken"]
    assert "get a number: 1" in stage.preview.notes.text()
    with stage.qtbot.waitSignal(stage.dialog.settings.settled, timeout=PATIENCE_MS):
        stage.form.clashes.setCurrentIndex(1)
    assert stage.preview.title.text() == "2 photos, 6 files"
    assert "1 photo left out" in stage.preview.notes.text()
    assert any("the name 2026.JPG is taken" in row[0] for row in stage.names)


@pytest.mark.parametrize(
    ("template", "words"),
    [("{nonsense}", "{nonsense} is not known"), ("../{original}", "must stay below"), ("x", "the same name")],
)
def test_a_template_that_cannot_be_says_why_and_nothing_can_be_exported(
    stage: Stage, template: str, words: str
) -> None:
    stage.set(ExportPreset(template=template))
    assert words in stage.form.mistake.text() and stage.form.mistake.isVisible()
    assert not stage.dialog.settings.export.isEnabled() and not stage.dialog.settings.dry_run.isEnabled()
    stage.set(ExportPreset())
    assert not stage.form.mistake.isVisible() and stage.dialog.settings.export.isEnabled()


def test_a_target_that_cannot_be_says_what_to_do(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    stage.set(ExportPreset(), "")
    assert stage.preview.title.text() == "Where to?"
    stage.set(ExportPreset(), stage.folder / "inside")
    assert "lies in the shoot" in stage.preview.title.text() and "outside of it" in stage.preview.title.text()
    stage.set(ExportPreset(), stage.folder / "IMG_9.JPG")
    assert "is no folder" in stage.preview.title.text()
    monkeypatch.setattr("engine.export.volume.is_read_only", lambda _: True)
    stage.set(ExportPreset())
    assert "cannot be written to. Allow writing there" in stage.preview.title.text()
    assert not stage.dialog.settings.export.isEnabled()


def test_what_does_not_fit_is_refused(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.export.volume.free", lambda _: 100)
    stage.set(ExportPreset())
    assert "There is no room for" in stage.preview.notes.text() and "100 bytes free" in stage.preview.room.text()
    assert not stage.dialog.settings.export.isEnabled() and stage.dialog.settings.dry_run.isEnabled()


@pytest.mark.parametrize(
    ("preset", "title", "hint"),
    [
        (ExportPreset(), "No photo is kept.", "Pick the photos"),
        (ExportPreset(Which.STARS, least_stars=5), "No photo has 5 stars or more.", "Give stars"),
        (ExportPreset(Which.BEST), "No photo is ranked.", "Wait until"),
    ],
)
def test_nothing_to_export_says_how_there_would_be(
    make: Make, tmp_path: Path, preset: ExportPreset, title: str, hint: str
) -> None:
    stage = make(members(tmp_path / "shoot"), lambda _: REJECT)
    stage.set(preset)
    assert stage.preview.title.text() == title and hint in stage.preview.room.text()
    assert not stage.dialog.settings.export.isEnabled() and stage.names == []


def test_rejected_photos_leave_only_where_they_are_pointed_at_and_that_is_said(make: Make, tmp_path: Path) -> None:
    stage = make(members(tmp_path / "shoot"), lambda path: REJECT if path.name == "IMG_9.JPG" else PICK)
    stage.set(ExportPreset(Which.STARS, least_stars=4))
    assert stage.preview.title.text().startswith("2 photos")
    stage.set(ExportPreset(Which.SHOWN))
    assert stage.preview.title.text().startswith("3 photos")
    assert "1 of them is rejected." in stage.preview.notes.text()


def test_what_a_program_will_read_stands_by_kind_of_file(stage: Stage) -> None:
    stage.set(BUILT_IN["Picks for Lightroom"])
    assert "3 JPEG: Lightroom reads the metadata inside the JPEG: stars, flags and colours." in stage.readers
    assert "1 DNG: " in stage.readers and "Read Metadata from File" in stage.readers
    with stage.qtbot.waitSignal(stage.dialog.settings.settled, timeout=PATIENCE_MS):
        stage.form.format.setCurrentIndex(stage.form.format.findData("webp"))
    assert "3 WebP: Lightroom reads nothing of it." in stage.readers
    stage.set(ExportPreset())
    assert "name a program" in stage.readers
    stage.set(ExportPreset(move=True))
    assert "never written to" in stage.readers
    assert not stage.form.program.isEnabled() and not stage.form.format.isEnabled()


def test_the_dry_run_shows_every_file_and_escape_goes_back(stage: Stage) -> None:
    stage.set(ExportPreset())
    stage.dialog.settings.dry_run.click()
    operations = stage.dialog.settings.plan_list.operations
    rows = [[operations.index(row, column).data() for column in range(4)] for row in range(operations.rowCount())]
    assert len(rows) == 7 and rows[0][:3] == ["copy", "IMG_1.JPG", "IMG_1.JPG"]
    assert "Dry run: 7 files to " in stage.dialog.settings.plan_title.text()
    stage.dialog.settings.copy_plan.click()
    assert QGuiApplication.clipboard().text().count("copy: ") == 7
    QTest.keyClick(stage.dialog, Qt.Key.Key_Escape)
    assert stage.dialog.isVisible() and stage.dialog.settings.sheets.currentIndex() == 0
    QTest.keyClick(stage.dialog, Qt.Key.Key_Escape)
    assert not stage.dialog.isVisible() and not stage.target.exists()


def test_the_last_thing_that_was_set_counts(stage: Stage) -> None:
    settings = stage.dialog.settings
    stage.form.place.setCurrentText(str(stage.target))
    for number in range(5):
        with stage.qtbot.waitSignal(settings.settled, timeout=PATIENCE_MS):
            for name in "abc":
                stage.form.template.setText(f"{name}{number}-{{seq}}")
        assert settings.planned is not None and settings.planned.preset.template == f"c{number}-{{seq}}"


# Presets


def name_it(stage: Stage, name: str) -> None:
    asking = stage.dialog.settings.presets.asking
    assert asking is not None and asking.isVisible()
    asking.setTextValue(name)
    asking.accept()


def test_presets_are_saved_renamed_and_deleted(stage: Stage) -> None:
    bar = stage.dialog.settings.presets
    stage.set(ExportPreset())
    assert bar.name == "Copies of the picks" and not bar.more.isEnabled()
    stage.form.best.setValue(77)
    assert bar.state.text() == "changed"
    bar.save.click()
    name_it(stage, "Copies of the picks")
    assert "comes with Chinagraph" in stage.dialog.settings.trouble.text()
    bar.save.click()
    name_it(stage, "  For the album ")
    assert bar.name == "For the album" and bar.state.text() == "" and bar.more.isEnabled()
    assert not stage.dialog.settings.trouble.isVisible()
    bar.rename.trigger()
    name_it(stage, "Album")
    assert Presets(stage.home / "exports.toml").own == {"Album": ExportPreset(best=77)}
    bar.delete.trigger()
    assert Presets(stage.home / "exports.toml").own == {} and bar.name == ""


def test_a_preset_sets_every_field(stage: Stage) -> None:
    bar = stage.dialog.settings.presets
    for name, preset in BUILT_IN.items():
        bar.names.setCurrentText(name)
        bar.names.activated.emit(bar.names.currentIndex())
        assert stage.form.preset == preset and bar.state.text() == ""


def test_a_file_of_presets_that_cannot_be_read_is_named_and_exports_go_on(
    qtbot: QtBot, make: Make, tmp_path: Path
) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "exports.toml").write_text("[")
    stage = make(members(tmp_path / "shoot"))
    assert "cannot be read" in stage.dialog.settings.trouble.text()
    stage.set(ExportPreset())
    stage.export()
    assert tree(stage.target) and (tmp_path / "home" / "exports.toml").read_text() == "["


# For everybody


def test_every_control_has_a_name_and_the_keyboard_reaches_it(stage: Stage) -> None:
    stage.set(ExportPreset(Which.BEST))
    kinds = (QAbstractButton, QComboBox, QAbstractSpinBox, QLineEdit, QAbstractItemView)
    controls = [w for w in stage.dialog.findChildren(QWidget) if isinstance(w, kinds) and _is_ours(w)]
    assert len(controls) > 25
    for control in controls:
        spoken = control.accessibleName() or (control.text() if isinstance(control, QAbstractButton) else "")
        assert spoken, control
        assert control.focusPolicy() & Qt.FocusPolicy.TabFocus, (control, spoken)


def _is_ours(control: QWidget) -> bool:
    """Not a part that Qt makes inside of another control."""
    parent = control.parent()
    inside = (QComboBox, QAbstractSpinBox, QAbstractItemView)
    while isinstance(parent, QWidget):
        if isinstance(parent, inside) or parent.inherits("QComboBoxPrivateContainer"):
            return False
        parent = parent.parent()
    return not control.inherits("QHeaderView")


def test_a_plan_that_takes_long_says_so(make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stage = make(members(tmp_path / "shoot"))
    stage.set(ExportPreset())
    free, held = volume.free, threading.Event()
    monkeypatch.setattr("engine.export.volume.free", lambda path: free(path) if held.wait(10) else None)
    settings = stage.dialog.settings
    settings.form.template.setText("{seq}")
    stage.qtbot.waitUntil(lambda: "Looking" in stage.preview.title.text(), timeout=PATIENCE_MS)
    assert not settings.export.isEnabled() and stage.names, "what was shown before stays"
    with stage.qtbot.waitSignal(settings.settled, timeout=PATIENCE_MS):
        held.set()
    assert stage.preview.title.text() == "3 photos, 7 files" and stage.names[0][1].startswith("1.JPG")
