"""What the window and its export say and do on a drive that fills up, is too small, locks or goes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests import pictures
from tests.faults import shoot_drive, window_drive

ROOT = Path(__file__).parents[2]


CASES = [(drive, case) for drive in (window_drive, shoot_drive) for case in drive.CASES]


@pytest.mark.skipif(sys.platform != "linux", reason="file systems in namespaces of Linux")
@pytest.mark.parametrize(
    ("drive", "case"), CASES, ids=[f"{drive.__name__.rpartition('.')[2]}-{case}" for drive, case in CASES]
)
def test_the_window_on_a_bad_drive(drive: ModuleType, case: str, tmp_path: Path) -> None:
    for number in range(8):
        (tmp_path / "shoot").mkdir(exist_ok=True)
        pictures.jpeg(tmp_path / "shoot" / f"x{number}.jpg", seed=number, size=(120, 80))
    if subprocess.run(["unshare", "-rm", "true"], check=False, capture_output=True).returncode:
        pytest.skip("this machine lets nobody mount")
    command = ["unshare", "-rm", sys.executable, "-m", drive.__name__, case, str(tmp_path)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=200)
    assert ended.returncode == 0, ended.stderr[-3000:]
