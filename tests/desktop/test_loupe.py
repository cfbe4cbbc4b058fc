"""The loupe: what is on the screen, at which zoom, and what happens to pictures that cannot be had."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.picture import Picture
from desktop.pixels import PictureLoader, load
from desktop.views.information import InformationBar
from desktop.views.loupe import LoupeView
from desktop.views.viewport import Viewport
from engine.files import decode, shoot
from engine.types import Card, Decision, FileStamp, Flag, Frame, Photo
from tests.desktop.stage import MARK, SIZE, Stage, photographed, stage

BYTES = SIZE[0] * SIZE[1] * 3


@pytest.fixture
def few(tmp_path: Path) -> Iterator[Stage]:
    with stage(photographed(tmp_path / "shoot", 6)) as made:
        yield made


@pytest.fixture
def make_loupe() -> Iterator[Callable[[Stage], LoupeView]]:
    """`make_loupe(stage)`: a loupe whose picture area is 600 x 400, not shown yet."""
    views: list[LoupeView] = []

    def make(made: Stage) -> LoupeView:
        views.append(LoupeView(made.model, made.selection, made.thumbnails))
        views[-1].resize(600, 432)
        return views[-1]

    yield make
    for view in views:
        view.stop()
        view.close()
        view.deleteLater()


@pytest.fixture
def loupe(few: Stage, make_loupe: Callable[[Stage], LoupeView], qtbot: QtBot) -> LoupeView:
    view = make_loupe(few)
    with qtbot.waitExposed(view, timeout=100_000):
        view.show()
    view.setFocus()
    few.activate(0)
    wait_for_pixels(view, qtbot)
    return view


def wait_for_pixels(view: LoupeView, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: view.pictures.picture(view.card) is not None, timeout=100_000)


def middle(view: LoupeView) -> QPoint:
    return QPoint(view.width() // 2, (view.height() - 32) // 2)


def colour(view: LoupeView, at: QPoint) -> tuple[int, int, int]:
    pixel = view.grab().toImage().pixelColor(at)
    return pixel.red(), pixel.green(), pixel.blue()


def is_red(view: LoupeView, at: QPoint) -> bool:
    red, green, _ = colour(view, at)
    return red > 150 and green < 90


def test_a_photo_is_fitted_in_at_first(loupe: LoupeView) -> None:
    assert loupe.zoom == pytest.approx(0.5)
    assert is_red(loupe, QPoint(round(600 * MARK[0]), round(400 * MARK[1])))
    assert colour(loupe, middle(loupe)) == pytest.approx((40, 40, 40), abs=2)
    assert loupe.information()[:2] == ["IMG_0000.jpg", "Fit 50 %"]


def test_z_shows_every_pixel_of_the_sharpest_part(loupe: LoupeView, qtbot: QtBot) -> None:
    zooms = []
    for _ in range(3):
        qtbot.keyClick(loupe, Qt.Key.Key_Z)
        zooms.append(loupe.zoom)
    assert zooms == pytest.approx([1.0, 2.0, 0.5])
    qtbot.keyClick(loupe, Qt.Key.Key_Z)
    assert is_red(loupe, middle(loupe))
    assert is_red(loupe, middle(loupe) + QPoint(17, 17)), "40 pixels of the photo are 40 on the screen"
    assert not is_red(loupe, middle(loupe) + QPoint(24, 0))
    assert loupe.information()[1] == "100 %"


def test_space_zooms_while_it_is_held(loupe: LoupeView, qtbot: QtBot) -> None:
    qtbot.keyPress(loupe, Qt.Key.Key_Space)
    assert loupe.zoom == pytest.approx(1.0)
    assert is_red(loupe, middle(loupe))
    qtbot.keyRelease(loupe, Qt.Key.Key_Space)
    assert loupe.zoom == pytest.approx(0.5)


def test_place_and_zoom_stay_from_frame_to_frame(few: Stage, loupe: LoupeView, qtbot: QtBot) -> None:
    qtbot.keyClick(loupe, Qt.Key.Key_Z)
    before = loupe.viewport
    qtbot.keyClick(loupe, Qt.Key.Key_Right)
    assert few.row == 1
    wait_for_pixels(loupe, qtbot)
    assert loupe.viewport == before
    assert is_red(loupe, middle(loupe))
    few.activate(5)
    assert loupe.viewport == before


def test_left_right_home_and_end_hold_at_both_ends(few: Stage, loupe: LoupeView, qtbot: QtBot) -> None:
    for key, row in (
        (Qt.Key.Key_Left, 0),
        (Qt.Key.Key_Right, 1),
        (Qt.Key.Key_End, 5),
        (Qt.Key.Key_Right, 5),
        (Qt.Key.Key_Home, 0),
    ):
        qtbot.keyClick(loupe, key)
        assert few.row == row


def test_dragging_moves_the_picture_and_stops_at_its_edge(loupe: LoupeView, qtbot: QtBot) -> None:
    loupe.actual_pixels()
    start = middle(loupe)
    qtbot.mousePress(loupe, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(loupe, start + QPoint(-30, 40))
    qtbot.mouseRelease(loupe, Qt.MouseButton.LeftButton, pos=start + QPoint(-30, 40))
    assert loupe.viewport.x == pytest.approx(0.75, abs=0.01), "the right edge is reached already"
    assert loupe.viewport.y == pytest.approx(0.25, abs=0.01), "the top edge is reached already"
    qtbot.mousePress(loupe, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(loupe, start + QPoint(200, -60))
    qtbot.mouseRelease(loupe, Qt.MouseButton.LeftButton, pos=start + QPoint(200, -60))
    assert loupe.viewport.x == pytest.approx(0.75 - 200 / 1200, abs=0.01)
    assert loupe.viewport.y == pytest.approx(0.25 + 60 / 800, abs=0.01)


def test_two_photos_take_turns_at_one_place_and_zoom(few: Stage, loupe: LoupeView, qtbot: QtBot) -> None:
    few.activate(4)
    few.activate(1)
    qtbot.keyClick(loupe, Qt.Key.Key_Z)
    lies = loupe.viewport
    rows = []
    for _ in range(3):
        loupe.flip()
        rows.append(few.row)
    assert rows == [4, 1, 4] and loupe.viewport == lies


def test_control_with_arrows_moves_and_with_plus_and_minus_zooms(loupe: LoupeView, qtbot: QtBot) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(loupe, Qt.Key.Key_Left, control)
    assert loupe.viewport == Viewport(), "what is fitted in stays"
    for key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Plus, Qt.Key.Key_Minus):
        qtbot.keyClick(loupe, key, control)
    assert loupe.zoom == pytest.approx(0.5 * 1.25**2)
    before = loupe.viewport
    qtbot.keyClick(loupe, Qt.Key.Key_Right, control)
    qtbot.keyClick(loupe, Qt.Key.Key_Up, control)
    assert loupe.viewport.x > before.x and loupe.viewport.y < before.y


def test_a_click_shows_every_pixel_there_and_a_second_one_all(loupe: LoupeView, qtbot: QtBot) -> None:
    at = QPoint(round(600 * MARK[0]), round(400 * MARK[1]))
    qtbot.mouseClick(loupe, Qt.MouseButton.LeftButton, pos=at)
    assert loupe.zoom == pytest.approx(1.0)
    assert is_red(loupe, at), "what was under the pointer is under it still"
    qtbot.mouseClick(loupe, Qt.MouseButton.LeftButton, pos=at)
    assert loupe.zoom == pytest.approx(0.5)


def test_the_wheel_zooms_about_the_pointer_and_back_to_fitted(loupe: LoupeView) -> None:
    at = QPointF(450, 100)

    def turn(delta: int) -> None:
        event = QWheelEvent(
            at,
            loupe.mapToGlobal(at),
            QPoint(),
            QPoint(0, delta),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(loupe, event)

    for _ in range(4):
        turn(120)
    assert loupe.zoom == pytest.approx(0.5 * 1.25**4)
    assert is_red(loupe, at.toPoint())
    for _ in range(5):
        turn(-120)
    assert loupe.viewport.zoom is None


def test_the_thumbnail_stands_in_until_the_pixels_arrive(
    few: Stage, make_loupe: Callable[[Stage], LoupeView], qtbot: QtBot
) -> None:
    few.thumbnails.want([few.model.card(3)])
    qtbot.waitUntil(lambda: few.thumbnails.pixmap(few.model.card(3)) is not None, timeout=100_000)
    view = make_loupe(few)
    few.activate(3)
    assert view.source_note() == "thumbnail, loading"
    assert colour(view, middle(view)) == pytest.approx((70, 70, 70), abs=3)
    view.show()
    wait_for_pixels(view, qtbot)
    assert view.source_note() is None
    assert view.zoom == pytest.approx(0.5), "nothing jumps"


def test_the_neighbours_are_decoded_ahead(few: Stage, loupe: LoupeView, qtbot: QtBot) -> None:
    few.activate(2)
    for row in (1, 2, 3):
        qtbot.waitUntil(lambda row=row: loupe.pictures.picture(few.model.card(row)) is not None, timeout=100_000)
    assert loupe.pictures.picture(few.model.card(5)) is None


def test_a_hidden_loupe_decodes_nothing(few: Stage, loupe: LoupeView, qtbot: QtBot) -> None:
    loupe.hide()
    few.activate(4)
    loupe.stop()
    assert loupe.pictures.picture(few.model.card(4)) is None


def test_the_latest_request_wins_and_memory_is_bounded(
    few: Stage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, both_asked = decode.full, threading.Event()

    def full(photo: Photo) -> Frame:
        both_asked.wait()
        return whole(photo)

    monkeypatch.setattr(decode, "full", full)
    loader = PictureLoader(limit_bytes=2 * BYTES + 1000)
    cards = [few.model.card(row) for row in range(6)]
    with qtbot.waitSignal(loader.arrived, timeout=100_000, check_params_cb=lambda path: path == cards[5].path):
        loader.request(cards[:5])
        loader.request([cards[5]])
        both_asked.set()
    assert loader.picture(cards[4]) is None, "it waited behind the first ones and is wanted no more"
    for card in cards:
        loader.request([card])
        qtbot.waitUntil(lambda card=card: loader.picture(card) is not None, timeout=100_000)
    assert [loader.picture(card) is not None for card in cards] == [False] * 4 + [True] * 2
    loader.stop()


def test_after_the_end_nothing_is_decoded(few: Stage, loupe: LoupeView, qtbot: QtBot) -> None:
    loupe.stop()
    few.activate(5)
    assert loupe.pictures.picture(few.model.card(5)) is None


def test_a_picture_larger_than_the_limit_is_shown_all_the_same(few: Stage, qtbot: QtBot) -> None:
    loader = PictureLoader(limit_bytes=1000)
    card = few.model.card(0)
    loader.request([card])
    qtbot.waitUntil(lambda: loader.picture(card) is not None, timeout=100_000)
    loader.stop()


def test_a_photo_that_vanished_says_so(few: Stage, loupe: LoupeView, qtbot: QtBot) -> None:
    card = few.model.card(4)
    card.path.unlink()
    few.activate(4)
    wait_for_pixels(loupe, qtbot)
    assert loupe.pictures.picture(card).error
    assert loupe.reason()
    assert card.path.name not in loupe.reason()
    assert loupe.grab().toImage() != QImage()


def test_an_unreadable_photo_says_why(few: Stage, loupe: LoupeView) -> None:
    path = few.model.card(0).path
    few.change(0, error=f"{path}: the file has 0 bytes. Copy it again.", verdict=None, rank=None)
    assert loupe.reason() == "The file has 0 bytes. Copy it again."
    assert loupe.information() == ["IMG_0000.jpg"]


@pytest.mark.parametrize(
    ("source", "edge", "note"),
    [("preview", 1620, "preview 1620 px"), ("raw half", 3000, "half size 3000 px"), ("full", 6000, None)],
)
def test_less_than_every_pixel_is_said(source: str, edge: int, note: str | None) -> None:
    level = QImage(edge, edge * 2 // 3, QImage.Format.Format_RGB888)
    assert Picture(FileStamp(1, 1, 1), QSize(6000, 4000), source, (level,)).note == note


def test_no_zoom_scales_by_more_than_two(tmp_path: Path) -> None:
    Image.new("RGB", (5000, 400), (90, 90, 90)).save(tmp_path / "wide.jpg")
    picture = load(Card(shoot.read([tmp_path]).photos[0]))
    assert [level.width() for level in picture.levels] == [5000, 2500, 1250]
    assert picture.level(0.25).width() == 1250
    assert picture.level(0.3).width() == 2500
    assert picture.level(2.0).width() == 5000


def test_hidden_scores_and_decisions_reach_the_line_below(few: Stage, loupe: LoupeView) -> None:
    def line() -> str:
        return loupe.findChild(InformationBar).accessibleDescription()

    assert "#1" in line()
    few.model.scores_hidden = True
    assert "#1" not in line()
    bare = loupe.grab().toImage()
    few.decide(0, Decision(flag=Flag.PICK, stars=2))
    assert loupe.grab().toImage() != bare
    assert "pick, 2 stars" in loupe.accessibleDescription()


def test_escape_leads_back(loupe: LoupeView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(loupe.closed, timeout=100_000):
        qtbot.keyClick(loupe, Qt.Key.Key_Escape)


def test_without_a_photo_there_is_a_message(make_loupe: Callable[[Stage], LoupeView]) -> None:
    with stage([]) as made:
        view = make_loupe(made)
        bare = view.grab().toImage()
        view.set_message("No photo passes the filter", "Lift the filter")
        assert view.grab().toImage() != bare
        view.step(1)
        assert view.card is None


AREA = QRectF(0, 0, 600, 400)


def test_a_larger_picture_leaves_no_gap_and_a_smaller_one_is_centred() -> None:
    large = Viewport(1.0, 0.0, 1.0).place(QSizeF(1200, 800), AREA, 1.0)
    assert large == QRectF(0, -400, 1200, 800)
    assert Viewport(1.0, 0.0, 1.0).place(QSizeF(100, 50), AREA, 1.0) == QRectF(250, 175, 100, 50)


def test_every_pixel_is_one_of_a_dense_screen() -> None:
    assert Viewport(1.0).place(QSizeF(1200, 800), AREA, 2.0) == QRectF(0, 0, 600, 400)
    assert Viewport().scale(QSizeF(1200, 800), AREA, 2.0) == pytest.approx(0.5)
