"""Which way round a picture is judged: always with its brighter side on the right, so that its mirror scores the same.

A network that has seen mirrored photos all its training still tells a photo from its mirror by tenths of a point.
Averaging both would cost a second look at every photo; turning all of them one way costs nothing (canonicalisation,
Kaba et al., arXiv 2211.06489).
"""

from __future__ import annotations

import torch
from torch import Tensor


def to_the_left(x: Tensor) -> Tensor:
    """[B] whether the left of pictures [B, 3, H, W] is the brighter side: whether the moment of brightness about the
    middle column is below 0. Of a picture and its mirror it is one, and neither where both are alike.
    """
    columns = torch.linspace(-1, 1, x.shape[3], dtype=torch.float32, device=x.device)
    return (x.float().mean((1, 2)) * columns).sum(1) < 0


def turned(x: Tensor, which: Tensor) -> Tensor:
    """`x` [B, ..., W], mirrored where `which` [B] says so; twice is `x` again."""
    where = which.reshape(-1, *[1] * (x.ndim - 1))
    return torch.where(where, x.flip(-1), x)


def one_way(x: Tensor) -> Tensor:
    """Pictures [B, 3, H, W] with the brighter side of each on the right."""
    return turned(x, to_the_left(x))
