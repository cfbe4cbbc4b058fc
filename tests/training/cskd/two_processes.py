"""A tiny alignment; run as a script under Accelerate's launcher, one of several processes of it."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch

from engine.models.preprocess import Preprocess
from tests.training.cskd import made
from training.cskd import align
from training.cskd.branched import Aligned
from training.data.mixture import Mixture

HOW = replace(made.ALIGN, epochs=2, batch=8, relational=0.0)
PICTURES, DIMENSIONS = 16, 6


def network() -> Aligned:
    torch.manual_seed(4)
    return Aligned(made.tiny("", None, Path(), None), DIMENSIONS)


def batches(process: int = 0, processes: int = 1) -> align.Batches:
    """Sixteen pictures of noise, each with a target that its colours tell."""
    targets = np.stack([made.noise(row, 8).reshape(-1, 3).mean(0) for row in range(PICTURES)])
    targets = np.concatenate([targets - 127, 127 - targets[:, ::-1]], 1).astype(np.float16)
    mixture = Mixture((np.arange(PICTURES),), (1.0,), HOW.batch, seed=1)
    return align.Batches(lambda row: made.noise(row, 8), targets, mixture, Preprocess(size=32), process, processes)


def main(folder: Path) -> None:
    """Align as this process's part of all of them."""
    from accelerate import Accelerator

    accelerator = Accelerator(cpu=True)
    own = batches(accelerator.process_index, accelerator.num_processes)
    align.align(network(), own, HOW, folder, lambda _: {}, accelerator=accelerator)
    accelerator.end_training()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
