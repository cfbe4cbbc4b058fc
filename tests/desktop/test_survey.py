"""Survey: a selection or a burst on one screen, narrowed down without deciding anything, and the story of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.main_window import MainWindow
from desktop.scaled import ScaledPixmaps
from desktop.seeing import Seeing
from desktop.views.arrangement import arrange
from desktop.views.cell import FOOTER, HEADER, CellPainter
from desktop.views.overlays import Overlay
from engine.types import Flag
from tests.shoots import many

MakeWindow = Callable[..., MainWindow]


def press(window: MainWindow, *keys: str) -> None:
    """Press keys where the keyboard is."""
    for key in keys:
        pressed = QKeySequence(key)[0]
        page = window.views.currentWidget()
        assert page is not None
        QTest.keyClick(page, pressed.key(), pressed.keyboardModifiers())


def names(window: MainWindow) -> list[str]:
    return [card.path.stem for card in window.lineup.cards]


@pytest.fixture
def window(make_window: MakeWindow, tmp_path: Path) -> MainWindow:
    """Six photos by name, in the grid, with the keyboard there."""
    made = make_window(many(tmp_path / "shoot", 6))
    made.actions_table["sort.name"].trigger()
    made.session.place.go(0)
    made.grid.setFocus()
    return made


@pytest.mark.parametrize("count", [1, 2, 3, 5, 6, 11, 60])
def test_cells_fill_the_view_and_do_not_touch(count: int) -> None:
    area = QRect(10, 20, 1000, 600)
    cells = arrange(count, area, gap=8, foot=60)
    assert len(cells) == count
    assert all(area.contains(cell) for cell in cells)
    assert not any(one.intersects(other) for i, one in enumerate(cells) for other in cells[:i])
    if count == 3:
        assert cells[2].center().x() == pytest.approx(area.center().x(), abs=2) or cells[0].y() == cells[2].y()


def test_cells_too_narrow_for_words_give_their_room_to_the_picture(window: MainWindow) -> None:
    survey = window.views.survey
    press(window, "Ctrl+A", "N")
    cells = CellPainter(survey.font(), ScaledPixmaps())
    for width, has_captions in ((900, True), (220, False)):
        survey.resize(width, 400)
        survey.lay_out()
        rects = [survey.cell_rect(row) for row in range(6)]
        assert {cells.has_captions(rect) for rect in rects} == {has_captions}
        left = {rect.height() - cells.picture_area(rect).height() for rect in rects}
        assert left == {HEADER + FOOTER if has_captions else 10}


def test_a_survey_is_narrowed_down_to_one(window: MainWindow, qtbot: QtBot) -> None:
    press(window, "Ctrl+A", "N")
    assert window.views.currentWidget() is window.views.survey
    assert len(window.views.survey.cards) == 6
    assert window.session.place.chosen_count == 1
    first, *_ = names(window)
    before = window.views.survey.cell_rect(1).width()
    for left in range(5, 1, -1):
        press(window, "Backspace")
        assert len(names(window)) == left
    assert first not in names(window)
    assert window.views.survey.cell_rect(5).width() > before
    assert window.session.culling.can_undo is False, "nothing was decided"
    press(window, "Backspace", "Backspace")
    assert len(names(window)) == 1, "the last photo stays"
    press(window, "P")
    (kept,) = names(window)
    decided = [row for row in range(6) if window.session.model.decision(row).is_made]
    assert [window.session.model.card(row).path.stem for row in decided] == [kept]
    press(window, "Return")
    assert window.views.currentWidget() is window.loupe and window.loupe.card.path.stem == kept


def test_x_rejects_and_keys_go_by_lines(window: MainWindow) -> None:
    press(window, "Ctrl+A", "N")
    survey = window.views.survey
    active = window.session.active
    press(window, "Shift+X")
    assert window.session.culling.decision(active.path).flag is Flag.REJECT
    assert window.session.active == survey.cards[1] and len(survey.cards) == 6
    press(window, "Home", "Down")
    here, there = survey.cell_rect(0), survey.cell_rect(window.session.selection.currentIndex().row())
    assert there.y() > here.y() or len({survey.cell_rect(row).y() for row in range(6)}) == 1
    press(window, "Up", "End", "Right")
    assert window.session.active == survey.cards[-1]
    assert survey.accessibleDescription().endswith("photo 6 of 6 on screen")
    QTest.mouseClick(
        survey.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, survey.cell_rect(2).center()
    )
    assert window.session.place.chosen_count == 1 and window.session.active == survey.cards[2]


def test_what_is_left_of_a_survey_is_compared_and_stays_selected(window: MainWindow) -> None:
    press(window, "Ctrl+A", "N", "Backspace", "Backspace", "C")
    left = names(window)
    assert len(left) == 4 and [card.path.stem for card in window.views.compare.cards] == left
    press(window, "Escape")
    assert window.views.currentWidget() is window.grid
    assert [card.path.stem for card in window.session.place.chosen] == left


def test_the_pixels_come_after_the_thumbnails(window: MainWindow, qtbot: QtBot) -> None:
    press(window, "Ctrl+A", "N")
    survey = window.views.survey
    qtbot.waitUntil(lambda: all(survey.pictures.picture(card) for card in survey.cards), timeout=100_000)
    card = survey.cards[0]
    qtbot.waitUntil(lambda: survey.picture_of(card) is not None, timeout=100_000)
    assert survey.picture_of(card).width() >= window.session.thumbnails.pixmap(card).width()
    press(window, "G")
    assert survey.pictures.picture(card) is None, "a hidden view holds nothing"


def test_a_photo_is_compared_with_a_pinned_champion_by_keys(window: MainWindow) -> None:
    """The story: six candidates, one champion, the last challenger wins."""
    press(window, "Ctrl+A", "C")
    champion = window.session.active
    press(window, "-", "-", "-", "-", "L")
    assert len(window.views.compare.cards) == 2
    for _ in range(4):
        challenger = window.session.active
        press(window, "X", "Right")
        assert window.session.culling.decision(challenger.path).flag is Flag.REJECT
        assert window.views.compare.cards[0] == champion
    winner = window.session.active
    press(window, "L", "Up", "P")
    assert window.lineup.champion == winner.path == window.session.active.path
    flags = {card.path: window.session.culling.decision(card.path).flag for card in window.session.model.cards()}
    assert sorted(flags.values()) == sorted([Flag.REJECT] * 4 + [Flag.PICK, Flag.NONE])
    assert flags[winner.path] is Flag.PICK and flags[champion.path] is Flag.NONE
    press(window, "Ctrl+Z", "Ctrl+Z")
    assert window.views.currentWidget() is window.views.compare, "undo stays in the view"


def test_photos_beside_each_other_count_as_seen(window: MainWindow, qtbot: QtBot) -> None:
    seen: list[tuple[str, ...]] = []
    culling, decisions = window.session.culling, window.session._decisions
    noted = decisions.seen

    def seen_by(photo, fingerprint, view) -> None:
        seen.append((photo.path.stem, view))
        noted(photo, fingerprint, view)

    decisions.seen = seen_by
    assert isinstance(window.session.seeing, Seeing) and culling.view == "grid"
    press(window, "Ctrl+A", "C")
    shown = {(card.path.stem, "compare") for card in window.views.compare.cards}
    qtbot.waitUntil(lambda: set(seen) == shown, timeout=100_000)
    assert len(seen) == len(shown) == 6
    press(window, "Right")
    qtbot.waitUntil(lambda: len(seen) == 7, timeout=100_000)
    press(window, "N")
    qtbot.waitUntil(lambda: {view for _, view in seen} == {"compare", "survey"}, timeout=100_000)


def test_overlays_are_told_in_words_and_stand_in_both_views(window: MainWindow, qtbot: QtBot) -> None:
    press(window, "J")
    assert window.overlays.shown == frozenset(), "in the grid there is nothing to lay them over"
    press(window, "E", "J", "K", "O")
    assert window.overlays.shown == frozenset({Overlay.CLIPPING, Overlay.PEAKING, Overlay.THIRDS})
    qtbot.waitUntil(
        lambda: any(
            "white none" in part or "white under" in part or "white 0" in part for part in window.loupe.information()
        ),
        timeout=100_000,
    )
    assert {"edges", "thirds"} <= set(window.loupe.information())
    assert window.actions_table["overlay.clipping"].isChecked()
    press(window, "C")
    pane = window.views.compare.active_pane
    assert pane is not None and "thirds" in pane.line()
    press(window, "J", "K", "O")
    assert window.overlays.shown == frozenset() and "thirds" not in pane.line()


def test_the_point_under_a_click_is_a_photo(window: MainWindow) -> None:
    press(window, "Ctrl+A", "N")
    survey = window.views.survey
    assert survey.row_at(survey.cell_rect(3).center()) == 3
    assert survey.row_at(QPoint(0, 0)) is None
    assert QApplication.focusWidget() is survey
