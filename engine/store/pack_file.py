"""One file of thumbnails, end to end; what lies where stands in the index."""

from __future__ import annotations

import os
import threading
import zlib
from pathlib import Path


class PackReader:
    """Reads from one pack file in any thread, through one open file."""

    def __init__(self, path: Path) -> None:
        """Raises OSError."""
        self._file = path.open("rb", buffering=0)
        self._seeking = threading.Lock()

    def read(self, start: int, length: int, checksum: int) -> bytes | None:
        """`length` bytes at `start`, or None where they are not the bytes that were written."""
        try:
            data = self._read_at(start, length)
        except (OSError, ValueError):
            return None
        return data if len(data) == length and zlib.crc32(data) == checksum else None

    def close(self) -> None:
        """Close the file; a read that comes too late finds nothing."""
        with self._seeking:
            self._file.close()

    def _read_at(self, start: int, length: int) -> bytes:
        if hasattr(os, "pread"):
            return os.pread(self._file.fileno(), length, start)
        with self._seeking:
            self._file.seek(start)
            return self._file.read(length) or b""


def append(path: Path, items: list[bytes]) -> list[tuple[int, int, int]]:
    """Write `items` behind what `path` holds; (start, length, checksum) of each. Raises OSError.

    Whoever calls must be the only writer. Nothing is flushed to the disk: after a power failure the checksum tells
    which items were lost, and they are made again.
    """
    places = []
    with path.open("ab") as file:
        start = file.seek(0, os.SEEK_END)
        for data in items:
            file.write(data)
            places.append((start, len(data), zlib.crc32(data)))
            start += len(data)
    return places
