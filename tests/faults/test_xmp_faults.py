"""Sidecars on a bad day: killed at every step, a full disk, a folder that takes no changes, a drive that was pulled."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.export import sidecar, xmp_write
from engine.export.carriers import Said
from engine.export.sidecar import Names, Outcome, Status
from engine.export.targets import Target
from engine.files import shoot
from engine.types import Decision
from tests import sidecars
from tests.faults.mortal import child

ROOT = Path(__file__).parents[2]
NOBODY = 65534
unix = pytest.mark.skipif(sys.platform == "win32", reason="signals, limits and users of Unix")


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where there is one, which anybody may look into."""
    with tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else tmp_path) as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def write(folder: Path) -> dict[str, Outcome]:
    photos = shoot.read([folder]).photos
    said = {photo.path: Said.of(Decision(stars=5)) for photo in photos}
    outcomes = xmp_write.write(photos, said, [Target.ADOBE], Names(photos))
    return {outcome.sidecar.name: outcome for outcome in outcomes}


def a_shoot(folder: Path) -> Path:
    folder.mkdir()
    for name in ("a.nef", "b.nef", "c.nef"):
        (folder / name).write_bytes(b"raw")
    (folder / "a.xmp").write_bytes(sidecars.lightroom())
    (folder / "b.xmp").write_bytes(sidecars.lightroom().replace(b"Lac", b"Lac " * 30_000))
    return folder


@unix
def test_killed_at_every_step_no_sidecar_is_torn_or_lost_and_what_is_left_is_found(memory):
    command = [sys.executable, "-W", "ignore::DeprecationWarning", "-m", "tests.faults.dying_xmp", str(memory)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=200)
    assert ended.returncode == 0, ended.stderr[-3000:]
    assert int(ended.stdout) > 20, "so many steps there are at least"


@unix
def test_a_full_disk_leaves_the_old_sidecar_and_is_named_and_there_is_nothing_left_behind(memory):
    import resource

    folder = a_shoot(memory / "shoot")
    before = (folder / "b.xmp").read_bytes()

    def on_a_full_disk() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))
        outcomes = write(folder)
        assert outcomes["a.xmp"].status is outcomes["c.xmp"].status is Status.WRITTEN
        failed = outcomes["b.xmp"]
        assert failed.status is Status.FAILED
        assert failed.error is not None and str(folder / "b.xmp") in failed.error and "Make room" in failed.error

    assert not child(on_a_full_disk, None)
    assert (folder / "b.xmp").read_bytes() == before
    assert sorted(path.name for path in folder.iterdir()) == ["a.nef", "a.xmp", "b.nef", "b.xmp", "c.nef", "c.xmp"]
    assert write(folder)["b.xmp"].status is Status.WRITTEN, "there is room again"
    assert sidecar.read(folder / "b.xmp").get("xmp:Rating") == "5"


@unix
def test_a_folder_that_takes_no_changes_is_named_and_left_as_it_is(memory):
    folder = a_shoot(memory / "shoot")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    folder.chmod(0o555)
    write(a_shoot(memory / "elsewhere"))

    def as_anybody() -> None:
        if os.getuid() == 0:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
        for outcome in write(folder).values():
            assert outcome.status is Status.FAILED
            assert outcome.error is not None
            assert str(outcome.sidecar) in outcome.error and "Allow writing" in outcome.error

    assert not child(as_anybody, None)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    folder.chmod(0o755)


def test_a_drive_that_was_pulled_fails_each_photo_by_name_and_nothing_is_made_in_its_place(tmp_path):
    folder = a_shoot(tmp_path / "shoot")
    photos = shoot.read([folder]).photos
    said = {photo.path: Said.of(Decision(stars=5)) for photo in photos}
    shutil.rmtree(folder)
    outcomes = list(xmp_write.write(photos, said, [Target.ADOBE], Names(photos)))
    assert [outcome.status for outcome in outcomes] == [Status.FAILED] * 3
    assert all(outcome.error and str(outcome.sidecar) in outcome.error for outcome in outcomes)
    assert not folder.exists()
