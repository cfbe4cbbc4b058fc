"""A photo that is turned by hand: its pixels, its regions, and the orientation that programs are told."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine.files import rotation, upright
from engine.turn import Turn
from engine.types import Card, Face, FileStamp, Metadata, Photo, Reading, Region, Subject, SubjectSource, Verdict

PIXELS = np.arange(4 * 6 * 3, dtype=np.uint8).reshape(4, 6, 3)


@pytest.mark.parametrize("turn", Turn)
@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_orientation_that_is_told_shows_what_was_turned(orientation: int, turn: Turn) -> None:
    told = upright.turn(PIXELS, upright.turned(orientation, turn))
    assert np.array_equal(told, np.rot90(upright.turn(PIXELS, orientation), -turn))


def a_card() -> Card:
    corner = Region(0.0, 0.0, 0.5, 0.25)
    attention = np.zeros((2, 3), np.float32)
    attention[0, 0] = 1.0
    return Card(
        Photo(Path("a.jpg"), (Path("a.jpg"),), FileStamp(1, 1, 1)),
        Metadata(orientation=6, af=corner),
        600,
        400,
        readings={"sharpness": Reading("sharpness", 1.0, "", (0.0, 2.0), corner, 0.5)},
        verdict=Verdict(np.full(10, 0.1, np.float32), np.zeros(512, np.float16), "s", attention),
        faces=(Face(corner, 0.9, ((0.1, 0.2),) * 5),),
        subject=Subject(corner, SubjectSource.EYES),
    )


def test_everything_that_has_a_place_turns_with_the_photo() -> None:
    card = rotation.turned(a_card(), Turn.RIGHT)
    corner = Region(0.75, 0.0, 0.25, 0.5)
    assert (card.width, card.height, card.turn) == (400, 600, Turn.RIGHT)
    assert card.subject is not None and card.subject.region == corner
    assert card.faces[0].region == card.readings["sharpness"].region == card.metadata.af == corner
    assert card.faces[0].landmarks[0] == pytest.approx((0.8, 0.1))
    assert card.verdict is not None and card.verdict.attention is not None
    assert card.verdict.attention.shape == (3, 2) and card.verdict.attention[0, 1] == 1.0
    assert card.metadata.orientation == 6, "what the file says stays"


def test_turning_is_towards_a_place_and_back() -> None:
    card = a_card()
    assert rotation.turned(card, Turn.NONE) is card
    over = rotation.turned(rotation.turned(card, Turn.LEFT), Turn.OVER)
    assert (over.width, over.height, over.turn) == (600, 400, Turn.OVER)
    back = rotation.turned(over, Turn.NONE)
    assert back.subject == card.subject
    assert back.faces[0].landmarks[0] == pytest.approx(card.faces[0].landmarks[0])
