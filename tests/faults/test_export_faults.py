"""The export on a bad day: killed at every step, a full drive, a pulled drive, files that change underneath."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from engine.export import files
from engine.export.ledger import Ledger
from engine.export.outcome import Result, Status
from engine.export.plan import Plan, plan
from engine.export.tagging import Tagging
from engine.export.targets import Target
from tests import pictures
from tests.exporting import chosen, done, members, order, planned, tree
from tests.faults import dying, small_drive
from tests.shoots import many

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


def several(folder: Path) -> Path:
    """Photos enough that some are not tried when a run ends early."""
    members(folder)
    for number in range(8):
        pictures.jpeg(folder / f"x{number}.jpg", seed=number, size=(60, 40))
    return folder


@pytest.mark.skipif(sys.platform != "linux", reason="file systems in namespaces of Linux")
@pytest.mark.parametrize("case", small_drive.CASES)
def test_a_drive_that_fills_up_locks_or_goes(case, tmp_path):
    several(tmp_path / "shoot")
    command = ["unshare", "-rm", sys.executable, "-m", "tests.faults.small_drive", case, str(tmp_path)]
    if subprocess.run(["unshare", "-rm", "true"], check=False, capture_output=True).returncode:
        pytest.skip("this machine lets nobody mount")
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=200)
    assert ended.returncode == 0, ended.stderr[-3000:]


LIMITED = """
import sys
from pathlib import Path
from tests.exporting import done, planned
from tests.faults.marking import limit_file_size
from engine.export.ledger import Ledger
folder = Path(sys.argv[1])
wanted = planned(folder / "shoot", folder / "to")
limit_file_size(int(sys.argv[2]))
for outcome in done(wanted, Ledger(folder / "data", folder / "to")).outcomes:
    print(outcome.status, outcome.operation.target.name, outcome.error or "")
