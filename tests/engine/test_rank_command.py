"""chinagraph rank: another pack, and a sheet where the decisions are damaged."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PIL import Image

from engine import cli
from tests import packs
from tests.shoots import many


@pytest.fixture
def shoot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    packs.use(packs.tiny(tmp_path / "pack", "space/a"), monkeypatch)
    return many(tmp_path / "shoot", 3, (720, 480))


def test_another_pack_looks_at_thumbnails_and_exact_at_files(shoot, tmp_path, monkeypatch, capsys):
    def lines(*more: str) -> list[dict]:
        assert cli.main(["rank", str(shoot), "--json", *more]) == cli.DONE
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    first = lines()
    with monkeypatch.context() as changed:
        packs.use(packs.tiny(tmp_path / "other", "space/b", seed=1), changed)
        rough = lines()
        assert {line["approximate"] for line in first} == {False}
        assert {line["approximate"] for line in rough} == {True}
        assert {line["model"]["space"] for line in rough} == {"space/b"}
        assert cli.main(["rank", str(shoot)]) == cli.DONE
        assert "another pack had measured them before: 3." in capsys.readouterr().err
        exact = lines("--exact")
        assert {line["approximate"] for line in exact} == {False}
        scores = [{line["path"]: line["score"] for line in found} for found in (rough, exact)]
        assert scores[0] == pytest.approx(scores[1], abs=0.2) and scores[0] != scores[1]
        assert lines() == exact, "remembered"
    assert lines() == first


def test_a_sheet_is_drawn_without_decisions_where_these_are_damaged(shoot, tmp_path, capsys):
    data, sheet = tmp_path / "data", tmp_path / "sheet.png"
    data.mkdir()
    (data / "decisions.sqlite").write_bytes(b"no database " * 1000)
    assert cli.main(["--data-dir", str(data), "rank", str(shoot), "--sheet", str(sheet)]) == cli.DONE
    said = capsys.readouterr().err.splitlines()
    assert sum(line.startswith("The contact sheet is drawn without the decisions: ") for line in said) == 1
    with Image.open(sheet) as drawn:
        assert drawn.width > 1000
    assert (data / "decisions.sqlite").read_bytes().startswith(b"no database ")
