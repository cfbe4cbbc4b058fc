"""Carrying out an export: copies, moves, renditions, again, cancelled, and what is said of failures."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from engine.control import Control
from engine.errors import UnusableInput
from engine.export import files, rendition, transfer
from engine.export.ledger import Ledger
from engine.export.operation import Action
from engine.export.outcome import Status
from engine.export.plan import Plan
from engine.export.rendition import Format, Rendition
from engine.types import Phase
from tests import pictures
from tests.exporting import done, members, order, planned, statuses, tree
from tests.originals import Originals


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return members(tmp_path / "shoot")


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "to"


@pytest.fixture
def ledger(tmp_path: Path, target: Path) -> Ledger:
    return Ledger(tmp_path / "data", target)


@pytest.mark.parametrize("verify", [True, False])
def test_copies_are_the_originals_byte_by_byte(verify, folder, target, ledger, originals):
    originals(folder)
    result = done(planned(folder, target, template="{folder}/{original}", verify=verify), ledger)
    assert result.is_complete and not result.cancelled
    assert tree(target) == tree(folder)
    for name in tree(folder):
        assert (target / name).read_bytes() == (folder / name).read_bytes()
        assert (target / name).stat().st_mtime_ns == (folder / name).stat().st_mtime_ns


def test_progress_goes_photo_by_photo_to_the_end(folder, target, ledger):
    steps = list(files.run(planned(folder, target), ledger))
    assert [(step.phase, step.done) for step in steps] == [
        (Phase.EXPORTING, 5), (Phase.EXPORTING, 6), (Phase.EXPORTING, 7), (Phase.FINISHED, 7)
    ]  # fmt: skip
    assert {step.total for step in steps} == {7}
    assert sum(len(step.outcomes) for step in steps) == 7


def test_a_second_export_finds_everything_there(folder, target, ledger, monkeypatch):
    done(planned(folder, target, ledger), ledger)
    before = Originals(target)
    wanted = planned(folder, target, ledger)
    assert {operation.action for operation in wanted.operations} == {Action.KEEP} and wanted.size == 0
    result = done(wanted, ledger)
    assert set(statuses(result).values()) == {Status.THERE} and result.is_complete
    assert not before.changes()


def test_what_only_looks_the_same_is_told(folder, target, ledger):
    done(planned(folder, target), ledger)
    forged = target / "IMG_9.JPG"
    status = forged.stat()
    forged.write_bytes(b"\0" * status.st_size)
    os.utime(forged, ns=(status.st_atime_ns, status.st_mtime_ns))
    result = done(planned(folder, target, ledger), ledger)
    (failure,) = result.having(Status.FAILED)
    assert failure.error and f"{forged} is taken by another file" in failure.error
    assert forged.read_bytes() == b"\0" * status.st_size


def test_a_photo_that_was_added_is_all_that_is_copied(folder, target, ledger):
    done(planned(folder, target), ledger)
    shutil.copy(folder / "IMG_9.JPG", folder / "IMG_A.JPG")
    result = done(planned(folder, target, ledger), ledger)
    assert [outcome.operation.source.name for outcome in result.having(Status.DONE)] == ["IMG_A.JPG"]


def test_a_move_leaves_nothing_behind_and_changes_no_byte(folder, target, ledger):
    before = {name: (folder / name).read_bytes() for name in tree(folder)}
    result = done(planned(folder, target, template="{folder}/{original}", move=True), ledger)
    assert result.is_complete
    assert tree(folder) == []
    assert {name: (target / name).read_bytes() for name in tree(target)} == before
    assert ledger.unfinished() is None


def test_a_move_to_another_volume_copies_verifies_and_then_removes(folder, target, ledger, monkeypatch):
    before = {name: (folder / name).read_bytes() for name in tree(folder)}
    monkeypatch.setattr("engine.export.volume.device", lambda path: hash(str(path).startswith(str(folder))))
    wanted = planned(folder, target, template="{folder}/{original}", move=True, verify=False)
    assert {operation.action for operation in wanted.operations} == {Action.CARRY}
    assert wanted.size == sum(map(len, before.values()))
    read_back: list[Path] = []
    real = transfer._read_back
    monkeypatch.setattr(transfer, "_read_back", lambda path, file: read_back.append(path) or real(path, file))
    assert done(wanted, ledger).is_complete
    assert len(read_back) == len(before), "a move is verified, whatever was asked"
    assert {name: (target / name).read_bytes() for name in tree(target)} == before
    assert tree(folder) == []


@pytest.mark.parametrize("carry", [True, False])
def test_a_photo_of_which_one_file_cannot_be_moved_stays_as_a_whole(carry, folder, target, ledger, monkeypatch):
    if carry:
        monkeypatch.setattr("engine.export.volume.device", lambda path: hash(str(path).startswith(str(folder))))
    wanted = planned(folder, target, move=True)
    target.mkdir()
    (target / "IMG_1.WAV").write_bytes(b"in the way")
    before = tree(folder)
    result = done(wanted, ledger)
    failed = result.having(Status.FAILED)
    assert len(failed) == 5 and all("IMG_1.WAV is taken" in (outcome.error or "") for outcome in failed)
    assert tree(folder) == [name for name in before if name.startswith("IMG_1.")]
    assert (target / "IMG_1.WAV").read_bytes() == b"in the way"


def test_cancelling_leaves_whole_files_and_a_second_run_does_the_rest(folder, target, ledger):
    for number in range(30):
        shutil.copy(folder / "IMG_9.JPG", folder / f"more{number:02}.JPG")
    control = Control()
    steps = files.run(planned(folder, target, move=True), ledger, "move all", control)
    next(steps)
    control.cancel()
    result = list(steps)[-1].result
    assert result and result.cancelled and not result.is_complete
    assert result.having(Status.UNTRIED) and result.having(Status.DONE)
    left = ledger.unfinished()
    assert left and left.request == "move all"
    again = Plan(order(folder, target, move=True), left.operations)
    result = done(again, ledger)
    assert result.is_complete and len(result.outcomes) == 37
    assert tree(folder) == [] and len(tree(target)) == 37
    assert ledger.unfinished() is None


def test_renditions_are_made_once(folder, target, ledger, monkeypatch, originals):
    originals(folder)
    how = Rendition(Format.JPEG, 100)
    assert done(planned(folder, target, rendition=how), ledger).is_complete
    assert tree(target) == ["IMG_1-2.jpg", "IMG_1.jpg", "IMG_9.jpg"]
    assert (target / "IMG_9.jpg").stat().st_mtime_ns == (folder / "IMG_9.JPG").stat().st_mtime_ns
    monkeypatch.setattr(rendition, "render", lambda *_: pytest.fail("rendered again"))
    result = done(planned(folder, target, ledger, rendition=how), ledger)
    assert set(statuses(result).values()) == {Status.THERE}
    larger = planned(folder, target, ledger, rendition=Rendition(Format.JPEG, 120))
    assert [operation.target.name for operation in larger.operations] == ["IMG_1-3.jpg", "IMG_1-4.jpg", "IMG_9-2.jpg"]


def test_a_photo_that_cannot_be_rendered_is_named_and_the_others_are(folder, target, ledger):
    (folder / "IMG_9.JPG").write_bytes((folder / "IMG_9.JPG").read_bytes()[:3000])
    result = done(planned(folder, target, rendition=Rendition(Format.WEBP, 64)), ledger)
    (failure,) = result.having(Status.FAILED)
    assert failure.error and "IMG_9.JPG is damaged" in failure.error
    assert len(tree(target)) == 2


def test_no_room_is_known_beforehand(folder, target, ledger, monkeypatch):
    monkeypatch.setattr("engine.export.volume.free", lambda _: 100)
    with pytest.raises(UnusableInput, match=r"has room for 100 bytes, and \d"):
        done(planned(folder, target), ledger)
    assert not target.exists()


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names are Unicode there")
@pytest.mark.parametrize("rendered", [True, False])
def test_names_that_are_no_text_leave_under_ones_that_are(rendered, tmp_path, target, ledger):
    folder = tmp_path / "odd"
    folder.mkdir()
    pictures.jpeg(folder / os.fsdecode(b"a\xff.jpg"))
    how = Rendition(Format.JPEG, 64) if rendered else None
    for status in (Status.DONE, Status.THERE):
        assert set(statuses(done(planned(folder, target, ledger, rendition=how), ledger)).values()) == {status}
    assert tree(target) == ["a_.jpg"]
    assert done(planned(folder, target, move=True), ledger).is_complete
    assert len(tree(target)) == 2 and tree(folder) == []
