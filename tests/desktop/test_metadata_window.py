"""Metadata in a real window: sidecars that follow, what files say on opening, conflicts, and writing on command."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.dialogs.conflict_rows import ANSWER, OURS, SAID_BY, THEIRS
from desktop.main_window import MainWindow
from desktop.metadata_heard import HeardStatements
from desktop.metadata_words import disagreement_words, taken_over_words, value_words
from desktop.views.wording import TIMES
from engine.export import sidecar
from engine.export.rating_import import Source, Statement
from engine.export.sidecar import Status
from engine.export.targets import Target
from engine.settings import FILE_NAME, load
from engine.store.decisions import Change
from engine.types import Colour, Decision, Flag
from tests.desktop.metadata_stage import PATIENCE_MS, notices, rating, read, write_sidecar
from tests.desktop.test_bursts import go, made, press, said
from tests.shoots import write_photo

Open = Callable[..., MainWindow]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three photos a minute apart."""
    for number in range(3):
        write_photo(tmp_path / "shoot" / f"a{number}.jpg", number, 60.0 * number)
    return tmp_path / "shoot"


def reviewed(window: MainWindow, qtbot: QtBot) -> None:
    """Press what the notice offers, and wait for what it shows."""
    assert window.notices.offer_button.isVisible()
    window.notices.offer_button.click()
    read(window, qtbot)


# What files say on opening


def test_what_nobody_contradicts_is_taken_over_as_one_step(open_read: Open, folder: Path) -> None:
    write_sidecar(folder / "a0.xmp", rating=3, label="Red")
    write_sidecar(folder / "a2.xmp", rating=5)
    window = open_read(folder)
    assert made(window) == {"a0": Decision(stars=3, colour=Colour.RED), "a2": Decision(stars=5)}
    assert notices(window) == ["2 photos took over what their files say: 2 ratings, 1 colour. Ctrl+Z takes it back."]
    press(window, "Ctrl+Z")
    assert made(window) == {}
    window.close()
    again = open_read(folder)
    assert made(again) == {}, "what was taken back is not taken over again"
    assert notices(again) == [], "nor asked about: the files still say what was answered"


def test_the_second_opening_says_nothing_and_stars_changed_here_are_no_conflict(open_read: Open, folder: Path) -> None:
    write_sidecar(folder / "a0.xmp", rating=3)
    window = open_read(folder)
    go(window, "a0")
    press(window, "5")
    window.close()
    again = open_read(folder)
    assert made(again) == {"a0": Decision(stars=5)}
    assert notices(again) == []


def test_marks_made_while_files_are_read_stand(make_window: Open, folder: Path, qtbot: QtBot) -> None:
    write_sidecar(folder / "a0.xmp", rating=3)
    write_sidecar(folder / "a1.xmp", rating=4)
    window = make_window(folder, wait=False)
    with qtbot.waitSignal(window.session.opened, timeout=PATIENCE_MS):
        pass
    go(window, "a0")
    press(window, "1")
    qtbot.waitUntil(lambda: "a1" in made(window), timeout=PATIENCE_MS)
    assert made(window) == {"a0": Decision(stars=1), "a1": Decision(stars=4)}
    qtbot.waitUntil(lambda: not window.session.is_running, timeout=PATIENCE_MS)


# Conflicts


@pytest.fixture
def disputed(open_read: Open, folder: Path, qtbot: QtBot) -> MainWindow:
    """a0 was decided otherwise than its sidecar says; of a1 two sidecars differ; a2 agrees."""
    window = open_read(folder)
    go(window, "a0")
    press(window, "2")
    go(window, "a2")
    press(window, "P")
    window.close()
    write_sidecar(folder / "a0.xmp", rating=5)
    write_sidecar(folder / "a1.xmp", rating=1)
    write_sidecar(folder / "a1.jpg.xmp", rating=4)
    return open_read(folder)


