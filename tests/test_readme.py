"""The README gives commands, keys and links. All of them have to be true."""

from __future__ import annotations

import re
import shlex
import subprocess
import tomllib
from pathlib import Path

import pytest

from engine import cli

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text()
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
BLOCKS = re.findall(r"^```\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
LINES = [line for block in BLOCKS for line in block.splitlines()]
IN_THE_LOUPE = {"Z", "Space"}
"""Keys that the view itself answers to."""


def test_the_make_commands_come_first_and_make_knows_them() -> None:
    assert [line for line in LINES if line.startswith("make")] == LINES[:3]
    assert LINES[0] == "make run"
    assert LINES[1].startswith("make run SHOOT=")
    assert LINES[2] == "make test"
    for target in re.findall(r"`make (\w+)`", README + (ROOT / "CONTRIBUTING.md").read_text()):
        assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(), re.MULTILINE), target


@pytest.mark.parametrize("line", [line for line in LINES if line.startswith("chinagraph")])
def test_every_chinagraph_line_is_one_that_the_program_takes(line: str) -> None:
    options = cli.parse(shlex.split(line)[1:])
    assert options.command in (None, "open", "rank", "critique", "find", "doctor", "models")


def test_untested_systems_are_marked_and_end_with_the_command_that_the_project_installs() -> None:
    for system in ("Windows", "macOS"):
        heading, _, rest = README.partition(f"### {system}")[2].partition("\n")
        assert "untested here" in heading
        commands = re.search(r"```\n(.*?)```", rest, re.DOTALL)
        assert commands
        assert re.search(r"-m venv .*\n.*pip install \.\n.*chinagraph\n", commands.group(1))
    assert PROJECT["scripts"] == {"chinagraph": "desktop.__main__:main"}


def test_the_lines_for_a_graphics_card_name_what_the_project_requires() -> None:
    removed = re.search(r"pip uninstall --yes (\S+)\n.*pip install (\S+)\n", README)
    assert removed
    assert any(requirement.startswith(removed.group(1) + ">") for requirement in PROJECT["dependencies"])
    assert removed.group(2) == removed.group(1) + "-gpu"


def test_python_is_the_one_that_the_project_requires() -> None:
    assert PROJECT["requires-python"] == ">=" + re.search(r"Python (3\.\d+)", README).group(1)


def test_the_keys_are_the_ones_of_the_actions() -> None:
    from desktop.actions import table

    keys = {key for action in table() for key in action.keys}
    unshifted = {key for key in keys if not re.fullmatch(r"Shift\+.", key)}
    assert {key.removeprefix("Shift+") for key in keys - unshifted} <= unshifted
    rows = re.findall(r"^\| (`.+?`) \| .+ \|$", README, re.MULTILINE)
    stated = [key for row in rows for key in re.findall(r"`(.+?)`", row)]
    assert len(stated) == len(set(stated))
    assert set(stated) == unshifted | IN_THE_LOUPE


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_links_lead_somewhere(page: str) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", (ROOT / page).read_text()):
        assert (ROOT / target).exists(), target


def test_what_make_leaves_behind_is_no_part_of_the_project() -> None:
    for name in ("sample-shoot/IMG_2214.JPG", "contact-sheet.jpg", ".venv/run.stamp", "dist/chinagraph/chinagraph"):
        ignored = subprocess.run(["git", "check-ignore", "-q", name], cwd=ROOT, check=False)
        assert ignored.returncode == 0, name
