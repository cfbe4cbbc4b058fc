"""The photos that faces are learned from, with YuNet's labels, and those they are judged on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image

from engine.models.preprocess import Preprocess
from training.cskd.mobilenet import MobileNetV2, load_imagenet
from training.data import biq2021, twins
from training.faces import pseudo_labels
from training.faces.pseudo_labels import Labels, Pixels, YuNet

_IMAGENET = "mobilenet_v2_1.0_224_imagenet.tflite"
_DEVELOPMENT = 0.08
"""Share of the photos of train, by whole series, that nothing is learned from: what is chosen, is chosen on them."""
_STATED = 20261121


@dataclass(frozen=True, slots=True, eq=False)
class Labelled:
    """Photos and their faces, row by row."""

    pixels: Sequence[Pixels]
    labels: Sequence[Labels]

    def __len__(self) -> int:
        return len(self.pixels)


@dataclass(frozen=True, slots=True, eq=False)
class Splits:
    """Three parts of the photos; no photo of one nearly equals one of another."""

    learn: Labelled
    """Labels of three looks."""
    development: Labelled
    """Labels of one look at 640 px, as in `val`."""
    val: Labelled
    twins: int
    """How many photos of train were left out because they nearly equal one of the other two parts."""


def load(data: Path, teachers: Path, work: Path) -> Splits:
    """Read BIQ2021 at `data`, and label it once; labels and features are kept in `work`.

    Raises FileNotFoundError naming the photo or the teacher that is missing.
    """
    photos = biq2021.load(data)
    features = _features(photos, teachers, work / "features.npy")
    train, val = photos.split == "train", photos.split == "val"
    development = train & _drawn(photos)
    offered = train & ~development
    far = ~twins.of(features, features[val])
    development &= far
    learn = offered & far & ~twins.of(features, features[development])

    def labelled(name: str, rows: NDArray[np.bool_]) -> Labelled:
        pixels = biq2021.decode(photos.where(rows))
        return Labelled(pixels, _labels(pixels, name, teachers, work))

    left_out = int((train & ~learn & ~development).sum())
    return Splits(labelled("learn", learn), labelled("development", development), labelled("val", val), left_out)


def val(data: Path, teachers: Path, work: Path) -> Labelled:
    """The photos of val alone, labelled by one look."""
    photos = biq2021.load(data)
    pixels = biq2021.decode(photos.where(photos.split == "val"))
    return Labelled(pixels, _labels(pixels, "val", teachers, work))


def mirrored(photos: Labelled, teachers: Path, work: Path) -> list[Labels]:
    """What YuNet sees in the mirrored photos of val, as it would stand in the photos themselves."""

    def look() -> Callable[[Pixels], Labels]:
        teacher = YuNet(teachers / pseudo_labels.TEACHER)
        return lambda pixels: teacher.see(pixels, mirrored=True)

    return pseudo_labels.kept(work / "labels-val-mirrored.npz", photos.pixels, look)


def _labels(pixels: Sequence[Pixels], name: str, teachers: Path, work: Path) -> list[Labels]:
    def look() -> Callable[[Pixels], Labels]:
        teacher = YuNet(teachers / pseudo_labels.TEACHER)
        return teacher.teach if name == "learn" else teacher.see

    return pseudo_labels.kept(work / f"labels-{name}.npz", pixels, look)


def _drawn(photos: biq2021.Photos) -> NDArray[np.bool_]:
    """[N]: drawn for development, by whole series."""
    clusters = np.unique(photos.clusters(), return_inverse=True)[1]
    drawn = np.random.default_rng(_STATED).random(int(clusters.max(initial=-1)) + 1) < _DEVELOPMENT
    return np.asarray(drawn[clusters])


@torch.no_grad()
def _features(photos: biq2021.Photos, teachers: Path, kept: Path) -> NDArray[np.float32]:
    """[N, 1280], pooled ImageNet features: what tells twins."""
    if kept.exists():
        return np.asarray(np.load(kept), np.float32)
    network = MobileNetV2()
    load_imagenet(network, teachers / _IMAGENET)
    network.eval().to(memory_format=torch.channels_last)  # type: ignore[call-overload]  # missing in torch's stubs
    preprocess = Preprocess()
    rows = []
    with torch.autocast("cpu", torch.bfloat16):
        for inputs in _batches(photos, preprocess):
            rows.append(network(inputs).float().mean((2, 3)).numpy())
    kept.parent.mkdir(parents=True, exist_ok=True)
    found = np.concatenate(rows)
    np.save(kept, found)
    return found


def _batches(photos: biq2021.Photos, preprocess: Preprocess, size: int = 64) -> Iterator[torch.Tensor]:
    for start in range(0, len(photos), size):
        inputs = []
        for name in photos.names[start : start + size]:
            with Image.open(photos.folder / name) as image:
                inputs.append(preprocess.apply(np.asarray(image.convert("RGB"))))
        yield torch.from_numpy(np.stack(inputs)).contiguous(memory_format=torch.channels_last)
