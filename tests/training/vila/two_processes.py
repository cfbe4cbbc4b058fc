"""A tiny pretraining; run as a script under Accelerate's launcher, one of several processes of it."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import torch

from training.loop import Schedule
from training.vila.config import Config, Maps, Poolers, Text
from training.vila.model import CoCa
from training.vila.pretrain import Batches, Captions, Learner, pretrain

CONFIG = Config(
    Maps(side=2, channels=6, width=16), Poolers(3, 16, 2), Text(20, 6, 16, 2, unimodal=1, multimodal=1, projected=True)
)
SCHEDULE = Schedule(epochs=2, rate=5e-3, head_rate=5e-3, warm_up=2, average=0.5, bfloat16=False)
PICTURES, SIZE = 16, 8


def learner() -> Learner:
    torch.manual_seed(4)
    made = Learner(CoCa(CONFIG))
    made.quality[0] = torch.nn.Identity()  # no dropout: it would be drawn apart in each process
    return made


def batches(process: int = 0, processes: int = 1) -> Batches:
    """Sixteen pictures, `kind` their number, each with a caption of its own; all captions are equally long."""
    random = np.random.default_rng(0)
    inputs = random.standard_normal((PICTURES, 4, 6)).astype(np.float32)
    ids = np.concatenate(
        [np.full((PICTURES, 1), 1), random.integers(3, 20, (PICTURES, 4)), np.full((PICTURES, 1), 2)], 1
    )
    captions = Captions(ids, np.full(PICTURES, 6))
    return Batches(
        lambda rows: torch.from_numpy(inputs[rows]),
        [captions],
        np.full(PICTURES, np.nan, np.float32),
        np.arange(PICTURES),
        SIZE,
        process=process,
        processes=processes,
    )


def main(folder: Path) -> None:
    """Train as this process's part of all of them."""
    from accelerate import Accelerator

    accelerator = Accelerator(cpu=True)
    own = batches(accelerator.process_index, accelerator.num_processes)
    pretrain(learner(), own, SCHEDULE, folder, lambda _: {}, accelerator)
    accelerator.end_training()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
