"""VILA's pretraining: 2.0 captioning + 1.0 contrastive, negatives from all processes (PAPERS, VILA: Losses)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from training.cskd import losses
from training.loop import Schedule, fit
from training.vila.model import CoCa

if TYPE_CHECKING:
    from accelerate import Accelerator

CAPTIONING, CONTRASTIVE = 2.0, 1.0
_QUALITY, _ORDER = 1.0, 0.5
_HIDDEN = 0.5
"""Share of the pictures that a judging network is hidden from."""
_PLACES_HIDDEN = 0.25
"""Share of the places that are hidden: a photo is not to be known by heart from a corner of it."""
PAD = 0
Channels = Sequence[Sequence[tuple[int, int]]]


class Batch(NamedTuple):
    """Pictures and their captions; `score` and `kind` serve the quality head alone."""

    inputs: Tensor
    """[B, ...] what the tower's backbone takes."""
    ids: Tensor
    """[B, L]"""
    lengths: Tensor
    """[B]"""
    score: Tensor
    """[B], 1-10; NaN where nobody said."""
    kind: Tensor
    """[B]: only scores of one kind are compared."""
    plain: Tensor | None = None
    """[B, L]: a short caption, where there is one; it is matched with the picture and not learned to be written."""
    plain_lengths: Tensor | None = None


class Learner(nn.Module):
    """The tower, and beside it a head that learns what people thought of the photo from the image embedding.

    The head is not in the paper, whose tower meets a million captions that judge. It is left out of the pack.
    """

    def __init__(self, tower: CoCa, judged: Channels = ()) -> None:
        """`judged`: for each network that learned to judge, its ranges of channels of the inputs [B, places, channels].

        In training each is hidden from every other picture. Such a network knows the photos that it learned from
        better than any other, so that a tower which always saw it would trust it too much.
        """
        super().__init__()
        self.tower = tower
        self.judged = judged
        self.places_hidden = _PLACES_HIDDEN
        self.quality = nn.Sequential(nn.Dropout(0.1), nn.Linear(tower.config.poolers.width, 1))

    def forward(self, batch: Batch) -> dict[str, Tensor]:
        """The terms of the loss, weighted."""
        seen = self.tower(self._hidden(batch.inputs), batch.ids, batch.lengths)
        apart = contrastive(seen.image, seen.text, seen.scale)
        if batch.plain is not None and batch.plain_lengths is not None:
            _, plain = self.tower.text.read(batch.plain, batch.plain_lengths)
            apart = (apart + contrastive(seen.image, plain, seen.scale)) / 2
        terms = {
            "captioning": CAPTIONING * captioning(seen.logits, batch.ids),
            "contrastive": CONTRASTIVE * apart,
        }
        said = 5.5 + self.quality(seen.image)[:, 0].float()
        rated = ~batch.score.isnan()
        terms["quality"] = terms["order"] = said.sum() * 0
        if rated.any():
            said, truth, kind = said[rated], batch.score[rated], batch.kind[rated]
            terms["quality"] = _QUALITY * functional.smooth_l1_loss(said, truth)
            terms["order"] = _ORDER * losses.order(said, truth, kind[:, None] == kind[None, :])
        return terms

    def keep_eyes(self) -> Learner:
        """From now on the picture's side stays as it is, and only the text's learns; returns itself.

        Scores are learned by heart long before the decoder writes without a slip. No place is hidden any more: a
        decoder that has only met pictures with gaps stammers before a whole one.
        """
        self.places_hidden = 0.0
        self.requires_grad_(True)
        for part in (self.tower.backbone, self.tower.poolers, self.quality):
            part.requires_grad_(False)
        return self

    def _hidden(self, inputs: Tensor) -> Tensor:
        if not self.training or not self.judged:
            return inputs
        shown = torch.ones(inputs.shape[0], 1, inputs.shape[2], device=inputs.device)
        for ranges in self.judged:
            hides = torch.rand(len(inputs), device=inputs.device) < _HIDDEN
            for first, end in ranges:
                shown[hides, :, first:end] = 0
        places = torch.rand(*inputs.shape[:2], 1, device=inputs.device) >= self.places_hidden
        return inputs * shown * places


