"""What is measured against a frame of a burst, and what it does to the merit."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engine.judge import evidence
from engine.judge.evidence import FULL, HALF, Sharpest, against
from engine.judge.merit import MOST, merit, ranked
from engine.types import (
    EMBEDDING_SIZE,
    Card,
    EyeState,
    Face,
    FileStamp,
    Group,
    GroupKind,
    Photo,
    Reading,
    Region,
    Verdict,
)

OPEN, CLOSED = EyeState.OPEN, EyeState.CLOSED


def frame(
    name: str,
    score: float = 6.0,
    full: float | None = None,
    half: float | None = None,
    exposure: float = 0.0,
    eye: EyeState | None = None,
) -> Card:
    path = Path(name)
    distribution = np.zeros(10, np.float32)
    distribution[0], distribution[9] = (10 - score) / 9, (score - 1) / 9
    embedding = np.zeros(EMBEDDING_SIZE, np.float16)
    embedding[0] = 1
    readings = {"subject_exposure": Reading("subject_exposure", exposure, "EV", (-2.0, 2.0), None, 0.5)}
    for reading, value, scale in ((FULL, full, 1.0), (HALF, half, 0.5)):
        if value is not None:
            readings[reading] = Reading(reading, value, "grey levels", (5.0, 90.0), None, scale)
    faces = () if eye is None else (Face(Region(0.4, 0.4, 0.2, 0.2), 0.9, ((0.0, 0.0),) * 5, (eye, eye)),)
    photo = Photo(path, (path,), FileStamp(1, 1, 1))
    return Card(photo, fingerprint=name, readings=readings, verdict=Verdict(distribution, embedding, "s"), faces=faces)


def order(kind: GroupKind, *frames: Card) -> list[str]:
    group = Group("g", kind, tuple(card.path for card in frames))
    return [card.path.name for card in ranked(frames, [group])]


def test_of_near_equal_frames_the_sharpest_on_the_subject_comes_first_with_its_own_score():
    frames = [frame("soft", 6.1, full=20.0), frame("sharp", 6.0, full=40.0)]
    assert order(GroupKind.BURST, *frames) == ["sharp", "soft"]
    assert merit(frames[1], Sharpest.of(frames)) == pytest.approx(6.0, abs=1e-5)
    assert merit(frames[0], Sharpest.of(frames)) == pytest.approx(6.1 - evidence.SHARPNESS, abs=1e-5)


def test_a_blink_loses_and_a_clearly_better_score_stays_ahead():
    assert order(GroupKind.BURST, frame("blinks", 6.2, eye=CLOSED), frame("looks", 6.0, eye=OPEN)) == [
        "looks",
        "blinks",
    ]
    assert order(
        GroupKind.BURST, frame("better", 6.8, full=9.0, eye=CLOSED), frame("looks", 6.0, full=40.0, eye=OPEN)
    ) == [
        "better",
        "looks",
    ]


def test_nobody_loses_more_than_stated():
    worst = frame("worst", 6.0, full=0.0, exposure=-5.0, eye=CLOSED)
    best = Sharpest.of([worst, frame("best", full=80.0)])
    assert merit(worst, best) == pytest.approx(6.0 - MOST, abs=1e-5)
    assert merit(frame("low", 1.1, full=0.0), best) == 1.0


def test_a_subject_far_from_well_exposed_loses():
    assert order(GroupKind.BURST, frame("dark", 6.05, exposure=-3.0), frame("fine", 6.0)) == ["fine", "dark"]


def test_only_equal_scales_are_compared_and_full_resolution_wins():
    frames = [frame("leader", full=40.0, half=10.0), frame("other", half=12.0)]
    best = Sharpest.of(frames)
    assert against(frames[0], best).sharpness == 0.0
    assert against(frames[1], best).sharpness == 0.0
    assert evidence.sharpness(frames[0]) is frames[0].readings[FULL]
    assert evidence.sharpness(frames[1]) is frames[1].readings[HALF]
    assert evidence.sharpness(replace(frames[1], readings={})) is None


def test_frames_of_a_bracket_and_single_photos_keep_their_score():
    frames = [frame("dark", 6.1, full=20.0, exposure=-4.0), frame("bright", 6.0, full=40.0)]
    assert order(GroupKind.BRACKET, *frames) == ["dark", "bright"]
    assert merit(frames[0]) == pytest.approx(6.1, abs=1e-5)


def group_of_people(name: str, *sharpnesses: float) -> Card:
    """Faces of one size side by side, each so sharp; the subject, the largest, is always the same."""
    card = frame(name, half=40.0)
    faces = tuple(
        Face(Region(0.1 + 0.25 * i, 0.3, 0.2 - 0.01 * i, 0.2), 0.9, ((0.0, 0.0),) * 5, (OPEN, OPEN), sharpness)
        for i, sharpness in enumerate(sharpnesses)
    )
    return replace(card, faces=faces)


def test_in_a_group_the_softest_prominent_face_decides():
    frames = [group_of_people("turned", 40.0, 38.0, 10.0), group_of_people("all", 39.0, 38.0, 37.0)]
    best = Sharpest.of(frames)
    assert against(frames[0], best).sharpness == evidence.SHARPNESS
    assert against(frames[1], best).sharpness == 0.0
    assert order(GroupKind.BURST, *frames) == ["all", "turned"]


def test_a_guest_in_the_background_and_a_single_face_are_not_compared_as_a_group():
    alone = [group_of_people("one", 40.0), group_of_people("other", 10.0)]
    assert evidence.softest_face(alone[1]) is None
    guest = Face(Region(0.8, 0.1, 0.04, 0.05), 0.9, ((0.0, 0.0),) * 5, (OPEN, OPEN), 1.0)
    with_guest = replace(group_of_people("couple", 40.0, 38.0), faces=(*group_of_people("c", 40.0, 38.0).faces, guest))
    softest = evidence.softest_face(with_guest)
    assert softest is not None and softest.value == 38.0
