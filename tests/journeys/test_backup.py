"""Decisions leave as a file beside the shoot and arrive on another machine."""

from __future__ import annotations

import json
import shutil
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from engine import cli
from engine.files import shoot as shoots
from engine.store.decisions import FILE_NAME, Decisions, Field, Mark, Origin, Value
from engine.store.portable import FILE_NAME as BACKUP
from engine.types import Colour, Decision, Flag
from tests.shoots import many


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Five photos, two of them of one content."""
    made = many(tmp_path / "shoot", 4)
    (made / "day").mkdir()
    shutil.copy(made / "p000.jpg", made / "day" / "same.jpg")
    return made


class Machine:
    """A data folder of its own."""

    def __init__(self, home: Path) -> None:
        self.home = home

    def run(self, *arguments: object) -> int:
        return cli.main(["--data-dir", str(self.home), "backup", *map(str, arguments)])

    def decide(self, folder: Path, *decided: tuple[str, Field, Value]) -> None:
        with self.opened(folder) as store:
            photos = {photo.path: photo for photo in shoots.read([folder]).photos}
            for name, field, new in decided:
                store.mark([Mark(photos[folder / name], None, field, new)], Origin.KEY)

    def opened(self, folder: Path) -> closing[Decisions]:
        self.home.mkdir(exist_ok=True)
        store = Decisions(self.home / FILE_NAME)
        store.open_shoot([folder], [(photo, None) for photo in shoots.read([folder]).photos])
        return closing(store)

    def decisions(self, folder: Path) -> dict[str, Decision]:
        with self.opened(folder) as store:
            photos = shoots.read([folder]).photos
            found = {photo.path.relative_to(folder).as_posix(): store.of(photo.path) for photo in photos}
        return {name: made for name, made in found.items() if made != Decision()}


@pytest.fixture
def here(tmp_path: Path) -> Machine:
    return Machine(tmp_path / "here")


@pytest.fixture
def there(tmp_path: Path) -> Machine:
    return Machine(tmp_path / "there")


DECIDED: tuple[tuple[str, Field, Value], ...] = (
    ("p000.jpg", "flag", Flag.PICK),
    ("day/same.jpg", "stars", 2),
    ("p001.jpg", "colour", Colour.GREEN),
    ("p001.jpg", "group", "hand p001 x2 abc"),
    ("p002.jpg", "flag", Flag.REJECT),
    ("p002.jpg", "flag", Flag.NONE),
)
AFTERWARDS = {
    "p000.jpg": Decision(Flag.PICK),
    "day/same.jpg": Decision(stars=2),
    "p001.jpg": Decision(colour=Colour.GREEN, group="hand p001 x2 abc"),
}


def test_all_that_was_decided_arrives_as_one_act(folder, tmp_path, here, there, originals, capsys):
    here.decide(folder, *DECIDED)
    assert here.run("write", folder) == cli.DONE
    assert f"4 photos in {folder / BACKUP}." in capsys.readouterr().err
    other = originals(Path(shutil.copytree(folder, tmp_path / "elsewhere" / "copy")))
    assert there.run("read", other) == cli.DONE
    assert "3 photos got decisions" in capsys.readouterr().err
    assert there.decisions(other) == AFTERWARDS
    with there.opened(other) as store:
        assert len(store.undo()) == 4
        assert not store.can_undo
        assert store.of(other / "p000.jpg") == Decision()
    assert there.run("read", other) == cli.DONE, "what was taken back was never decided"
    assert there.decisions(other) == AFTERWARDS


def test_renamed_photos_are_found_by_content_and_lost_ones_are_named(folder, tmp_path, here, there, capsysbinary):
    here.decide(folder, *DECIDED)
    assert here.run("write", folder, "--to", tmp_path / "kept.json") == cli.DONE
    assert not (folder / BACKUP).exists()
    (folder / "p000.jpg").rename(folder / "first.jpg")
    (folder / "p001.jpg").unlink()
    capsysbinary.readouterr()
    assert there.run("read", folder, "--from", tmp_path / "kept.json", "--json") == cli.DONE
    assert there.decisions(folder) == {"first.jpg": Decision(Flag.PICK), "day/same.jpg": Decision(stars=2)}
    lines = [json.loads(line) for line in capsysbinary.readouterr().out.splitlines()]
    assert {(Path(line["path"]).name, line["status"], line["field"], line["there"]) for line in lines} == {
        ("first.jpg", "taken over", "flag", "pick"),
        ("same.jpg", "taken over", "stars", 2),
        ("p001.jpg", "not found", None, None),
    }


def test_conflicts_are_named_and_left_until_somebody_settles_them(folder, here, there, capsys):
    here.decide(folder, ("p000.jpg", "flag", Flag.PICK), ("p000.jpg", "stars", 4), ("p001.jpg", "stars", 1))
    assert here.run("write", folder) == cli.DONE
    there.decide(folder, ("p000.jpg", "flag", Flag.REJECT), ("p001.jpg", "stars", 3), ("p001.jpg", "stars", 0))
    capsys.readouterr()
    assert there.run("read", folder, "--dry-run") == cli.BROKEN
    assert there.decisions(folder) == {"p000.jpg": Decision(Flag.REJECT)}
    assert "1 photo would get decisions" in capsys.readouterr().err
    assert there.run("read", folder, "--dry-run", "--json") == cli.BROKEN
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {(line["status"], line["field"], line["here"], line["there"]) for line in lines} == {
        ("would be taken over", "stars", None, 4),
        ("conflict", "flag", "reject", "pick"),
        ("conflict", "stars", 0, 1),
    }
    times = {(line["there_time"], line["here_time"]) for line in lines if line["status"] == "conflict"}
    assert all(datetime.fromisoformat(first) < datetime.fromisoformat(second) for first, second in times)
    assert there.run("read", folder) == cli.BROKEN
    printed = capsys.readouterr()
    assert "p000.jpg: flag is reject here and pick in the backup" in printed.out
    assert "p001.jpg: stars is none here and 1 in the backup" in printed.out
    assert "2 conflicts are left as they are here" in printed.err
    assert there.decisions(folder) == {"p000.jpg": Decision(Flag.REJECT, 4)}
    assert there.run("read", folder, "--prefer", "here") == cli.DONE
    assert there.decisions(folder) == {"p000.jpg": Decision(Flag.REJECT, 4)}
    assert there.run("read", folder, "--prefer", "file") == cli.DONE
    assert there.decisions(folder) == {"p000.jpg": Decision(Flag.PICK, 4), "p001.jpg": Decision(stars=1)}
    assert there.run("read", folder) == cli.DONE, "both sides are the same now"


def test_a_backup_of_a_shoot_that_was_moved_before_it_was_opened_again_is_whole(folder, tmp_path, here, there):
    here.decide(folder, *DECIDED)
    assert here.run("write", folder, "--to", tmp_path / "first.json") == cli.DONE
    moved = folder.rename(tmp_path / "moved")
    assert here.run("write", moved) == cli.DONE
    entries = [json.loads(path.read_bytes())["photos"] for path in (tmp_path / "first.json", moved / BACKUP)]
    assert entries[0] == entries[1]


def test_two_folders_are_one_backup(tmp_path, here, there):
    first, second = many(tmp_path / "a" / "one", 2), many(tmp_path / "a" / "two", 2)
    (second / "p000.jpg").write_bytes((second / "p000.jpg").read_bytes() + b"x")
    (second / "p001.jpg").write_bytes((second / "p001.jpg").read_bytes() + b"x")
    here.decide(tmp_path / "a", ("one/p000.jpg", "stars", 1), ("two/p000.jpg", "stars", 2))
    assert here.run("write", first, second) == cli.UNUSABLE
    assert here.run("write", first, second, "--to", tmp_path / "both.json") == cli.DONE
    assert there.run("read", first, second, "--from", tmp_path / "both.json") == cli.DONE
    assert there.decisions(tmp_path / "a") == {
        "one/p000.jpg": Decision(stars=1),
        "two/p000.jpg": Decision(stars=2),
    }


GOOD = {"folder": 0, "path": "p000.jpg", "fingerprint": "f", "size": 1, "stars": 3, "time": "2026-05-01T00:00:00+00:00"}


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "not JSON"),
        (b"\x00\xff", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"[]", "is no backup"),
        (b'{"kind": "chinagraph ranking"}', "is no backup"),
        (b'{"kind": "chinagraph decisions", "schema": 2}', "newer version"),
        *(
            (json.dumps({"kind": "chinagraph decisions", "schema": 1, "photos": photos}).encode(), "is damaged")
            for photos in (
                None,
                [3],
                [{}],
                [{**GOOD, "stars": 6}],
                [{**GOOD, "flag": "best"}],
                [{**GOOD, "group": "a\nb"}],
                [{**GOOD, "time": "yesterday"}],
                [{**GOOD, "size": "large"}],
                [{**GOOD, "size": float("inf")}],
                [GOOD, {**GOOD, "path_b64": "?"}],
            )
        ),
    ],
)
def test_a_file_that_is_no_backup_changes_nothing_and_is_named(data, said, folder, here, capsys):
    (folder / BACKUP).write_bytes(data)
    assert here.run("read", folder) == cli.UNUSABLE
    printed = capsys.readouterr().err
    assert said in printed and str(folder / BACKUP) in printed and len(printed.splitlines()) == 1
    if b"decisions" not in data:
        assert here.run("write", folder) == cli.UNUSABLE
        assert (folder / BACKUP).read_bytes() == data


@pytest.mark.parametrize(
    "arguments",
    [
        ["write", "FOLDER", "--dry-run"],
        ["write", "FOLDER", "--from", "x"],
        ["read", "FOLDER", "--to", "x"],
        ["read", "FOLDER"],
        ["write", "FOLDER", "--to", "FOLDER/p000.jpg"],
        ["write", "FOLDER", "--to", "FOLDER/p000.jpg/x.json"],
        ["read", "FOLDER/nothing"],
    ],
)
def test_what_cannot_be_is_refused_in_one_line(arguments, folder, here, capsys):
    asked = [word.replace("FOLDER", str(folder)) for word in arguments]
    assert here.run(*asked) == cli.UNUSABLE
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_clocks_travel_along_and_differing_ones_are_told(here, there, folder, capsys):
    capsys.readouterr()
    with here.opened(folder) as store:
        for body, seconds in (("R5", -3600.5), ("Z9", 60), ("A1", 7)):
            store.set_clock(body, timedelta(seconds=seconds))
    with there.opened(folder) as store:
        store.set_clock("Z9", timedelta(seconds=90))
        store.set_clock("A1", timedelta(seconds=7))
    assert here.run("write", folder) == cli.DONE
    assert there.run("read", folder, "--json") == cli.BROKEN
    said = capsys.readouterr()
    assert "1 clock corrected; 1 fields were the same; 1 conflicts are left as they are here" in said.err
    lines = [json.loads(line) for line in said.out.splitlines()]
    assert [(one["status"], one["field"], one["path"], one["body"], one["here"], one["there"]) for one in lines] == [
        ("taken over", "clock", None, "R5", None, -3600.5),
        ("conflict", "clock", None, "Z9", 90.0, 60.0),
    ]
    with there.opened(folder) as store:
        assert store.clocks() == {body: timedelta(seconds=s) for body, s in (("R5", -3600.5), ("Z9", 90), ("A1", 7))}
    assert there.run("read", folder, "--prefer", "file") == cli.DONE
    assert "The clock of Z9 is corrected by +0:01:30 here and +0:01:00 in the backup" in capsys.readouterr().out
    with there.opened(folder) as store:
        assert store.clocks()["Z9"] == timedelta(seconds=60)


def test_a_backup_from_before_clocks_were_kept_is_read_and_one_with_nonsense_is_not(here, there, folder, capsys):
    here.decide(folder, ("p000.jpg", "stars", 4))
    assert here.run("write", folder) == cli.DONE
    document = json.loads((folder / BACKUP).read_bytes())
    assert document.pop("clocks") == {}
    (folder / BACKUP).write_text(json.dumps(document))
    assert there.run("read", folder) == cli.DONE
    assert there.decisions(folder)["p000.jpg"].stars == 4
    for nonsense in ([], {"R5": "soon"}, {"R5": 1e30}, {"R5": 1e12}):
        (folder / BACKUP).write_text(json.dumps({**document, "clocks": nonsense}))
        assert there.run("read", folder) == cli.UNUSABLE
        assert "is damaged" in capsys.readouterr().err
