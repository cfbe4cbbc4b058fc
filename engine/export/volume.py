"""The drive that a folder lies on: which one, how much room it has, whether it is a card."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

_REMOVABLE_ON_WINDOWS = 2
"""DRIVE_REMOVABLE of GetDriveTypeW."""
_BY_HAND = ("/media/", "/run/media/", "/Volumes/")
"""Where desktops put drives that somebody plugged in."""


def existing(path: Path) -> Path:
    """`path`, or the nearest folder above it that is there."""
    current = path.absolute()
    while not _is_there(current) and current != current.parent:
        current = current.parent
    return current


def _is_there(path: Path) -> bool:
    try:
        path.stat()
    except OSError:
        return False  # a name that is too long is not there either
    return True


def device(path: Path) -> int:
    """The volume of `path`, or of where it will be made. Raises OSError."""
    return existing(path).stat().st_dev


def free(path: Path) -> int | None:
    """Bytes that may still be written there; None where the drive does not say."""
    try:
        return shutil.disk_usage(existing(path)).free
    except OSError:
        return None


def is_read_only(path: Path) -> bool:
    """Whether the drive, or the folder, takes no changes."""
    place = existing(path)
    if hasattr(os, "statvfs"):
        try:
            if os.statvfs(place).f_flag & os.ST_RDONLY:
                return True
        except OSError:
            return True
    return not os.access(place, os.W_OK)


def is_removable(path: Path) -> bool:
    """Whether the drive is a card or a stick, as far as the operating system says."""
    place = existing(path).resolve()
    if sys.platform == "win32":
        import ctypes

        return bool(ctypes.windll.kernel32.GetDriveTypeW(f"{place.drive}\\") == _REMOVABLE_ON_WINDOWS)
    if place.as_posix().startswith(_BY_HAND):
        return True
    try:
        number = place.stat().st_dev
        block = Path(f"/sys/dev/block/{os.major(number)}:{os.minor(number)}").resolve(strict=True)
    except OSError:
        return False
    return any(_says_removable(folder / "removable") for folder in (block, block.parent))


def _says_removable(flag: Path) -> bool:
    try:
        return flag.read_text().strip() == "1"
    except OSError:
        return False


def is_inside(path: Path, folder: Path) -> bool:
    """Whether `path`, there or not, is `folder` or lies in it, by what the drive holds and not by spelling."""
    wanted = folder.resolve()
    place = path.resolve()
    if place.is_relative_to(wanted):
        return True
    near = existing(place)
    return _is_there(wanted) and any(above.samefile(wanted) for above in (near, *near.parents))
