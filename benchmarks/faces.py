"""CPU time of finding faces, the eyes included, beside that of decoding: python -m benchmarks.faces [--pack DIR].

The pictures are as a 24-megapixel photo is at half scale, 3000 x 2000, with no face, one, a group and a crowd:
scikit-image's photograph of an astronaut, put on noise.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from skimage import data

from engine import paths
from engine.models.face_detector import FACES, FaceDetector, letterbox
from engine.models.faces import FILES, Faces
from engine.models.squares import Source

_REPEATS = 15


def main() -> None:
    """Print the milliseconds of each part."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pack", type=Path, default=paths.resource("models", "starter"), metavar="DIR")
    folder = parser.parse_args().pack
    cv2.setNumThreads(1)
    faces = Faces.of(lambda name: (folder / name).read_bytes(), folder)
    print(f"{sum((folder / name).stat().st_size for name in FILES) / 1e6:.2f} MB")
    detector = FaceDetector(FACES, (folder / FACES).read_bytes())
    plain = picture(0)
    print(f"bringing 3000 x 2000 to the input: {milliseconds(lambda: letterbox(Source(plain))):.1f} ms")
    print(f"detector alone: {milliseconds(lambda: detector.detect(Source(plain), 0.25)):.1f} ms")
    for count in (0, 1, 6, 60):
        pixels = picture(count)
        found = len(faces.find(pixels))
        print(f"{count} faces put in, {found} found: {milliseconds(lambda p=pixels: faces.find(p)):.1f} ms")


def picture(count: int) -> NDArray[np.uint8]:
    """[2000, 3000, 3]: noise with so many astronauts."""
    pixels = np.random.default_rng(0).integers(90, 160, (2000, 3000, 3), dtype=np.uint8)
    if count:
        columns = int(np.ceil(np.sqrt(count * 1.5)))
        side = min(3000 // columns, 2000 // -(-count // columns))
        small = cv2.resize(data.astronaut(), (side, side), interpolation=cv2.INTER_CUBIC)
        for i in range(count):
            y, x = (v * side for v in divmod(i, columns))
            pixels[y : y + side, x : x + side] = small
    return pixels


def milliseconds(run: Callable[[], object]) -> float:
    """CPU time of one call, the median of some."""
    run()
    times = []
    for _ in range(_REPEATS):
        start = time.process_time()
        run()
        times.append(1000 * (time.process_time() - start))
    return float(np.median(times))


if __name__ == "__main__":
    main()
