"""Attention poolers: learned queries that look at tokens."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from training.vila.attention import Attention
from training.vila.config import Poolers


class Pooler(nn.Module):
    """`queries` learned queries over tokens [B, N, context] to [B, queries, width]."""

    def __init__(self, queries: int, width: int, heads: int, context: int) -> None:
        super().__init__()
        self.query = nn.Parameter(torch.randn(queries, width))
        self.query_norm = nn.LayerNorm(width)
        self.key_norm = nn.LayerNorm(context)
        self.attention = Attention(width, heads, context)

    def forward(self, tokens: Tensor) -> Tensor:
        kept = self.attention.keep(self.key_norm(tokens))
        query = self.query_norm(self.query).unsqueeze(0).expand(tokens.shape[0], -1, -1)
        pooled: Tensor = self.attention(query, kept)
        return pooled


class CascadedPoolers(nn.Module):
    """Backbone tokens [B, N, context] to (generative tokens [B, queries, width], image embedding [B, width]).

    The contrastive pooler has one query over the generative pooler's output (PAPERS, VILA: Model).
    """

    def __init__(self, config: Poolers, context: int) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(context)
        self.generative = Pooler(config.queries, config.width, config.heads, context)
        self.contrastive = Pooler(1, config.width, config.heads, config.width)

    def forward(self, tokens: Tensor) -> tuple[Tensor, Tensor]:
        generative = self.generative(self.norm(tokens))
        return generative, self.contrastive(generative)[:, 0]


class FirstTokenPooler(nn.Module):
    """open_clip's CoCa: one pooler, LayerNorm, and of its output the first token, projected, is the image embedding."""

    def __init__(self, config: Poolers, context: int) -> None:
        super().__init__()
        self.generative = Pooler(config.queries + 1, config.width, config.heads, context)
        self.norm = nn.LayerNorm(config.width)
        self.project = nn.Linear(config.width, config.width, bias=False)

    def forward(self, tokens: Tensor) -> tuple[Tensor, Tensor]:
        generative = self.norm(self.generative(tokens))
        return generative[:, 1:], self.project(generative[:, 0])
