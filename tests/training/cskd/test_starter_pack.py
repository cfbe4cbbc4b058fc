"""The starter pack out of what the recipes wrote: a tiny student that was really trained, in a tiny tower's space."""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import asdict
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from engine.judge.word_search import search
from engine.models.embedding import Embedding
from engine.models.pack import Pack
from engine.models.student import Student
from engine.models.tower import FILES, Tower
from engine.yardstick import PLAIN
from tests import towers
from tests.training.cskd import made
from training import figures, starter
from training.__main__ import main
from training.cskd import backbones, config, judged, likeness, recipe, report, shared_adapter, shipped
from training.evaluate import bootstrap
from training.faces import shipped as shipped_faces
from training.vila import shipped as shipped_tower
from training.vila.recipe import FIGURES
from training.vila.report import REPORT

SCORES = {"srcc_ss03": [0.5, 0.4, 0.6]}
TOLD = {
    "command": "python -m training vila --epochs 2",
    "photos": {"pairs": 30, "ss01": 4, "ss03": 6},
    "figures": {"adapter": SCORES, "zero_shot": SCORES, "captions": {"bleu_1": 0.25}}
    | {"neighbour_in_series": {"both halves": 0.9, "words alone": 0.7}},
    "bytes": {"vision.onnx": 2_000_000},
}
"""What the recipe of a tower writes beside the files."""


@pytest.fixture(scope="module")
def parts(data: Path, tmp_path_factory: pytest.TempPathFactory) -> starter.Parts:
    """A tower's folder, and that of a student that learned for an epoch to see as it does."""
    folder = tmp_path_factory.mktemp("parts")
    tower = towers.shared(folder / "tower").folder
    (tower / FIGURES).write_text(json.dumps(TOLD))
    (tower / REPORT).write_text("{}")
    asked = (config.Asked("adapter", weight=0.7),)
    order = recipe.Order(made.recipe(asked=asked, calibrate="val"), data, str(tower), folder / "files", folder / "work")
    with pytest.MonkeyPatch.context() as patched:
        patched.setitem(backbones.BUILDERS, "tiny", made.tiny)
        patched.setattr(shared_adapter, "STEPS", 100)
        recipe.make(order)
    return starter.Parts(folder / "files", tower)


def _command(parts: starter.Parts, data: Path, out: Path, *more: str) -> list[str]:
    return [
        *("starter", "--data", str(data / "biq2021"), "--student", str(parts.student), "--tower", str(parts.tower)),
        *("--out", str(out), *more),
    ]


def test_one_command_makes_a_pack_of_one_space_and_its_card(
    parts: starter.Parts, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judged, "_EACH", 2)
    monkeypatch.setattr(likeness, "APART", 2)
    for module in (judged, figures):
        monkeypatch.setattr(module, "bootstrap", partial(bootstrap, rounds=20))
    less = json.loads((parts.student / shipped.FIGURES).read_text())
    less["config"]["labelled"][0]["leave_out"] = ["ss01"]
    (parts.student / "less.json").write_text(json.dumps(less))
    without = (f"ss01={parts.student / 'less.json'}", f"ss03={parts.tower / FIGURES}")
    assert main(_command(parts, data, tmp_path / "pack", "--without", without[0], "--without", without[1])) == 0

    pack = Pack.open(tmp_path / "pack")
    pack.verify()
    assert (pack.name, pack.version, pack.preprocess.size) == ("starter", "2.1.0", 32)
    assert set(pack.files) == {*FILES, "student.onnx", "CARD.md"}
    assert pack.read("adapter.safetensors") == (parts.student / "adapter.safetensors").read_bytes()
    tower, student = Tower.needed(pack, "cpu"), Student.load(pack, "cpu")
    assert tower.space == pack.space == student.model_id.space
    assert student.model_id.yardstick == pack.yardstick != PLAIN
    frames = np.stack([student.preprocess.apply(towers.plain(colour)) for colour in towers.SAID])
    verdicts = student.score(frames)
    assert {type(verdict.unfamiliar) for verdict in verdicts} == {bool}
    points = {Path(f"{i}"): Embedding(each.embedding.astype(np.float32), each.space) for i, each in enumerate(verdicts)}
    assert {hit.path for hit in search(tower.text.embed("flower"), points)} == set(points)
    assert np.isfinite(tower.adapter.cosines(verdicts)).all()

    found = report.kept(parts.student)
    assert found is not None, "it is kept for the next time"
    judge = ["cskd-evaluate", "--data", str(data / "biq2021"), "--student", str(parts.student / "student.onnx")]
    assert main([*judge, "--out", str(tmp_path)]) == 0
    assert json.loads((tmp_path / report.REPORT).read_text()) == found
    assert starter.evaluate(data / "biq2021", pack.folder)["student"] == found["figures"]["student"]
    assert pack.provenance["figures"] == found["figures"]
    card = pack.read("CARD.md").decode()
    assert "{" not in card and "nan" not in card
    found["spread"] = less["figures"]["spread_crossed"]
    assert pack.provenance["spread"] == found["spread"] and "the spread is fitted on val" in " ".join(card.split())
    for said in _said(found, less["figures"]["side_by_side"]):
        assert said in card
    assert "--config CONFIG.toml --data DATA --tower TOWER --out FILES --leave-out ss01`" in card
    assert "### Without ss01" in card and "- without ss03: `python -m training vila --epochs 2`" in card
    assert "the tower's rank adapter, weight 0.7" in card
    _assert_a_next_pack_can_take_the_tower_over(pack, parts)


