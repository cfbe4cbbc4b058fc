"""The control on frozen networks learns from labels what they see, and keeps what it has looked up."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torch import nn

from training import ridge
from training.data.labelled import Labelled
from training.evaluate import correlation


def test_it_finds_in_frozen_networks_what_people_said(photos: Labelled, tmp_path: Path) -> None:
    torch.manual_seed(0)
    # Photos are noise, more or less blurred: rectified differences of neighbours tell it.
    frozen: ridge.Frozen = {
        "first.tflite": (nn.Sequential(nn.Conv2d(3, 8, 3, 2), nn.ReLU()), 8),
        "second.tflite": (nn.Sequential(nn.Conv2d(3, 4, 3, 2), nn.ReLU()), 4),
    }
    learn, val = photos.where(photos.split == "train"), photos.where(photos.split == "val")
    found = ridge.scores(frozen, learn, val, tmp_path)
    assert found.shape == (len(val),) and found.dtype == np.float32
    for subset in ("ss01", "ss03"):
        own = val.subset == subset
        assert correlation(found[own], val.mos[own], "srcc") > 0.7
    for network, _ in frozen.values():
        nn.init.zeros_(network[0].weight)
    assert np.array_equal(ridge.scores(frozen, learn, val, tmp_path), found), "nothing is looked up twice"
    told_wrong = Labelled(learn.paths, learn.subset, learn.series, learn.split, learn.people[::-1], learn.teacher)
    assert not np.array_equal(ridge.scores(frozen, told_wrong, val, tmp_path), found)
