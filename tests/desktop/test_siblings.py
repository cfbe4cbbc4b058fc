"""The strip of siblings below the views, the scenes beside them, and the way to what is not decided about."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.filters import Filter
from desktop.main_window import MainWindow
from desktop.scenes import scenes
from engine.turn import Turn
from engine.types import Decision, Flag
from tests.shoots import small_shoot, write_photo


@pytest.fixture
def window(make_window: Callable[..., MainWindow], tmp_path: Path) -> MainWindow:
    """A burst and a bracket of three, three singles and two files that cannot be read; one a day later."""
    folder = small_shoot(tmp_path / "shoot")
    write_photo(folder / "later.jpg", 9, 90_000.0)
    return make_window(folder)


def go(window: MainWindow, name: str) -> None:
    path = next(card.path for card in window.session.model.cards() if card.path.name == name)
    assert window.session.place.reveal(path)


def active(window: MainWindow) -> str:
    card = window.session.active
    assert card is not None
    return card.path.name


def frames(window: MainWindow) -> list[str]:
    model = window.strips.siblings.frames
    return [model.card(row).path.name for row in range(model.rowCount())]


def test_the_burst_of_the_active_photo_stands_below_it(window: MainWindow) -> None:
    strip, session = window.strips.siblings, window.session
    go(window, "burst1.jpg")
    assert not strip.isVisible(), "in the grid an open burst stands together"
    window.show_view("loupe")
    assert strip.isVisible() and frames(window) == ["burst0.jpg", "burst1.jpg", "burst2.jpg"]
    assert strip.label.text() == "Burst\n2 of 3"
    QTest.mouseClick(
        strip.strip.viewport(), Qt.MouseButton.LeftButton, pos=strip.strip.cell_rect(2).center() + QPoint(0, 2)
    )
    assert active(window) == "burst2.jpg" and strip.label.text() == "Burst\n3 of 3"
    QTest.keyClick(window.loupe, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert strip.frames_selection.currentIndex().row() == [active(window) == name for name in frames(window)].index(
        True
    )

    QTest.keyClick(window.loupe, Qt.Key.Key_R)
    assert [card.turn for card in strip.frames.cards()].count(Turn.RIGHT) == 1, "turned as in every view"
    height = window.loupe.height()
    go(window, "single1.jpg")
    assert not strip.strip.isVisible() and "single1 stands alone" in strip.label.text()
    assert strip.isVisible() and window.loupe.height() == height, "the photo keeps its size on the way past a burst"

    go(window, "burst0.jpg")
    session.model.set_filter(Filter(undecided=True))
    session.culling.mark(Flag.REJECT)
    go(window, "burst1.jpg")
    row = frames(window).index("burst0.jpg")
    assert [card.turn for card in strip.frames.cards()].count(Turn.RIGHT) == 1, "and still is, come back to"
    assert strip.frames.decision(row) == Decision(Flag.REJECT), "what the filter hides is still a sibling"
    window.show_view("grid")
    assert not strip.isVisible()
    session.model.close_stacks(session.model.stacks)
    assert strip.isVisible()
    window.show_view("compare")
    assert not strip.isVisible()


def test_scenes_are_gone_to_and_shown_alone(window: MainWindow, qtbot: QtBot) -> None:
    found = scenes(window.session.model.columns)
    assert [scene.number for scene in found] == list(range(1, len(found) + 1)) and len(found) >= 2
    assert found == sorted(found, key=lambda scene: scene.first)
    window.left.show_page(1)
    panel, model = window.left.scenes, window.session.model
    assert panel.list.rowCount() == len(found) and not panel.hint.isVisible()
    later = next(card for card in model.cards() if card.path.name == "later.jpg")
    row = next(row for row, scene in enumerate(found) if scene.name == later.scene)
    line = panel.list.index(row)
    assert "1 photo" in str(line.data()) and row > 0
    QTest.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=panel.view.visualRect(line).center())
    assert active(window) == "later.jpg"
    panel.only.click()
    assert model.filter.scenes == {later.scene} and model.rowCount() == 1
    assert f"Scene {row + 1}" in window.filters_line.chips[0].text()
    panel.view.setFocus()
    QTest.keyClick(panel.view, Qt.Key.Key_Up)
    assert model.filter.scenes == {found[row - 1].name} and model.card(0).scene == found[row - 1].name
    window.session.culling.mark(Flag.PICK)
    qtbot.waitUntil(lambda: "1 picked" in str(panel.list.index(row - 1).data()), timeout=100_000)
    window.session.culling.mark(4, [later])
    assert "kept" not in str(line.data()), "stars keep nothing by themselves"
    window.session.preferences.change(keeper_stars=4)
    qtbot.waitUntil(lambda: "1 kept" in str(line.data()), timeout=100_000)
    assert "1 kept" in str(panel.list.index(row - 1).data()), "a pick is kept whatever its stars"
    window.filters_line.chips[0].click()
    assert not panel.only.isChecked() and model.filter.is_open


def test_a_key_goes_from_one_undecided_photo_to_the_next(window: MainWindow, qtbot: QtBot) -> None:
    session = window.session
    readable = session.model.rowCount() - 2
    for row in (0, 1, 3):
        session.place.go(row)
        session.culling.mark(3)
    session.place.go(0)
    QTest.keyClick(window.grid, ".")
    assert session.selection.currentIndex().row() == 2
    QTest.keyClick(window.grid, ".")
    assert session.selection.currentIndex().row() == 4
    QTest.keyClick(window.grid, ",")
    QTest.keyClick(window.grid, ",")
    assert session.selection.currentIndex().row() == readable - 1
    assert window.statusBar().currentMessage() == "Once more from the end"
    window.show_view("survey")
    QTest.keyClick(window.views.survey, ".")
    assert session.selection.currentIndex().row() == 2 and window.view == "loupe"
    session.culling.mark(1, [session.model.card(row) for row in range(session.model.rowCount())])
    QTest.keyClick(window.loupe, ".")
    assert window.statusBar().currentMessage() == "Every photo that is shown is decided about"
