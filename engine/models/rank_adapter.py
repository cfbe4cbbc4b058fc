"""VILA's rank adapter: a picture's place in the tower's space to a score."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.errors import PackError, SpaceMismatch
from engine.models.embedding import Embedding

ADAPTER = "adapter.safetensors"
_PARTS = ("weight", "bias", "anchor", "points", "scores")


class RankAdapter:
    """adapter.safetensors of a pack: v = normalize(x + W x + b), cosine v . t (VILA, the rank adapter)."""

    def __init__(self, name: str, data: bytes, space: str) -> None:
        """`name` is the file's, for messages. Raises PackError for anything else than an adapter."""
        from safetensors import SafetensorError
        from safetensors.numpy import load

        try:
            parts = load(data)
            found: list[NDArray[np.float32]] = [np.asarray(parts[part], np.float32) for part in _PARTS]
        except (SafetensorError, KeyError, ValueError) as cause:
            raise PackError(f"{name}: not an adapter ({cause!r}). Install the pack again.") from cause
        self._weight, self._bias, self._anchor, self._points, self._scores = found
        size = len(self._anchor)
        fits = self._weight.shape == (size, size) and self._bias.shape == self._anchor.shape == (size,)
        if not fits or self._points.shape != self._scores.shape or np.any(np.diff(self._points) < 0):
            raise PackError(f"{name}: its parts do not fit each other. Install the pack again.")
        self._name = name
        self.space = space

    def cosine(self, embedding: Embedding) -> float:
        """v . t, -1 to 1, of a picture's un-normalised embedding. Raises SpaceMismatch, or PackError."""
        if embedding.space != self.space:
            raise SpaceMismatch(
                f"A picture in the space {embedding.space} was to be scored in {self.space}. "
                "Score it anew with the pack that is used now."
            )
        if embedding.values.shape != self._anchor.shape:
            raise PackError(
                f"{self._name}: made for vectors of {len(self._anchor)} numbers, and the pack's pictures have "
                f"{len(embedding.values)}. Install the pack again."
            )
        v = embedding.values + self._weight @ embedding.values + self._bias
        return float(v @ self._anchor / max(float(np.linalg.norm(v)), 1e-12))

    def score(self, cosine: float) -> float:
        """The cosine as a score, 1-10: straight between the points of the isotonic map, level outside."""
        return float(np.interp(cosine, self._points, self._scores))
