"""How the stores name a file: absolute, through symbolic links of folders, as bytes."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path


def locations(paths: Iterable[Path]) -> list[bytes]:
    """The names under which the stores know `paths`, in order.

    The same file typed as a relative path, or reached through a linked folder, has one name. Each folder is resolved
    once, so that 100,000 photos take a fraction of a second. A link that is itself the photo is not followed.
    """
    folders: dict[str, str] = {}
    found = []
    for path in paths:
        folder, name = os.path.split(os.fspath(path))
        resolved = folders.get(folder)
        if resolved is None:
            resolved = folders[folder] = os.path.realpath(folder)
        found.append(os.fsencode(os.path.normcase(os.path.join(resolved, name))))
    return found


def location(path: Path) -> bytes:
    """The name under which the stores know one file; see `locations`."""
    return locations((path,))[0]


def exists(name: bytes) -> bool:
    """Whether there is still something at a location."""
    return os.path.lexists(name)
