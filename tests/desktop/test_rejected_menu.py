"""Rejected photos from the menu: out of the way, back, to the trash, and what is asked and said on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.dialogs.rejected import RejectedDialog
from desktop.main_window import MainWindow
from desktop.rejecting import Act
from engine.export import rejected
from engine.files import shoot
from engine.types import Flag, Photo
from tests.desktop.held import held
from tests.exporting import members, tree
from tests.shoots import many

PATIENCE_MS = 100_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return members(tmp_path / "shoot")


@pytest.fixture
def make(qtbot: QtBot) -> Iterator[Callable[..., RejectedDialog]]:
    """`make(act, folder, rejects)`: a shown dialog that has made its plan."""
    made: list[RejectedDialog] = []

    def build(act: Act, folder: Path, rejects: tuple[Photo, ...] = ()) -> RejectedDialog:
        dialog = RejectedDialog(act, [folder], rejects, lambda: None)
        made.append(dialog)
        with qtbot.waitSignal(dialog.settled, timeout=PATIENCE_MS):
            dialog.open()
        return dialog

    yield build
    for dialog in made:
        dialog.stop()
        dialog.accept()
        dialog.deleteLater()


def photos(folder: Path, *names: str) -> tuple[Photo, ...]:
    return tuple(photo for photo in shoot.read([folder]).photos if not names or photo.path.name in names)


def put_away(folder: Path) -> None:
    for _ in rejected.run(rejected.plan([folder], photos(folder))):
        pass


def rows(dialog: RejectedDialog) -> list[list[str]]:
    model = dialog.list.operations
    return [[model.index(row, column).data() for column in range(3)] for row in range(model.rowCount())]


def act(dialog: RejectedDialog, qtbot: QtBot) -> None:
    with qtbot.waitSignals([dialog.moving, dialog.moved, dialog.over], timeout=PATIENCE_MS):
        dialog.do.click()


def test_the_preview_shows_every_file_and_touches_nothing(
    make: Callable[..., RejectedDialog], folder: Path, originals: Callable[[Path], Path]
) -> None:
    originals(folder)
    one = next(photo for photo in photos(folder) if len(photo.files) > 1)
    dialog = make(Act.MOVE, folder, (one,))
    assert dialog.title.text() == "Move rejected photos to _Rejected: 1 photo"
    assert dialog.room.text().startswith("5 files, ") and dialog.room.text().endswith(" · shoot/_Rejected")
    assert dialog.room.toolTip() == str(folder / "_Rejected")
    assert rows(dialog)[0] == ["move", "IMG_1.JPG", "_Rejected/IMG_1.JPG"] and len(rows(dialog)) == 5
    assert "Nothing is deleted" in dialog.explanation.text()
    assert dialog.do.text() == "&Move 1 photo" and dialog.do.isDefault()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_photos_go_away_and_come_back_with_all_their_files(
    make: Callable[..., RejectedDialog], folder: Path, qtbot: QtBot
) -> None:
    before = {name: (folder / name).read_bytes() for name in tree(folder)}
    dialog = make(Act.MOVE, folder, photos(folder))
    act(dialog, qtbot)
    assert dialog.outcome.title.text() == "3 photos moved to _Rejected"
    assert "Bring Rejected Back" in dialog.outcome.detail.text()
    assert dialog.outcome.show_folder.isEnabled() and not dialog.outcome.again.isVisible()
    assert photos(folder) == ()
    dialog.accept()

    back = make(Act.RESTORE, folder)
    assert back.do.text() == "&Bring 3 photos back"
    act(back, qtbot)
    assert back.outcome.title.text() == "3 photos brought back"
    assert {name: (folder / name).read_bytes() for name in tree(folder)} == before
    assert not (folder / "_Rejected").exists()


def test_on_a_card_it_is_asked_twice(
    make: Callable[..., RejectedDialog], folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.export.volume.is_removable", lambda _: True)
    dialog = make(Act.MOVE, folder, photos(folder))
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert "removable drive" in dialog.question.text() and dialog.question.isVisible()
    assert not dialog.is_running and not (folder / "_Rejected").exists()
    assert dialog.focusWidget() is dialog.cancel
    QTest.keyClick(dialog.cancel, Qt.Key.Key_Return)
    assert not dialog.isVisible() and len(photos(folder)) == 3, "Enter twice is no yes"
    again = make(Act.MOVE, folder, photos(folder))
    again.do.click()
    act(again, qtbot)
    assert photos(folder) == ()


def test_the_trash_is_the_last_act_and_says_so(
    make: Callable[..., RejectedDialog], folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    put_away(folder)
    thrown: list[Path] = []

    def throw(path: str) -> None:
        thrown.append(Path(path))
        Path(path).rename(tmp_path / f"trash-{len(thrown)}")

    monkeypatch.setattr("send2trash.send2trash", throw)
    dialog = make(Act.EMPTY, folder)
    assert "This is the last act" in dialog.explanation.text() and "Chinagraph cannot" in dialog.explanation.text()
    assert not dialog.do.isDefault() and dialog.cancel.hasFocus()
    assert rows(dialog)[0][2] == "the system's trash"
    act(dialog, qtbot)
    assert dialog.outcome.title.text() == "3 photos put into the trash"
    assert len(thrown) == 7 and not (folder / "_Rejected").exists()


def test_what_the_trash_does_not_take_stays_and_is_named(
    make: Callable[..., RejectedDialog], folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_away(folder)

    def refuse(path: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("send2trash.send2trash", refuse)
    dialog = make(Act.EMPTY, folder)
    act(dialog, qtbot)
    assert dialog.outcome.title.text() == "0 of 3 photos put into the trash"
    reason = dialog.outcome.reasons.topLevelItem(0)
    assert reason is not None and "stays where it is" in reason.text(1) and "No space left" in reason.text(1)
    with qtbot.waitSignal(dialog.settled, timeout=PATIENCE_MS):
        dialog.outcome.again.click()
    assert dialog.do.isVisible() and len(rows(dialog)) == 7


@pytest.mark.parametrize("wanted", list(Act))
def test_where_there_is_nothing_to_do_it_says_so(
    make: Callable[..., RejectedDialog], folder: Path, wanted: Act
) -> None:
    dialog = make(wanted, folder)
    assert dialog.title.text() in ("No photo is rejected.", "_Rejected is empty.") and dialog.room.text()
    assert not dialog.do.isVisible() and not dialog.list.isVisible()


def test_a_drive_that_takes_no_changes_is_named(
    make: Callable[..., RejectedDialog], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.export.volume.is_read_only", lambda _: True)
    dialog = make(Act.MOVE, folder, photos(folder))
    assert "takes no changes. Allow writing there" in dialog.problems.text() and not dialog.do.isVisible()


def test_a_folder_that_is_gone_is_named(make: Callable[..., RejectedDialog], tmp_path: Path) -> None:
    dialog = make(Act.RESTORE, tmp_path / "gone")
    assert dialog.title.text() == "This cannot be done now" and "gone" in dialog.problems.text()


def test_a_stopped_move_leaves_each_photo_as_a_whole_and_goes_on(
    make: Callable[..., RejectedDialog], tmp_path: Path, qtbot: QtBot
) -> None:
    folder = many(tmp_path / "shoot", 40)
    dialog = make(Act.MOVE, folder, photos(folder))
    with held() as begin, qtbot.waitSignal(dialog.over, timeout=PATIENCE_MS):
        dialog.do.click()
        dialog.working.pause.click()
        begin()
        dialog.reject()
        assert dialog.isVisible() and dialog.working.question.isVisible()
        dialog.working.really.click()
    assert dialog.outcome.title.text().startswith("Stopped: ")
    left = len(photos(folder))
    assert 0 < left <= 40
    with qtbot.waitSignal(dialog.settled, timeout=PATIENCE_MS):
        dialog.outcome.again.click()
    assert len(rows(dialog)) == left and dialog.problems.text() == ""
    act(dialog, qtbot)
    assert photos(folder) == () and len(tree(folder / "_Rejected")) == 41


# In the window


def test_the_menu_offers_what_there_is_and_the_shoot_is_listed_anew(
    make_window: Callable[..., MainWindow], qtbot: QtBot, tmp_path: Path
) -> None:
    folder = many(tmp_path / "shoot", 5)
    window = make_window(folder)
    menu, session = window.actions_table, window.session
    assert menu["rejected.move"].isEnabled()
    assert not menu["rejected.restore"].isEnabled() and not menu["rejected.empty"].isEnabled()
    session.place.go(2)
    for row in (1, 3):
        session.culling.mark(Flag.REJECT, [session.model.card(row)])
    here = session.active
    assert here is not None
    menu["rejected.move"].trigger()
    dialog = window.departures.rejected
    assert dialog is not None
    qtbot.waitUntil(dialog.do.isVisible, timeout=PATIENCE_MS)
    with qtbot.waitSignal(session.ended, timeout=PATIENCE_MS), qtbot.waitSignal(dialog.over, timeout=PATIENCE_MS):
        dialog.do.click()
    dialog.outcome.close_button.click()
    qtbot.waitUntil(lambda: not session.is_running, timeout=PATIENCE_MS)
    QApplication.processEvents()
    assert window.departures.rejected is None
    assert session.model.rowCount() == 3 and session.active is not None and session.active.path == here.path
    assert menu["rejected.restore"].isEnabled() and menu["rejected.empty"].isEnabled()


def test_rejects_go_while_the_shoot_is_still_being_scored(
    make_window: Callable[..., MainWindow], qtbot: QtBot, tmp_path: Path
) -> None:
    folder = many(tmp_path / "shoot", 12)
    window = make_window()
    session = window.session
    with qtbot.waitSignal(session.opened, timeout=PATIENCE_MS):
        session.open([folder])
    session.culling.mark(Flag.REJECT, [session.model.card(row) for row in range(0, 12, 2)])
    window.actions_table["rejected.move"].trigger()
    dialog = window.departures.rejected
    assert dialog is not None
    qtbot.waitUntil(dialog.do.isVisible, timeout=PATIENCE_MS)
    with qtbot.waitSignal(dialog.over, timeout=PATIENCE_MS):
        dialog.do.click()
    assert dialog.outcome.title.text() == "6 photos moved to _Rejected"
    qtbot.waitUntil(lambda: not session.is_running, timeout=PATIENCE_MS)
    assert session.model.rowCount() == 6 and not session.model.failures()
    assert all(card.rank is not None for card in session.model.cards())


@pytest.mark.parametrize("name", ["export", "rejected.move"])
def test_the_window_closes_over_a_dialog_that_does_nothing(
    make_window: Callable[..., MainWindow], tmp_path: Path, name: str
) -> None:
    window = make_window(many(tmp_path / "shoot", 2))
    window.actions_table[name].trigger()
    assert window.departures.export is not None or window.departures.rejected is not None
    assert window.close() and not window.departures.is_busy


def test_the_window_asks_before_it_closes_on_a_run(
    make_window: Callable[..., MainWindow], qtbot: QtBot, tmp_path: Path
) -> None:
    folder = many(tmp_path / "shoot", 20)
    window = make_window(folder)
    for row in range(20):
        window.session.culling.mark(Flag.PICK, [window.session.model.card(row)])
    window.actions_table["export"].trigger()
    departures = window.departures
    dialog = departures.export
    assert dialog is not None
    with qtbot.waitSignal(dialog.settings.settled, timeout=PATIENCE_MS):
        dialog.settings.form.place.setCurrentText(str(tmp_path / "to"))
    with held():
        dialog.settings.export.click()
        dialog.working.pause.click()
    assert not dialog.isModal(), "culling can go on while copies are made"
    window.actions_table["rejected.move"].trigger()
    assert departures.rejected is None and departures.is_busy
    assert not window.close() and departures.question is not None
    departures.stay.click()
    QApplication.processEvents()
    assert departures.question is None and dialog.is_running and window.isVisible()
    assert not window.close()
    departures.leave.click()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=PATIENCE_MS)
    assert not dialog.is_running
    assert all(not name.startswith(".") for name in tree(tmp_path / "to")), "nothing half written stays"


def test_a_sidecar_that_was_written_since_the_shoot_was_listed_goes_with_its_photo(
    tmp_path: Path, make: Callable[..., RejectedDialog]
) -> None:
    folder = many(tmp_path / "shoot", 2)
    listed = photos(folder, "p000.jpg")
    (folder / "p000.xmp").write_text("<x/>")
    dialog = make(Act.MOVE, folder, listed)
    assert [row[1] for row in rows(dialog)] == ["p000.jpg", "p000.xmp"]
