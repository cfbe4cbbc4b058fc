"""Sidecars: their names, and how they are written without losing what anybody else wrote."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.errors import MalformedXmp
from engine.export import sidecar, transfer, xmp_write
from engine.export.carriers import Said
from engine.export.sidecar import Names, Status
from engine.export.targets import PRESETS, Naming, Target
from engine.export.xmp import Packet
from engine.files import shoot
from engine.types import Colour, Decision, Flag, Photo
from tests import pictures, sidecars

ADOBE = PRESETS[Target.ADOBE]
STARS = Said.of(Decision(stars=4))


def touch(folder: Path, *names: str) -> tuple[Photo, ...]:
    """Files of these names, and the photos that they are."""
    folder.mkdir(exist_ok=True)
    for name in names:
        (folder / name).write_bytes(b"x")
    return shoot.read([folder]).photos


def named(photos: tuple[Photo, ...], naming: Naming) -> dict[str, list[str]]:
    names = Names(photos)
    return {photo.path.name: [path.name for path in names.of(photo, naming)] for photo in photos}


def put(path: Path, said: Said = STARS, **options: bool) -> sidecar.Outcome:
    return sidecar.write(path, said, ADOBE, path, **options)


def test_one_sidecar_for_a_frame_or_one_for_each_of_its_pictures(tmp_path):
    photos = touch(tmp_path / "s", "A.CR3", "A.JPG", "B.NEF", "C.jpg", "D.dng")
    assert named(photos, Naming.STEM) == {
        "A.JPG": ["A.xmp"], "B.NEF": ["B.xmp"], "C.jpg": ["C.xmp"], "D.dng": ["D.xmp"]
    }  # fmt: skip
    assert named(photos, Naming.FULL) == {
        "A.JPG": ["A.JPG.xmp", "A.CR3.xmp"], "B.NEF": ["B.NEF.xmp"], "C.jpg": ["C.jpg.xmp"], "D.dng": ["D.dng.xmp"]
    }  # fmt: skip


def test_sidecars_that_are_there_keep_their_name_in_whatever_case(tmp_path):
    photos = touch(tmp_path / "s", "a.nef", "A.XMP", "b.nef", "B.NEF.Xmp")
    assert named(photos, Naming.STEM) == {"a.nef": ["A.XMP"], "b.nef": ["b.xmp"]}
    assert named(photos, Naming.FULL) == {"a.nef": ["a.nef.xmp"], "b.nef": ["B.NEF.Xmp"]}
    names = Names(photos)
    assert [[path.name for path in names.existing(photo)] for photo in photos] == [["A.XMP"], ["B.NEF.Xmp"]]


def test_no_two_photos_share_a_sidecar_and_every_one_comes_back_to_its_photo(tmp_path):
    folder = tmp_path / "s"
    photos = touch(
        folder, "A.NEF", "A.jpg", "A.png", "A.TIF", "b.PNG", "b.jpg", "C.NEF", "C.NEF.jpg", "x.1.jpg", "x.jpg"
    )
    names = Names(photos)
    for naming in Naming:
        of = {photo.path: names.of(photo, naming) for photo in photos}
        every = [path for paths in of.values() for path in paths]
        assert len(every) == len(set(every))
        for path in every:
            path.write_text(sidecars.attributes(rating=1))
        for photo in shoot.read([folder]).photos:
            assert set(of[photo.path]) <= set(photo.files), naming
        for path in every:
            path.unlink()
    assert named(photos, Naming.STEM)["b.jpg"] == ["b.xmp"]
    assert named(photos, Naming.STEM)["A.png"] == ["A.png.xmp"]


def test_a_sidecar_is_made_only_where_there_is_something_to_say(tmp_path):
    path = tmp_path / "a.xmp"
    assert put(path, Said(Decision(), frozenset({"stars"}))).status is Status.UNCHANGED
    assert put(path, Said(Decision(stars=3), frozenset())).status is Status.UNCHANGED
    assert list(tmp_path.iterdir()) == []
    made = put(path)
    assert (made.status, made.sidecar, made.photo) == (Status.WRITTEN, path, path)
    assert [(change.name, change.old, change.new) for change in made.changes] == [
        ("xmp:Rating", None, "4"), ("chinagraph:Stars", None, "4")
    ]  # fmt: skip
    assert [file.name for file in tmp_path.iterdir()] == ["a.xmp"]


def test_writing_again_without_a_change_leaves_the_file_untouched(tmp_path):
    path = tmp_path / "a.xmp"
    path.write_bytes(sidecars.lightroom())
    path.chmod(0o640)
    assert put(path).status is Status.WRITTEN
    before = path.stat()
    assert put(path).status is Status.UNCHANGED
    after = path.stat()
    assert (before.st_mtime_ns, before.st_ino, before.st_mode) == (after.st_mtime_ns, after.st_ino, after.st_mode)
    assert after.st_mode & 0o777 == 0o640, "the mode is the one that it had"


def test_a_dry_run_says_the_same_and_writes_nothing(tmp_path):
    old, new = tmp_path / "old.xmp", tmp_path / "new.xmp"
    old.write_bytes(sidecars.lightroom())
    for path in (old, new):
        planned = put(path, dry_run=True)
        assert planned.status is Status.PLANNED
        assert (old.read_bytes(), new.exists()) == (sidecars.lightroom(), False) if path is old else True
        assert put(path).changes == planned.changes


@pytest.mark.parametrize("data", [b"", b"<x/>", b"\0" * 100, sidecars.lightroom()[:700], b"<!DOCTYPE a><a/>"])
def test_a_malformed_sidecar_is_left_alone_and_named(tmp_path, data):
    path = tmp_path / "a.xmp"
    path.write_bytes(data)
    before = path.stat().st_mtime_ns
    failed = put(path)
    assert failed.status is Status.FAILED
    assert str(path) in failed.error and "left alone" in failed.error
    assert (path.read_bytes(), path.stat().st_mtime_ns) == (data, before)
    assert [file.name for file in tmp_path.iterdir()] == ["a.xmp"]
    with pytest.raises(MalformedXmp, match=r"a\.xmp"):
        sidecar.read(path)


class _Meddler:
    """Another program that writes the sidecar just before it gets its name; `times` times."""

    def __init__(self, path: Path, write: Callable[[Path, int], None], times: int = 1) -> None:
        self._path, self._write, self._times, self.done = path, write, times, 0
        self._real = os.fsync

    def __call__(self, handle: int) -> None:
        self._real(handle)
        if self.done < self._times:
            self.done += 1
            self._write(self._path, self.done)


def meddling(
    monkeypatch: pytest.MonkeyPatch, path: Path, write: Callable[[Path, int], None], times: int = 1
) -> _Meddler:
    meddler = _Meddler(path, write, times)
    monkeypatch.setattr(os, "fsync", meddler)
    return meddler


def test_a_sidecar_that_changes_meanwhile_is_merged_again(tmp_path, monkeypatch):
    path = tmp_path / "a.xmp"
    path.write_bytes(sidecars.lightroom())

    def develop(path: Path, time: int) -> None:
        path.write_bytes(sidecars.lightroom().replace(b"+0.35", b"+1.%02d" % time))

    meddler = meddling(monkeypatch, path, develop, times=3)
    assert put(path).status is Status.WRITTEN
    assert meddler.done == 3
    packet = Packet(path.read_bytes())
    assert (packet.get("xmp:Rating"), packet.get("crs:Exposure2012")) == ("4", "+1.03")
    assert [file.name for file in tmp_path.iterdir()] == ["a.xmp"]


def test_a_sidecar_that_appears_meanwhile_is_merged_into(tmp_path, monkeypatch):
    path = tmp_path / "a.xmp"
    meddling(monkeypatch, path, lambda path, _: path.write_bytes(sidecars.lightroom()))
    assert put(path).status is Status.WRITTEN
    assert Packet(path.read_bytes()).get("crs:Version") == "15.4"
    assert Packet(path.read_bytes()).get("xmp:Rating") == "4"


def test_a_sidecar_that_goes_meanwhile_is_made_anew(tmp_path, monkeypatch):
    path = tmp_path / "a.xmp"
    path.write_bytes(sidecars.lightroom())
    meddling(monkeypatch, path, lambda path, _: path.unlink())
    assert put(path).status is Status.WRITTEN
    assert Packet(path.read_bytes()).get("xmp:Rating") == "4"


def test_a_sidecar_that_never_rests_is_left_to_its_program_and_named(tmp_path, monkeypatch):
    path = tmp_path / "a.xmp"
    path.write_bytes(sidecars.lightroom())
    meddling(monkeypatch, path, lambda path, n: path.write_bytes(sidecars.lightroom(rating=n % 5)), times=1000)
    failed = put(path)
    assert failed.status is Status.FAILED and "another program" in failed.error
    assert Packet(path.read_bytes()).get("crs:Version") == "15.4"


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_a_link_stays_a_link_and_leads_to_sidecars_alone(tmp_path):
    (tmp_path / "there").mkdir()
    real = tmp_path / "there" / "b.xmp"
    real.write_bytes(sidecars.lightroom())
    link = tmp_path / "a.xmp"
    link.symlink_to(real)
    assert put(link).status is Status.WRITTEN
    assert link.is_symlink() and Packet(real.read_bytes()).get("xmp:Rating") == "4"
    original = pictures.jpeg(tmp_path / "p.jpg", size=(32, 24))
    before = original.read_bytes()
    trap = tmp_path / "p.xmp"
    trap.symlink_to(original)
    refused = put(trap)
    assert refused.status is Status.FAILED and "no sidecar" in refused.error
    assert original.read_bytes() == before


def test_a_write_protected_sidecar_is_respected(tmp_path):
    path = tmp_path / "a.xmp"
    path.write_bytes(sidecars.lightroom())
    path.chmod(0o444)
    refused = put(path)
    assert refused.status is Status.FAILED and "write-protected" in refused.error
    assert path.read_bytes() == sidecars.lightroom()
    assert put(path, Said.of(Decision(stars=2)), dry_run=True).status is Status.FAILED
    path.chmod(0o644)


def test_strays_of_a_killed_program_go_and_those_of_a_living_one_stay(tmp_path):
    photos = touch(tmp_path / "s", "a.jpg")
    stray = tmp_path / "s" / ".chinagraph-0123456789abcdef.part"
    stray.write_bytes(b"torn")
    said = {photos[0].path: STARS}
    with transfer.temporary(tmp_path / "s" / "b.jpg") as (living, _):
        list(xmp_write.write(photos, said, [Target.ADOBE], Names(photos), dry_run=True))
        assert stray.exists(), "a dry run does nothing"
        list(xmp_write.write(photos, said, [Target.ADOBE], Names(photos)))
        assert not stray.exists() and living.exists()
    assert sorted(path.name for path in (tmp_path / "s").iterdir()) == ["a.jpg", "a.xmp"]


def test_a_shoot_is_written_for_several_programs_at_once_and_its_originals_stay(tmp_path, originals):
    folder = tmp_path / "s"
    folder.mkdir()
    for name in ("A", "B"):
        pictures.dng(folder / f"{name}.DNG", size=(64, 48))
        pictures.jpeg(folder / f"{name}.JPG", size=(64, 48))
    before = {path: path.read_bytes() for path in folder.iterdir()}
    photos = shoot.read([folder]).photos
    said = {photo.path: Said.of(Decision(Flag.REJECT, 3, Colour.RED)) for photo in photos}
    outcomes = list(xmp_write.write(photos, said, [Target.ADOBE, Target.DIGIKAM, Target.PHOTOMECHANIC], Names(photos)))
    assert [(outcome.photo.name, outcome.sidecar.name) for outcome in outcomes] == [
        (f"{name}.JPG", f"{name}.{ending}") for name in ("A", "B") for ending in ("xmp", "JPG.xmp", "DNG.xmp", "xmp")
    ]
    packet = Packet((folder / "A.xmp").read_bytes())
    assert (packet.get("xmpDM:pick"), packet.get("photomechanic:ColorClass")) == ("-1", "2")
    assert {path: path.read_bytes() for path in before} == before


def test_what_a_crash_left_unwritten_is_found_and_what_others_say_is_not(tmp_path):
    folder = tmp_path / "s"
    photos = touch(folder, "done.jpg", "never.jpg", "late.jpg", "foreign.jpg", "cleared.jpg", "broken.jpg")
    names, target = Names(photos), [Target.ADOBE]
    said = {photo.path: STARS for photo in photos}
    written = [photo for photo in photos if photo.path.stem in ("done", "late", "cleared")]
    list(xmp_write.write(written, said, target, names))
    (folder / "foreign.xmp").write_bytes(sidecars.lightroom(rating=1))
    (folder / "broken.xmp").write_bytes(b"<x")
    said[folder / "late.jpg"] = Said.of(Decision(stars=5))
    said[folder / "cleared.jpg"] = Said(Decision(), frozenset({"stars"}))
    found = xmp_write.pending(photos, said, target, names)
    assert [photo.path.stem for photo in found] == ["cleared", "late", "never"]
