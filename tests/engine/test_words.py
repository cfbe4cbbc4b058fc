"""chinagraph critique and chinagraph find, on real files with a tower that says known things."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest
from PIL import Image

from desktop.__main__ import main as chinagraph
from engine import cli
from engine.models.tower import FILES
from tests import packs, towers
from tests.shoots import hollow


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return towers.pack(tmp_path_factory.mktemp("pack")).folder


@pytest.fixture(autouse=True)
def with_tower(pack, monkeypatch):
    packs.use(pack, monkeypatch)


@pytest.fixture
def folder(tmp_path) -> Path:
    made = tmp_path / "shoot"
    made.mkdir()
    for name, colour in zip(("dark", "bright", "red", "blue"), towers.SAID, strict=True):
        Image.fromarray(towers.plain(colour, 300, 200)).save(made / f"{name}.jpg", quality=95)
    (made / "empty.jpg").write_bytes(b"")
    return made


def lines(capsysbinary, *arguments: object) -> list[dict]:
    assert cli.main([str(argument) for argument in arguments]) == cli.DONE
    return [json.loads(line) for line in capsysbinary.readouterr().out.splitlines()]


def test_photos_are_described_in_the_order_in_which_they_are_named(folder, originals, capsysbinary):
    originals(folder)
    named = [folder / name for name in ("red.jpg", "empty.jpg", "dark.jpg", "gone.jpg", "red.jpg")]
    red, empty, dark, gone = lines(capsysbinary, "critique", *named, "--json")
    assert [one["path"] for one in (red, empty, dark, gone)] == [str(path) for path in named[:4]]
    assert [one["status"] for one in (red, empty, dark, gone)] == ["ok", "unreadable", "ok", "unreadable"]
    assert [s["text"] for s in red["sentences"]][:2] == ["A strong photo.", "A flower is seen."]
    assert dark["sentences"][0] == {
        "text": "The exposure is too low.",
        "aspect": "exposure",
        "polarity": "fault",
        "evidence": {"name": "exposure", "value": pytest.approx(-4.7, abs=0.1), "unit": "EV", "normal": [-1.86, 1.73]},
        "region": None,
    }
    assert 1 <= red["score_vila"] <= 10 and -1 <= red["score_vila_raw"] <= 1 and 1 <= red["score"] <= 10
    assert red["model"]["name"] == "tiny" and red["model"]["version"] == "9.0.0"
    for one in (empty, gone):
        assert Path(one["path"]).name in one["error"]
        assert one["sentences"] == [] and one["score"] is one["score_vila"] is one["model"] is None


def test_two_runs_say_the_same_and_the_second_reads_no_photo(folder, capsysbinary, tmp_path):
    photos = [folder / "red.jpg", folder / "blue.jpg"]
    first = lines(capsysbinary, "critique", *photos, "--json")
    for photo in photos:
        hollow(photo)
    assert lines(capsysbinary, "critique", *photos, "--json") == first


def test_another_start_from_nothing_says_the_same(folder, capsysbinary, tmp_path):
    first, again = (
        lines(capsysbinary, "--data-dir", tmp_path / name, "critique", folder / "dark.jpg", "--json")
        for name in ("one", "other")
    )
    assert first == again


def test_a_new_version_of_the_pack_writes_anew(folder, capsysbinary, tmp_path, monkeypatch):
    photo = folder / "red.jpg"
    first = lines(capsysbinary, "critique", photo, "--json")[0]
    packs.use(towers.pack(tmp_path / "newer", version="9.1.0").folder, monkeypatch)
    newer = lines(capsysbinary, "critique", photo, "--json")[0]
    assert (first["model"]["version"], newer["model"]["version"]) == ("9.0.0", "9.1.0")
    assert newer["sentences"] == first["sentences"]


def test_for_people_evidence_stands_beside_the_sentence(folder, capsys):
    assert cli.main(["critique", str(folder / "dark.jpg"), str(folder / "empty.jpg")]) == cli.DONE
    out = capsys.readouterr().out
    assert "The exposure is too low. [exposure -4." in out
    assert "VILA" in out and "score" in out
    assert "empty (0 bytes)" in out


def test_folders_and_nothing_are_no_photos(folder, capsys):
    assert cli.main(["critique", str(folder)]) == cli.UNUSABLE
    assert "chinagraph rank" in capsys.readouterr().err
    with pytest.raises(SystemExit) as stopped:
        cli.main(["critique"])
    assert stopped.value.code == cli.UNUSABLE


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names of files are text there")
def test_a_name_that_is_no_text_is_described(folder, capsysbinary):
    odd = (folder / "red.jpg").rename(os.fsdecode(os.fsencode(folder / "odd") + b"\xff.jpg"))
    found = lines(capsysbinary, "critique", odd, "--json")[0]
    assert found["status"] == "ok"
    assert found["path_b64"]


def test_a_photo_that_disappears_meanwhile_is_an_unreadable_one(folder, capsysbinary, monkeypatch):
    from engine import critic

    describe = critic.describe

    def slow(card, *rest):
        card.path.unlink(missing_ok=True)
        return describe(card, *rest)

    monkeypatch.setattr(critic, "describe", slow)
    gone = lines(capsysbinary, "critique", folder / "red.jpg", "--json")[0]
    assert gone["status"] == "unreadable"
    assert "red.jpg" in gone["error"]


def test_the_photos_that_words_mean_come_first(folder, originals, capsysbinary):
    originals(folder)
    for words, first in (("flowers", "red.jpg"), ("blue water", "blue.jpg"), ("a dark photo of a dog", "dark.jpg")):
        found = lines(capsysbinary, "find", words, folder, "--json")
        assert found[0]["path"] == str(folder / first)
        assert [one["rank"] for one in found] == [1, 2, 3, 4]
        likes = [one["similarity"] for one in found]
        assert likes == sorted(likes, reverse=True)
        assert all(one["unknown_words"] == {} for one in found)
    assert len(lines(capsysbinary, "find", "flowers", folder, "--top", 2, "--json")) == 2


def test_photos_are_looked_at_once(folder, capsysbinary):
    first = lines(capsysbinary, "find", "flowers", folder, "--json")
    for photo in folder.glob("*.jpg"):
        if photo.stat().st_size:
            hollow(photo)
    assert lines(capsysbinary, "find", "flowers", folder, "--json") == first


def test_what_cannot_be_searched_is_named(folder, capsys):
    assert cli.main(["find", "flowers", str(folder)]) == cli.DONE
    out, err = capsys.readouterr()
    assert "empty.jpg" in err
    assert out.splitlines()[0].endswith("red.jpg")


def test_unknown_words_are_named_with_their_neighbours(folder, capsys):
    assert cli.main(["find", "flowerz xqzzkv", str(folder), "--json"]) == cli.DONE
    out, err = capsys.readouterr()
    only = json.loads(out)
    assert only["path"] is None and only["rank"] is None
    assert "flower" in only["unknown_words"]["flowerz"] and only["unknown_words"]["xqzzkv"] == []
    assert "flowerz" in err and "flower" in err
    assert cli.main(["find", "flowerz water", str(folder), "--json"]) == cli.DONE
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert Path(found[0]["path"]).name == "blue.jpg"
    assert all(list(one["unknown_words"]) == ["flowerz"] for one in found)


@pytest.mark.parametrize("words", ["Blumen auf der Wiese", "des fleurs", "花"])
def test_a_search_in_another_language_finds_nothing(folder, capsys, words):
    assert cli.main(["find", words, str(folder)]) == cli.DONE
    out, err = capsys.readouterr()
    assert out == ""
    assert "English" in err


@pytest.mark.parametrize("asked", [["find", " ", "F"], ["find", "flowers", "F/none"], ["find", "花", "F/none"]])
def test_what_cannot_be_asked_is_one_line(folder, capsys, asked):
    assert cli.main([word.replace("F", str(folder)) for word in asked]) == cli.UNUSABLE
    assert len(capsys.readouterr().err.splitlines()) <= 2


@pytest.mark.parametrize("asked", [["critique", "red.jpg"], ["find", "flowers", "."]])
def test_a_pack_without_a_tower_says_in_one_sentence_what_is_missing(folder, tmp_path, capsys, monkeypatch, asked):
    packs.use(towers.pack(tmp_path / "bare", *FILES).folder, monkeypatch)
    monkeypatch.chdir(folder)
    assert cli.main(asked) == cli.BROKEN
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert "vision.onnx" in err and "Install" in err


@pytest.mark.parametrize("file", FILES)
def test_an_altered_file_of_the_pack_is_named_before_anything_is_scored(folder, tmp_path, capsys, monkeypatch, file):
    made = towers.pack(tmp_path / "broken", alone=True).folder
    packs.use(made, monkeypatch)
    (made / file).write_bytes(b"altered")
    assert cli.main(["critique", str(folder / "red.jpg")]) == cli.BROKEN
    out, err = capsys.readouterr()
    assert file in err and out == ""


@pytest.mark.parametrize("file", ["text.onnx", "vision.onnx"])
def test_a_search_with_an_altered_pack_names_the_file(folder, tmp_path, capsys, monkeypatch, file):
    made = towers.pack(tmp_path / "broken").folder
    packs.use(made, monkeypatch)
    (made / file).write_bytes(b"altered")
    assert cli.main(["find", "flowers", str(folder)]) == cli.BROKEN
    out, err = capsys.readouterr()
    assert file in err and out == ""


def test_the_command_of_the_project_knows_both_without_a_window(folder, capsys):
    assert chinagraph(["critique", str(folder / "red.jpg")]) == cli.DONE
    assert chinagraph(["find", "flowers", str(folder)]) == cli.DONE
    assert "A strong photo." in capsys.readouterr().out
