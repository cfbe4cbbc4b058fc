"""Turning photos with R, undone with Ctrl+Z and there again after a restart; why-regions with W."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QKeySequence, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.main_window import MainWindow
from desktop.pixels import load
from desktop.views import why
from desktop.views.overlays import Overlay
from engine.files import rotation
from engine.turn import Turn
from engine.types import Card, FileStamp, Photo, Reading, Region, Subject, SubjectSource, Verdict
from tests.desktop.conftest import PATIENCE_MS
from tests.desktop.stage import photographed
from tests.originals import Originals
from tests.shoots import many

MakeWindow = Callable[..., MainWindow]


def press(window: MainWindow, keys: str) -> None:
    pressed = QKeySequence(keys)[0]
    page = window.views.currentWidget()
    assert isinstance(page, QWidget)
    page.setFocus()
    QTest.keyClick(page, pressed.key(), pressed.keyboardModifiers())


def test_a_photo_is_turned_everywhere_and_back_also_after_a_restart(
    make_window: MakeWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = many(tmp_path / "shoot", 3)
    before = Originals(folder)
    window = make_window(folder)
    session = window.session
    card = session.active
    assert card is not None and (card.width, card.height) == (480, 320)
    qtbot.waitUntil(lambda: session.thumbnails.pixmap(card) is not None, timeout=PATIENCE_MS)
    press(window, "R")
    turned = session.active
    assert turned is not None and turned.turn is Turn.RIGHT and (turned.width, turned.height) == (320, 480)
    shown = session.thumbnails.pixmap(turned)
    assert shown is not None and shown.height() > shown.width(), "the thumbnail waits for nobody"
    press(window, "E")
    qtbot.waitUntil(lambda: window.loupe.pictures.picture(turned) is not None, timeout=PATIENCE_MS)
    press(window, "Shift+R")
    upright = session.active
    assert upright is not None and upright.turn is Turn.NONE
    picture = window.loupe.pictures.picture(upright)
    assert picture is not None and picture.original.width() == 480, "turned at once, without decoding"
    press(window, "Ctrl+Z")
    press(window, "N")
    assert session.culling.decision(card.path).turn is Turn.RIGHT
    assert "Rotated" not in window.statusBar().currentMessage()
    window.close()
    again = make_window(folder)
    found = again.session.model.find(card.path)
    assert found is not None and (found.turn, found.width) == (Turn.RIGHT, 320)
    press(again, "Ctrl+Z")
    found = again.session.model.find(card.path)
    assert found is not None and found.turn is Turn.NONE
    assert not before.changes(), "not a byte of an original"


def test_a_selection_is_asked_about(make_window: MakeWindow, tmp_path: Path) -> None:
    window = make_window(many(tmp_path / "shoot", 3))
    press(window, "Ctrl+A")
    press(window, "R")
    assert window.has_proposal
    assert {card.turn for card in window.session.model.cards()} == {Turn.NONE}
    window.accept()
    assert {card.turn for card in window.session.model.cards()} == {Turn.RIGHT}
    press(window, "Ctrl+Z")
    assert {card.turn for card in window.session.model.cards()} == {Turn.NONE}


def test_decoding_gives_what_turning_gave(tmp_path: Path) -> None:
    (card,) = photographed(tmp_path, 1)
    upright, turned = load(card), load(rotation.turned(card, Turn.LEFT))
    quick = upright.turned(Turn.LEFT)
    assert turned.original == quick.original == upright.original.transposed()
    assert quick.given_up, "a thread brings every pixel"
    images = [one.levels[0].convertToFormat(QImage.Format.Format_RGB888) for one in (turned, quick)]
    assert images[0] == images[1]
    assert turned.close_up is None or turned.close_up.region is not None


def judged(subject: Subject | None, attention: np.ndarray | None) -> Card:
    path = Path("/shoot/a.jpg")
    readings = {
        "clipping_high": Reading("clipping_high", 0.2, "share", (0.0, 0.02), Region(0.5, 0.5, 0.25, 0.25), 0.5),
        "exposure": Reading("exposure", 0.0, "EV", (-1.0, 1.0), Region(0, 0, 1, 1), 0.5),
    }
    verdict = Verdict(np.full(10, 0.1, np.float32), np.zeros(512, np.float16), "s", attention)
    return Card(Photo(path, (path,), FileStamp(1, 1, 1)), readings=readings, subject=subject, verdict=verdict)


def painted(card: Card, *, hide_scores: bool) -> np.ndarray:
    image = QImage(400, 400, QImage.Format.Format_RGB32)
    image.fill(QColor("#808080"))
    painter = QPainter(image)
    whole = QRectF(0, 0, 400, 400)
    why.paint_why(painter, whole, whole, card, painter.font(), hide_scores=hide_scores)
    painter.end()
    data = np.frombuffer(image.constBits(), np.uint8).reshape(400, 400, 4)
    return data[..., 0].astype(int)


def test_a_photo_from_the_cache_gets_its_map_when_somebody_asks_why(
    make_window: MakeWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = many(tmp_path / "shoot", 3)
    window = make_window(folder)
    fresh = {card.path: card.verdict.attention for card in window.session.model.cards()}
    assert all(seen is not None for seen in fresh.values())
    press(window, "R")
    window.close()
    window = make_window(folder)
    model, active = window.session.model, window.session.active
    assert active is not None and all(card.verdict.attention is None for card in model.cards())
    press(window, "E")
    press(window, "W")

    def seen(row: int) -> np.ndarray | None:
        return model.card(row).verdict.attention

    qtbot.waitUntil(lambda: seen(0) is not None, timeout=PATIENCE_MS)
    assert model.card(0).turn is Turn.RIGHT
    before = fresh[active.path]
    alike = [np.corrcoef(seen(0).ravel(), np.rot90(before, -by).ravel())[0, 1] for by in Turn]
    assert alike[Turn.RIGHT] > 0.8 and max(alike) == alike[Turn.RIGHT], "as when it was scored, and turned"
    assert seen(1) is None and seen(2) is None, "nobody looks at the others"
    window.session.place.go(1)
    press(window, "C")
    qtbot.waitUntil(lambda: seen(1) is not None and seen(2) is not None, timeout=PATIENCE_MS)


def test_why_shows_the_subject_the_attention_and_what_is_off(qtbot: QtBot) -> None:
    attention = np.zeros((4, 4), np.float32)
    attention[0, 0] = 1.0
    card = judged(Subject(Region(0.1, 0.1, 0.2, 0.2), SubjectSource.AF), attention)
    assert [reading.name for reading, _ in why.remarkable(card)] == ["clipping_high"]
    assert why.why_words(card) == "subject: where the camera focused, clipped highlights"
    shown, hidden = painted(card, hide_scores=False), painted(card, hide_scores=True)
    assert shown[30, 20] > shown[380, 20] + 40, "dark where the student did not look"
    assert hidden[380, 20] == 0x80, "nothing of the student's where scores are hidden"
    assert hidden[40, 42] > 0xE0, "the corner of the subject's frame"
    assert why.why_words(judged(None, None)) == "no subject was measured yet"


def test_w_lays_it_over_the_loupe(make_window: MakeWindow, tmp_path: Path) -> None:
    window = make_window(many(tmp_path / "shoot", 2))
    press(window, "E")
    plain = window.loupe.grab().toImage()
    press(window, "W")
    assert Overlay.WHY in window.overlays.shown
    assert window.loupe.grab().toImage() != plain
    assert "subject" in ", ".join(window.loupe.information()).lower()
