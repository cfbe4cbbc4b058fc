"""The student: the only network that every photo must pass."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.errors import PackError
from engine.models.device import Device, Network
from engine.models.pack import STUDENT, Pack
from engine.models.preprocess import Preprocess
from engine.types import EMBEDDING_SIZE, ModelId, Verdict

_INPUT = "pixels"
_LIMIT = 1.0
"""Strangeness above which a photo is unfamiliar; the pack's recipe puts it on this scale."""


class Student:
    """student.onnx of a pack: pixels to a distribution over the ten scores, an embedding in its space, and more.

    A third output says where it looked, a fourth how strange the photo is to it: above 1 it is unlike those that the
    student learned from. Older packs have two or three outputs.
    """

    def __init__(self, network: Network, preprocess: Preprocess, model_id: ModelId) -> None:
        self._network = network
        self.preprocess = preprocess
        self.model_id = model_id

    @classmethod
    def load(cls, pack: Pack, device: str = "auto") -> Student:
        """Check student.onnx against its hash and bring it onto a device ("auto", "cpu", "cuda", "directml").

        Raises PackMissing, PackAltered, or PackError if it cannot be run or gives something else than a student does.
        """
        size = pack.preprocess.size
        trial = {_INPUT: np.zeros((1, 3, size, size), np.float32)}
        student = cls(
            Network(str(pack.folder / STUDENT), pack.read(STUDENT), trial, device), pack.preprocess, pack.model_id
        )
        student.score(trial[_INPUT])
        return student

    @property
    def device(self) -> Device:
        """What it runs on at present."""
        return self._network.device

    def rest(self) -> None:
        """Give back the memory that batches have taken, until there is another one."""
        self._network.rest()

    def score(self, inputs: NDArray[np.float32]) -> list[Verdict]:
        """A batch of `preprocess.apply` results, [N, 3, size, size], to N verdicts. Raises PackError."""
        distributions, embeddings, *more = self._network.run({_INPUT: inputs})
        expected = ((len(inputs), 10), (len(inputs), EMBEDDING_SIZE))
        if (distributions.shape, embeddings.shape) != expected:
            raise PackError(
                f"{STUDENT} of {self.model_id.name} gives {distributions.shape} and {embeddings.shape} "
                f"where {expected[0]} and {expected[1]} are expected. Install the pack again."
            )
        if not (np.isfinite(distributions).all() and np.isfinite(embeddings).all()):
            raise PackError(f"{STUDENT} of {self.model_id.name} gives numbers that are none. Run: chinagraph doctor")
        looked = more[0] if more else [None] * len(inputs)
        unfamiliar = [bool(strange > _LIMIT) for strange in more[1]] if len(more) > 1 else [None] * len(inputs)
        space, yardstick = self.model_id.space, self.model_id.yardstick
        return [
            Verdict(distribution, embedding.astype(np.float16), space, attention, strange, yardstick=yardstick)
            for distribution, embedding, attention, strange in zip(
                distributions, embeddings, looked, unfamiliar, strict=True
            )
        ]
