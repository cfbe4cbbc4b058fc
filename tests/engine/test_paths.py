"""Where resources, data and the cache lie."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from engine import paths
from engine.errors import UnusableInput


def test_resources_of_a_checkout_are_there() -> None:
    assert paths.resource("__init__.py").is_file()


def test_a_frozen_application_has_its_resources_where_it_was_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert paths.resource("models", "starter") == tmp_path / "resources" / "models" / "starter"


def test_a_chosen_folder_beats_the_variable(tmp_path: Path, data_folder: Path) -> None:
    assert paths.data_dir(tmp_path / "chosen") == tmp_path / "chosen"
    assert paths.cache_dir(tmp_path / "chosen") == tmp_path / "chosen" / "cache"
    assert (tmp_path / "chosen" / "cache").is_dir()
    assert not data_folder.exists()


def test_the_variable_beats_the_platform(data_folder: Path) -> None:
    assert paths.data_dir() == data_folder
    assert paths.cache_dir() == data_folder / "cache"


@pytest.mark.skipif(sys.platform != "linux", reason="XDG names the folders on Linux only")
def test_without_a_choice_the_platform_decides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CHINAGRAPH_DATA_DIR")
    assert paths.data_dir() == tmp_path / "xdg_data_home" / "chinagraph"
    assert paths.cache_dir() == tmp_path / "xdg_cache_home" / "chinagraph"


def test_a_folder_that_cannot_be_made_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(UnusableInput, match=r"file.data cannot be created.*--data-dir"):
        paths.data_dir(tmp_path / "file" / "data")
