"""AVA, AVA-Style, AVA-Captions, DPC-Captions and PCCD, read from small files in the form of the real ones."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from training.data import ava, ava_captions, ava_style, dpc, pccd


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "images").mkdir()
    for number in (953619, 953958, 954184):
        (tmp_path / "images" / f"{number}.jpg").touch()
    return tmp_path


def _lines(path: Path, *lines: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def test_ava_gives_shares_of_votes_and_their_mean(folder: Path) -> None:
    _lines(
        folder / "AVA.txt",
        "1 953619 0 0 0 0 10 30 0 0 0 0 1 22 1396",
        "2 953958 10 0 0 0 0 0 0 0 0 10 15 21 1396",
        "3 954184 0 0 0 0 0 0 0 0 0 0 0 0 1396",
        "4 7 1 0 0 0 0 0 0 0 0 0 0 0 1396",
    )
    _lines(folder / ava.TEST, "953958")
    photos = ava.load(folder)
    assert photos.ids.tolist() == [953619, 953958]  # nobody voted on the third, the fourth is not on disk
    assert photos.mean == pytest.approx([5.75, 5.5])
    assert photos.votes.sum(1) == pytest.approx([1, 1])
    assert photos.tags.tolist() == [[1, 22], [15, 21]]
    assert photos.split.tolist() == ["train", "test"]
    assert photos.path(0).is_file()
    assert len(ava.load(folder, missing=True)) == 3


@pytest.mark.parametrize("line", ["1 2 3", "1 953619 0 0 0 0 10 30 0 0 0 0 1 22 x", ""])
def test_a_line_of_ava_that_is_not_understood_is_named(folder: Path, line: str) -> None:
    _lines(folder / "AVA.txt", "1 953619 0 0 0 0 10 30 0 0 0 0 1 22 1396", line)
    with pytest.raises(ValueError, match=r"AVA\.txt, line 2"):
        ava.load(folder)


def test_styles_are_one_in_training_and_any_number_in_test(folder: Path) -> None:
    lists = folder / ava_style.LISTS
    _lines(lists / "styles.txt", "1 Complementary_Colors", "2 Duotones", "3 HDR")
    _lines(lists / "train.jpgl", "953619", "1")
    _lines(lists / "train.lab", "3", "1")
    _lines(lists / "test.jpgl", "953958", "954184")
    _lines(lists / "test.multilab", "0 1 1", "0 0 0")
    train, test = ava_style.load(folder, "train"), ava_style.load(folder, "test")
    assert train.names == ("complementary colors", "duotones", "hdr")
    assert train.labels.tolist() == [[False, False, True]]
    assert [path.stem for path in test.paths] == ["953958", "954184"]
    assert test.labels.astype(int).tolist() == [[0, 1, 1], [0, 0, 0]]
    _lines(lists / "test.multilab", "0 1 1")
    with pytest.raises(ValueError, match="2 rows of 3 styles"):
        ava_style.load(folder, "test")


def test_ava_captions_gives_clean_comments(folder: Path) -> None:
    sentences = [{"raw": "Nice!!", "clean": "nice"}, {"raw": "5", "clean": " "}]
    rows = [
        {"filename": "953619.jpg", "split": "val", "sentences": sentences},
        {"filename": "1.jpg", "split": "train", "sentences": sentences},
        {"filename": "953958.jpg", "split": "train", "sentences": sentences[1:]},
    ]
    file = folder / ava_captions.FILE
    file.write_text(json.dumps({"images": rows, "dataset": "AVA"}))
    (photo,) = ava_captions.load(folder, folder / "images")
    assert photo.path.name == "953619.jpg"
    assert photo.texts == ("nice",)
    assert photo.split == "val"
    file.write_text(json.dumps({"images": [{"filename": "953619.jpg"}]}))
    with pytest.raises(ValueError, match="not in the form of AVA-Captions"):
        ava_captions.load(folder, folder / "images")
    file.write_text("{")
    with pytest.raises(ValueError, match="not a JSON file"):
        ava_captions.load(folder, folder / "images")


def test_dpc_joins_the_attributes(folder: Path) -> None:
    comments = folder / "comments"
    _lines(comments / "color_light.json", json.dumps({"953619.jpg": ["Soft light.", " "], "1.jpg": ["Gone"]}))
    _lines(comments / "focus.json", json.dumps({"953619.jpg": ["Sharp where it counts."]}))
    (photo,) = dpc.load(comments, folder / "images")
    assert photo.texts == ("Soft light.", "Sharp where it counts.")
    with pytest.raises(FileNotFoundError, match="no JSON of DPC-Captions"):
        dpc.load(folder, folder / "images")
    _lines(comments / "other.json", "[1]")
    with pytest.raises(ValueError, match=r"other\.json: not in the form"):
        dpc.load(comments, folder / "images")


def test_pccd_keeps_aspects_with_their_scores(folder: Path) -> None:
    row = {
        "title": "953619",
        "overall": "8.5",
        "score": ["8", "9", "", "7", "10", "9", "10"],
        "general_impression": "A calm picture.",
        "subject_of_photo": None,
        "focus": " On the eyes. ",
    }
    (folder / "guru_val.json").write_text(json.dumps([row, row | {"title": "gone.jpg", "overall": ""}]))
    (found,) = pccd.load(folder, folder / "images")
    assert found.aspects == {"general_impression": "A calm picture.", "focus": "On the eyes."}
    assert found.scores["focus"] == 10
    assert "composition" not in found.scores
    assert found.overall == 8.5
    assert found.photo.split == "val"
    assert found.photo.texts == ("A calm picture.", "On the eyes.")
    everything = pccd.load(folder, folder / "images", missing=True)
    assert [critique.overall for critique in everything] == [8.5, None]
    (folder / "guru_train.json").write_text(json.dumps([{"score": 3}]))
    with pytest.raises(ValueError, match=r"guru_train\.json: not in the form"):
        pccd.load(folder, folder / "images")


def test_the_shared_critiques_are_read() -> None:
    shared = Path(__file__).parents[3] / "shared" / "data" / "critiques"
    if not shared.is_dir():
        pytest.skip("the critiques are not here")
    critiques = pccd.load(shared, shared, missing=True)
    assert len(critiques) == 1271
    assert np.mean([critique.overall is not None for critique in critiques]) > 0.9