def test_conflicts_are_told_quietly_and_nothing_is_resolved(disputed: MainWindow, qtbot: QtBot) -> None:
    assert made(disputed) == {"a0": Decision(stars=2), "a2": Decision(Flag.PICK)}
    assert notices(disputed) == ["2 photos disagree with their files. Nothing was changed."]
    assert disputed.notices.offer_button.text() == "Review…"
    reviewed(disputed, qtbot)
    dialog = disputed.metadata.conflicts
    rows = dialog.rows
    shown = [[rows.data(rows.index(row, column)) for column in range(ANSWER + 1)] for row in range(rows.rowCount())]
    assert [row[0] for row in shown] == ["a0", "a1"]
    assert shown[0][OURS] == "2 stars" and shown[0][THEIRS] == "5 stars"
    assert shown[0][SAID_BY] == "a0.xmp (sidecar), xmp:Rating"
    assert shown[1][OURS] == "not decided" and shown[1][THEIRS] == "4 stars / 1 star"
    assert not dialog.apply.isEnabled()
    dialog.dismiss.click()
    assert made(disputed) == {"a0": Decision(stars=2), "a2": Decision(Flag.PICK)}
    assert disputed.metadata.conflicts is None


def test_answers_row_by_row_are_one_step_and_are_remembered(
    disputed: MainWindow, open_read: Open, folder: Path, qtbot: QtBot
) -> None:
    reviewed(disputed, qtbot)
    dialog = disputed.metadata.conflicts
    assert [button.text() for button in dialog.answers] == ["&Keep: 2 stars", "&1 Take: 5 stars"]
    dialog.answers[0].click()
    assert dialog.table.currentIndex().row() == 1, "it goes on to the next"
    assert [button.text() for button in dialog.answers][1:] == ["&1 Take: 4 stars", "&2 Take: 1 star"]
    assert "a1.xmp" in dialog.answers[2].toolTip()
    dialog.answers[2].click()
    assert dialog.apply.hasFocus() and dialog.apply.text() == "&Apply 2 answers"
    dialog.apply.click()
    assert disputed.metadata.conflicts is None
    assert made(disputed) == {"a0": Decision(stars=2), "a1": Decision(stars=1), "a2": Decision(Flag.PICK)}
    assert notices(disputed) == []
    disputed.actions_table["undo"].trigger()
    assert made(disputed) == {"a0": Decision(stars=2), "a2": Decision(Flag.PICK)}
    disputed.actions_table["redo"].trigger()
    disputed.close()

    again = open_read(folder)
    assert notices(again) == [], "the same is not asked twice"
    write_sidecar(folder / "a0.xmp", rating=4)
    again.session.metadata.look()
    read(again, qtbot)
    assert notices(again) == ["1 photo disagrees with its files. Nothing was changed."], "something else is"


def test_theirs_for_all_takes_what_is_believed_first(disputed: MainWindow, qtbot: QtBot) -> None:
    reviewed(disputed, qtbot)
    dialog = disputed.metadata.conflicts
    dialog.theirs_for_all.click()
    assert made(disputed)["a0"] == Decision(stars=2), "nothing holds before it is applied"
    dialog.apply.click()
    assert made(disputed) == {"a0": Decision(stars=5), "a1": Decision(stars=4), "a2": Decision(Flag.PICK)}


def test_ours_for_all_keeps_everything_and_the_answered_can_be_shown_again(disputed: MainWindow, qtbot: QtBot) -> None:
    reviewed(disputed, qtbot)
    dialog = disputed.metadata.conflicts
    dialog.ours_for_all.click()
    dialog.apply.click()
    assert made(disputed) == {"a0": Decision(stars=2), "a2": Decision(Flag.PICK)}
    assert said(disputed) == "Kept as it was decided"
    disputed.actions_table["metadata.read"].trigger()
    read(disputed, qtbot)
    dialog = disputed.metadata.conflicts
    assert dialog.title.text() == "Nothing disagrees: what the files say is what was decided."
    assert dialog.table.isHidden()
    assert dialog.again.text() == "Show 2 that were answered before"
    dialog.again.click()
    assert dialog.rows.rowCount() == 2 and dialog.table.isVisible()
    dialog.theirs_for_all.click()
    dialog.apply.click()
    assert made(disputed)["a0"] == Decision(stars=5)


