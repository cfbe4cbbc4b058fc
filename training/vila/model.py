"""CoCa as VILA uses it: a backbone, two cascaded poolers, one text decoder in two halves (PAPERS, VILA: Model)."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.vila.backbones import MapTokens, VisionTransformer
from training.vila.config import Config, Transformer
from training.vila.poolers import CascadedPoolers, FirstTokenPooler
from training.vila.text_decoder import TextDecoder

TEMPERATURE = 0.07
"""Of the contrastive loss at the start; learned from there."""
_LARGEST_SCALE = 100.0


@dataclass(frozen=True, slots=True)
class Seen:
    """What one forward pass over pictures and their captions gives."""

    image: Tensor
    """[B, width], un-normalised."""
    text: Tensor
    """[B, width], un-normalised."""
    logits: Tensor
    """[B, L - 1, words]: of the word after each but the last."""
    scale: Tensor
    """The inverse of the temperature."""


class CoCa(nn.Module):
    """Pictures and captions. `inputs` are pixels [B, 3, S, S] for a transformer, cached tokens for maps."""

    def __init__(self, config: Config) -> None:
        super().__init__()
        self.config = config
        vision, poolers = config.vision, config.poolers
        self.backbone = VisionTransformer(vision) if isinstance(vision, Transformer) else MapTokens(vision)
        self.poolers = (CascadedPoolers if poolers.cascade else FirstTokenPooler)(poolers, vision.width)
        self.text = TextDecoder(config.text, poolers.width)
        self.log_scale = nn.Parameter(torch.tensor(-math.log(TEMPERATURE)))

    def see(self, inputs: Tensor) -> tuple[Tensor, Tensor]:
        """(generative tokens [B, queries, width], un-normalised image embedding [B, width])."""
        generative, embedding = self.poolers(self.backbone(inputs))
        return generative, embedding

    def forward(self, inputs: Tensor, ids: Tensor, lengths: Tensor) -> Seen:
        """`ids` [B, L] with `lengths` [B] words each, the first and last of them the start and the end."""
        generative, image = self.see(inputs)
        states, text = self.text.read(ids, lengths)
        logits = self.text.write(states[:, :-1], generative)
        return Seen(image, text, logits, self.log_scale.exp().clamp(max=_LARGEST_SCALE))

    @torch.no_grad()
    def describe(self, inputs: Tensor, start: int, end: int, longest: int | None = None) -> list[list[int]]:
        """Greedy captions, a list of token numbers each, without start and end."""
        generative, _ = self.see(inputs)
        picture = self.text.look(generative)
        heads, width = self.config.text.heads, self.config.text.width
        empty = generative.new_zeros(len(inputs), heads, 0, width // heads)
        past = [(empty, empty)] * (self.config.text.unimodal + self.config.text.multimodal)
        ids = torch.full((len(inputs), 1), start, device=generative.device)
        written = []
        for position in range(longest or self.config.text.length - 1):
            logits, past = self.text.step(ids, torch.tensor([position]), picture, past)
            ids = logits.argmax(1, keepdim=True)
            written.append(ids[:, 0])
            if all(any(int(word[row]) == end for word in written) for row in range(len(ids))):
                break
        rows = torch.stack(written, 1).tolist()
        return [row[: row.index(end)] if end in row else row for row in rows]


def cosine(a: Tensor, b: Tensor) -> Tensor:
    """[N, M] cosines of `a` [N, D] and `b` [M, D]."""
    return functional.normalize(a.float(), dim=-1) @ functional.normalize(b.float(), dim=-1).T
