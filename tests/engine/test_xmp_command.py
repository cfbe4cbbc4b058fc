"""`chinagraph xmp`: what it prints is what it does, and it does no more."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine import cli
from engine.export import sidecar
from engine.export.targets import Target
from engine.files import shoot
from engine.settings import XMP_TARGETS
from engine.store.decisions import Decisions
from engine.types import Colour, Decision, Flag
from tests import pictures, sidecars


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "shoot"
    made.mkdir()
    for name, rating in (("a", 4), ("b", 2), ("c", None)):
        pictures.jpeg(made / f"{name}.jpg", size=(32, 24), rating=rating)
    pictures.dng(made / "d.dng", size=(64, 48))
    return made


Line = dict[str, object]


def xmp(printed: pytest.CaptureFixture[bytes], folder: Path, action: str, *options: str, code: int = 0) -> list[Line]:
    assert cli.main(["--data-dir", str(folder.parent / "data"), "xmp", action, str(folder), *options, "--json"]) == code
    return [json.loads(line) for line in printed.readouterr().out.splitlines()]


def values(lines: list[Line]) -> dict[str, object]:
    """Name of the photo -> what was taken over."""
    return {Path(str(line["photo"])).name: line["value"] for line in lines}


def written(lines: list[Line]) -> list[tuple[str, object]]:
    """(name of the sidecar, status)."""
    return [(Path(str(line["sidecar"])).name, line["status"]) for line in lines]


def decisions(folder: Path) -> dict[str, Decision]:
    store = Decisions(folder.parent / "data" / "decisions.sqlite")
    made = store.open_shoot([folder], [(photo, None) for photo in shoot.read([folder]).photos])
    store.close()
    return {path.name: decision for path, decision in made.items()}


def test_the_programs_are_the_same_everywhere():
    assert tuple(Target) == XMP_TARGETS


def test_a_shoot_is_read_and_written_and_nothing_of_it_is_touched(folder, capsysbinary):
    before = {path: path.read_bytes() for path in folder.iterdir()}
    (folder / "d.xmp").write_bytes(sidecars.lightroom(rating=5, label="Red", pick=1))
    planned = xmp(capsysbinary, folder, "read", "--dry-run")
    assert decisions(folder) == {}
    done = xmp(capsysbinary, folder, "read")
    assert [{**line, "status": "imported"} for line in planned] == done
    assert decisions(folder) == {
        "a.jpg": Decision(stars=4), "b.jpg": Decision(stars=2), "d.dng": Decision(Flag.PICK, 5, Colour.RED)
    }  # fmt: skip
    assert xmp(capsysbinary, folder, "read") == []
    planned = xmp(capsysbinary, folder, "write", "--for", "darktable", "--dry-run")
    assert sorted(path.name for path in folder.glob("*.xmp")) == ["d.xmp"]
    done = xmp(capsysbinary, folder, "write", "--for", "darktable")
    assert [{**line, "status": "written"} for line in planned] == done
    assert [name for name, _ in written(done)] == ["a.jpg.xmp", "b.jpg.xmp", "d.dng.xmp"]
    assert sidecar.read(folder / "d.dng.xmp").get("xmp:Label") == "Red"
    assert {line["status"] for line in xmp(capsysbinary, folder, "write", "--for", "darktable")} == {"unchanged"}
    assert {path: path.read_bytes() for path in before} == before
    assert not (folder.parent / "data" / "cache" / "thumbnails" / "0.pack").exists(), "nothing was ranked"


def test_conflicts_are_printed_and_left(folder, capsysbinary):
    (folder / "a.xmp").write_bytes(sidecars.lightroom(rating=1, label=None))
    lines = {line["status"]: line for line in xmp(capsysbinary, folder, "read")}
    assert lines["conflict"]["field"] == "stars" and lines["conflict"]["decided"] is None
    assert [(s["source"], s["value"]) for s in lines["conflict"]["sources"]] == [("sidecar", 1), ("EXIF", 4)]
    assert decisions(folder) == {"b.jpg": Decision(stars=2)}
    assert cli.main(["--data-dir", str(folder.parent / "data"), "xmp", "read", str(folder)]) == cli.DONE
    printed = capsysbinary.readouterr()
    assert b"stars in conflict: a.xmp xmp:Rating: 1; a.jpg Rating: 4" in printed.out
    assert b"1 in conflict" in printed.err


def test_reading_for_one_program_reads_its_sidecars_alone(folder, capsysbinary):
    (folder / "c.xmp").write_bytes(sidecars.attributes(rating=1).encode())
    (folder / "c.jpg.xmp").write_bytes(sidecars.attributes(rating=5).encode())
    found = {
        line["photo"]: line["value"] for line in xmp(capsysbinary, folder, "read", "--for", "digikam", "--dry-run")
    }
    assert found[str(folder / "c.jpg")] == 5
    found = {line["photo"]: line["value"] for line in xmp(capsysbinary, folder, "read", "--for", "adobe", "--dry-run")}
    assert found[str(folder / "c.jpg")] == 1


def test_what_fails_is_named_and_the_rest_is_written(folder, capsysbinary):
    xmp(capsysbinary, folder, "read")
    (folder / "a.xmp").write_bytes(b"<torn")
    lines = xmp(capsysbinary, folder, "write", code=cli.BROKEN)
    assert [(Path(str(line["photo"])).name, line["status"]) for line in lines] == [
        ("a.jpg", "failed"),
        ("b.jpg", "written"),
    ]
    assert str(folder / "a.xmp") in str(lines[0]["error"])
    assert cli.main(["--data-dir", str(folder.parent / "data"), "xmp", "write", str(folder)]) == cli.BROKEN
    assert b"failed: " in capsysbinary.readouterr().out


def test_people_see_every_property_that_changes_and_what_a_program_will_not_read(folder, capsysbinary):
    (folder / "d.xmp").write_bytes(sidecars.lightroom(rating=5, label="Red"))
    xmp(capsysbinary, folder, "read")
    (folder / "d.xmp").write_bytes(sidecars.lightroom(rating=2, label="Red"))
    assert cli.main(["--data-dir", str(folder.parent / "data"), "xmp", "write", str(folder)]) == cli.DONE
    printed = capsysbinary.readouterr()
    assert f"{folder / 'd.xmp'}: xmp:Rating 2 -> 5".encode() in printed.out
    assert b"reads no sidecar beside a JPEG" in printed.err and b"Sidecars: 3 written" in printed.err


def test_the_program_comes_from_the_settings_and_several_may_be_named(folder, capsysbinary):
    xmp(capsysbinary, folder, "read")
    (folder.parent / "data" / "settings.toml").write_text('xmp_target = "digikam"\n')
    assert {Path(str(line["sidecar"])).name for line in xmp(capsysbinary, folder, "write")} == {
        "a.jpg.xmp",
        "b.jpg.xmp",
    }
    both = xmp(capsysbinary, folder, "write", "--for", "adobe", "--for", "digikam")
    assert [name for name, _ in written(both)] == ["a.xmp", "a.jpg.xmp", "b.xmp", "b.jpg.xmp"]


def test_nothing_decided_writes_nothing(folder, capsysbinary):
    assert xmp(capsysbinary, folder, "write") == []
    assert list(folder.glob("*.xmp")) == []


def test_the_score_of_an_earlier_ranking_travels_with_the_decision(folder, capsysbinary):
    assert cli.main(["--data-dir", str(folder.parent / "data"), "rank", str(folder), "--json"]) == cli.DONE
    scores = {line["path"]: line["score"] for line in map(json.loads, capsysbinary.readouterr().out.splitlines())}
    xmp(capsysbinary, folder, "read")
    xmp(capsysbinary, folder, "write")
    packet = sidecar.read(folder / "a.xmp")
    assert packet.get("chinagraph:Score") == f"{scores[str(folder / 'a.jpg')]:.2f}"
    assert str(packet.get("chinagraph:Model")).startswith("starter ")
