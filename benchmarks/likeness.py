"""How well bursts are found in two spaces: that of the limits on likeness, and another student's or a tower's.

    python -m benchmarks.likeness --data DIR (--student FILE | --tower FILE) [--kept FOLDER] [--seeds 101 ...]

DIR has biq2021/ with labels.csv, ss01/ and ss03/. The limits' space is that of the starter packs 1.x: name a
student.onnx of theirs with --limits where another is bundled. FILE is a student.onnx or a vision.onnx. Its map
(`likeness` in pack.json) is fitted on ss01's series to learn from, and printed; then pair-F1 of the series, in the
engine's own groups, with the distances as they are and with the map; and the same of synthetic shoots. FOLDER keeps the
embeddings of ss01.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.bursts import FRAMES, in_series, synthetic
from benchmarks.synthetic_shoot import make
from engine.paths import resource
from engine.yardstick import PLAIN, Yardstick
from training.cskd import likeness
from training.cskd.judged import Judged
from training.cskd.targets import Tower, unit
from training.data import biq2021, labelled

Embed = Callable[[NDArray[np.uint8]], NDArray[np.floating]]
Vectors = Mapping[str, NDArray[np.float16]]
WAYS = ("the limits' space", "as it is", "with its map")


def student(file: Path) -> Embed:
    """What a student.onnx gives for [h, w, 3] pixels."""
    judged = Judged.load(file)
    return lambda pixels: judged.outputs([pixels])[1][0]


def tower(file: Path) -> Embed:
    """The same of a vision.onnx, brought to length 1."""
    network = Tower(file)
    return lambda pixels: unit(network.embed(network.prepare(pixels))[None])[0]


def embeddings(photos: biq2021.Photos, load: Callable[[], Embed], kept: Path | None) -> dict[str, NDArray[np.float16]]:
    """By name; those that `kept` has are not computed again."""
    found: dict[str, NDArray[np.float16]] = {}
    if kept is not None and kept.exists():
        with np.load(kept) as arrays:
            found = dict(zip(arrays["names"].tolist(), arrays["e"], strict=True))
    missing = [str(name) for name in photos.names if name not in found]
    embed = load() if missing else None
    for name in missing:
        assert embed is not None
        found[name] = embed(labelled.read(photos.folder / name)).astype(np.float16)
    if kept is not None and missing:
        np.savez(kept, names=np.array(list(found)), e=np.stack(list(found.values())))
    return found


def series(photos: biq2021.Photos, here: Vectors, there: Vectors, yardstick: Yardstick) -> None:
    """Print how well the series of ss01 are found, by split."""
    for split in ("train", "val"):
        own = photos.where(photos.split == split)
        part = [{"image": str(n), "series": str(s)} for n, s in zip(own.names, own.series, strict=True)]
        print(f"ss01 {split}, {len(part)} photos")
        for name, vectors, read in ((WAYS[0], here, PLAIN), (WAYS[1], there, PLAIN), (WAYS[2], there, yardstick)):
            for how, agreed in in_series(part, vectors, read).items():
                print(f"  {name}, {how}: {agreed}")


def shoot(photos: biq2021.Photos, seed: int, here: Embed, there: Embed, yardstick: Yardstick) -> None:
    """Print how well groups and scenes of a synthetic shoot are found."""
    val = photos.where(photos.split == "val")
    distinct, wide = ([val.folder / str(n) for n in val.names[val.subset == name]] for name in ("ss03", "ss01"))
    shots = make(distinct, wide, FRAMES, seed)
    seen, also = ([embed(shot.pixels).astype(np.float16) for shot in shots] for embed in (here, there))
    for name, vectors, read in ((WAYS[0], seen, PLAIN), (WAYS[1], also, PLAIN), (WAYS[2], also, yardstick)):
        print(name)
        synthetic(seed, shots, vectors, read)


def main() -> None:
    """Print the map, and both spaces side by side."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    asked = parser.add_mutually_exclusive_group(required=True)
    asked.add_argument("--student", type=Path)
    asked.add_argument("--tower", type=Path)
    starter = resource("models", "starter", "student.onnx")
    parser.add_argument("--limits", type=Path, default=starter, help="a student.onnx of the limits' space")
    parser.add_argument("--kept", type=Path, help="a folder in which embeddings are kept")
    parser.add_argument("--seeds", type=int, nargs="*", default=[], help="of synthetic shoots")
    options = parser.parse_args()
    photos = biq2021.load(options.data / "biq2021")
    limits = partial(student, options.limits)
    other = partial(student, options.student) if options.student else partial(tower, options.tower)
    found = []
    stand = photos.where(photos.series >= 0)
    for name, load in (("limits", limits), ("other", other)):
        found.append(embeddings(stand, load, None if options.kept is None else options.kept / f"{name}.npz"))
    learn = stand.where(stand.split == "train")
    fitted = likeness.fitted(np.stack([found[1][name] for name in learn.names]), learn.series)
    print(json.dumps(fitted))
    yardstick = Yardstick.from_json(fitted)
    series(stand, found[0], found[1], yardstick)
    for seed in options.seeds:
        shoot(photos, seed, limits(), other(), yardstick)


if __name__ == "__main__":
    main()
