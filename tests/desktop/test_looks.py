"""Full screen; a shoot on a drive that goes away; two windows on one shoot; a screen with a profile of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.main_window import MainWindow
from desktop.second_window import ShootLock
from engine.settings import FILE_NAME, Settings, save
from engine.types import Flag
from tests.shoots import many

MakeWindow = Callable[..., MainWindow]


def test_full_screen_hides_the_menus_and_keeps_their_keys(make_window: MakeWindow, tmp_path: Path) -> None:
    window = make_window(many(tmp_path / "shoot", 2))
    window.grid.setFocus()
    QTest.keyClick(window.grid, Qt.Key.Key_F11)
    assert window.isFullScreen() and not window.menuBar().isVisible()
    QTest.keyClick(window.grid, Qt.Key.Key_P)
    assert window.session.culling.decision(window.session.model.card(0).path).flag is Flag.PICK
    QTest.keyClick(window.grid, Qt.Key.Key_F11)
    assert not window.isFullScreen() and window.menuBar().isVisible()


def test_a_second_window_on_the_same_shoot_is_told(make_window: MakeWindow, tmp_path: Path, data_folder: Path) -> None:
    folder = many(tmp_path / "shoot", 1)
    first, second = make_window(folder), make_window(folder)
    assert "Another Chinagraph window" in second.notices.text.text()
    assert "Another Chinagraph window" not in first.notices.text.text()
    first.close()
    lock = ShootLock(data_folder)
    assert lock.take([folder]) is None, "a window that is closed holds nothing"
    lock.release()


def test_a_profile_that_cannot_be_used_is_told(make_window: MakeWindow, data_folder: Path) -> None:
    data_folder.mkdir(exist_ok=True)
    save(Settings(display_profile="/nowhere/screen.icc"), data_folder / FILE_NAME)
    window = make_window()
    assert "/nowhere/screen.icc cannot be read" in window.notices.text.text()


def test_tab_acts_in_the_views_alone_whatever_has_it(make_window: MakeWindow) -> None:
    window = make_window()
    loupe = window.actions_table["view.loupe"]
    contexts = Qt.ShortcutContext
    assert loupe.shortcutContext() is contexts.WindowShortcut and loupe in window.actions()
    window.habits.keymap.bind("view.loupe", ["Tab"])
    assert loupe.shortcutContext() is contexts.WidgetWithChildrenShortcut
    assert loupe in window.views.actions() and loupe not in window.actions()
    window.habits.keymap.reset("view.loupe")
    assert loupe.shortcutContext() is contexts.WindowShortcut and loupe in window.actions()


def test_the_models_page_has_a_key(make_window: MakeWindow) -> None:
    window = make_window()
    assert window.actions_table["models"].shortcut().toString() == "Ctrl+P"
