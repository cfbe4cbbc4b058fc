"""AADB and PARA as they are distributed, mixtures, and what is kept on disk."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.types import SCORES
from tests.training.cskd import made
from training.cskd.views import CROP, FLAWED, View, Views
from training.data import aadb, labelled, para, row_cache
from training.data.crop_cache import CropCache
from training.data.labelled import Labelled
from training.data.mixture import Mixture


def _photo(path: Path, seed: int = 0) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(made.noise(seed)).save(path)
    return path


@pytest.fixture
def aadb_folder(tmp_path: Path) -> Path:
    lists = tmp_path / aadb.LISTS
    lists.mkdir()
    (lists / aadb.FILES["train"]).write_text("farm1_1.jpg 0.65\nfarm1 2.jpg 0.3\nfarm1_gone.jpg 0.5\n")
    (lists / aadb.FILES["val"]).write_text("farm2_3.jpg 0.9\n")
    for name in ("farm1_1.jpg", "farm1 2.jpg"):
        _photo(tmp_path / aadb.FOLDERS[0] / name)
    _photo(tmp_path / aadb.FOLDERS[1] / "farm2_3.jpg")
    return tmp_path


def test_aadb_is_read_as_it_is_distributed(aadb_folder: Path) -> None:
    found = labelled.load("aadb", aadb_folder)
    assert [path.name for path in found.paths] == ["farm1_1.jpg", "farm1 2.jpg", "farm2_3.jpg"]
    assert found.split.tolist() == ["train", "train", "val"]
    assert np.allclose(found.mos, [0.65, 0.3, 0.9], atol=1e-3)
    assert np.isnan(found.teacher).all()
    assert (found.series == -1).all()
    (aadb_folder / aadb.LISTS / aadb.FILES["val"]).write_text("farm2_3.jpg ninety\n")
    with pytest.raises(ValueError, match="line 1"):
        labelled.load("aadb", aadb_folder)


@pytest.fixture
def para_folder(tmp_path: Path) -> Path:
    votes = {"train": [("session1", "iaa_pub1_.jpg", 3.0)], "val": [("session2", "iaa_pub71_.jpg", 4.5)]}
    for split, rows in votes.items():
        (tmp_path / "annotation").mkdir(exist_ok=True)
        with (tmp_path / "annotation" / para.FILES[split]).open("w", newline="") as file:
            table = csv.writer(file)
            table.writerow(["imageName", "sessionId", "semantic", *para.COLUMNS, "aestheticScore_mean"])
            for session, name, level in rows:
                counts = [12 if given == level else 1 if abs(given - level) == 0.5 else 0 for given in para.LEVELS]
                table.writerow([name, session, "food", *counts, level])
                _photo(tmp_path / "imgs" / session / name)
    return tmp_path


def test_para_is_read_as_it_is_distributed(para_folder: Path) -> None:
    found = labelled.load("para", para_folder)
    assert found.split.tolist() == ["train", "val"]
    assert np.allclose(found.truth, [5.5, 1 + 3.5 * 9 / 4], atol=0.02)
    assert (found.people @ SCORES**2 - found.truth**2 > 0.2).all()
    file = para_folder / "annotation" / para.FILES["val"]
    file.write_text(file.read_text().replace(para.COLUMNS[3], "score"))
    with pytest.raises(ValueError, match="not in the form of PARA"):
        labelled.load("para", para_folder)


def test_sets_are_joined_with_their_series_apart(photos: Labelled, para_folder: Path) -> None:
    both = labelled.joined([photos, labelled.load("para", para_folder), photos])
    assert len(both) == 2 * len(photos) + 2
    first, last = both.series[: len(photos)], both.series[len(photos) + 2 :]
    assert set(first[first >= 0]) & set(last[last >= 0]) == set()
    assert (both.series[len(photos) : len(photos) + 2] == -1).all()
    assert set(both.subset) == {"ss01", "ss03", "para"}


def test_a_mixture_gives_every_source_its_share_and_loses_nothing() -> None:
    mixture = Mixture((np.arange(30), np.arange(100, 108)), (3.0, 1.0), 8, seed=2)
    assert mixture.shares == (6, 2)
    assert mixture.steps == 5
    drawn = [mixture.draw(epoch, step) for epoch in range(2) for step in range(5)]
    assert all((rows < 30).sum() == 6 for rows in drawn)
    assert sorted(np.concatenate(drawn[:5])[np.concatenate(drawn[:5]) < 30].tolist()) == list(range(30))
    assert sorted(row for rows in drawn[:4] for row in rows if row >= 100) == list(range(100, 108))
    assert np.array_equal(mixture.draw(1, 3), drawn[8])
    assert Mixture((np.arange(3), np.arange(0)), (1.0, 9.0), 3).shares == (3, 0)
    assert len(Mixture((), (), 0).draw(0, 0)) == 0


def test_views_are_what_they_say(photos: Labelled) -> None:
    views = Views.of(photos.paths[:4], crops=2, flawed=1)
    assert views.per == 4
    rows = [views.rows[row] for row in views.whole(np.array([1, 3]))]
    assert [row.path for row in rows] == [photos.paths[1], photos.paths[3]]
    flawed = views.flaw(np.array([2]), np.random.default_rng(0))
    assert views.rows[int(flawed[0])] == View(photos.paths[2], FLAWED, 0)
    whole = photos.pixels(2)
    crop = View(photos.paths[2], CROP, 1).pixels()
    assert crop.size < whole.size
    assert np.array_equal(crop, View(photos.paths[2], CROP, 1).pixels())
    assert not np.array_equal(View(photos.paths[2], FLAWED, 0).pixels(), whole)
    assert len({view.key for view in views.rows}) == len(views.rows)


def test_decoded_pictures_are_kept_up_to_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    views = [View(_photo(tmp_path / "photos" / f"{i}.png", i)) for i in range(30)]
    cache = CropCache(tmp_path / "kept", limit=100_000, longest=32)
    fresh = cache.pixels(views[0])
    assert max(fresh.shape) == 32
    views[0].path.unlink()
    assert np.array_equal(cache.pixels(views[0]), fresh)
    for _ in range(4):
        for view in views[1:]:
            cache.pixels(view)
    cache.close()
    kept = sum(file.stat().st_size for file in (tmp_path / "kept").rglob("*") if file.is_file())
    assert kept < 300_000
    assert CropCache(tmp_path / "none", limit=0).pixels(views[1]).shape == (48, 48, 3)
    assert not (tmp_path / "none").exists()


def test_rows_are_computed_once_and_taken_over(tmp_path: Path) -> None:
    asked: list[int] = []

    def rows(keys: list[str], by: str = "network", limit: float = 1e6) -> np.ndarray:
        def say(row: int) -> np.ndarray:
            asked.append(int(keys[row]))
            return np.full(3, int(keys[row]), np.float32)

        return row_cache.rows(tmp_path / "rows", row_cache.Order(by, 3, limit), keys, lambda row: row, say)

    assert rows(["4", "7"])[:, 0].tolist() == [4, 7]
    assert rows(["7", "9", "4"])[:, 2].tolist() == [7, 9, 4]
    assert asked == [4, 7, 9]
    assert rows(["4"], by="another").tolist() == [[4, 4, 4]]
    assert asked == [4, 7, 9, 4]
    with pytest.raises(row_cache.CacheTooLarge, match="3 pictures"):
        rows(["1", "2", "3"], limit=10)


def test_rows_go_on_where_they_stopped(tmp_path: Path) -> None:
    asked: list[int] = []

    def stopping(row: int) -> np.ndarray:
        if row == 70 and 70 not in asked:
            asked.append(row)
            raise KeyboardInterrupt
        asked.append(row)
        return np.full(1, row, np.float32)

    order, keys = row_cache.Order("network", 1), [str(i) for i in range(80)]
    with pytest.raises(KeyboardInterrupt):
        row_cache.rows(tmp_path, order, keys, lambda row: row, stopping)
    found = row_cache.rows(tmp_path, order, keys, lambda row: row, stopping)
    assert found[:, 0].tolist() == list(range(80))
    assert asked.count(3) == 1
