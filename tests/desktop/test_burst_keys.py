"""Bursts by key and by mouse: from one to the next, inside one, the rest rejected, stacks opened, photos unseen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.main_window import MainWindow
from engine.store.decisions import Origin
from engine.types import Decision, Flag
from tests.desktop.test_bursts import ALL, go, group_of, made, press, said
from tests.shoots import READABLE, small_shoot

PATIENCE_MS = 100_000
REST = Decision(Flag.REJECT)


@pytest.fixture
def window(make_window: Callable[..., MainWindow], tmp_path: Path) -> MainWindow:
    """A window on a ranked burst, a bracket and single photos."""
    return make_window(small_shoot(tmp_path / "shoot"))


def group(window: MainWindow) -> str | None:
    card = window.session.active
    return card.group or card.path.stem


# The rest of the burst


@pytest.mark.parametrize(("keys", "kept"), [("Ctrl+Shift+P", Decision(Flag.PICK)), ("Ctrl+Shift+X", None)])
def test_the_rest_of_the_burst_is_rejected_in_one_step(
    window: MainWindow, keys: str, kept: Decision | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    acts = []
    decisions = window.session._decisions
    mark = decisions.mark
    monkeypatch.setattr(
        decisions, "mark", lambda marks, origin: acts.append((origin, len(marks))) or mark(marks, origin)
    )
    go(window, "burst1")
    press(window, keys)
    wanted = {"burst0": REST, "burst2": REST} | ({} if kept is None else {"burst1": kept})
    assert made(window) == wanted
    assert acts == [(Origin.BULK, len(wanted))]
    assert said(window) == ("Rejected 2, Ctrl+Z" if kept is None else "Picked burst1, rejected 2, Ctrl+Z")
    press(window, "Ctrl+Z")
    assert made(window) == {}


def test_only_the_burst_of_the_active_photo_is_meant_and_a_closed_stack_as_a_whole(window: MainWindow) -> None:
    go(window, "burst0")
    press(window, "S")
    top = window.session.active.path.stem
    press(window, "Ctrl+Shift+P")
    assert made(window) == dict.fromkeys(group_of(window, top), REST) | {top: Decision(Flag.PICK)}


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("bracket0", "The frames of a bracket belong together: none is rejected"),
        ("single1", "single1 is in no burst"),
    ],
)
def test_sets_and_single_photos_have_no_rest(window: MainWindow, name: str, answer: str) -> None:
    go(window, name)
    press(window, "Ctrl+Shift+X")
    assert made(window) == {} and said(window) == answer


# Going through bursts


def test_up_and_down_go_by_burst_in_the_loupe_and_by_line_in_the_grid(window: MainWindow) -> None:
    press(window, "Ctrl+Home", "E")
    visited = [group(window)]
    for _ in range(ALL):
        press(window, "Down")
        visited.append(group(window))
    assert said(window) == "This is the last burst"
    once = list(dict.fromkeys(visited))
    assert len(once) == ALL - 4, "each burst, set and single photo once"
    assert visited[: len(once)] == once
    for expected in reversed(once[:-1]):
        press(window, "Up")
        assert group(window) == expected
    row = window.session.selection.currentIndex().row()
    assert row == 0 and window.views.currentWidget() is window.loupe
    press(window, "G", "Down")
    assert window.session.selection.currentIndex().row() == min(window.grid.columns, ALL - 1)


def test_up_reaches_the_first_photo_of_the_burst_before(window: MainWindow) -> None:
    card = go(window, "burst0")
    model = window.session.model
    rows = [model.row_of(sibling.path) for sibling in model.siblings(card)]
    window.session.place.go(max(rows) + 1)
    press(window, "E", "Up")
    assert window.session.selection.currentIndex().row() == min(rows)


def test_alt_arrows_stay_inside_the_burst_and_open_its_stack(window: MainWindow) -> None:
    go(window, "burst0")
    press(window, "S")
    first = window.session.active
    press(window, "Alt+Right")
    assert window.session.active.group == first.group and window.session.active.path != first.path
    assert window.session.model.rowCount() == ALL
    press(window, "Alt+Right", "Alt+Right")
    assert window.session.active.group == first.group and said(window).endswith("is the last of its burst")
    press(window, "E", "Alt+Left", "Alt+Left", "Alt+Left")
    assert said(window).endswith("is the first of its burst")
    assert window.session.active.rank_in_group == 1


# The badge


def click_badge(window: MainWindow, view, name: str) -> None:
    session = window.session
    card = next(card for card in session.model.cards() if card.path.stem == name)
    row, closed = session.model.row_of(card.path), session.model.is_closed(card)
    view.show_row(row)
    area = view._cells.badge_area(view.cell_rect(row), session.model.size(card), closed=closed)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=area.center())


def test_a_click_on_the_number_opens_and_closes_a_stack(window: MainWindow) -> None:
    card = go(window, "burst0")
    best = next(c for c in window.session.model.siblings(card) if c.rank_in_group == 1).path.stem
    click_badge(window, window.grid, best)
    assert window.session.model.rowCount() == ALL - 2
    click_badge(window, window.filmstrip, best)
    assert window.session.model.rowCount() == ALL
    row = window.session.model.row_of(card.path)
    QTest.mouseClick(window.grid.viewport(), Qt.MouseButton.LeftButton, pos=window.grid.cell_rect(row).center())
    assert window.session.model.rowCount() == ALL, "a click on the photo only makes it active"
    assert window.session.active.path == card.path


def test_where_there_is_no_stack_there_is_no_badge(window: MainWindow) -> None:
    cells, rect = window.grid._cells, window.grid.cell_rect(0)
    assert cells.badge_area(rect, 1, closed=False).isEmpty()
    assert rect.contains(cells.badge_area(rect, 12, closed=False))
    strip, cell = window.filmstrip._cells, window.filmstrip.cell_rect(0)
    assert strip.badge_area(cell, 12, closed=False).isEmpty()
    assert cell.contains(strip.badge_area(cell, 12, closed=True).center())


# Unseen


def unseen(window: MainWindow) -> str:
    return window.strip.unseen.accessibleName()


def test_the_line_at_the_top_counts_what_was_neither_looked_at_nor_decided(
    make_window: Callable[..., MainWindow], tmp_path: Path, qtbot: QtBot
) -> None:
    folder = small_shoot(tmp_path / "shoot")
    window = make_window(folder)
    assert unseen(window) == f"Unseen {READABLE}"
    go(window, "single1")
    press(window, "P")
    assert unseen(window) == f"Unseen {READABLE - 1}"
    go(window, "single2")
    press(window, "E")
    qtbot.waitUntil(lambda: unseen(window) == f"Unseen {READABLE - 2}", timeout=PATIENCE_MS)
    press(window, "Ctrl+Z")
    assert unseen(window) == f"Unseen {READABLE - 2}", "what was seen stays seen"
    window.close()
    again = make_window(folder)
    assert unseen(again) == f"Unseen {READABLE - 2}"


def test_accepting_a_selection_is_not_looking_at_its_photos(window: MainWindow, qtbot: QtBot) -> None:
    go(window, "timeless")
    window.goal.number.setValue(3)
    choosing = window.session.choosing
    qtbot.waitUntil(lambda: choosing.is_on and not choosing.is_busy, timeout=PATIENCE_MS)
    active_is_in = choosing.choice(window.session.active.path) is not None
    window.goal.accept.click()
    assert len(made(window)) == 3
    assert unseen(window) == f"Unseen {READABLE - active_is_in}"
