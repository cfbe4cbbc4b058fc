"""The student as torch sees it: a backbone, a ten-bin head, and the teacher's bins as a second task while training."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from engine.types import EMBEDDING_SIZE
from training.cskd.mobilenet import FEATURES, MobileNetV2

IMAGENET_SIZE = 224
"""Width and height, pixels, that the ImageNet network was trained at."""


class Student(nn.Module):
    """[B, 3, S, S] to distributions over the ten scores."""

    def __init__(self, backbone: MobileNetV2, dropout: float = 0.2) -> None:
        super().__init__()
        self.backbone = backbone
        self.dropout = nn.Dropout(dropout)
        self.people = nn.Linear(FEATURES, 10)
        self.teacher = nn.Linear(FEATURES, 10)

    def features(self, x: Tensor) -> Tensor:
        """[B, 1280], pooled."""
        last: Tensor = self.backbone(x)
        return last.mean((2, 3)).float()

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """(what people would say, what the teacher would say), each [B, 10] and summing to 1."""
        features = self.dropout(self.features(x))
        return self.people(features).float().softmax(1), self.teacher(features).float().softmax(1)


class Exported(nn.Module):
    """What student.onnx holds, of the same pixels: distribution [B, 10], embedding [B, 512], attention [B, S/32, S/32].

    The embedding comes from the untouched ImageNet network. Learning to judge makes the student forget what is in a
    photo: its own features tell the frames of one subject from other subjects far worse (docs/models.md has figures).
    Attention is the length of the student's own last features from place to place, its largest 1: what it judged by.
    """

    def __init__(self, student: Student, imagenet: MobileNetV2, components: Tensor, centre: Tensor, size: int) -> None:
        """`components` [512, 1280], `centre` [1280]: the PCA of ImageNet features of training photos; `size`: of x."""
        super().__init__()
        if components.shape != (EMBEDDING_SIZE, FEATURES):
            raise ValueError(f"components are {tuple(components.shape)}, not {(EMBEDDING_SIZE, FEATURES)}")
        self.student = student
        self.imagenet = imagenet
        self.shrinks = size > IMAGENET_SIZE
        self.project = nn.Linear(FEATURES, EMBEDDING_SIZE)
        with torch.no_grad():
            self.project.weight.copy_(components)
            self.project.bias.copy_(-components @ centre)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """(distribution, embedding, attention)."""
        small = nn.functional.interpolate(x, (IMAGENET_SIZE, IMAGENET_SIZE), mode="bilinear") if self.shrinks else x
        embedding = nn.functional.normalize(self.project(self.imagenet(small).mean((2, 3))), dim=1)
        last = self.student.backbone(x)
        length = torch.linalg.vector_norm(last, dim=1)
        attention = length / length.amax((1, 2), keepdim=True).clamp_min(1e-6)
        return self.student.people(last.mean((2, 3))).softmax(1), embedding, attention
