"""A pack whose student lives in its tower's space: words and VILA's score need no look of the tower."""

from __future__ import annotations

import dataclasses
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine import cli, paths, seeing
from engine.catalogue import Catalogue
from engine.files import shoot
from engine.judge import vila_score
from engine.judge.word_search import search
from engine.models.pack import Pack
from engine.models.student import Student
from engine.models.tower import Tower
from engine.pipeline import rank
from engine.seeing import Sightings
from engine.types import Card, Phase
from tests import packs, towers
from tests.shoots import hollow

NAMES = ("dark", "bright", "red", "blue")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    return towers.shared(tmp_path_factory.mktemp("pack"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A plain photo of each colour that the tower knows, one in between, and an empty file."""
    found = tmp_path / "shoot"
    found.mkdir()
    for name, colour in zip((*NAMES, "mauve"), (*towers.SAID, (120, 50, 120)), strict=True):
        Image.fromarray(towers.plain(colour, 300, 200)).save(found / f"{name}.jpg", quality=95)
    (found / "empty.jpg").write_bytes(b"")
    return found


@pytest.fixture
def blind(made: Pack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tower:
    """The pack in use has lost vision.onnx: whoever looked at a photo would fail. Its tower."""
    packs.use(shutil.copytree(made.folder, tmp_path / "blind"), monkeypatch)
    (tmp_path / "blind" / "vision.onnx").unlink()
    return Tower.needed(Pack.open(tmp_path / "blind"), "cpu")


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    with Catalogue.open(paths.cache_dir(tmp_path / "data")) as opened:
        yield opened


def lines(capsysbinary: pytest.CaptureFixture[bytes], *asked: object) -> list[dict]:
    assert cli.main([str(word) for word in asked]) == cli.DONE
    return [json.loads(line) for line in capsysbinary.readouterr().out.splitlines()]


def cards_of(folder: Path, catalogue: Catalogue, pack: Pack | None) -> dict[str, Card]:
    *_, last = rank(shoot.read([folder]), catalogue, None if pack is None else Student.load(pack, "cpu"), jobs=1)
    return {card.path.stem: card for card in last.cards}


def looks(looking: Sightings) -> int:
    """How many pictures the tower had to look at."""
    steps = list(looking.steps())
    assert steps[-1].phase is Phase.FINISHED
    return steps[0].total - steps[0].done


def test_words_find_photos_by_their_verdicts_alone(folder, blind, capsysbinary):
    lines(capsysbinary, "rank", folder, "--json")
    shutil.rmtree(paths.cache_dir(None) / "thumbnails")
    for name in NAMES:
        hollow(folder / f"{name}.jpg")
    with Catalogue.open(paths.cache_dir(None)) as stores:
        verdicts = {path: card.verdict for path, card in known(folder, stores, blind).items()}
    for words, first in (("a red flower", "red"), ("blue water", "blue"), ("a dark photo of a dog", "dark")):
        found = lines(capsysbinary, "find", words, folder, "--json")
        asked = blind.text.embed(words).values
        cosines = {str(path): one.embedding @ asked / np.linalg.norm(asked) for path, one in verdicts.items()}
        assert [line["path"] for line in found] == sorted(cosines, key=cosines.__getitem__, reverse=True)
        assert [line["similarity"] for line in found] == pytest.approx(sorted(cosines.values(), reverse=True), abs=1e-3)
        assert Path(found[0]["path"]).stem == first


def known(folder: Path, stores: Catalogue, tower: Tower) -> dict[Path, Card]:
    model = Pack.open(tower._pack.folder).model_id
    cards = stores.cache.known(shoot.read([folder]).photos, model)
    return {path: card for path, card in cards.items() if card.error is None}


def test_a_students_word_is_taken_where_the_tower_has_seen_the_photo_too(folder, made, catalogue):
    tower = Tower.needed(made, "cpu")
    unjudged = cards_of(folder, catalogue, None)
    by_tower = Sightings(list(unjudged.values()), catalogue, tower)
    assert looks(by_tower) == 5
    judged = cards_of(folder, catalogue, made)
    by_student = Sightings(list(judged.values()), catalogue, tower)
    assert looks(by_student) == 0
    assert by_student.embeddings.keys() == by_tower.embeddings.keys()
    for path, one in by_student.embeddings.items():
        assert one.space == tower.space
        np.testing.assert_array_equal(one.values, judged[path.stem].verdict.embedding)
        assert np.linalg.norm(by_tower.embeddings[path].values) > 2
    asked = tower.text.embed("a red flower")
    likes = [[hit.similarity for hit in search(asked, one.embeddings)] for one in (by_student, by_tower)]
    assert likes[0] == pytest.approx(likes[1], abs=0.2) and likes[0] != pytest.approx(likes[1], abs=1e-3)


def test_the_tower_looks_at_what_no_student_of_its_space_has_judged(folder, made, catalogue, tmp_path, monkeypatch):
    tower = Tower.needed(made, "cpu")
    judged = cards_of(folder, catalogue, made)
    other = cards_of(folder, catalogue, Pack.open(packs.tiny(tmp_path / "other", "elsewhere")))
    unjudged = dataclasses.replace(judged["blue"], verdict=None)
    seen: list[str] = []
    shown = seeing.pixels

    def watched(card, *rest):
        seen.append(card.path.stem)
        return shown(card, *rest)

    monkeypatch.setattr(seeing, "pixels", watched)
    mixed = Sightings([judged["dark"], judged["empty"], other["red"], unjudged], catalogue, tower)
    assert looks(mixed) == 2 and sorted(seen) == ["blue", "red"]
    assert {path.stem for path in mixed.embeddings} == {"dark", "red", "blue"}
    copy = dataclasses.replace(unjudged, photo=other["red"].photo)
    assert looks(Sightings([judged["blue"], copy, *other.values()], catalogue, tower)) == 3, "the rest is remembered"


def test_every_ranked_photo_has_vilas_score(folder, blind, made, capsysbinary):
    found = {Path(line["path"]).stem: line for line in lines(capsysbinary, "rank", folder, "--json")}
    assert found["empty"]["score_vila"] is None
    adapter = Tower.needed(made, "cpu").adapter
    with Catalogue.open(paths.cache_dir(None)) as stores:
        for path, card in known(folder, stores, blind).items():
            cosine = adapter.cosines([card.verdict])[0]
            assert found[path.stem]["score_vila"] == pytest.approx(adapter.score(cosine), abs=1e-5)
    likely = [found[name]["score_vila"] for name in NAMES]
    assert found["red"]["score_vila"] == max(likely) > min(likely) + 2, "the adapter's anchor is a red flower"


def test_an_adapter_without_a_length_has_no_score_for_a_student(folder, tmp_path, monkeypatch, capsys):
    packs.use(towers.shared(tmp_path / "alone", length=None).folder, monkeypatch)
    assert cli.main(["rank", str(folder), "--json"]) == cli.DONE
    out, err = capsys.readouterr()
    assert {json.loads(line)["score_vila"] for line in out.splitlines()} == {None} and "score_vila" not in err


def test_an_altered_adapter_costs_vilas_score_alone(folder, blind, capsys):
    assert cli.main(["rank", str(folder), "--json"]) == cli.DONE
    whole = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    (blind._pack.folder / "adapter.safetensors").write_bytes(b"altered")
    assert cli.main(["rank", str(folder), "--json"]) == cli.DONE
    out, err = capsys.readouterr()
    assert [json.loads(line) for line in out.splitlines()] == [{**line, "score_vila": None} for line in whole]
    assert "score_vila is left out" in err and "adapter.safetensors" in err
    assert cli.main(["rank", str(folder)]) == cli.DONE
    assert "score_vila" not in capsys.readouterr().err


def test_verdicts_of_another_space_have_no_vila_score(folder, made, catalogue, tmp_path):
    other = cards_of(folder, catalogue, Pack.open(packs.tiny(tmp_path / "other", "elsewhere")))
    assert vila_score.scores(other.values(), Tower.needed(made, "cpu")) == {}
