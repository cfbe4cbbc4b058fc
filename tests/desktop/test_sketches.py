"""What the loupe shows of a photo first: as many pixels as it has itself, in the place of those that follow."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QColorSpace, QImage
from pytestqt.qtbot import QtBot

from desktop import sketches
from desktop.display import SRGB, Display, Profile
from desktop.main_window import MainWindow
from desktop.pixels import load
from desktop.sketches import sketch
from desktop.views.information import InformationBar
from desktop.views.loupe import LoupeView
from engine import control
from engine.files import decode, shoot
from engine.turn import Turn
from engine.types import Card, Decision, Flag, Photo
from tests import pictures
from tests.desktop.stage import MARK, Stage, photographed, stage
from tests.shoots import small_shoot

PATIENCE_MS = 30_000
EDGE = 600
"""Pixels along the long edge of a photo in the loupe of these tests: half of the photo's own."""


@pytest.fixture
def few(tmp_path: Path) -> Iterator[Stage]:
    with stage(photographed(tmp_path / "shoot", 6)) as made:
        yield made


class Gate:
    """Holds up what one of the decoders does, and notes for whom it was asked."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
        self.asked: list[str] = []
        self._may_pass = threading.Event()
        original = getattr(decode, name)

        def held(photo: Photo, *given: int) -> object:
            self.asked.append(photo.path.name)
            self._may_pass.wait(PATIENCE_MS / 1000)
            return original(photo, *given)

        monkeypatch.setattr(decode, name, held)

    def open(self) -> None:
        self._may_pass.set()


@pytest.fixture
def make_gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], Gate]]:
    """`make_gate("full")`: decoding in every pixel waits until the gate is opened, at the end of the test at last."""
    gates: list[Gate] = []

    def make(name: str) -> Gate:
        gates.append(Gate(monkeypatch, name))
        return gates[-1]

    yield make
    for gate in gates:
        gate.open()


@pytest.fixture
def loupe(few: Stage, make_gate: Callable[[str], Gate], qtbot: QtBot) -> Iterator[LoupeView]:
    """A loupe whose picture area is 600 x 400, with no photo in it."""
    view = LoupeView(few.model, few.selection, few.thumbnails)
    view.resize(EDGE, 432)
    with qtbot.waitExposed(view):
        view.show()
    yield view
    view.stop()
    view.close()
    view.deleteLater()


def pixels(image: QImage) -> np.ndarray:
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    lines = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return lines[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).astype(int)


def seen(view: LoupeView) -> np.ndarray:
    """[400, 600, 3]: the picture area as it is painted."""
    return pixels(view.grab().toImage())[:400]


def wait_sketched(view: LoupeView, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: view.pictures.sketches.of(view.card) is not None, timeout=PATIENCE_MS)


def test_a_sketch_is_there_first_and_every_pixel_follows_in_the_same_place(
    few: Stage, loupe: LoupeView, make_gate: Callable[[str], Gate], qtbot: QtBot
) -> None:
    whole = make_gate("full")
    few.activate(2)
    wait_sketched(loupe, qtbot)
    assert loupe.pictures.picture(loupe.card) is None
    assert loupe.source_note() == f"{EDGE} px, loading"
    first, lies = seen(loupe), loupe.geometry_of_picture()
    assert first[round(400 * MARK[1]), round(600 * MARK[0])] == pytest.approx((230, 20, 20), abs=25)
    whole.open()
    qtbot.waitUntil(lambda: loupe.pictures.picture(loupe.card) is not None, timeout=PATIENCE_MS)
    assert loupe.source_note() is None
    assert loupe.geometry_of_picture() == lies
    assert np.abs(seen(loupe) - first).mean() < 1
    assert loupe.pictures.sketches.of(loupe.card) is None, "it is not needed any more"


def test_nothing_else_is_decoded_while_a_sketch_is_awaited(
    few: Stage, loupe: LoupeView, make_gate: Callable[[str], Gate], qtbot: QtBot
) -> None:
    sketching, whole = make_gate("sketch"), make_gate("full")
    told: list[bool] = []
    loupe.pictures.sketches.waiting.connect(told.append)
    few.activate(3)
    qtbot.waitUntil(lambda: bool(sketching.asked), timeout=PATIENCE_MS)
    assert told == [True] and not whole.asked
    sketching.open()
    qtbot.waitUntil(lambda: bool(whole.asked), timeout=PATIENCE_MS)
    assert told == [True, False]
    assert sketching.asked == ["IMG_0003.jpg"] and whole.asked[0] == "IMG_0003.jpg"
    whole.open()


def test_after_fast_keys_the_photo_that_is_active_is_shown_and_no_other(
    few: Stage, loupe: LoupeView, make_gate: Callable[[str], Gate], qtbot: QtBot
) -> None:
    sketching, whole = make_gate("sketch"), make_gate("full")
    few.activate(0)
    qtbot.waitUntil(lambda: bool(sketching.asked), timeout=PATIENCE_MS)
    for _ in range(4):
        qtbot.keyClick(loupe, Qt.Key.Key_Right)
    sketching.open()
    wait_sketched(loupe, qtbot)
    assert few.row == 4
    assert sketching.asked == ["IMG_0000.jpg", "IMG_0004.jpg"], "nobody waits for what was only passed"
    assert seen(loupe)[200, 300] == pytest.approx((80, 80, 80), abs=2)
    whole.open()


def test_a_drive_that_does_not_answer_holds_nothing_up_for_long(
    few: Stage, make_gate: Callable[[str], Gate], monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(sketches, "LONGEST_MS", 1)
    view = LoupeView(few.model, few.selection, few.thumbnails)
    view.resize(EDGE, 432)
    view.show()
    sketching = make_gate("sketch")
    few.activate(1)
    qtbot.waitUntil(lambda: view.pictures.picture(view.card) is not None, timeout=PATIENCE_MS)
    assert not view.pictures.sketches.is_waiting
    sketching.open()
    view.stop()
    view.close()
    view.deleteLater()


@pytest.mark.parametrize("turn", list(Turn))
def test_a_sketch_lies_as_its_photo_and_has_its_colours(turn: Turn, tmp_path: Path) -> None:
    pictures.jpeg(tmp_path / "a.jpg", size=(1600, 1000), orientation=6)
    card = replace(Card(shoot.read([tmp_path]).photos[0]), turn=turn)
    display = Display()
    wide = QColorSpace(QColorSpace.NamedColorSpace.DisplayP3)
    display.profile = Profile("wide", SRGB.transformationToColorSpace(wide))
    found, whole = sketch(card, 400, display), load(card, display)
    assert found is not None and found.original == whole.original
    small = pixels(found.levels[0])
    shrunk = Image.fromarray(pixels(whole.levels[0]).astype(np.uint8)).resize(small.shape[1::-1], Image.Resampling.BOX)
    assert np.abs(small - np.asarray(shrunk)).mean() < 5


def test_where_all_pixels_are_as_quick_they_come_at_once(tmp_path: Path, qtbot: QtBot) -> None:
    pictures.png(tmp_path / "a.png")
    card = Card(shoot.read([tmp_path]).photos[0])
    assert sketch(card, 100) is None
    card.path.unlink()
    assert sketch(card, 100) is None, "that it is gone is said by who decodes the whole"


def test_scoring_stands_back_for_who_waits(make_window: Callable[..., MainWindow], tmp_path: Path) -> None:
    window = make_window(small_shoot(tmp_path / "shoot"))
    waiting, attention = window.loupe.pictures.sketches.waiting, window.session.attention
    waiting.emit(True)
    done = threading.Thread(target=attention.give_way)
    done.start()
    done.join(control.LONGEST_WAY / 4)
    assert done.is_alive()
    waiting.emit(False)
    done.join(PATIENCE_MS / 1000)
    assert not done.is_alive()


class Painted(QObject):
    """What is painted of some widgets, by their order."""

    def __init__(self, *widgets: QObject) -> None:
        super().__init__()
        self._widgets, self.areas = widgets, [[] for _ in widgets]
        for widget in widgets:
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            with suppress(ValueError):
                self.areas[self._widgets.index(watched)].append(event.rect())
        return False


def test_a_mark_paints_the_line_below_the_photo_at_once_and_nothing_else(
    few: Stage, loupe: LoupeView, qtbot: QtBot
) -> None:
    few.activate(0)
    qtbot.waitUntil(lambda: loupe.pictures.picture(loupe.card) is not None, timeout=PATIENCE_MS)
    loupe.repaint()
    line = loupe.findChild(InformationBar)
    painted = Painted(line, loupe)
    few.decide(0, Decision(flag=Flag.PICK))
    assert [len(areas) for areas in painted.areas] == [1, 0]
    assert loupe.childAt(QPoint(10, 420)) is line
