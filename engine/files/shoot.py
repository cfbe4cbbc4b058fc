"""A shoot: the photos below one or several folders."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from engine.errors import UnusableInput
from engine.types import FileStamp, Photo

JPEG = frozenset({".jpg", ".jpeg", ".jpe", ".jfif", ".mpo"})
HEIF = frozenset({".heic", ".heif", ".hif"})
RENDERED = JPEG | HEIF | {".avif", ".bmp", ".gif", ".jp2", ".jxl", ".png", ".tif", ".tiff", ".webp"}
# fmt: off
RAW = frozenset({
    ".3fr", ".ari", ".arw", ".bay", ".cr2", ".cr3", ".crw", ".dcr", ".dng", ".erf", ".fff", ".gpr", ".iiq",
    ".k25", ".kdc", ".mef", ".mos", ".mrw", ".nef", ".nrw", ".orf", ".pef", ".raf", ".raw", ".rw2", ".rwl",
    ".sr2", ".srf", ".srw", ".x3f",
})
VIDEO = frozenset({
    ".3gp", ".avi", ".braw", ".crm", ".insv", ".lrv", ".m2ts", ".m4v", ".mkv", ".mov", ".mp4", ".mpg", ".mts",
    ".mxf", ".r3d", ".webm", ".wmv",
})
# fmt: on
SIDECAR = frozenset({".xmp", ".dop", ".on1", ".pp3"})
AUDIO = frozenset({".wav", ".mp3", ".m4a"})
REJECTED = "_Rejected"
"""The folder that rejected photos are moved to; inside a shoot it is no part of it."""


@dataclass(frozen=True, slots=True)
class Shoot:
    """What lies below some folders."""

    folders: tuple[Path, ...]
    """As the user typed them."""
    photos: tuple[Photo, ...]
    """By path."""
    videos: int = 0
    """How many videos lie there; they are not shown."""
    problems: tuple[str, ...] = ()
    """Sub-folders and links that could not be followed, a sentence each."""
    rejected: tuple[Path, ...] = ()
    """Folders called `REJECTED`, which were left out."""
    devices: tuple[int, ...] = field(default=(), compare=False)
    """The drive that each of `folders` lies on, as `os.stat` numbers them."""


@dataclass(slots=True)
class _Found:
    """What a walk has come upon so far."""

    pictures: dict[Path, FileStamp] = field(default_factory=dict)
    companions: list[Path] = field(default_factory=list)
    videos: int = 0
    problems: list[str] = field(default_factory=list)
    rejected: list[Path] = field(default_factory=list)
    folders: set[tuple[int, int]] = field(default_factory=set)
    linked_folders: list[Path] = field(default_factory=list)
    links: list[os.DirEntry[str]] = field(default_factory=list)


def read(folders: Sequence[Path]) -> Shoot:
    """List folders recursively. Raises UnusableInput for one that is missing, is no folder or cannot be listed.

    Hidden files stay out, and so do folders called `REJECTED` below them. A folder or file that is reached twice counts
    once, so that loops of links do no harm. RAW, rendered picture, sidecars and audio note of one name in one folder
    are one photo.
    """
    found = _Found()
    devices = tuple(map(_check, folders))
    for folder in folders:
        _walk(folder, found)
    # What a link leads to counts where it really lies, if that is in the shoot: so links come last.
    while found.linked_folders:
        found.linked_folders.sort(key=os.fsencode, reverse=True)
        _walk(found.linked_folders.pop(), found)
    _follow(found)
    photos = sorted(_photos(found), key=lambda photo: os.fsencode(photo.path))
    rejected = tuple(sorted(found.rejected))
    return Shoot(tuple(folders), tuple(photos), found.videos, tuple(found.problems), rejected, devices)


def renewed(photos: Sequence[Photo], folders: Sequence[Path]) -> tuple[Photo, ...]:
    """`photos` of these folders with the files that belong to them now: sidecars come and go while a shoot is open.

    A photo that is not there any more is given as it was. Raises UnusableInput as `read` does.
    """
    now = {photo.path: photo.files for photo in read(folders).photos}
    return tuple(replace(photo, files=now.get(photo.path, photo.files)) for photo in photos)


def absence(shoot: Shoot) -> str | None:
    """Why the photos of a shoot cannot be had any more: a folder is gone, or the drive that was mounted there is. None
    where every folder is there."""
    for folder, device in zip(shoot.folders, shoot.devices, strict=True):
        try:
            with os.scandir(folder) as entries:
                if folder.stat().st_dev == device or next(entries, None) is not None:
                    continue
        except (FileNotFoundError, NotADirectoryError):
            return f"{folder} is not there any more. Connect its drive or restore it, then retry: no decision is lost."
        except OSError as cause:
            return f"{folder} cannot be reached ({cause.strerror}). Connect its drive, then retry: no decision is lost."
        return f"The drive of {folder} is not there any more. Connect it, then retry: no decision is lost."
    return None


def stamp(path: Path) -> FileStamp:
    """Size, time and inode of a file. Raises OSError."""
    return stamp_of(path.stat())


def stamp_of(status: os.stat_result) -> FileStamp:
    """What `stat` said, as a stamp."""
    return FileStamp(status.st_size, status.st_mtime_ns, status.st_ino)


def _check(folder: Path) -> int:
    """The drive that a folder lies on, once it can be listed."""
    try:
        with os.scandir(folder):
            return folder.stat().st_dev
    except FileNotFoundError as cause:
        raise UnusableInput(f"{folder}: no such folder. Check the name, and that its drive is connected.") from cause
    except NotADirectoryError as cause:
        raise UnusableInput(f"{folder}: not a folder. Name the folder that the photos are in.") from cause
    except (OSError, ValueError) as cause:
        reason = getattr(cause, "strerror", None) or str(cause)
        raise UnusableInput(f"{folder}: cannot be listed ({reason}). Check its permissions.") from cause


def _walk(folder: Path, found: _Found) -> None:
    waiting = [folder]
    while waiting:
        current = waiting.pop()
        try:
            status = current.stat()
            if (status.st_dev, status.st_ino) in found.folders:
                continue
            found.folders.add((status.st_dev, status.st_ino))
            with os.scandir(current) as entries:
                waiting.extend(_sort_out(sorted(entries, key=lambda entry: os.fsencode(entry.name)), found))
        except OSError as cause:
            found.problems.append(f"{current} cannot be listed ({cause.strerror}). Check its permissions.")


def _sort_out(entries: list[os.DirEntry[str]], found: _Found) -> Iterator[Path]:
    """File the entries of one folder; yields the folders among them."""
    for entry in entries:
        if entry.name.startswith("."):
            continue
        try:
            if entry.name == REJECTED and entry.is_dir():
                found.rejected.append(Path(entry.path))
            elif entry.is_dir(follow_symlinks=False):
                yield Path(entry.path)
            elif entry.is_dir():
                found.linked_folders.append(Path(entry.path))
            elif entry.is_symlink():
                found.links.append(entry)
            elif entry.is_file():
                _file(Path(entry.path), found)
        except OSError as cause:
            found.problems.append(f"{entry.path} cannot be examined ({cause.strerror}). Check its permissions.")


def _file(path: Path, found: _Found) -> None:
    suffix = path.suffix.lower()
    if suffix in RENDERED or suffix in RAW:
        found.pictures[path] = stamp(path)
    elif suffix in SIDECAR or suffix in AUDIO:
        found.companions.append(path)
    elif suffix in VIDEO:
        found.videos += 1


def _follow(found: _Found) -> None:
    """Take in links to files, unless what they lead to is in the shoot already."""
    known = {(path.stat().st_dev, mark.inode) for path, mark in found.pictures.items()} if found.links else set()
    for entry in sorted(found.links, key=lambda entry: os.fsencode(entry.path)):
        path = Path(entry.path)
        try:
            status = path.stat()
        except OSError as cause:
            if path.suffix.lower() in RENDERED | RAW:
                found.problems.append(
                    f"{path} leads nowhere ({cause.strerror}). Remove the link, or restore its target."
                )
            continue
        identity = (status.st_dev, status.st_ino)
        if identity not in known and path.is_file():
            known.add(identity)
            _file(path, found)


def _photos(found: _Found) -> Iterator[Photo]:
    """Pictures and their companions, brought together by folder and name."""
    pictures: dict[tuple[Path, str], list[Path]] = defaultdict(list)
    companions: dict[tuple[Path, str], list[Path]] = defaultdict(list)
    for path in found.pictures:
        pictures[path.parent, path.stem.casefold()].append(path)
    for path in found.companions:
        # "IMG_1.xmp" belongs to IMG_1, "IMG_1.NEF.xmp" to IMG_1.NEF: both stand under one name here.
        stem = Path(path.stem)
        full = stem.suffix.lower() in RENDERED | RAW
        companions[path.parent, (stem.stem if full else path.stem).casefold()].append(path)
    for key, members in pictures.items():
        yield from _one_name(sorted(members, key=_first), companions[key], found.pictures)


def _one_name(pictures: list[Path], companions: list[Path], stamps: dict[Path, FileStamp]) -> Iterator[Photo]:
    """Photos of the pictures of one name: RAWs go with the camera's own rendered file, others stand alone."""
    rendered = [path for path in pictures if path.suffix.lower() in RENDERED]
    raws = [path for path in pictures if path.suffix.lower() in RAW]
    primary = rendered[0] if rendered and (rendered[0].suffix.lower() in JPEG | HEIF or not raws) else raws[0]
    others = [path for path in rendered if path != primary]
    own = {path: [c for c in companions if c.stem.casefold() == path.name.casefold()] for path in others}
    shared = [c for c in companions if not any(c in named for named in own.values())]
    rest = sorted([*(raw for raw in raws if raw != primary), *shared])
    yield Photo(primary, (primary, *rest), stamps[primary])
    for path in others:
        yield Photo(path, (path, *sorted(own[path])), stamps[path])


def _first(path: Path) -> tuple[int, bytes]:
    """JPEG before HEIF before all else: what a camera writes beside a RAW."""
    suffix = path.suffix.lower()
    return (0 if suffix in JPEG else 1 if suffix in HEIF else 2, os.fsencode(path))