"""


@unix
@pytest.mark.parametrize("limit", [1, 300, 5_000, 20_000])
def test_a_file_that_cannot_be_so_large_is_named_and_not_half_there(limit, tmp_path, originals):
    folder = originals(members(tmp_path / "shoot"))
    sizes = {path.relative_to(folder).as_posix(): path.stat().st_size for path in folder.rglob("*.*")}
    command = [sys.executable, "-c", LIMITED, str(tmp_path), str(limit)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    failed = [line for line in ended.stdout.splitlines() if line.startswith("failed")]
    assert len(failed) == sum(size > limit for size in sizes.values())
    assert all("a file cannot be so large there" in line for line in failed)
    assert len(tree(tmp_path / "to")) == len(sizes) - len(failed)
    assert {path.stat().st_size for path in (tmp_path / "to").iterdir()} <= {*sizes.values()}


def interrupted(wanted: Plan, ledger: Ledger, event: Callable[[], object]) -> Result:
    """A run with something happening after the first photo."""
    steps = files.run(wanted, ledger)
    next(steps)
    event()
    result = list(steps)[-1].result
    assert result is not None
    return result


@pytest.mark.parametrize("move", [True, False])
def test_a_target_that_is_removed_in_mid_run_ends_it(move, tmp_path):
    folder, to = several(tmp_path / "shoot"), tmp_path / "to"
    before = sorted(path.read_bytes() for path in folder.rglob("*.*"))
    wanted = planned(folder, to, move=move)
    gone = tmp_path / "gone"
    result = interrupted(wanted, Ledger(tmp_path / "data", to), lambda: to.rename(gone))
    failed = result.having(Status.FAILED)
    assert failed and all(outcome.error and str(to) in outcome.error for outcome in failed)
    assert result.having(Status.UNTRIED)
    assert not to.exists(), "it is not made anew"
    places = [path for place in (folder, gone) for path in place.rglob("*.*") if path.suffix != ".part"]
    assert {path.read_bytes() for path in places} == set(before)


@pytest.mark.parametrize("move", [True, False])
def test_a_source_that_changes_or_goes_in_mid_run_is_named_and_not_exported(move, tmp_path):
    folder, to = several(tmp_path / "shoot"), tmp_path / "to"

    def event() -> None:
        with (folder / "x6.jpg").open("ab") as file:
            file.write(b"still being written")
        (folder / "x7.jpg").unlink()

    result = interrupted(planned(folder, to, move=move), Ledger(tmp_path / "data", to), event)
    failed = {outcome.operation.source.name: outcome.error or "" for outcome in result.having(Status.FAILED)}
    assert set(failed) == {"x6.jpg", "x7.jpg"}
    assert "changed since it was looked at" in failed["x6.jpg"]
    assert "is not there any more" in failed["x7.jpg"]
    assert "x6.jpg" not in tree(to) and "x7.jpg" not in tree(to)
    assert len(result.having(Status.DONE)) == 13


def test_a_source_that_changes_while_it_is_tagged_is_not_exported(tmp_path, monkeypatch):
    folder, to = several(tmp_path / "shoot"), tmp_path / "to"
    real = Tagging.inside

    def changing(tagging, data, card, decision, path):
        if path.name == "x3.jpg":
            with path.open("ab") as file:
                file.write(b"more")
        return real(tagging, data, card, decision, path)

    monkeypatch.setattr(Tagging, "inside", changing)
    wanted = plan(order(folder, to, tagging=Tagging(Target.ADOBE)), chosen(folder))
    result = done(wanted, Ledger(tmp_path / "data", to))
    failed = {outcome.operation.source.name: outcome.error or "" for outcome in result.having(Status.FAILED)}
    assert "x3.jpg changed" in failed["x3.jpg"]
    assert not (to / "x3.jpg").exists()


@unix
def test_a_path_that_is_too_long_is_named(tmp_path, originals):
    folder, to = originals(members(tmp_path / "shoot")), tmp_path / "to"
    template = "/".join(["d" * 250] * 17) + "/{original}"
    result = done(planned(folder, to, template=template), Ledger(tmp_path / "data", to))
    assert {outcome.status for outcome in result.outcomes} == {Status.FAILED}
    assert all("its name is too long" in (outcome.error or "") for outcome in result.outcomes)


@pytest.mark.skipif(not Path("/dev/shm").is_dir(), reason="a second volume")
def test_a_move_to_a_real_other_volume(tmp_path, memory):
    folder = members(tmp_path / "shoot")
    if memory.stat().st_dev == folder.stat().st_dev:
        pytest.skip("it is the same volume here")
    before = {name: (folder / name).read_bytes() for name in tree(folder)}
    wanted = planned(folder, memory / "to", template="{folder}/{original}", move=True)
    assert wanted.size == sum(map(len, before.values()))
    assert done(wanted, Ledger(tmp_path / "data", memory / "to")).is_complete
    assert {name: (memory / "to" / name).read_bytes() for name in tree(memory / "to")} == before
    assert tree(folder) == []


@unix
def test_the_command_that_is_killed_again_and_again_comes_to_its_end(tmp_path):
    folder, to, data = many(tmp_path / "shoot", 24), tmp_path / "to", tmp_path / "data"
    before = {path.read_bytes() for path in folder.iterdir()}
    asked = ["export", str(folder), "--stars", "0+", "--to", str(to), "--move", "--rename", "{seq:03}", "--json"]
    command = [sys.executable, "-m", "desktop", "--data-dir", str(data), *asked]
    killed = 0
    for appeared in (1, 5, 12, 20):
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as program:
            while program.poll() is None and len(tree(to)) < appeared:
                pass
            program.kill()
        killed += program.returncode != 0
    assert killed
    left = list(folder.iterdir())
    assert {path.read_bytes() for path in [*left, *(to / name for name in tree(to))]} == before
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    assert ended.returncode == 0, ended.stderr
    assert tree(to) == [f"{number:03}.jpg" for number in range(1, 25)]
    assert {path.read_bytes() for path in to.iterdir()} == before and not tree(folder)
