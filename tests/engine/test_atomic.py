"""A file is there as a whole or not at all."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from engine import atomic


def test_the_new_file_takes_the_old_ones_place_in_a_folder_made_for_it(tmp_path: Path) -> None:
    target = tmp_path / "below" / "file.bin"
    atomic.write(target, b"old")
    atomic.write(target, b"new and longer")
    assert target.read_bytes() == b"new and longer"
    assert list(target.parent.iterdir()) == [target]


def test_a_full_disk_leaves_the_old_file_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "file.bin"
    atomic.write(target, b"old")

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        atomic.write(target, b"new")
    assert target.read_bytes() == b"old"
    assert list(tmp_path.glob(".file*")) == []
