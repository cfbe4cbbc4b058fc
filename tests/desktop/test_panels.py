"""The panel beside the views: score, distribution, readings, EXIF."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.panels import exif
from desktop.panels.info import InfoPanel
from desktop.panels.readings import Gauge, ReadingRow, format_value, judge
from desktop.views.chart import DistributionChart
from desktop.views.wording import describe_exposure, short_reason, shutter
from engine.types import Decision, Metadata, Photo, Reading, Region, Subject, SubjectSource, Verdict
from tests.desktop.bursts_made import face, with_sharpness
from tests.desktop.stage import Stage, imagined, stage


@pytest.fixture
def few() -> Iterator[Stage]:
    with stage(imagined(5)) as made:
        yield made


@pytest.fixture
def panel(few: Stage, qtbot: QtBot) -> InfoPanel:
    made = InfoPanel(few.model, few.selection, QAction("Go to Suggested &Best", few.model))
    qtbot.addWidget(made)
    made.resize(288, 900)
    with qtbot.waitExposed(made, timeout=100_000):
        made.show()
    return made


def texts(panel: InfoPanel) -> list[str]:
    return [label.text() for label in panel.findChildren(QLabel) if label.isVisible() and label.text()]


def reading(value: float, unit: str = "EV", normal: tuple[float, float] = (-1.0, 1.0)) -> Reading:
    return Reading("exposure", value, unit, normal, None, 0.5)


def test_without_an_active_photo_it_says_so(panel: InfoPanel) -> None:
    assert texts(panel) == ["No photo is active."]


def test_score_spread_rank_and_burst_of_the_active_photo(few: Stage, panel: InfoPanel) -> None:
    few.activate(2)
    verdict = few.model.card(2).verdict
    assert panel.scores.score.text() == f"{verdict.score:.1f}"
    assert panel.scores.spread.text() == f"\N{PLUS-MINUS SIGN} {verdict.spread:.1f}"
    assert panel.scores.rank.text() == "#3 of 5"
    assert "Burst of 2, number 1 in it" in texts(panel)
    assert "Base score" in texts(panel)


def test_a_photo_unlike_the_models_own_is_said_to_be_so(few: Stage, panel: InfoPanel) -> None:
    few.activate(2)
    said = "Unlike the photos that the model learned from: its score means little here."
    assert said not in texts(panel)
    card = few.model.card(2)
    assert card.verdict is not None
    strange = replace(card, verdict=replace(card.verdict, unfamiliar=True))
    panel.scores.show_card(strange, 2, 5, scores_hidden=False)
    assert said in texts(panel)
    panel.scores.show_card(strange, 2, 5, scores_hidden=True)
    assert said not in texts(panel)


def test_hidden_scores_leave_no_score_behind(few: Stage, panel: InfoPanel) -> None:
    few.activate(2)
    few.model.scores_hidden = True
    shown = texts(panel)
    assert "Scores are hidden. Press H to show them." in shown
    assert not any("#3" in text or "number 1" in text for text in shown)
    assert not panel.scores.chart.isVisible()
    assert panel.scores.chart.accessibleDescription() == ""
    few.model.scores_hidden = False
    assert panel.scores.chart.isVisible()


def test_readings_have_value_unit_and_judgement_in_words(few: Stage, panel: InfoPanel) -> None:
    few.activate(0)
    shown = texts(panel)
    for text in ("Frame", "Sharpest part", "0.8", "Light", "Exposure", "\N{MINUS SIGN}1.6 EV", "Clipped highlights"):
        assert text in shown
    assert "1.3 %" in shown
    off = [text for text in shown if "normal" in text]
    assert off == ["below normal, \N{MINUS SIGN}1.0 to +1.0 EV"], "the others are marked by nothing but their gauge"
    assert "Colour" not in shown and "Other" not in shown, "no heading without a reading"
    signs = [row.sign.isVisible() for row in panel.readings.findChildren(ReadingRow) if row.isVisible()]
    assert signs.count(True) == 1, "what is off has an icon too"


def test_readings_of_the_subject_stand_together_under_what_found_it(few: Stage, panel: InfoPanel) -> None:
    few.activate(0)
    subject = Subject(Region(0.4, 0.4, 0.1, 0.1), SubjectSource.AF)
    few.change(0, subject=subject, readings=with_sharpness(few.model.card(0), 3.0).readings)
    shown = texts(panel)
    assert "Subject, found by: AF point" in shown
    assert "3 grey levels" in shown
    assert "below normal, 5 to 60 grey levels" in shown
    few.change(0, subject=None)
    assert "Subject" in texts(panel)


def test_a_reading_that_nobody_knows_is_shown_all_the_same(few: Stage, panel: InfoPanel) -> None:
    few.activate(0)
    few.change(0, readings={"moon_phase": Reading("moon_phase", 0.25, "share", (0.0, 0.1), None, 1.0)})
    shown = texts(panel)
    for text in ("Other", "Moon phase", "25.0 %", "above normal, 0.0 to 10.0 %"):
        assert text in shown


def test_a_reading_that_is_not_sure_claims_nothing(few: Stage, panel: InfoPanel) -> None:
    few.activate(0)
    tilt = Reading("tilt", 9.0, "degrees", (-1.0, 1.0), None, 1.0, confidence=0.1)
    few.change(0, readings={"tilt": tilt})
    assert "cannot tell" in texts(panel) and not any("normal" in text for text in texts(panel))
    few.change(0, readings={"tilt": replace(tilt, confidence=0.9)})
    assert "9.0\N{DEGREE SIGN}" in texts(panel)
    assert "above normal, \N{MINUS SIGN}1.0\N{DEGREE SIGN} to 1.0\N{DEGREE SIGN}" in texts(panel)


def test_the_suggestion_and_its_reason_are_shown_and_hidden_with_the_scores(few: Stage, panel: InfoPanel) -> None:
    few.activate(1)
    for row, value in ((0, 40.0), (1, 20.0)):
        few.change(row, readings=with_sharpness(few.model.card(row), value).readings)
    few.activate(0)
    few.activate(1)
    assert "Suggested best of the burst" in texts(panel)
    assert "IMG_000000, of 2" in texts(panel)
    assert panel.suggestion.reason.text().startswith("measured: sharper on the subject than IMG_000001 (40")
    few.activate(0)
    assert "This one, of 2" in texts(panel)
    few.model.scores_hidden = True
    assert not panel.suggestion.isVisible()
    few.model.scores_hidden = False
    few.activate(4)
    assert not panel.suggestion.isVisible(), "the last one stands alone"


def test_faces_are_shown_for_readable_photos_only(few: Stage, panel: InfoPanel) -> None:
    few.activate(0)
    assert "No faces" in texts(panel)
    few.change(0, faces=(face(0.5, 0.5),))
    shown = [tile.accessibleName() for tile in panel.faces.tiles if tile.isVisible()]
    assert shown == ["Face 1: eyes open, sharpness 20"]
    few.change(0, error="torn")
    assert not panel.faces.isVisible()


def test_what_a_run_finds_later_is_shown(few: Stage, panel: InfoPanel) -> None:
    few.activate(0)
    few.change(0, verdict=None, rank=None, readings={})
    assert "Not scored yet." in texts(panel)
    assert "Nothing was measured yet." in texts(panel)
    few.change(1, rank=99)
    assert "#99 of 5" not in texts(panel), "it is another photo's"


def test_an_unreadable_photo_has_its_reason_and_no_readings(few: Stage, panel: InfoPanel) -> None:
    few.activate(0)
    path = few.model.card(0).path
    few.change(0, error=f"{path}: not a picture. Remove it.", verdict=None, readings={}, rank=None)
    shown = texts(panel)
    assert "Not a picture. Remove it." in shown
    assert "No score: the photo cannot be read." in shown
    assert "Readings" not in shown


def test_an_unreadable_photo_can_be_retried_where_its_reason_stands(few: Stage, panel: InfoPanel) -> None:
    few.activate(0)
    assert panel.retry.isHidden()
    path = few.model.card(0).path
    few.change(0, error=f"{path} is not there any more.", verdict=None, readings={}, rank=None)
    assert not panel.retry.isHidden()
    asked: list[object] = []
    panel.retry_wanted.connect(asked.append)
    panel.retry.click()
    assert asked == [[path]]


def test_exif_lines_say_what_is_known_and_nothing_else(few: Stage) -> None:
    card = few.model.card(0)
    raw = card.path.with_suffix(".NEF")
    lines = dict(exif.lines_of(replace(card, photo=replace(card.photo, files=(card.path, raw)))))
    assert lines["File"] == "IMG_000000.jpg"
    assert lines["With"] == "IMG_000000.NEF"
    assert lines["Taken"] == "2026-05-01 12:00:00.250 +02:00"
    late = dict(exif.lines_of(replace(card, clock_offset=-timedelta(hours=1, seconds=2))))
    assert late["Taken"] == "2026-05-01 10:59:58.250 +02:00"
    assert late["Clock"] == "corrected by \N{MINUS SIGN}1:00:02"
    assert lines["Shutter"] == "1/250 s"
    assert lines["Aperture"] == "f/2.8"
    assert lines["Bias"] == "\N{MINUS SIGN}0.3 EV"
    assert "1.0 MP" in lines["Size"]
    assert "Lens" not in lines
    bare = dict(exif.lines_of(replace(card, metadata=Metadata(), width=None, height=None, source=None)))
    assert set(bare) == {"File", "On disk"}


def test_a_long_name_does_not_widen_the_panel(few: Stage, panel: InfoPanel) -> None:
    few.activate(0)
    path = Path("/nowhere") / ("a" * 240 + ".jpg")
    card = replace(few.model.card(0), photo=Photo(path, (path,), few.model.card(0).photo.stamp))
    few.model.load([card], {path: Decision()})
    few.activate(0)
    assert panel.widget().width() <= panel.viewport().width()


def test_the_chart_draws_and_says_each_share(qtbot: QtBot) -> None:
    chart = DistributionChart()
    qtbot.addWidget(chart)
    chart.resize(240, 104)
    distribution = np.array([0, 0, 0.1, 0.2, 0.4, 0.2, 0.1, 0, 0, 0], np.float32)
    chart.show_verdict(Verdict(distribution, np.zeros(512, np.float16), "test"))
    assert "score 5: 40 %" in chart.accessibleDescription()
    assert "score 10: 0 %" in chart.accessibleDescription()
    heights = [chart.bar(index).height() for index in range(10)]
    assert heights.index(max(heights)) == 4
    assert heights[3] == pytest.approx(heights[4] / 2)
    drawn = chart.grab().toImage()
    chart.show_verdict(None)
    assert chart.grab().toImage() != drawn


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (0.7, "EV", "+0.7 EV"),
        (-0.7, "EV", "\N{MINUS SIGN}0.7 EV"),
        (0.0134, "share", "1.3 %"),
        (0.123456, "", "0.123"),
        (12345.6, "levels", "12346 levels"),
    ],
)
def test_values_are_written_with_their_unit(value: float, unit: str, text: str) -> None:
    assert format_value(reading(value, unit)) == text


def test_a_gauge_holds_its_mark_at_either_end(qtbot: QtBot) -> None:
    gauge = Gauge()
    qtbot.addWidget(gauge)
    gauge.show_reading(reading(9.0))
    assert gauge.span() == (-2.0, 2.0)
    assert [gauge.position(value) for value in (-9.0, -2.0, 0.0, 1.0, 9.0)] == [0.0, 0.0, 0.5, 0.75, 1.0]
    assert gauge.accessibleDescription() == "+9.0 EV, above normal; normal \N{MINUS SIGN}1.0 to +1.0 EV"
    gauge.show_reading(reading(0.1, "share", (0.0, 0.2)))
    assert gauge.span() == (0.0, pytest.approx(0.3)), "a share has nothing below 0"


def test_the_normal_range_includes_its_ends() -> None:
    assert [judge(reading(value)) for value in (-1.5, -1.0, 1.0, 1.5)] == [
        "below normal",
        "normal",
        "normal",
        "above normal",
    ]


@pytest.mark.parametrize(
    ("seconds", "text"), [(1 / 8000, "1/8000 s"), (1 / 3, "1/3 s"), (0.5, "0.5 s"), (1.3, "1.3 s"), (30.0, "30 s")]
)
def test_exposure_times_read_as_on_a_camera(seconds: float, text: str) -> None:
    assert shutter(seconds) == text


def test_an_exposure_in_one_line() -> None:
    assert describe_exposure(Metadata(aperture=8.0, iso=100)) == "f/8, ISO 100"
    assert describe_exposure(Metadata()) == ""


@pytest.mark.parametrize(
    ("error", "shown"),
    [
        ("{path} is damaged. Copy it again.", "The file is damaged. Copy it again."),
        ("{name} has 0 bytes.", "The file has 0 bytes."),
        ("{path}: not a picture.", "Not a picture."),
        ("permission denied", "Permission denied"),
    ],
)
def test_reasons_leave_the_name_out(few: Stage, error: str, shown: str) -> None:
    card = few.model.card(0)
    assert short_reason(card, error.format(path=card.path, name=card.path.name)) == shown
