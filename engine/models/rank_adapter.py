"""VILA's rank adapter: a picture's place in the tower's space to a score."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.errors import PackError, SpaceMismatch
from engine.models.embedding import Embedding
from engine.types import Verdict

ADAPTER = "adapter.safetensors"
_PARTS = ("weight", "bias", "anchor", "points", "scores")
_LENGTH = "length"
_AT_ONCE = 2000
"""Photos that are scored in one product of matrices."""


class RankAdapter:
    """adapter.safetensors of a pack: v = normalize(x + W x + b), cosine v . t (VILA, the rank adapter).

    x is the un-normalised embedding of a tower (`cosine`), or that of a student (`cosines`), which is kept at length 1
    and brought to `length` first.
    """

    def __init__(self, name: str, data: bytes, space: str) -> None:
        """`name` is the file's, for messages. Raises PackError for anything else than an adapter."""
        from safetensors import SafetensorError
        from safetensors.numpy import load

        try:
            parts = load(data)
            found: list[NDArray[np.float64]] = [np.asarray(parts[part], np.float64) for part in _PARTS]
            self.length = None if _LENGTH not in parts else float(parts[_LENGTH].item())
            """What a student's embeddings are brought to; None for an adapter that was fitted to a tower alone."""
        except (SafetensorError, KeyError, ValueError) as cause:
            raise PackError(f"{name}: not an adapter ({cause!r}). Install the pack again.") from cause
        self._weight, self._bias, self._anchor, self._points, self._scores = found
        size = len(self._anchor)
        fits = self._weight.shape == (size, size) and self._bias.shape == self._anchor.shape == (size,)
        has_length = self.length is None or 0 < self.length < np.inf
        if not (fits and has_length) or self._points.shape != self._scores.shape or np.any(np.diff(self._points) < 0):
            raise PackError(f"{name}: its parts do not fit each other. Install the pack again.")
        self._name = name
        self.space = space

    def cosine(self, embedding: Embedding) -> float:
        """v . t, -1 to 1, of a picture's un-normalised embedding. Raises SpaceMismatch, or PackError."""
        self._check(embedding.space, embedding.values.shape)
        return float(self._adapted(embedding.values[None].astype(np.float64))[0])

    def cosines(self, verdicts: Sequence[Verdict]) -> NDArray[np.float64]:
        """[N], v . t, -1 to 1, by a student's verdicts in the same space.

        Raises SpaceMismatch, or PackError, for an adapter without `length` too.
        """
        if self.length is None:
            raise PackError(
                f"{self._name}: made for the tower alone; it does not say how long embeddings are in its space. "
                "Install a version of the pack whose student shares the space."
            )
        found = [np.empty(0)]
        for start in range(0, len(verdicts), _AT_ONCE):
            part = verdicts[start : start + _AT_ONCE]
            for verdict in part:
                self._check(verdict.space, verdict.embedding.shape)
            units = np.stack([verdict.embedding for verdict in part]).astype(np.float64)
            # Half precision keeps no length exactly.
            found.append(self._adapted(self.length * _over(units, np.linalg.norm(units, axis=1))))
        return np.concatenate(found)

    def score(self, cosine: float) -> float:
        """The cosine as a score, 1-10: straight between the points of the isotonic map, level outside."""
        return float(self.scores(np.array([cosine]))[0])

    def scores(self, cosines: NDArray[np.float64]) -> NDArray[np.float64]:
        """[N] cosines as [N] scores, each as `score` has it."""
        return np.asarray(np.interp(cosines, self._points, self._scores), np.float64)

    def _adapted(self, x: NDArray[np.float64]) -> NDArray[np.float64]:
        v = x + x @ self._weight.T + self._bias
        return np.asarray(_over(v, np.linalg.norm(v, axis=1)) @ self._anchor, np.float64)

    def _check(self, space: str, shape: tuple[int, ...]) -> None:
        if space != self.space:
            raise SpaceMismatch(
                f"A picture in the space {space} was to be scored in {self.space}. "
                "Score it anew with the pack that is used now."
            )
        if shape != self._anchor.shape:
            raise PackError(
                f"{self._name}: made for vectors of {len(self._anchor)} numbers, and the pack's pictures have "
                f"{shape[-1]}. Install the pack again."
            )


def _over(rows: NDArray[np.float64], lengths: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(rows / np.maximum(lengths, 1e-12)[:, None], np.float64)
