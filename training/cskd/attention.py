"""Where attention looks: how far from its middle, and how evenly, which says whether heads have collapsed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from training.vila.backbones import MapTokens
from training.vila.config import Maps, Poolers
from training.vila.poolers import CascadedPoolers, Pooler

_HEADS = 8


def entropy(weights: Tensor) -> Tensor:
    """[heads] of attention [B, heads, queries, places], as a share of what even attention has: 0 one place, 1 all."""
    found: Tensor = torch.special.entr(weights).sum(-1) / float(np.log(weights.shape[-1]))
    return found.mean((0, 2))


def distance(weights: Tensor) -> Tensor:
    """[heads] of attention [B, heads, queries, side^2]: mean distance of where a query looks from the middle of it, in
    shares of the picture's side.
    """
    side = round(weights.shape[-1] ** 0.5)
    line = (torch.arange(side) + 0.5) / side
    y, x = torch.meshgrid(line, line, indexing="ij")
    places = torch.stack([x.flatten(), y.flatten()], 1)
    middle = weights @ places
    apart = torch.linalg.vector_norm(places - middle.unsqueeze(-2), dim=-1)
    found: Tensor = (weights * apart).sum(-1)
    return found.mean((0, 2))


@torch.no_grad()
def looked(pooler: Pooler, tokens: Tensor) -> Tensor:
    """[B, heads, queries, N]: where a pooler looks in tokens [B, N, context]."""
    attention = pooler.attention
    keys, _ = attention.keep(pooler.key_norm(tokens))
    width = keys.shape[1] * keys.shape[3]
    query = attention.query(pooler.query_norm(pooler.query)).reshape(-1, attention.heads, width // attention.heads)
    found: Tensor = torch.einsum("qhd,bhnd->bhqn", query, keys) / query.shape[-1] ** 0.5
    return found.softmax(-1)


def figures(backbone: MapTokens, poolers: CascadedPoolers, tokens: Tensor) -> dict[str, float]:
    """Mean over the heads of the generative pooler, and its least and most spread-out head, for cached tokens."""
    weights = looked(poolers.generative, poolers.norm(backbone(tokens)))
    even, apart = entropy(weights), distance(weights)
    return {
        "entropy": float(even.mean()),
        "entropy, lowest head": float(even.min()),
        "entropy, highest head": float(even.max()),
        "distance": float(apart.mean()),
        "distance, nearest head": float(apart.min()),
        "distance, farthest head": float(apart.max()),
    }


def tower(work: Path, photos: int = 64) -> dict[str, dict[str, float]]:
    """The tower's generative pooler before its training and after, on some of the cached pictures of `work`.

    `work` is that of `python -m training vila`. Raises FileNotFoundError without its checkpoint.
    """
    import json

    state = torch.load(work / "pretrain" / "checkpoint.pt", weights_only=True)["average"]
    own = {name.removeprefix("tower."): value for name, value in state.items()}
    embed, query = own["backbone.embed.weight"], own["poolers.generative.query"]
    count = len(json.loads((work / "tokens" / "keys.json").read_text())["keys"])
    side = round(own["backbone.positions"].shape[0] ** 0.5)
    values: NDArray[np.float16] = np.memmap(
        work / "tokens" / "tokens.f16", np.float16, "r", shape=(count, side * side, embed.shape[1])
    )
    rows = np.linspace(0, count - 1, min(photos, count)).astype(int)
    tokens = torch.from_numpy(np.stack([values[row] for row in rows]).astype(np.float32))
    torch.manual_seed(0)
    backbone = MapTokens(Maps(side, embed.shape[1], embed.shape[0]))
    poolers = CascadedPoolers(Poolers(query.shape[0], query.shape[1], _HEADS), embed.shape[0])
    found = {"before": figures(backbone, poolers, tokens)}
    backbone.load_state_dict(_part(own, "backbone."))
    poolers.load_state_dict(_part(own, "poolers."))
    return {**found, "after": figures(backbone, poolers, tokens)}


def _part(state: dict[str, Tensor], prefix: str) -> dict[str, Tensor]:
    return {name.removeprefix(prefix): value for name, value in state.items() if name.startswith(prefix)}
