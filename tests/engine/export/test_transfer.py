"""Bytes from one place to another."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

import pytest

from engine.errors import ChangedFile, DamagedFile
from engine.export import transfer
from engine.files import decode
from engine.files.shoot import stamp

unix = pytest.mark.skipif(sys.platform == "win32", reason="locks and links of Unix")
BYTES = bytes(range(256)) * 9000


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "a.jpg"
    path.write_bytes(BYTES)
    os.utime(path, ns=(1_700_000_000_123_456_789, 1_600_000_000_987_654_321))
    return path


@pytest.fixture
def there(tmp_path: Path) -> Path:
    (tmp_path / "there").mkdir()
    return tmp_path / "there" / "b.jpg"


@pytest.mark.parametrize("verify", [True, False])
def test_a_copy_has_the_bytes_and_the_times(verify, source, there):
    found = transfer.copy(source, stamp(source), there, verify)
    assert there.read_bytes() == BYTES
    assert there.stat().st_mtime_ns == source.stat().st_mtime_ns
    assert found == (decode.fingerprint(BYTES) if verify else None)
    assert list(there.parent.iterdir()) == [there]


def test_without_the_kernels_help_the_bytes_are_the_same(source, there, monkeypatch):
    def refuse(*_: object) -> int:
        raise OSError(errno.EXDEV, "no")

    monkeypatch.setattr(os, "copy_file_range", refuse, raising=False)
    transfer.copy(source, stamp(source), there, verify=True)
    assert there.read_bytes() == BYTES


def test_a_kernel_that_stops_half_way_is_helped_out(source, there, monkeypatch):
    def half(reading: int, writing: int, left: int) -> int:
        return os.write(writing, os.read(reading, 70_000)) if left > len(BYTES) // 2 else 0

    monkeypatch.setattr(os, "copy_file_range", half, raising=False)
    transfer.copy(source, stamp(source), there, verify=False)
    assert there.read_bytes() == BYTES


def test_a_copy_that_was_not_kept_is_no_copy(source, there, monkeypatch):
    def wrong(_: int, writing: int, left: int) -> int:
        return os.write(writing, b"\0" * left)

    monkeypatch.setattr(os, "copy_file_range", wrong, raising=False)
    with pytest.raises(DamagedFile, match=r"b\.jpg was not kept"):
        transfer.copy(source, stamp(source), there, verify=True, known=decode.fingerprint(BYTES))
    assert not any(there.parent.iterdir())


def test_a_source_that_is_not_what_was_planned_is_refused(source, there):
    planned = stamp(source)
    os.utime(source)
    with pytest.raises(ChangedFile, match=r"a\.jpg changed"):
        transfer.copy(source, planned, there, verify=False)
    assert not any(there.parent.iterdir())


@pytest.mark.parametrize("grow", [True, False])
def test_a_source_that_changes_while_it_is_copied_is_refused(grow, source, there, monkeypatch):
    def changing(reading: int, writing: int, left: int) -> int:
        done = os.write(writing, os.read(reading, left))
        with source.open("ab" if grow else "r+b") as file:
            file.write(b"more")
        return done

    monkeypatch.setattr(os, "copy_file_range", changing, raising=False)
    with pytest.raises(ChangedFile):
        transfer.copy(source, stamp(source), there, verify=False)
    assert not any(there.parent.iterdir())


@pytest.mark.parametrize("verify", [True, False])
def test_nothing_is_replaced(verify, source, there):
    there.write_bytes(b"mine")
    with pytest.raises(FileExistsError):
        transfer.copy(source, stamp(source), there, verify)
    with pytest.raises(FileExistsError):
        transfer.write(b"new", source, there)
    with pytest.raises(FileExistsError):
        transfer.settle(source, there)
    assert there.read_bytes() == b"mine"
    assert source.exists() and list(there.parent.iterdir()) == [there]


def test_made_bytes_are_written_with_the_sources_times(source, there):
    transfer.write(b"new", source, there)
    assert there.read_bytes() == b"new"
    assert there.stat().st_mtime_ns == source.stat().st_mtime_ns


@unix
def test_drives_without_links_rename_and_still_replace_nothing(source, there, monkeypatch):
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "no links")

    monkeypatch.setattr(os, "link", refuse)
    transfer.settle(source, there)
    assert there.read_bytes() == BYTES and not source.exists()
    source.write_bytes(b"other")
    with pytest.raises(FileExistsError):
        transfer.settle(source, there)
    assert there.read_bytes() == BYTES and source.read_bytes() == b"other"


@unix
def test_a_file_left_under_two_names_by_a_crash_is_settled(source, there):
    os.link(source, there)
    transfer.settle(source, there)
    assert there.read_bytes() == BYTES and not source.exists()


@unix
def test_a_file_whose_old_name_cannot_go_stays_there(source, there, monkeypatch):
    real = Path.unlink

    def refuse(path: Path, missing_ok: bool = False) -> None:
        if path == source:
            raise PermissionError(errno.EACCES, "no")
        real(path, missing_ok)

    monkeypatch.setattr(Path, "unlink", refuse)
    with pytest.raises(PermissionError):
        transfer.settle(source, there)
    assert source.read_bytes() == BYTES and not there.exists()


@unix
def test_only_what_a_dead_program_left_is_swept(tmp_path):
    import fcntl

    dead, live = tmp_path / ".chinagraph-1.part", tmp_path / ".chinagraph-2.part"
    dead.write_bytes(b"half")
    other = tmp_path / "a.part"
    other.write_bytes(b"not ours")
    with live.open("wb") as held:
        fcntl.flock(held.fileno(), fcntl.LOCK_EX)
        assert transfer.sweep(tmp_path) == 1
    assert sorted(tmp_path.iterdir()) == [live, other]
