"""The text half of a pack's tower: words to a place in the tower's space."""

from __future__ import annotations

import numpy as np

from engine.errors import PackError
from engine.models.device import Network
from engine.models.embedding import Embedding
from engine.models.tokenizer import Tokenizer

TEXT = "text.onnx"


class TextTower:
    """text.onnx of a pack."""

    def __init__(self, name: str, model: bytes, tokenizer: Tokenizer, space: str, device: str = "cpu") -> None:
        """`name` is the file's, for messages. Raises PackError if it cannot be run or takes something else."""
        self._name = name
        self._tokenizer = tokenizer
        self._space = space
        self._network = Network(name, model, asked=device)
        shape = self._network.shapes.get("ids", ())
        if len(shape) != 2 or shape[1] < 3 or self._network.shapes.get("length") != (1,):
            raise PackError(f"{name}: takes {self._network.shapes}, which no text tower does. Install the pack again.")
        self.length = shape[1]
        """Numbers that it takes at most, start and end among them."""

    def embed(self, text: str) -> Embedding:
        """The un-normalised embedding of a text; what is longer than `length` loses its last words. Raises PackError.

        What words the tokenizer does not know becomes its unknown token: leave them out before.
        """
        words = self._tokenizer.encode(text)[: self.length - 2]
        numbers = [self._tokenizer.start, *words, self._tokenizer.end]
        ids = np.full((1, self.length), self._tokenizer.pad, np.int64)
        ids[0, : len(numbers)] = numbers
        found = self._network.run({"ids": ids, "length": np.array([len(numbers)], np.int64)})[0]
        if found.ndim != 2 or len(found) != 1 or not np.isfinite(found).all():
            raise PackError(f"{self._name}: gives {found.shape}, which is no embedding. Run: chinagraph doctor")
        return Embedding(found[0], self._space)
