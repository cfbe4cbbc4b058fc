"""How much is said of a photo in Loupe and Compare: the line below it, details over it too, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.main_window import MainWindow
from desktop.style import TONE
from desktop.views.details import HEIGHT, WIDTH, Block, Information, details_of, lay_out, paint_details, spoken_details
from desktop.views.information import InformationBar
from desktop.views.loupe import LoupeView
from desktop.views.wording import TIMES
from engine.types import Card, Metadata, Reading
from tests.desktop.stage import imagined, photographed, stage
from tests.shoots import many

MINUS = "\N{MINUS SIGN}"
AREA = QRectF(0, 0, 700, 500)


@pytest.fixture
def card() -> Card:
    """All is known of it, and one reading is off."""
    made = imagined(1)[0]
    return replace(made, metadata=replace(made.metadata, lens="Chinagraph 24-105mm F4"))


def said(card: Card, *, scores_hidden: bool = False) -> dict[str, str]:
    return {row.label: row.value for row in details_of(card, card.readings, scores_hidden=scores_hidden)}


def test_what_is_known_is_said_in_order(card: Card) -> None:
    assert said(card) == {
        "File": "IMG_000000.jpg",
        "Taken": "2026-05-01 12:00:00",
        "Size": f"1200 {TIMES} 800 (1.0 MP)",
        "Exposure": f"1/250 s, f/2.8, ISO 400, {MINUS}0.3 EV",
        "Camera": "Chinagraph Testcam",
        "Lens": "85 mm, Chinagraph 24-105mm F4",
        "Base score": "7.1 ± 1.0 · #1 · picture at half size",
        "Off": f"Exposure {MINUS}1.6 EV ↓",
    }
    assert "Base score" not in said(card, scores_hidden=True)
    verdict = replace(card.verdict, unfamiliar=True, approximate=True)
    assert said(replace(card, verdict=verdict))["Base score"] == "7.1 ± 1.0 · #1 · thumbnail · unfamiliar"
    bare = replace(card, metadata=Metadata(), verdict=None, readings={}, width=None, height=None)
    assert said(bare) == {"File": "IMG_000000.jpg"}
    assert spoken_details(details_of(card, card.readings, scores_hidden=True)).endswith(
        f"Off: Exposure {MINUS}1.6 EV, below normal"
    )


def test_the_readings_that_are_off_begin_with_the_subject_and_end_with_a_count(card: Card) -> None:
    names = ("exposure", "noise", "tilt", "contrast", "clipping_low", "subject_exposure")
    readings = {name: Reading(name, 2.0, "EV", (-1.0, 1.0), None, 1.0) for name in names}
    off = [row for row in details_of(card, readings, scores_hidden=False) if row.is_off]
    assert [row.value for row in off] == [
        "Exposure of the subject +2.0 EV ↑",
        "Noise +2.0 EV ↑",
        "Tilt +2.0 EV ↑",
        "Exposure +2.0 EV ↑",
        "2 more",
    ]
    assert [row.label for row in off] == ["Off", "", "", "", ""]


@pytest.mark.parametrize("size", [(1400, 900), (700, 500), (350, 214), (234, 200), (160, 66), (160, 30)])
def test_a_small_area_gets_fewer_lines_and_is_never_covered(
    qapp: QApplication, card: Card, size: tuple[int, int]
) -> None:
    long = replace(card, photo=replace(card.photo, path=Path("/nowhere") / f"{'long' * 60}.jpg"))
    rows = details_of(long, long.readings, scores_hidden=False)
    area = QRectF(30, 20, *size)
    block = lay_out(rows, qapp.font(), area)
    if size == (160, 30):
        assert block is None
        return
    assert block is not None and block.details == tuple(rows[: len(block.details)])
    assert (len(block.details) == len(rows)) is (size[1] >= 500)
    assert area.contains(block.plate)
    assert block.plate.width() <= WIDTH * area.width() and block.plate.height() <= HEIGHT * area.height()
    assert block.labels > 0 or size[0] < 700
    assert block.labels == 0 or size[0] > 300
    assert lay_out([], qapp.font(), area) is None


def painted(block: Block, ground: str) -> np.ndarray:
    """[height, width, 3], at two pixels of the screen for each of ours."""
    image = QImage(2 * int(AREA.width()), 2 * int(AREA.height()), QImage.Format.Format_RGB888)
    image.setDevicePixelRatio(2)
    image.fill(QColor(ground))
    painter = QPainter(image)
    paint_details(painter, block)
    painter.end()
    lines = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return lines[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).copy()


def luminance(rgb: tuple[int, ...]) -> float:
    """Relative luminance as WCAG 2.1 defines it."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (value / 255 for value in rgb)]
    return float(np.dot(linear, (0.2126, 0.7152, 0.0722)))


