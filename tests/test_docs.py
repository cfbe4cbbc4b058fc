"""docs/cli.md is a contract: what it states is what the program does."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest
from PIL import Image

from engine import cli, report
from engine.types import Aspect, Polarity
from tests import packs, pictures, sidecars, towers
from tests.shoots import small_shoot

PAGE = Path(__file__).parent.parent / "docs" / "cli.md"
PLACEHOLDERS = {
    "FOLDER": "shoot",
    "PHOTO": "a.jpg",
    "WORDS": "flowers",
    "N": "3",
    "EDGE": "2048",
    "Q": "80",
    "K": "2",
    "S": "5.5",
    "FILE": "x.json",
}
"""Words of the synopsis that are not to be typed as they stand."""


def section(heading: str) -> str:
    """The text below a level-two heading."""
    found = re.search(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", PAGE.read_text(), re.MULTILINE | re.DOTALL)
    assert found, f"{PAGE.name} has no section {heading!r}"
    return found.group(1)


def rows(text: str) -> list[tuple[str, str]]:
    """(first cell without its backticks, second cell) of every table row but the heading."""
    cells = re.findall(r"^\| (.+?) \| (.+) \|$", text, re.MULTILINE)
    return [(name.strip("`"), value) for name, value in cells if name not in ("---", "option", "code", "field")]


def printed_lines(capsysbinary: pytest.CaptureFixture[bytes], *arguments: str) -> list[dict[str, object]]:
    assert cli.main(arguments) == cli.DONE
    return [json.loads(line) for line in capsysbinary.readouterr().out.splitlines()]


def test_the_fields_of_rank_are_the_ones_stated_in_that_order(tmp_path, capsysbinary):
    folder = small_shoot(tmp_path / "shoot")
    lines = printed_lines(capsysbinary, "--data-dir", str(tmp_path / "data"), "rank", str(folder), "--json")
    stated = [name for name, _ in rows(section("rank")) if name != "path_b64"]
    assert {line["status"] for line in lines} == {"ok", "unreadable"}
    for line in lines:
        assert list(line) == stated
        assert line["schema"] == report.SCHEMA == 1


def test_unreadable_lines_are_null_where_the_page_says_so(tmp_path, capsysbinary):
    folder = small_shoot(tmp_path / "shoot")
    lines = printed_lines(capsysbinary, "--data-dir", str(tmp_path / "data"), "rank", str(folder), "--json")
    sentence = re.search(r"`unreadable`, (.+?) are null", section("rank"), re.DOTALL)
    assert sentence
    nulls = re.findall(r"`(\w+)`", sentence.group(1))
    assert {"rank", "score", "group"} <= set(nulls)
    unreadable = [line for line in lines if line["status"] == "unreadable"]
    readable = [line for line in lines if line["status"] == "ok"]
    assert all(line[name] is None for line in unreadable for name in nulls)
    assert all(line[name] is not None for line in readable for name in nulls)
    assert all(line["readings"] == {} for line in unreadable)


def test_readings_and_model_have_the_parts_stated(tmp_path, capsysbinary):
    folder = small_shoot(tmp_path / "shoot")
    lines = printed_lines(capsysbinary, "--data-dir", str(tmp_path / "data"), "rank", str(folder), "--json")
    stated = dict(rows(section("rank")))
    parts = re.findall(r"\w+", re.search(r"\{(.+)\}", stated["readings"]).group(1).replace("[low, high]", ""))
    model = re.findall(r"\w+", re.search(r"\{(.+)\}", stated["model"]).group(1))
    best = lines[0]
    assert all(list(reading) == parts for reading in best["readings"].values())
    assert best["readings"]
    assert list(best["model"]) == model


@pytest.mark.parametrize(("command", "heading"), [(("doctor",), "doctor"), (("models", "verify"), "models")])
def test_the_fields_of_the_other_commands_are_the_ones_stated(command, heading, tmp_path, capsysbinary):
    lines = printed_lines(capsysbinary, "--data-dir", str(tmp_path / "data"), *command, "--json")
    stated = [name for name, _ in rows(section(heading))]
    assert lines
    for line in lines:
        assert list(line) == stated


def test_the_fields_of_select_are_the_ones_stated_in_that_order(tmp_path, capsysbinary):
    folder = small_shoot(tmp_path / "shoot")
    lines = printed_lines(
        capsysbinary, "--data-dir", str(tmp_path / "data"), "select", str(folder), "--best", "3", "--json"
    )
    stated = [name for name, _ in rows(section("select")) if not name.endswith("_b64")]
    assert {line["chosen"] for line in lines} == {True, False}
    for line in lines:
        assert list(line) == stated


def test_the_fields_of_critique_and_find_are_the_ones_stated_in_that_order(tmp_path, capsysbinary, monkeypatch):
    packs.use(towers.pack(tmp_path / "pack").folder, monkeypatch)
    folder = small_shoot(tmp_path / "shoot")
    asked = {
        "critique": (str(folder / "single1.jpg"), str(folder / "burst0.jpg"), str(folder / "torn.jpg")),
        "find": ("flowers", str(folder)),
    }
    for command, arguments in asked.items():
        lines = printed_lines(capsysbinary, "--data-dir", str(tmp_path / "data"), command, *arguments, "--json")
        stated = [name for name, _ in rows(section(command)) if not name.endswith("_b64")]
        assert len(lines) > 2
        for line in lines:
            assert list(line) == stated


def test_what_a_sentence_of_a_critique_has_is_stated(tmp_path, capsysbinary, monkeypatch):
    packs.use(towers.pack(tmp_path / "pack").folder, monkeypatch)
    photo = tmp_path / "dark.jpg"
    Image.fromarray(towers.plain(next(iter(towers.SAID)))).save(photo)
    lines = printed_lines(capsysbinary, "--data-dir", str(tmp_path / "data"), "critique", str(photo), "--json")
    text = section("critique")
    parts = re.findall(r"\w+", re.search(r"\{(.+)\}", dict(rows(text))["sentences"]).group(1))
    evidence = re.findall(r"\w+", re.search(r"`evidence` is `\{(.+?)\}`", text).group(1))
    first = lines[0]["sentences"][0]
    assert list(first) == parts
    assert list(first["evidence"]) == evidence
    for kind, stated in ((Aspect, r"`aspect` is (.+?);"), (Polarity, r"`polarity` is (.+?)\.")):
        assert re.findall(r"`(\w+)`", re.search(stated, text, re.DOTALL).group(1)) == [one.value for one in kind]


def test_the_fields_of_export_are_the_ones_stated_in_that_order(tmp_path, capsysbinary):
    folder = small_shoot(tmp_path / "shoot")
    (tmp_path / "to").mkdir()
    (tmp_path / "to" / "burst0.JPG").touch()
    asked = ("export", str(folder), "--stars", "0+", "--to", str(tmp_path / "to"), "--clashes", "refuse", "--json")
    cli.main(["--data-dir", str(tmp_path / "data"), *asked])
    lines = [json.loads(line) for line in capsysbinary.readouterr().out.splitlines()]
    stated = [name for name, _ in rows(section("export"))]
    assert {line["status"] for line in lines} == {"done", "left out"}
    for line in lines:
        assert list(line) == stated


@pytest.mark.parametrize("action", ["write", "read"])
def test_the_fields_of_xmp_are_the_ones_stated_in_that_order(action, tmp_path, capsysbinary):
    folder = small_shoot(tmp_path / "shoot")
    for number, rating in enumerate((3, 4)):
        pictures.jpeg(folder / f"rated{number}.jpg", size=(32, 24), rating=rating)
    data = ("--data-dir", str(tmp_path / "data"))
    (folder / "rated1.xmp").write_text(sidecars.attributes(rating=5))
    if action == "write":
        printed_lines(capsysbinary, *data, "xmp", "read", str(folder), "--json")
    lines = printed_lines(capsysbinary, *data, "xmp", action, str(folder), "--json")
    stated = [name for name, _ in rows(section(f"xmp {action}"))]
    statuses = {"write": {"written"}, "read": {"imported", "conflict", "problem"}}
    assert {line["status"] for line in lines} == statuses[action]
    for line in lines:
        assert list(line) == stated


def test_the_fields_of_backup_are_the_ones_stated_in_that_order(tmp_path, capsysbinary):
    folder = small_shoot(tmp_path / "shoot")
    entry = {"folder": 0, "path": "gone.jpg", "fingerprint": "f", "size": 1, "time": "2026-05-01T00:00:00+00:00"}
    content = hashlib.blake2b((folder / "single1.jpg").read_bytes(), digest_size=20).hexdigest()
    here = {"fingerprint": content, "size": (folder / "single1.jpg").stat().st_size, "stars": 2}
    backup = {"kind": "chinagraph decisions", "schema": 1, "photos": [entry, {**entry, **here}]}
    (folder / "chinagraph-decisions.json").write_text(json.dumps(backup))
    lines = printed_lines(capsysbinary, "--data-dir", str(tmp_path / "data"), "backup", "read", str(folder), "--json")
    stated = [name for name, _ in rows(section("backup")) if name != "path_b64"]
    assert {line["status"] for line in lines} == {"taken over", "not found"}
    for line in lines:
        assert list(line) == stated


def test_exit_codes_are_the_ones_stated():
    stated = {int(code) for code, _ in rows(section("Exit codes"))}
    assert stated == {cli.DONE, cli.BROKEN, cli.UNUSABLE, cli.INTERRUPTED}


def test_every_option_that_help_names_is_on_the_page_and_the_other_way_round(capsys):
    shown = ""
    for command in (
        [],
        ["open"],
        ["rank"],
        ["select"],
        ["export"],
        ["xmp"],
        ["rejected"],
        ["backup"],
        ["doctor"],
        ["models"],
    ):
        with pytest.raises(SystemExit) as ended:
            cli.parse([*command, "--help"])
        assert ended.value.code == 0
        shown += capsys.readouterr().out
    offered = set(re.findall(r"--[a-z][a-z-]+", shown))
    head = PAGE.read_text().split("## Exit codes")[0]
    stated = set(re.findall(r"--[a-z][a-z-]+", " ".join(name for name, _ in rows(head))))
    assert offered == stated


def test_the_synopsis_parses():
    synopsis = re.search(r"```\n(.+?)```", PAGE.read_text(), re.DOTALL)
    assert synopsis
    for line in synopsis.group(1).splitlines():
        words = re.sub(r" {2,}.*", "", line).replace("...", "").replace("[", "").replace("]", "")
        arguments = [PLACEHOLDERS.get(word, word.split("|")[0]) for word in words.split()[1:]]
        if "--version" not in arguments:
            assert cli.parse(arguments).command in (None, *arguments[:1])
