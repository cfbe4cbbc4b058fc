"""A program whose children are killed at every step: started by the fault tests of the export.

    python -m tests.faults.dying MODE FOLDER

MODE is one of MODES. For n = 1, 2, 3 ... a child does the act on a fresh shoot below FOLDER and is killed (SIGKILL)
just before its n-th call that opens, links, renames, removes or copies; when n is beyond the last one, all is tried.
After each death: no file under a final name is half there, nothing is lost, and doing it again completes it.
"""

from __future__ import annotations

import importlib
import os
import shutil
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

from engine.export import files, rejected, volume
from engine.export.ledger import Ledger
from engine.export.plan import Plan, plan
from engine.export.rejected_journal import NAME
from engine.export.rendition import Format, Rendition
from engine.files import shoot
from tests.exporting import chosen, order, tree

STEPS = {"open", "os.link", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.utime"}
"""Audit events (PEP 578) that a child may die before; what touches no file of ours is not among them."""
MODES = ("copy", "move", "carry", "render", "reject", "restore")


def main(mode: str, folder: Path) -> None:
    """Die at every step, and check what is left."""
    model = folder / "model"
    made = folder / "shoot"
    shutil.copytree(model, made, copy_function=shutil.copy2)
    if mode == "restore":
        _reject(made)
    if mode == "carry":
        volume.device = lambda path: int(path.is_relative_to(made))
    whole = folder / "whole"
    made.rename(whole)
    for slow in ("exifread", "fcntl", "pathvalidate", "simplejpeg"):
        importlib.import_module(slow)  # once here, not once in every child
    n = 0
    while True:
        n += 1
        for left in ("shoot", "to", "data"):
            shutil.rmtree(folder / left, ignore_errors=True)
        shutil.copytree(whole, made, copy_function=shutil.copy2)
        died = _child(mode, folder, n)
        _check_whole(mode, folder, f"{mode}, killed at step {n}")
        _act(mode, folder, lambda: None)
        _check_complete(mode, folder, f"{mode}, after step {n}")
        if not died:
            break
    sys.stdout.write(f"{n - 1}\n")


def _act(mode: str, folder: Path, begin: Callable[[], None]) -> None:
    """The act; `begin` is called when all that only reads is done."""
    made, to = folder / "shoot", folder / "to"
    if mode == "reject":
        begin()
        rejected.recover([made])
        _reject(made)
        return
    if mode == "restore":
        begin()
        rejected.recover([made])
        list(rejected.run(rejected.restore_plan([made])))
        return
    ledger = Ledger(folder / "data", to)
    unfinished = ledger.unfinished()
    wanted = order(
        made,
        to,
        "{folder}/{original}",
        move=mode in ("move", "carry"),
        rendition=Rendition(Format.JPEG, 64) if mode == "render" else None,
    )
    if unfinished is not None:
        assert unfinished.request == "this"
        ready = Plan(wanted, unfinished.operations)
    else:
        ready = plan(wanted, chosen(made), ledger.records())
    begin()
    result = list(files.run(ready, ledger, "this"))[-1].result
    assert result is not None and result.is_complete, result


def _reject(made: Path) -> None:
    list(rejected.run(rejected.plan([made], shoot.read([made]).photos)))


def _child(mode: str, folder: Path, dies_at: int) -> bool:
    """Do the act in a child; whether it was killed."""
    child = os.fork()
    if child == 0:
        try:
            _act(mode, folder, lambda: _die_at(dies_at))
        except BaseException:  # noqa: BLE001  # a child must never come back into the parent's code
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status in (0, -signal.SIGKILL), status
    return status != 0


def _die_at(n: int) -> None:
    left = n

    def step() -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if event in STEPS and not str(arguments[0]).endswith((".py", ".pyc", ".so")):
            step()

    real = os.copy_file_range

    def halves(source: int, target: int, count: int) -> int:
        copied = real(source, target, max(1, count // 2))
        step()
        return copied

    os.copy_file_range = halves
    sys.addaudithook(hook)


def _check_whole(mode: str, folder: Path, when: str) -> None:
    """Nothing is half there, nothing is lost."""
    originals = _contents(folder / "model")
    places = [_contents(folder / "shoot")]
    if mode in ("reject", "restore"):
        places = [{name.removeprefix("_Rejected/"): data for name, data in places[0].items()}]
        both = len(places[0]) < len(_contents(folder / "shoot"))
        assert not both or _linked(folder / "shoot"), f"{when}: a file is there twice"
    elif mode != "render":
        places.append(_contents(folder / "to"))
    for place in places:
        for name, data in place.items():
            assert originals.get(name) == data, f"{when}: {name} is not what it was"
    there = {name for place in places for name in place}
    assert there == originals.keys(), f"{when}: {originals.keys() - there} is lost"
    if mode in ("copy", "render"):
        assert places[0] == originals, f"{when}: an original was touched"
    if mode == "render":
        for path in (folder / "to").rglob("*.jpg"):
            assert path.read_bytes().endswith(b"\xff\xd9"), f"{when}: {path.name} is torn"


def _linked(made: Path) -> bool:
    """Whether what is there under two names is one file, as it is between linking and removing."""
    return any(path.stat().st_nlink == 2 for path in made.rglob("*") if path.is_file())


def _check_complete(mode: str, folder: Path, when: str) -> None:
    originals = _contents(folder / "model")
    if mode == "render":
        assert len(_contents(folder / "to")) == 3, when
    elif mode == "reject":
        rejects = _contents(folder / "shoot" / "_Rejected")
        assert rejects == originals, when
    elif mode == "restore":
        assert _contents(folder / "shoot") == originals, when
        assert not (folder / "shoot" / "_Rejected").exists(), when
    else:
        assert _contents(folder / "to") == originals, when
        assert _contents(folder / "shoot") == ({} if mode in ("move", "carry") else originals), when
    left = [name for place in ("to", "shoot") for name in tree(folder / place) if name.endswith(".part")]
    assert not left, f"{when}: {left}"


def _contents(folder: Path) -> dict[str, bytes]:
    """Every file but the journal and what is not under a final name."""
    names = [name for name in tree(folder) if not name.endswith((".part", NAME))]
    return {name: (folder / name).read_bytes() for name in names}


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
