"""A look at the photos: all that is measured that a caption may speak of, kept on disk in pieces to go on from."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from tqdm import tqdm

from engine import atomic
from engine.models.pack import Pack
from engine.models.preprocess import Preprocess
from engine.models.student import Student
from engine.sight import reading, subject, subject_reading
from engine.types import Frame, Metadata, Reading
from training.cskd.mobilenet import MobileNetV2, load_imagenet
from training.faces import pseudo_labels
from training.faces.pseudo_labels import YuNet
from training.vila import palette

IMAGENET = "mobilenet_v2_1.0_224_imagenet.tflite"
READINGS = (
    "sharpness", "exposure", "contrast", "clipping_high", "clipping_low", "noise", "cast_green_magenta",
    "cast_blue_yellow", "tilt", "motion", "subject_sharpness", "subject_exposure",
)  # fmt: skip
_MAP = 16
"""Side of the maps that are kept of a photo."""
_PIECE = 200
"""Photos after which what was measured is written."""
_FACES = 3
_FACE_EDGE = 384
_Pixels = NDArray[np.uint8]
Columns = dict[str, NDArray[np.generic]]
"""What was measured, by name; one row a photo."""


@dataclass(frozen=True, slots=True, eq=False)
class Looks:
    """What was measured of some photos, row by row."""

    rows: Mapping[str, int]
    """Key of the photo to its row."""
    columns: Columns

    def readings(self, key: str) -> dict[str, Reading]:
        """The readings of a photo, by name. Raises KeyError."""
        return _by_name(np.asarray(self.columns["readings"][self.rows[key]], np.float32))

    def of(self, key: str, column: str) -> NDArray[np.generic]:
        """One thing measured of a photo. Raises KeyError."""
        found: NDArray[np.generic] = self.columns[column][self.rows[key]]
        return found


def kept(
    folder: Path, keys: Sequence[str], pixels: Callable[[str], _Pixels], measure: Callable[[Sequence[_Pixels]], Columns]
) -> Looks:
    """`measure` every key's pixels once; pieces lie in `folder`, and what is there is not measured again."""
    folder.mkdir(parents=True, exist_ok=True)
    known = _read(folder)
    missing = [key for key in keys if key not in known.rows]
    for start in tqdm(range(0, len(missing), _PIECE), unit="piece", mininterval=10, disable=not missing):
        piece = missing[start : start + _PIECE]
        columns = measure([pixels(key) for key in piece])
        file = io.BytesIO()
        np.savez_compressed(file, keys=np.array(piece), **columns)  # type: ignore[arg-type]  # NumPy's stubs
        atomic.write(folder / f"{len(list(folder.glob('*.npz'))):04}.npz", file.getvalue())
    return _read(folder) if missing else known


def _read(folder: Path) -> Looks:
    keys: list[str] = []
    parts: dict[str, list[NDArray[np.generic]]] = {}
    for path in sorted(folder.glob("*.npz")):
        with np.load(path) as piece:
            keys += piece["keys"].tolist()
            for name in piece.files:
                parts.setdefault(name, []).append(piece[name])
    parts.pop("keys", None)
    return Looks({key: row for row, key in enumerate(keys)}, {name: np.concatenate(p) for name, p in parts.items()})