def captioning(logits: Tensor, ids: Tensor) -> Tensor:
    """Cross-entropy of the next word: `logits` [B, L - 1, words] against `ids` [B, L], padding left out."""
    return functional.cross_entropy(logits.float().flatten(0, 1), ids[:, 1:].flatten(), ignore_index=PAD)


def contrastive(image: Tensor, text: Tensor, scale: Tensor) -> Tensor:
    """Symmetric InfoNCE on normalised embeddings [B, D] of all processes; `scale` is the inverse of the temperature."""
    images = gathered(functional.normalize(image.float(), dim=1))
    texts = gathered(functional.normalize(text.float(), dim=1))
    logits = scale.float() * images @ texts.T
    truth = torch.arange(len(logits), device=logits.device)
    return (functional.cross_entropy(logits, truth) + functional.cross_entropy(logits.T, truth)) / 2


def gathered(x: Tensor) -> Tensor:
    """`x` [B, D] of all processes, one after the other; gradients flow back to where each came from."""
    if not (torch.distributed.is_available() and torch.distributed.is_initialized()):
        return x
    from torch.distributed.nn import functional as across

    return torch.cat(across.all_gather(x))  # type: ignore[no-untyped-call]  # torch does not annotate it


@dataclass(frozen=True, slots=True, eq=False)
class Captions:
    """What was written of each picture, as numbers."""

    ids: NDArray[np.int64]
    """[N, L], padded."""
    lengths: NDArray[np.int64]

    @classmethod
    def encode(
        cls, texts: Sequence[str], encode: Callable[[str], Sequence[int]], start: int, end: int, length: int
    ) -> Captions:
        """`texts` between start and end, at most `length` numbers each; what is longer loses its last words."""
        rows = [[start, *list(encode(text))[: length - 2], end] for text in texts]
        ids = np.full((len(rows), length), PAD, np.int64)
        for row, numbers in zip(ids, rows, strict=True):
            row[: len(numbers)] = numbers
        return cls(ids, np.array([len(row) for row in rows], np.int64))

    def take(self, rows: NDArray[np.int64]) -> tuple[Tensor, Tensor]:
        """(ids [B, L], lengths [B]) of some, as long as the longest of them."""
        lengths = self.lengths[rows]
        return torch.from_numpy(self.ids[rows, : int(lengths.max())]), torch.from_numpy(lengths)


@dataclass(frozen=True, slots=True, eq=False)
class Batches:
    """Shuffled rounds through pictures with captions; a process draws its own part of each batch."""

    inputs: Callable[[NDArray[np.int64]], Tensor]
    """Rows to what the backbone takes."""
    captions: Sequence[Captions]
    """Several ways to say the same, taken in turn from epoch to epoch."""
    scores: NDArray[np.float32]
    kinds: NDArray[np.int64]
    size: int = 64
    """Of a batch, all processes together."""
    seed: int = 0
    process: int = 0
    processes: int = 1
    plain: Sequence[Captions] = ()
    """Short captions, likewise; or none."""

    @property
    def steps(self) -> int:
        """Of an epoch."""
        return len(self.scores) // self.size

    def draw(self, epoch: int, step: int) -> Batch:
        """The batch of one step; depends on seed, epoch and step alone."""
        order = np.random.default_rng([self.seed, epoch]).permutation(len(self.scores))
        rows = order[step * self.size : (step + 1) * self.size][self.process :: self.processes]
        return Batch(
            self.inputs(rows),
            *self.captions[epoch % len(self.captions)].take(rows),
            torch.from_numpy(self.scores[rows]),
            torch.from_numpy(self.kinds[rows]),
            *(self.plain[epoch % len(self.plain)].take(rows) if self.plain else ()),
        )


def pretrain(
    learner: Learner,
    batches: Batches,
    schedule: Schedule,
    work: Path,
    evaluate: Callable[[Learner], dict[str, float]],
    accelerator: Accelerator | None = None,
    stop_after: int | None = None,
) -> Learner:
    """Train, or go on with what stands in `work`; returns the moving average."""

    def judged(network: nn.Module) -> dict[str, float]:
        assert isinstance(network, Learner)
        return evaluate(network)

    kept = fit(
        learner,
        lambda name: not name.startswith("tower.backbone"),
        lambda network, batch: dict(network(batch)),
        batches.draw,
        batches.steps,
        schedule,
        work,
        judged,
        stop_after,
        accelerator,
    )
    assert isinstance(kept, Learner)
    return kept
