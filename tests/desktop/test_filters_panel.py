"""The filters panel and the line that says what is on: folds, ranges, times, chips."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt, QTime
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.cards import CardModel
from desktop.filtering_words import Called, asked
from desktop.filters import Filter, Hours, Range, SortKey, Span, StarsRule, Words
from desktop.panels.filters import FiltersPanel
from desktop.panels.filters_line import FiltersLine
from desktop.panels.filters_range import RangeQuestion
from engine.types import Colour, Flag
from tests.desktop.cards_made import START, card
from tests.desktop.test_filters import measured


@pytest.fixture
def model(qtbot: QtBot) -> CardModel:
    """Three photos of two cameras with two scores, and one that cannot be read."""
    made = CardModel()
    cards = [
        measured("a", 3.0, 20.0, camera="Acme X", body="1", lens="50 mm"),
        measured(
            "b", 7.0, 90.0, camera="Acme X", body="2", lens="A lens with a very long name that no panel is wide for"
        ),
        measured("c", 5.0, 40.0, camera="Y", body="3"),
        card("torn", error="torn", seconds=7200),
    ]
    made.load(cards, {})
    return made


@pytest.fixture
def panel(model: CardModel, qtbot: QtBot) -> Iterator[FiltersPanel]:
    made = FiltersPanel(model)
    qtbot.addWidget(made)
    made.resize(240, 500)
    made.fold(())
    made.show()
    yield made
    made.stop()


def names(model: CardModel) -> str:
    return "".join(model.card(row).path.name for row in range(model.rowCount()))


def test_scores_and_sharpness_are_asked_for_as_ranges(panel: FiltersPanel, model: CardModel) -> None:
    model.arrange(SortKey.NAME)
    assert (panel.score.low.value(), panel.score.high.value()) == pytest.approx((3.2, 6.8), abs=0.3)
    panel.score.low.setValue(5.0)
    assert model.filter.score == Range(5.0, None) and names(model) == "bc"
    panel.sharpness.high.setValue(50)
    assert model.filter.sharpness == Range(None, 50.0) and names(model) == "c"
    assert panel.folds["score"].header.text() == "Score · on"
    panel.score.low.setValue(panel.score.low.minimum())
    assert model.filter.score is None and names(model) == "ac"
    model.set_filter(Filter())
    assert panel.sharpness.value is None and not panel.clear.isVisible()
    chart = panel.sharpness.chart
    QTest.mousePress(chart, Qt.MouseButton.LeftButton, pos=QPoint(0, 10))
    QTest.mouseMove(chart, QPoint(chart.width() // 2, 10))
    QTest.mouseRelease(chart, Qt.MouseButton.LeftButton)
    assert names(model) == "ac" and model.filter.sharpness is not None and model.filter.sharpness.low is None


def test_a_range_that_was_asked_for_before_there_are_scores_is_kept(qtbot: QtBot) -> None:
    question = RangeQuestion("Score", 1)
    qtbot.addWidget(question)
    for wanted in (Range(5.0, None), Range(None, 7.5), Range(5.0, 7.5)):
        question.show_spread(np.full(3, np.nan, np.float32))
        question.show_value(wanted)
        assert question.value == wanted
        question.show_spread(np.full(3, np.nan, np.float32))
        question.show_spread(np.array([3.0, 8.5, np.nan], np.float32))
        assert question.value == wanted
        question.show_spread(np.array([6.0, 6.5], np.float32))
        assert question.value == wanted
        question.show_value(None)
        assert question.value is None


def test_times_are_asked_for(panel: FiltersPanel, model: CardModel) -> None:
    model.arrange(SortKey.NAME)
    panel.time.span.box.click()
    assert model.filter.span == Span(START, datetime(2026, 5, 1, 14)) and len(names(model)) == 7
    panel.time.span.last.setTime(QTime(13, 0))
    assert names(model) == "abc"
    panel.time.span.box.click()
    panel.time.hours.box.click()
    assert model.filter.hours == Hours(time(22), time(6)) and names(model) == ""
    panel.time.hours.first.setTime(QTime(13, 0))
    assert names(model) == "torn"
    model.set_filter(Filter(span=Span(START, START)))
    assert (
        panel.time.span.box.isChecked()
        and not panel.time.hours.box.isChecked()
        and panel.time.asked_span == Span(START, START)
    )


def test_cameras_bodies_and_lenses(panel: FiltersPanel, model: CardModel) -> None:
    assert panel.bodies.isVisible(), "two bodies of one camera"
    panel.cameras.boxes["Acme X"].box.click()
    assert names(model) in ("ab", "ba")
    panel.bodies.boxes["2"].box.click()
    assert names(model) == "b"
    (long,) = (choice for name, choice in panel.lenses.boxes.items() if name.startswith("A lens"))
    assert (
        "…" in long.box.text() and long.box.toolTip().endswith("wide for") and long.box.accessibleName().endswith(", 1")
    )
    model.load([card("plain", seconds=0)], {})
    assert panel.folds["camera"].isHidden() and panel.folds["lens"].isHidden()


def test_folds_are_opened_by_key_and_blind_culling_hides_scores(panel: FiltersPanel, model: CardModel) -> None:
    fold = panel.folds["colour"]
    fold.header.setFocus()
    QTest.keyClick(fold.header, Qt.Key.Key_Space)
    assert (
        panel.folded == ("colour",)
        and not fold.content.isVisible()
        and fold.header.accessibleName() == "Colour, folded"
    )
    model.scores_hidden = True
    assert not panel.folds["score"].isVisible() and panel.folds["sharpness"].isVisible()


def test_every_question_is_a_chip_that_takes_it_away(model: CardModel, qtbot: QtBot) -> None:
    clear = QAction()
    clear.triggered.connect(lambda: model.set_filter(Filter()))
    line = FiltersLine(model, clear)
    qtbot.addWidget(line)
    line.resize(500, 40)
    assert line.isHidden()
    model.set_filter(Filter(flags=frozenset({Flag.NONE}), score=Range(4.0), unreadable=False))
    assert [chip.text() for chip in line.chips] == ["No flag", "Score ≥ 4.0"] and not line.isHidden()
    assert line.shown.text() == "Showing 2 of 4" and not line.clear.isHidden()
    line.chips[1].click()
    assert model.filter == Filter(flags=frozenset({Flag.NONE})) and line.clear.isHidden()
    model.set_filter(Filter(flags=frozenset({Flag.NONE}), stars=1, undecided=True, unseen=True))
    line.show()
    qtbot.waitUntil(lambda: all(chip.isVisible() for chip in line.chips), timeout=100_000)
    assert line.heightForWidth(150) > 2 * line.heightForWidth(1000), "chips that do not fit begin another line"
    line.clear.click()
    assert model.filter.is_open and line.isHidden()


def test_filters_in_words() -> None:
    noon = datetime(2026, 5, 1, 12)
    said = {
        Filter(flags=frozenset({Flag.PICK, Flag.NONE})): "No flag or Pick",
        Filter(stars=3): "At least 3 ★",
        Filter(stars=0, stars_rule=StarsRule.EXACTLY): "No stars",
        Filter(colours=frozenset({Colour.RED, Colour.BLUE, Colour.NONE})): "No colour, Red or Blue",
        Filter(bodies=frozenset({"1"})): "Acme X (1)",
        Filter(scenes=frozenset({"s"})): "Scene 4",
        Filter(score=Range(high=6.04)): "Score ≤ 6.0",
        Filter(sharpness=Range(2.0, 6.0)): "Sharpness 2 \N{EN DASH} 6",
        Filter(hours=Hours(time(22), time(4, 30))): "22:00 \N{EN DASH} 04:30",
        Filter(words=Words("red dog", 50)): "50 nearest to “red dog”",
        Filter(words=Words("red dog", None)): "“red dog”",
    }
    for wanted, words in said.items():
        assert [
            (one.text, one.rest.is_open) for one in asked(wanted, Called({"1": "Acme X (1)"}, {"s": "Scene 4"}))
        ] == [(words, True)]
    (span,) = asked(Filter(span=Span(noon, datetime(2026, 5, 1, 14))), Called())
    assert span.text.endswith("12:00 \N{EN DASH} 14:00")
    assert asked(Filter(), Called()) == []
