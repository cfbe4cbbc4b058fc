"""What every cell of the detector should say of a view, and how wrong it is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from training.faces.detector import STRIDES, cells, normalised
from training.faces.pseudo_labels import Labels
from training.faces.views import SIDE, View

_SIZES = ((7.0, 60.0), (40.0, 140.0), (96.0, np.inf))
"""Sizes of faces, pixels, that the cells of each stride answer for; they overlap."""
_NEAR = 1.25
"""How far, in strides, the centre of a face may lie from that of a cell which answers for it."""
_NO_FACE, _FACE = 0.2, 0.8
"""Scores of the teacher that become 0 and 1; those between stay between."""
_SCORE, _BOX, _PLACES = 1.0, 2.0, 2.0
_BETA = 0.03
"""Where the error of a place goes from squared to absolute; in sizes of the face."""


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Views, and for every cell of each what it should say."""

    pixels: Tensor
    """uint8 [B, H, W, 3]"""
    truth: Tensor
    """[B, cells]: how much of a face is there, 0-1."""
    counts: Tensor
    """[B, cells]: 0 where a face is cut off by the edge or too small, and anything may be said."""
    places: Tensor
    """[B, cells, 14]: box and points, in strides from the cell's centre."""
    sizes: Tensor
    """[B, cells]: of the face, in strides."""


def batch(views: list[View]) -> Batch:
    """Views of SIDE x SIDE with their targets."""
    parts = [_targets(view.faces) for view in views]
    arrays = [torch.from_numpy(np.stack(part)) for part in zip(*parts, strict=True)]
    return Batch(torch.from_numpy(np.stack([view.pixels for view in views])), *arrays)


def _targets(faces: Labels) -> tuple[NDArray[np.float32], ...]:
    centres, strides = (tensor.numpy() for tensor in cells(SIDE, SIDE))
    truth, counts = np.zeros(len(centres), np.float32), np.ones(len(centres), np.float32)
    places, sizes = np.zeros((len(centres), 14), np.float32), np.ones(len(centres), np.float32)
    nearest = np.full(len(centres), np.inf)
    for box, points, score in zip(faces.boxes, faces.points, certainty(faces.scores), strict=True):
        if score <= 0:
            continue
        middle, size = (box[:2] + box[2:]) / 2, float(np.sqrt((box[2:] - box[:2]).prod()))
        inside = ((centres > box[:2]) & (centres < box[2:])).all(1)
        if size < _SIZES[0][0] or not ((middle >= 0) & (middle < SIDE)).all():
            counts[inside & (truth == 0)] = 0
            continue
        for stride, (least, most) in zip(STRIDES, _SIZES, strict=True):
            if not least <= size < most:
                continue
            away = np.abs(centres - middle).max(1) / strides
            mine = (strides == stride) & (away < _NEAR) & (away < nearest)
            nearest[mine], truth[mine], counts[mine] = away[mine], score, 1
            sizes[mine] = size / stride
            corners = np.concatenate([box, points.reshape(-1)]) - np.tile(centres[mine], 7)
            places[mine] = corners / stride
    return truth, counts, places, sizes


def certainty(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """The teacher's scores as what is to be learned, 0-1."""
    return np.asarray(np.clip((scores - _NO_FACE) / (_FACE - _NO_FACE), 0, 1), np.float32)


def loss(network: nn.Module, batch: Batch) -> dict[str, Tensor]:
    """Quality focal loss of the scores (arXiv 2006.04388), GIoU of boxes, smooth L1 of boxes and points; weighted."""
    inputs = normalised(batch.pixels).contiguous(memory_format=torch.channels_last)
    said = network(inputs).float()
    logits, said = said[..., 0], said[..., 1:]
    error = functional.binary_cross_entropy_with_logits(logits, batch.truth, reduction="none")
    focal = (batch.truth - logits.sigmoid()).abs().square() * error * batch.counts
    total = batch.truth.sum().clamp(min=1.0)
    answers = batch.truth > 0
    weight = batch.truth[answers]
    got, wanted = said[answers], batch.places[answers]
    boxes = 1 - _giou(got[:, :4], wanted[:, :4])
    away = (got - wanted) / batch.sizes[answers][:, None]
    places = functional.smooth_l1_loss(away, torch.zeros_like(away), beta=_BETA, reduction="none").sum(1)
    return {
        "score": _SCORE * focal.sum() / total,
        "box": _BOX * (weight * boxes).sum() / total,
        "places": _PLACES * (weight * places).sum() / total,
    }


def _giou(boxes: Tensor, others: Tensor) -> Tensor:
    """[N]: generalised intersection over union (arXiv 1902.09630) of corners, row by row."""
    low, high = torch.maximum(boxes[:, :2], others[:, :2]), torch.minimum(boxes[:, 2:], others[:, 2:])
    shared = (high - low).clamp(min=0).prod(1)
    areas = [(b[:, 2:] - b[:, :2]).clamp(min=1e-3).prod(1) for b in (boxes, others)]
    union = areas[0] + areas[1] - shared
    hull = torch.maximum(boxes[:, 2:], others[:, 2:]) - torch.minimum(boxes[:, :2], others[:, :2])
    around = hull.clamp(min=1e-3).prod(1)
    return shared / union - (around - union) / around
