"""Bytes from one place to another: quick, compared by hash, and under a final name only when they are all there."""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from engine.errors import ChangedFile, DamagedFile
from engine.files.shoot import stamp, stamp_of
from engine.types import FileStamp

_BLOCK = 1 << 20
_PREFIX, _ENDING = ".chinagraph-", ".part"
_NO_FOLDERS = (errno.EINVAL, errno.EBADF, errno.EOPNOTSUPP)
"""What drives say that cannot flush a folder."""
_NOT_IN_THE_KERNEL = (errno.EXDEV, errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP, errno.EBADF, errno.EPERM)


def copy(source: Path, planned: FileStamp, target: Path, verify: bool, known: str | None = None) -> str | None:
    """Copy `source` to `target` with its times; the BLAKE2b of the copy as it lies on the disk, None without `verify`.

    `known` is the source's own, where it is known from ranking. With `verify` the copy is flushed, read again from the
    drive and compared. Raises ChangedFile when the source is not (or is no more) what was planned, DamagedFile when
    the copy differs, FileExistsError when `target` is taken, and OSError. The target is then as it was.
    """
    with temporary(target) as (part, file):
        with source.open("rb") as original:
            _compare(source, stamp_of(os.fstat(original.fileno())), planned)
            _pour(original, file, planned.size)
            _compare(source, stamp_of(os.fstat(original.fileno())), planned)
        found = None
        if verify:
            found = _read_back(part, file)
            if found != known and found != digest(source):
                raise _not_kept(target)
        file.close()
        _settle_as(part, source, target)
    return found


def write(data: bytes, source: Path, target: Path) -> None:
    """Put `data`, made from `source`, at `target` with the source's times, flushed and compared.

    Raises as `copy` does.
    """
    with temporary(target) as (part, file):
        file.write(data)
        if _read_back(part, file) != hashlib.blake2b(data, digest_size=20).hexdigest():
            raise _not_kept(target)
        file.close()
        _settle_as(part, source, target)


def settle(source: Path, target: Path) -> None:
    """Give the file `source` the name `target` on the same volume. Raises FileExistsError rather than replace.

    A link is made and the old name removed, since renaming would replace. A program killed between the two leaves
    one file under two names; settling once more then removes the old one.
    """
    if os.name == "nt":
        source.rename(target)
        return
    try:
        os.link(source, target, follow_symlinks=False)
    except FileExistsError:
        if not target.is_symlink() and source.samefile(target):
            source.unlink()
            return
        raise
    except OSError:
        # FAT, exFAT and some network drives have no links.
        if os.path.lexists(target):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), os.fspath(target)) from None
        source.rename(target)
        return
    try:
        source.unlink()
    except OSError:
        target.unlink()
        raise


def digest(path: Path) -> str:
    """BLAKE2b of a file, 20 bytes in hex: as `decode.fingerprint`, without holding the file. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=20)).hexdigest()


def sync_folder(folder: Path) -> None:
    """Bring the names in a folder to the disk, where the operating system can be asked to."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in _NO_FOLDERS:
            raise
    finally:
        os.close(handle)


def sweep(folder: Path) -> int:
    """Remove what a killed program left half written in a folder; how many files. Raises OSError."""
    swept = 0
    for path in folder.glob(f"{_PREFIX}*{_ENDING}"):
        with path.open("r+b") as file:
            if not _claimed(file):
                continue
        path.unlink(missing_ok=True)
        swept += 1
    return swept


@contextmanager
def temporary(target: Path) -> Iterator[tuple[Path, BinaryIO]]:
    """A file beside `target` that is gone at the end unless it was given another name."""
    path = target.with_name(f"{_PREFIX}{secrets.token_hex(8)}{_ENDING}")
    try:
        with path.open("x+b") as file:
            _claimed(file)
            yield path, file
    finally:
        path.unlink(missing_ok=True)


def _claimed(file: BinaryIO) -> bool:
    """Lock a temporary file for as long as it is open, so that no other program sweeps it; whether that went well."""
    if os.name == "nt":
        return True  # an open file cannot be removed there
    import fcntl

    try:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True  # a drive without locks
    return True


def _pour(source: BinaryIO, file: BinaryIO, size: int) -> None:
    """All bytes of `source`, inside the kernel where it can: that shares blocks on drives that know how to."""
    left = size
    in_kernel: Callable[[int, int, int], int] | None = getattr(os, "copy_file_range", None)
    while left and in_kernel is not None:
        try:
            copied = in_kernel(source.fileno(), file.fileno(), left)
        except OSError as error:
            if error.errno not in _NOT_IN_THE_KERNEL:
                raise
            break
        if copied == 0:
            break
        left -= copied
    shutil.copyfileobj(source, file, _BLOCK)


def _read_back(temporary: Path, file: BinaryIO) -> str:
    """The BLAKE2b of what a copy is on the drive, not in memory."""
    file.flush()
    os.fsync(file.fileno())
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    return digest(temporary)


def _not_kept(target: Path) -> DamagedFile:
    return DamagedFile(
        f"{target} was not kept: what was read back differs from the original. "
        "Check the drive and the cable, then export it again."
    )


def _settle_as(temporary: Path, source: Path, target: Path) -> None:
    """The temporary file under its final name, with the times of `source`."""
    status = source.stat()
    os.utime(temporary, ns=(status.st_atime_ns, status.st_mtime_ns))
    settle(temporary, target)


def _compare(source: Path, found: FileStamp, planned: FileStamp) -> None:
    if found != planned or stamp(source) != planned:
        raise ChangedFile(f"{source} changed since it was looked at. Wait until it is written, then export it again.")
