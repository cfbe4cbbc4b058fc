"""chinagraph export and chinagraph rejected: what they accept, what they print, how they end."""

from __future__ import annotations

import csv
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from PIL import Image

from engine import cli
from engine.export import transfer, volume
from engine.files import shoot as shoots
from engine.store.decisions import FILE_NAME, Decisions, Field, Mark, Origin, Value
from engine.types import Flag
from tests.exporting import tree
from tests.shoots import many, write_photo

ROOT = Path(__file__).parents[2]
Decide = Callable[[str, Field, Value], None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = many(tmp_path / "shoot", 4)
    (made / "p000.xmp").write_text("<x/>")
    return made


@pytest.fixture
def decide(folder: Path, data_folder: Path) -> Decide:
    data_folder.mkdir()

    def mark(name: str, field: Field, value: Value) -> None:
        photos = shoots.read([folder]).photos
        with closing(Decisions(data_folder / FILE_NAME)) as store:
            store.open_shoot([folder], [(photo, None) for photo in photos])
            (photo,) = [photo for photo in photos if photo.path.name == name]
            store.mark([Mark(photo, None, field, value)], Origin.KEY)

    return mark


@pytest.fixture
def picks(decide: Decide) -> None:
    decide("p000.jpg", "flag", Flag.PICK)
    decide("p002.jpg", "flag", Flag.PICK)


def run(*arguments: object) -> int:
    return cli.main([str(argument) for argument in arguments])


def printed(capsysbinary: pytest.CaptureFixture[bytes]) -> list[dict]:
    return [json.loads(line) for line in capsysbinary.readouterr().out.splitlines()]


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ([], "nothing to do"),
        (["--picks"], "--to DIR is missing"),
        (["--to", "{to}"], "which photos go"),
        (["--picks", "--to", "{to}", "--quality", "80"], "are for --jpeg and --webp"),
        (["--picks", "--to", "{to}", "--metadata", "none"], "are for --jpeg and --webp"),
        (["--picks", "--stars", "4+", "--to", "{to}"], "not allowed with"),
        (["--picks", "--jpeg", "100", "--webp", "100", "--to", "{to}"], "not allowed with"),
        (["--stars", "6", "--to", "{to}"], "Stars are asked for as"),
        (["--picks", "--to", "{shoot}/best"], "lies in the shoot"),
        (["--picks", "--to", "{to}", "--rename", "../{original}"], 'without "." and ".."'),
        (["--picks", "--to", "{to}", "--rename", "{name}"], "{name} is not known"),
        (["--picks", "--to", "{to}", "--jpeg", "5"], "16 to 65535 px can"),
        (["--picks", "--to", "{to}", "--jpeg", "50", "--move"], "moved as they are"),
        (["--table", "x.txt"], "should end in .csv or .json"),
        (["--table", "{shoot}/x.csv"], "among the photos"),
        (["--check", "nowhere.json"], "cannot be read as a ranking"),
    ],
)
def test_unusable_arguments_end_with_2_one_line_and_nothing_done(
    arguments, reason, folder, tmp_path, capsys, originals
):
    originals(folder)
    asked = [a.replace("{to}", str(tmp_path / "to")).replace("{shoot}", str(folder)) for a in arguments]
    try:
        code = run("export", folder, *asked)
    except SystemExit as ended:
        code = ended.code
    said = capsys.readouterr()
    assert code == cli.UNUSABLE
    assert said.out == "" and re.fullmatch(r"chinagraph.*: .+\n", said.err)
    assert reason in said.err
    assert not (tmp_path / "to").exists()


def test_picks_are_copied_and_printed(folder, picks, tmp_path, capsysbinary, originals):
    originals(folder)
    to = tmp_path / "to"
    assert run("export", folder, "--picks", "--to", to, "--rename", "{seq:03}", "--json") == cli.DONE
    lines = printed(capsysbinary)
    assert tree(to) == ["001.jpg", "001.xmp", "002.jpg"]
    assert [line["status"] for line in lines] == ["done"] * 3
    assert {line["why"] for line in lines} == {"pick"}
    assert lines[2] == {
        "schema": 1,
        "status": "done",
        "action": "copy",
        "source": str(folder / "p002.jpg"),
        "target": str(to / "002.jpg"),
        "photo": str(folder / "p002.jpg"),
        "bytes": (folder / "p002.jpg").stat().st_size,
        "why": "pick",
        "error": None,
    }
    assert run("export", folder, "--picks", "--to", to, "--rename", "{seq:03}", "--json") == cli.DONE
    assert {line["status"] for line in printed(capsysbinary)} == {"there already"}


