"""Several late layers that judge side by side, on one trunk."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn


class Panel(nn.Module):
    """A trunk's map to the judging maps of all members [B, members * channels, h, w], one behind the other.

    Networks that learned in different ways err in different places: the mean of what they say can be nearer to people
    than any, and a trunk that all stand on is paid for once.
    """

    def __init__(self, *members: nn.Module) -> None:
        """`members` take the same map and give as many channels each."""
        super().__init__()
        self.members = nn.ModuleList(members)

    def forward(self, early: Tensor) -> Tensor:
        return torch.cat([member(early) for member in self.members], 1)


def seats(judging: nn.Module | None) -> int:
    """How many judge: 0 where nothing judges apart."""
    if judging is None:
        return 0
    return len(judging.members) if isinstance(judging, Panel) else 1


@torch.no_grad()
def mean_head(heads: Sequence[nn.Linear], seen: int) -> nn.Linear:
    """The mean of the logits of some heads, as one head.

    Each reads what its own layers judge by, and behind that the same `seen` numbers; the one that is returned reads
    what all of them judge by, one behind the other, and those numbers.
    """
    own = [head.weight[:, :-seen] for head in heads]
    shared = torch.stack([head.weight[:, -seen:] for head in heads]).sum(0)
    weight = torch.cat([*own, shared], 1) / len(heads)
    found = nn.Linear(weight.shape[1], weight.shape[0]).to(weight.device)
    found.weight.copy_(weight)
    found.bias.copy_(torch.stack([head.bias for head in heads]).mean(0))
    return found
