"""`make run` as a user runs it, but for the installing: without a display it ranks, with one it opens the window."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from tests.originals import Originals
from tests.shoots import READABLE, UNREADABLE, small_shoot

ROOT = Path(__file__).resolve().parent.parent.parent
pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="make is not here")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout whose virtual environment is the one that this test runs in."""
    folder = tmp_path / "checkout"
    programs = folder / ".venv" / "bin"
    programs.mkdir(parents=True)
    for name in ("Makefile", "pyproject.toml"):
        shutil.copy(ROOT / name, folder)
    script(programs / "python", f'exec "{sys.executable}" "$@"')
    script(programs / "chinagraph", f'exec "{sys.executable}" -m desktop "$@"')
    for stamp in ("venv.stamp", "run.stamp"):
        (folder / ".venv" / stamp).touch()
    return folder


def script(path: Path, line: str) -> None:
    path.write_text(f"#!/bin/sh\n{line}\n")
    path.chmod(0o755)


def make(checkout: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    left_out = ("DISPLAY", "WAYLAND_DISPLAY", "MAKEFLAGS", "MAKELEVEL", "SHOOT")
    inherited = {name: value for name, value in os.environ.items() if name not in left_out}
    return subprocess.run(
        ["make", "run", *arguments],
        cwd=checkout,
        env=inherited | {"PYTHONPATH": str(ROOT)} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_without_a_display_the_sample_shoot_is_ranked_and_drawn_and_the_second_time_nothing_is_made_anew(
    checkout: Path,
) -> None:
    first = make(checkout)
    assert first.returncode == 0, first.stderr
    assert "46 photos ranked, 10 bursts and brackets, 1 unreadable" in first.stderr
    assert "IMG_2231.JPG" in first.stdout.partition("Unreadable (1):")[2]
    with Image.open(checkout / "contact-sheet.jpg") as sheet:
        assert sheet.width > 1500
        sheet.load()
    shoot = Originals(checkout / "sample-shoot")
    second = make(checkout)
    assert second.returncode == 0, second.stderr
    assert second.stdout == first.stdout
    assert shoot.changes() == []


def test_a_shoot_of_ones_own_may_lie_in_the_home_folder_and_have_a_space_in_its_name(checkout: Path) -> None:
    home = checkout.parent / "home"
    small_shoot(home / "my wedding")
    done = make(checkout, "SHOOT=~/my wedding", HOME=str(home))
    assert done.returncode == 0, done.stderr
    assert f"{READABLE} photos ranked" in done.stderr
    assert f"{UNREADABLE} unreadable" in done.stderr
    assert f"{home}/my wedding/single1.jpg" in done.stdout
    assert not (checkout / "sample-shoot").exists()


def test_with_a_display_the_window_opens_on_the_shoot(checkout: Path) -> None:
    script(checkout / ".venv" / "bin" / "chinagraph", 'printf "%s\\n" "$@"')
    done = make(checkout, "SHOOT=/media/card", DISPLAY=":7")
    assert done.stdout.splitlines() == ["open", "/media/card"]


def test_a_shoot_that_is_not_there_fails_with_one_clear_line(checkout: Path) -> None:
    done = make(checkout, "SHOOT=/nowhere")
    assert done.returncode != 0
    said = [line for line in done.stderr.splitlines() if line.startswith("chinagraph:")]
    assert len(said) == 1
    assert "/nowhere" in said[0]
