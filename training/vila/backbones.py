"""What turns a picture into tokens: a vision transformer, or the maps of networks that are frozen."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.vila.attention import Block
from training.vila.config import Maps, Transformer


class VisionTransformer(nn.Module):
    """[B, 3, S, S] to tokens [B, N, width]: pre-LayerNorm blocks, GELU (PAPERS, VILA: Model)."""

    def __init__(self, config: Transformer) -> None:
        super().__init__()
        side = config.size // config.patch
        self.patch = nn.Conv2d(3, config.width, config.patch, config.patch, bias=not config.class_token)
        self.positions = nn.Parameter(torch.randn(side**2 + config.class_token, config.width) * 0.02)
        self.class_token = nn.Parameter(torch.randn(config.width) * 0.02) if config.class_token else None
        self.norm = nn.LayerNorm(config.width) if config.class_token else nn.Identity()
        self.blocks = nn.ModuleList(Block(config.width, config.heads) for _ in range(config.layers))

    def forward(self, pixels: Tensor) -> Tensor:
        x = self.patch(pixels).flatten(2).transpose(1, 2)
        if self.class_token is not None:
            x = torch.cat([self.class_token.expand(x.shape[0], 1, -1), x], 1)
        x = self.norm(x + self.positions)
        for block in self.blocks:
            x, _ = block(x)
        tokens: Tensor = x
        return tokens


class MapTokens(nn.Module):
    """Cached tokens [B, side^2, channels], of unit variance, to tokens [B, side^2, width] that know their place."""

    def __init__(self, config: Maps) -> None:
        super().__init__()
        self.embed = nn.Linear(config.channels, config.width)
        self.positions = nn.Parameter(torch.randn(config.side**2, config.width) * 0.02)

    def forward(self, tokens: Tensor) -> Tensor:
        return functional.gelu(self.embed(tokens)) + self.positions
