"""CPU time of the readings of a photo, and of each part of them.

Usage: python -m benchmarks.readings [WIDTH HEIGHT]. Draws a noisy scene, 3,000 x 2,000 pixels unless told otherwise
(half scale of 24 megapixels), and prints milliseconds of CPU time: the least of a number of rounds, one thread.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import cv2
import numpy as np

from engine.sight import clipping, colour_cast, light, motion, noise, reading, tiles, tilt
from engine.types import Frame, Metadata
from tests import pictures

ROUNDS = 15


def main(width: int, height: int) -> None:
    """Measure and print."""
    cv2.setNumThreads(1)
    pixels = pictures.scene((width, height), seed=1, noise=2.0, gain_ev=1.5)
    frame = Frame(pixels, 2 * width, 2 * height, "half", "0", Metadata())
    grey = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY))
    detail = tiles.detail(grey)
    coarse = reading.reduced(grey, motion.REDUCED)
    parts: dict[str, Callable[[], object]] = {
        "all readings": lambda: reading.measure(frame),
        "grey": lambda: cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY),
        "detail of the tiles": lambda: tiles.detail(grey),
        "noise": lambda: noise.deviation(grey, detail),
        "levels": lambda: light.levels_of(grey),
        "clipping": lambda: clipping.find(pixels, light.levels_of(grey)),
        "colour cast": lambda: colour_cast.find(pixels),
        "reduced picture": lambda: reading.reduced(grey, motion.REDUCED),
        "tilt": lambda: tilt.find(coarse),
        "motion": lambda: motion.find(grey, coarse, 2.0),
    }
    for name, run in parts.items():
        print(f"{name:20} {_least(run):6.2f} ms")


def _least(run: Callable[[], object]) -> float:
    spent = []
    for _ in range(ROUNDS):
        start = time.process_time()
        run()
        spent.append(time.process_time() - start)
    return 1000 * min(spent)


if __name__ == "__main__":
    main(*(int(side) for side in sys.argv[1:3] or (3000, 2000)))
