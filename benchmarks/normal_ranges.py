"""The ranges of the readings on photos that people rated well: where `normal` of engine/sight/reading.py comes from.

    python -m benchmarks.normal_ranges --data DIR [--subset NAME] [--split NAME] [--least-mos X] [--photos N]
    python -m benchmarks.normal_ranges --large DIR

--data: DIR holds labels.csv (columns image, split, mos) and the images it names. Prints, a line for each reading, the
5th, 50th and 95th percentile.
--large: DIR is a shoot. Prints how sharpness falls with size: of each picture of at least 1,500 pixels its sharpness,
that of the same picture at 256 pixels, and the power of the long edge that leads from the one to the other. Then the
percentiles over the same pictures of what cannot be measured on small ones.
"""

from __future__ import annotations

import argparse
import csv
from dataclasses import replace
from itertools import islice
from pathlib import Path

import cv2
import numpy as np

from engine.files import decode, shoot
from engine.sight import close_up, reading, subject, subject_reading
from engine.types import Photo

PERCENTILES = (5, 50, 95)
LARGE, SMALL = 1500, 256
"""Long edges, pixels."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--data", type=Path)
    source.add_argument("--large", type=Path)
    parser.add_argument(
        "--least-mos", type=float, default=0.7, help="mean opinion score, 0-1, from which a photo counts"
    )
    parser.add_argument("--split", default="train")
    parser.add_argument("--subset", default="ss03", help="folder below DIR: photos of one size")
    parser.add_argument("--photos", type=int, default=2000)
    options = parser.parse_args()
    if options.large:
        _print_falls(options.large)
    else:
        _print_ranges(options)


def _print_ranges(options: argparse.Namespace) -> None:
    paths = _well_rated(options.data, options.subset, options.split, options.least_mos)
    values: dict[str, list[float]] = {}
    for path in islice(paths, options.photos):
        frame = decode.open(Photo(path, (path,), shoot.stamp(path)))
        found = reading.measure(frame)
        of_subject = subject_reading.from_tiles(found.tiles, subject.found(None, found.tiles))
        for name, measured in (*found.readings.items(), *of_subject.items()):
            values.setdefault(name, []).append(measured.value)
    print(f"{len(values['sharpness'])} photos")
    for name, found in values.items():
        _print_percentiles(name, found)


def _print_percentiles(name: str, found: list[float]) -> None:
    print(f"{name:22}", *(f"{value:9.3f}" for value in np.percentile(found, PERCENTILES)))


def _print_falls(folder: Path) -> None:
    motions, full_sharpness = [], []
    for photo in shoot.read([folder]).photos:
        frame = decode.open(photo)
        edge = max(frame.pixels.shape[:2])
        if edge < LARGE:
            continue
        size = [max(1, round(side * SMALL / edge)) for side in frame.pixels.shape[1::-1]]
        small = replace(frame, pixels=cv2.resize(frame.pixels, size, interpolation=cv2.INTER_AREA))
        measured = reading.measure(frame)
        motions.append(measured.readings["motion"].value)
        whole = decode.full(photo)
        if whole.scale == 1:
            full_sharpness.append(close_up.sharpness(whole.pixels, subject.found(None, measured.tiles).region))
        native, shrunk = (reading.measure(one).readings["sharpness"].value for one in (frame, small))
        if native > 0 and shrunk > 0:
            power = np.log(shrunk / native) / np.log(edge / SMALL)
            print(f"{photo.path.name:24} {edge:5} px {native:7.1f}   {SMALL} px {shrunk:7.1f}   power {power:6.2f}")
    print(f"{len(motions)} photos, {len(full_sharpness)} of them with every pixel")
    _print_percentiles("motion", motions)
    _print_percentiles(close_up.NAME, full_sharpness)


def _well_rated(data: Path, subset: str, split: str, least_mos: float) -> list[Path]:
    with (data / "labels.csv").open(newline="") as table:
        return [
            data / row["image"]
            for row in csv.DictReader(table)
            if row["image"].startswith(f"{subset}/") and row["split"] == split and float(row["mos"]) >= least_mos
        ]


if __name__ == "__main__":
    main()
