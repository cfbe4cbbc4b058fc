"""Shoots are found again as they were left."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.filters import Filter, SortKey
from desktop.lineup_record import line_up
from desktop.main_window import MainWindow
from desktop.restore import ClosedStacks
from desktop.views.synced import Synced
from desktop.views.viewport import Viewport
from engine.settings import FILE_NAME, Settings, save
from tests.desktop.stage import imagined, stage
from tests.shoots import many

PATIENCE_MS = 100_000


def active(window: MainWindow) -> str | None:
    card = window.session.active
    return None if card is None else card.path.name


def test_each_shoot_is_found_as_it_was_left_within_one_window(
    make_window: Callable[..., MainWindow], tmp_path: Path, qtbot: QtBot
) -> None:
    first, second = many(tmp_path / "first", 4), many(tmp_path / "second", 2)
    window = make_window(first)
    session = window.session
    session.model.arrange(SortKey.NAME, True)
    scene = session.model.card(0).scene
    assert scene is not None
    session.model.set_filter(Filter(undecided=True, scenes=frozenset({scene})))
    session.place.go(1)
    left = active(window)
    window.show_view("loupe")
    window.loupe.look_at(Viewport(2.0, 0.25, 0.75))
    with qtbot.waitSignal(session.ended, timeout=PATIENCE_MS):
        session.open([second])
    assert session.model.filter.is_open and active(window) is not None
    assert [visit.folders for visit in window.restore.recent.visits] == [(second,), (first,)]
    window.show_view("grid")

    window.left.show_page(2)
    recent = window.left.folders.recent
    recent.list.setCurrentRow(1)
    recent.list.item(1).setSelected(True)
    with qtbot.waitSignal(session.ended, timeout=PATIENCE_MS):
        QTest.keyClick(recent.list, Qt.Key.Key_Return)
    assert active(window) == left and window.view == "loupe"
    assert (session.model.sort_key, session.model.descending) == (SortKey.NAME, True)
    assert session.model.filter == Filter(undecided=True, scenes=frozenset({scene}))
    assert window.loupe.viewport == Viewport(2.0, 0.25, 0.75)


def test_a_shoot_that_is_gone_is_named_and_can_be_taken_off_the_list(
    make_window: Callable[..., MainWindow], tmp_path: Path, qtbot: QtBot
) -> None:
    folder = many(tmp_path / "card", 1)
    window = make_window(folder)
    window.close()
    folder.rename(tmp_path / "elsewhere")
    window = make_window()
    with qtbot.waitSignal(window.session.unusable, timeout=PATIENCE_MS):
        assert window.restore.reopen()
    assert window.views.currentWidget() is window.empty and str(folder) in window.empty.hint.text()
    recent = window.empty.below
    assert recent is not None and recent.isVisible()
    qtbot.waitUntil(lambda: "is not there any more" in recent.list.item(0).text(), timeout=PATIENCE_MS)
    recent.list.setFocus()
    recent.list.setCurrentRow(0)
    QTest.keyClick(recent.list, Qt.Key.Key_Delete)
    assert recent.list.count() == 0 and not window.restore.reopen()


def test_who_wants_none_of_it_begins_anew(
    make_window: Callable[..., MainWindow], tmp_path: Path, data_folder: Path
) -> None:
    data_folder.mkdir(parents=True)
    save(Settings(reopen=False), data_folder / FILE_NAME)
    folder = many(tmp_path / "shoot", 3)
    window = make_window(folder)
    window.session.place.go(2)
    window.session.model.set_filter(Filter(undecided=True))
    window.close()
    assert json.loads((data_folder / "recent.json").read_bytes())[0]["left"]["filter"] == {
        "stars_rule": "at_least",
        "undecided": True,
    }
    window = make_window(folder)
    assert window.session.model.filter.is_open and window.session.selection.currentIndex().row() == 0
    assert not window.restore.reopen()


def test_closed_stacks_are_written_as_those_that_differ_from_most(qtbot: QtBot) -> None:
    with stage(imagined(8)) as made:
        model, stacks = made.model, {"g0", "g1", "g2", "g3"}
        for closed, but in ((set(), set()), ({"g0"}, {"g0"}), ({"g0", "g1", "g2"}, {"g3"}), (stacks, set())):
            model.close_stacks(closed)
            now = ClosedStacks.of(model)
            assert now.but == but and now.among(model.stacks) == model.closed_stacks == closed
            assert ClosedStacks.read(json.loads(json.dumps(now.written()))) == now
    assert ClosedStacks.read({"most": True, "but": ["gone", "g3", 3]}).among(stacks) == {"g0", "g1", "g2"}


def test_a_line_of_photos_that_makes_no_sense_is_the_usual_one(
    make_window: Callable[..., MainWindow], tmp_path: Path
) -> None:
    window = make_window(many(tmp_path / "shoot", 3))
    lineup, compare = window.lineup, window.views.compare
    for said in ({"photos": ["/gone.jpg"]}, {"photos": 3}, 3, {}, {"photos": [str(window.session.active.path)]}):
        line_up(said, lineup, compare)
        assert not lineup.is_on
    window.show_view("compare")
    usual = lineup.paths
    assert len(usual) == 3 and len(compare.cards) == 2
    for zoom in ("big", [1e9, 0, 0, True], [1.0, float("nan"), 0, False], [1.0, 5, 0, True], [None, 0, 0, 0], [1.0]):
        window.show_view("grid")
        line_up(
            {"photos": list(map(str, usual)), "zoom": zoom, "first": -4, "champion": "x", "count": 40}, lineup, compare
        )
        assert (lineup.paths, lineup.champion, compare.synced, compare.count) == (usual, None, Synced(), 2)
    whole: dict[str, object] = {"photos": list(map(str, usual)), "zoom": [2.0, 0.1, -0.1, True]}
    faces = ("nose", [0, 1, 0.5, 0.5, 0.5], [-1, 0, 0.1, 0.1, 0.1, 0.1], [0, 2, 0.1, 0.1, 0.1, 0.1], [0, 0, 7, 0, 0, 0])
    for face, alone in zip(faces, (3, [], {"x": 3}, {"x": [1, "y"]}, {"x": [9, 0]}), strict=True):
        window.show_view("grid")
        line_up({**whole, "face": face, "alone": alone}, lineup, compare)
        assert compare.synced == Synced(2.0, 0.1, -0.1, at_subject=True) and compare.alone == {}


@pytest.mark.parametrize(
    "left",
    [
        {"photo": 3, "view": "duel", "sort": "x", "zoom": "big", "row": "a", "closed": ["g"], "lineup": "x"},
        {"zoom": [1e9, 0, 0], "closed": {"but": [3, "gone"], "most": 1}},
        {"row": 10**9, "closed": {"but": 3}, "lineup": {"photos": ["/gone.jpg", 3]}, "view": 3},
    ],
)
def test_what_was_left_makes_no_sense(
    make_window: Callable[..., MainWindow], tmp_path: Path, data_folder: Path, left: dict[str, object]
) -> None:
    folder = many(tmp_path / "shoot", 1)
    data_folder.mkdir(parents=True)
    said = [{"folders": [str(folder)], "time": "2026-05-01T12:00:00+00:00", "photos": 1, "left": left}]
    (data_folder / "recent.json").write_text(json.dumps(said))
    window = make_window(folder)
    assert active(window) == "p000.jpg" and window.view == "grid" and window.loupe.viewport == Viewport()
