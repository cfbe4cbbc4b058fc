"""JPEGs as a 24-megapixel camera writes them: the benchmarks' material, made on the spot.

Run as a program, it prints the mean size of a file in bytes.
"""

from __future__ import annotations

import argparse
import struct
from datetime import datetime, timedelta
from pathlib import Path

import cv2
import numpy as np
import simplejpeg
from numpy.typing import NDArray
from PIL import Image

DISTINCT = 4
"""Pictures that are really drawn; the others carry the same pixels under another comment and capture time."""
QUALITY = 90
GRAIN = 5.7
"""Standard deviation of the sensor noise, of 255; together with QUALITY it makes 6000 x 4000 pixels some 6.5 MB."""
START = datetime(2026, 5, 1, 9, 0, 0)


def make(folder: Path, count: int, size: tuple[int, int] = (6000, 4000), first: int = 0) -> int:
    """Write `count` JPEGs of `size` (width, height), no two alike in their bytes. Returns the mean size in bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    bodies = [encoded(seed, size) for seed in range(DISTINCT)]
    total = 0
    for number in range(first, first + count):
        data = _with_exif(bodies[number % DISTINCT], number)
        (folder / f"IMG_{number:05}.JPG").write_bytes(data)
        total += len(data)
    return total // count


def encoded(seed: int, size: tuple[int, int]) -> bytes:
    """One picture as a bare JPEG, 4:2:0 as most cameras write it."""
    return bytes(simplejpeg.encode_jpeg(_picture(seed, size), QUALITY, colorspace="RGB", colorsubsampling="420"))


def _picture(seed: int, size: tuple[int, int]) -> NDArray[np.uint8]:
    """Structure of every size, as in nature (amplitude falls with frequency), in colour, under sensor noise."""
    width, height = size
    random = np.random.default_rng(seed)
    total = np.zeros((height, width, 3), np.float32)
    cells = 4
    while cells < width:
        grid = random.normal(size=(max(2, cells * height // width), cells, 3)).astype(np.float32)
        grid = 0.35 * grid + 0.65 * grid.mean(axis=2, keepdims=True)
        total += cv2.resize(grid, (width, height), interpolation=cv2.INTER_CUBIC) * (36.0 / cells**0.42)
        cells *= 3
    total += random.normal(scale=GRAIN, size=(height, width, 1)).astype(np.float32)
    return np.ascontiguousarray(np.clip(total + 118.0, 0, 255).astype(np.uint8))


def _with_exif(data: bytes, number: int) -> bytes:
    """The JPEG with EXIF in front: three frames a second in bursts of five, one body."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0112] = "Chinagraph", "Benchmark", 1
    details = exif.get_ifd(0x8769)
    moment = START + timedelta(seconds=20 * (number // 5) + number % 5 / 3)
    details[0x9003] = moment.strftime("%Y:%m:%d %H:%M:%S")
    details[0x9291] = f"{moment.microsecond // 1000:03}"
    details[0xA431] = "0042"
    details[0x9286] = b"ASCII\0\0\0" + f"frame {number}".encode()
    payload = exif.tobytes()
    return data[:2] + b"\xff\xe1" + struct.pack(">H", len(payload) + 2) + payload + data[2:]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("count", type=int)
    parser.add_argument("--size", type=int, nargs=2, default=(6000, 4000), metavar=("WIDTH", "HEIGHT"))
    parser.add_argument("--first", type=int, default=0, help="number of the first frame")
    options = parser.parse_args()
    print(make(options.folder, options.count, tuple(options.size), options.first))
