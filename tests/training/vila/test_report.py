"""The report on a tower judges what the application shows, and CARD.md says what it found."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.models.tower import Tower
from tests import towers
from training.vila import critics, fidelity, report, shipped
from training.vila.concepts import Seen
from training.vila.facts import Facts
from training.vila.pairs import Pair
from training.vila.recipe import FIGURES


def _pair(folder: Path, name: str, colour: tuple[int, int, int], seen: tuple[str, ...]) -> Pair:
    (folder / name).parent.mkdir(exist_ok=True)
    Image.fromarray(towers.plain(colour)).save(folder / name)
    facts = Facts((), "excellent", (), {}, Seen(seen), 0.9)
    return Pair(folder / name, name, "ss03", -1, "val", 0.9, None, 0.0, 0, 0, "", "", facts)


@pytest.fixture(scope="module")
def tower(tmp_path_factory: pytest.TempPathFactory) -> Tower:
    return Tower.needed(towers.pack(tmp_path_factory.mktemp("pack"), alone=True), "cpu")


@pytest.fixture(scope="module")
def photos(tmp_path_factory: pytest.TempPathFactory) -> list[Pair]:
    folder = tmp_path_factory.mktemp("data")
    colours = list(towers.SAID)
    words = {colour: towers.SAID[colour][1].split()[-1] for colour in colours}
    return [_pair(folder, f"ss03/{i:02}.png", colours[i % len(colours)], (words[colours[i % len(colours)]],))
            for i in range(12)]  # fmt: skip


def test_a_word_finds_the_photos_of_it(tower: Tower, photos: list[Pair]) -> None:
    found = report.searched(tower, photos)
    by_word = {row["word"]: row for row in found["taught"]}
    assert found["photos"] == 12 and found["seen"] == []
    assert by_word["flower"]["positives"] == by_word["water"]["positives"] > 0
    for word in ("flower", "water"):
        assert by_word[word]["precision"] == pytest.approx(by_word[word]["positives"] / 10), "all come first"


def test_the_card_says_what_was_found(tower: Tower, photos: list[Pair], tmp_path: Path) -> None:
    found = {
        "fidelity": asdict(fidelity.judge(photos, critics.checked(tower), seed=1, count=1)),
        "failed": asdict(fidelity.agreement({}, tmp_path, critics.checked(tower))),
        "search": report.searched(tower, photos),
        "styles": report.styled(tower, photos, seed=1),
    }
    chance = found["styles"]["chance"]
    assert chance and all(0 < share < 0.5 for share in chance.values())
    assert found["styles"]["map"] == pytest.approx(np.mean(list(found["styles"]["by_style"].values())))
    report.write(tmp_path, {"held_out": found["search"] | {"photos": 2400}})
    report.write(tmp_path, found)
    scores = {"srcc_ss03": [0.5, 0.4, 0.6]}
    facts = {
        "command": "python -m training vila --epochs 2",
        "photos": {"pairs": 30, "ss01": 4, "ss03": 6},
        "figures": {"adapter": scores, "zero_shot": scores, "captions": {"bleu_1": 0.25}}
        | {"neighbour_in_series": {"both halves": 0.9, "words alone": 0.7}},
        "bytes": {"vision.onnx": 2_000_000},
    }
    (tmp_path / FIGURES).write_text(json.dumps(facts))
    card = shipped.card(tmp_path)
    assert (
        "python -m training vila --epochs 2" in card and "2.0 MB" in card and "30 pairs were made of 6 photos" in card
    )
    assert "| srcc ss03 | 0.500 [0.400, 0.600] | 0.500 [0.400, 0.600] |" in card and "bleu_1 0.250" in card
    assert "search among 12 photos that no caption came from, right by what the teachers see: flower" in card
    assert "with the fold that was held out, search among 2400 photos" in card
    assert f"average precision {found['styles']['map']:.2f}" in card
    assert "0.900 by both halves, 0.700 by words alone" in card
    assert "No tower without one of them has been measured." in card
    less = facts | {"command": "train less", "photos": {"pairs": 9, "ss01": 0, "ss03": 6}}
    card = shipped.card(tmp_path, {"ss01": less})
    assert "| photos of ss03 and ss01 | 6 and 4 | 6 and 0 |" in card
    assert "- without ss01: `train less`" in card
    assert "| srcc ss03 | 0.500 [0.400, 0.600] | 0.500 [0.400, 0.600] |" in card and "No tower without" not in card