def test_reading_on_command_says_what_could_not_be_understood(open_read: Open, folder: Path, qtbot: QtBot) -> None:
    window = open_read(folder)
    (folder / "a0.xmp").write_text("<x/>")
    write_sidecar(folder / "a1.xmp", rating=2)
    press(window, "Ctrl+Shift+M")
    dialog = window.metadata.conflicts
    assert dialog.title.text() == "Reading what the files say"
    read(window, qtbot)
    assert "a0.xmp cannot be used" in dialog.problems.toPlainText()
    assert dialog.detail.text() == "1 photo took over what its files say: 1 rating. Ctrl+Z takes it back."
    assert made(window) == {"a1": Decision(stars=2)}
    dialog.close()


def test_a_double_click_shows_the_photo(disputed: MainWindow, qtbot: QtBot) -> None:
    reviewed(disputed, qtbot)
    dialog = disputed.metadata.conflicts
    dialog.table.doubleClicked.emit(dialog.rows.index(1, 0))
    assert disputed.session.active.path.stem == "a1"
    dialog.reject()


def test_closing_the_window_while_files_are_read(make_window: Open, folder: Path) -> None:
    window = make_window(folder)
    window.show_metadata_reading()
    window.close()
    assert not window.session.metadata.is_looking


# Writing on command


@pytest.fixture
def writing(open_read: Open, folder: Path, qtbot: QtBot) -> MainWindow:
    """A window with three decisions and the dialog open, its dry run done."""
    window = open_read(folder)
    go(window, "a0")
    press(window, "4")
    go(window, "a1")
    press(window, "P")
    go(window, "a2")
    press(window, "X")
    press(window, "Ctrl+M")
    settled(window, qtbot)
    return window


def settled(window: MainWindow, qtbot: QtBot) -> None:
    dialog = window.metadata.writing
    qtbot.waitUntil(lambda: dialog.report is not None and not dialog.bar.isVisible(), timeout=PATIENCE_MS)


def listed(window: MainWindow) -> dict[str, str]:
    files = window.metadata.writing.files
    items = [files.topLevelItem(row) for row in range(files.topLevelItemCount())]
    return {item.text(0): item.text(1) for item in items}


def test_what_would_be_written_is_shown_and_nothing_is_until_it_is_asked(
    writing: MainWindow, folder: Path, qtbot: QtBot
) -> None:
    dialog = writing.metadata.writing
    assert dialog.title.text() == "3 sidecars would be written for Lightroom."
    assert "xmp:Rating none to 4" in listed(writing)["a0.xmp"]
    assert f"3 {TIMES} JPEG" in dialog.readers.text and "Export a copy" in dialog.readers.text
    assert not list(folder.glob("*.xmp"))
    dialog.write.click()
    settled(writing, qtbot)
    assert dialog.title.text() == "3 sidecars written for Lightroom."
    assert rating(folder / "a0.xmp") == "4" and sidecar.read(folder / "a2.xmp").get("xmpDM:pick") == "-1"
    assert not dialog.write.isEnabled() and dialog.dismiss.hasFocus()
    dialog.reject()


def test_another_program_and_other_photos_are_looked_at_anew(
    writing: MainWindow, folder: Path, qtbot: QtBot, data_folder: Path
) -> None:
    dialog = writing.metadata.writing
    dialog.program.setCurrentIndex(dialog.program.findData(Target.DARKTABLE))
    dialog.program.activated.emit(dialog.program.currentIndex())
    settled(writing, qtbot)
    assert set(listed(writing)) == {"a0.jpg.xmp", "a1.jpg.xmp", "a2.jpg.xmp"}
    assert "darktable has rejects and no picks" in dialog.readers.text
    assert load(data_folder / FILE_NAME).xmp_target == "darktable"
    for which, names in (("picks", {"a1.jpg.xmp"}), ("selected", {"a2.jpg.xmp"})):
        dialog.radios[which].click()
        settled(writing, qtbot)
        assert set(listed(writing)) == names
    dialog.write.click()
    settled(writing, qtbot)
    assert [path.name for path in sorted(folder.glob("*.xmp"))] == ["a2.jpg.xmp"]
    dialog.close()


