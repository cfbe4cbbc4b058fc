"""chinagraph select, on real files."""

from __future__ import annotations

import base64
import json
import os
import sqlite3
import sys
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest

from desktop.__main__ import main as chinagraph
from engine import cli
from engine.files import shoot
from engine.settings import FILE_NAME as SETTINGS
from engine.settings import Settings, save
from engine.store.decisions import FILE_NAME, Decisions, Mark, Origin
from engine.types import Flag
from tests.shoots import READABLE, UNREADABLE, many, small_shoot, write_photo


def lines(capsysbinary, *arguments: object) -> list[dict]:
    assert cli.main([str(argument) for argument in arguments]) == cli.DONE
    return [json.loads(line) for line in capsysbinary.readouterr().out.splitlines()]


def chosen(found: list[dict]) -> list[str]:
    return [Path(line["path"]).name for line in found if line["chosen"]]


def flag(data: Path, folder: Path, flags: dict[str, Flag]) -> None:
    decide(data, folder, "flag", flags)


def decide(data: Path, folder: Path, field: str, values: Mapping[str, Flag | int]) -> None:
    """Decide as the window does."""
    photos = {photo.path.name: photo for photo in shoot.read([folder]).photos}
    decisions = Decisions(data / FILE_NAME)
    decisions.open_shoot([folder], [(photo, None) for photo in photos.values()])
    decisions.mark([Mark(photos[name], None, field, new) for name, new in values.items()], Origin.KEY)
    decisions.close()


def log(data: Path) -> list[tuple]:
    """Everything that was ever decided."""
    with closing(sqlite3.connect(data / FILE_NAME)) as database:
        asked = (
            "SELECT a.id, a.origin, a.time, c.field, c.old, c.new FROM action a LEFT JOIN change c ON c.action = a.id"
        )
        return database.execute(asked).fetchall()


def test_chosen_photos_come_first_and_every_photo_says_why(tmp_path, originals, capsysbinary):
    folder = originals(small_shoot(tmp_path / "shoot"))
    found = lines(capsysbinary, "select", folder, "--best", 4, "--json")
    assert len(found) == READABLE + UNREADABLE
    assert [line["chosen"] for line in found] == [True] * len(chosen(found)) + [False] * (
        len(found) - len(chosen(found))
    )
    assert 1 <= len(chosen(found)) <= 4
    assert all(line["reason"] for line in found)
    assert [line["reason"] for line in found[-UNREADABLE:]] == ["unreadable"] * UNREADABLE
    assert all(line["group"] and line["scene"] for line in found[:READABLE])
    paths = {line["path"] for line in found}
    for line in found:
        assert line["runner_up"] is None or (line["chosen"] and line["runner_up"] in paths - {line["path"]})
    assert found == lines(capsysbinary, "select", folder, "--best", 4, "--json")


def test_picks_are_in_rejects_are_out_and_nothing_is_decided(tmp_path, data_folder, capsysbinary):
    folder = many(tmp_path / "shoot", 6)
    everything = chosen(lines(capsysbinary, "select", folder, "--best", 6, "--json"))
    first, last = everything[0], everything[-1]
    flag(data_folder, folder, {first: Flag.REJECT, last: Flag.PICK})
    before = log(data_folder)
    found = lines(capsysbinary, "select", folder, "--best", 3, "--json")
    assert last in chosen(found) and first not in chosen(found)
    assert len(chosen(found)) == 3
    reasons = {Path(line["path"]).name: line["reason"] for line in found}
    assert reasons[last] == "picked by you" and reasons[first] == "rejected by you"
    assert log(data_folder) == before and len(before) == 2
    decide(data_folder, folder, "stars", {first: 5, last: 4, everything[-2]: 4})
    save(Settings(keeper_stars=4), data_folder / SETTINGS)
    found = lines(capsysbinary, "select", folder, "--best", 2, "--json")
    assert set(chosen(found)) == {last, everything[-2]}, "stars keep as the setting says, a reject never is kept"
    cli.main(["export", str(folder), "--picks", "--to", str(tmp_path / "out"), "--json"])
    assert {path.name for path in (tmp_path / "out").iterdir()} == {last, everything[-2]}


def test_limits_hold_and_what_cannot_be_is_said(tmp_path, capsysbinary):
    folder = tmp_path / "shoot"
    for number in range(4):
        write_photo(folder / f"burst{number}.jpg", 1, 0.3 * number, blur=0.1 * number)
    for number in range(2):
        write_photo(folder / f"later{number}.jpg", 7 + number, 7200.0 * (number + 1))
    asked = ("select", str(folder), "--best", "5", "--per-burst", "1", "--cover-scenes", "--json")
    assert cli.main(list(asked)) == cli.DONE
    printed = capsysbinary.readouterr()
    found = [json.loads(line) for line in printed.out.splitlines()]
    assert len([name for name in chosen(found) if name.startswith("burst")]) == 1
    assert {"later0.jpg", "later1.jpg"} <= set(chosen(found))
    assert b"3 photos of the 5 asked for are chosen: the others are 3 of a burst that has 1 already." in printed.err
    high = lines(capsysbinary, "select", folder, "--best", 5, "--min-score", 10, "--json")
    assert chosen(high) == [] and all("is below 10" in line["reason"] for line in high)


def test_people_get_a_line_for_each_chosen_photo(tmp_path, capsys):
    folder = many(tmp_path / "shoot", 4)
    assert cli.main(["select", str(folder), "--best", "2"]) == cli.DONE
    printed = capsys.readouterr()
    assert len(printed.out.splitlines()) == 2
    assert all(
        line.startswith(f"{folder}/p00") and "merit " in line and "; runner-up p00" in line
        for line in printed.out.splitlines()
    )
    assert "2 of 4 photos chosen." in printed.err


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="file names are text there")
def test_a_name_that_is_not_utf8_has_its_bytes_beside_it(tmp_path, capsysbinary):
    folder = many(tmp_path / "shoot", 2)
    odd = os.fsencode(folder) + b"/caf\xe9.jpg"
    (folder / "p000.jpg").rename(os.fsdecode(odd))
    found = {line["path"]: line for line in lines(capsysbinary, "select", folder, "--best", 1, "--json")}
    line = found[f"{folder}/caf\ufffd.jpg"]
    assert base64.b64decode(line["path_b64"]) == odd
    other = found[f"{folder}/p001.jpg"]
    assert "path_b64" not in other
    both = [line, other]
    taken = next(one for one in both if one["chosen"])
    assert taken["runner_up"] == next(one["path"] for one in both if not one["chosen"])
    assert ("runner_up_b64" in taken) == (taken is other)


@pytest.mark.parametrize(
    "arguments",
    [
        ["select", "."],
        ["select", ".", "--best", "0"],
        ["select", ".", "--best", "3", "--per-burst", "0"],
        ["select", ".", "--best", "3", "--min-score", "11"],
        ["select", ".", "--best", "3", "--min-score", "nan"],
        ["select", "not/there", "--best", "3"],
    ],
)
def test_unusable_arguments_end_with_2_and_one_line(arguments, capsys):
    try:
        code = chinagraph(arguments)
    except SystemExit as ended:
        code = ended.code
    printed = capsys.readouterr()
    assert code == cli.UNUSABLE
    assert printed.out == "" and len(printed.err.splitlines()) == 1


def test_an_empty_folder_has_nothing_to_choose(tmp_path, capsys):
    (tmp_path / "shoot").mkdir()
    assert cli.main(["select", str(tmp_path / "shoot"), "--best", "3", "--json"]) == cli.DONE
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "the shoot has no more" in printed.err
