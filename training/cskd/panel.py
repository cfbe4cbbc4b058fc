"""Several late layers that judge side by side, on one trunk."""

from __future__ import annotations

import torch
from torch import Tensor, nn


class Panel(nn.Module):
    """A trunk's map to the judging maps of all members [B, members * channels, h, w], one behind the other.

    Networks that learned in different ways err in different places: the mean of what two say is nearer to people than
    either, and a trunk that both stand on is paid for once.
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
def mean_head(now: nn.Linear, former: nn.Linear, seen: int) -> nn.Linear:
    """The mean of two heads' logits, as one head.

    Each reads what its own layers judge by, and behind that the same `seen` numbers; the one that is returned reads
    what `now` judges by, what `former` judges by, and those numbers.
    """
    own, other = now.in_features - seen, former.in_features - seen
    found = nn.Linear(own + other + seen, now.out_features)
    parts = (now.weight[:, :own], former.weight[:, :other], now.weight[:, own:] + former.weight[:, other:])
    found.weight.copy_(torch.cat(parts, 1) / 2)
    found.bias.copy_((now.bias + former.bias) / 2)
    return found.to(now.weight.device)
