"""A program with a drive of its own, which it fills, locks and pulls: started by the fault tests of the export.

    unshare -rm python -m tests.faults.small_drive CASE FOLDER

FOLDER/shoot is exported to FOLDER/drive, a file system in memory that nobody else sees. CASE is one of CASES.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from engine.errors import StoreFull, UnusableInput
from engine.export import files, rejected, volume
from engine.export.ledger import Ledger
from engine.export.operation import Action
from engine.export.outcome import Result, Status
from engine.export.plan import Plan
from engine.export.rendition import Format, Rendition
from engine.files import shoot
from tests.exporting import done, order, planned, tree

PAGE = 4096
PATIENCE = 30.0
"""Seconds for those who write to be done."""


def full(folder: Path) -> None:
    """Whatever the room: what is there is whole, the rest is named, and with room the same run completes it."""
    made, drive = folder / "shoot", folder / "drive"
    sizes = [path.stat().st_size for path in made.rglob("*.*")]
    pages = sum(-(-size // PAGE) for size in sizes)
    for room in range(1, pages, 2):
        mount(drive, f"size={room * PAGE}")
        ledger = Ledger(folder / "data", drive / "to")
        result = done(roomy(planned(made, drive / "to", verify=room % 4 == 1)), ledger)
        check_whole(made, drive / "to")
        failed = result.having(Status.FAILED)
        assert all("disk is full" in (outcome.error or "") for outcome in failed), failed
        assert failed, f"{room} pages cannot be enough"
        mount_again(drive, "size=100m")
        assert done(planned(made, drive / "to", ledger), ledger).is_complete
        check_whole(made, drive / "to", len(sizes))
        unmount(drive)


def carried(folder: Path) -> None:
    """A move to a drive that fills up leaves every photo as a whole on the one side or the other."""
    made, drive = folder / "shoot", folder / "drive"
    before = {path.relative_to(made): path.read_bytes() for path in made.rglob("*.*")}
    mount(drive, f"size={sum(map(len, before.values())) // 2}")
    ledger = Ledger(folder / "data", drive / "to")
    wanted = planned(made, drive / "to", template="{folder}/{original}", move=True)
    assert {operation.action for operation in wanted.operations} == {Action.CARRY}
    result = list(files.run(roomy(wanted), ledger, "it"))[-1].result
    assert result is not None
    assert result.having(Status.FAILED)
    for outcome in result.outcomes:
        assert outcome.operation.source.exists() == (outcome.status is not Status.DONE)
    left = ledger.unfinished()
    assert left is not None
    mount_again(drive, "size=100m")
    assert done(Plan(order(made, drive / "to", move=True), left.operations), ledger).is_complete
    assert {path.relative_to(drive / "to"): path.read_bytes() for path in (drive / "to").rglob("*.*")} == before
    assert tree(made) == []


def locked(folder: Path) -> None:
    """A drive that takes no more changes in mid-run ends it; one that takes none is refused beforehand."""
    made, drive = folder / "shoot", folder / "drive"
    mount(drive, "size=100m")
    result = interrupted(folder, lambda: mount_again(drive, "ro"))
    assert any("read-only" in (outcome.error or "") for outcome in result.having(Status.FAILED)), result
    assert result.having(Status.UNTRIED)
    check_whole(made, drive / "to")
    with pytest.raises(UnusableInput, match="cannot be written to"):
        planned(made, drive / "other")


def pulled(folder: Path) -> None:
    """A drive that goes in mid-run leaves an empty folder, which is not filled instead."""
    drive = folder / "drive"
    mount(drive, "size=100m")
    result = interrupted(folder, lambda: unmount(drive))
    assert result.having(Status.FAILED) and result.having(Status.UNTRIED), result
    assert tree(drive) == []


def ledger_full(folder: Path) -> None:
    """Where the ledger cannot be kept, nothing is made that it does not know of."""
    made, drive = folder / "shoot", folder / "drive"
    mount(drive, f"size={PAGE}")
    ledger = Ledger(drive / "data", folder / "to")
    long = "{original}-" + "x" * 200
    wanted = planned(made, folder / "to", template=long, rendition=Rendition(Format.JPEG, 64))
    with pytest.raises(StoreFull, match=r"\.jsonl cannot grow"):
        done(wanted, ledger)
    there = tree(folder / "to")
    assert 0 < len(there) < len(wanted.operations)
    assert set(there) <= ledger.records().keys(), "a file that the ledger does not know of"


def rejects(folder: Path) -> None:
    """A card that takes no changes: rejected photos stay, and why is said."""
    drive = folder / "drive"
    mount(drive, "size=100m")
    subprocess.run(["cp", "-r", str(folder / "shoot"), str(drive)], check=True)
    mount_again(drive, "ro")
    photos = shoot.read([drive / "shoot"]).photos
    wanted = rejected.plan([drive / "shoot"], photos)
    assert not wanted.operations
    assert len(wanted.problems) == len(photos)
    assert all("takes no changes" in problem for problem in wanted.problems)
    assert volume.is_read_only(drive / "shoot")


CASES: dict[str, Callable[[Path], None]] = {
    case.__name__: case for case in (full, carried, locked, pulled, ledger_full, rejects)
}


def interrupted(folder: Path, event: Callable[[], None]) -> Result:
    """Export, with something happening after the first photo."""
    to = folder / "drive" / "to"
    wanted = planned(folder / "shoot", to)
    steps = files.run(wanted, Ledger(folder / "data", to))
    next(steps)
    event()
    result = list(steps)[-1].result
    assert result is not None
    return result


def roomy(wanted: Plan) -> Plan:
    """The plan, as if another program had filled the drive since it was made."""
    return replace(wanted, free=None)


def check_whole(made: Path, to: Path, count: int | None = None) -> None:
    """What lies at the target is what it should be."""
    originals = {path.read_bytes() for path in made.rglob("*.*")}
    copies = [path for path in to.rglob("*") if not path.is_dir()]
    assert all(path.read_bytes() in originals for path in copies), copies
    assert count is None or len(copies) == count


def mount(drive: Path, options: str) -> None:
    """A file system in memory at `drive`."""
    drive.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "chinagraph", str(drive)], check=True)


def mount_again(drive: Path, options: str) -> None:
    """The same one with other options, as soon as no file there is being written."""
    until = time.monotonic() + PATIENCE
    while True:
        tried = subprocess.run(
            ["mount", "-o", f"remount,{options}", str(drive)], capture_output=True, text=True, check=False
        )
        if tried.returncode == 0:
            return
        assert "busy" in tried.stderr and time.monotonic() < until, tried.stderr


def unmount(drive: Path) -> None:
    """Pull it, whoever uses it."""
    subprocess.run(["umount", "-l", str(drive)], check=True)


if __name__ == "__main__":
    CASES[sys.argv[1]](Path(sys.argv[2]))
