"""Tables of a ranking: what stands in them, what a spreadsheet does with them, and what two of them differ in."""

from __future__ import annotations

import copy
import csv
import io
import json
import os
import sys
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from engine.errors import UnusableInput
from engine.export import table
from engine.export.manifest import Ranking, compare, manifest
from engine.types import Card, Colour, Decision, FileStamp, Flag, GroupKind, Metadata, ModelId, Photo, Verdict

MODEL = ModelId("starter", "1.0.0", "space", "ab" * 32)


def card(name: str, rank: int | None, score: int = 5, **more: object) -> Card:
    path = Path("shoot", name)
    verdict = Verdict(np.eye(10, dtype=np.float32)[score - 1], np.zeros(512, np.float16), "space")
    made = Card(
        Photo(path, (path, path.with_suffix(".NEF")), FileStamp(1000, 5, 6)),
        Metadata(captured=datetime(2026, 5, 1, 12), camera="Testcam"),
        fingerprint=f"{name}-content",
        verdict=verdict if rank else None,
        merit=float(score) if rank else None,
        rank=rank,
        group="g1" if rank else None,
        group_kind=GroupKind.BURST,
        rank_in_group=rank,
    )
    return replace(made, **more)


@pytest.fixture
def ranking() -> Ranking:
    cards = (card("sub/a.jpg", 1, 9), card("b.jpg", 2, 4), card("torn.jpg", None, error="shoot/torn.jpg is damaged."))
    decisions = {cards[0].path: Decision(Flag.PICK, 4, Colour.GREEN)}
    settings = {"burst_gap_seconds": 2.0}
    exported = {cards[0].path: (Path("to/001.jpg"), Path("to/001.NEF"))}
    return Ranking(("shoot",), cards, decisions, MODEL, {"size": 224, "mean": (0.5, 0.5)}, settings, exported)


def test_the_manifest_has_all_that_a_ranking_follows_from(ranking, tmp_path):
    table.write(tmp_path / "a.json", ranking)
    made = table.read_manifest(tmp_path / "a.json")
    assert made["model"] == {"name": "starter", "version": "1.0.0", "space": "space", "sha256": "ab" * 32}
    assert made["adapter"] is None
    assert made["preprocessing"] == {"size": 224, "mean": [0.5, 0.5]}
    assert made["settings"] == {"burst_gap_seconds": 2.0}
    first, _, torn = made["photos"]
    assert (first["path"], first["folder"], first["blake2b"]) == ("sub/a.jpg", 0, "sub/a.jpg-content")
    assert first["files"] == ["sub/a.jpg", "sub/a.NEF"]
    assert (first["score"], first["merit"], first["rank"], first["group"]) == (9, 9, 1, "g1")
    assert first["decision"] == {"flag": "pick", "stars": 4, "colour": "green", "group": ""}
    assert first["exported"] == ["to/001.jpg", "to/001.NEF"]
    assert torn["score"] is None and torn["rank"] is None and "damaged" in torn["error"]


def test_csv_is_what_excel_reads(ranking, tmp_path):
    table.write(tmp_path / "a.csv", ranking)
    data = (tmp_path / "a.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfrank,path,")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert [row["path"] for row in rows] == ["sub/a.jpg", "b.jpg", "torn.jpg"]
    assert (rows[0]["flag"], rows[0]["stars"], rows[0]["colour"], rows[0]["score"]) == ("pick", "4", "green", "9.0")
    assert rows[0]["exported"] == f"{Path('to/001.jpg')} | {Path('to/001.NEF')}"
    table.write(tmp_path / "b.csv", ranking, bom=False)
    assert (tmp_path / "b.csv").read_bytes() == data[3:]


@pytest.mark.parametrize("name", ["=cmd|' /C calc'!A0.jpg", "+1.jpg", "-2.jpg", "@SUM(A1).jpg", "\tx.jpg"])
def test_no_name_is_a_formula(name, ranking):
    evil = replace(ranking, cards=(card(name, 1), card("ok.jpg", 2, metadata=Metadata(camera=name))))
    rows = list(csv.DictReader(io.StringIO(table.csv_text(manifest(evil), evil, bom=False), newline="")))
    assert rows[0]["path"] == "'" + name
    assert rows[1]["camera"] == "'" + name and rows[1]["path"] == "ok.jpg"