class Looker:
    """The shared teachers and the student, and what they see in whole, untouched photos."""

    def __init__(self, teachers: Path, pack: Path) -> None:
        """Raises FileNotFoundError or PackError."""
        self._network = MobileNetV2()
        self._head = load_imagenet(self._network, teachers / IMAGENET)
        self._network.eval()
        self._faces = YuNet(teachers / pseudo_labels.TEACHER)
        self._student = Student.load(Pack.open(pack), "cpu")

    def __call__(self, pictures: Sequence[_Pixels]) -> Columns:
        """Readings, colours, maps, ImageNet probabilities and features, faces, and where the student looked."""
        maps, features, classes = [], [], []
        for start in range(0, len(pictures), 16):
            batch = pictures[start : start + 16]
            verdicts = self._student.score(np.stack([self._student.preprocess.apply(p) for p in batch]))
            maps += [
                _resized(v.attention if v.attention is not None else np.ones((1, 1), np.float32)) for v in verdicts
            ]
            seen, probabilities = self._classify(batch)
            features.append(seen)
            classes.append(probabilities)
        rows = [measured(p, looked) for p, looked in zip(pictures, maps, strict=True)]
        joined: Columns = {name: np.stack([row[name] for row in rows]) for name in rows[0]}
        return joined | {
            "attention": np.stack(maps).astype(np.float16),
            "features": np.concatenate(features),
            "classes": np.concatenate(classes),
            "faces": np.stack([self._found(p) for p in pictures]),
        }

    @torch.no_grad()
    def _classify(self, batch: Sequence[_Pixels]) -> tuple[NDArray[np.float16], NDArray[np.float16]]:
        """[N, 1280] pooled features and [N, 1000] probabilities."""
        inputs = torch.from_numpy(np.stack([Preprocess().apply(p) for p in batch]))
        with torch.autocast("cpu", torch.bfloat16):
            features = self._network(inputs).float().mean((2, 3))
        probabilities = self._head(features).softmax(1)[:, 1:]
        return features.numpy().astype(np.float16), probabilities.numpy().astype(np.float16)

    def _found(self, pixels: _Pixels) -> NDArray[np.float16]:
        """[3, 5] the surest faces: score, left, top, right, bottom; zeros where there are fewer."""
        seen = self._faces.see(pixels, _FACE_EDGE)
        faces = np.zeros((_FACES, 5), np.float16)
        order = np.argsort(-seen.scores, kind="stable")[:_FACES]
        faces[: len(order), 0], faces[: len(order), 1:] = seen.scores[order], seen.boxes[order]
        return faces


def readings_alone(pictures: Sequence[_Pixels]) -> Columns:
    """What a photo with a flaw in it needs: it shows what the untouched one shows."""
    return {"readings": np.stack([_readings(p, None)[0] for p in pictures])}


def readings_of(pixels: _Pixels) -> dict[str, Reading]:
    """The readings of [h, w, 3] sRGB, by name."""
    return _by_name(_readings(pixels, None)[0])


def _by_name(table: NDArray[np.float32]) -> dict[str, Reading]:
    return {
        name: Reading(name, float(value), "", (float(low), float(high)), None, 1.0, None if sure < 0 else float(sure))
        for name, (value, low, high, sure) in zip(READINGS, table, strict=True)
    }


def decoded(folder: Path, name: str) -> _Pixels:
    """[h, w, 3] of a photo below `folder`."""
    with Image.open(folder / name) as image:
        return np.asarray(image.convert("RGB"))


def measured(pixels: _Pixels, looked: NDArray[np.float32]) -> Columns:
    """What is measured of one photo without a network; `looked` [16, 16] is where the student looked."""
    import cv2

    table, detail = _readings(pixels, looked)
    grey = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8)
    return {
        "readings": table,
        "detail": _resized(np.sqrt(detail)).astype(np.float16),
        "light": np.asarray(cv2.resize(grey, (32, 32), interpolation=cv2.INTER_AREA), np.uint8),
        "levels": np.percentile(grey, np.arange(0, 101, 5)).astype(np.float16),
        "palette": palette.measure(pixels),
    }


def _readings(pixels: _Pixels, looked: NDArray[np.float32] | None) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """[12, 4] value, normal range and confidence (-1 for none) of READINGS, and the tiles' detail."""
    height, width = pixels.shape[:2]
    frame = Frame(np.ascontiguousarray(pixels), width, height, "full", "", Metadata())
    whole = reading.measure(frame)
    where = subject.found(looked, whole.tiles)
    found = whole.readings | subject_reading.measure(frame, where, whole.tiles)
    table = [
        (one.value, *one.normal, -1.0 if one.confidence is None else one.confidence)
        for one in (found[name] for name in READINGS)
    ]
    return np.asarray(table, np.float32), whole.tiles.detail


def _resized(grid: NDArray[np.float32]) -> NDArray[np.float32]:
    import cv2

    return np.asarray(
        cv2.resize(np.asarray(grid, np.float32), (_MAP, _MAP), interpolation=cv2.INTER_LINEAR), np.float32
    )
