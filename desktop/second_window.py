"""Whether another window of this program has the same shoot open. Both may go on: no decision is lost."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QLockFile

from desktop import reach

FOLDER = "locks"
"""In the data folder. A lock whose program has died counts for nothing."""


class ShootLock:
    """Held by the first window that opens a shoot."""

    def __init__(self, home: Path) -> None:
        self._folder = home / FOLDER
        self._lock: QLockFile | None = None

    def take(self, folders: Sequence[Path]) -> int | None:
        """Hold the shoot of these folders instead of the one before; who has it already, as a process, else None.

        Where locks cannot be written nobody is known to have it.
        """
        self.release()
        try:
            self._folder.mkdir(exist_ok=True)
        except OSError:
            return None
        real = reach.ask(lambda: [*map(os.path.realpath, folders)], [str(folder.absolute()) for folder in folders])
        names = sorted(map(os.fsencode, real))
        digest = hashlib.blake2b(b"\0".join(names), digest_size=12).hexdigest()
        lock = QLockFile(str(self._folder / f"{digest}.lock"))
        lock.setStaleLockTime(0)
        if lock.tryLock(0):
            self._lock = lock
            return None
        if lock.error() is not QLockFile.LockError.LockFailedError:
            return None
        return lock.getLockInfo()[0]

    def release(self) -> None:
        """Let the shoot go."""
        if self._lock is not None:
            self._lock.unlock()
            self._lock = None
