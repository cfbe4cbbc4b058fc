"""Pictures at the size at which they are painted, kept only as long as what they were made of."""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap

LIMIT_BYTES = 48 << 20
"""What all of them together may take, of every view: the photos on a screen of 3840 x 2160 take 33 MB at most."""


class ScaledPixmaps:
    """Pixmaps at the size of a cell, those of the least recently painted sources dropped beyond `limit_bytes`, and of
    the last source its first sizes.

    Views share it. Whoever lets a source go calls `drop`, or what was made of it would stay until others push it out.
    """

    def __init__(self, limit_bytes: int = LIMIT_BYTES) -> None:
        self._limit = limit_bytes
        self._bytes = 0
        self._kept: OrderedDict[int, dict[tuple[int, int, float], QPixmap]] = OrderedDict()
        """By the source's `cacheKey`; then by width and height in device pixels, and these per pixel."""

    @property
    def bytes(self) -> int:
        """Rough size in memory."""
        return self._bytes

    def find(self, source: QPixmap, size: QSize, ratio: float) -> QPixmap | None:
        """The scaled pixmap if it was made before; `size` is in device pixels, of which `ratio` make a pixel."""
        found = self._kept.get(source.cacheKey(), {}).get((size.width(), size.height(), ratio))
        if found is not None:
            self._kept.move_to_end(source.cacheKey())
        return found

    def make(self, source: QPixmap, size: QSize, ratio: float) -> QPixmap:
        """Scale `source` to exactly `size` device pixels and keep the result."""
        scaled = source.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
        scaled.setDevicePixelRatio(ratio)
        key = source.cacheKey()
        self._kept.setdefault(key, {})[(size.width(), size.height(), ratio)] = scaled
        self._kept.move_to_end(key)
        self._bytes += _bytes_of(scaled)
        while self._bytes > self._limit and len(self._kept) > 1:
            self._forget(next(iter(self._kept)))
        sizes = self._kept[key]
        while self._bytes > self._limit and len(sizes) > 1:
            self._bytes -= _bytes_of(sizes.pop(next(iter(sizes))))
        return scaled

    def drop(self, source: QPixmap | None) -> None:
        """The source goes, and all that was made of it."""
        if source is not None:
            self._forget(source.cacheKey())

    def clear(self) -> None:
        """All sources go."""
        self._kept.clear()
        self._bytes = 0

    def _forget(self, key: int) -> None:
        self._bytes -= sum(map(_bytes_of, self._kept.pop(key, {}).values()))


def _bytes_of(pixmap: QPixmap) -> int:
    return pixmap.width() * pixmap.height() * 4