def test_a_dry_run_does_nothing_and_tells_all(folder, picks, tmp_path, capsysbinary, originals):
    originals(folder)
    assert run("export", folder, "--picks", "--to", tmp_path / "to", "--move", "--dry-run", "--json") == cli.DONE
    lines = printed(capsysbinary)
    assert [(line["status"], line["action"]) for line in lines] == [("planned", "move")] * 3
    assert not (tmp_path / "to").exists()


def test_one_file_is_counted_as_one(folder, decide, tmp_path, capsysbinary):
    decide("p001.jpg", "flag", Flag.PICK)
    assert run("export", folder, "--picks", "--to", tmp_path / "to", "--dry-run") == cli.DONE
    assert b"1 file, " in capsysbinary.readouterr().err


def test_the_best_are_chosen_as_one_set_with_the_reason(folder, picks, decide, tmp_path, capsysbinary):
    decide("p001.jpg", "flag", Flag.REJECT)
    assert run("export", folder, "--best", 3, "--to", tmp_path / "to", "--json") == cli.DONE
    lines = printed(capsysbinary)
    assert tree(tmp_path / "to") == ["p000.jpg", "p000.xmp", "p002.jpg", "p003.jpg"]
    assert all(len(line["why"]) > 3 for line in lines)


def test_stars_mean_so_many_or_more_and_never_a_reject(folder, decide, tmp_path, capsysbinary):
    for name, stars in (("p000.jpg", 3), ("p001.jpg", 4), ("p002.jpg", 5), ("p003.jpg", 5)):
        decide(name, "stars", stars)
    decide("p003.jpg", "flag", Flag.REJECT)
    assert run("export", folder, "--stars", "4+", "--to", tmp_path / "more") == cli.DONE
    assert tree(tmp_path / "more") == ["p001.jpg", "p002.jpg"]
    assert run("export", folder, "--stars", "3", "--to", tmp_path / "three") == cli.DONE
    assert tree(tmp_path / "three") == ["p000.jpg", "p000.xmp"]


def test_moving_takes_them_out_of_the_shoot(folder, picks, tmp_path):
    before = (folder / "p002.jpg").read_bytes()
    assert run("export", folder, "--picks", "--to", tmp_path / "to", "--move") == cli.DONE
    assert tree(folder) == ["p001.jpg", "p003.jpg"]
    assert (tmp_path / "to" / "p002.jpg").read_bytes() == before


@pytest.mark.skipif(sys.platform == "win32", reason="a signal to oneself")
def test_ctrl_c_ends_with_130_and_the_same_command_does_the_rest(folder, picks, tmp_path, monkeypatch):
    to, real = tmp_path / "to", transfer.copy

    def interrupted(*arguments, **more):
        signal.raise_signal(signal.SIGINT)
        return real(*arguments, **more)

    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    monkeypatch.setattr("engine.export.files._COPIERS", 1)
    monkeypatch.setattr(transfer, "copy", interrupted)
    for number in range(10, 30):
        write_photo(folder / f"p{number:03}.jpg", 5, 60.0 * number)
    asked = ["export", folder, "--stars", "0+", "--to", to]
    assert run(*asked) == cli.INTERRUPTED
    assert 0 < len(tree(to)) < 25
    monkeypatch.setattr(transfer, "copy", real)
    assert run(*asked) == cli.DONE
    assert tree(to) == tree(folder)


def test_smaller_pictures(folder, picks, tmp_path):
    to = tmp_path / "to"
    assert run("export", folder, "--picks", "--to", to, "--webp", 96, "--quality", 50, "--metadata", "none") == cli.DONE
    assert tree(to) == ["p000.webp", "p002.webp"]
    with Image.open(to / "p000.webp") as picture:
        assert picture.size == (96, 64) and not dict(picture.getexif())


def test_a_failure_is_named_and_ends_with_1(folder, picks, tmp_path, capsys):
    to = tmp_path / "to"
    (folder / "p002.jpg").write_bytes((folder / "p002.jpg").read_bytes()[:2000])
    assert run("export", folder, "--picks", "--to", to, "--jpeg", 96) == cli.BROKEN
    said = capsys.readouterr()
    assert f"{folder / 'p002.jpg'} is damaged" in said.err and "1 file failed" in said.err
    assert tree(to) == ["p000.jpg"]


