"""What goes wrong in the middle of a run: the shoot vanishes, files change, the disk is full, stores are damaged."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from engine import paths, pipeline
from engine.catalogue import Catalogue
from engine.files import shoot as shoots
from engine.models.pack import Pack
from engine.models.student import Student
from engine.types import Phase
from tests.shoots import many, small_shoot, write_photo

SMALL_FILES = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2)
from desktop.__main__ import main
sys.exit(main(sys.argv[2:]))
"""
"""Runs the program where no file can grow beyond a limit: to a writer, a full disk."""


@pytest.fixture(scope="module")
def student() -> Student:
    return Student.load(Pack.open(paths.resource("models", "starter")))


@pytest.fixture
def cache_folder(tmp_path: Path) -> Path:
    return paths.cache_dir(tmp_path / "data")


def test_a_folder_that_vanishes_leaves_cards_that_say_so(tmp_path, cache_folder, student):
    folder = many(tmp_path / "shoot", 80)
    with Catalogue.open(cache_folder) as catalogue:
        for step in pipeline.rank(shoots.read([folder]), catalogue, student):
            if step.cards and folder.exists():
                shutil.rmtree(folder)
    assert (step.phase, step.done) == (Phase.FINISHED, 80)
    lost = [card for card in step.cards if card.error]
    assert 0 < len(lost) < 80
    assert all(str(card.path) in card.error for card in lost)
    assert [card.rank for card in step.cards if not card.error] == list(range(1, 81 - len(lost)))


def test_a_file_that_changed_since_the_listing_says_so_and_is_read_next_time(tmp_path, cache_folder, student):
    folder = many(tmp_path / "shoot", 2)
    found = shoots.read([folder])
    write_photo(folder / "p001.jpg", 50, 60.0, size=(600, 400))
    with Catalogue.open(cache_folder) as catalogue:
        first = {c.path.name: c for c in list(pipeline.rank(found, catalogue, student))[-1].cards}
        assert first["p001.jpg"].error and "chang" in first["p001.jpg"].error
        again = {c.path.name: c for c in list(pipeline.rank(shoots.read([folder]), catalogue, student))[-1].cards}
    assert again["p001.jpg"].error is None
    assert again["p001.jpg"].width == 600


@pytest.mark.skipif(sys.platform == "win32", reason="symbolic links need a privilege there")
def test_links_that_lead_nowhere_or_in_circles_are_harmless(tmp_path, cache_folder, student):
    folder = many(tmp_path / "shoot", 2)
    (folder / "circle").symlink_to(folder, target_is_directory=True)
    (folder / "itself.jpg").symlink_to(folder / "itself.jpg")
    (folder / "nowhere.jpg").symlink_to(folder / "gone.jpg")
    with Catalogue.open(cache_folder) as catalogue:
        last = list(pipeline.rank(shoots.read([folder]), catalogue, student))[-1]
    assert sorted(card.path.name for card in last.cards if card.error is None) == ["p000.jpg", "p001.jpg"]


@pytest.mark.skipif(sys.platform == "win32", reason="limits on the size of a file")
@pytest.mark.parametrize("limit", [90_000, 200_000])
def test_a_full_data_disk_does_not_stop_the_run(limit, tmp_path, originals):
    folder, data = originals(many(tmp_path / "shoot", 60)), tmp_path / "data"
    arguments = ["--data-dir", str(data), "rank", str(folder), "--json"]
    full = subprocess.run(
        [sys.executable, "-c", SMALL_FILES, str(limit), *arguments], capture_output=True, check=False, timeout=100
    )
    assert full.returncode == 0, full.stderr
    assert full.stdout.count(b'"status": "ok"') == 60
    assert full.stderr.count(b"cannot be saved") == 1
    assert b"Traceback" not in full.stderr
    healed = subprocess.run(
        [sys.executable, "-m", "desktop", *arguments], capture_output=True, check=False, timeout=100
    )
    assert healed.returncode == 0
    assert healed.stdout == full.stdout


@pytest.mark.parametrize("name", ["cache.sqlite", "thumbnails/thumbnails.sqlite"])
def test_a_damaged_store_is_built_anew_and_said(name, tmp_path, cache_folder, student):
    folder = many(tmp_path / "shoot", 3)
    with Catalogue.open(cache_folder) as catalogue:
        before = list(pipeline.rank(shoots.read([folder]), catalogue, student))[-1].cards
    (cache_folder / name).write_bytes(b"this is not a database" * 500)
    with Catalogue.open(cache_folder) as catalogue:
        steps = list(pipeline.rank(shoots.read([folder]), catalogue, student))
    assert [(c.path, c.rank, c.merit) for c in steps[-1].cards] == [(c.path, c.rank, c.merit) for c in before]
    assert any(Path(name).name in (step.note or "") for step in steps)


def test_a_catalogue_from_the_future_is_left_alone(tmp_path):
    import sqlite3

    folder, data = many(tmp_path / "shoot", 1), tmp_path / "data"
    paths.cache_dir(data)
    database = sqlite3.connect(data / "cache" / "cache.sqlite")
    database.execute("PRAGMA user_version = 9999")
    database.execute("CREATE TABLE precious (x)")
    database.commit()
    database.close()
    ended = subprocess.run(
        [sys.executable, "-m", "desktop", "--data-dir", str(data), "rank", str(folder)],
        capture_output=True,
        check=False,
    )
    assert ended.returncode == 1
    assert len(ended.stderr.splitlines()) == 1 and b"newer version" in ended.stderr
    database = sqlite3.connect(data / "cache" / "cache.sqlite")
    assert database.execute("SELECT count(*) FROM precious").fetchone() == (0,)
    database.close()


def test_an_altered_pack_is_refused_by_name(tmp_path, monkeypatch, capsys):
    from engine import cli

    shutil.copytree(paths.resource("models", "starter"), tmp_path / "resources" / "models" / "starter")
    student = tmp_path / "resources" / "models" / "starter" / "student.onnx"
    data = bytearray(student.read_bytes())
    data[-100] ^= 4
    student.write_bytes(data)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert cli.main(["rank", str(many(tmp_path / "shoot", 1))]) == cli.BROKEN
    printed = capsys.readouterr()
    assert printed.out == ""
    assert str(student) in printed.err and len(printed.err.splitlines()) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="modes")
def test_a_read_only_shoot_is_ranked_and_left_as_it_was(tmp_path, originals):
    folder = small_shoot(tmp_path / "shoot")
    for file in folder.rglob("*"):
        file.chmod(0o555 if file.is_dir() else 0o444)
    folder.chmod(0o555)
    originals(folder)
    before = sorted(str(path) for path in folder.rglob("*"))
    arguments = [sys.executable, "-m", "desktop", "--data-dir", str(tmp_path / "data"), "rank", str(folder), "--json"]
    ended = subprocess.run(arguments, capture_output=True, check=False, env={**os.environ})
    assert ended.returncode == 0
    assert all(json.loads(line)["schema"] == 1 for line in ended.stdout.splitlines())
    assert sorted(str(path) for path in folder.rglob("*")) == before
    for path in (folder, *(p for p in folder.rglob("*") if p.is_dir())):
        path.chmod(0o755)