def test_what_failed_is_named_first_and_can_be_written_again(writing: MainWindow, folder: Path, qtbot: QtBot) -> None:
    dialog = writing.metadata.writing
    (folder / "a2.xmp").write_text("<x/>")
    dialog.write.click()
    settled(writing, qtbot)
    assert dialog.title.text() == "2 sidecars written for Lightroom, 1 could not be."
    name, reason = next(iter(listed(writing).items()))
    assert name == "a2.xmp" and "cannot be used" in reason
    (folder / "a2.xmp").unlink()
    assert dialog.write.text() == "&Write again"
    dialog.write.click()
    settled(writing, qtbot)
    assert dialog.report.having(Status.WRITTEN) and (folder / "a2.xmp").exists()
    dialog.reject()


def test_writing_over_what_disagrees_is_told_before(disputed: MainWindow, qtbot: QtBot) -> None:
    disputed.show_metadata_writing()
    settled(disputed, qtbot)
    dialog = disputed.metadata.writing
    assert "xmp:Rating 5 to 2, our own record" in listed(disputed)["a0.xmp"]
    assert dialog.detail.text() == ("1 photo disagrees with what stands there: writing puts yours in its place")
    dialog.reject()


def test_where_nothing_was_decided_it_is_said(open_read: Open, folder: Path, qtbot: QtBot) -> None:
    window = open_read(folder)
    press(window, "Ctrl+M")
    settled(window, qtbot)
    dialog = window.metadata.writing
    assert dialog.title.text().startswith("Nothing was decided about these photos yet")
    assert not dialog.write.isEnabled() and not dialog.radios["picks"].isEnabled()
    QTest.keyClick(dialog, "\x1b")
    assert window.metadata.writing is None


def test_every_control_of_both_dialogs_has_a_name(disputed: MainWindow, qtbot: QtBot) -> None:
    reviewed(disputed, qtbot)
    press(disputed, "Escape")
    disputed.show_metadata_writing()
    settled(disputed, qtbot)
    disputed.show_metadata_reading()
    read(disputed, qtbot)
    for dialog in (disputed.metadata.writing, disputed.metadata.conflicts):
        for control in dialog.findChildren(QWidget):
            if control.focusPolicy().value and control.isVisible() and not control.focusProxy():
                named = control.accessibleName() or (isinstance(control, QAbstractButton) and control.text())
                parent = control.parentWidget()
                assert named or (parent is not None and parent.accessibleName()), control
        dialog.close()


# Words and memory


def test_values_and_sentences_in_words() -> None:
    assert [value_words(value) for value in (None, 0, 1, 3)] == ["not decided", "no stars", "1 star", "3 stars"]
    assert [value_words(value) for value in (Flag.PICK, Colour.NONE, Colour.RED)] == ["pick", "no colour", "red"]
    one, two = Path("a"), Path("b")
    changes = (Change(one, "stars", 0, 3), Change(one, "flag", Flag.NONE, Flag.PICK), Change(two, "stars", 0, 3))
    assert taken_over_words(changes) == (
        "2 photos took over what their files say: 1 flag, 2 ratings. Ctrl+Z takes it back."
    )
    assert disagreement_words(12) == "12 photos disagree with their files. Nothing was changed."


def test_answers_are_known_again_and_a_broken_memory_asks_once_more(tmp_path: Path) -> None:
    photo, folders = Path("/shoot/a.jpg"), [Path("/shoot")]

    def say(stars: int) -> tuple[Path, str, list[Statement]]:
        return photo, "stars", [Statement(Source.SIDECAR, Path("/shoot/a.xmp"), "xmp:Rating", "stars", stars)]

    heard = HeardStatements(tmp_path, folders)
    assert not heard.knows(*say(3))
    heard.add([say(3)])
    again = HeardStatements(tmp_path, folders)
    assert again.knows(*say(3)) and not again.knows(*say(4))
    assert not HeardStatements(tmp_path, [Path("/other")]).knows(*say(3))
    for file in (tmp_path / "heard").iterdir():
        file.write_text("{")
    assert not HeardStatements(tmp_path, folders).knows(*say(3))