def test_a_name_that_is_taken_may_be_refused(folder, picks, tmp_path, capsysbinary):
    (tmp_path / "to").mkdir()
    (tmp_path / "to" / "P000.JPG").write_text("mine")
    asked = ["export", folder, "--picks", "--to", tmp_path / "to", "--clashes", "refuse", "--json"]
    assert run(*asked, "--dry-run") == cli.BROKEN
    capsysbinary.readouterr()
    assert run(*asked) == cli.BROKEN
    done, left_out = printed(capsysbinary)
    assert done["status"] == "done" and left_out["status"] == "left out"
    assert list(done) == list(left_out) and "p000.jpg is taken" in left_out["error"]


def test_tables_say_where_each_photo_went_and_are_checked(folder, picks, tmp_path, capsys):
    made, sheet = tmp_path / "ranking.json", tmp_path / "ranking.csv"
    assert run("export", folder, "--picks", "--to", tmp_path / "to", "--table", made) == cli.DONE
    entries = json.loads(made.read_text())["photos"]
    assert len(entries) == 4 and [len(entry["exported"]) for entry in entries if entry["path"] == "p000.jpg"] == [2]
    assert run("export", folder, "--table", sheet) == cli.DONE
    with sheet.open(encoding="utf-8-sig", newline="") as file:
        assert [row["rank"] for row in csv.DictReader(file)] == ["1", "2", "3", "4"]
    capsys.readouterr()
    assert run("export", folder, "--check", made) == cli.DONE
    assert "The ranking is the same." in capsys.readouterr().err
    write_photo(folder / "p003.jpg", 77, 180.0)
    (folder / "p001.jpg").unlink()
    assert run("export", folder, "--check", made) == cli.BROKEN
    told = capsys.readouterr().out.splitlines()
    assert "p003.jpg is another file than it was: its bytes have changed." in told
    assert "p001.jpg is not in the shoot any more." in told


def test_rejected_photos_go_come_back_and_are_kept_by_a_dry_run(folder, decide, capsysbinary, originals):
    decide("p000.jpg", "flag", Flag.REJECT)
    originals(folder)
    assert run("rejected", "move", folder, "--dry-run", "--json") == cli.DONE
    assert [Path(line["target"]).parent.name for line in printed(capsysbinary)] == ["_Rejected"] * 2
    assert not (folder / "_Rejected").exists()
    assert run("rejected", "move", folder) == cli.DONE
    assert b"2 files moved to _Rejected." in capsysbinary.readouterr().err
    assert {"p000.jpg", "p000.xmp"} <= set(tree(folder / "_Rejected"))
    assert run("rejected", "move", folder) == cli.DONE
    assert run("rejected", "restore", folder, "--dry-run", "--json") == cli.DONE
    assert run("rejected", "restore", folder) == cli.DONE
    assert b"2 files back in the shoot." in capsysbinary.readouterr().err
    assert run("rejected", "move", folder, "--dry-run") == cli.DONE
    assert b"p000.jpg" in capsysbinary.readouterr().out, "the decision is still known"
    decide("p000.jpg", "flag", Flag.NONE)


def test_a_card_needs_a_second_yes(folder, decide, capsys, monkeypatch):
    decide("p000.jpg", "flag", Flag.REJECT)
    monkeypatch.setattr(volume, "is_removable", lambda _: True)
    assert run("rejected", "move", folder) == cli.UNUSABLE
    assert "removable drive" in capsys.readouterr().err
    assert not (folder / "_Rejected").exists()
    assert run("rejected", "move", folder, "--yes") == cli.DONE
    assert (folder / "_Rejected" / "p000.jpg").exists()


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="the trash of freedesktop.org")
def test_the_trash_is_the_last_act(folder, decide, tmp_path, data_folder, monkeypatch):
    decide("p000.jpg", "flag", Flag.REJECT)
    assert run("rejected", "move", folder) == cli.DONE
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    command = [sys.executable, "-m", "desktop", "rejected", "trash", str(folder)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == cli.DONE, ended.stderr
    assert "2 files in the trash." in ended.stderr
    assert tree(tmp_path / "share" / "Trash" / "files") == ["p000.jpg", "p000.xmp"]
    assert tree(folder) == ["p001.jpg", "p002.jpg", "p003.jpg"]