@pytest.mark.parametrize("ground", ["#ffffff", "#000000", "#ff8000"])
def test_every_word_is_readable_over_every_photo(qapp: QApplication, card: Card, ground: str) -> None:
    block = lay_out(details_of(card, card.readings, scores_hidden=False), QFont(qapp.font()), AREA)
    assert block is not None
    pixels = painted(block, ground)
    plate = block.plate
    inside = pixels[int(2 * plate.top()) + 4 : int(2 * plate.bottom()) - 4, int(2 * plate.left()) + 4 :]
    behind = luminance(tuple(inside[0, 20]))
    for tone in (TONE.muted, TONE.text, TONE.warning):
        colour = QColor(tone).getRgb()[:3]
        assert (inside == colour).all(axis=2).any(), f"{tone} is written in"
        assert (luminance(colour) + 0.05) / (behind + 0.05) >= 4.5
    beside = pixels[:, int(2 * plate.right()) + 4 :]
    assert (beside == QColor(ground).getRgb()[:3]).all(), "nothing is written beside the plate"


@pytest.fixture
def loupe(tmp_path: Path, qtbot: QtBot) -> Iterator[LoupeView]:
    with stage(photographed(tmp_path / "shoot", 1)) as made:
        view = LoupeView(made.model, made.selection, made.thumbnails)
        view.resize(600, 432)
        view.show()
        made.activate(0)
        yield view
        view.stop()
        view.close()
        view.deleteLater()


def test_without_information_the_photo_has_the_room_of_the_line(loupe: LoupeView) -> None:
    bar = loupe.findChild(InformationBar)
    assert bar.isVisible() and loupe.geometry_of_picture()[1].height() == 400
    loupe.overlays.inform(Information.DETAILS)
    assert bar.isVisible() and "Camera: Chinagraph Testcam" in loupe.accessibleDescription()
    assert "Base score" in loupe.accessibleDescription()
    loupe.model.scores_hidden = True
    assert "Base score" not in loupe.accessibleDescription()
    loupe.overlays.inform(Information.NOTHING)
    assert not bar.isVisible() and loupe.geometry_of_picture()[1].height() == 432
    assert "Camera" not in loupe.accessibleDescription()
    loupe.overlays.inform(Information.LINE)
    assert bar.isVisible() and loupe.geometry_of_picture()[1].height() == 400


def test_i_goes_round_in_loupe_and_compare_and_the_window_begins_as_it_was_left(
    make_window: Callable[..., MainWindow], tmp_path: Path, qtbot: QtBot
) -> None:
    window = make_window(many(tmp_path / "shoot", 3))
    table = window.actions_table
    QTest.keyClick(window.grid, Qt.Key.Key_I)
    assert window.overlays.information is Information.LINE, "the grid has cells of its own"
    QTest.keyClick(window.grid, Qt.Key.Key_E)
    seen = []
    for view in ("loupe", "compare"):
        table[f"view.{view}"].trigger()
        for _ in Information:
            QTest.keyClick(window.views.currentWidget(), Qt.Key.Key_I)
            ticked = [way for way in Information if table[f"information.{way}"].isChecked()]
            assert ticked == [window.overlays.information]
            seen.append((ticked[0].value, window.statusBar().currentMessage()))
    assert (
        seen[:3]
        == seen[3:]
        == [
            ("details", "Information: the line, and details over the photo"),
            ("nothing", "No information: the photo has all the room"),
            ("line", "Information: a line below the photo"),
        ]
    )
    pane = window.views.compare.panes[0]
    before = pane.geometry_of_picture()[1].height()
    table["information.nothing"].trigger()
    assert pane.geometry_of_picture()[1].height() == pane.height() > before
    window.close()
    again = make_window()
    assert again.overlays.information is Information.NOTHING
