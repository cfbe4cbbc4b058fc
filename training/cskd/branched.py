"""The student as torch sees it: one trunk, late layers that judge and late layers that see, in the target's space."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.cskd import facing
from training.cskd.backbones import Backbone
from training.cskd.panel import Panel, mean_head, seats

_HIDDEN = 768
"""Width of the projector between pooled features and the target's space."""


class Aligned(nn.Module):
    """A network and a projector: pixels [B, 3, S, S] in -1..1 to embeddings [B, D], un-normalised."""

    def __init__(self, backbone: Backbone, dimensions: int) -> None:
        """`dimensions` of the target's space."""
        super().__init__()
        self.trunk = backbone.trunk
        self.late = backbone.late
        self.project = nn.Sequential(nn.Linear(backbone.features, _HIDDEN), nn.GELU(), nn.Linear(_HIDDEN, dimensions))
        # Nothing here looks through them: they wait for the student.
        self.judging = backbone.judging
        self.head = backbone.head

    def features(self, x: Tensor) -> Tensor:
        """[B, features], pooled."""
        last: Tensor = self.late(self.trunk(x))
        return last.mean((2, 3)).float()

    def forward(self, x: Tensor) -> Tensor:
        features = self.features(x)
        with torch.autocast(x.device.type, enabled=False):
            embedding: Tensor = self.project(features)
        return embedding


class Judge(NamedTuple):
    """What judged: late layers, and the heads that read scores off them and off what is seen."""

    judging: nn.Module
    people: nn.Linear
    teacher: nn.Linear


class Said(NamedTuple):
    """What a student says of a batch."""

    people: Tensor
    """[B, 10]: how people's scores would lie; sums to 1."""
    teacher: Tensor
    """[B, 10]: what the NIMA teacher would say; sums to 1."""
    embedding: Tensor
    """[B, D], un-normalised."""


class Branched(nn.Module):
    """One trunk; `judging` leads to scores, `seeing` to the embedding. What is learned late for one does not undo the
    other, at less than the price of two networks. With `doubled` false both are the same layers.
    """

    def __init__(self, aligned: Aligned, doubled: bool = True, dropout: float = 0.2) -> None:
        """Takes the layers of `aligned` over. `judging` begins as a copy of its late ones where none judged before."""
        super().__init__()
        self.trunk = aligned.trunk
        self.seeing = aligned.late
        self.project = aligned.project
        doubled = doubled and any(True for _ in aligned.late.parameters())
        self.judging = (aligned.judging or copy.deepcopy(aligned.late)) if doubled else None
        width = self._seen * (1 + seats(self.judging))
        self.dropout = nn.Dropout(dropout)
        self.people = nn.Linear(width, 10)
        self.teacher = nn.Linear(width, 10)
        if aligned.head is not None:
            self._judge_as(aligned.head)

    @property
    def _seen(self) -> int:
        """Numbers that are seen of a picture; each that judges gives as many."""
        first = self.project[0]
        assert isinstance(first, nn.Linear)
        return first.in_features

    @torch.no_grad()
    def _judge_as(self, head: nn.Linear) -> None:
        """Begin with the judgement of `head`; what it does not look at counts nothing yet."""
        self.people.weight.zero_()
        self.people.weight[:, : head.in_features] = head.weight
        self.people.bias.copy_(head.bias)

    @torch.no_grad()
    def judge_anew(self, late: nn.Module, typical: Tensor) -> Judge:
        """Judge by other late layers, and by heads that know nothing yet but how people's scores lie on the whole
        (`typical` [10], sums to 1): a head that begins anywhere leads the layers behind it astray before it arrives.

        Returns what judged until now. Raises ValueError where what judges is not apart from what sees.
        """
        if self.judging is None:
            raise ValueError("This student judges and sees by the same layers. Leave `judging` out of its stages.")
        former = Judge(self.judging, self.people, self.teacher)
        width = self._seen + self._seen * seats(late)
        self.judging, self.people, self.teacher = late, nn.Linear(width, 10), nn.Linear(width, 10)
        for head in (self.people, self.teacher):
            head.weight.zero_()
            head.bias.copy_(typical.clamp_min(1e-4).log())
        return former

    def judge_beside(self, former: Sequence[Judge]) -> None:
        """Let those that judged before judge beside what does now: the mean of their logits."""
        assert self.judging is not None
        all_of_them = [Judge(self.judging, self.people, self.teacher), *former]
        self.judging = Panel(*(judge.judging for judge in all_of_them))
        self.people = mean_head([judge.people for judge in all_of_them], self._seen)
        self.teacher = mean_head([judge.teacher for judge in all_of_them], self._seen)

    def maps(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """(trunk's map, judging map, seeing map), each [B, channels, h, w]; the last two are one where not doubled."""
        early: Tensor = self.trunk(x)
        seen: Tensor = self.seeing(early)
        judged: Tensor = seen if self.judging is None else self.judging(early)
        return early, judged, seen

    def heads(self, judged: Tensor, seen: Tensor) -> tuple[Tensor, Tensor]:
        """(features [B, width] that are judged by, embedding [B, D] un-normalised) of the two late maps."""
        looked = seen.mean((2, 3))
        both = looked if self.judging is None else torch.cat([judged.mean((2, 3)), looked], 1)
        return both, self.project(looked)

    def forward(self, x: Tensor) -> Said:
        # It learns from photos either way round, and is asked about one.
        _, judged, seen = self.maps(x if self.training else facing.one_way(x))
        # Ten numbers and an embedding cost nothing in single precision; in bfloat16 scores would move in steps.
        with torch.autocast(x.device.type, enabled=False):
            features, embedding = self.heads(judged.float(), seen.float())
            features = self.dropout(features)
            return Said(self.people(features).softmax(1), self.teacher(features).softmax(1), embedding)


def is_new(name: str) -> bool:
    """Whether a parameter of this name starts from nothing."""
    return name.split(".")[0] in {"people", "teacher", "project"}


def normalised(embedding: Tensor) -> Tensor:
    """[B, D] of length 1."""
    return functional.normalize(embedding, dim=1)
