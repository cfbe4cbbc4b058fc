"""Compare: photos side by side that zoom and move as one, a champion and its challengers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop import lineup_record
from desktop.filters import Filter
from desktop.lineup import Lineup
from desktop.picture import Picture
from desktop.pixels import PictureLoader, load
from desktop.views.compare import CompareView
from desktop.views.overlays import Overlays
from engine.turn import Turn
from engine.types import Decision, Flag, GroupKind, Reading, Region, Subject, SubjectSource
from tests.desktop.bursts_made import face
from tests.desktop.stage import MARK, SIZE, Stage, photographed, stage

Keys = Qt.KeyboardModifier


@dataclass(frozen=True)
class Comparison:
    """The view on a stage of eight photos: a burst of six, and two on their own."""

    stage: Stage
    lineup: Lineup
    view: CompareView

    def press(self, key: Qt.Key, modifiers: Keys = Keys.NoModifier) -> None:
        QTest.keyClick(self.view, key, modifiers)

    def enter(self, row: int, *others: int) -> None:
        """Compare the photo in a row, with others selected beside it."""
        self.stage.activate(row)
        for other in others:
            self.stage.selection.select(self.stage.model.index(other), QItemSelectionModel.SelectionFlag.Select)
        self.lineup.enter()
        self.view.show()

    @property
    def rows(self) -> list[int | None]:
        return [self.stage.model.row_of(card.path) for card in self.view.cards]

    @property
    def centres(self) -> list[tuple[float, float]]:
        panes = [pane for pane in self.view.panes if pane.isVisible()]
        return [(round(pane.viewport.x, 4), round(pane.viewport.y, 4)) for pane in panes]


@pytest.fixture
def compared(tmp_path: Path, qtbot: QtBot) -> Iterator[Comparison]:
    cards = photographed(tmp_path / "shoot", 8)
    burst = [replace(card, group="burst", rank_in_group=i + 1) for i, card in enumerate(cards[:6])]
    alone = [replace(card, group=None, group_kind=GroupKind.SINGLE) for card in cards[6:]]
    with stage([*burst, *alone]) as made:
        pictures, overlays = PictureLoader(), Overlays()
        lineup = Lineup(made.model, made.selection)
        view = CompareView(lineup, made.thumbnails, pictures, overlays)
        view.resize(1000, 700)
        yield Comparison(made, lineup, view)
        pictures.stop()
        overlays.stop()
        view.close()
        view.deleteLater()


def test_the_selection_stands_side_by_side_and_a_mark_hits_one(compared: Comparison) -> None:
    compared.enter(1, 3, 7)
    assert compared.rows == [1, 3, 7]
    assert len(compared.stage.selection.selectedRows()) == 1, "a mark hits the active photo alone"
    assert compared.view.active_pane is compared.view.panes[0]
    compared.press(Qt.Key.Key_Right)
    assert compared.stage.row == 3
    assert compared.view.panes[1].accessibleName() == "Photo 2, active: IMG_0003.jpg"
    assert compared.view.panes[0].accessibleName() == "Photo 1: IMG_0001.jpg"
    assert "IMG_0003.jpg" in compared.view.accessibleDescription()
    compared.view.hide()
    compared.lineup.leave()
    assert sorted(index.row() for index in compared.stage.selection.selectedRows()) == [1, 3, 7]


def test_without_a_selection_it_is_the_burst_or_else_the_next_photos(compared: Comparison) -> None:
    compared.enter(1)
    assert compared.rows == [1, 2, 3, 4]
    compared.press(Qt.Key.Key_End)
    assert compared.rows == [2, 3, 4, 5], "the burst ends here"
    compared.view.hide()
    compared.lineup.leave()
    compared.enter(6)
    assert compared.rows == [6, 7]


def test_more_and_fewer_photos_two_to_six(compared: Comparison) -> None:
    compared.enter(0)
    counts = []
    for key in (Qt.Key.Key_Plus, *[Qt.Key.Key_Equal] * 2, *[Qt.Key.Key_Minus] * 5):
        compared.press(key)
        counts.append(len(compared.rows))
    assert counts == [5, 6, 6, 5, 4, 3, 2, 2]
    areas = [pane.geometry() for pane in compared.view.panes if pane.isVisible()]
    assert not areas[0].intersects(areas[1])


def test_challengers_scroll_beside_the_pinned_champion(compared: Comparison) -> None:
    compared.enter(1)
    compared.press(Qt.Key.Key_Minus)
    compared.press(Qt.Key.Key_Minus)
    champion = compared.lineup.pin()
    assert champion == compared.stage.model.card(1)
    seen = [compared.rows]
    for _ in range(3):
        compared.press(Qt.Key.Key_Right)
        seen.append(compared.rows)
    assert seen == [[1, 2], [1, 3], [1, 4], [1, 5]]
    assert compared.view.panes[0].accessibleName() == "Champion: IMG_0001.jpg"
    assert compared.view.panes[0].place().startswith("champion")
    compared.press(Qt.Key.Key_Up)
    assert compared.stage.row == 1
    compared.press(Qt.Key.Key_Down)
    assert compared.stage.row == 5
    compared.lineup.pin()
    assert compared.lineup.champion == compared.stage.model.card(5).path, "the challenger has won"
    compared.press(Qt.Key.Key_Up)
    assert compared.lineup.pin() is None and compared.lineup.champion is None


def test_all_zoom_to_their_own_subject_and_move_as_one(compared: Comparison) -> None:
    subject = Subject(Region(0.2, 0.6, 0.1, 0.1), SubjectSource.EYES)
    compared.stage.change(1, subject=subject)
    compared.enter(0)
    compared.press(Qt.Key.Key_Z)
    assert {pane.zoom for pane in compared.view.panes if pane.isVisible()} == {1.0}
    assert compared.centres[:3] == [MARK, (0.25, 0.65), MARK]
    compared.press(Qt.Key.Key_Left, Keys.ControlModifier)
    first, second, third = compared.centres[:3]
    assert first == third and first[0] < MARK[0]
    assert first[0] - MARK[0] == pytest.approx(second[0] - 0.25, abs=1e-3)
    compared.press(Qt.Key.Key_Z)
    assert {pane.zoom for pane in compared.view.panes if pane.isVisible()} == {2.0}
    compared.press(Qt.Key.Key_Z)
    assert len({pane.viewport.zoom for pane in compared.view.panes if pane.isVisible()}) == 1
    assert compared.view.panes[0].viewport.zoom is None


def test_a_photo_that_is_turned_keeps_its_place_and_the_others_theirs(compared: Comparison) -> None:
    compared.enter(0)
    compared.press(Qt.Key.Key_Z)
    compared.press(Qt.Key.Key_Left, Keys.ControlModifier)
    compared.press(Qt.Key.Key_Down, Keys.ControlModifier | Keys.ShiftModifier)
    here, *others = compared.centres
    compared.stage.decide(0, Decision(turn=Turn.RIGHT))
    assert compared.centres == [pytest.approx((1 - here[1], here[0]), abs=2e-3), *others]
    compared.press(Qt.Key.Key_Left, Keys.ControlModifier)
    moved = compared.centres
    assert moved[1][0] < others[0][0] and moved[0][0] < 1 - here[1], "they still move as one"
    compared.press(Qt.Key.Key_Z)
    compared.press(Qt.Key.Key_Z)
    compared.stage.decide(0, Decision())
    compared.press(Qt.Key.Key_Z)
    assert compared.centres[0] == MARK, "nothing is left of it once all was seen whole"


def test_f_goes_to_the_same_eye_of_the_same_face_in_all(compared: Comparison) -> None:
    compared.stage.change(0, faces=(face(0.3, 0.4), face(0.6, 0.5)))
    compared.stage.change(1, faces=(face(0.65, 0.5), face(0.35, 0.4)))
    compared.stage.change(2, faces=())
    compared.enter(0)
    first, second = compared.stage.model.card(0).faces
    late, early = compared.stage.model.card(1).faces
    assert compared.view.next_face()
    assert {pane.zoom for pane in compared.view.panes if pane.isVisible()} == {1.0}
    assert compared.centres[:3] == [pytest.approx(one.landmarks[0], abs=1e-4) for one in (first, early, first)]
    compared.press(Qt.Key.Key_Right)
    assert compared.view.next_face()
    assert compared.centres[:2] == [pytest.approx(one.landmarks[0], abs=1e-4) for one in (second, late)]
    compared.stage.decide(1, Decision(turn=Turn.OVER))
    turned = compared.stage.model.card(1).faces[0]
    assert compared.centres[1] == pytest.approx(turned.landmarks[0], abs=1e-3), "the same eye of a turned photo"
    assert compared.view.next_face() and compared.view.next_face(-1)
    assert compared.centres[:2] == [pytest.approx(one.landmarks[0], abs=1e-4) for one in (second, turned)]
    compared.press(Qt.Key.Key_Right)
    assert not compared.view.next_face(), "a photo without faces"


def test_space_zooms_while_it_is_held(compared: Comparison) -> None:
    compared.enter(0)
    QTest.keyPress(compared.view, Qt.Key.Key_Space)
    assert compared.view.panes[2].zoom == 1.0
    QTest.keyRelease(compared.view, Qt.Key.Key_Space)
    assert compared.view.panes[2].viewport.zoom is None


def test_zoom_stays_while_the_view_is_away_and_ends_with_the_line(compared: Comparison) -> None:
    compared.enter(0)
    compared.press(Qt.Key.Key_Z)
    compared.view.hide()
    compared.view.show()
    assert compared.view.panes[0].viewport.zoom == 1.0
    compared.lineup.leave()
    compared.lineup.enter()
    assert compared.view.panes[0].viewport.zoom is None


def drag(compared: Comparison, number: int, by: QPoint, modifiers: Keys = Keys.NoModifier) -> None:
    pane = compared.view.panes[number]
    start = QPoint(pane.width() // 2, pane.height() // 3)
    QTest.mousePress(pane, Qt.MouseButton.LeftButton, modifiers, start)
    for share in (0.5, 1.0):
        at = start + by * share
        position = pane.mapToGlobal(at)
        event = _moved(pane, at, position, modifiers)
        pane.mouseMoveEvent(event)
    QTest.mouseRelease(pane, Qt.MouseButton.LeftButton, modifiers, start + by)


def _moved(pane, at: QPoint, everywhere: QPoint, modifiers: Keys):
    from PySide6.QtCore import QEvent, QPointF
    from PySide6.QtGui import QMouseEvent

    left = Qt.MouseButton.LeftButton
    return QMouseEvent(QEvent.Type.MouseMove, QPointF(at), QPointF(everywhere), left, left, modifiers)


def test_a_drag_moves_all_and_with_shift_one_alone(compared: Comparison) -> None:
    compared.enter(0)
    compared.press(Qt.Key.Key_Z)
    drag(compared, 1, QPoint(80, 0))
    before = compared.centres
    assert len(set(before)) == 1 and before[0][0] < MARK[0]
    drag(compared, 1, QPoint(40, 20), Keys.ShiftModifier)
    after = compared.centres
    assert after[1] != before[1] and [after[0], after[2], after[3]] == [before[0], before[2], before[3]]
    compared.press(Qt.Key.Key_Right, Keys.ControlModifier)
    apart = (after[1][0] - after[0][0], after[1][1] - after[0][1])
    now = compared.centres
    assert (now[1][0] - now[0][0], now[1][1] - now[0][1]) == pytest.approx(apart, abs=1e-3), "it stays shifted"
    alone = compared.centres
    compared.press(Qt.Key.Key_Right, Keys.ControlModifier | Keys.ShiftModifier)
    assert compared.centres[1] != alone[1] and compared.centres[0] == alone[0]


def test_they_come_back_as_they_lay(compared: Comparison) -> None:
    faces = [(face(0.3 + 0.01 * row, 0.4), face(0.6, 0.5)) for row in range(4)]
    for row, known in enumerate(faces):
        compared.stage.change(row, faces=known)
    compared.enter(0)
    assert compared.view.next_face()
    compared.press(Qt.Key.Key_Right, Keys.ControlModifier | Keys.ShiftModifier)
    left = compared.centres
    assert left[0] != pytest.approx(faces[0][0].landmarks[0], abs=1e-3), "moved off the eye, alone"
    assert left[1] == pytest.approx(faces[1][0].landmarks[0], abs=1e-3)
    said = json.loads(json.dumps(lineup_record.written(compared.lineup, compared.view)))
    compared.lineup.leave()
    compared.stage.change(1, faces=())
    lineup_record.line_up(said, compared.lineup, compared.view)
    assert compared.centres[0] == left[0] and compared.centres[2:] == left[2:]
    assert compared.centres[1] == pytest.approx(faces[0][0].landmarks[0], abs=1e-3), "as near as can be told"
    compared.stage.change(1, faces=faces[1])
    assert compared.centres == left, "and exactly once its faces are known"
    assert compared.view.next_face()
    assert compared.centres[0] == pytest.approx(faces[0][1].landmarks[0], abs=1e-3), "the next face is the other one"


def test_a_click_makes_a_photo_active_and_the_next_one_zooms_all(compared: Comparison) -> None:
    compared.enter(0)
    pane = compared.view.panes[2]
    QTest.mouseClick(pane, Qt.MouseButton.LeftButton, pos=QPoint(60, 60))
    assert compared.stage.row == 2 and pane.viewport.zoom is None
    QTest.mouseClick(pane, Qt.MouseButton.LeftButton, pos=QPoint(60, 60))
    assert {each.zoom for each in compared.view.panes if each.isVisible()} == {1.0}


def test_two_photos_take_turns_in_one_place(compared: Comparison, qtbot: QtBot) -> None:
    compared.enter(0)
    compared.press(Qt.Key.Key_Z)
    compared.view.flip()
    assert compared.rows == [1]
    lies = compared.view.panes[0].geometry(), compared.view.panes[0].viewport
    compared.view.flip()
    assert compared.rows == [0]
    assert (compared.view.panes[0].geometry(), compared.view.panes[0].viewport) == lies
    compared.press(Qt.Key.Key_Escape)
    assert compared.rows == [0, 1, 2, 3]
    with qtbot.waitSignal(compared.view.closed, timeout=100_000):
        compared.press(Qt.Key.Key_Escape)


def test_what_was_measured_stands_beside_each_photo(compared: Comparison) -> None:
    def sharpness(value: float) -> dict[str, Reading]:
        name = "subject_sharpness"
        return {name: Reading(name, value, "grey levels", (5.0, 60.0), Region(*MARK, 0.1, 0.1), 0.5)}

    compared.stage.change(0, readings=sharpness(20.0))
    compared.stage.change(1, readings=sharpness(41.0))
    compared.stage.change(2, readings=sharpness(20.1))
    compared.enter(0)
    notes = [pane.note for pane in compared.view.panes]
    assert notes[0] == "The others are measured against this one"
    assert notes[1] == "Measured: sharper on the subject (41.00, 20.00), against IMG_0000"
    assert notes[2] == "Measured: as good as IMG_0000"
    assert notes[1] in compared.view.panes[1].accessibleDescription()
    compared.press(Qt.Key.Key_Right)
    assert compared.view.panes[0].note == "Measured: softer on the subject (20.00, 41.00), against IMG_0001"


def test_a_photo_on_its_own_says_how_it_gets_company(compared: Comparison) -> None:
    compared.stage.model.decide({compared.stage.model.card(0).path: Decision(Flag.PICK)})
    compared.stage.model.set_filter(Filter(flags=frozenset({Flag.PICK})))
    compared.enter(0)
    assert compared.view.panes[0].note == "Alone: select more photos in the grid to compare it"


def test_a_photo_that_a_mark_filters_out_makes_room_for_the_next(compared: Comparison) -> None:
    compared.stage.model.set_filter(Filter(undecided=True))
    compared.enter(0)
    compared.press(Qt.Key.Key_Right)
    rejected = compared.stage.model.card(1)
    compared.stage.model.decide({rejected.path: Decision(Flag.REJECT)})
    assert [card.path.name for card in compared.view.cards] == [f"IMG_000{n}.jpg" for n in (0, 2, 3, 4)]
    assert compared.lineup.active == compared.view.cards[1]
    compared.stage.model.decide({rejected.path: Decision()})
    assert rejected.path in [card.path for card in compared.view.cards], "undo brings it back to its place"


def test_a_photo_from_elsewhere_challenges_the_champion(compared: Comparison) -> None:
    compared.enter(0)
    compared.lineup.pin()
    compared.stage.activate(7)
    assert compared.rows[0] == 0 and compared.rows[-1] == 7
    compared.lineup.champion = None
    compared.stage.activate(6)
    assert compared.rows == [4, 5, 6, 7], "without one it is compared with its own neighbours"


def test_the_challenger_that_comes_next_is_decoded_ahead(compared: Comparison, qtbot: QtBot) -> None:
    compared.enter(0)
    compared.press(Qt.Key.Key_Minus)
    compared.press(Qt.Key.Key_Minus)
    pictures, model = compared.view.pictures, compared.stage.model
    for row in (0, 1, 2):
        qtbot.waitUntil(lambda row=row: pictures.picture(model.card(row)) is not None, timeout=100_000)
    assert pictures.picture(model.card(4)) is None


def test_too_many_pixels_are_held_at_half_size_and_it_is_said(
    compared: Comparison, qtbot: QtBot, tmp_path: Path
) -> None:
    def two_levels(card) -> Picture:
        whole = load(card)
        return replace(whole, levels=(whole.levels[0], whole.levels[0].scaled(600, 400)))

    each = two_levels(compared.stage.model.card(0)).bytes
    loader = PictureLoader(limit_bytes=round(2.6 * each), decode=two_levels)
    cards = [compared.stage.model.card(row) for row in range(4)]
    loader.request(cards)
    qtbot.waitUntil(lambda: all(loader.picture(card) is not None for card in cards), timeout=100_000)
    notes = [loader.picture(card).note for card in cards]
    assert notes == [None, None, "half size 600 px", "half size 600 px"]
    loader.request(list(reversed(cards)))
    qtbot.waitUntil(lambda: loader.picture(cards[3]).note is None, timeout=100_000)
    assert loader.picture(cards[0]).levels[0].width() < SIZE[0]
    loader.stop()