def _assert_a_next_pack_can_take_the_tower_over(pack: Pack, parts: starter.Parts) -> None:
    """With what was measured of it, and no more."""
    text = pack.read("CARD.md").decode()
    assert shipped_tower.card(pack.folder).strip() in text and "## Limits" not in shipped_tower.card(pack.folder)
    assert set(shipped_tower.files(pack.folder)) == set(FILES)
    assert shipped.Made.read(parts.student, pack.folder).files["student.onnx"] == pack.read("student.onnx")
    with pytest.raises(ValueError, match="whose card stands as it is"):
        shipped_tower.card(pack.folder, {"ss01": TOLD})
    with pytest.raises(ValueError, match='it has no section "Faces"'):
        shipped_faces.card(pack.folder)


def _said(found: dict, both: dict) -> list[str]:
    """A figure of every kind, as it has to stand in the card."""
    value, low, high = found["figures"]["student"]["srcc_ss03"]
    share = found["spread"]["coverage ss01"][0]
    robust = found["robust"]
    both_of = ("tower", "student")
    return [
        f"| srcc ss03 | {value:.3f} [{low:.3f}, {high:.3f}] |",
        f"| best of series | {found['figures']['student']['best_of_series']:.3f} |",
        f"- ss01: {share:.3f} [",
        f"| document | {found['unfamiliar']['AUROC document']:.3f} | {found['unfamiliar']['flagged document']:.1%} |",
        f"high-key {found['unfamiliar']['false flags high-key']:.1%}",
        "| a mirror | " + " | ".join(f"{move:.3f}" for move in robust["moved by mirrored"]) + " |",
        "| a crop to 3:2 | " + " | ".join(f"{move:.3f}" for move in robust["moved by wide"]) + " |",
        f"{robust['ss01 at 256 px']:.3f} at 256 px",
        f"{robust['degraded, all']:.1%} of the pairs",
        f"rate higher {robust['degraded, better half']:.1%} do",
        "SRCC by the good/bad pairs, ss01 | " + " | ".join(f"{both[of]['zero_shot']['ss01']:.3f}" for of in both_of),
        f"{both['retrieval']:.1%} are the same to both",
    ]


def test_a_report_that_says_less_than_is_asked_now_counts_as_none(tmp_path: Path) -> None:
    (tmp_path / "student.onnx").write_bytes(b"any")
    found = {"sha256": hashlib.sha256(b"any").hexdigest()}
    report.write(tmp_path, found)
    assert report.kept(tmp_path) is None
    found["edition"] = report.EDITION
    report.write(tmp_path, found)
    assert report.kept(tmp_path) == found


@pytest.mark.parametrize("name", ["student.onnx", "adapter.safetensors", "figures.json"])
def test_a_missing_file_is_named(
    name: str, parts: starter.Parts, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = shutil.copytree(parts.student, tmp_path / "files")
    (files / name).unlink()
    assert main(_command(starter.Parts(files, parts.tower), data, tmp_path / "pack")) == 2
    assert f"{files / name}: not there. Name the folder that `python -m training cskd` wrote" in capsys.readouterr().err
    assert not (tmp_path / "pack").exists()


def test_parts_that_do_not_fit_each_other_are_refused(
    parts: starter.Parts, data: Path, tower: Path, tmp_path: Path
) -> None:
    with pytest.raises(ValueError, match="aligned with another tower"):
        starter.make(starter.Parts(parts.student, tower), data / "biq2021", tmp_path)
    files = shutil.copytree(parts.student, tmp_path / "files")
    (files / "student.onnx").write_bytes((parts.tower / "student.onnx").read_bytes())
    assert report.kept(files) is None, "what was found was found of another file"
    with pytest.raises(ValueError, match=r"figures\.json: not of the student\.onnx beside it"):
        starter.make(starter.Parts(files, parts.tower), data / "biq2021", tmp_path)
    with pytest.raises(ValueError, match="does not say how strange a photo is"):
        starter.check(Pack.open(parts.tower))


def test_the_recipe_that_a_run_followed_is_named() -> None:
    followed = config.load(Path(shipped.__file__).with_name("starter.toml"))
    facts = {"config": json.loads(json.dumps(asdict(followed)))}
    facts["config"]["labelled"][0]["leave_out"] = ["ss01"]
    said = "python -m training cskd --config training/cskd/starter.toml --data DATA --tower TOWER --out FILES"
    assert shipped.command(facts) == f"{said} --leave-out ss01"
    facts["config"]["held"] = 0.5
    assert "--config CONFIG.toml" in shipped.command(facts)
