"""What student.onnx of a distilled student holds."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
import torch
from torch import Tensor, nn

from engine.models.device import Network
from engine.models.pack import STUDENT
from engine.types import EMBEDDING_SIZE
from training.cskd import facing
from training.cskd.branched import Branched, normalised
from training.cskd.calibration import Calibration, Predictive
from training.cskd.familiarity import Familiarity, Strangeness, traits
from training.cskd.looks import Looks
from training.pack import OUTPUTS as BASE
from training.pack import to_onnx
from training.vila.export import halved

Module = TypeVar("Module", bound=nn.Module)
OUTPUTS = (*BASE, "strangeness")
"""distribution [batch, 10], embedding [batch, 512], attention [batch, rows, columns], strangeness [batch]."""
TOLERANCES = (1e-4, 1e-4, 1e-4, 1e-2)
"""Largest difference of each output between the file and torch. Strangeness divides by variances that are small."""
_LARGE = 1024
"""Numbers from which a tensor is stored in half precision."""


class Exported(nn.Module):
    """Pixels [B, 3, S, S] to the four outputs, from one trunk.

    The distribution has the student's mean and a calibrated, predictive spread; the embedding lies in the tower's
    space; attention is the length of the last judging map from place to place, its largest 1; strangeness above 1 means
    a picture unlike those it learned from.
    """

    def __init__(
        self, student: Branched, calibration: Calibration, known: Familiarity, looks: Looks | None = None
    ) -> None:
        """`looks`: how pictures look, taken over from the tower; None for a student that learned all of its embedding.

        Raises ValueError if the student's space has another number of dimensions than the engine's.
        """
        super().__init__()
        last = student.project[-1]
        assert isinstance(last, nn.Linear)
        if last.out_features != EMBEDDING_SIZE:
            raise ValueError(f"The target's space has {last.out_features} dimensions, a pack's has {EMBEDDING_SIZE}.")
        self.student = student
        self.predictive = Predictive(calibration)
        self.strangeness = Strangeness(known)
        self.looks = looks

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """(distribution, embedding, attention, strangeness)."""
        turned = facing.to_the_left(x)
        early, judged, seen = self.student.maps(facing.turned(x, turned))
        features, embedding = self.student.heads(judged, seen)
        if self.looks is not None:
            embedding = self.looks(x, embedding)
        distribution = self.predictive(self.student.people(features).softmax(1))
        length = (judged**2).sum(1).sqrt()
        attention = facing.turned(length, turned) / length.amax((1, 2), keepdim=True).clamp_min(1e-6)
        return distribution, normalised(embedding), attention, self.strangeness(traits(early))


@torch.no_grad()
def rounded(network: Module) -> Module:
    """A network with its large weights as a file in half precision has them: before anything is fitted to it."""
    for values in (*network.parameters(), *network.buffers()):
        if values.is_floating_point() and values.numel() >= _LARGE:
            values.copy_(values.half().float())
    return network


@torch.no_grad()
def differences(exported: Exported, model: bytes, inputs: Tensor) -> dict[str, float]:
    """Largest absolute difference of each output between torch and the file. Raises ValueError beyond TOLERANCES."""
    got = Network(STUDENT, model, {"pixels": inputs[:1].numpy()}, "cpu").run({"pixels": inputs.numpy()})
    found = {
        name: float(np.abs(expected.numpy() - given).max())
        for name, expected, given in zip(OUTPUTS, exported.eval()(inputs), got, strict=True)
    }
    for (name, off), allowed in zip(found.items(), TOLERANCES, strict=True):
        if off > allowed:
            raise ValueError(f"{STUDENT}: ONNX and torch differ by {off:.1e} in {name}, more than {allowed:.0e}.")
    return found


def to_file(exported: Exported, size: int) -> bytes:
    """student.onnx: `pixels` [batch, 3, size, size] to OUTPUTS; large weights in half, arithmetic in single."""
    return halved(to_onnx(exported.eval(), torch.zeros(2, 3, size, size), "pixels", OUTPUTS))
