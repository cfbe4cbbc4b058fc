"""The whole recipe of the tower on a tiny data set; it needs the teachers, so it runs where they are."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load

from engine.models.device import Network
from engine.models.tokenizer import TOKENIZER, Tokenizer
from tests.training import biq
from training.__main__ import main
from training.data import biq2021
from training.vila import export, judges, recipe

SHARED = Path(__file__).parents[4] / "shared" / "data" / "teachers"
STARTER = Path(__file__).parents[3] / "resources" / "models" / "starter"


def test_a_missing_source_is_one_clear_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    biq.write(tmp_path / "biq2021")
    command = ["vila", "--data", str(tmp_path), "--pack", str(STARTER), "--out", str(tmp_path / "out")]
    command += ["--work", str(tmp_path / "work")]
    assert main(command) == 2
    assert "teachers: no such folder" in capsys.readouterr().err
    (tmp_path / "teachers").mkdir()
    assert main([*command, "--leave-out", "tea"]) == 2
    assert "tea: no source of pairs" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


@pytest.mark.timeout(480)
@pytest.mark.skipif(not SHARED.is_dir(), reason="the teachers are not here")
def test_one_command_makes_all_files(tmp_path: Path) -> None:
    biq.write(tmp_path / "data" / "biq2021")
    (tmp_path / "data" / "teachers").symlink_to(SHARED)
    command = ["vila", "--data", str(tmp_path / "data"), "--pack", str(STARTER), "--work", str(tmp_path / "work")]
    command += ["--tune-epochs", "0", "0", "--epochs", "1", "1", "--flawed", "1"]
    assert main([*command, "--out", str(tmp_path / "out")]) == 0
    figures = json.loads((tmp_path / "out" / recipe.FIGURES).read_text())
    assert sum(figures["bytes"].values()) < 56e6
    assert max(figures["bytes"].values()) < 45e6
    assert {"adapter", "zero_shot", "bias_mos", "captions", "neighbour_in_series"} <= figures["figures"].keys()
    assert "--tune-epochs 0 0 --epochs 1 1 --flawed 1 --seed 0" in figures["command"]
    assert figures["photos"]["pairs"] > figures["photos"]["ss01"] + figures["photos"]["ss03"] > 0
    files = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    tokenizer = Tokenizer.load(files[TOKENIZER].decode())
    pixels = np.zeros((1, 384, 384, 3), np.uint8)
    tokens, embedding, picture = Network("vision", files[export.VISION], {"pixels": pixels}, "cpu").run(
        {"pixels": pixels}
    )
    assert (tokens.shape, embedding.shape) == ((1, 64, 512), (1, 512))
    feed = {
        "ids": np.array([[tokenizer.start]]),
        "position": np.array([0]),
        "picture": picture,
        "past": np.zeros((12, 1, 4, 0, 64), np.float32),
    }
    logits, _ = Network("decoder", files[export.DECODER], feed, "cpu").run(feed)
    assert logits.shape == (1, len(tokenizer))
    assert load(files[export.ADAPTER])["weight"].shape == (512, 512)

    photos = biq2021.load(tmp_path / "data" / "biq2021")
    own = [
        judges.student(STARTER),
        judges.tuned(SHARED, photos, photos, (0, 0), tmp_path, 0),
    ]
    eyes = judges.frozen(SHARED, own, 1, _never, tmp_path / "work", 0)
    assert eyes.channels == tokens_of(tmp_path / "work"), "what was found of the first pictures is kept"


def tokens_of(work: Path) -> int:
    """Channels of the cached tokens."""
    count = len(json.loads((work / "tokens" / "keys.json").read_text())["keys"])
    return (work / "tokens" / "tokens.f16").stat().st_size // (count * 144 * 2)


def _never(row: int) -> np.ndarray:
    raise AssertionError(f"picture {row} is asked for again")
