"""The export on a bad day: killed at every step, a full drive, a pulled drive, files that change underneath."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.exporting import members
from tests.faults import dying

ROOT = Path(__file__).parents[2]
unix = pytest.mark.skipif(sys.platform == "win32", reason="signals, limits and namespaces of Unix")


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where there is one: a death costs no disk time there."""
    if not Path("/dev/shm").is_dir():
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir="/dev/shm") as folder:
        yield Path(folder)


@unix
@pytest.mark.parametrize("mode", dying.MODES)
def test_killed_at_every_step_nothing_is_half_there_or_lost_and_again_completes_it(mode, memory, originals):
    originals(members(memory / "model"))
    command = [sys.executable, "-W", "ignore::DeprecationWarning", "-m", "tests.faults.dying", mode, str(memory)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=200)
    assert ended.returncode == 0, ended.stderr[-3000:]
    assert int(ended.stdout) > 20, "so many steps there are at least"
