"""Settings: defaults, what is read, what is refused, what is written."""

from __future__ import annotations

import dataclasses
import tomllib
from pathlib import Path

import pytest

from engine import settings
from engine.errors import StoreError
from engine.settings import Settings


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert settings.load(tmp_path / "settings.toml") == Settings()


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    chosen = Settings(jobs=3, device="cpu", pixel_cap_mp=50, thumbnail_cache_mb=128, burst_gap_seconds=1.5)
    settings.save(chosen, tmp_path / "deep" / "settings.toml")
    assert settings.load(tmp_path / "deep" / "settings.toml") == chosen
    assert [file.name for file in (tmp_path / "deep").iterdir()] == ["settings.toml"]


def test_every_option_is_explained_in_the_file(tmp_path: Path) -> None:
    settings.save(Settings(), tmp_path / "settings.toml")
    text = (tmp_path / "settings.toml").read_text()
    assert len(settings.options()) == len(dataclasses.fields(Settings)) - 1
    for option in settings.options():
        assert f"# {option.metadata['description']}\n{option.name} = " in text


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("jobs = -1", "jobs"),
        ("jobs = 'many'", "jobs"),
        ("jobs = true", "jobs"),
        ("jobs = 2.5", "jobs"),
        ("device = 'abacus'", "device"),
        ("pixel_cap_mp = 0", "pixel_cap_mp"),
        ("thumbnail_cache_mb = 99999999", "thumbnail_cache_mb"),
        ("burst_gap_seconds = nan", "burst_gap_seconds"),
        ("scores_hidden = 1", "scores_hidden"),
    ],
)
def test_nonsense_gives_the_default_and_is_named(tmp_path: Path, line: str, name: str) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(f"burst_gap_seconds = 3\n{line}\n" if name != "burst_gap_seconds" else f"{line}\n")
    loaded = settings.load(path)
    assert getattr(loaded, name) == getattr(Settings(), name)
    (warning,) = loaded.warnings
    assert name in warning
    assert str(path) in warning
    assert loaded.burst_gap_seconds == (2.0 if name == "burst_gap_seconds" else 3.0)


@pytest.mark.parametrize("data", [b"jobs = = 3", b"\xff\xfe\x00", b"[[["])
def test_a_file_that_is_not_toml_gives_the_defaults_and_is_named(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(data)
    loaded = settings.load(path)
    assert loaded == Settings()
    assert str(path) in loaded.warnings[0]
    settings.save(loaded, path)
    assert settings.load(path).warnings == ()


def test_comments_and_foreign_options_survive_saving(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text("# mine\njobs = 3 # for the old laptop\nfrom_the_future = 'x'\n")
    settings.save(dataclasses.replace(settings.load(path), jobs=4), path)
    text = path.read_text()
    assert "# mine" in text
    assert "jobs = 4 # for the old laptop" in text
    assert tomllib.loads(text)["from_the_future"] == "x"


def test_names_that_no_setting_has_are_told_with_the_nearest_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text("jobs = 3\nBurst-Gap = 4\nkeeper_star = 3\nzzz = 1\n[colours]\nred = 1\n")
    loaded = settings.load(path)
    assert loaded == Settings(jobs=3)
    (warning,) = loaded.warnings
    assert f"{path} names what is no setting: " in warning
    assert "Burst-Gap (did you mean burst_gap_seconds?), keeper_star (did you mean keeper_stars?)" in warning
    assert "zzz, colours." in warning
    settings.save(dataclasses.replace(loaded, keeper_stars=2), path)
    kept = tomllib.loads(path.read_text())
    assert kept["zzz"] == 1 and kept["keeper_star"] == 3 and kept["colours"] == {"red": 1}
    assert settings.load(path) == Settings(jobs=3, keeper_stars=2), "new settings do not fall into a table of the file"
    assert settings.load(path).warnings == (warning,)


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match=r"settings.toml cannot be saved"):
        settings.save(Settings(), tmp_path / "file" / "settings.toml")


def test_automatic_threads_are_at_least_one() -> None:
    assert Settings().threads >= 1
    assert Settings(jobs=5).threads == 5
