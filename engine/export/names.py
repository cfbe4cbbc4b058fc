"""Names of exported files: legal on every system, never one for two photos, members of a photo under one name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

from engine.files.shoot import AUDIO, RAW, RENDERED, SIDECAR

LONGEST = 255
"""Bytes of UTF-8 that a name may have: the limit of ext4; NTFS and APFS take at least as many."""
NUMBERED_TO = 9999
"""The highest number that is put behind a name that is taken."""
STAND_IN = "_"
"""For what a name may not have, and for a name of which nothing is left."""
_NO_CHARACTER = re.compile("[\ud800-\udfff]")
"""What Python has in place of bytes of a file's name that are not UTF-8."""
_ALSO_RESERVED = ("CONIN$", "CONOUT$")
_PICTURE = RENDERED | RAW


def part(text: str) -> str:
    """`text` as a part of a name: without what would begin another folder."""
    return text.replace("/", STAND_IN).replace("\\", STAND_IN)


def legal(name: str) -> str:
    """`name` as Windows, macOS and Linux all take it, NFC, not hidden, at most `LONGEST` bytes; never empty.

    Characters, reserved names, trailing dots and spaces: "Naming Files, Paths, and Namespaces" (Microsoft).
    """
    from pathvalidate import sanitize_filename

    clean = unicodedata.normalize("NFC", _NO_CHARACTER.sub(STAND_IN, name)).lstrip(". ")
    clean = sanitize_filename(clean, STAND_IN, "universal", max_len=None, additional_reserved_names=_ALSO_RESERVED)
    return shortened(clean, LONGEST) or STAND_IN


def shortened(name: str, room: int) -> str:
    """The beginning of `name` that takes at most `room` bytes of UTF-8, not ending in a dot or space."""
    return name.encode()[:room].decode(errors="ignore").rstrip(". ")


def key(name: str) -> str:
    """What two names have in common that some file system takes for one: case and Unicode form apart."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", name).casefold())


def suffix(member: Path) -> str:
    """What follows a photo's own name in the name of one of its files: ".NEF", ".xmp", ".NEF.xmp"."""
    inner = Path(member.stem).suffix
    companion = member.suffix.lower() in SIDECAR | AUDIO
    return inner + member.suffix if companion and inner.lower() in _PICTURE else member.suffix


def stem_key(name: str) -> str | None:
    """The key under which a file of this name joins a photo; None for what never does."""
    path = Path(name)
    if path.suffix.lower() not in _PICTURE | SIDECAR | AUDIO:
        return None
    return key(name[: len(name) - len(suffix(path))])


def in_one(name: str, suffixes: Iterable[str], number: int = 1) -> dict[str, str]:
    """Suffix -> the relative path of that file of a photo called `name` ("folder/name"), or "folder/name-2" ...

    All get one stem, shortened so that the longest of them is no longer than `LONGEST` bytes.
    """
    wanted = list(suffixes)
    folder, slash, stem = name.rpartition("/")
    tail = "" if number == 1 else f"-{number}"
    room = LONGEST - max(len((tail + ending).encode()) for ending in wanted)
    short = shortened(stem, room) or STAND_IN
    return {ending: f"{folder}{slash}{short}{tail}{ending}" for ending in wanted}


class Taken:
    """The names that are taken below a target: by files that lie there, and by photos that come before."""

    def __init__(self, target: Path) -> None:
        self._target = target
        self._lying: dict[str, dict[str, Path]] = {}
        self._given: set[str] = set()
        self._owners: dict[str, tuple[Path, str]] = {}

    def lying(self, relative: str) -> Path | None:
        """The file that lies where `relative` shall go, whatever its case and Unicode form."""
        folder, _, name = relative.rpartition("/")
        return self._listed(folder).get(key(name))

    def is_free(self, relatives: Sequence[str], source: Path, known: Sequence[str] = ()) -> bool:
        """Whether a photo whose first file is `source` may have these names; `known` are its own from an earlier run.

        A stem that another photo bears is taken too: a JPEG and a RAW of one name would become one photo.
        """
        owner = (source.parent, key(source.stem))
        folder, _, name = relatives[0].rpartition("/")
        stem = stem_key(name)
        if self._owners.get(f"{key(folder)}/{stem}", owner) != owner or any(key(r) in self._given for r in relatives):
            return False
        if known:
            return all(r in known or self.lying(r) is None for r in relatives)
        listed = self._listed(folder)
        mine = f"{key(folder)}/{stem}" in self._owners
        return not any(key(r.rpartition("/")[2]) in listed for r in relatives) and (
            mine or all(stem_key(other.name) != stem for other in listed.values())
        )

    def take(self, relatives: Sequence[str], source: Path) -> None:
        """Give these names to a photo."""
        folder, _, name = relatives[0].rpartition("/")
        self._given.update(key(relative) for relative in relatives)
        self._owners[f"{key(folder)}/{stem_key(name)}"] = (source.parent, key(source.stem))

    def give(self, relatives: Sequence[str]) -> bool:
        """Give these names to files that keep theirs, whatever photo bears the stem; False if one of them is taken."""
        if any(key(relative) in self._given or self.lying(relative) is not None for relative in relatives):
            return False
        self._given.update(key(relative) for relative in relatives)
        return True

    def _listed(self, folder: str) -> dict[str, Path]:
        found = self._lying.get(folder)
        if found is None:
            try:
                found = {key(path.name): path for path in (self._target / folder).iterdir()}
            except OSError:
                found = {}  # not there yet; one that cannot be listed refuses the copy in its turn
            self._lying[folder] = found
        return found
