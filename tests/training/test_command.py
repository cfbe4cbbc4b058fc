"""python -m training."""

from __future__ import annotations

from pathlib import Path

import pytest

from training.__main__ import main


def test_a_missing_folder_is_one_clear_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["distil", "--data", str(tmp_path / "none"), "--out", str(tmp_path / "out")]) == 2
    assert "none: no such folder" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_an_unknown_recipe_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["alchemy"])
    assert "alchemy" in capsys.readouterr().err
