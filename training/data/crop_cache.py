"""Decoded pictures on disk, up to a limit in bytes: what is looked at in every epoch is decoded once."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from training.cskd.views import View


class CropCache:
    """Pixels of views. Beyond the limit the least recently stored ones go, and are decoded again when asked for."""

    def __init__(self, folder: Path, limit: float, longest: int = 640) -> None:
        """`limit` in bytes, 0 for no cache at all; pictures are kept with a long edge of at most `longest` pixels."""
        self.longest = longest
        self._stored = None
        if limit > 0:
            from diskcache import Cache

            self._stored = Cache(str(folder), size_limit=int(limit), eviction_policy="least-recently-stored")

    def pixels(self, view: View) -> NDArray[np.uint8]:
        """[h, w, 3] RGB of a view."""
        if self._stored is None:
            return self._decoded(view)
        # As bytes of NumPy's own format: nothing is ever unpickled.
        packed = self._stored.get(view.key)
        if isinstance(packed, bytes):
            return np.asarray(np.load(io.BytesIO(packed), allow_pickle=False), np.uint8)
        pixels = self._decoded(view)
        file = io.BytesIO()
        np.save(file, pixels, allow_pickle=False)
        self._stored.set(view.key, file.getvalue())
        return pixels

    def close(self) -> None:
        """Let go of the files."""
        if self._stored is not None:
            self._stored.close()

    def _decoded(self, view: View) -> NDArray[np.uint8]:
        import cv2

        pixels = view.pixels()
        share = self.longest / max(pixels.shape[:2])
        if share >= 1:
            return pixels
        size = (max(round(pixels.shape[1] * share), 1), max(round(pixels.shape[0] * share), 1))
        return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
