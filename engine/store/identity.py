"""Which photo of a shoot is which of the photos that are remembered."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from engine.store.decision_log import Remembered
from engine.store.location import exists


def moved(
    newcomers: Mapping[bytes, str], candidates: Iterable[Remembered], present: Collection[bytes]
) -> dict[bytes, Remembered]:
    """Newcomer's location -> the remembered photo that it is, by content.

    `newcomers` maps locations that nothing is remembered under to fingerprints, `present` are the locations of the
    shoot. A remembered photo whose file is still there was copied, not moved: the copy decides apart. Among several
    of one content, the same file name goes first. Each remembered photo is found once.
    """
    by_content: dict[str, list[bytes]] = defaultdict(list)
    for name, fingerprint in newcomers.items():
        by_content[fingerprint].append(name)
    gone = [
        candidate
        for candidate in candidates
        if candidate.fingerprint in by_content and candidate.location not in present and not exists(candidate.location)
    ]
    found: dict[bytes, Remembered] = {}
    for same_name in (True, False):
        for candidate in list(gone):
            free = [name for name in by_content[candidate.fingerprint or ""] if name not in found]
            match = next(
                (name for name in free if not same_name or _file_name(name) == _file_name(candidate.location)), None
            )
            if match is not None:
                found[match] = candidate
                gone.remove(candidate)
    return found


def _file_name(location: bytes) -> str:
    return Path(os.fsdecode(location)).name
