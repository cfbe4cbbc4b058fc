"""Rejected photos: out of the way, back, and to the trash; nothing is lost on the way."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.control import Control
from engine.errors import StoreError
from engine.export import rejected, transfer, volume
from engine.export.outcome import Result, Status
from engine.export.rejected_journal import NAME, RejectedJournal
from engine.files import shoot
from engine.store.decisions import Decisions, Mark, Origin
from engine.types import Decision, Flag, Phase, Photo
from tests import pictures
from tests.exporting import members, tree
from tests.originals import Originals

needs_links = pytest.mark.skipif(sys.platform == "win32", reason="symbolic links need a privilege there")
ROOT = Path(__file__).parents[3]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return members(tmp_path / "shoot")


def photo(folder: Path, name: str) -> Photo:
    return next(p for p in shoot.read([folder]).photos if p.path == folder / name)


def carried_out(wanted: rejected.Plan, control: Control | None = None) -> Result:
    result = list(rejected.run(wanted, control))[-1].result
    assert result is not None
    return result


def rejecting(folder: Path, *names: str) -> Result:
    return carried_out(rejected.plan([folder], [photo(folder, name) for name in names]))


def contents(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in tree(folder)}


def test_a_plan_touches_nothing_and_tells_every_file(folder, originals):
    originals(folder)
    wanted = rejected.plan([folder], [photo(folder, "IMG_1.JPG"), photo(folder, "day 2/IMG_1.JPG")])
    home = folder / "_Rejected"
    assert [(op.source.name, op.target.parent) for op in wanted.operations] == [
        ("IMG_1.JPG", home), ("IMG_1.DNG", home), ("IMG_1.DNG.xmp", home), ("IMG_1.WAV", home), ("IMG_1.xmp", home),
        ("IMG_1.JPG", home / "day 2"),
    ]  # fmt: skip
    assert not wanted.problems and wanted.asks_twice is None
    assert not home.exists()


def test_all_files_of_a_photo_move_and_the_shoot_no_longer_has_it(folder):
    before = contents(folder)
    result = rejecting(folder, "IMG_1.JPG", "day 2/IMG_1.JPG")
    assert result.is_complete and len(result.outcomes) == 6
    found = shoot.read([folder])
    assert [p.path.name for p in found.photos] == ["IMG_9.JPG"]
    assert found.rejected == (folder / "_Rejected",)
    after = {name.removeprefix("_Rejected/"): data for name, data in contents(folder).items() if NAME not in name}
    assert after == before


def test_whoever_opens_the_folder_itself_sees_what_is_in_it(folder):
    rejecting(folder, "IMG_1.JPG")
    inside = shoot.read([folder / "_Rejected"])
    assert [p.path.name for p in inside.photos] == ["IMG_1.JPG"] and len(inside.photos[0].files) == 5
    wanted = rejected.plan([folder / "_Rejected"], inside.photos)
    assert not wanted.operations and "in _Rejected already" in wanted.problems[0]


def test_everything_comes_back_after_a_restart(folder, originals):
    originals(folder)
    rejecting(folder, "IMG_1.JPG")
    rejecting(folder, "day 2/IMG_1.JPG", "IMG_9.JPG")
    wanted = rejected.restore_plan([folder])
    assert len(wanted.operations) == 7
    assert carried_out(wanted).is_complete
    assert not (folder / "_Rejected").exists()


def test_one_act_can_be_taken_back_alone(folder):
    rejecting(folder, "IMG_1.JPG")
    rejecting(folder, "IMG_9.JPG")
    carried_out(rejected.restore_plan([folder], only={folder / "IMG_9.JPG"}))
    assert [p.path.name for p in shoot.read([folder]).photos] == ["IMG_9.JPG", "IMG_1.JPG"]
    assert (folder / "day 2" / "IMG_1.JPG").exists()
    assert "IMG_1.JPG" in tree(folder / "_Rejected")


def test_names_that_are_taken_are_numbered_there_and_known_on_the_way_back(folder):
    first = contents(folder)
    rejecting(folder, "IMG_1.JPG")
    for name in ("IMG_1.JPG", "IMG_1.xmp"):
        (folder / name).write_bytes(b"second " + name.encode())
    rejecting(folder, "IMG_1.JPG")
    assert {"IMG_1-2.JPG", "IMG_1-2.xmp", "IMG_1.JPG"} <= set(tree(folder / "_Rejected"))
    carried_out(rejected.restore_plan([folder]))
    after = contents(folder)
    assert {"IMG_1.JPG", "IMG_1-2.JPG"} <= after.keys()
    assert sorted(after.values()) == sorted([*first.values(), b"second IMG_1.JPG", b"second IMG_1.xmp"])


def test_what_took_the_place_in_the_meantime_is_not_replaced(folder):
    rejecting(folder, "IMG_9.JPG")
    (folder / "img_9.jpg").write_bytes(b"new")
    carried_out(rejected.restore_plan([folder]))
    assert (folder / "img_9.jpg").read_bytes() == b"new"
    assert (folder / "IMG_9-2.JPG").exists()


def test_without_its_journal_the_folder_still_knows_where_things_were(folder, originals):
    originals(folder)
    rejecting(folder, "IMG_1.JPG", "day 2/IMG_1.JPG")
    (folder / "_Rejected" / NAME).unlink()
    assert carried_out(rejected.restore_plan([folder])).is_complete


def test_the_drive_may_come_back_under_another_name(folder, tmp_path):
    before = contents(folder)
    rejecting(folder, "IMG_1.JPG")
    elsewhere = folder.rename(tmp_path / "other mount")
    carried_out(rejected.restore_plan([elsewhere]))
    assert contents(elsewhere) == before


@needs_links
def test_links_stay_where_they_are(folder, tmp_path):
    (folder / "IMG_9.JPG").rename(tmp_path / "real.jpg")
    (folder / "link.jpg").symlink_to(tmp_path / "real.jpg")
    wanted = rejected.plan([folder], [photo(folder, "link.jpg")])
    assert not wanted.operations and "is a link" in wanted.problems[0]
    (tmp_path / "away").mkdir()
    (folder / "_Rejected").symlink_to(tmp_path / "away", target_is_directory=True)
    wanted = rejected.plan([folder], [photo(folder, "IMG_1.JPG")])
    assert not wanted.operations and "no folder of its own" in wanted.problems[0]


@needs_links
def test_a_linked_folder_has_a_rejected_of_its_own(folder, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    pictures.jpeg(other / "b.jpg")
    (folder / "linked").symlink_to(other, target_is_directory=True)
    (found,) = [p for p in shoot.read([folder]).photos if p.path.name == "b.jpg"]
    assert carried_out(rejected.plan([folder], [found])).is_complete
    assert (other / "_Rejected" / "b.jpg").exists()


@pytest.mark.skipif(not Path("/dev/shm").is_dir(), reason="a second volume")
def test_nothing_goes_from_one_volume_to_another(folder):
    import tempfile

    with tempfile.TemporaryDirectory(dir="/dev/shm") as name:
        inner = Path(name)
        if inner.stat().st_dev == folder.stat().st_dev:
            pytest.skip("it is the same volume here")
        (inner / "sub").mkdir()
        pictures.jpeg(inner / "sub" / "b.jpg")
        (folder / "card").symlink_to(inner, target_is_directory=True)
        (found,) = [p for p in shoot.read([folder]).photos if p.path.name == "b.jpg"]
        assert carried_out(rejected.plan([folder], [found])).is_complete
        assert (inner / "_Rejected" / "sub" / "b.jpg").exists()


def test_a_card_asks_twice_and_a_drive_that_takes_nothing_moves_nothing(folder, monkeypatch):
    monkeypatch.setattr(volume, "is_removable", lambda _: True)
    assert rejected.plan([folder], [photo(folder, "IMG_9.JPG")]).asks_twice == rejected.REMOVABLE
    monkeypatch.setattr(volume, "is_read_only", lambda _: True)
    wanted = rejected.plan([folder], [photo(folder, "IMG_9.JPG")])
    assert not wanted.operations and "takes no changes" in wanted.problems[0]


def test_a_photo_of_which_one_file_does_not_move_stays_as_a_whole(folder, monkeypatch, originals):
    originals(folder)
    real = transfer.settle

    def refuse(source: Path, target: Path) -> None:
        if source == folder / "IMG_1.WAV":
            raise OSError(errno.EIO, "Input/output error")
        real(source, target)

    wanted = rejected.plan([folder], [photo(folder, "IMG_1.JPG")])
    monkeypatch.setattr(transfer, "settle", refuse)
    result = carried_out(wanted)
    assert {outcome.status for outcome in result.outcomes} == {Status.FAILED}
    assert "IMG_1.WAV could not be brought" in (result.outcomes[0].error or "")


def test_cancelling_between_two_photos(folder):
    control = Control()
    wanted = rejected.plan([folder], shoot.read([folder]).photos)
    steps = rejected.run(wanted, control)
    assert next(steps).phase is Phase.MOVING
    control.cancel()
    result = list(steps)[-1].result
    assert result and result.cancelled and len(result.having(Status.UNTRIED)) == 2
    assert RejectedJournal(folder / "_Rejected").recover() == []


@pytest.mark.parametrize("moved", range(6))
def test_a_photo_that_a_crash_left_half_way_is_brought_to_an_end(moved, folder, originals):
    originals(folder)
    wanted = rejected.plan([folder], [photo(folder, "IMG_1.JPG")])
    home = folder / "_Rejected"
    home.mkdir()
    pairs = [(op.source, op.target) for op in wanted.operations]
    RejectedJournal(home).begin([pairs])
    for source, target in pairs[:moved]:
        source.rename(target)
    said = rejected.recover([folder])
    assert len(said) == (1 if 0 < moved < 5 else 0)
    assert [source.exists() for source, _ in pairs] == [moved == 0] * 5
    assert rejected.recover([folder]) == []
    carried_out(rejected.restore_plan([folder]))
    if moved == 0:
        RejectedJournal(home).forget()


@needs_links
def test_a_crash_that_left_two_names_and_one_where_the_name_was_taken(folder):
    home = folder / "_Rejected"
    home.mkdir()
    pairs = [(folder / name, home / name) for name in ("IMG_1.JPG", "IMG_1.DNG", "IMG_1.xmp")]
    RejectedJournal(home).begin([pairs])
    pairs[0][0].rename(pairs[0][1])
    os.link(*pairs[1])
    pairs[2][1].write_text("in the way")
    before = (folder / "IMG_1.xmp").read_text()
    (said,) = rejected.recover([folder])
    assert "back where it was" in said
    assert all(source.exists() for source, _ in pairs)
    assert (folder / "IMG_1.xmp").read_text() == before and pairs[2][1].read_text() == "in the way"


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names are Unicode there")
def test_names_that_are_no_text_go_and_come_back(tmp_path, originals):
    name = os.fsdecode(b"a\xff .jpg")
    folder = tmp_path / "odd"
    folder.mkdir()
    pictures.jpeg(folder / name)
    originals(folder)
    rejecting(folder, name)
    assert (folder / "_Rejected" / name).exists()
    assert carried_out(rejected.restore_plan([folder])).is_complete


def test_torn_and_foreign_lines_of_the_journal(folder):
    rejecting(folder, "IMG_9.JPG")
    journal = folder / "_Rejected" / NAME
    with journal.open("ab") as file:
        file.write(b'\n{"kind": "moving", "id": "x", "pai')
    rejecting(folder, "IMG_1.JPG")
    assert len(rejected.restore_plan([folder]).operations) == 6
    with journal.open("ab") as file:
        file.write(b"\n" + json.dumps({"kind": "moving", "id": "y"}).encode() + b"\n")
    with pytest.raises(StoreError, match="makes no sense"):
        rejected.restore_plan([folder])


def test_a_decision_outlives_the_way_there_and_back(folder, tmp_path):
    decisions = Decisions(tmp_path / "decisions.sqlite")
    found = photo(folder, "IMG_9.JPG")
    print_ = "ab" * 20
    decisions.open_shoot([folder], [(found, print_)])
    decisions.mark([Mark(found, print_, "flag", Flag.REJECT)], Origin.KEY)
    decisions.flush()
    rejecting(folder, "IMG_9.JPG")
    inside = shoot.read([folder / "_Rejected"]).photos[0]
    assert decisions.open_shoot([folder / "_Rejected"], [(inside, print_)]) == {inside.path: Decision(Flag.REJECT)}
    carried_out(rejected.restore_plan([folder]))
    again = photo(folder, "IMG_9.JPG")
    assert decisions.open_shoot([folder], [(again, print_)]) == {again.path: Decision(Flag.REJECT)}
    decisions.close()


EMPTY = """
import sys
from pathlib import Path
from engine.export import trash
wanted = trash.plan([Path(sys.argv[1])])
for outcome in list(trash.run(wanted))[-1].result.outcomes:
    print(outcome.status, outcome.operation.source.name, outcome.error or "")
