"""A program whose children are killed at every step while they write sidecars: started by the fault tests of XMP.

    python -m tests.faults.dying_xmp FOLDER

For n = 1, 2, 3 ... a child writes the sidecars of a fresh shoot below FOLDER and is killed (SIGKILL) just before its
n-th call that opens, links, renames or removes; when n is beyond the last one, all is tried. After each death every
sidecar is as it was or as it shall be, what is left is found, and writing once more completes it.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from engine.export import sidecar, xmp_write
from engine.export.carriers import Said
from engine.export.sidecar import Names, Status
from engine.export.targets import Target
from engine.files import shoot
from engine.types import Colour, Decision, Flag
from tests import sidecars
from tests.faults.mortal import child

SAID = Said.of(Decision(Flag.PICK, 5, Colour.RED))
TARGETS = [Target.ADOBE, Target.DARKTABLE]
OLD = {"a.xmp": sidecars.lightroom(), "b.xmp": sidecars.photo_mechanic(), "b.nef.xmp": sidecars.darktable()}
EVERY = ("a.xmp", "a.jpg.xmp", "b.xmp", "b.nef.xmp", "c.xmp", "c.jpg.xmp")


def main(folder: Path) -> None:
    """Die at every step, and check what is left."""
    made = folder / "shoot"
    _fresh(made)
    assert not child(lambda: _write(made), None), "it works when nothing happens"
    done = {name: (made / name).read_bytes() for name in EVERY}
    n = 0
    while True:
        n += 1
        _fresh(made)
        died = child(lambda: _write(made), n)
        left = _check(made, done, n)
        assert not child(lambda: _write(made), None), "the second run must live"
        assert _xmp(made) == done, f"after step {n}"
        assert not list(made.glob(".*")), f"strays after step {n}"
        if not died:
            assert left == 0
            break
    sys.stdout.write(f"{n - 1}\n")


def _fresh(made: Path) -> None:
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir(parents=True)
    for name in ("a.jpg", "b.nef", "c.jpg"):
        (made / name).write_bytes(b"original of " + name.encode())
    for name, data in OLD.items():
        (made / name).write_bytes(data)


def _write(made: Path) -> None:
    photos = shoot.read([made]).photos
    said = {photo.path: SAID for photo in photos}
    outcomes = list(xmp_write.write(photos, said, TARGETS, Names(photos)))
    assert all(outcome.status in (Status.WRITTEN, Status.UNCHANGED) for outcome in outcomes), outcomes


def _check(made: Path, done: dict[str, bytes], n: int) -> int:
    """How many photos are not up to date; those are the ones that `pending` finds."""
    for name in ("a.jpg", "b.nef", "c.jpg"):
        assert (made / name).read_bytes() == b"original of " + name.encode(), f"step {n}: {name} was touched"
    now = _xmp(made)
    assert OLD.keys() <= now.keys(), f"step {n}: {OLD.keys() - now.keys()} is lost"
    for name, data in now.items():
        assert data in (OLD.get(name), done[name]), f"step {n}: {name} is torn"
        sidecar.read(made / name)
    photos = shoot.read([made]).photos
    said = {photo.path: SAID for photo in photos}
    behind = {name.partition(".")[0] for name in EVERY if now.get(name) != done[name]}
    foreign = {name.partition(".")[0] for name in OLD if now[name] != done[name]}
    found = {photo.path.stem for photo in xmp_write.pending(photos, said, TARGETS, Names(photos))}
    assert found == behind - foreign, f"step {n}: {found} of {behind}"
    return len(behind)


def _xmp(made: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in made.glob("*.xmp") if not path.name.startswith(".")}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
