"""Faces: the strip in the panel, and the loupe that goes from face to face and from frame to frame."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPixmap
from pytestqt.qtbot import QtBot

from desktop.panels.faces import CROP, MOST, FacesPanel, crop_of
from desktop.views.face_lock import FaceLock
from desktop.views.loupe import LoupeView
from desktop.views.viewport import Viewport
from engine.turn import Turn
from engine.types import Card, Decision, EyeState, Region, Subject, SubjectSource
from tests.desktop.bursts_made import CLOSED, OPEN, UNKNOWN, face, with_faces
from tests.desktop.stage import SIZE, Stage, imagined, photographed, stage


@pytest.fixture
def panel(qtbot: QtBot) -> FacesPanel:
    made = FacesPanel()
    qtbot.addWidget(made)
    with qtbot.waitExposed(made, timeout=100_000):
        made.show()
    return made


def portrait(*faces: object) -> Card:
    return with_faces(imagined(1)[0], *faces)


def shown(panel: FacesPanel) -> list[str]:
    return [tile.accessibleName() for tile in panel.tiles if tile.isVisible()]


def test_without_faces_it_says_so(panel: FacesPanel) -> None:
    panel.show_card(portrait())
    assert panel.note.isVisible() and panel.note.text() == "No faces"
    assert shown(panel) == []


def test_where_faces_were_not_looked_for_nothing_is_claimed(panel: FacesPanel) -> None:
    panel.show_card(replace(portrait(), readings={}))
    assert panel.note.text() == "Not looked for yet"
    panel.are_sought = False
    panel.show_card(portrait())
    assert panel.note.text() == "Not looked for: the model pack finds no faces"
    panel.show_card(portrait(face(0.5, 0.5)))
    assert shown(panel) == ["Face 1: eyes open, sharpness 20"], "the cache may know of faces"


def test_each_face_has_its_sharpness_and_its_eyes_in_words(panel: FacesPanel) -> None:
    unmeasured = replace(face(0.8, 0.5, eyes=UNKNOWN), sharpness=None)
    panel.show_card(portrait(face(0.2, 0.5), face(0.5, 0.5, eyes=CLOSED, sharpness=7.25), unmeasured))
    assert shown(panel) == [
        "Face 1: eyes open, sharpness 20",
        "Face 2: blink, sharpness 7.25",
        "Face 3: can't tell, not measured",
    ]
    assert not panel.note.isVisible()
    panel.show_card(portrait(face(0.2, 0.5)))
    assert len(shown(panel)) == 1


def test_a_wink_is_not_told_as_open_or_closed(panel: FacesPanel) -> None:
    panel.show_card(portrait(face(0.2, 0.5, eyes=(EyeState.OPEN, EyeState.CLOSED))))
    assert shown(panel) == ["Face 1: can't tell, sharpness 20"]


def test_a_crowd_shows_its_largest_faces_and_says_how_many_more(panel: FacesPanel) -> None:
    panel.show_card(portrait(*(face(0.1 + 0.001 * number, 0.5, size=0.02) for number in range(300))))
    assert len(shown(panel)) == MOST
    assert panel.note.text() == f"and {300 - MOST} more: F goes to the next face"


def test_eye_states_differ_without_their_colours(panel: FacesPanel) -> None:
    pictures = []
    for eyes in (OPEN, CLOSED, UNKNOWN):
        panel.show_card(portrait(face(0.5, 0.5, eyes=eyes)))
        grey = panel.tiles[0].grab().toImage().convertToFormat(QImage.Format.Format_Mono)
        pictures.append(grey)
    assert pictures[0] != pictures[1] and pictures[1] != pictures[2] and pictures[0] != pictures[2]


def test_a_click_and_a_key_choose_a_face(panel: FacesPanel, qtbot: QtBot) -> None:
    panel.show_card(portrait(face(0.2, 0.5), face(0.6, 0.5)))
    with qtbot.waitSignal(panel.chosen, timeout=100_000) as told:
        qtbot.mouseClick(panel.tiles[1], Qt.MouseButton.LeftButton)
    assert told.args == [1]
    with qtbot.waitSignal(panel.chosen, timeout=100_000) as told:
        qtbot.keyClick(panel.tiles[0], Qt.Key.Key_Space)
    assert told.args == [0]


def test_a_crop_shows_the_face(qapp: object) -> None:
    picture = QImage(400, 200, QImage.Format.Format_RGB32)
    picture.fill(QColor(10, 10, 10))
    for x in range(180, 220):
        for y in range(80, 120):
            picture.setPixelColor(x, y, QColor(200, 0, 0))
    for source in (picture, QPixmap.fromImage(picture)):
        crop = crop_of(source, face(0.5, 0.5, size=0.1), 1.0).toImage()
        assert (crop.width(), crop.height()) == (CROP, CROP)
        assert crop.pixelColor(CROP // 2, CROP // 2).red() > 150
        assert crop.pixelColor(1, 1).red() < 60


@pytest.mark.parametrize(("x", "y"), [(0.0, 0.0), (1.0, 1.0), (0.5, -0.05), (3.0, 3.0)])
def test_a_face_at_the_edge_or_outside_is_no_crash(qapp: object, x: float, y: float) -> None:
    picture = QImage(100, 100, QImage.Format.Format_RGB32)
    picture.fill(QColor(90, 90, 90))
    crop = crop_of(picture, face(x, y), 1.0)
    assert crop.isNull() == (x > 2)
    assert crop_of(None, face(x, y), 1.0).isNull()


# From face to face


@pytest.fixture
def couple(tmp_path: Path) -> Iterator[Stage]:
    """Three frames of two people who move to the right; in the second one they are found in another order."""
    cards = photographed(tmp_path / "shoot", 4)
    frames = [
        with_faces(cards[0], face(0.3, 0.4), face(0.6, 0.5)),
        with_faces(cards[1], face(0.65, 0.5), face(0.35, 0.4)),
        with_faces(cards[2]),
        with_faces(cards[3], face(0.4, 0.4), face(0.7, 0.5)),
    ]
    with stage(frames) as made:
        yield made


@pytest.fixture
def loupe(couple: Stage, qtbot: QtBot) -> Iterator[LoupeView]:
    view = LoupeView(couple.model, couple.selection, couple.thumbnails)
    view.resize(600, 432)
    with qtbot.waitExposed(view, timeout=100_000):
        view.show()
    view.setFocus()
    couple.activate(0)
    yield view
    view.stop()
    view.close()
    view.deleteLater()


def middle(view: LoupeView) -> tuple[float, float]:
    return view.viewport.x, view.viewport.y


def test_f_goes_to_every_face_and_round_again(loupe: LoupeView, couple: Stage) -> None:
    faces = couple.model.card(0).faces
    seen = []
    for _ in range(3):
        assert loupe.next_face()
        assert loupe.zoom == pytest.approx(1.0)
        assert middle(loupe) == pytest.approx(faces[loupe.face].landmarks[0])
        seen.append(loupe.face)
    assert seen == [0, 1, 0]
    assert loupe.next_face(-1) and loupe.face == 1


def test_the_same_eye_stays_in_place_from_frame_to_frame(loupe: LoupeView, couple: Stage) -> None:
    loupe.next_face()
    loupe.next_face()
    couple.activate(1)
    assert loupe.face == 0, "found in another order, it is the same face"
    assert middle(loupe) == pytest.approx(couple.model.card(1).faces[0].landmarks[0])
    couple.activate(2)
    assert loupe.face is None
    assert middle(loupe) == pytest.approx(couple.model.card(1).faces[0].landmarks[0]), "without a face it stays"
    couple.activate(3)
    assert middle(loupe) == pytest.approx(couple.model.card(3).faces[1].landmarks[0])


def test_a_view_that_was_dragged_off_the_eye_stays_as_far_from_it(loupe: LoupeView, couple: Stage) -> None:
    loupe.next_face()
    loupe._set_viewport(loupe.viewport.moved(QPointF(-60, -40), *loupe.geometry_of_picture()))
    eye = couple.model.card(0).faces[0].landmarks[0]
    away = loupe.viewport.x - eye[0], loupe.viewport.y - eye[1]
    assert away == pytest.approx((60 / SIZE[0], 40 / SIZE[1]))
    couple.activate(1)
    eye = couple.model.card(1).faces[1].landmarks[0]
    assert middle(loupe) == pytest.approx((eye[0] + away[0], eye[1] + away[1]))


def test_zoom_is_kept_and_fitting_in_lets_the_face_go(loupe: LoupeView, couple: Stage, qtbot: QtBot) -> None:
    loupe.next_face()
    qtbot.keyClick(loupe, Qt.Key.Key_Z)
    assert loupe.zoom == pytest.approx(2.0) and loupe.face == 0
    couple.activate(1)
    assert loupe.zoom == pytest.approx(2.0) and loupe.face == 1
    qtbot.keyClick(loupe, Qt.Key.Key_Z)
    assert loupe.viewport.zoom is None and loupe.face is None


def test_a_held_space_leads_back_to_the_face(loupe: LoupeView, qtbot: QtBot) -> None:
    loupe.next_face()
    before = loupe.viewport
    qtbot.keyPress(loupe, Qt.Key.Key_Space)
    assert loupe.face is None
    qtbot.keyRelease(loupe, Qt.Key.Key_Space)
    assert (loupe.viewport, loupe.face) == (before, 0)


def test_a_photo_without_faces_says_so(loupe: LoupeView, couple: Stage) -> None:
    couple.activate(2)
    assert not loupe.next_face()
    assert loupe.viewport.zoom is None


def test_z_goes_to_the_subject_wherever_it_is_sharpest(loupe: LoupeView, couple: Stage, qtbot: QtBot) -> None:
    couple.change(0, subject=Subject(Region(0.3, 0.6, 0.1, 0.1), SubjectSource.AF))
    qtbot.keyClick(loupe, Qt.Key.Key_Z)
    assert middle(loupe) == pytest.approx((0.35, 0.65))
    couple.activate(3)
    assert middle(loupe) == pytest.approx((0.35, 0.65)), "the place is kept"
    qtbot.keyClick(loupe, Qt.Key.Key_Z)
    qtbot.keyClick(loupe, Qt.Key.Key_Z)
    couple.change(3, subject=None)
    qtbot.keyClick(loupe, Qt.Key.Key_Z)
    assert middle(loupe) == pytest.approx((0.75, 0.25)), "the sharpest part where nothing is known of the subject"


def test_the_eye_that_can_be_judged_is_taken() -> None:
    half = face(0.5, 0.5, eyes=(EyeState.UNKNOWN, EyeState.OPEN))
    assert FaceLock.on([half], 0).eye == 1
    assert FaceLock.on([face(0.5, 0.5, eyes=UNKNOWN)], 0).eye == 0


def test_r_turns_the_place_along_and_the_face_stays(loupe: LoupeView, couple: Stage, qtbot: QtBot) -> None:
    loupe.next_face()
    loupe.next_face()
    for turn in (Turn.RIGHT, Turn.OVER, Turn.NONE):
        couple.decide(0, Decision(turn=turn))
        assert middle(loupe) == pytest.approx(couple.model.card(0).faces[1].landmarks[0])
        assert loupe.face == 1 and loupe.zoom == pytest.approx(1.0)
    loupe.look_at(Viewport(1.0, 1.0, 0.0))
    upright = loupe.viewport.settled(*loupe.geometry_of_picture())
    couple.decide(0, Decision(turn=Turn.RIGHT))
    assert middle(loupe) == pytest.approx((1 - upright.y, upright.x)), "what was in the middle, not beyond the edge"
    loupe.look_at(Viewport(1.0, 0.4, 0.3))
    qtbot.keyPress(loupe, Qt.Key.Key_Space)
    couple.decide(0, Decision())
    qtbot.keyRelease(loupe, Qt.Key.Key_Space)
    assert middle(loupe) == pytest.approx((0.3, 0.6)), "turned while Space was held"
    qtbot.keyClick(loupe, Qt.Key.Key_Z)
    qtbot.keyClick(loupe, Qt.Key.Key_Z)
    couple.decide(0, Decision(turn=Turn.LEFT))
    assert loupe.viewport.zoom is None
