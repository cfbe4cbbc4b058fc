"""Attention and the pre-LayerNorm blocks that towers and decoder are made of."""

from __future__ import annotations

from collections import OrderedDict

import torch
from torch import Tensor, nn
from torch.nn import functional


class Attention(nn.Module):
    """Multi-head attention whose keys and values can be kept: of itself for a cache, of the picture once a photo."""

    def __init__(self, width: int, heads: int, context: int | None = None) -> None:
        """`context`: width of what keys and values are made from, where it is another."""
        super().__init__()
        self.heads = heads
        self.query = nn.Linear(width, width)
        self.key = nn.Linear(context or width, width)
        self.value = nn.Linear(context or width, width)
        self.out = nn.Linear(width, width)
        for layer in (self.query, self.key, self.value, self.out):
            nn.init.xavier_uniform_(layer.weight)
            nn.init.zeros_(layer.bias)

    def keep(self, context: Tensor) -> tuple[Tensor, Tensor]:
        """Keys and values of `context` [B, N, context], each [B, heads, N, width / heads]."""
        return self._split(self.key(context)), self._split(self.value(context))

    def forward(self, x: Tensor, kept: tuple[Tensor, Tensor], mask: Tensor | None = None) -> Tensor:
        """`x` [B, M, width] looks at what was kept; `mask` is true where it may look, broadcast to [B, heads, M, N]."""
        looked = functional.scaled_dot_product_attention(self._split(self.query(x)), *kept, attn_mask=mask)
        out: Tensor = self.out(looked.transpose(1, 2).flatten(2))
        return out

    def _split(self, x: Tensor) -> Tensor:
        batch, places, width = x.shape
        return x.reshape(batch, places, self.heads, width // self.heads).transpose(1, 2)


def feed_forward(width: int) -> nn.Sequential:
    """Four times as wide inside, GELU."""
    inner = nn.Linear(width, 4 * width)
    outer = nn.Linear(4 * width, width)
    for layer in (inner, outer):
        nn.init.xavier_uniform_(layer.weight)
        nn.init.zeros_(layer.bias)
    return nn.Sequential(OrderedDict(inner=inner, gelu=nn.GELU(), outer=outer))


class Block(nn.Module):
    """x + attention(LN x), then x + feed_forward(LN x)."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.attention = Attention(width, heads)
        self.feed_norm = nn.LayerNorm(width)
        self.feed = feed_forward(width)

    def forward(
        self, x: Tensor, mask: Tensor | None = None, past: tuple[Tensor, Tensor] | None = None
    ) -> tuple[Tensor, tuple[Tensor, Tensor]]:
        """`x` [B, M, width] to the same, and the keys and values with those of `past` before them."""
        x, kept = attend(x, self.norm, self.attention, mask, past)
        return x + self.feed(self.feed_norm(x)), kept


def attend(
    x: Tensor, norm: nn.Module, attention: Attention, mask: Tensor | None, past: tuple[Tensor, Tensor] | None
) -> tuple[Tensor, tuple[Tensor, Tensor]]:
    """Self-attention with its residual: `x` [B, M, width] sees `past` and itself as far as `mask` allows."""
    normed = norm(x)
    keys, values = attention.keep(normed)
    if past is not None:
        keys, values = torch.cat([past[0], keys], 2), torch.cat([past[1], values], 2)
    return x + attention(normed, (keys, values), mask), (keys, values)
