"""Rank, mark some, ask for the best few, accept them as one act, and find the same after the folder was renamed."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest

from engine import cli
from engine.files import shoot as shoots
from engine.store.decisions import FILE_NAME, Decisions, Mark, Origin
from engine.types import Decision, Flag
from tests.shoots import write_photo

HOUR = 3600.0


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A burst of four, of which the first is sharp; hours later a single; hours later a bracket and another single."""
    made = tmp_path / "shoot"
    for number, blur in enumerate((0.0, 0.4, 0.8, 5.0)):
        write_photo(made / f"burst{number}.jpg", 1, 0.3 * number, blur=blur)
    write_photo(made / "alone.jpg", 2, 2 * HOUR)
    for number, bias in enumerate((0.0, -1.0, 1.0)):
        write_photo(made / f"bracket{number}.jpg", 3, 4 * HOUR + 0.5 * number, bias=bias)
    write_photo(made / "late.jpg", 4, 4 * HOUR + 40)
    return made


def asked(capsysbinary: pytest.CaptureFixture[bytes], *arguments: object) -> list[dict]:
    assert cli.main([*map(str, arguments), "--json"]) == cli.DONE
    return [json.loads(line) for line in capsysbinary.readouterr().out.splitlines()]


def chosen(lines: list[dict]) -> set[str]:
    return {Path(line["path"]).name for line in lines if line["chosen"]}


def test_from_ranking_to_an_accepted_selection(folder, tmp_path, data_folder, originals, capsysbinary):
    originals(folder)
    ranked = {Path(line["path"]).name: line for line in asked(capsysbinary, "rank", folder)}
    assert len({ranked[f"burst{number}.jpg"]["group"] for number in range(4)}) == 1
    assert {ranked[f"bracket{number}.jpg"]["group_kind"] for number in range(3)} == {"bracket"}
    photos = {photo.path.name: photo for photo in shoots.read([folder]).photos}

    with closing(Decisions(data_folder / FILE_NAME)) as window:
        window.open_shoot([folder], [(photo, None) for photo in photos.values()])
        window.mark([Mark(photos["burst3.jpg"], None, "flag", Flag.PICK)], Origin.KEY)
        window.mark([Mark(photos["late.jpg"], None, "flag", Flag.REJECT)], Origin.KEY)

    best = ("--best", 5, "--per-burst", 1, "--cover-scenes")
    lines = asked(capsysbinary, "select", folder, *best)
    expected = {"burst3.jpg", "alone.jpg", "bracket0.jpg", "bracket1.jpg", "bracket2.jpg"}
    assert chosen(lines) == expected
    said = {Path(line["path"]).name: line for line in lines}
    assert said["burst3.jpg"]["reason"] == "picked by you"
    assert said["burst0.jpg"]["reason"] == "its burst has 1 already"
    assert said["late.jpg"]["reason"] == "rejected by you"
    assert "a bracket of 3, taken whole" in said["bracket1.jpg"]["reason"]
    assert said["alone.jpg"]["runner_up"] is None, "everybody else is in, rejected, or of a burst that is full"

    with closing(Decisions(data_folder / FILE_NAME)) as window:
        window.open_shoot([folder], [(photo, None) for photo in photos.values()])
        marks = [Mark(photos[name], None, "flag", Flag.PICK) for name in sorted(chosen(lines))]
        assert len(window.mark(marks, Origin.ACCEPTED)) == 4
        window.undo()
        assert window.of(photos["alone.jpg"].path) == Decision()
        window.redo()

    accepted = asked(capsysbinary, "select", folder, "--best", 5)
    assert chosen(accepted) == expected
    more = asked(capsysbinary, "select", folder, "--best", 6)
    assert chosen(more) - expected == {
        next(line["path"].rsplit("/", 1)[1] for line in more if line["chosen"] and "picked" not in line["reason"])
    }


def test_a_renamed_shoot_gives_the_same_selection(folder, tmp_path, data_folder, capsysbinary):
    photos = {photo.path.name: photo for photo in shoots.read([folder]).photos}
    asked(capsysbinary, "select", folder, "--best", 1)
    with closing(Decisions(data_folder / FILE_NAME)) as window:
        window.open_shoot([folder], [(photo, None) for photo in photos.values()])
        window.mark([Mark(photos["burst3.jpg"], None, "flag", Flag.PICK)], Origin.KEY)
        window.mark([Mark(photos["alone.jpg"], None, "flag", Flag.REJECT)], Origin.KEY)
    before = asked(capsysbinary, "select", folder, "--best", 4)
    moved = folder.rename(tmp_path / "renamed")
    after = asked(capsysbinary, "select", moved, "--best", 4)
    assert chosen(after) == chosen(before) >= {"burst3.jpg"}
    assert "alone.jpg" not in chosen(after)
    with closing(Decisions(data_folder / FILE_NAME)) as window:
        found = shoots.read([moved]).photos
        window.open_shoot([moved], [(photo, None) for photo in found])
        assert [change.path for change in window.undo()] == [moved / "alone.jpg"]
