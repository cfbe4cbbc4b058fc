"""Sidecars: what they are called, what they say, and how they are written without losing what anybody else wrote."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from engine.errors import MalformedXmp, MetadataError
from engine.export import transfer
from engine.export.carriers import Said, say
from engine.export.targets import Naming, Preset
from engine.export.xml_text import LARGEST, Refused
from engine.export.xmp import Change, Packet
from engine.files.shoot import HEIF, JPEG, RAW, RENDERED, stamp, stamp_of
from engine.types import FileStamp, Photo

ENDING = ".xmp"
_TRIES = 8
"""Times that a sidecar is merged anew because another program changed it in between."""
_PICTURES = RENDERED | RAW


class Status(StrEnum):
    """What became of a sidecar."""

    WRITTEN = "written"
    UNCHANGED = "unchanged"
    """It says all there is to say already, or there is nothing to say."""
    PLANNED = "planned"
    """A dry run: it would be written."""
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one sidecar."""

    photo: Path
    sidecar: Path
    status: Status
    changes: tuple[Change, ...] = ()
    error: str | None = None
    """Why it failed: file, cause, next step."""


class Names:
    """Which sidecars belong to which photo. Two photos never share one."""

    def __init__(self, photos: Iterable[Photo], read: Collection[Naming] = tuple(Naming)) -> None:
        """`read` says which names `existing` looks for."""
        self._read = [naming for naming in (Naming.FULL, Naming.STEM) if naming in read]
        owners: dict[tuple[Path, str], Photo] = {}
        for photo in photos:
            key = (photo.path.parent, photo.path.stem.casefold())
            if key not in owners or _order(photo) < _order(owners[key]):
                owners[key] = photo
        self._owners = {photo.path for photo in owners.values()}

    def of(self, photo: Photo, naming: Naming) -> tuple[Path, ...]:
        """Where the photo's sidecars of this naming are or go.

        A photo that stands beside another of its name (a PNG beside RAW + JPEG) always has the full name.
        """
        if naming is Naming.STEM and self._has_stem(photo):
            return (_lying(photo, photo.path.with_suffix(ENDING)),)
        pictures = [member for member in photo.files if member.suffix.lower() in _PICTURES] or [photo.path]
        return tuple(_lying(photo, picture.with_name(picture.name + ENDING)) for picture in pictures)

    def existing(self, photo: Photo) -> tuple[Path, ...]:
        """The sidecars that are there: those named in full first, as they are about one file alone."""
        candidates = (path for naming in self._read for path in self.of(photo, naming))
        return tuple(path for path in dict.fromkeys(candidates) if path.is_file())

    def _has_stem(self, photo: Photo) -> bool:
        # The sidecar of "IMG.NEF.jpg" under its stem would be the full name of IMG.NEF's.
        return photo.path in self._owners and Path(photo.path.stem).suffix.lower() not in _PICTURES


def read(path: Path) -> Packet:
    """The packet of a sidecar. Raises MalformedXmp, OSError."""
    return _read(path)[0]


def write(path: Path, said: Said, preset: Preset, photo: Path, *, dry_run: bool = False, sync: bool = True) -> Outcome:
    """Merge what is said into a sidecar, or make it. Never raises: what fails is told, and leaves the file as it was.

    A sidecar that another program changes meanwhile is merged anew. With `sync` the bytes are on the disk before they
    get their name.
    """
    try:
        for _ in range(_TRIES):
            outcome = _attempt(path, said, preset, photo, dry_run, sync)
            if outcome is not None:
                return outcome
        raise MetadataError(f"{path} is being changed by another program all the time. Write it again later.")
    except MetadataError as error:
        return Outcome(photo, path, Status.FAILED, error=str(error))
    except OSError as error:
        return Outcome(photo, path, Status.FAILED, error=_because(path, error))


def _attempt(path: Path, said: Said, preset: Preset, photo: Path, dry_run: bool, sync: bool) -> Outcome | None:
    """Write once; None where the file was changed or made in between."""
    # What is at the end of a link is changed, and the link stays.
    real = Path(os.path.realpath(path)) if path.is_symlink() else path
    if real.suffix.lower() != ENDING:
        raise MetadataError(f"{path} leads to {real}, which is no sidecar. Remove the link.")
    try:
        packet, before, mode = _read(real)
    except FileNotFoundError:
        if not said.is_worth_a_file:
            return Outcome(photo, path, Status.UNCHANGED)
        packet, before, mode = Packet(), None, None
    try:
        say(packet, said, preset.adds, preset.rejects_by_rating)
        changes, data = packet.changes(), packet.bytes()
    except Refused as cause:
        raise _malformed(real, cause) from cause
    if not changes:
        return Outcome(photo, path, Status.UNCHANGED)
    if mode is not None and not mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
        raise MetadataError(f"{path} is write-protected and was left alone. Allow writing to it, then write it again.")
    if dry_run:
        return Outcome(photo, path, Status.PLANNED, changes)
    return Outcome(photo, path, Status.WRITTEN, changes) if _put(real, data, before, mode, sync) else None


def _put(path: Path, data: bytes, before: FileStamp | None, mode: int | None, sync: bool) -> bool:
    """The bytes under their name; False where the file is no more what it was, or is there where none was."""
    with transfer.temporary(path) as (part, file):
        file.write(data)
        file.flush()
        if mode is not None:
            part.chmod(stat.S_IMODE(mode))
        if sync:
            os.fsync(file.fileno())
        if os.name == "nt":
            file.close()
        try:
            if before is None:
                transfer.settle(part, path)
                return True
            if stamp(path) != before:
                return False
        except (FileExistsError, FileNotFoundError):
            return False
        part.replace(path)
        return True


def _read(path: Path) -> tuple[Packet, FileStamp, int]:
    """(packet, stamp, mode) of a sidecar as it is at one moment."""
    with path.open("rb") as file:
        status = os.fstat(file.fileno())
        data = file.read(LARGEST + 1)
    try:
        return Packet(data), stamp_of(status), status.st_mode
    except Refused as cause:
        raise _malformed(path, cause) from cause


def _malformed(path: Path, cause: Refused) -> MalformedXmp:
    return MalformedXmp(
        f"{path} cannot be used: {cause}. It was left alone. Mend or remove it, then write metadata again."
    )


def _because(path: Path, error: OSError) -> str:
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT | errno.EFBIG:
            advice = "Make room there, then write metadata again."
        case errno.EACCES | errno.EPERM | errno.EROFS:
            advice = "Allow writing in its folder, then write metadata again."
        case _:
            advice = "Check that its drive is connected, then write metadata again."
    return f"{path} could not be written ({error.strerror}). {advice}"


def _order(photo: Photo) -> tuple[bool, int, bytes]:
    """Of photos of one name, the least has the sidecar under that name: as `shoot.read` shares them out."""
    suffix = photo.path.suffix.lower()
    no_raw = not any(member.suffix.lower() in RAW for member in photo.files)
    return no_raw, 0 if suffix in JPEG else 1 if suffix in HEIF else 2, os.fsencode(photo.path)


def _lying(photo: Photo, wanted: Path) -> Path:
    """The photo's own file of this name in whatever case, else `wanted`."""
    same = (member for member in photo.files if member.name.casefold() == wanted.name.casefold())
    return next(same, wanted)
