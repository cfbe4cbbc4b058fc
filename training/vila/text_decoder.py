"""CoCa's one causal decoder: a half that reads text alone, and a half that looks at the picture too."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from training.vila.attention import Attention, Block, attend, feed_forward
from training.vila.config import Text

Kept = tuple[Tensor, Tensor]
"""Keys and values, each [B, heads, N, width / heads]."""


class CrossBlock(nn.Module):
    """Self-attention, cross-attention to the picture, feed-forward; each with its LayerNorm before and its residual."""

    def __init__(self, width: int, heads: int, context: int, two_feed_forwards: bool) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.attention = Attention(width, heads)
        self.between_norm = nn.LayerNorm(width) if two_feed_forwards else None
        self.between = feed_forward(width) if two_feed_forwards else None
        self.cross_norm = nn.LayerNorm(width)
        self.picture_norm = nn.LayerNorm(context)
        self.cross = Attention(width, heads, context)
        self.feed_norm = nn.LayerNorm(width)
        self.feed = feed_forward(width)

    def look(self, tokens: Tensor) -> Kept:
        """Keys and values of the picture's `tokens` [B, T, context]: the same for every word, so made once."""
        return self.cross.keep(self.picture_norm(tokens))

    def forward(
        self, x: Tensor, picture: Kept, mask: Tensor | None = None, past: Kept | None = None
    ) -> tuple[Tensor, Kept]:
        x, kept = attend(x, self.norm, self.attention, mask, past)
        if self.between is not None and self.between_norm is not None:
            x = x + self.between(self.between_norm(x))
        x = x + self.cross(self.cross_norm(x), picture)
        return x + self.feed(self.feed_norm(x)), kept


class TextDecoder(nn.Module):
    """Token numbers to a text embedding, and with a picture's tokens to logits of the next word."""

    def __init__(self, config: Text, context: int) -> None:
        """`context`: width of the picture's tokens and of the text embedding. Raises ValueError if that needs a
        projection and there is none.
        """
        super().__init__()
        if not config.projected and config.width != context:
            raise ValueError(f"a text of width {config.width} needs a projection to {context}")
        self.config = config
        self.words = nn.Embedding(config.words, config.width)
        self.positions = nn.Parameter(torch.randn(config.length + 1, config.width) * 0.01)
        self.class_token = nn.Parameter(torch.randn(config.width) * 0.01)
        self.unimodal = nn.ModuleList(Block(config.width, config.heads) for _ in range(config.unimodal))
        self.class_norm = nn.LayerNorm(config.width)
        self.project = nn.Linear(config.width, context, bias=False) if config.projected else nn.Identity()
        self.multimodal = nn.ModuleList(
            CrossBlock(config.width, config.heads, context, config.two_feed_forwards) for _ in range(config.multimodal)
        )
        self.out_norm = nn.LayerNorm(config.width)
        self.out = nn.Linear(config.width, config.words, bias=False)
        nn.init.normal_(self.words.weight, std=0.02)
        nn.init.normal_(self.out.weight, std=config.width**-0.5)
        if not config.two_feed_forwards:
            self.out.weight = self.words.weight

    def read(self, ids: Tensor, lengths: Tensor) -> tuple[Tensor, Tensor]:
        """(unimodal states [B, L, width], text embedding [B, context]) of `ids` [B, L], `lengths` [B] of them words.

        The class token stands behind all places at the last position, sees the words and not the padding, and is seen
        by none.
        """
        places = ids.shape[1]
        last = self.positions[self.config.length :] + self.class_token
        x = torch.cat([self.words(ids) + self.positions[:places], last.expand(ids.shape[0], 1, -1)], 1)
        order = torch.arange(places + 1, device=ids.device)
        causal = order[:, None] >= order[None, :]
        if self.config.shifted_mask:
            seen = order[None, :] <= lengths[:, None]
        else:
            seen = (order[None, :] < lengths[:, None]) | (order[None, :] == places)
        mask = (causal[None] & seen[:, None, :])[:, None]
        for block in self.unimodal:
            x, _ = block(x, mask)
        return x[:, :-1], self.project(self.class_norm(x[:, -1]))

    def write(self, states: Tensor, tokens: Tensor) -> Tensor:
        """Logits [B, L, words] of the word after each of the unimodal `states` [B, L, width], seeing `tokens`."""
        order = torch.arange(states.shape[1], device=states.device)
        causal = order[:, None] >= order[None, :]
        for block in self.multimodal:
            assert isinstance(block, CrossBlock)
            states, _ = block(states, block.look(tokens), causal)
        return self._logits(states)

    def look(self, tokens: Tensor) -> list[Kept]:
        """What each multimodal layer keeps of a picture's tokens."""
        return [block.look(tokens) for block in self.multimodal if isinstance(block, CrossBlock)]

    def step(self, ids: Tensor, position: Tensor, picture: list[Kept], past: list[Kept]) -> tuple[Tensor, list[Kept]]:
        """One more word: `ids` [B, 1] at `position` [1] to (logits [B, words], what all layers keep now)."""
        x = self.words(ids) + self.positions[position]
        kept: list[Kept] = []
        halves = len(self.unimodal)
        for block, before in zip(self.unimodal, past[:halves], strict=True):
            x, now = block(x, None, before)
            kept.append(now)
        for block, seen, before in zip(self.multimodal, picture, past[halves:], strict=True):
            x, now = block(x, seen, None, before)
            kept.append(now)
        return self._logits(x)[:, -1], kept

    def _logits(self, states: Tensor) -> Tensor:
        logits: Tensor = self.out(self.out_norm(states))
        return logits
