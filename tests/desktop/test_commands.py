"""Every action of the table, by its key, in a real window."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.actions import MENUS, table
from desktop.filters import Filter, SortKey
from desktop.main_window import MainWindow
from desktop.window_actions import Actions
from engine.types import Colour, Decision, Flag
from tests.shoots import many

PHOTOS = 4

SORTS = [key for key in SortKey if key is not SortKey.LIKENESS]
"""Likeness comes and goes with a search."""


@pytest.fixture
def window(make_window: Callable[..., MainWindow], tmp_path: Path) -> MainWindow:
    """A window on four ranked photos; the first is active."""
    return make_window(many(tmp_path / "shoot", PHOTOS))


def press(window: MainWindow, keys: str) -> None:
    """Type a key sequence into whatever has the keyboard."""
    combination = QKeySequence(keys)[0]
    target = window.focusWidget() or window
    QTest.keyClick(target, combination.key(), combination.keyboardModifiers())


def decision(window: MainWindow) -> Decision:
    return window.session.model.decision(window.session.selection.currentIndex().row())


def row(window: MainWindow) -> int:
    return window.session.selection.currentIndex().row()


@pytest.mark.parametrize(
    ("keys", "expected", "answer"),
    [
        ("P", Decision(Flag.PICK), "Picked {}, Ctrl+Z"),
        ("X", Decision(Flag.REJECT), "Rejected {}, Ctrl+Z"),
        ("1", Decision(stars=1), "1 star: {}, Ctrl+Z"),
        ("2", Decision(stars=2), "2 stars: {}, Ctrl+Z"),
        ("3", Decision(stars=3), "3 stars: {}, Ctrl+Z"),
        ("4", Decision(stars=4), "4 stars: {}, Ctrl+Z"),
        ("5", Decision(stars=5), "5 stars: {}, Ctrl+Z"),
        ("6", Decision(colour=Colour.RED), "Labelled red: {}, Ctrl+Z"),
        ("7", Decision(colour=Colour.YELLOW), "Labelled yellow: {}, Ctrl+Z"),
        ("8", Decision(colour=Colour.GREEN), "Labelled green: {}, Ctrl+Z"),
        ("9", Decision(colour=Colour.BLUE), "Labelled blue: {}, Ctrl+Z"),
    ],
)
@pytest.mark.parametrize("view", ["G", "E"])
def test_a_key_marks_the_active_photo_and_is_answered(
    window: MainWindow, view: str, keys: str, expected: Decision, answer: str
) -> None:
    press(window, view)
    name = window.session.model.card(0).path.stem
    press(window, keys)
    assert decision(window) == expected
    assert row(window) == 0
    assert window.statusBar().currentMessage() == answer.format(name)
    press(window, f"Shift+{keys}")
    assert row(window) == 1
    assert window.session.model.decision(1) == Decision()


def test_marks_are_taken_back_by_their_own_keys(window: MainWindow) -> None:
    for keys in ("P", "3", "6"):
        press(window, keys)
    assert decision(window) == Decision(Flag.PICK, 3, Colour.RED)
    for keys in ("U", "0", "6"):
        press(window, keys)
    assert decision(window) == Decision()


def test_undo_and_redo_go_to_the_photo(window: MainWindow) -> None:
    press(window, "Shift+P")
    press(window, "Shift+X")
    press(window, "Ctrl+Z")
    assert row(window) == 1 and decision(window) == Decision()
    press(window, "Ctrl+Z")
    assert row(window) == 0 and decision(window) == Decision()
    assert not window.actions_table["undo"].isEnabled()
    press(window, "Ctrl+Shift+Z")
    assert row(window) == 0 and decision(window) == Decision(Flag.PICK)
    press(window, "Ctrl+Y")
    assert row(window) == 1 and decision(window) == Decision(Flag.REJECT)
    assert not window.actions_table["redo"].isEnabled()


def test_a_mark_that_filters_a_photo_out_does_not_skip_the_next_one(window: MainWindow) -> None:
    press(window, "Ctrl+D")
    assert window.session.model.filter == Filter(undecided=True)
    second = window.session.model.card(1).path
    press(window, "Shift+P")
    assert window.session.model.rowCount() == PHOTOS - 1
    assert window.session.active is not None and window.session.active.path == second
    press(window, "Ctrl+L")
    assert window.session.model.rowCount() == PHOTOS


@pytest.mark.parametrize("view", ["G", "E"])
def test_arrows_move_in_every_view(window: MainWindow, view: str) -> None:
    press(window, view)
    press(window, "Right")
    press(window, "Right")
    press(window, "Left")
    assert row(window) == 1
    press(window, "Ctrl+End")
    assert row(window) == PHOTOS - 1
    press(window, "Right")
    assert row(window) == PHOTOS - 1
    press(window, "Ctrl+Home")
    assert row(window) == 0


def test_views_change_and_keep_the_photo(window: MainWindow) -> None:
    press(window, "Right")
    press(window, "E")
    assert window.views.currentWidget() is window.loupe
    assert window.actions_table["view.loupe"].isChecked() and not window.actions_table["view.grid"].isChecked()
    press(window, "Escape")
    assert window.views.currentWidget() is window.grid
    press(window, "Return")
    assert window.views.currentWidget() is window.loupe
    press(window, "G")
    assert window.views.currentWidget() is window.grid
    assert row(window) == 1


def test_scores_are_hidden_and_shown(window: MainWindow) -> None:
    press(window, "H")
    assert window.session.model.scores_hidden
    assert window.actions_table["scores"].isChecked()
    press(window, "H")
    assert not window.session.model.scores_hidden


def test_tab_hides_the_panels_and_moves_the_keyboard_elsewhere(window: MainWindow) -> None:
    press(window, "Tab")
    assert not window.filters.isVisible() and not window.info.isVisible()
    press(window, "Tab")
    assert window.filters.isVisible() and window.info.isVisible()
    window.filters.sort.setFocus()
    press(window, "Tab")
    assert window.filters.isVisible()
    assert window.focusWidget() is not window.filters.sort


@pytest.mark.parametrize("key", SORTS)
def test_sorting(window: MainWindow, key: SortKey) -> None:
    window.actions_table[f"sort.{key}"].trigger()
    assert window.session.model.sort_key is key
    assert [other for other in SORTS if window.actions_table[f"sort.{other}"].isChecked()] == [key]
    order = [window.session.model.card(row).path for row in range(PHOTOS)]
    window.actions_table["sort.reverse"].trigger()
    assert [window.session.model.card(row).path for row in range(PHOTOS)] == order[::-1]


def test_pause_and_resume(make_window: Callable[..., MainWindow], qtbot: QtBot, tmp_path: Path) -> None:
    window = make_window(many(tmp_path / "shoot", 30), wait=False)
    with qtbot.waitSignal(window.session.pause_changed, timeout=100_000):
        window.actions_table["pause"].trigger()
    assert window.session.is_paused
    assert window.actions_table["pause"].isChecked()
    with qtbot.waitSignal(window.session.ended, timeout=100_000):
        window.actions_table["pause"].trigger()
    assert not window.actions_table["pause"].isEnabled()


def test_a_mark_brings_the_actions_up_to_date_once(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    refreshed: list[bool] = []
    refresh = Actions.refresh

    def counting(self: Actions) -> None:
        refreshed.append(self["undo"].isEnabled())
        refresh(self)

    QApplication.processEvents()
    monkeypatch.setattr(Actions, "refresh", counting)
    press(window, "P")
    QApplication.processEvents()
    assert refreshed == [False]
    assert window.actions_table["undo"].isEnabled()
    window.session.culling.mark(3)
    window.session.culling.mark(4)
    QApplication.processEvents()
    assert refreshed == [False, True]


def test_a_mark_without_a_photo_says_so(make_window: Callable[..., MainWindow]) -> None:
    window = make_window()
    window.actions_table["flag.pick"].trigger()
    assert window.statusBar().currentMessage() == "No photo is active"


def test_no_two_actions_share_a_key_or_a_name() -> None:
    actions = list(table())
    keys = Counter(QKeySequence(key).toString() for action in actions for key in action.keys)
    assert not [key for key, uses in keys.items() if uses > 1 or not key]
    assert len({action.name for action in actions}) == len(actions)
    assert {action.menu for action in actions} - {""} == set(MENUS)


def test_every_action_is_reached_by_a_key_or_a_menu() -> None:
    every = {action.name: action for action in table()}
    hidden = [action.name for action in every.values() if not action.keys and not action.menu]
    # With Shift, a mark goes on to the next photo: it has the key of its mark as soon as that has one.
    assert all(every[name.removesuffix(".advance")].menu for name in hidden if name.endswith(".advance"))
    assert not [name for name in hidden if not name.endswith(".advance")]


def test_every_control_has_a_name_for_those_who_listen(window: MainWindow, qtbot: QtBot) -> None:
    window.show_failures()
    nameless = [
        type(widget).__name__
        for widget in window.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isVisible()
        and not (widget.accessibleName() or getattr(widget, "text", str)())
    ]
    assert not nameless
