"""The grid: what it shows, what the keyboard and the mouse do, what it asks for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from desktop.cards import CardModel
from desktop.filters import Filter
from desktop.place import Place
from desktop.style import TONE
from desktop.views import grid as grid_module
from desktop.views.cell import CellPainter
from desktop.views.grid import GridView
from engine.types import Colour, Decision, Flag
from tests.desktop.stage import Stage, imagined, photographed, stage


@pytest.fixture
def many() -> Iterator[Stage]:
    with stage(imagined(5000)) as made:
        yield made


@pytest.fixture
def few(tmp_path: Path) -> Iterator[Stage]:
    with stage(photographed(tmp_path / "shoot", 8)) as made:
        yield made


def shown(made: Stage, qtbot: QtBot, width: int = 900, height: int = 600) -> GridView:
    grid = GridView(made.model, made.selection, made.thumbnails)
    qtbot.addWidget(grid)
    grid.resize(width, height)
    with qtbot.waitExposed(grid, timeout=100_000):
        grid.show()
    grid.setFocus()
    return grid


def picture(grid: GridView) -> QImage:
    return grid.viewport().grab().toImage()


def brightness(image: QImage, at: QPoint) -> int:
    return image.pixelColor(at).value()


def test_arrow_keys_move_by_cell_and_by_line(many: Stage, qtbot: QtBot) -> None:
    grid = shown(many, qtbot)
    many.activate(0)
    for key, row in (
        (Qt.Key.Key_Right, 1),
        (Qt.Key.Key_Down, 1 + grid.columns),
        (Qt.Key.Key_Left, grid.columns),
        (Qt.Key.Key_Up, 0),
        (Qt.Key.Key_Up, 0),
        (Qt.Key.Key_Left, 0),
        (Qt.Key.Key_End, 4999),
        (Qt.Key.Key_Right, 4999),
        (Qt.Key.Key_Home, 0),
    ):
        qtbot.keyClick(grid, key)
        assert many.row == row, key


def test_page_keys_move_by_the_lines_on_the_screen(many: Stage, qtbot: QtBot) -> None:
    grid = shown(many, qtbot)
    many.activate(3)
    qtbot.keyClick(grid, Qt.Key.Key_PageDown)
    assert many.row > grid.columns
    assert many.row % grid.columns == 3
    assert many.row in grid.visible_rows()
    qtbot.keyClick(grid, Qt.Key.Key_PageUp)
    assert many.row == 3


def test_down_from_a_line_above_a_short_last_one_reaches_its_end(qtbot: QtBot) -> None:
    with stage(imagined(6)) as made:
        grid = shown(made, qtbot)
        assert grid.columns == 4
        made.activate(3)
        qtbot.keyClick(grid, Qt.Key.Key_Down)
        assert made.row == 5


def test_the_active_photo_is_scrolled_into_sight(many: Stage, qtbot: QtBot) -> None:
    grid = shown(many, qtbot)
    many.activate(3210)
    assert grid.viewport().rect().contains(grid.cell_rect(3210))


def test_a_click_activates_and_shift_and_control_select(many: Stage, qtbot: QtBot) -> None:
    grid = shown(many, qtbot)

    def click(row: int, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> set[int]:
        qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, modifier, grid.cell_rect(row).center())
        assert many.row == row
        return {index.row() for index in many.selection.selectedIndexes()}

    assert click(1) == {1}
    assert click(4, Qt.KeyboardModifier.ShiftModifier) == {1, 2, 3, 4}
    assert click(6, Qt.KeyboardModifier.ControlModifier) == {1, 2, 3, 4, 6}
    assert click(2) == {2}


def test_a_range_begins_at_the_photo_that_somebody_else_went_to(many: Stage, qtbot: QtBot) -> None:
    grid, place = shown(many, qtbot), Place(many.model, many.selection)

    def press(key: Qt.Key) -> set[int]:
        qtbot.keyClick(grid, key, Qt.KeyboardModifier.ShiftModifier)
        return {index.row() for index in many.selection.selectedIndexes()}

    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=grid.cell_rect(1).center())
    place.go(5)
    assert press(Qt.Key.Key_Right) == {5, 6}
    assert press(Qt.Key.Key_Right) == {5, 6, 7}
    assert press(Qt.Key.Key_Left) == {5, 6}, "it shrinks towards where it began"
    place.go(6)
    assert press(Qt.Key.Key_Left) == {5, 6}, "and begins anew where nothing but the selection changed"
    assert press(Qt.Key.Key_Left) == {4, 5, 6}


def test_enter_and_a_double_click_open(many: Stage, qtbot: QtBot) -> None:
    grid = shown(many, qtbot)
    many.activate(2)
    with qtbot.waitSignal(grid.opened, timeout=100_000):
        qtbot.keyClick(grid, Qt.Key.Key_Return)
    with qtbot.waitSignal(grid.opened, timeout=100_000):
        qtbot.mouseDClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=grid.cell_rect(2).center())


def test_a_key_that_means_nothing_here_is_left_to_the_window(many: Stage, qtbot: QtBot) -> None:
    grid = shown(many, qtbot)
    many.activate(7)
    qtbot.keyClick(grid, Qt.Key.Key_P)
    assert many.row == 7
    assert many.model.decision(7) == Decision()


def test_what_is_on_the_screen_is_asked_for_first(many: Stage, qtbot: QtBot) -> None:
    grid = shown(many, qtbot)
    with qtbot.waitSignal(grid.visible_changed, timeout=100_000) as seen:
        many.activate(2500)
    rows = [many.model.row_of(card.path) for card in seen.args[0]]
    visible = list(grid.visible_rows())
    assert rows[: len(visible)] == visible
    assert set(rows[len(visible) :]) == {*range(visible[0] - len(visible), visible[0])} | {
        *range(visible[-1] + 1, visible[-1] + 1 + len(visible))
    }


def test_only_cells_on_the_screen_are_painted(many: Stage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    grid = shown(many, qtbot)
    painted = []
    paint = CellPainter.paint

    def counting(self: CellPainter, *arguments: object) -> None:
        painted.append(arguments[2])
        paint(self, *arguments)

    monkeypatch.setattr(CellPainter, "paint", counting)
    picture(grid)
    assert len(painted) == len(grid.visible_rows()) < 30


def test_thumbnails_appear_when_they_arrive(few: Stage, qtbot: QtBot) -> None:
    grid = shown(few, qtbot)
    qtbot.waitUntil(lambda: all(few.thumbnails.pixmap(few.model.card(row)) for row in range(8)), timeout=100_000)
    image = picture(grid)
    levels = [brightness(image, grid.cell_rect(row).center()) for row in range(8)]
    assert levels == pytest.approx([40 + 10 * row for row in range(8)], abs=3)


def test_a_rejected_photo_is_dimmed_and_hatched(few: Stage, qtbot: QtBot) -> None:
    grid = shown(few, qtbot)
    qtbot.waitUntil(lambda: few.thumbnails.pixmap(few.model.card(7)) is not None, timeout=100_000)
    few.decide(7, Decision(flag=Flag.REJECT))
    image, centre = picture(grid), grid.cell_rect(7).center()
    levels = {brightness(image, centre + QPoint(offset, 0)) for offset in range(-8, 8)}
    assert min(levels) < 75, "110 when it is not dimmed"
    assert len(levels) > 1, "the hatch"


def test_decisions_and_hidden_scores_change_the_cell(few: Stage, qtbot: QtBot) -> None:
    grid = shown(few, qtbot)
    bare = picture(grid)
    few.decide(0, Decision(Flag.PICK, 3, Colour.GREEN))
    decided = picture(grid)
    few.model.scores_hidden = True
    hidden = picture(grid)
    cell = grid.cell_rect(0)
    head, foot = cell.adjusted(2, 2, -2, 24 - cell.height()), cell.adjusted(2, cell.height() - 24, -2, -2)
    assert bare.copy(foot) != decided.copy(foot)
    assert decided.copy(head) != hidden.copy(head)
    assert len({hidden.copy(head).pixel(x, 10) for x in range(head.width())}) == 1, "neither rank nor score is left"


def test_the_active_photo_is_described_for_those_who_listen(few: Stage, qtbot: QtBot) -> None:
    grid = shown(few, qtbot)
    few.activate(1)
    few.decide(1, Decision(Flag.PICK, 3))
    score = few.model.card(1).verdict.score
    assert grid.accessibleDescription() == (
        f"IMG_0001.jpg, rank 2, base score {score:.1f}, pick, 3 stars, burst of 2, number 2 in it; 2 of 8"
    )
    few.model.scores_hidden = True
    assert grid.accessibleDescription() == "IMG_0001.jpg, pick, 3 stars, burst of 2; 2 of 8"


def test_an_unreadable_photo_says_why(few: Stage, qtbot: QtBot) -> None:
    grid = shown(few, qtbot)
    few.activate(0)
    path = few.model.card(0).path
    few.change(0, error=f"{path}: the file is truncated. Copy it again.", verdict=None, rank=None, group=None)
    assert "cannot be read: The file is truncated. Copy it again." in grid.accessibleDescription()
    image = picture(grid)
    area = grid.cell_rect(0)
    column = {image.pixelColor(area.center().x(), y).name() for y in range(area.top() + 30, area.bottom() - 44)}
    assert TONE.warning in column, "the sign that warns"


def test_cells_grow_and_shrink_within_limits(many: Stage, qtbot: QtBot) -> None:
    grid = shown(many, qtbot)
    columns = grid.columns
    with qtbot.waitSignal(grid.cell_size_changed, timeout=100_000):
        qtbot.keyClick(grid, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    for _ in range(20):
        grid.larger()
    assert grid.cell_size == grid_module.LARGEST
    assert grid.columns < columns
    for _ in range(20):
        qtbot.keyClick(grid, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert grid.cell_size == grid_module.SMALLEST
    assert grid.columns > columns


@pytest.mark.parametrize("change", ["size", "window"])
def test_what_is_looked_at_stays_in_sight(many: Stage, qtbot: QtBot, change: str) -> None:
    grid = shown(many, qtbot)
    many.activate(2222)
    if change == "size":
        grid.set_cell_size(130)
    else:
        grid.resize(500, 640)
    assert 2222 in grid.visible_rows()
    assert grid.viewport().rect().intersects(grid.cell_rect(2222))


@pytest.mark.parametrize("size", [(1280, 720), (2560, 1440), (200, 150)])
def test_cells_fill_the_line_without_overlapping(many: Stage, qtbot: QtBot, size: tuple[int, int]) -> None:
    grid = shown(many, qtbot, *size)
    rects = [grid.cell_rect(row) for row in range(grid.columns)]
    assert all(left.right() < right.left() for left, right in zip(rects, rects[1:], strict=False))
    assert rects[0].left() > 0
    assert rects[-1].right() < grid.viewport().width()
    assert grid.viewport().width() - rects[-1].right() < 8 + grid.columns + 8


def test_a_filter_takes_photos_away_and_brings_them_back(many: Stage, qtbot: QtBot) -> None:
    grid = shown(many, qtbot)
    for row in (10, 20):
        many.decide(row, Decision(stars=5))
    many.activate(20)
    many.model.set_filter(Filter(stars=5))
    assert many.model.rowCount() == 2
    assert grid.verticalScrollBar().maximum() == 0
    assert many.model.card(many.row).rank == 21
    many.model.set_filter(Filter())
    assert many.row == 20
    assert grid.viewport().rect().contains(grid.cell_rect(20))


def test_another_shoot_begins_at_its_top(many: Stage, qtbot: QtBot) -> None:
    grid = shown(many, qtbot)
    many.activate(4000)
    many.model.load(imagined(100), {})
    assert grid.verticalScrollBar().value() == 0
    assert grid.visible_rows().start == 0


def test_an_empty_grid_says_what_to_do(qtbot: QtBot) -> None:
    with stage([]) as made:
        grid = shown(made, qtbot)
        empty = picture(grid)
        grid.set_message("No photos", "Open a folder")
        assert picture(grid) != empty
        assert "Open a folder" in grid.accessibleDescription()
        qtbot.keyClick(grid, Qt.Key.Key_Down)
        assert isinstance(grid.model, CardModel)
        assert grid.current_row is None
