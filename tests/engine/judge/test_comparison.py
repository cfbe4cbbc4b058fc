"""The sentence that says why a frame is suggested."""

from __future__ import annotations

from dataclasses import replace

from engine.judge.comparison import differences, reason
from engine.types import EyeState, Reading
from tests.engine.judge.test_evidence import CLOSED, OPEN, frame, group_of_people


def with_merit(card, merit, clipping=0.0):
    readings = {**card.readings, "clipping_high": Reading("clipping_high", clipping, "share", (0, 0.07), None, 0.5)}
    return replace(card, merit=merit, readings=readings)


def test_it_names_the_next_best_and_the_two_measurements():
    best = with_merit(frame("IMG_0411.JPG", full=41.0), 6.0)
    others = [with_merit(frame("IMG_0412.JPG", full=28.5), 5.8), with_merit(frame("IMG_0413.JPG", full=12.0), 5.6)]
    assert reason(best, [best, *others]) == "measured: sharper on the subject than IMG_0412 (41.00, 28.50)"


def test_eyes_exposure_and_clipping_are_told_where_they_differ():
    best = with_merit(frame("a.jpg", full=30.0, eye=OPEN), 6.0)
    rival = with_merit(frame("b.jpg", full=31.0, eye=CLOSED, exposure=2.6), 5.7, clipping=0.12)
    assert reason(best, [rival]) == "measured: eyes open, subject better exposed (+0.0, +2.6 EV), no clipping"


def test_what_speaks_against_the_suggestion_is_told_too():
    best = with_merit(frame("a.jpg", full=20.0, eye=EyeState.OPEN), 6.4, clipping=0.05)
    rival = with_merit(frame("b.jpg", full=40.0, eye=EyeState.OPEN), 6.0, clipping=0.01)
    assert reason(best, [rival]) == "measured: softer on the subject than b (20.00, 40.00), more clipping (5%, 1%)"


def test_without_a_measured_difference_the_score_decides():
    best = with_merit(frame("a.jpg", full=40.0), 6.1)
    assert reason(best, [with_merit(frame("b.jpg", full=39.0), 6.0)]) == (
        "measured: as good as b; the score decides (6.10, 6.00)"
    )


def test_different_scales_are_not_compared():
    best = with_merit(frame("a.jpg", full=40.0), 6.1)
    assert "sharper" not in (reason(best, [with_merit(frame("b.jpg", half=9.0), 6.0)]) or "")


def test_alone_there_is_no_reason():
    best = with_merit(frame("a.jpg"), 6.1)
    assert reason(best, [best]) is None
    assert reason(replace(best, merit=None), [with_merit(frame("b.jpg"), 6.0)]) is None


def test_of_a_group_the_softest_face_is_told():
    best = with_merit(group_of_people("all", 39.0, 38.0, 37.0), 6.0)
    rival = with_merit(group_of_people("turned", 40.0, 38.0, 10.0), 5.8)
    assert reason(best, [rival]) == "measured: its softest face sharper (37.00, 10.00)"


def test_two_frames_are_compared_without_a_name_and_both_ways():
    one = with_merit(frame("a.jpg", full=30.0, eye=OPEN), 6.0)
    other = with_merit(frame("b.jpg", full=60.0, eye=CLOSED), 5.7, clipping=0.12)
    assert differences(one, other) == ("softer on the subject (30.00, 60.00)", "eyes open", "no clipping")
    told = ("sharper on the subject (60.00, 30.00)", "but a blink", "more clipping (12%, 0%)")
    assert differences(other, one) == told
    assert differences(one, one) == ()
