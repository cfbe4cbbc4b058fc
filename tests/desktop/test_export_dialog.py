"""The export dialog: what it says before, what it does, and what it says after."""

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
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.dialogs.export import ExportDialog
from desktop.export_presets import BUILT_IN, ExportPreset, Presets, Table, Which
from desktop.exporting import Material
from engine import paths
from engine.control import Control
from engine.export import files
from engine.export.ledger import Ledger
from engine.export.rendition import Policy
from engine.export.targets import Target
from engine.settings import Settings
from engine.types import Decision, Flag
from tests.exporting import chosen, members, planned, tree
from tests.shoots import many

PATIENCE_MS = 30_000
PICK, REJECT = Decision(Flag.PICK, stars=4), Decision(Flag.REJECT, stars=5)


class Stage:
    """A shoot with its decisions, and the dialog over it."""

    def __init__(self, qtbot: QtBot, folder: Path, decide: Callable[[Path], Decision]) -> None:
        self.qtbot = qtbot
        self.folder, self.home = folder, folder.parent / "home"
        self.target = folder.parent / "to"
        self.presets = Presets(self.home / "exports.toml")
        of_all = chosen(folder, lambda photo: decide(photo.path))
        decisions = {one.card.path: one.decision for one in of_all}
        cards = tuple(one.card for one in of_all)
        shown = tuple(card.path for card in cards)
        pack = paths.resource("models", "starter")
        self.material = Material((folder,), cards, decisions, shown[:1], shown, self.home, pack, Settings())
        self.dialog = ExportDialog(lambda: self.material, self.presets)
        self.form, self.preview = self.dialog.settings.form, self.dialog.settings.preview
        with qtbot.waitExposed(self.dialog):
            self.dialog.open()

    def set(self, preset: ExportPreset, target: Path | str | None = None) -> None:
        """Set everything, and wait for the plan or for what stands against it."""
        with self.qtbot.waitSignal(self.dialog.settings.settled, timeout=PATIENCE_MS):
            self.form.place.setCurrentText(str(self.target if target is None else target))
            self.form.show_preset(preset)

    def export(self) -> None:
        """Press the button and wait for the end."""
        with self.qtbot.waitSignal(self.dialog.over, timeout=PATIENCE_MS):
            self.dialog.settings.export.click()

    @property
    def names(self) -> list[list[str]]:
        """The rows of the preview."""
        rows = self.preview.names
        items = [rows.topLevelItem(row) for row in range(rows.topLevelItemCount())]
        return [[item.text(column) for column in range(3)] for item in items]

    @property
    def readers(self) -> str:
        """What is said about programs."""
        return "\n".join(label.text() for label in self.preview.readers.findChildren(QLabel))

    @property
    def reasons(self) -> list[str]:
        """What did not work."""
        rows = self.dialog.outcome.reasons
        return [rows.topLevelItem(row).text(1) for row in range(rows.topLevelItemCount())]


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody types in a test."""
    monkeypatch.setattr("desktop.dialogs.export_settings.PLAN_MS", 0)


@pytest.fixture
def make(qtbot: QtBot) -> Iterator[Callable[..., Stage]]:
    """`make(folder, decide)`: a stage; all are picks by default."""
    made: list[Stage] = []

    def build(folder: Path, decide: Callable[[Path], Decision] = lambda _: PICK) -> Stage:
        made.append(Stage(qtbot, folder, decide))
        return made[-1]

    yield build
    for one in made:
        one.dialog.stop()
        one.dialog.accept()
        one.dialog.deleteLater()


@pytest.fixture
def stage(make: Callable[..., Stage], tmp_path: Path) -> Stage:
    return make(members(tmp_path / "shoot"))


# Before


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
    assert stage.names[1] == ["IMG_1.JPG", "2026-2.JPG", "name was taken"]
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
        (ExportPreset(), "No photo is picked.", "Press P"),
        (ExportPreset(Which.STARS, least_stars=5), "No photo has 5 stars or more.", "Give stars"),
        (ExportPreset(Which.BEST), "No photo is ranked.", "Wait until"),
    ],
)
def test_nothing_to_export_says_how_there_would_be(
    make: Callable[..., Stage], tmp_path: Path, preset: ExportPreset, title: str, hint: str
) -> None:
    stage = make(members(tmp_path / "shoot"), lambda _: REJECT)
    stage.set(preset)
    assert stage.preview.title.text() == title and hint in stage.preview.room.text()
    assert not stage.dialog.settings.export.isEnabled() and stage.names == []


def test_rejected_photos_leave_only_where_they_are_pointed_at_and_that_is_said(
    make: Callable[..., Stage], tmp_path: Path
) -> None:
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


# The run


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


def test_the_same_again_keeps_what_is_there(make: Callable[..., Stage], tmp_path: Path) -> None:
    folder = members(tmp_path / "shoot")
    first = make(folder)
    first.set(ExportPreset())
    first.export()
    stage = make(folder)
    stage.set(ExportPreset())
    assert "7 files there already" in stage.preview.room.text()
    assert stage.names[0][2] == "there already"


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


def test_a_stopped_export_is_completed_by_a_press(make: Callable[..., Stage], tmp_path: Path) -> None:
    stage = make(many(tmp_path / "shoot", 30))
    stage.set(ExportPreset())
    dialog, working = stage.dialog, stage.dialog.working
    with stage.qtbot.waitSignal(dialog.over, timeout=PATIENCE_MS):
        dialog.settings.export.click()
        working.pause.click()
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


def test_a_target_that_vanishes_ends_the_run_with_reasons(make: Callable[..., Stage], tmp_path: Path) -> None:
    stage = make(many(tmp_path / "shoot", 30))
    stage.set(ExportPreset())
    with stage.qtbot.waitSignal(stage.dialog.over, timeout=PATIENCE_MS):
        stage.dialog.settings.export.click()
        stage.dialog.working.pause.click()
        stage.qtbot.waitUntil(stage.target.is_dir, timeout=PATIENCE_MS)
        shutil.move(stage.target, stage.target.with_name("pulled"))
        stage.dialog.working.pause.click()
    assert "of 30 photos are in" in stage.dialog.outcome.title.text()
    assert stage.reasons and "could not be brought to" in stage.reasons[0]
    assert stage.dialog.outcome.again.isVisible() and not stage.dialog.outcome.show_folder.isEnabled()
    assert not stage.target.exists() or not any(stage.target.iterdir()), "what the drive left is not filled"


def test_a_photo_that_cannot_be_read_is_named_and_the_others_leave(make: Callable[..., Stage], tmp_path: Path) -> None:
    folder = many(tmp_path / "shoot", 3)
    stage = make(folder)
    (folder / "p001.jpg").write_bytes(b"\xff\xd8 torn")
    stage.set(BUILT_IN["JPEGs for the web"])
    stage.export()
    assert stage.dialog.outcome.title.text() == f"2 of 3 photos are in {stage.target}"
    assert len(stage.reasons) == 1 and "p001.jpg" in stage.reasons[0]
    assert "failed: " in stage.dialog.outcome.text


# Moves


def test_originals_are_moved_and_the_shoot_hears_of_it(stage: Stage) -> None:
    before = tree(stage.folder)
    stage.set(ExportPreset(move=True, template="{folder}/{original}"))
    assert stage.dialog.settings.export.text() == "&Move 3 photos"
    with stage.qtbot.waitSignals([stage.dialog.moving, stage.dialog.moved, stage.dialog.over], timeout=PATIENCE_MS):
        stage.dialog.settings.export.click()
    assert tree(stage.target) == before and tree(stage.folder) == []


def test_an_interrupted_move_is_offered_and_gone_on_with(make: Callable[..., Stage], tmp_path: Path) -> None:
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
    qtbot: QtBot, make: Callable[..., Stage], tmp_path: Path
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
