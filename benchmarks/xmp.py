"""How long the sidecars of a shoot take to write, and what files say to read.

    python -m benchmarks.xmp [--photos N] [--folder DIR]

The floor, measured in the same run: the bytes of the same sidecars written and renamed, without and with fsync, one
after the other.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from engine.export import rating_import, xmp_write
from engine.export.carriers import Said
from engine.export.sidecar import Names
from engine.export.targets import Target
from engine.files import shoot
from engine.types import Colour, Decision, Flag, Metadata, Photo
from tests import pictures, sidecars

MASKS = 60_000
"""Bytes of develop settings in every tenth sidecar: a photo with painted masks."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photos", type=int, default=2000)
    parser.add_argument("--folder", type=Path, help="where the shoot is made; decides which disk is measured")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        made = Path(folder)
        photos = _shoot(made, options.photos)
        for sync in (False, True):
            _print(f"floor: write, rename{', fsync' * sync}", options.photos, lambda sync=sync: _floor(photos, sync))
        for sync in (False, True):
            ending = "with fsync" if sync else "without fsync"
            for path in made.glob("*.xmp"):
                path.unlink()
            _print(f"new sidecars, {ending}", options.photos, lambda sync=sync: _write(photos, 1, sync))
            _developed(photos)
            _print(f"merged into Lightroom's, {ending}", options.photos, lambda sync=sync: _write(photos, 2, sync))
            _print("nothing to change", options.photos, lambda sync=sync: _write(photos, 2, sync))
        _print("read all that files say, EXIF known", options.photos, lambda: _read(photos))


def _shoot(folder: Path, count: int) -> tuple[Photo, ...]:
    """JPEGs of a few kilobytes: what they show is not looked at."""
    data = pictures.jpeg(folder / "model.jpg", size=(96, 64), rating=0).read_bytes()
    for number in range(count - 1):
        (folder / f"IMG_{number:05}.JPG").write_bytes(data)
    return shoot.read([folder]).photos


def _developed(photos: tuple[Photo, ...]) -> None:
    """Sidecars as Lightroom leaves them, every tenth with masks."""
    plain = sidecars.lightroom()
    masks = "".join(f"<rdf:li>{number:080}</rdf:li>" for number in range(MASKS // 100))
    rich = plain.replace(b"   <crs:Look", f"<crs:Masks><rdf:Seq>{masks}</rdf:Seq></crs:Masks>   <crs:Look".encode())
    for number, photo in enumerate(photos):
        photo.path.with_suffix(".xmp").write_bytes(plain if number % 10 else rich)


def _write(photos: tuple[Photo, ...], stars: int, sync: bool) -> None:
    said = {photo.path: Said.of(Decision(Flag.PICK, stars, Colour.RED)) for photo in photos}
    for outcome in xmp_write.write(photos, said, [Target.ADOBE], Names(photos), sync=sync):
        assert outcome.error is None, outcome.error


def _floor(photos: tuple[Photo, ...], sync: bool) -> None:
    data = sidecars.lightroom()
    for photo in photos:
        part = photo.path.with_suffix(".part")
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            if sync:
                os.fsync(file.fileno())
        part.replace(photo.path.with_suffix(".xmp"))


def _read(photos: tuple[Photo, ...]) -> None:
    names = Names(photos)
    assert sum(len(one.statements) for one in rating_import.read_all(photos, names, lambda _: Metadata(rating=0)))


def _print(what: str, count: int, task: Callable[[], None]) -> None:
    started, used = time.perf_counter(), time.process_time()
    task()
    seconds, cpu = time.perf_counter() - started, time.process_time() - used
    print(f"{what:42} {seconds:6.2f} s, {cpu:5.2f} s of them CPU, for {count:,} photos")


if __name__ == "__main__":
    main()