def test_numbers_below_zero_stay_numbers(ranking):
    low = replace(ranking, cards=(card("a.jpg", 1, merit=-0.5),))
    assert ",-0.5," in table.csv_text(manifest(low), low)


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names are Unicode there")
def test_names_that_are_no_text_are_exact_in_base64(ranking):
    import base64

    odd = replace(ranking, cards=(card(os.fsdecode(b"\xff.jpg"), 1),))
    entry = json.loads(json.dumps(manifest(odd)))["photos"][0]
    assert entry["path"] == "\ufffd.jpg" and base64.b64decode(entry["path_b64"]) == b"\xff.jpg"
    assert "\ufffd.jpg" in table.csv_text(manifest(odd), odd)


def test_a_table_replaces_nothing_but_a_table(ranking, tmp_path):
    shoot = tmp_path / "shoot"
    shoot.mkdir()
    for name in ("a.csv", "a.json"):
        table.write(tmp_path / name, ranking)
        table.check_place(tmp_path / name, [shoot])
        (tmp_path / f"mine-{name}").write_text("mine")
        with pytest.raises(UnusableInput, match="is no table"):
            table.check_place(tmp_path / f"mine-{name}", [shoot])
        with pytest.raises(UnusableInput, match="among the photos"):
            table.check_place(shoot / name, [shoot])
    with pytest.raises(UnusableInput, match=r"should end in \.csv or \.json"):
        table.check_place(tmp_path / "a.xlsx", [shoot])
    with pytest.raises(UnusableInput, match="cannot be written"):
        table.write(tmp_path / "a.csv" / "b.csv", ranking)
    for text in ("{", "[]", '{"kind": "other"}', '{"kind": "chinagraph ranking", "schema": 99}'):
        (tmp_path / "x.json").write_text(text)
        with pytest.raises(UnusableInput):
            table.read_manifest(tmp_path / "x.json")


class TestCompare:
    def test_the_same_ranking_is_the_same(self, ranking):
        again = replace(ranking, decisions={ranking.cards[1].path: Decision(Flag.REJECT)}, exported={})
        assert compare(manifest(ranking), manifest(again)).is_same

    def test_another_model_and_another_setting_are_causes(self, ranking):
        other = replace(
            ranking, model=replace(MODEL, version="2.0.0"), settings={"burst_gap_seconds": 5.0}, preprocessing={}
        )
        found = compare(manifest(ranking), manifest(other))
        assert "model: version was '1.0.0' and is '2.0.0'." in found.causes
        assert "settings: burst_gap_seconds was 2.0 and is 5.0." in found.causes
        assert any(cause.startswith("preprocessing: size was 224") for cause in found.causes)
        assert not found.effects

    def test_files_that_changed_came_or_went_are_causes_and_their_followers_effects(self, ranking):
        first, second, torn = ranking.cards
        cards = (
            replace(first, fingerprint="other"),
            card("new.jpg", 2, 5),
            replace(second, rank=3, rank_in_group=3),
        )
        found = compare(manifest(ranking), manifest(replace(ranking, cards=cards)))
        assert found.causes == (
            "sub/a.jpg is another file than it was: its bytes have changed.",
            "torn.jpg is not in the shoot any more.",
            "new.jpg is new in the shoot.",
        )
        assert found.effects == ("b.jpg: rank 2 -> 3, rank_in_group 2 -> 3.",)
        assert torn.error

    def test_a_file_that_was_only_renamed_is_the_same(self, ranking):
        first, *rest = ranking.cards
        path = Path("shoot/renamed.jpg")
        renamed = replace(first, photo=Photo(path, (path,), first.photo.stamp))
        assert compare(manifest(ranking), manifest(replace(ranking, cards=(renamed, *rest)))).is_same

    def test_clocks_and_groups_by_hand_are_causes(self, ranking):
        first, second, torn = ranking.cards
        cards = (replace(first, clock_offset=timedelta(hours=1)), second, torn)
        by_hand = {second.path: Decision(group="mine")}
        found = compare(manifest(ranking), manifest(replace(ranking, cards=cards, decisions=by_hand)))
        assert [cause.split(":")[0] for cause in found.causes] == [
            "sub/a.jpg has another time", "b.jpg was put into another group by hand."
        ]  # fmt: skip

    def test_a_score_that_differs_without_a_cause_is_told(self, ranking):
        before = manifest(ranking)
        now = copy.deepcopy(before)
        now["photos"][1]["score"] = 4.2
        found = compare(before, now)
        assert not found.causes and found.effects == ("b.jpg: score 4.0 -> 4.2.",)
