"""The list of recent shoots, and how a filter is written down."""

from __future__ import annotations

import json
from datetime import datetime, time
from pathlib import Path

import pytest

from desktop.filtering_record import read, written
from desktop.filters import Filter, Hours, Range, Span, StarsRule, Words
from desktop.recent import MOST, Recent
from engine.types import Colour, Flag

EVERYTHING = Filter(
    flags=frozenset({Flag.PICK, Flag.NONE}),
    stars=3,
    stars_rule=StarsRule.EXACTLY,
    colours=frozenset({Colour.RED}),
    cameras=frozenset({"Acme X"}),
    bodies=frozenset({"1001"}),
    lenses=frozenset({"50 mm"}),
    folders=frozenset({Path("/shoot/\udcff")}),
    scenes=frozenset({"s1"}),
    span=Span(datetime(2026, 5, 1, 12), None),
    hours=Hours(time(22), time(4)),
    score=Range(None, 6.5),
    sharpness=Range(10.0, 20.0),
    undecided=True,
    unreadable=True,
    unseen=True,
    unfamiliar=True,
    words=Words("dog", None),
)


def test_a_filter_comes_back_as_it_was_written() -> None:
    assert read(json.loads(json.dumps(written(EVERYTHING)))) == EVERYTHING
    assert read(json.loads(json.dumps(written(Filter())))) == Filter()
    assert written(Filter(suggested=True)) == written(Filter()), "a suggestion ends with the window"


@pytest.mark.parametrize(
    "nonsense",
    [
        None,
        3,
        [],
        {"flags": ["best", 3], "stars": 6, "colours": "red", "folders": [None], "stars_rule": 1},
        {"stars": True, "span": ["yesterday", 3], "hours": ["25:00", "1"], "score": ["a", None], "sharpness": [1]},
        {"words": ["", 3], "hours": [], "undecided": 1, "score": [1e300, None], "span": [None, None]},
    ],
)
def test_nonsense_asks_nothing(nonsense: object) -> None:
    assert read(nonsense).is_open


def test_the_newest_shoot_comes_first_and_the_oldest_is_forgotten(tmp_path: Path) -> None:
    recent = Recent(tmp_path / "recent.json")
    shoots = [(tmp_path / f"{number}",) for number in range(MOST + 2)]
    for shoot in shoots:
        recent.note(shoot, 7)
    recent.note(shoots[5], 8, {"row": 3})
    recent.note(shoots[6], 9)
    recent.write(recent.text())
    again = Recent(tmp_path / "recent.json")
    assert again.visits == recent.visits and len(again.visits) == MOST
    assert [visit.folders for visit in again.visits[:3]] == [shoots[6], shoots[5], shoots[-1]]
    again.note(shoots[5], 8)
    known = again.of(shoots[5])
    assert known is not None and known.left == {"row": 3} and again.visits[0] == known
    again.remove(known)
    assert again.of(shoots[5]) is None


def test_two_folders_together_are_one_shoot_and_names_may_be_any_bytes(tmp_path: Path) -> None:
    recent = Recent(tmp_path / "recent.json")
    strange, other = tmp_path / "caf\udce9", tmp_path / "other"
    recent.note((strange, other), 3)
    recent.write(recent.text())
    found = Recent(tmp_path / "recent.json").of((other, strange))
    assert found is not None and found.folders == (strange, other)
    assert Recent(tmp_path / "recent.json").of((other,)) is None


def test_why_a_shoot_cannot_be_opened(tmp_path: Path) -> None:
    recent = Recent(tmp_path / "recent.json")
    (tmp_path / "here").mkdir()
    (tmp_path / "file").write_bytes(b"")
    for name in ("here", "gone", "file"):
        recent.note((tmp_path / name,), 1)
    reasons = [visit.reason() for visit in reversed(recent.visits)]
    assert reasons[0] is None
    assert reasons[1] is not None and "gone is not there any more" in reasons[1] and "connect it" in reasons[1]
    assert reasons[2] is not None and "file is no folder any more" in reasons[2]


@pytest.mark.parametrize(
    "said", [b"", b"{}", b"[3, {}]", b'[{"folders": [], "time": "x", "photos": 1}]', b"\xff", b"[" * 99999]
)
def test_a_file_that_makes_no_sense_is_an_empty_list(tmp_path: Path, said: bytes) -> None:
    (tmp_path / "recent.json").write_bytes(said)
    assert Recent(tmp_path / "recent.json").visits == ()
