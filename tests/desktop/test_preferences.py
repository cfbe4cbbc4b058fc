"""The preferences: a control for every field, changes that hold and are kept, and nonsense that is said."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QLineEdit, QPushButton, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from desktop.dialogs.preferences import PreferencesDialog
from desktop.dialogs.preferences_words import WORDINGS
from desktop.keymap import KeyMap
from desktop.main_window import MainWindow
from desktop.session import Session
from engine.settings import FILE_NAME, Settings, load, options
from engine.types import Flag
from tests.shoots import many


@pytest.fixture
def dialog(session: Session, qtbot: QtBot, tmp_path: Path) -> Iterator[PreferencesDialog]:
    made = PreferencesDialog(session.preferences, KeyMap(tmp_path / "keys.toml"))
    qtbot.addWidget(made)
    made.open()
    yield made
    made.close()


@pytest.fixture
def nonsense(data_folder: Path) -> Path:
    data_folder.mkdir(parents=True)
    path = data_folder / FILE_NAME
    path.write_text('device = "abacus"\nburst_gap_seconds = 3.5\njobs = -4\nkeeper_star = 3\n')
    return path


def test_every_field_has_a_title_a_page_and_a_control_of_its_kind(dialog: PreferencesDialog) -> None:
    kinds = {bool: QCheckBox, int: QSpinBox, float: QDoubleSpinBox, str: QComboBox | QLineEdit}
    assert list(dialog.fields) == [option.name for option in options()] and set(WORDINGS) == set(dialog.fields)
    for option in options():
        field = dialog.fields[option.name]
        assert isinstance(field.control, kinds[type(option.default)])
        assert field.control.accessibleName() and option.metadata["description"] in field.meaning.text()
        assert not field.mistake.isVisibleTo(field)
    tabs = dialog.tabs
    assert [tabs.tabText(tab) for tab in range(tabs.count())] == [
        "Culling",
        "Metadata",
        "Window",
        "Speed and disk",
        "Keys",
    ]


def test_what_is_changed_holds_and_is_kept(dialog: PreferencesDialog, session: Session, data_folder: Path) -> None:
    controls = {name: field.control for name, field in dialog.fields.items()}
    controls["scores_hidden"].click()
    controls["keeper_stars"].setValue(4)
    controls["burst_gap_seconds"].setValue(1.5)
    controls["device"].setCurrentIndex(controls["device"].findData("cpu"))
    expected = Settings(scores_hidden=True, keeper_stars=4, burst_gap_seconds=1.5, device="cpu")
    assert session.settings == expected == load(data_folder / FILE_NAME)
    assert "from the next start" in dialog.fields["device"].meaning.text()
    assert "Holds" not in dialog.fields["keeper_stars"].meaning.text()
    dialog.restore.click()
    assert session.settings == Settings(device="cpu") and not controls["scores_hidden"].isChecked()


def test_nonsense_is_shown_with_its_default_until_something_is_saved(nonsense: Path, dialog: PreferencesDialog) -> None:
    device, jobs = dialog.fields["device"], dialog.fields["jobs"]
    assert device.control.currentData() == "auto" and jobs.control.value() == 0
    assert "abacus" in device.mistake.text() and "default 'auto'" in device.mistake.text()
    assert "jobs = -4" in jobs.mistake.text()
    assert dialog.fields["burst_gap_seconds"].mistake.text() == ""
    assert "keeper_star (did you mean keeper_stars?)" in dialog.notice.text(), "beside no field: it is none's"
    jobs.control.setValue(2)
    assert device.mistake.text() == jobs.mistake.text() == ""
    assert load(nonsense) == Settings(jobs=2, burst_gap_seconds=3.5)
    assert load(nonsense).warnings == (dialog.notice.text(),), "a name that no setting has stays, and is said"


def test_a_file_that_is_no_toml_is_named_above_all_pages(data_folder: Path, request: pytest.FixtureRequest) -> None:
    data_folder.mkdir(parents=True)
    (data_folder / FILE_NAME).write_text("[[[")
    dialog = request.getfixturevalue("dialog")
    assert str(data_folder / FILE_NAME) in dialog.notice.text() and dialog.notice.isVisible()


def test_what_cannot_be_saved_holds_and_is_said(dialog: PreferencesDialog, session: Session, data_folder: Path) -> None:
    (data_folder / FILE_NAME).mkdir()
    dialog.fields["auto_advance"].control.click()
    assert session.settings.auto_advance and "cannot be saved" in dialog.notice.text()


def test_keys_are_searched_and_reset(dialog: PreferencesDialog, qtbot: QtBot) -> None:
    page = dialog.keys
    dialog.show_keys()
    assert not dialog.restore.isVisible()

    def shown() -> list[str]:
        return [name for name, item in page._items.items() if not item.isHidden()]

    page.search.setText("ctrl+shift+x")
    assert shown() == ["group.reject"]
    page.search.setText("pick flag")
    assert shown() == ["flag.pick", "flag.pick.advance"]
    page.choose("flag.pick")
    qtbot.keyClick(page.editor.edits[0], Qt.Key.Key_Q)
    qtbot.keyClick(page.editor.edits[1], Qt.Key.Key_F8)
    assert page._keymap.keys("flag.pick") == ("Q", "F8")
    page.search.setText("changed")
    assert shown() == ["flag.pick"]
    page.editor.removers[0].click()
    assert page._keymap.keys("flag.pick") == ("F8",)
    # Shift alone is no key: what was there comes back.
    qtbot.keyPress(page.editor.edits[0], Qt.Key.Key_Shift)
    page.editor.edits[0].editingFinished.emit()
    assert page.editor.edits[0].keySequence().toString() == "F8"
    page.editor.reset.click()
    assert page._keymap.own == 0 and not page.reset_all.isEnabled()
    qtbot.keyClick(page.editor.edits[0], Qt.Key.Key_Right)
    assert "Right moves from photo to photo" in page.question.words.text()
    page.question.take.click()
    page.reset_all.click()
    assert "1 change of yours" in page.question.words.text()
    page.question.take.click()
    assert page._keymap.keys("flag.pick") == ("P",)
    page.preset.setCurrentIndex(page.preset.findData("darktable"))
    page.preset.activated.emit(page.preset.currentIndex())
    assert page._items["flag.reject"].text(1) == "R" and "darktable calls culling" in page.note.text()


def test_tab_has_a_button_since_it_leaves_the_fields(dialog: PreferencesDialog, qtbot: QtBot) -> None:
    page = dialog.keys
    dialog.show_keys()
    page.choose("view.loupe")
    page.editor.tab.click()
    assert "Side Panels" in page.question.words.text()
    page.question.take.click()
    assert page._keymap.keys("view.loupe") == ("E", "Tab") and page._keymap.keys("panels") == ()
    assert not page.editor.tab.isEnabled()
    page.choose("panels")
    assert page.editor.tab.isEnabled()


def test_whatever_can_be_used_is_named_and_reached_with_the_keyboard(dialog: PreferencesDialog) -> None:
    controls = [*dialog.keys.editor.edits, *dialog.keys.editor.removers, dialog.keys.search, dialog.keys.preset]
    controls += [dialog.keys.actions_list, dialog.keys.editor.tab, *(field.control for field in dialog.fields.values())]
    for control in controls:
        assert control.accessibleName(), control
    for control in [*controls, *dialog.findChildren(QPushButton)]:
        assert isinstance(control, QWidget) and control.focusPolicy() & Qt.FocusPolicy.TabFocus, control


def test_auto_advance_goes_on_and_shift_then_stays(
    make_window: Callable[..., MainWindow], qtbot: QtBot, tmp_path: Path, data_folder: Path
) -> None:
    window = make_window(many(tmp_path / "shoot", 3))
    session, keys = window.session, window.actions_table

    def row() -> int:
        return session.selection.currentIndex().row()

    qtbot.keyClick(window.grid, Qt.Key.Key_A)
    assert load(data_folder / FILE_NAME).auto_advance and keys["auto_advance"].isChecked()
    keys["flag.pick"].trigger()
    assert row() == 1
    keys["flag.reject.advance"].trigger()
    assert row() == 1 and session.culling.decision(session.model.card(1).path).flag is Flag.REJECT
    qtbot.keyClick(window.grid, Qt.Key.Key_A)
    keys["flag.pick"].trigger()
    assert row() == 1 and not load(data_folder / FILE_NAME).auto_advance
    keys["flag.pick.advance"].trigger()
    assert row() == 2
    # Who chooses by stars keeps what has so many, too; a reject is none.
    keys["stars.4"].trigger()
    strip = window.strip.picks.accessibleName
    assert strip() == "Pick 2"
    session.preferences.change(keeper_stars=4)
    assert strip() == "Keep 3"
    session.preferences.change(keeper_stars=5)
    assert strip() == "Keep 2"
    session.preferences.change(keeper_stars=3)
    session.culling.mark(Flag.REJECT)
    assert strip() == "Keep 2"
    # Another key for 100 %, in the loupe at once.
    window.habits.keymap.bind("zoom", ["Q"])
    window.show_view("loupe")
    fitted = window.loupe.zoom
    qtbot.keyClick(window.loupe, Qt.Key.Key_Z)
    assert window.loupe.zoom == fitted
    qtbot.keyClick(window.loupe, Qt.Key.Key_Q)
    assert window.loupe.zoom == pytest.approx(1.0)
