"""Critiques in the window: written for what is looked at, with what was measured; none where a pack has no tower."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.main_window import MainWindow
from desktop.panels.critique import CritiquePanel, measured
from engine.critic import Written
from engine.types import Aspect, Evidence, Polarity, Region, Sentence
from tests import packs, towers
from tests.desktop.cards_made import card
from tests.shoots import many

PATIENCE_MS = 100_000
NAMES = ("dark", "bright", "red", "blue")


@pytest.fixture(scope="session")
def tower(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return towers.pack(tmp_path_factory.mktemp("towered")).folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A plain photo of each colour that the tower was taught."""
    (tmp_path / "shoot").mkdir()
    for name, colour in zip(NAMES, towers.SAID, strict=True):
        Image.fromarray(towers.plain(colour, 600, 400)).save(tmp_path / "shoot" / f"{name}.jpg", quality=95)
    return tmp_path / "shoot"


def texts(window: MainWindow) -> list[str]:
    return [row.text.text() for row in window.info.critique.rows]


def go(window: MainWindow, name: str) -> None:
    found = next(card for card in window.session.model.cards() if card.path.stem == name)
    assert window.session.place.reveal(found.path)


def test_the_active_photo_is_described_and_remembered(
    make_window: Callable[..., MainWindow],
    folder: Path,
    tower: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    packs.use(tower, monkeypatch)
    window = make_window(folder)
    window.resize(1280, 900)
    go(window, "red")
    qtbot.waitUntil(lambda: "A flower is seen." in texts(window), timeout=PATIENCE_MS)
    assert window.info.critique.isVisible()
    assert window.info.critique.scores.text().startswith("VILA ")
    go(window, "blue")
    qtbot.waitUntil(lambda: "Water is seen." in texts(window), timeout=PATIENCE_MS)
    window.session.model.scores_hidden = True
    assert not window.info.critique.scores.isVisible()
    go(window, "red")
    assert "A flower is seen." in texts(window), "what was said is shown at once"


def test_a_click_lights_up_the_part_that_is_meant(
    make_window: Callable[..., MainWindow], tmp_path: Path, qtbot: QtBot
) -> None:
    window = make_window(many(tmp_path / "shoot", 2))
    window.session.place.go(0)
    window.info.critique.region_wanted.emit(Region(0.25, 0.25, 0.5, 0.5))
    assert window.views.currentWidget() is window.loupe
    qtbot.waitUntil(lambda: window.loupe.zoom > 0 and window.loupe.isVisible(), timeout=100_000)
    lit = window.loupe.grab().toImage()
    window.loupe.point_at(Region(0.25, 0.25, 0.5, 0.5))
    assert window.loupe.pointed is None, "the same part once more ends it"
    plain = window.loupe.grab().toImage()
    placed = window.loupe.viewport.place(*window.loupe.geometry_of_picture())
    inside, outside = placed.center().toPoint(), (placed.topLeft() + QPointF(20, 20)).toPoint()
    assert lit.pixelColor(inside) == plain.pixelColor(inside)
    assert lit.pixelColor(outside).lightness() < plain.pixelColor(outside).lightness()
    window.loupe.point_at(Region(0.25, 0.25, 0.5, 0.5))
    QTest.keyClick(window.loupe, Qt.Key.Key_Escape)
    assert window.loupe.pointed is None and window.views.currentWidget() is window.loupe
    window.loupe.point_at(Region(0.25, 0.25, 0.5, 0.5))
    window.session.place.go(1)
    assert window.loupe.pointed is None


def test_a_pack_without_a_tower_says_nothing_and_starts_nothing(
    make_window: Callable[..., MainWindow], tmp_path: Path, qtbot: QtBot
) -> None:
    window = make_window(many(tmp_path / "shoot", 2))
    before = threading.active_count()
    window.session.place.go(1)
    qtbot.waitUntil(lambda: window.session.critiques.is_looked_for, timeout=PATIENCE_MS)
    assert not window.session.critiques.is_able and not window.info.critique.isVisible()
    assert threading.active_count() <= before


def test_a_sentence_shows_its_sign_its_evidence_and_where(qtbot: QtBot) -> None:
    panel = CritiquePanel()
    qtbot.addWidget(panel)
    where = Region(0.1, 0.2, 0.3, 0.4)
    noisy = Evidence("noise", 8.1, "grey levels", (0.0, 5.0))
    said = (
        Sentence("The shadows are noisy.", "noise", Aspect.NOISE, Polarity.FAULT, noisy, where),
        Sentence("A dog is seen.", "subject", Aspect.SUBJECT, Polarity.PRAISE),
    )
    panel.show_written(card("a"), written("a", said), scores_hidden=False)
    panel.show()
    first, second = panel.rows
    assert isinstance(first.chip, QPushButton) and first.chip.text().replace("\n", " ") == measured(noisy)
    assert measured(noisy) == "Noise 8.1 grey levels, normal 0 to 5 grey levels"
    assert second.chip is None
    with qtbot.waitSignal(panel.region_wanted, timeout=100_000) as lit:
        first.chip.click()
    assert lit.args == [where]


def test_what_stands_against_a_critique_is_told(qtbot: QtBot) -> None:
    panel = CritiquePanel()
    qtbot.addWidget(panel)
    panel.show()
    panel.show_written(card("a"), None, scores_hidden=False)
    assert panel.note.text() == "Looking at the photo…"
    panel.show_written(card("a"), Written(Path("a"), "a", None, "vision.onnx is damaged."), scores_hidden=False)
    assert panel.note.text() == "vision.onnx is damaged." and panel.rows == []
    panel.show_written(card("a"), written("a", ()), scores_hidden=False)
    assert "stood up to what was measured" in panel.note.text()


def written(name: str, sentences: tuple[Sentence, ...]) -> Written:
    from engine.types import Critique, ModelId

    critique = Critique(sentences, 6.2, 0.4, ModelId("tiny", "9", "s", "0"), "r")
    return Written(Path(name), name, critique)


def test_the_panel_stays_as_narrow_as_its_place(qtbot: QtBot) -> None:
    panel = CritiquePanel()
    qtbot.addWidget(panel)
    cast = Evidence("cast_blue_yellow", 21.064, "CIELAB", (-16.25, 18.75))
    said = tuple(
        Sentence(
            "A yellow cast lies over the whole of this frame.",
            "colour_cast",
            Aspect.COLOUR,
            Polarity.FAULT,
            cast,
            where,
        )
        for where in (None, Region(0.1, 0.2, 0.3, 0.4))
    )
    panel.show_written(card("a"), written("a", said), scores_hidden=False)
    panel.show()
    assert panel.minimumSizeHint().width() <= 250
