"""The decoder of a pack's tower: a picture to words, one at a time, with what it has read so far kept.

Greedy, or a small beam. Where several words are nearly as good, chance may take one of them, and the same chance always
takes the same. What a sentence claims, its tag, is never left to chance.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.errors import PackError
from engine.models.device import Network
from engine.models.tokenizer import Tokenizer

DECODER = "decoder.onnx"
LONGEST = 64
"""Tokens of a caption, its start and end among them (PAPERS: at most 64)."""
TRIES = 3
"""Refused words after which a caption is no longer held to what may follow."""
NEARLY = 0.2
"""Share of the likeliest word's probability from which another word is nearly as good."""
_PENALTY = 0.7
"""Captions of a beam compete by log-probability over their length to this power, as machine translation has it."""

Allows = Callable[[Sequence[int], int], bool]
"""(numbers written so far, the number that the decoder wants next) -> whether it may follow."""


@dataclass(frozen=True, slots=True)
class Written:
    """A caption."""

    ids: tuple[int, ...] = ()
    """Without start and end."""
    refused: tuple[int, ...] = ()
    """What the decoder wanted to write and was not allowed to, TRIES at most."""
    ended: bool = False
    """Whether the decoder came to an end by itself."""
    logarithm: float = 0.0
    """Of the probability, the end's included."""

    @property
    def merit(self) -> float:
        """What captions of one beam compete by."""
        return float(self.logarithm / (len(self.ids) + self.ended) ** _PENALTY)


class Captioner:
    """decoder.onnx of a pack."""

    def __init__(self, name: str, model: bytes, tokenizer: Tokenizer, device: str = "cpu") -> None:
        """`name` is the file's, for messages. Raises PackError if it cannot be run or is none for this tokenizer."""
        self._tokenizer = tokenizer
        self._network = Network(name, model, asked=device)
        shapes = self._network.shapes
        self._past = shapes.get("past", ())
        self._picture = shapes.get("picture", ())
        if set(shapes) != {"ids", "position", "picture", "past"} or (len(self._past), len(self._picture)) != (5, 5):
            raise PackError(f"{name}: takes {shapes}, which no decoder does. Install the pack again.")
        width = self._step(np.zeros((1, 1), np.int64), 0, np.zeros(self._picture, np.float32), self._nothing())[0].shape
        if width != (1, len(tokenizer)):
            raise PackError(
                f"{name}: knows {width[-1]} words and the tokenizer {len(tokenizer)}. Install the pack again."
            )
        self._never = [tokenizer.pad, tokenizer.start, tokenizer.class_token, tokenizer.unknown_token]

    def write(
        self,
        picture: NDArray[np.float32],
        allows: Allows | None = None,
        beam: int = 1,
        tries: int = TRIES,
        chance: np.random.Generator | None = None,
        leaning: NDArray[np.float32] | None = None,
    ) -> Written:
        """The caption of what `Vision.see` gave as `picture`; with a `beam` of 1, greedily, or as `chance` has it.

        `leaning` [words] is added to the logits: what speaks for words beside the picture.

        What `allows` refuses is not written and the next best taken, `tries` times in a caption; after that nothing is
        refused any more. Raises PackError, also for a picture of another tower.
        """
        if picture.shape != self._picture:
            raise PackError(f"a picture of {picture.shape} was shown to a decoder that sees {self._picture}.")
        lines, past, done = [Written()], self._nothing(), list[Written]()
        for position in range(LONGEST - 1):
            ids = np.array([[line.ids[-1] if line.ids else self._tokenizer.start] for line in lines], np.int64)
            logits, past = self._step(ids, position, picture, past)
            logits = logits if leaning is None else logits + leaning
            wanted = self._wanted(lines, self._drawn(logits, chance), allows, beam, tries)[: beam - len(done)]
            if not wanted:
                break
            done += [line for _, line in wanted if line.ended]
            rows = [row for row, line in wanted if not line.ended]
            lines = [line for _, line in wanted if not line.ended]
            if not lines:
                break
            past = past[:, rows]
        return max(done or lines, key=lambda line: line.merit)

    def _step(
        self, ids: NDArray[np.int64], position: int, picture: NDArray[np.float32], past: NDArray[np.float32]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        at = np.array([position], np.int64)
        logits, present = self._network.run({"ids": ids, "position": at, "picture": picture, "past": past})
        return logits, present

    def _drawn(self, logits: NDArray[np.float32], chance: np.random.Generator | None) -> NDArray[np.float32]:
        """The same, but of the words that are nearly as good as the first, the one that `chance` takes leads."""
        if chance is None:
            return logits
        found = logits.copy()
        for row in found:
            row[self._never] = -np.inf
            first = int(row.argmax())
            if first in self._tokenizer.tags or first == self._tokenizer.end:
                continue
            near = np.flatnonzero(row >= row[first] + np.log(NEARLY))
            near = near[[number not in self._tokenizer.tags and number != self._tokenizer.end for number in near]]
            taken = int(chance.choice(near))
            row[taken], row[first] = row[first], row[taken]
        return found

    def _nothing(self) -> NDArray[np.float32]:
        layers, _, heads, _, width = self._past
        return np.zeros((layers, 1, heads, 0, width), np.float32)

    def _wanted(
        self, lines: Sequence[Written], logits: NDArray[np.float32], allows: Allows | None, beam: int, tries: int
    ) -> list[tuple[int, Written]]:
        """(row of the line that it continues, continuation), the likeliest first."""
        logits = logits.astype(np.float64)
        logits[:, self._never] = -np.inf
        top = logits.max(axis=1, keepdims=True)
        chances = logits - top - np.log(np.exp(logits - top).sum(axis=1, keepdims=True))
        found = [
            (row, longer)
            for row, line in enumerate(lines)
            for longer in self._continued(line, chances[row], allows, beam, tries)
        ]
        return sorted(found, key=lambda pair: -pair[1].logarithm)

    def _continued(
        self, line: Written, chances: NDArray[np.float64], allows: Allows | None, beam: int, tries: int
    ) -> list[Written]:
        refused, found = line.refused, list[Written]()
        for number in map(int, np.argsort(-chances, kind="stable")):
            if len(found) == beam or chances[number] == -np.inf:
                break
            if allows is not None and len(refused) < tries and not allows(line.ids, number):
                refused = (*refused, number)
                continue
            logarithm = line.logarithm + float(chances[number])
            ended = number == self._tokenizer.end
            found.append(Written(line.ids if ended else (*line.ids, number), refused, ended, logarithm))
        return found
