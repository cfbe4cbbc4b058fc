"""Where attention looks: how far, and how evenly, which says whether heads have collapsed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

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
    places = _places(round(weights.shape[-1] ** 0.5))
    middle = weights @ places
    apart = torch.linalg.vector_norm(places - middle.unsqueeze(-2), dim=-1)
    found: Tensor = (weights * apart).sum(-1)
    return found.mean((0, 2))


def reach(weights: Tensor) -> Tensor:
    """[heads] of self-attention [B, heads, side^2, side^2]: mean distance from a query's own place to where it looks,
    in shares of the picture's side (mean attention distance, Dosovitskiy et al., arXiv 2010.11929, D.7).
    """
    places = _places(round(weights.shape[-1] ** 0.5))
    found: Tensor = (weights * torch.cdist(places, places)).sum(-1)
    return found.mean((0, 2))


def _places(side: int) -> Tensor:
    """[side^2, 2]: middles of the places of a map, in shares of its side."""
    line = (torch.arange(side) + 0.5) / side
    y, x = torch.meshgrid(line, line, indexing="ij")
    return torch.stack([x.flatten(), y.flatten()], 1)


@torch.no_grad()
def self_attention(network: nn.Module, inputs: Tensor) -> list[Tensor]:
    """Attention [B, heads, side^2, side^2] of each layer of a transformer of timm or open_clip over `inputs`.

    Among places of the picture: what goes to class tokens and registers, and comes from them, is left out. Empty for a
    network without plain global self-attention.
    """
    found: list[Tensor] = []
    queries: dict[nn.Module, Tensor] = {}

    def timms(layer: Any) -> list[torch.utils.hooks.RemovableHandle]:
        def keys(_: nn.Module, __: object, got: Tensor) -> None:
            found.append((queries.pop(layer) * layer.scale @ got.transpose(-2, -1)).softmax(-1))

        def query(_: nn.Module, __: object, got: Tensor) -> None:
            queries[layer] = got

        return [layer.q_norm.register_forward_hook(query), layer.k_norm.register_forward_hook(keys)]

    def torchs(layer: nn.MultiheadAttention, given: tuple[Tensor, ...], named: dict[str, Tensor]) -> None:
        x = given[0] if given else named["query"]
        found.append(_multihead(layer, x if layer.batch_first else x.transpose(0, 1)))

    hooks = []
    for layer in network.modules():
        if isinstance(layer, nn.MultiheadAttention):
            hooks.append(layer.register_forward_pre_hook(torchs, with_kwargs=True))
        # By name: its relatives in timm turn queries (RoPE), or add to the products, after they were brought to length.
        elif type(layer).__name__ == "Attention" and hasattr(layer, "q_norm"):
            hooks += timms(layer)
    if not hooks:
        return []
    try:
        network(inputs)
    finally:
        for hook in hooks:
            hook.remove()
    return [_among_places(weights.float().cpu()) for weights in found]


def _multihead(layer: nn.MultiheadAttention, x: Tensor) -> Tensor:
    """[B, heads, N, N] of tokens x [B, N, D]."""
    projected = functional.linear(x, layer.in_proj_weight, layer.in_proj_bias)
    q, k, _ = projected.reshape(*x.shape[:2], 3, layer.num_heads, layer.head_dim).permute(2, 0, 3, 1, 4)
    weights: Tensor = q @ k.transpose(-2, -1) / layer.head_dim**0.5
    return weights.softmax(-1)


def _among_places(weights: Tensor) -> Tensor:
    side = int(weights.shape[-1] ** 0.5)
    own = weights[..., -(side**2) :, -(side**2) :]
    return own / own.sum(-1, keepdim=True)


def of_learner(network: nn.Module, inputs: Tensor) -> dict[str, float]:
    """How evenly and how far a transformer looks at `inputs`: means over its layers and heads, and the extreme heads.

    Nothing for a network without global self-attention.
    """
    layers = self_attention(network, inputs)
    if not layers:
        return {}
    even, far = torch.cat([entropy(each) for each in layers]), torch.cat([reach(each) for each in layers])
    return {
        "attention_entropy": float(even.mean()),
        "attention_entropy_lowest": float(even.min()),
        "attention_entropy_highest": float(even.max()),
        "attention_distance": float(far.mean()),
        "attention_distance_nearest": float(far.min()),
        "attention_distance_farthest": float(far.max()),
    }


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
