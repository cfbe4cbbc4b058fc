"""The filmstrip: the active photo in the middle, one selection with the other views."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.views.filmstrip import HEIGHT, FilmstripView
from engine.types import Colour, Decision, Flag
from tests.desktop.stage import Stage, imagined, stage


@pytest.fixture
def many() -> Iterator[Stage]:
    with stage(imagined(1000)) as made:
        yield made


@pytest.fixture
def strip(many: Stage, qtbot: QtBot) -> FilmstripView:
    view = FilmstripView(many.model, many.selection, many.thumbnails)
    qtbot.addWidget(view)
    view.resize(900, HEIGHT)
    with qtbot.waitExposed(view, timeout=100_000):
        view.show()
    return view


def test_the_active_photo_stands_in_the_middle(many: Stage, strip: FilmstripView) -> None:
    many.activate(500)
    assert strip.cell_rect(500).center().x() == pytest.approx(450, abs=1)
    strip.resize(700, HEIGHT)
    assert strip.cell_rect(500).center().x() == pytest.approx(350, abs=1)


def test_both_ends_stay_at_the_edge(many: Stage, strip: FilmstripView) -> None:
    many.activate(0)
    assert strip.cell_rect(0).left() >= 0
    many.activate(999)
    assert strip.cell_rect(999).right() < 900
    assert strip.visible_rows().stop == 1000


def test_arrow_keys_and_clicks_move_the_shared_selection(many: Stage, strip: FilmstripView, qtbot: QtBot) -> None:
    many.activate(10)
    qtbot.keyClick(strip, Qt.Key.Key_Right)
    assert many.row == 11
    qtbot.keyClick(strip, Qt.Key.Key_Left)
    assert many.row == 10
    qtbot.mouseClick(strip.viewport(), Qt.MouseButton.LeftButton, pos=strip.cell_rect(12).center())
    assert many.row == 12
    qtbot.keyClick(strip, Qt.Key.Key_End)
    assert many.row == 999


def test_up_and_down_are_left_to_the_window(many: Stage, strip: FilmstripView, qtbot: QtBot) -> None:
    many.activate(10)
    qtbot.keyClick(strip, Qt.Key.Key_Down)
    assert many.row == 10


def test_the_wheel_scrolls_sideways_and_leaves_the_active_photo(many: Stage, strip: FilmstripView) -> None:
    many.activate(0)
    at = QPointF(100, 40)
    event = QWheelEvent(
        at,
        strip.mapToGlobal(at),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(strip.viewport(), event)
    assert strip.horizontalScrollBar().value() > 0
    assert many.row == 0


def test_a_decision_is_seen_on_the_cell(many: Stage, strip: FilmstripView) -> None:
    many.activate(0)
    bare = strip.viewport().grab().toImage()
    many.decide(1, Decision(Flag.PICK, 4, Colour.BLUE))
    decided = strip.viewport().grab().toImage()
    changed = strip.cell_rect(1)
    assert decided.copy(changed) != bare.copy(changed)
    assert decided.copy(strip.cell_rect(2)) == bare.copy(strip.cell_rect(2))


def test_what_it_shows_is_asked_for(many: Stage, strip: FilmstripView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(strip.visible_changed, timeout=100_000) as seen:
        many.activate(300)
    rows = [many.model.row_of(card.path) for card in seen.args[0]]
    assert rows[: len(strip.visible_rows())] == list(strip.visible_rows())