"""


@pytest.fixture
def empty(tmp_path: Path) -> Callable[[Path], list[str]]:
    """Empties the rejected photos of a folder into a trash of the test's own."""
    place = {**os.environ, "HOME": str(tmp_path / "home"), "XDG_DATA_HOME": str(tmp_path / "home" / "data")}
    (tmp_path / "home" / "data").mkdir(parents=True)

    def run(folder: Path) -> list[str]:
        command = [sys.executable, "-c", EMPTY, str(folder)]
        done = subprocess.run(command, cwd=ROOT, env=place, check=True, capture_output=True, text=True)
        return done.stdout.splitlines()

    return run


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="the trash of freedesktop.org")
def test_emptying_brings_every_file_to_the_trash_and_none_of_the_shoot(folder, tmp_path, empty):
    gone = contents(folder)
    rejecting(folder, "IMG_1.JPG", "day 2/IMG_1.JPG")
    kept = Originals(folder / "IMG_9.JPG")
    lines = empty(folder)
    assert len(lines) == 6 and all(line.startswith("done IMG_1") for line in lines)
    trash = tmp_path / "home" / "data" / "Trash"
    assert sorted(path.read_bytes() for path in (trash / "files").iterdir()) == sorted(
        data for name, data in gone.items() if name != "IMG_9.JPG"
    )
    assert len(list((trash / "info").iterdir())) == 6
    assert not (folder / "_Rejected").exists()
    assert tree(folder) == ["IMG_9.JPG"] and not kept.changes()


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="the trash of freedesktop.org")
def test_what_the_trash_does_not_take_stays(folder, tmp_path, empty):
    rejecting(folder, "IMG_9.JPG")
    (tmp_path / "home" / "data" / "Trash").write_text("a file is in the way")
    (line,) = empty(folder)
    assert line.startswith("failed IMG_9.JPG") and "stays where it is: the trash does not take it" in line
    assert (folder / "_Rejected" / "IMG_9.JPG").exists()
